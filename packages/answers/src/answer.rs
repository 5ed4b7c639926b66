//! What is answered beside the split: amounts are yuan with two decimals, as text.

use fentan_core::Fen;
use fentan_core::tariff::{Estimate, Tariff};
use fentan_words::{Language, WordedReason};
use serde::Serialize;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Problem {
    /// The stable code of spec §5.
    pub code: String,
    /// Where: `lines[3].amount`.
    pub path: String,
    /// What, and what to do about it.
    pub message: String,
}

impl Problem {
    pub(crate) fn of(problem: &fentan_core::Problem, language: Language) -> Problem {
        Problem {
            code: problem.code().as_str().to_owned(),
            path: problem.path.clone(),
            message: fentan_words::problem(language, problem),
        }
    }
}

/// How a figure comes about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Explanation {
    /// What the figure is.
    pub title: String,
    /// Its amount as it is shown.
    pub value: String,
    /// The formula with its numbers in.
    pub formula: String,
    /// How it was rounded, and who got the spare fen.
    pub rounding: Vec<String>,
    /// What goes in.
    pub inputs: Vec<Input>,
    /// The clauses it rests on.
    pub clauses: Vec<String>,
}

/// What goes into a formula.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Input {
    /// What it is.
    pub name: String,
    /// Its value as it is shown.
    pub value: String,
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct FlatEstimate {
    /// The shared lines that serve it and are told.
    pub lines: Vec<LineOfFlat>,
    /// Its share of them; the split's is at most `fen` fen from it.
    pub share: Fen,
    /// What it is let off.
    pub relief: Fen,
    /// The most that it bears for others in need, on top and not counted in `due`.
    pub others_relief: Fen,
    /// What it pays on top to reach the minimum.
    pub top_up: Fen,
    /// share − relief + top-up.
    pub due: Fen,
    /// The split's due is at least this.
    pub least: Fen,
    /// The split's due is at most this.
    pub most: Fen,
    /// By how many fen the share may be off.
    pub fen: u32,
    /// Lines that serve it and are not told.
    pub withheld: Vec<String>,
    /// Lines that serve homes one by one, and that it does not say are its own.
    pub unsaid: Vec<String>,
}

/// What one line would cost the flat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct LineOfFlat {
    /// The line's id.
    pub id: String,
    /// Its share.
    pub share: Fen,
    /// What it is let off.
    pub relief: Fen,
    /// The most that it bears for others in need.
    pub others_relief: Fen,
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
