//! What programs that are loaded after the page have it draw. The page knows how, and nothing of
//! what they say; they know nothing of how.
//!
//! ```
//! use fentan_pieces::{Piece, element, tag};
//! let cell = tag("td", &[("title", "3 households")], "1,234.56");
//! let row = element("tr", "", vec![cell]);
//! assert!(matches!(row, Piece::Element { name, .. } if name == "tr"));
//! ```

#![forbid(unsafe_code)]

mod build;

use serde::{Deserialize, Serialize};

pub use build::{Content, element, folded, panel, tag};

/// The attributes of an [`Element`](Piece::Element), in their order.
pub const ATTRIBUTES: [&str; 24] = [
    "class",
    "id",
    "aria-labelledby",
    "aria-hidden",
    "x",
    "width",
    "height",
    "scope",
    "y",
    "fill",
    "title",
    "d",
    "viewBox",
    "preserveAspectRatio",
    "xmlns",
    "role",
    "aria-label",
    "tabindex",
    "colspan",
    "rowspan",
    "x1",
    "x2",
    "y1",
    "y2",
];

/// Something to draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piece {
    /// A text.
    Text(String),
    /// An element.
    Element {
        /// Its name.
        name: String,
        /// The values of its [`ATTRIBUTES`], as many as it needs; empty ones are left out.
        attributes: Vec<String>,
        /// What is in it.
        pieces: Vec<Piece>,
    },
    /// A link to a field of the plan.
    Link {
        /// The path of what the field shows.
        path: String,
        /// What it says.
        text: String,
    },
    /// An input for a text of the plan.
    Field {
        /// The path of the text.
        path: String,
        /// What it is called.
        name: String,
        /// Whether it is money.
        is_money: bool,
    },
    /// A choice for a value of the plan.
    Choice {
        /// The path of the value.
        path: String,
        /// What it is called.
        name: String,
        /// The values as JSON, each with what it is called; an empty one leaves the value out.
        values: Vec<(String, String)>,
    },
    /// Boxes to tick for a list of texts of the plan.
    Ticks {
        /// The path of the list.
        path: String,
        /// What it is called.
        name: String,
        /// The texts, each with what it is called.
        values: Vec<(String, String)>,
    },
    /// A choice that is not the plan's: the law is asked for anew with the question chosen.
    Question {
        /// What it is called.
        name: String,
        /// The question asked now.
        chosen: String,
        /// The questions, each with what it is called.
        values: Vec<(String, String)>,
    },
}
