//! What the scenarios come to, as the engine tells the screen.

use std::collections::BTreeMap;

use fentan_core::scenario::Investment;
use fentan_core::scenario::{Comparison, Condition, HouseholdDifference, Measured};
use fentan_core::{Change, Fen};
use fentan_import::number;
use serde::{Deserialize, Serialize};

use super::varied::Varied;

/// What is compared with what.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Asked {
    /// The scenario that the others are compared with, by its id; none = the plan as it stands.
    pub pinned: Option<String>,
    /// The scenarios that are not compared, by their ids.
    pub left_out: Vec<String>,
    /// What a household can pay in cash, as it is written.
    pub affordable: String,
    /// The scenario whose charts are drawn, by its id.
    pub shown: Option<String>,
    /// Changes that are shown, but not made yet.
    pub attempt: Vec<Change>,
}

/// What the engine tells of a plan and its scenarios.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Seen {
    /// Whether the plan can be split: else there is nothing to compare.
    pub is_split: bool,
    /// The numbers of the plan that can be varied, in its own order.
    pub varied: Vec<Varied>,
    /// What the scenarios come to.
    pub outcome: Outcome,
    /// What incomes carry, each with the place of its source.
    pub investments: Vec<(usize, Investment)>,
}

/// What the scenarios of a plan come to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Outcome {
    /// The scenarios compared, in the plan's order, by their places; none = the plan as it stands, without changes.
    pub compared: Vec<Option<usize>>,
    /// Those beside what they are compared with, without households; missing where that can't be split.
    pub comparison: Option<Comparison>,
    /// What is wrong with a scenario, by its place in the plan, in words.
    pub wrong: BTreeMap<usize, Vec<String>>,
    /// A text that names a household, by the id of the scenario that holds it.
    pub named: BTreeMap<String, String>,
    /// The scenario that is drawn.
    pub drawn: Option<Drawn>,
}

/// A scenario that is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// Its place among those compared.
    pub place: usize,
    /// How many households pay how much in cash; missing where nobody pays any.
    pub cash: Option<Cash>,
    /// How many households pay less, how many more, and how many differ by rounding alone.
    pub sides: [usize; 3],
    /// The households that pay more or less, the largest differences first, the first of them.
    pub households: Vec<HouseholdDifference>,
}

/// How many households pay how much in cash, in ranges that are equally wide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cash {
    /// How wide.
    pub width: Fen,
    /// How many in each range, in what it is compared with and in the scenario.
    pub counts: [Vec<usize>; 2],
}

impl Cash {
    /// Where a range begins.
    pub fn edge(&self, range: usize) -> Fen {
        Fen(self.width.0 * range as u128)
    }
}

/// What is affordable, read as the value of a condition is, in any form that people write money in.
pub fn affordable(typed: &str) -> Option<Fen> {
    let written = number::money(typed);
    let condition = Condition::read(&format!("highest_cash<={written}")).ok()?;
    match condition.value {
        Measured::Money(amount) => Some(amount),
        Measured::Count(_) => None,
    }
}
