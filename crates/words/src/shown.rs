//! Texts as they are shown.

use fentan_core::internal::is_hidden;

/// A text as it may be shown on a terminal, a page or paper: a break of line or a tab becomes a space,
/// and every other character that nobody sees becomes `U+FFFD`, so that it is seen and steers nothing.
///
/// ```
/// use fentan_words::printable;
/// assert_eq!(printable("3号楼\r\n东户"), "3号楼  东户");
/// assert_eq!(printable("\u{1b}[2J\u{202e}gnp"), "\u{fffd}[2J\u{fffd}gnp");
/// ```
pub fn printable(text: &str) -> String {
    text.chars()
        .map(|one| match one {
            '\t' | '\n' | '\r' => ' ',
            one if is_hidden(one) => char::REPLACEMENT_CHARACTER,
            one => one,
        })
        .collect()
}
