//! A file of a user's written anew with changes, in the form that it has: byte order mark, line ends and comments stay.

use toml_edit::DocumentMut;

/// The byte order mark, which Excel and WPS take a text for UTF-8 by.
pub(crate) const MARK: &str = "\u{feff}";

/// Whether a plan is JSON; else it is TOML.
pub(crate) fn is_json(text: &str) -> bool {
    text.trim_start_matches(MARK).trim_start().starts_with('{')
}

/// A TOML file with a change; `None` where it can't be made.
pub(crate) fn toml(
    text: &str,
    change: impl FnOnce(&mut DocumentMut) -> Option<()>,
) -> Option<String> {
    let (mark, text) = match text.strip_prefix(MARK) {
        Some(text) => (MARK, text),
        None => ("", text),
    };
    let is_windows = text.contains("\r\n");
    let mut document: DocumentMut = text.replace("\r\n", "\n").parse().ok()?;
    change(&mut document)?;
    let written = document.to_string();
    let written = if is_windows { written.replace('\n', "\r\n") } else { written };
    Some(format!("{mark}{written}"))
}
