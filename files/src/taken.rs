use serde::{Deserialize, Serialize};

/// What was taken from a table of cells, with the report on it in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// The households or lines as a plan holds them: a JSON list.
    pub values: String,
    /// How many they are.
    pub count: usize,
    /// Charges of a roster: the id of an individual line, and its charges as JSON.
    pub charges: Vec<(String, String)>,
    /// What was understood: the headings, what each column became, what was concluded.
    pub understood: Vec<String>,
    /// Rows that were left out, each with its place and why, and what it holds.
    pub left_out: Vec<(String, String)>,
}
