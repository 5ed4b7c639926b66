//! What is measured over all compounds of a programme, and conditions on it.

use std::fmt;

use serde::{Serialize, Serializer};

use super::{Outcome, Outcomes};
use crate::money::Fen;
use crate::problem::Problems;
use crate::scenario::{Bound, Condition, Measure, Measured, nearest_rank, per_area};

/// A figure of all compounds.
///
/// Written as the measure of a plan, of all homes of all compounds together: `residents`, `median_cash`,
/// `over.3000`, `paid.county`. With `max.` or `min.` before it, of the compound where it is the largest or the least:
/// `max.median_cash`. `used.POT` and `unused.POT`: what plans use of a pot's portions, and leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeskMeasure {
    /// Of all homes together.
    All(Measure),
    /// Of the compound where it is the largest.
    Largest(Measure),
    /// Of the compound where it is the least.
    Least(Measure),
    /// What plans use of a pot.
    Used(String),
    /// What they leave of their portions of it.
    Unused(String),
}

impl DeskMeasure {
    /// Reads a measure.
    ///
    /// # Errors
    /// Those of [`Measure::read`].
    pub fn read(written: &str) -> Result<DeskMeasure, Problems> {
        match written.split_once('.') {
            Some(("max", of)) => Measure::read(of).map(DeskMeasure::Largest),
            Some(("min", of)) => Measure::read(of).map(DeskMeasure::Least),
            Some(("used", pot)) if !pot.is_empty() => Ok(DeskMeasure::Used(pot.to_owned())),
            Some(("unused", pot)) if !pot.is_empty() => Ok(DeskMeasure::Unused(pot.to_owned())),
            _ => Measure::read(written).map(DeskMeasure::All).map_err(|problems| {
                let known = ["max.MEASURE", "min.MEASURE", "used.POT", "unused.POT"];
                problems.with_known(&known)
            }),
        }
    }

    /// The measure of all compounds that can be split.
    pub fn of(&self, outcomes: &Outcomes) -> Measured {
        let compounds = outcomes.compounds.iter().flatten();
        match self {
            DeskMeasure::Largest(measure) => {
                let values = compounds.map(|one| of_compound(measure, one));
                values.max().unwrap_or(nothing(measure))
            }
            DeskMeasure::Least(measure) => {
                let values = compounds.map(|one| of_compound(measure, one));
                values.min().unwrap_or(nothing(measure))
            }
            DeskMeasure::All(measure) => of_all(measure, outcomes),
            DeskMeasure::Used(pot) => Measured::Money(of_pot(pot, outcomes).0),
            DeskMeasure::Unused(pot) => Measured::Money(of_pot(pot, outcomes).1),
        }
    }

    /// The measure of each compound, where it is of one.
    pub(super) fn of_each(&self) -> Option<&Measure> {
        match self {
            DeskMeasure::Largest(measure) | DeskMeasure::Least(measure) => Some(measure),
            _ => None,
        }
    }
}

fn nothing(measure: &Measure) -> Measured {
    match measure {
        Measure::Over(_) => Measured::Count(0),
        _ => Measured::Money(Fen::ZERO),
    }
}

/// A measure of one compound, as that of its plan's split.
pub(super) fn of_compound(measure: &Measure, outcome: &Outcome) -> Measured {
    let cash = &outcome.sorted;
    Measured::Money(match measure {
        Measure::Residents => outcome.residents,
        Measure::Cash => cash.iter().copied().sum(),
        Measure::MedianCash => nearest_rank(cash, 50),
        Measure::NinetiethCash => nearest_rank(cash, 90),
        Measure::HighestCash => cash.last().copied().unwrap_or_default(),
        Measure::CashPerArea => per_area(cash.iter().copied().sum(), outcome.area),
        Measure::Over(most) => {
            return Measured::Count(cash.len() - cash.partition_point(|one| one <= most));
        }
        Measure::Paid(id) => outcome.paid_by(id),
    })
}

