#[cfg(any(feature = "law", feature = "reasons"))]
use num_format::{Locale, ToFormattedString};

/// A count of the smallest units as a decimal, without trailing zeros.
pub(crate) fn decimal(units: u128, decimals: u32) -> String {
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
