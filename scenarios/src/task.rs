//! What takes longer than a moment: asked of a thread of its own, which tells how far it is.

use fentan_core::Fen;
use serde::{Deserialize, Serialize};

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Task {
    /// Measures over ranges.
    Sweep {
        /// One range or two, as [`Range::read`](fentan_core::scenario::Range::read) reads them.
        over: Vec<String>,
        /// The measures.
        measures: Vec<String>,
    },
    /// The least or the greatest value that meets conditions.
    Seek {
        /// The parameter.
        path: String,
        /// Whether the greatest is sought.
        greatest: bool,
        /// What has to hold.
        conditions: Vec<String>,
    },
    /// What may go wrong, drawn many times.
    Stress {
        /// What the plan says of it, as JSON.
        stress: String,
    },
}

/// What a thread tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Told {
    /// How far it is: so many done, of so many where that is known.
    Progress(usize, usize),
    /// The points of a sweep, in order.
    Swept(Vec<Point>),
    /// What was sought.
    Sought(Box<Sought>),
    /// What the draws came to.
    Stressed(Box<Stressed>),
    /// It can't be done, and why, in both languages.
    Refused(Both),
}

/// Lines in Chinese and in English: what is told stays when the language changes.
pub type Both = [Vec<String>; 2];

/// The value of a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Amount {
    /// Money.
    Money(Fen),
    /// How many households.
    Count(usize),
}

/// A point of a sweep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// The values of what varies, as a plan writes them.
    pub at: Vec<String>,
    /// The measures; none where the plan can't be split.
    pub measures: Option<Vec<Amount>>,
}

/// What was sought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sought {
    /// The parameter's path.
    pub path: String,
    /// The conditions.
    pub conditions: Vec<String>,
    /// The value found.
    pub found: Option<Trial>,
    /// The value one step beyond it.
    pub beside: Option<Trial>,
    /// What is proven, where measures turned, and how many values were tried.
    pub proof: Both,
}

/// A value that was tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trial {
    /// As a plan writes it.
    pub value: String,
    /// The measure of each condition; none where the plan can't be split.
    pub measures: Option<Vec<Amount>>,
    /// Whether each condition is met.
    pub met: Vec<bool>,
}

/// What many draws came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stressed {
    /// How many draws.
    pub draws: usize,
    /// From which seed.
    pub seed: u64,
    /// How many could not be split.
    pub failed: usize,
    /// What each payer pays, by its title.
    pub payers: Vec<(String, Spread)>,
    /// What the residents owe, and what the median and the highest household pay in cash.
    pub residents: [Spread; 3],
    /// What each input does alone, the largest first.
    pub swings: Vec<Swing>,
}

/// An amount over many draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spread {
    /// In the plan as it stands.
    pub base: Fen,
    /// The 10th percentile.
    pub tenth: Fen,
    /// The median.
    pub half: Fen,
    /// The 90th percentile.
    pub ninetieth: Fen,
}

/// What one input alone does to what the residents owe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Swing {
    /// The line or the source.
    pub title: String,
    /// A value, and what the residents then owe; none where the plan can't be split.
    pub low: (String, Option<Fen>),
    /// Another.
    pub high: (String, Option<Fen>),
    /// By how much they differ.
    pub swing: Fen,
}