fn of_all(measure: &Measure, outcomes: &Outcomes) -> Measured {
    let compounds = || outcomes.compounds.iter().flatten();
    let percentile = |percent| {
        let mut cash: Vec<Fen> = compounds().flat_map(|one| one.sorted.iter().copied()).collect();
        cash.sort_unstable();
        Measured::Money(nearest_rank(&cash, percent))
    };
    match measure {
        Measure::MedianCash => percentile(50),
        Measure::NinetiethCash => percentile(90),
        Measure::HighestCash => DeskMeasure::Largest(measure.clone()).of(outcomes),
        Measure::CashPerArea => {
            let cash = compounds().flat_map(|one| one.sorted.iter().copied()).sum();
            Measured::Money(per_area(cash, compounds().map(|one| one.area).sum()))
        }
        Measure::Over(_) => Measured::Count(
            compounds()
                .map(|one| match of_compound(measure, one) {
                    Measured::Count(count) => count,
                    Measured::Money(_) => 0,
                })
                .sum(),
        ),
        Measure::Residents | Measure::Cash | Measure::Paid(_) => Measured::Money(
            compounds()
                .map(|one| match of_compound(measure, one) {
                    Measured::Money(amount) => amount,
                    Measured::Count(_) => Fen::ZERO,
                })
                .sum(),
        ),
    }
}

/// What plans use of the portions of a pot, and what they leave.
fn of_pot(id: &str, outcomes: &Outcomes) -> (Fen, Fen) {
    let Outcomes { programme, division, compounds } = outcomes;
    let Some(index) = programme.pots.iter().position(|pot| pot.id == id) else {
        return (Fen::ZERO, Fen::ZERO);
    };
    let unused = programme.unused(division, |compound, source| {
        compounds[compound].as_ref().map(|outcome| outcome.paid_by(source))
    });
    let unused: Fen = unused.iter().filter(|one| one.pot == index).map(|one| one.left()).sum();
    let split = division.pots[index].portions.iter().zip(compounds);
    let given: Fen = split.filter(|(_, one)| one.is_some()).map(|(one, _)| one.amount).sum();
    (given.less(unused), unused)
}

impl fmt::Display for DeskMeasure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DeskMeasure::All(measure) => measure.fmt(formatter),
            DeskMeasure::Largest(measure) => write!(formatter, "max.{measure}"),
            DeskMeasure::Least(measure) => write!(formatter, "min.{measure}"),
            DeskMeasure::Used(pot) => write!(formatter, "used.{pot}"),
            DeskMeasure::Unused(pot) => write!(formatter, "unused.{pot}"),
        }
    }
}

/// A condition on a measure of all compounds: `max.median_cash<=3000`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeskCondition {
    /// What is measured.
    pub measure: DeskMeasure,
    /// On which side of the value it is to be.
    pub bound: Bound,
    /// The value.
    pub value: Measured,
}

impl DeskCondition {
    /// Reads a condition: a measure, `<=` or `>=`, and money, or how many for `over`.
    ///
    /// # Errors
    /// Those of [`Condition::read`] and [`DeskMeasure::read`].
    pub fn read(written: &str) -> Result<DeskCondition, Problems> {
        let place = written.find(['<', '>']).unwrap_or(written.len());
        let (measure, rest) = written.split_at(place);
        let measure = DeskMeasure::read(measure.trim())?;
        let of_plan = match &measure {
            DeskMeasure::All(of) | DeskMeasure::Largest(of) | DeskMeasure::Least(of) => of.clone(),
            DeskMeasure::Used(_) | DeskMeasure::Unused(_) => Measure::Residents,
        };
        let Condition { bound, value, .. } = Condition::read(&format!("{of_plan}{rest}"))?;
        Ok(DeskCondition { measure, bound, value })
    }

    /// Whether a value of the measure is on the right side.
    pub fn is_met_by(&self, value: Measured) -> bool {
        match self.bound {
            Bound::AtMost => value <= self.value,
            Bound::AtLeast => value >= self.value,
        }
    }

    /// The condition that every single compound has to meet, where that is what it comes to: no compound
    /// above a value, none below one.
    pub(super) fn of_each(&self) -> Option<Condition> {
        let measure = self.measure.of_each()?;
        let is_of_each = match self.measure {
            DeskMeasure::Largest(_) => self.bound == Bound::AtMost,
            _ => self.bound == Bound::AtLeast,
        };
        is_of_each.then(|| Condition {
            measure: measure.clone(),
            bound: self.bound,
            value: self.value,
        })
    }
}

impl fmt::Display for DeskCondition {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.bound {
            Bound::AtMost => "<=",
            Bound::AtLeast => ">=",
        };
        write!(formatter, "{}{sign}{}", self.measure, self.value)
    }
}

impl Serialize for DeskCondition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for DeskMeasure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
