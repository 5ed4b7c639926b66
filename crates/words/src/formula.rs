/// A text that no spreadsheet program takes for a formula: with an apostrophe before what begins
/// like one, as OWASP advises.
///
/// ```
/// use fentan_words::defused;
/// assert_eq!(defused("=1+1"), "'=1+1");
/// assert_eq!(defused("-1-101"), "'-1-101");
/// assert_eq!(defused("3-1-101"), "3-1-101");
/// ```
pub fn defused(text: &str) -> String {
    if looks_like_formula(text) { format!("'{text}") } else { text.to_owned() }
}

/// Whether a spreadsheet program could take a text for a formula; full-width signs as well.
pub fn looks_like_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}
