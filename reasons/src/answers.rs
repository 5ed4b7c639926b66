use fentan_core::Fen;
use fentan_pieces::Piece;
use serde::{Deserialize, Serialize};

/// Why a figure is what it is, worded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// What it is.
    pub title: String,
    /// Its amount.
    pub value: String,
    /// The formula with its numbers in.
    pub formula: String,
    /// How it was rounded, and who got the spare fen.
    pub rounding: Vec<String>,
    /// What goes in: name, value, and the figure as JSON where it has a reason of
    /// its own.
    pub inputs: Vec<(String, String, Option<String>)>,
    /// The clauses it rests on.
    pub clauses: Vec<String>,
}

/// A line of a household's statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementLine {
    /// The line's place in the plan.
    pub line: usize,
    /// What the line is called, or its id where it has no name.
    pub name: String,
    /// What the line costs.
    pub amount: Fen,
    /// What of it sources do not pay.
    pub uncovered: Fen,
    /// The household's share.
    pub share: Fen,
    /// What it is let off.
    pub relief: Fen,
    /// What it bears for others.
    pub borne: Fen,
}

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
