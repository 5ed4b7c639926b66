//! Formulas that come to the fen, whatever the program.

use super::cells::{Place, cell, range};

/// The sum of the cells from one to another, rounded to so many decimals.
///
/// Spreadsheet programs add binary floats. A sum of n of them is off by less than n · 2^-53 of
/// it, so that rounding makes it exact as long as that is less than half a unit; past that, whole
/// units are added, which is exact up to 2^53 and harder to read.
pub(super) fn sum(from: Place, to: Place, units: u128, decimals: u32) -> String {
    /// Half of 2^53.
    const SAFE: u128 = 1 << 52;
    let cells = range(from, to);
    let rows = u128::from(to.0.saturating_sub(from.0) + 1);
    let columns = u128::from(to.1.saturating_sub(from.1) + 1);
    if rows * columns * units < SAFE {
        return format!("=ROUND(SUM({cells}),{decimals})");
    }
    let one = 10u128.pow(decimals);
    format!("=SUMPRODUCT(ROUND({cells}*{one},0))/{one}")
}

/// A few cells of a row added up, each with its sign, to the fen.
pub(super) fn signed(row: u32, terms: &[(char, u16)]) -> String {
    let terms: String =
        terms.iter().map(|(sign, column)| format!("{sign}{}", cell((row, *column)))).collect();
    format!("=ROUND({},2)", terms.trim_start_matches('+'))
}

/// A cell of another sheet.
pub(super) fn elsewhere(sheet: &str, at: Place) -> String {
    format!("'{}'!{}", sheet.replace('\'', "''"), cell(at))
}
