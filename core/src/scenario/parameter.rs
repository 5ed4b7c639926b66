//! A number of the plan that is varied, and over what.

use std::fmt;

use serde::{Serialize, Serializer};

use super::{Base, path};
use crate::document::{Change, Step, Value, steps};
use crate::money::Fen;
use crate::number::{self, Coefficient, Scalar};
use crate::plan::Plan;
use crate::problem::{Cause, Naming, Problems};
use crate::split::counted;

/// The smallest step of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Money, by the fen.
    Fen,
    /// A rate from 0 to 1, by the millionth.
    Rate,
    /// A part that may be greater than one, or a coefficient, by the millionth.
    Millionth,
}

impl Unit {
    /// Reads a value, in these steps.
    ///
    /// # Errors
    /// Those of numbers.
    ///
    /// ```
    /// use fentan_core::scenario::Unit;
    /// assert_eq!(Unit::Rate.read("12.5%"), Ok(125_000));
    /// ```
    pub fn read(self, written: &str) -> Result<u128, Cause> {
        let scalar = Scalar::Text(written);
        match self {
            Unit::Fen => number::money(scalar).map(|amount| amount.0),
            Unit::Rate => number::rate_in_millionths(scalar),
            Unit::Millionth => match number::coefficient(scalar)? {
                Coefficient::Plain(millionths) => Ok(millionths.into()),
                Coefficient::Percent(_) => Err(Cause::BadNumber),
            },
        }
    }

    /// A value as a plan writes it.
    pub(crate) fn written(self, units: u128) -> String {
        match self {
            Unit::Fen => Fen(units).to_string(),
            Unit::Rate | Unit::Millionth => {
                let written = format!("{}.{:06}", units / 1_000_000, units % 1_000_000);
                written.trim_end_matches('0').trim_end_matches('.').to_owned()
            }
        }
    }

    /// Reads `FROM..TO/STEP`, in these steps.
    pub(crate) fn range(self, values: &str) -> Result<(u128, u128, u128), Cause> {
        let (values, step) = match values.split_once('/') {
            Some((values, step)) => (values, self.read(step)?),
            None => (values, 1),
        };
        let (from, to) = values.split_once("..").ok_or_else(wrong_range)?;
        let (from, to) = (self.read(from)?, self.read(to)?);
        if from > to || step == 0 { Err(wrong_range()) } else { Ok((from, to, step)) }
    }
}

/// What a parameter is to the split, as far as that says how the split follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Role {
    /// A limit of a source, an index of the plan's.
    Source(usize),
    /// What the relief pot holds.
    Pot,
    /// The public revenue.
    Revenue,
    /// Any other.
    Other,
}

/// A field of the plan that holds one number, by a path as scenarios have it:
/// `sources.county.per_household`, `tables.lift.3`, `relief.rates.dibao`.
///
/// Serializes as its path.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Parameter {
    /// As it was written.
    pub path: String,
    /// Its smallest step.
    pub unit: Unit,
    /// The path in the base's document.
    place: String,
    pub(super) role: Role,
}

impl Serialize for Parameter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.path)
    }
}

impl Parameter {
    /// Finds a parameter in a plan.
    ///
    /// # Errors
    /// `unknown-id` or `unknown-field` where the path leads to no number.
    pub fn find(base: &Base, path: &str) -> Result<Parameter, Problems> {
        let found =
            path::resolve(base.rules(), path).and_then(|place| Parameter::at(base, path, place));
        found.map_err(|cause| {
            let mut problems = Problems::default();
            problems.add_seen(path, path, cause);
            problems
        })
    }

