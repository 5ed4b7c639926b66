//! What a scenario over a programme changes: a number of a pot, or a value in every plan that has it.

use std::fmt;

use super::{Desk, one_by_one};
use crate::enumeration;
use crate::money::Fen;
use crate::number::{self, Scalar};
use crate::problem::{Cause, Naming, Problems};
use crate::programme::Programme;
use crate::scenario::{Parameter, Unit};

enumeration! {
    /// A number of a pot.
    PotField {
        /// What there is to divide.
        Amount = "amount",
        /// The most for each household.
        PerHousehold = "per_household",
        /// The most as a part of the works budget.
        Rate = "rate",
        /// The least that a compound gets.
        Least = "least",
        /// The most that a compound gets.
        Most = "most",
        /// What portions are rounded down to a multiple of.
        RoundDownTo = "round_down_to",
    }
}

/// A change of a scenario over a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskChange {
    /// As it was written: `pots.central.amount`, `sources.county.per_household`.
    path: String,
    to: String,
    of: Of,
}

/// What a path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Pot(usize, PotField),
    Plans,
}

impl DeskChange {
    /// Reads a change: a path of a pot's number, or one that leads to a value in at least one plan.
    ///
    /// # Errors
    /// `unknown-id` where the path leads nowhere, or to what a pot gives; those of the number, and of the
    /// plan in which it is the first to be wrong.
    pub fn read(desk: &Desk, path: &str, to: &str) -> Result<DeskChange, Problems> {
        let of = find(desk, path).map_err(|cause| problem(path, path, cause))?;
        let change = DeskChange { path: path.to_owned(), to: to.to_owned(), of };
        if let Of::Pot(_, field) = of {
            field.unit().read(to).map_err(|cause| problem(path, to, cause))?;
            if field == PotField::RoundDownTo && field.unit().read(to) == Ok(0) {
                return Err(problem(path, to, Cause::BelowOne));
            }
            return Ok(change);
        }
        let plans = desk.changed(std::slice::from_ref(&change), &one_by_one);
        let mut plans = plans.into_iter().flatten();
        match plans.find_map(Result::err) {
            Some(problems) => Err((*problems).clone()),
            None => Ok(change),
        }
    }

    /// The path and the value, where it is plans that change.
    pub(super) fn of_plans(&self) -> Option<(&str, &str)> {
        (self.of == Of::Plans).then_some((&*self.path, &*self.to))
    }

    /// Whether it changes plans, and not a pot.
    pub fn is_of_plans(&self) -> bool {
        self.of == Of::Plans
    }

    /// The path as it was written.
    pub fn path(&self) -> &str {
        &self.path
    }

    pub(super) fn make(&self, programme: &mut Programme) {
        let Of::Pot(index, field) = self.of else {
            return;
        };
        let Some(pot) = programme.pots.get_mut(index) else {
            return;
        };
        let scalar = Scalar::Text(&self.to);
        // It was read before.
        if field == PotField::Rate {
            pot.rate = number::rate(scalar).ok().or(pot.rate);
            return;
        }
        let Ok(amount) = number::money(scalar) else {
            return;
        };
        match field {
            PotField::Amount => pot.amount = amount,
            PotField::PerHousehold => pot.per_household = Some(amount),
            PotField::Least => pot.least = Some(amount),
            PotField::Most => pot.most = Some(amount),
            PotField::RoundDownTo => pot.round_down_to = Some(amount),
            PotField::Rate => {}
        }
    }
}

impl fmt::Display for DeskChange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}={}", self.path, self.to)
    }
}

impl PotField {
    fn unit(self) -> Unit {
        if self == PotField::Rate { Unit::Rate } else { Unit::Fen }
    }
}

/// What a path leads to.
fn find(desk: &Desk, path: &str) -> Result<Of, Cause> {
    let pots = &desk.given.pots;
    let listed = |known: Vec<String>| Cause::UnknownId { naming: Naming::Listed, known };
    if let Some(rest) = path.strip_prefix("pots.") {
        // An id may have dots.
        let (id, field) = rest.rsplit_once('.').unwrap_or((rest, ""));
        let pot = pots.iter().position(|pot| pot.id == id);
        let pot = pot.ok_or_else(|| listed(pots.iter().map(|pot| pot.id.clone()).collect()))?;
        let field = PotField::ALL.iter().find(|known| known.as_str() == field);
        let known = || PotField::ALL.iter().map(|known| known.as_str().to_owned()).collect();
        return field.map(|&field| Of::Pot(pot, field)).ok_or_else(|| listed(known()));
    }
    // What a pot gives takes the place of these.
    let of_pots = pots.iter().filter(|pot| {
        let fields = ["amount", "per_household", "per_area"];
        fields.iter().any(|field| path == format!("sources.{}.{field}", pot.source))
    });
    let of_pots: Vec<String> = of_pots.map(|pot| format!("pots.{}.amount", pot.id)).collect();
    if !of_pots.is_empty() {
        return Err(listed(of_pots));
    }
    let change = DeskChange { path: path.to_owned(), to: String::new(), of: Of::Plans };
    if desk.reached(&change) == 0 {
        return Err(Cause::UnknownId { naming: Naming::Parameter, known: Vec::new() });
    }
    Ok(Of::Plans)
}

