//! What takes longer than a moment: asked of a worker, which tells how far it is.

use fentan_core::Fen;
use fentan_core::scenario::{Fan, Point, Sought, Swing};
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
    /// What the rules for the odd fen do.
    OddFen,
}

/// What is told. It travels as JSON: a measure is a text or a number there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Told {
    /// How far it is: so many done, of so many where that is known.
    Progress(usize, usize),
    /// The points of a sweep, in order.
    Swept(Vec<Point>),
    /// What was sought.
    Sought(Box<Sought>),
    /// What the draws came to, and what each input does alone, the largest first.
    Stressed(Box<Fan>, Vec<Swing>),
    /// What two households owe by each rule for the odd fen.
    OddFen(OddFenEffect),
    /// It can't be done, and why, in both languages.
    Refused(Both),
}

/// What the rules for the odd fen do to the two households for which they matter most; to none where
/// all owe the same by each rule.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OddFenEffect {
    /// The ids of these households.
    pub households: Vec<String>,
    /// By rule, in the order of [`OddFen::WORDS`](fentan_core::plan::OddFen::WORDS), what each of
    /// them owes.
    pub due: Vec<Vec<Fen>>,
    /// How many households owe something else by one rule than by another.
    pub differing: usize,
}

/// Lines in Chinese and in English: what is told stays when the language changes.
pub type Both = [Vec<String>; 2];
