//! Scenarios over a programme: what pots and plans would come to with some of them changed. Plans are read
//! once; a compound is split anew only where its plan or its portion is another.
//!
//! A point of a scenario goes like a run: plans with the changes, how large they are, the division, each
//! compound's split with its portion. Compounds don't depend on each other but by the division, so a caller
//! may look at several at a time ([`Each`]); what comes out is the same in any order.

mod change;
mod changeable;
mod compare;
mod measure;
mod seek;
mod sweep;

use std::sync::{Arc, Mutex, PoisonError};

use crate::document;
use crate::money::Fen;
use crate::plan::Plan;
use crate::problem::Problems;
use crate::scenario::Base;
use crate::split::{Error, Split, split};

use super::{Division, Programme};

pub use change::{DeskChange, DeskParameter, DeskRange};
pub use changeable::Changeable;
pub use compare::{
    CompoundDifference, DeskComparison, HomeDifference, PayerDifference, Together, by_county,
    by_payer,
};
pub use measure::{DeskCondition, DeskMeasure};
pub use seek::{DeskSeek, DeskSought};
pub use sweep::{DeskPoint, DeskSweep};

/// Has work done for every index below a number, in any order, several at a time where the caller can.
pub type Each<'e> = &'e dyn Fn(usize, &(dyn Fn(usize) + Sync));

/// Has the work done one after the other.
pub fn one_by_one(count: usize, work: &(dyn Fn(usize) + Sync)) {
    (0..count).for_each(work);
}

/// How many splits of a compound are kept, by what its sources offered.
const KEPT: usize = 4;

/// A programme with the plans of its compounds.
#[derive(Debug)]
pub struct Desk {
    /// As its file and its table have it: sizes that come from plans are not filled in.
    given: Programme,
    compounds: Vec<Kept>,
}

/// What is kept of a compound.
#[derive(Debug)]
struct Kept {
    /// Its plan; missing where there is none, or none that can be read.
    base: Option<Mutex<Base>>,
    /// Whether there is a plan that can't be read.
    is_broken: bool,
    /// What the plan as it stands came to by what it was offered, the latest last; missing where it can't be
    /// split so.
    splits: Mutex<Vec<(Offers, Option<Arc<Outcome>>)>>,
}

impl Kept {
    /// What the plan as it stands came to with these offers, where that is kept.
    fn known(&self, offers: &Offers) -> Option<Option<Arc<Outcome>>> {
        let splits = self.splits.lock().unwrap_or_else(PoisonError::into_inner);
        splits.iter().find(|(of, _)| of == offers).map(|(_, known)| known.clone())
    }

    fn keep(&self, offers: Offers, found: Option<Arc<Outcome>>) {
        let mut splits = self.splits.lock().unwrap_or_else(PoisonError::into_inner);
        if splits.len() == KEPT {
            splits.remove(0);
        }
        splits.push((offers, found));
    }
}

type Offers = Vec<(String, Fen)>;

/// A plan with changes, or what is wrong with it then.
type Changed = Result<Plan, Arc<Problems>>;

/// What a compound's split comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Outcome {
    /// The works budget.
    pub budget: Fen,
    /// What all households owe.
    pub residents: Fen,
    /// What each household pays in cash, in roster order.
    pub cash: Vec<Fen>,
    /// The same, ascending.
    pub sorted: Vec<Fen>,
    /// The area of all households in millionths of a square metre.
    pub area: u128,
    /// By source, what it pays; the relief pot last.
    pub paid: Vec<(String, Fen)>,
}

impl Outcome {
    fn of(plan: &Plan, split: &Split) -> Outcome {
        let cash: Vec<Fen> = split.households.iter().map(|household| household.paid.cash).collect();
        let mut sorted = cash.clone();
        sorted.sort_unstable();
        Outcome {
            budget: split.budget,
            residents: split.residents,
            cash,
            sorted,
            area: plan.total_area(),
            paid: split.sources.iter().map(|one| (one.id.clone(), one.paid)).collect(),
        }
    }

    /// What a source pays; zero where there is none of that id.
    pub fn paid_by(&self, source: &str) -> Fen {
        self.paid.iter().find(|(id, _)| id == source).map_or(Fen::ZERO, |&(_, amount)| amount)
    }
}

/// What all compounds come to with some changes.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Outcomes {
    /// The programme with the changes.
    pub programme: Programme,
    /// Its pots, divided.
    pub division: Division,
    /// The compounds in the programme's order; missing of those without a plan that can be split.
    pub compounds: Vec<Option<Arc<Outcome>>>,
}

impl Outcomes {
    /// How many compounds have a plan and can't be split.
    pub fn broken(&self) -> usize {
        let compounds = self.programme.compounds.iter().zip(&self.compounds);
        compounds.filter(|(one, outcome)| one.plan.is_some() && outcome.is_none()).count()
    }
}

