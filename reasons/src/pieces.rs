//! What the page draws of law and policy: it knows how, and nothing of what it says.

use serde::{Deserialize, Serialize};

/// What law and policy add to the page, in parts that it puts where they belong.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Law {
    /// The choice of a policy pack, what the packs say, and the facts of the compound.
    pub policy: Vec<Piece>,
    /// The fields of a line that the checks need, with paths within the line.
    pub line: Vec<Piece>,
    /// What was filled in from a pack.
    pub fills: Vec<Fill>,
    /// What was found, and who answers for what; nothing where the plan can't be split.
    pub review: Vec<Piece>,
    /// How the vote stands; nothing where the plan can't be read.
    pub vote: Vec<Piece>,
}

/// A value that came from a pack.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Fill {
    /// The path of the field, or of the part of the plan, that shows it.
    pub path: String,
    /// What stands in for the field's own value; empty for what is more than one field.
    pub value: String,
    /// Where it is from.
    pub words: String,
}

/// The attributes of an [`Element`](Piece::Element), in their order.
pub const ATTRIBUTES: [&str; 7] =
    ["class", "id", "aria-labelledby", "aria-hidden", "x", "width", "height"];

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
