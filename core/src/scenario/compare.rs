//! Scenarios beside the plan that they change.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Base, Difference, Measured, Scenario, Totals};
use crate::money::Fen;
use crate::plan::{Plan, UNITS};
use crate::split::{Error, Split, split};

/// A difference below this many of the finer units, a hundredth of a fen, comes from rounding.
const ROUNDING: u128 = UNITS / 100;

/// Scenarios beside what they are compared with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Comparison {
    /// What a household can be asked to pay in cash, where that was stated.
    pub affordable: Option<Fen>,
    /// Who pays what, the residents apart: the base's payers in order, then those that scenarios
    /// add.
    pub payers: Vec<PayerRow>,
    /// The plan as it stands, or the scenario pinned in its place.
    pub base: Totals,
    /// The scenarios, in the order asked for.
    pub scenarios: Vec<Compared>,
}

/// What a source or the relief pot pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PayerRow {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: Option<String>,
    /// In the base and then in each scenario; missing where it is not there.
    pub paid: Vec<Option<Fen>>,
}

/// A scenario beside its base.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Compared {
    /// The scenario's id.
    pub id: String,
    /// What it is called.
    pub name: Option<String>,
    /// What it comes to.
    pub totals: Totals,
    /// Who pays less in cash.
    pub less: Side,
    /// Who pays more.
    pub more: Side,
    /// How many differences come from rounding alone; they are in neither side.
    pub by_rounding: usize,
    /// The households that pay more or less, in roster order.
    pub households: Vec<HouseholdDifference>,
}

/// The households that pay less in cash, or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Side {
    /// How many.
    pub households: usize,
    /// By how much together.
    pub amount: Fen,
    /// By how much at most.
    pub most: Fen,
}

impl Side {
    pub(crate) fn add(&mut self, difference: Difference) {
        self.households += 1;
        self.amount += difference.size();
        self.most = self.most.max(difference.size());
    }

    /// Takes in those of others.
    pub(crate) fn join(&mut self, other: Side) {
        self.households += other.households;
        self.amount += other.amount;
        self.most = self.most.max(other.most);
    }
}

/// What a household pays in cash, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct HouseholdDifference {
    /// The household's id.
    pub id: Arc<str>,
    /// In the base.
    pub before: Fen,
    /// In the scenario.
    pub after: Fen,
    /// From one to the other.
    pub difference: Difference,
    /// Whether it comes from rounding alone: without any rounding to the fen the two would be
    /// within a hundredth of a fen. Never said where there is too much money to tell.
    pub by_rounding: bool,
}

impl Compared {
    /// What the scenario changes, by the names of its figures.
    pub fn changes(&self) -> [(&'static str, Measured); 7] {
        let Compared { less, more, .. } = self;
        [
            ("less", Measured::Count(less.households)),
            ("less-amount", Measured::Money(less.amount)),
            ("less-most", Measured::Money(less.most)),
            ("more", Measured::Count(more.households)),
            ("more-amount", Measured::Money(more.amount)),
            ("more-most", Measured::Money(more.most)),
            ("by-rounding", Measured::Count(self.by_rounding)),
        ]
    }
}

/// What scenarios are compared with: the plan as it stands, or one of its scenarios. Split once,
/// however often others are compared with it.
#[derive(Debug, Clone)]
pub struct Pinned {
    plan: Plan,
    outcome: Outcome,
}

impl Pinned {
    /// The plan as it stands, or with the changes of a scenario.
    ///
    /// # Errors
    /// The problems of the plan, or those of the scenario, told of it.
    pub fn new(base: &mut Base, scenario: Option<&Scenario>) -> Result<Pinned, Error> {
        let plan = match scenario {
            Some(scenario) => base.with(scenario).map_err(Error::Problems)?,
            None => base.plan().clone(),
        };
        let outcome = Outcome::of(&plan).map_err(|error| match (error, scenario) {
            (Error::Problems(found), Some(scenario)) => {
                Error::Problems(Base::told(scenario, found))
            }
            (other, _) => other,
        })?;
        Ok(Pinned { plan, outcome })
    }