/// A programme with some changes, its pots divided and nothing split.
struct Divided {
    programme: Programme,
    division: Division,
    /// Plans that are others than those that are kept; a plan that can't be read with the changes is
    /// a problem.
    plans: Vec<Option<Changed>>,
}

impl Desk {
    /// From a programme and the plans of its compounds in order, as far as there are any: an error stands
    /// for a plan that can't be read, which takes no part.
    pub fn new(given: Programme, plans: Vec<Option<Result<Base, ()>>>) -> Desk {
        let kept = |plan: Option<Result<Base, ()>>| Kept {
            is_broken: matches!(plan, Some(Err(()))),
            base: plan.and_then(Result::ok).map(Mutex::new),
            splits: Mutex::default(),
        };
        Desk { given, compounds: plans.into_iter().map(kept).collect() }
    }

    /// The programme as it was given.
    pub fn programme(&self) -> &Programme {
        &self.given
    }

    /// What all compounds come to with these changes.
    ///
    /// # Errors
    /// Those of [`Programme::divide`]. A plan that can't be split is no error: it has no outcome.
    pub fn outcomes(&self, changes: &[DeskChange], each: Each<'_>) -> Result<Outcomes, Problems> {
        let divided = self.divide(changes, each)?;
        Ok(self.split_all(&divided, each))
    }

    /// What all compounds come to as they stand. Every plan that can be split is shown on the way, with its
    /// portion and its split, so that what else is asked of it needs no other split.
    ///
    /// # Errors
    /// Those of [`Programme::divide`].
    pub fn outcomes_seen(
        &self,
        each: Each<'_>,
        see: &(dyn Fn(usize, &Plan, &Split) + Sync),
    ) -> Result<Outcomes, Problems> {
        let divided = self.divide(&[], each)?;
        Ok(self.gathered(&divided, each, &|index, offers| {
            let kept = &self.compounds[index];
            let base = kept.base.as_ref()?;
            let plan = base.lock().unwrap_or_else(PoisonError::into_inner).plan().clone();
            let found = outcome(plan, &offers).map(|(plan, split, outcome)| {
                see(index, &plan, &split);
                Arc::new(outcome)
            });
            kept.keep(offers, found.clone());
            found
        }))
    }

    fn split_all(&self, divided: &Divided, each: Each<'_>) -> Outcomes {
        self.gathered(divided, each, &|index, offers| {
            self.split(index, divided.plans[index].as_ref(), offers)
        })
    }

    /// What all compounds come to, each by its place and what it is offered.
    fn gathered(
        &self,
        divided: &Divided,
        each: Each<'_>,
        split: &(dyn Fn(usize, Offers) -> Option<Arc<Outcome>> + Sync),
    ) -> Outcomes {
        let Divided { programme, division, .. } = divided;
        let found: Vec<Mutex<Option<Arc<Outcome>>>> =
            self.compounds.iter().map(|_| Mutex::default()).collect();
        each(self.compounds.len(), &|index| {
            put(&found[index], split(index, offers(programme, division, index)));
        });
        let compounds = found.into_iter().map(taken).collect();
        Outcomes { programme: programme.clone(), division: division.clone(), compounds }
    }

    /// Changes the programme and the plans, and divides the pots.
    fn divide(&self, changes: &[DeskChange], each: Each<'_>) -> Result<Divided, Problems> {
        let mut programme = self.given.clone();
        changes.iter().for_each(|change| change.make(&mut programme));
        let plans = self.changed(changes, each);
        for index in programme.wanting() {
            let kept = &self.compounds[index];
            match (&plans[index], &kept.base) {
                (Some(Ok(plan)), _) => programme.supply(index, plan),
                (None, Some(base)) => {
                    let base = base.lock().unwrap_or_else(PoisonError::into_inner);
                    programme.supply(index, base.plan());
                }
                _ => programme.set_apart(index),
            }
        }
        let division = programme.divide()?;
        Ok(Divided { programme, division, plans })
    }

    /// By compound, its plan with the changes, where any of them leads somewhere in it.
    fn changed(&self, changes: &[DeskChange], each: Each<'_>) -> Vec<Option<Changed>> {
        let of_plans: Vec<(&str, &str)> = changes.iter().filter_map(DeskChange::of_plans).collect();
        let found: Vec<Mutex<Option<Changed>>> =
            self.compounds.iter().map(|_| Mutex::default()).collect();
        if !of_plans.is_empty() {
            each(self.compounds.len(), &|index| {
                put(&found[index], self.changed_plan(index, &of_plans));
            });
        }
        found.into_iter().map(taken).collect()
    }

