//! Texts without the differences that only keyboards and spreadsheets make.

use crate::half_width;

/// The text with half-width letters, digits and signs, one kind of blank and of dash, no
/// invisible characters, and no blanks around it.
pub(crate) fn tidy(text: &str) -> String {
    let tidied: String = text
        .chars()
        .filter(|one| {
            let is_control = one.is_control() && !one.is_whitespace();
            !is_control
                && !matches!(one, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
        })
        .map(|one| match one {
            '￥' => '¥',
            '‐'..='―' | '−' => '-',
            '【' | '〔' => '(',
            '】' | '〕' => ')',
            '²' => '2',
            one if one.is_whitespace() => ' ',
            one => half_width(one),
        })
        .collect();
    tidied.trim().replace('㎡', "m2")
}

/// The text to look up in a table of words: tidied, in lower case, without blanks and "_".
pub(crate) fn compact(text: &str) -> String {
    let mut text = tidy(text).to_ascii_lowercase();
    text.retain(|one| one != ' ' && one != '_');
    text
}
