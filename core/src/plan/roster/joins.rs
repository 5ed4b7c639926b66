//! What households say of taking part in shared lines.

use std::collections::HashMap;

/// By line, the households that say whether they take part in it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Joins {
    lines: Vec<JoinsOfLine>,
    by_line: HashMap<String, u32>,
}

/// What households say of taking part in one line.
#[derive(Debug, Clone)]
struct JoinsOfLine {
    line: String,
    /// The place of the column, of a table.
    heading: Option<String>,
    /// By household, whether it takes part.
    joins: Vec<(u32, bool)>,
}

impl Joins {
    /// Adds a line; returns its position.
    pub(super) fn add(&mut self, line: &str, heading: Option<String>) -> usize {
        let position = self.lines.len();
        self.lines.push(JoinsOfLine { line: line.to_owned(), heading, joins: Vec::new() });
        self.by_line.insert(line.to_owned(), position as u32);
        position
    }

    /// The position of a line that was added.
    pub(super) fn position(&self, line: &str) -> Option<usize> {
        self.by_line.get(line).map(|&position| position as usize)
    }

    /// Notes whether a household, after all that were noted, takes part in the line at a position.
    pub(super) fn note(&mut self, position: usize, household: u32, joins: bool) {
        self.lines[position].joins.push((household, joins));
    }

    /// The households that say they take no part in a line, in roster order; `None` if no household does.
    pub(in crate::plan) fn not_joining(&self, line: &str) -> Option<Vec<u32>> {
        let line = &self.lines[self.position(line)?];
        let leaving = line.joins.iter().filter(|(_, joins)| !joins);
        let leaving: Vec<u32> = leaving.map(|&(household, _)| household).collect();
        (!leaving.is_empty()).then_some(leaving)
    }

    /// Whether a household says that it takes part in a line.
    pub(in crate::plan) fn of(&self, household: u32, line: &str) -> Option<bool> {
        let line = &self.lines[self.position(line)?];
        let found = line.joins.binary_search_by_key(&household, |&(index, _)| index);
        Some(line.joins[found.ok()?].1)
    }

    /// The lines that were added, each with its heading, or else with the households that name it.
    pub(super) fn lines(
        &self,
    ) -> impl Iterator<Item = (&str, Result<&str, impl Iterator<Item = u32>>)> {
        self.lines.iter().map(|line| {
            let households = line.joins.iter().map(|&(household, _)| household);
            (line.line.as_str(), line.heading.as_deref().ok_or(households))
        })
    }
}
