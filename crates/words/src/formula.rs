//! Texts as cells of CSV files.

/// A text as a cell of a CSV file: [`printable`](crate::printable), and with an apostrophe before what
/// a spreadsheet program would take for a formula, as OWASP advises. The readers of rosters and of tables of
/// compounds take the apostrophe off again (spec §6).
///
/// ```
/// use fentan_words::defused;
/// assert_eq!(defused("=1+1"), "'=1+1");
/// assert_eq!(defused("\t@SUM(A1)"), "' @SUM(A1)");
/// assert_eq!(defused("-1-101"), "'-1-101");
/// assert_eq!(defused("3-1-101"), "3-1-101");
/// ```
pub fn defused(text: &str) -> String {
    let text = crate::printable(text);
    if fentan_core::internal::looks_like_formula(&text) { format!("'{text}") } else { text }
}
