use fentan_core::Fen;
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