    /// The split of it.
    pub fn split(&self) -> &Split {
        &self.outcome.split
    }
}

/// Compares scenarios with what is pinned; `affordable` is what a household can be asked to pay in
/// cash.
///
/// # Errors
/// The problems of the scenarios, told of each.
pub fn compare(
    base: &mut Base,
    pinned: &Pinned,
    scenarios: &[Scenario],
    affordable: Option<Fen>,
) -> Result<Comparison, Error> {
    let Pinned { plan, outcome: before } = pinned;
    let mut comparison = Comparison {
        affordable,
        payers: Vec::new(),
        base: Totals::of(plan, &before.split, affordable),
        scenarios: Vec::with_capacity(scenarios.len()),
    };
    comparison.add_payers(0, plan, &before.split);
    let mut problems = crate::Problems::default();
    for scenario in scenarios {
        let outcome = base.with(scenario).map_err(Error::Problems).and_then(|plan| {
            let outcome = Outcome::of(&plan).map_err(|error| match error {
                Error::Problems(problems) => Error::Problems(Base::told(scenario, problems)),
                other => other,
            })?;
            Ok((plan, outcome))
        });
        let (plan, after) = match outcome {
            Ok(found) => found,
            Err(Error::Problems(found)) => {
                problems.extend(found);
                continue;
            }
            Err(unreconciled) => return Err(unreconciled),
        };
        comparison.add_payers(comparison.scenarios.len() + 1, &plan, &after.split);
        let totals = Totals::of(&plan, &after.split, affordable);
        comparison.scenarios.push(compared(scenario, totals, before, &after));
    }
    let count = comparison.scenarios.len() + 1;
    comparison.payers.iter_mut().for_each(|payer| payer.paid.resize(count, None));
    problems.refuse(comparison).map_err(Error::Problems)
}

/// A split, and the same in finer units where there is not too much money for them.
#[derive(Debug, Clone)]
struct Outcome {
    split: Split,
    finer: Option<Split>,
}

impl Outcome {
    fn of(plan: &Plan) -> Result<Outcome, Error> {
        let finer = plan.in_finer_units().map(|plan| split(&plan)).transpose()?;
        Ok(Outcome { split: split(plan)?, finer })
    }
}

impl Comparison {
    /// Notes what the payers of a plan pay, in the column of the base or of a scenario.
    fn add_payers(&mut self, column: usize, plan: &Plan, split: &Split) {
        let pot = plan.agreements().relief.pot.as_ref();
        let names = plan.sources().iter().map(|source| &source.name);
        let names = names.chain(pot.map(|pot| &pot.name));
        for (source, name) in split.sources.iter().zip(names) {
            let index = self.payers.iter().position(|payer| payer.id == source.id);
            let index = index.unwrap_or_else(|| {
                let (id, name) = (source.id.clone(), name.clone());
                self.payers.push(PayerRow { id, name, paid: Vec::new() });
                self.payers.len() - 1
            });
            let paid = &mut self.payers[index].paid;
            paid.resize(column, None);
            paid.push(Some(source.paid));
        }
    }
}

fn compared(scenario: &Scenario, totals: Totals, before: &Outcome, after: &Outcome) -> Compared {
    let mut compared = Compared {
        id: scenario.id.clone(),
        name: scenario.name.clone(),
        totals,
        less: Side::default(),
        more: Side::default(),
        by_rounding: 0,
        households: Vec::new(),
    };
    let cash = |split: &Split, index: usize| split.households[index].paid.cash;
    let finer = before.finer.as_ref().zip(after.finer.as_ref());
    for (index, household) in before.split.households.iter().enumerate() {
        let (was, is) = (household.paid.cash, cash(&after.split, index));
        let difference = Difference::between(was, is);
        if difference.is_zero() {
            continue;
        }
        let by_rounding = finer.is_some_and(|(before, after)| {
            cash(before, index).0.abs_diff(cash(after, index).0) < ROUNDING
        });
        match (by_rounding, difference.is_less()) {
            (true, _) => compared.by_rounding += 1,
            (false, true) => compared.less.add(difference),
            (false, false) => compared.more.add(difference),
        }
        compared.households.push(HouseholdDifference {
            id: Arc::clone(&household.id),
            before: was,
            after: is,
            difference,
            by_rounding,
        });
    }
    compared
}
