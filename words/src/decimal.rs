#[cfg(any(feature = "findings", feature = "reasons"))]
use fentan_core::Rate;

/// A count of the smallest units as a decimal, without trailing zeros.
pub(crate) fn decimal(units: u128, decimals: u32) -> String {
    let one = 10u128.pow(decimals);
    let places = decimals as usize;
    let written = format!("{}.{:0places$}", units / one, units % one);
    written.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A rate as a percentage where that ends within six decimals, else as a fraction.
#[cfg(any(feature = "findings", feature = "reasons"))]
pub(crate) fn rate_in_words(rate: Rate) -> String {
    let millionths_of_percent = rate.numerator() * 100_000_000;
    if millionths_of_percent.is_multiple_of(rate.denominator()) {
        return format!("{}%", decimal(millionths_of_percent / rate.denominator(), 6));
    }
    rate.to_string()
}
