//! Characters of a text that a reader doesn't see, and cells that a spreadsheet program would calculate.

use crate::half_width::half_width;

/// Whether a character has no form of its own and can change how the text around it is read: control
/// characters, marks of direction, characters of no width, separators of lines and tags.
///
/// ```
/// use fentan_core::internal::is_hidden;
/// assert!(['\0', '\u{1b}', '\u{9b}', '\u{202e}', '\u{200b}', '\u{feff}'].into_iter().all(is_hidden));
/// assert!(!"3号楼 é 〇 👍".chars().any(is_hidden));
/// ```
pub fn is_hidden(one: char) -> bool {
    one.is_control()
        || matches!(
            one,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'
                | '\u{1160}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{fffe}'
                | '\u{ffff}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// The text in half-width signs and lower case, without blanks and hidden characters: without what
/// only keyboards make different.
pub(crate) fn compact(text: &str) -> String {
    let seen = text.chars().filter(|&one| !one.is_whitespace() && !is_hidden(one));
    seen.map(|one| half_width(one).to_ascii_lowercase()).collect()
}

/// Whether a spreadsheet program could take a text for a formula; full-width signs as well, and
/// whatever space stands before the sign.
pub fn looks_like_formula(text: &str) -> bool {
    text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || text.starts_with(['\t', '\r', '\n'])
}

/// A cell of a CSV file without the apostrophe that keeps a spreadsheet program from taking it for a
/// formula.
///
/// ```
/// assert_eq!(fentan_core::internal::plain_cell("'-1-101"), "-1-101");
/// assert_eq!(fentan_core::internal::plain_cell("'101"), "'101");
/// ```
pub fn plain_cell(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| looks_like_formula(rest)).unwrap_or(cell)
}
