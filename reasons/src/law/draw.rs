use fentan_words::{Language, say};

use crate::Piece;

/// An element of a class, which may be empty, with what is in it.
pub(super) fn element(name: &str, class: &str, pieces: Vec<Piece>) -> Piece {
    Piece::Element { name: name.to_owned(), attributes: vec![class.to_owned()], pieces }
}

/// An element of a class with a text in it.
pub(super) fn text(name: &str, class: &str, text: impl Into<String>) -> Piece {
    element(name, class, vec![Piece::Text(text.into())])
}

/// An element with attributes, as many as are needed.
pub(super) fn with(name: &str, attributes: &[&str], pieces: Vec<Piece>) -> Piece {
    let attributes = attributes.iter().map(|&value| value.to_owned()).collect();
    Piece::Element { name: name.to_owned(), attributes, pieces }
}

/// A part of the page: its heading, what it is about, and what is in it.
pub(super) fn panel(
    language: Language,
    id: &str,
    heading: &str,
    note: String,
    parts: Vec<Piece>,
) -> Vec<Piece> {
    let heading_id = format!("{id}-heading");
    let heading = vec![Piece::Text(say(language, heading))];
    let mut pieces = vec![with("h2", &["", &heading_id], heading), text("p", "note", note)];
    pieces.extend(parts);
    vec![with("section", &["panel", id, &heading_id], pieces)]
}

/// Something folded under a line that says what it holds.
pub(super) fn folded(class: &str, summary: String, mut pieces: Vec<Piece>) -> Piece {
    pieces.insert(0, text("summary", "", summary));
    element("details", class, pieces)
}

/// A text as JSON.
pub(super) fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}
