//! What is answered, beside the split: amounts are yuan with two decimals, as text.

use fentan_core::{Estimate, Fen, Tariff};
use fentan_words::WordedReason;
use serde::Serialize;
use tsify::Tsify;

/// One thing that is wrong.
#[derive(Debug, Serialize, Tsify)]
pub(crate) struct Problem {
    /// The stable code of spec §5.
    pub(crate) code: String,
    /// Where: `lines[3].amount`.
    pub(crate) path: String,
    /// What, and what to do about it.
    pub(crate) message: String,
}

/// How a figure comes about.
#[derive(Debug, Serialize, Tsify)]
pub(crate) struct Explanation {
    /// What the figure is.
    title: String,
    /// Its amount as it is shown.
    value: String,
    /// The formula with its numbers in.
    formula: String,
    /// How it was rounded, and who got the spare fen.
    rounding: Vec<String>,
    /// What goes in.
    inputs: Vec<Input>,
    /// The clauses it rests on.
    clauses: Vec<String>,
}

/// What goes into a formula.
#[derive(Debug, Serialize, Tsify)]
pub(crate) struct Input {
    /// What it is.
    name: String,
    /// Its value as it is shown.
    value: String,
}

impl Explanation {
    pub(crate) fn of(reason: WordedReason) -> Explanation {
        let inputs = reason.inputs.into_iter();
        Explanation {
            title: reason.title,
            value: reason.value,
            formula: reason.formula,
            rounding: reason.rounding,
            inputs: inputs.map(|one| Input { name: one.name, value: one.value }).collect(),
            clauses: reason.clauses,
        }
    }
}

/// What one flat would pay by a tariff; see `docs/tariff.md`.
#[derive(Debug, Serialize, Tsify)]
pub(crate) struct FlatEstimate {
    /// The shared lines that serve it and are told.
    lines: Vec<LineOfFlat>,
    /// Its share of them; the split's is at most `fen` fen from it.
    share: Fen,
    /// What it is let off.
    relief: Fen,
    /// The most that it bears for others in need, on top and not counted in `due`.
    others_relief: Fen,
    /// What it pays on top to reach the minimum.
    top_up: Fen,
    /// share − relief + top-up.
    due: Fen,
    /// The split's due is at least this.
    least: Fen,
    /// The split's due is at most this.
    most: Fen,
    /// By how many fen the share may be off.
    fen: u32,
    /// Lines that serve it and are not told.
    withheld: Vec<String>,
    /// Lines that serve homes one by one, and that it does not say are its own.
    unsaid: Vec<String>,
}

/// What one line would cost the flat.
#[derive(Debug, Serialize, Tsify)]
pub(crate) struct LineOfFlat {
    /// The line's id.
    id: String,
    /// Its share.
    share: Fen,
    /// What it is let off.
    relief: Fen,
    /// The most that it bears for others in need.
    others_relief: Fen,
}

impl FlatEstimate {
    pub(crate) fn of(tariff: &Tariff, estimate: &Estimate) -> FlatEstimate {
        let id =
            |line: usize| tariff.lines.get(line).map_or_else(String::new, |one| one.id.clone());
        let ids = |lines: &[usize]| lines.iter().map(|&line| id(line)).collect();
        let lines = estimate.lines.iter().map(|line| LineOfFlat {
            id: id(line.line),
            share: line.share,
            relief: line.relief,
            others_relief: line.others_relief,
        });
        FlatEstimate {
            lines: lines.collect(),
            share: estimate.share,
            relief: estimate.relief,
            others_relief: estimate.others_relief,
            top_up: estimate.top_up,
            due: estimate.due,
            least: estimate.least,
            most: estimate.most,
            fen: u32::try_from(estimate.fen).unwrap_or(u32::MAX),
            withheld: ids(&estimate.withheld),
            unsaid: ids(&estimate.unsaid),
        }
    }
}
