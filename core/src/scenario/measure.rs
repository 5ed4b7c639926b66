//! Measures of a split, and conditions on them.

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::totals::{CashTotals, over};
use crate::money::Fen;
use crate::number::{self, Scalar};
use crate::plan::Plan;
use crate::problem::{Cause, Naming, Problems};
use crate::split::Split;

/// A figure of a split's outcome.
///
/// Written `residents`, `cash`, `median_cash`, `p90_cash`, `highest_cash`, `cash_per_area`,
/// `over.3000` (how many households pay more than that in cash), `paid.county`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// What all households owe.
    Residents,
    /// What all households pay in cash.
    Cash,
    /// What at least half of them pay in cash at most.
    MedianCash,
    /// What at least nine tenths of them pay in cash at most.
    NinetiethCash,
    /// What nobody pays more than in cash.
    HighestCash,
    /// All cash for each square metre.
    CashPerArea,
    /// How many pay more than this in cash.
    Over(Fen),
    /// What a source or the relief pot pays.
    Paid(String),
}

/// The measures that are but a word.
const WORDS: [(&str, Measure); 6] = [
    ("residents", Measure::Residents),
    ("cash", Measure::Cash),
    ("median_cash", Measure::MedianCash),
    ("p90_cash", Measure::NinetiethCash),
    ("highest_cash", Measure::HighestCash),
    ("cash_per_area", Measure::CashPerArea),
];

impl Measure {
    /// Reads a measure.
    ///
    /// # Errors
    /// `unknown-id` if it is no measure; those of money after `over.`.
    pub fn read(written: &str) -> Result<Measure, Problems> {
        let found = WORDS.iter().find(|(word, _)| *word == written);
        if let Some((_, measure)) = found {
            return Ok(measure.clone());
        }
        let cause = match written.split_once('.') {
            Some(("paid", id)) if !id.is_empty() => return Ok(Measure::Paid(id.to_owned())),
            Some(("over", most)) => match number::money(Scalar::Text(most)) {
                Ok(most) => return Ok(Measure::Over(most)),
                Err(cause) => cause,
            },
            _ => {
                let words = WORDS.iter().map(|(word, _)| *word).chain(["over.YUAN", "paid.ID"]);
                Cause::UnknownId {
                    naming: Naming::Listed,
                    known: words.map(str::to_owned).collect(),
                }
            }
        };
        let mut problems = Problems::default();
        problems.add_seen(written, written, cause);
        Err(problems)
    }

    /// The measure of a plan's split.
    pub fn of(&self, plan: &Plan, split: &Split) -> Measured {
        let cash = split.households.iter().map(|household| household.paid.cash).collect();
        self.of_cash(plan, split, cash)
    }

    /// The measure where the households paid this in cash; all else is the split's.
    pub(super) fn of_cash(&self, plan: &Plan, split: &Split, cash: Vec<Fen>) -> Measured {
        let totals = |cash| CashTotals::of(plan, cash);
        Measured::Money(match self {
            Measure::Residents => split.residents,
            Measure::Cash => cash.into_iter().sum(),
            Measure::MedianCash => totals(cash).median,
            Measure::NinetiethCash => totals(cash).ninetieth,
            Measure::HighestCash => totals(cash).highest,
            Measure::CashPerArea => totals(cash).per_area,
            Measure::Over(most) => return Measured::Count(over(&cash, *most)),
            Measure::Paid(id) => {
                let source = split.sources.iter().find(|source| source.id == *id);
                source.map(|source| source.paid).unwrap_or_default()
            }
        })
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Measure::Over(most) => write!(formatter, "over.{most}"),
            Measure::Paid(id) => write!(formatter, "paid.{id}"),
            other => {
                let word = WORDS.iter().find(|(_, measure)| measure == other);
                formatter.write_str(word.map_or("", |(word, _)| word))
            }
        }
    }
}

impl Serialize for Measure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// As it is written.
impl<'de> Deserialize<'de> for Measure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Measure, D::Error> {
        Measure::read(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// The value of a measure: in JSON, money is a text and a count a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(untagged)]
pub enum Measured {
    /// Money.
    Money(Fen),
    /// How many households.
    Count(usize),
}

impl<'de> Deserialize<'de> for Measured {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Measured, D::Error> {
        struct TextOrNumber;
        impl Visitor<'_> for TextOrNumber {
            type Value = Measured;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("money or a count")
            }

            fn visit_str<E: Error>(self, written: &str) -> Result<Measured, E> {
                written.parse().map(Measured::Money).map_err(E::custom)
            }

            fn visit_u64<E: Error>(self, count: u64) -> Result<Measured, E> {
                usize::try_from(count).map(Measured::Count).map_err(E::custom)
            }
        }
        deserializer.deserialize_any(TextOrNumber)
    }
}

impl Measured {
    /// In fen, or how many.
    pub(super) fn units(self) -> u128 {
        match self {
            Measured::Money(amount) => amount.0,
            Measured::Count(count) => count as u128,
        }
    }
}

/// Money as yuan, a count as it is.
impl fmt::Display for Measured {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Measured::Money(amount) => amount.fmt(formatter),
            Measured::Count(count) => count.fmt(formatter),
        }
    }
}

/// On which side of a value a measure is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// `<=`: no more.
    AtMost,
    /// `>=`: at least.
    AtLeast,
}

/// A condition on a measure: `highest_cash<=3000`.
///
/// ```
/// use fentan_core::scenario::Condition;
/// assert_eq!(Condition::read("over.3000 >= 12")?.to_string(), "over.3000.00>=12");
/// assert!(Condition::read("highest_cash<3000").is_err());
/// # Ok::<(), fentan_core::Problems>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Condition {
    /// What is measured.
    pub measure: Measure,
    /// On which side of the value it is to be.
    pub bound: Bound,
    /// The value.
    pub value: Measured,
}

impl Condition {
    /// Reads a condition: a measure, `<=` or `>=`, and money, or how many for `over`.
    ///
    /// # Errors
    /// `unknown-id` if it is no condition; those of the measure and of numbers.
    pub fn read(written: &str) -> Result<Condition, Problems> {
        let refuse = |seen: &str, cause| {
            let mut problems = Problems::default();
            problems.add_seen(written, seen, cause);
            problems
        };
        let parts = [("<=", Bound::AtMost), (">=", Bound::AtLeast)].into_iter().find_map(
            |(sign, bound)| {
                written.split_once(sign).map(|(measure, value)| (measure, bound, value))
            },
        );
        let Some((measure, bound, value)) = parts else {
            let known = Vec::new();
            return Err(refuse(written, Cause::UnknownId { naming: Naming::Condition, known }));
        };
        let measure = Measure::read(measure.trim())?;
        let value = value.trim();
        let read = match measure {
            Measure::Over(_) => value.parse().map(Measured::Count).map_err(|_| Cause::BadNumber),
            _ => number::money(Scalar::Text(value)).map(Measured::Money),
        };
        let value = read.map_err(|cause| refuse(value, cause))?;
        Ok(Condition { measure, bound, value })
    }

    /// Whether a value of the measure is on the right side.
    pub fn is_met_by(&self, value: Measured) -> bool {
        match self.bound {
            Bound::AtMost => value.units() <= self.value.units(),
            Bound::AtLeast => value.units() >= self.value.units(),
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.bound {
            Bound::AtMost => "<=",
            Bound::AtLeast => ">=",
        };
        write!(formatter, "{}{sign}{}", self.measure, self.value)
    }
}

impl Serialize for Condition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// As it is written.
impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Condition, D::Error> {
        Condition::read(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