fn problem(path: &str, seen: &str, cause: Cause) -> Problems {
    let mut problems = Problems::default();
    problems.add_seen(path, seen, cause);
    problems
}

/// A number that is varied: of a pot, or of every plan that has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskParameter {
    path: String,
    unit: Unit,
    of: Of,
}

impl DeskParameter {
    /// Finds a parameter.
    ///
    /// # Errors
    /// Those of [`DeskChange::read`]; `unknown-id` where the value is no number.
    pub fn find(desk: &Desk, path: &str) -> Result<DeskParameter, Problems> {
        let of = find(desk, path).map_err(|cause| problem(path, path, cause))?;
        let unit = match of {
            Of::Pot(_, field) => field.unit(),
            Of::Plans => desk.first_base(path, |base| Parameter::find(base, path))?.unit,
        };
        Ok(DeskParameter { path: path.to_owned(), unit, of })
    }

    /// Its path.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The pot whose amount it is, an index of the programme's.
    pub(super) fn amount_of(&self) -> Option<usize> {
        match self.of {
            Of::Pot(pot, PotField::Amount) => Some(pot),
            _ => None,
        }
    }

    /// A value as a programme writes it.
    pub fn written(&self, units: u128) -> String {
        self.unit.written(units)
    }

    /// The change to a value.
    pub(super) fn change(&self, units: u128) -> DeskChange {
        DeskChange { path: self.path.clone(), to: self.written(units), of: self.of }
    }

    /// The value above which nothing changes any more.
    fn most(&self, desk: &Desk) -> Result<u128, Problems> {
        match self.of {
            Of::Pot(_, PotField::Rate) => Ok(1_000_000),
            Of::Pot(..) => Ok(desk.budget().0),
            Of::Plans => {
                let range = |base: &_| crate::scenario::Range::read(base, &self.path);
                Ok(desk
                    .all_bases(&self.path, range)?
                    .into_iter()
                    .map(|range| range.to)
                    .max()
                    .unwrap_or_default())
            }
        }
    }
}

/// A parameter, and the values it takes; written as that of a plan (spec §8), `PATH=FROM..TO/STEP`. Without
/// `=FROM..TO` from zero to where nothing changes any more: of a pot the budget of all plans.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeskRange {
    /// What is varied.
    pub parameter: DeskParameter,
    /// The first value, in the parameter's smallest steps.
    pub from: u128,
    /// No value is above this.
    pub to: u128,
    /// From one value to the next; above zero.
    pub step: u128,
}

impl DeskRange {
    /// Reads a range.
    ///
    /// # Errors
    /// Those of [`DeskParameter::find`] and of numbers.
    pub fn read(desk: &Desk, written: &str) -> Result<DeskRange, Problems> {
        let (path, values) = match written.split_once('=') {
            Some((path, values)) => (path, Some(values)),
            None => (written, None),
        };
        let parameter = DeskParameter::find(desk, path)?;
        let Some(values) = values else {
            let to = parameter.most(desk)?;
            return Ok(DeskRange { parameter, from: 0, to, step: 1 });
        };
        match parameter.unit.range(values) {
            Ok((from, to, step)) => Ok(DeskRange { parameter, from, to, step }),
            Err(cause) => Err(problem(path, values, cause)),
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

impl Desk {
    /// What the first plan in which a path leads somewhere says of it.
    fn first_base<T>(
        &self,
        path: &str,
        of: impl Fn(&crate::scenario::Base) -> Result<T, Problems>,
    ) -> Result<T, Problems> {
        let found = self.bases(path, of).next();
        let none = Cause::UnknownId { naming: Naming::Parameter, known: Vec::new() };
        found.unwrap_or_else(|| Err(problem(path, path, none)))
    }

    fn all_bases<T>(
        &self,
        path: &str,
        of: impl Fn(&crate::scenario::Base) -> Result<T, Problems>,
    ) -> Result<Vec<T>, Problems> {
        self.bases(path, of).collect()
    }

    fn bases<T>(
        &self,
        path: &str,
        of: impl Fn(&crate::scenario::Base) -> Result<T, Problems>,
    ) -> impl Iterator<Item = Result<T, Problems>> {
        self.compounds.iter().filter_map(move |kept| {
            let base =
                kept.base.as_ref()?.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            base.place_of(path)?;
            Some(of(&base))
        })
    }

    /// The works budget of all plans.
    fn budget(&self) -> Fen {
        let budget = |kept: &super::Kept| {
            let base =
                kept.base.as_ref()?.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            Some(base.plan().lines().iter().map(|line| line.amount).sum::<Fen>())
        };
        self.compounds.iter().filter_map(budget).sum()
    }
}