    fn at(base: &Base, path: &str, place: String) -> Result<Parameter, Cause> {
        let (plan, document) = (base.plan(), base.rules());
        let is_list = matches!(document.value(&place), Some(Value::List(_)));
        let names: Vec<_> = steps(path)
            .filter_map(|step| match step {
                Step::Field(name) => Some(name),
                Step::Index(_) => None,
            })
            .collect();
        let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
        let source = |id: &str| {
            let index = plan.sources().iter().position(|source| source.id == id);
            index.map_or(Role::Other, Role::Source)
        };
        let (unit, role) = match names.as_slice() {
            ["sources", id, "amount" | "per_household" | "per_area"] => (Unit::Fen, source(id)),
            ["sources", id, "rate"] => (Unit::Rate, source(id)),
            ["relief", "pot", "amount"] => (Unit::Fen, Role::Pot),
            ["channels", "public_revenue", "amount"] => (Unit::Fen, Role::Revenue),
            // A list by storeys is no one number.
            ["sources", id, "per_piece"] if !is_list => (Unit::Fen, source(id)),
            ["lines", _, "amount"]
            | ["minimum", "per_household" | "per_area"]
            | ["relief", "most"]
            | ["maintenance", "first_per_area" | "target_per_area"] => (Unit::Fen, Role::Other),
            ["lines", _, "rate_of", "rate"]
            | ["relief", "rates", _]
            | ["residents_at_least", _]
            | ["channels", "maintenance_fund", "keep"]
            | ["maintenance", "threshold"] => (Unit::Rate, Role::Other),
            ["maintenance", "target"] | ["tables", _, _] | ["uses", _, "factor"] => {
                (Unit::Millionth, Role::Other)
            }
            _ => {
                return Err(Cause::UnknownId { naming: Naming::Parameter, known: Vec::new() });
            }
        };
        Ok(Parameter { path: path.to_owned(), unit, place, role })
    }

    /// A value as the plan writes it.
    pub fn written(&self, units: u128) -> String {
        self.unit.written(units)
    }

    pub(super) fn change(&self, units: u128) -> Change {
        Change::Write { path: self.place.clone(), text: self.written(units) }
    }

    /// The value above which nothing changes any more, or the largest that the format allows.
    fn most(&self, plan: &Plan) -> u128 {
        const FORMAT: u128 = 10_000_000_000;
        const MOST_FACTOR: u128 = 100_000_000;
        let budget: Fen = plan.lines().iter().map(|line| line.amount).sum();
        let each = |count: u128| budget.0.div_ceil(count.max(1));
        let last = self.path.rsplit('.').next().unwrap_or_default();
        match (self.unit, &self.role, last) {
            (Unit::Rate, _, _) => 1_000_000,
            (Unit::Millionth, _, "factor") if self.path.starts_with("uses.") => MOST_FACTOR,
            (Unit::Millionth, _, _) => FORMAT,
            (Unit::Fen, &Role::Source(index), "per_household") => {
                each(counted(plan, &plan.sources()[index]).households)
            }
            (Unit::Fen, &Role::Source(index), "per_area") => {
                let area = counted(plan, &plan.sources()[index]).area;
                (budget.0 * 1_000_000).div_ceil(area.max(1))
            }
            (Unit::Fen, Role::Other, _) if self.path.starts_with("lines.") => 10 * budget.0,
            (Unit::Fen, _, _) => budget.0,
        }
    }
}

/// A parameter, and the values it takes: from one to another by a step.
///
/// Written `PATH=FROM..TO/STEP`. Without `/STEP` by the smallest step; without `=FROM..TO` from
/// zero to where nothing changes any more: the budget; of a line to ten times the budget; of a rate
/// to one; of a coefficient to the largest there is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Range {
    /// What is varied.
    pub parameter: Parameter,
    /// The first value, in the parameter's smallest steps.
    pub from: u128,
    /// No value is above this.
    pub to: u128,
    /// From one value to the next; above zero.
    pub step: u128,
}

impl Range {
    /// Reads a range.
    ///
    /// # Errors
    /// Those of [`Parameter::find`] and of numbers; `unknown-id` if it is not written so.
    pub fn read(base: &Base, written: &str) -> Result<Range, Problems> {
        let (path, values) = match written.split_once('=') {
            Some((path, values)) => (path, Some(values)),
            None => (written, None),
        };
        let parameter = Parameter::find(base, path)?;
        let most = parameter.most(base.plan());
        let read = values.map_or(Ok((0, most, 1)), |values| parameter.unit.range(values));
        match read {
            Ok((from, to, step)) => Ok(Range { parameter, from, to, step }),
            Err(cause) => {
                let mut problems = Problems::default();
                problems.add_seen(path, values.unwrap_or_default(), cause);
                Err(problems)
            }
        }
    }

    /// How many values there are.
    pub fn count(&self) -> u128 {
        (self.to - self.from) / self.step + 1
    }

    /// The value at an index, in the parameter's smallest steps.
    pub fn value(&self, index: u128) -> u128 {
        self.from + index * self.step
    }
}

fn wrong_range() -> Cause {
    Cause::UnknownId { naming: Naming::Range, known: Vec::new() }
}

impl fmt::Display for Range {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [from, to, step] =
            [self.from, self.to, self.step].map(|units| self.parameter.written(units));
        write!(formatter, "{}={from}..{to}/{step}", self.parameter.path)
    }
}
