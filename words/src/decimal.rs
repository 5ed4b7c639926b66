#[cfg(any(feature = "findings", feature = "reasons"))]
use fentan_core::Rate;
#[cfg(any(feature = "law", feature = "reasons"))]
use num_format::{Locale, ToFormattedString};

/// A count of the smallest units as a decimal, without trailing zeros.
pub fn decimal(units: u128, decimals: u32) -> String {
    let one = 10u128.pow(decimals);
    let places = decimals as usize;
    let written = format!("{}.{:0places$}", units / one, units % one);
    written.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Millionths as a decimal with separators, as in `16,978.39`.
#[cfg(any(feature = "law", feature = "reasons"))]
pub(crate) fn grouped(millionths: u128) -> String {
    const MILLION: u128 = 1_000_000;
    let whole = (millionths / MILLION).to_formatted_string(&Locale::en);
    let fraction = decimal(millionths % MILLION, 6);
    whole + fraction.trim_start_matches('0')
}

/// A rate as a percentage where that ends within six decimals, else as a fraction.
#[cfg(any(feature = "findings", feature = "reasons"))]
pub fn rate_in_words(rate: Rate) -> String {
    let millionths_of_percent = rate.numerator() * 100_000_000;
    if millionths_of_percent.is_multiple_of(rate.denominator()) {
        return format!("{}%", decimal(millionths_of_percent / rate.denominator(), 6));
    }
    rate.to_string()
}