    /// The plan of a compound with values at paths changed; `None` where none of them leads somewhere in it.
    fn changed_plan(&self, index: usize, of_plans: &[(&str, &str)]) -> Option<Changed> {
        let base = self.compounds[index].base.as_ref()?;
        let mut base = base.lock().unwrap_or_else(PoisonError::into_inner);
        let writes = of_plans.iter().filter_map(|(path, to)| {
            let path = base.place_of(path)?;
            Some(document::Change::Write { path, text: (*to).to_owned() })
        });
        let writes: Vec<_> = writes.collect();
        (!writes.is_empty()).then(|| base.with_changes(&writes).map_err(Arc::new))
    }

    /// One compound as it is in these outcomes: its plan with the changes and with its portions, and the split
    /// of that. `None` without a plan that can be read.
    ///
    /// # Errors
    /// What is wrong with the plan with the changes and the portions.
    pub fn compound(
        &self,
        changes: &[DeskChange],
        outcomes: &Outcomes,
        index: usize,
    ) -> Option<Result<(Plan, Split), Error>> {
        let base = self.compounds.get(index)?.base.as_ref()?;
        let of_plans: Vec<(&str, &str)> = changes.iter().filter_map(DeskChange::of_plans).collect();
        let plan = match self.changed_plan(index, &of_plans) {
            Some(Ok(plan)) => plan,
            Some(Err(problems)) => return Some(Err((*problems).clone().into())),
            None => base.lock().unwrap_or_else(PoisonError::into_inner).plan().clone(),
        };
        let offers = outcomes.programme.offers(&outcomes.division, index);
        let split_plan = |plan: Plan| -> Result<(Plan, Split), Error> {
            let plan = plan.with_offers(&offers)?;
            let split = split(&plan)?;
            Ok((plan, split))
        };
        Some(split_plan(plan))
    }

    /// How many plans a change of plans leads somewhere in.
    pub fn reached(&self, change: &DeskChange) -> usize {
        let Some((path, _)) = change.of_plans() else {
            return 0;
        };
        let leads = |kept: &&Kept| {
            kept.base.as_ref().is_some_and(|base| {
                base.lock().unwrap_or_else(PoisonError::into_inner).place_of(path).is_some()
            })
        };
        self.compounds.iter().filter(leads).count()
    }

    /// Splits a compound with what it is offered: its plan with changes, or as it stands.
    fn split(
        &self,
        index: usize,
        changed: Option<&Changed>,
        offers: Offers,
    ) -> Option<Arc<Outcome>> {
        let kept = &self.compounds[index];
        if let Some(changed) = changed {
            let (_, _, outcome) = outcome(changed.as_ref().ok()?.clone(), &offers)?;
            return Some(Arc::new(outcome));
        }
        let base = kept.base.as_ref()?;
        if let Some(known) = kept.known(&offers) {
            return known;
        }
        let plan = base.lock().unwrap_or_else(PoisonError::into_inner).plan().clone();
        let found = outcome(plan, &offers).map(|(_, _, outcome)| Arc::new(outcome));
        kept.keep(offers, found.clone());
        found
    }

    /// The plan of a compound as it is split with these changes, its split and what that comes to; `None`
    /// where it can't be split.
    fn whole(&self, divided: &Divided, index: usize) -> Option<(Plan, Split, Outcome)> {
        let plan = match &divided.plans[index] {
            Some(plan) => plan.as_ref().ok()?.clone(),
            None => {
                let base = self.compounds[index].base.as_ref()?;
                base.lock().unwrap_or_else(PoisonError::into_inner).plan().clone()
            }
        };
        outcome(plan, &offers(&divided.programme, &divided.division, index))
    }

    /// Looks at the plan of every compound that has one that can be read, in the programme's order.
    fn each_base(&self, mut look: impl FnMut(&Base)) {
        for base in self.compounds.iter().filter_map(|kept| kept.base.as_ref()) {
            look(&base.lock().unwrap_or_else(PoisonError::into_inner));
        }
    }

    /// How many compounds have a plan that can't be read at all.
    pub fn broken(&self) -> usize {
        self.compounds.iter().filter(|kept| kept.is_broken).count()
    }
}

/// What a compound is offered by the sources of its plan.
fn offers(programme: &Programme, division: &Division, index: usize) -> Offers {
    let offers = programme.offers(division, index).into_iter();
    offers.map(|(source, amount)| (source.to_owned(), amount)).collect()
}

/// A fault of the engine, which a run tells, is no outcome here.
fn outcome(plan: Plan, offers: &Offers) -> Option<(Plan, Split, Outcome)> {
    let offers: Vec<(&str, Fen)> =
        offers.iter().map(|(source, amount)| (source.as_str(), *amount)).collect();
    let plan = plan.with_offers(&offers).ok()?;
    let split = split(&plan).ok()?;
    let outcome = Outcome::of(&plan, &split);
    Some((plan, split, outcome))
}

fn put<T>(place: &Mutex<T>, value: T) {
    *place.lock().unwrap_or_else(PoisonError::into_inner) = value;
}

fn taken<T>(place: Mutex<T>) -> T {
    place.into_inner().unwrap_or_else(PoisonError::into_inner)
}
