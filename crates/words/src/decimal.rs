use fentan_core::Rate;
use fentan_core::internal::decimal;
use num_format::{Locale, ToFormattedString};

/// Millionths as a decimal with separators, as in `16,978.39`.
pub(crate) fn grouped(millionths: u128) -> String {
    const MILLION: u128 = 1_000_000;
    let whole = (millionths / MILLION).to_formatted_string(&Locale::en);
    let fraction = decimal(millionths % MILLION, 6);
    whole + fraction.trim_start_matches('0')
}

/// A rate as a percentage where that ends within six decimals, else as a fraction.
pub fn rate_in_words(rate: Rate) -> String {
    let millionths_of_percent = rate.numerator() * 100_000_000;
    if millionths_of_percent.is_multiple_of(rate.denominator()) {
        return format!("{}%", decimal(millionths_of_percent / rate.denominator(), 6));
    }
    rate.to_string()
}
