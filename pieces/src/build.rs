use crate::{ATTRIBUTES, Piece};

/// What is in an element: pieces, or a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Content(Vec<Piece>);

impl From<Vec<Piece>> for Content {
    fn from(pieces: Vec<Piece>) -> Content {
        Content(pieces)
    }
}

impl From<Piece> for Content {
    fn from(piece: Piece) -> Content {
        Content(vec![piece])
    }
}

impl From<String> for Content {
    fn from(text: String) -> Content {
        match text.is_empty() {
            true => Content::default(),
            false => Content(vec![Piece::Text(text)]),
        }
    }
}

impl From<&str> for Content {
    fn from(text: &str) -> Content {
        text.to_owned().into()
    }
}

/// An element of a class, which may be empty.
pub fn element(name: &str, class: &str, content: impl Into<Content>) -> Piece {
    tag(name, &[("class", class)], content)
}

/// An element with some of the [`ATTRIBUTES`]; those without a text are left out.
pub fn tag(name: &str, attributes: &[(&str, &str)], content: impl Into<Content>) -> Piece {
    let mut values = Vec::new();
    for (key, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
        let place = ATTRIBUTES.iter().position(|one| one == key);
        debug_assert!(place.is_some(), "the page knows no attribute {key}");
        if let Some(place) = place {
            values.resize(values.len().max(place + 1), String::new());
            (*value).clone_into(&mut values[place]);
        }
    }
    Piece::Element { name: name.to_owned(), attributes: values, pieces: content.into().0 }
}

/// A part of the page: its heading, what it is about, and what is in it.
pub fn panel(id: &str, heading: String, note: String, parts: Vec<Piece>) -> Piece {
    let heading_id = format!("{id}-heading");
    let mut pieces = vec![tag("h2", &[("id", &heading_id)], heading), element("p", "note", note)];
    pieces.extend(parts);
    tag("section", &[("class", "panel"), ("id", id), ("aria-labelledby", &heading_id)], pieces)
}

/// Something folded under a line that says what it holds.
pub fn folded(class: &str, summary: String, mut pieces: Vec<Piece>) -> Piece {
    pieces.insert(0, element("summary", "", summary));
    element("details", class, pieces)
}
