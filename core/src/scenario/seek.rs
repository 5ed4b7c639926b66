//! The least or the greatest value of a parameter at which conditions are met, spec §8.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::measure::Bound;
use super::parameter::Role;
use super::slack::{Slack, slack};
use super::walk::{Probed, Reached, Walk};
use super::{Base, Condition, Measure, Measured, Range};
use crate::money::Fen;
use crate::plan::Plan;
use crate::problem::Problems;
use crate::split::{Error, Split, split};

/// What is sought: the least value within a range, or the greatest, that meets all conditions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seek {
    /// The parameter and the values it may take.
    pub range: Range,
    /// Whether the greatest is sought, not the least.
    pub greatest: bool,
    /// What has to hold.
    pub conditions: Vec<Condition>,
    /// The most values that are tried one by one, where no argument rules them out.
    pub most: usize,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Sought {
    /// The parameter's path.
    pub parameter: String,
    /// Whether the greatest value was sought, not the least.
    pub greatest: bool,
    /// What had to hold.
    pub conditions: Vec<Condition>,
    /// The value found; missing where no value that was tried meets the conditions.
    pub found: Option<Trial>,
    /// The value one step beyond it, which does not meet them; missing at the end of the range.
    pub beside: Option<Trial>,
    /// Where none was found, the value tried that comes nearest to the conditions: how far one gets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nearest: Option<Trial>,
    /// What is known of the values further on.
    pub proven: Proven,
    /// Where measures turned against their way, the largest step of each.
    pub turns: Vec<Turn>,
    /// How many values were tried.
    pub tried: usize,
}

/// A value that was tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Trial {
    /// As a plan writes it.
    pub value: String,
    /// The measure of each condition; missing where the plan can't be split.
    pub measures: Option<Vec<Measured>>,
    /// Whether each condition is met.
    pub met: Vec<bool>,
}

/// For which of the values beyond the one found it is proven that they do not meet the conditions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Proven {
    /// For all of the range.
    Everywhere,
    /// For those up to this value, which were all tried; of those further on only some were.
    Window(String),
    /// For no value: only some were tried.
    Samples,
}

/// Where a measure, on the whole rising or falling with the parameter, went the other way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Turn {
    /// Which measure.
    pub measure: Measure,
    /// A value of the parameter and the measure there.
    pub from: (String, Measured),
    /// The next value that was tried and the measure there.
    pub to: (String, Measured),
}

/// Seeks a value. `go_on` gets the number of values tried, and returns whether to try more.
///
/// Where the plan allows it, a bound on rounding rules out all values beyond one that fails by
/// more than that bound; the others are tried one by one, as many as [`Seek::most`]. The answer
/// says for which values it is proven.
///
/// # Errors
/// The problems of the plan if it can be split at no value that was tried.
///
/// # Returns
/// `None` if `go_on` said to stop.
pub fn seek(
    base: &Base,
    seek: &Seek,
    go_on: &mut dyn FnMut(usize) -> bool,
) -> Result<Option<Sought>, Error> {
    let parameter = &seek.range.parameter;
    let mut prober = Prober {
        base: base.clone(),
        seek,
        slack: slack(base.plan(), &parameter.role, &parameter.path),
        problems: None,
        go_on,
    };
    let mut walk =
        Walk::new(seek.range.count(), seek.most as u128, |index, tried| prober.probe(index, tried));
    let ended = walk.run();
    let tried = walk.into_tried();
    match ended {
        Ok((found, reached)) => match prober.problems.take() {
            Some(problems) if tried.values().all(|probe| probe.measures.is_none()) => {
                Err(Error::Problems(problems))
            }
            _ => Ok(Some(Search { seek, tried }.answer(found, &reached))),
        },
        Err(Stop::Asked) => Ok(None),
        Err(Stop::Failed(error)) => Err(error),
    }
}

enum Stop {
    Asked,
    Failed(Error),
}

/// What was found at one value.
#[derive(Debug, Clone)]
struct Probe {
    measures: Option<Vec<Measured>>,
    is_met: bool,
    /// Whether no value from the start of the search to this one can meet the conditions.
    rules_out: bool,
}

impl Probed for Probe {
    fn is_met(&self) -> bool {
        self.is_met
    }

    fn rules_out(&self) -> bool {
        self.rules_out
    }
}

/// The value at an index in the order of the search: for the least value they go up, for the greatest
/// down.
fn value(seek: &Seek, index: u128) -> u128 {
    let range = &seek.range;
    range.value(if seek.greatest { range.count() - 1 - index } else { index })
}

/// Tries values of a plan's parameter.
struct Prober<'s> {
    base: Base,
    seek: &'s Seek,
    slack: Option<Slack>,
    problems: Option<Problems>,
    go_on: &'s mut dyn FnMut(usize) -> bool,
}

impl Prober<'_> {
    fn probe(&mut self, index: u128, tried: usize) -> Result<Probe, Stop> {
        if !(self.go_on)(tried) {
            return Err(Stop::Asked);
        }
        let change = self.seek.range.parameter.change(value(self.seek, index));
        let outcome = self.base.with_changes(&[change]).map_err(Error::Problems);
        match outcome.and_then(|plan| split(&plan).map(|split| (plan, split))) {
            Ok((plan, split)) => Ok(self.look_at(&plan, &split)),
            Err(Error::Problems(problems)) => {
                self.problems.get_or_insert(problems);
                Ok(Probe { measures: None, is_met: false, rules_out: false })
            }
            Err(unreconciled) => Err(Stop::Failed(unreconciled)),
        }
    }

    fn look_at(&self, plan: &Plan, split: &Split) -> Probe {
        let conditions = &self.seek.conditions;
        let measures: Vec<_> =
            conditions.iter().map(|condition| condition.measure.of(plan, split)).collect();
        let mut measured = conditions.iter().zip(&measures);
        let is_met = measured.clone().all(|(condition, &value)| condition.is_met_by(value));
        let rules_out = measured.any(|(condition, &value)| {
            !condition.is_met_by(value) && self.rules_out(condition, value, plan, split)
        });
        Probe { measures: Some(measures), is_met, rules_out }
    }

    /// Whether a condition that fails at a value fails at all from the start of the search on.
    fn rules_out(
        &self,
        condition: &Condition,
        value: Measured,
        plan: &Plan,
        split: &Split,
    ) -> bool {
        let Some(slack) = self.slack else {
            return false;
        };
        let greatest = self.seek.greatest;
        match &condition.measure {
            Measure::Paid(id) => {
                let towards = (condition.bound == Bound::AtMost) == greatest;
                towards && self.pays_exactly(plan, id)
            }
            _ => fails_on_the_way(condition, value, plan, split, slack, greatest),
        }
    }

    /// Whether a payer's payment rises with the parameter, without any rounding against it: it is
    /// the parameter's own, and gives nothing back.
    fn pays_exactly(&self, plan: &Plan, id: &str) -> bool {
        match self.seek.range.parameter.role {
            Role::Source(index) => {
                let minimum = plan.agreements().minimum.as_ref();
                plan.sources()[index].id == id
                    && minimum.is_none_or(|minimum| !minimum.reduces.contains(&index))
            }
            Role::Pot => plan.agreements().relief.pot.as_ref().is_some_and(|pot| pot.id == id),
            _ => false,
        }
    }
}

/// Whether a condition on what households pay, which fails at a value, fails at all values on the way of the
/// search before it too: at smaller ones, or where the greatest is sought at greater ones.
pub(crate) fn fails_on_the_way(
    condition: &Condition,
    value: Measured,
    plan: &Plan,
    split: &Split,
    slack: Slack,
    greatest: bool,
) -> bool {
    // Where the minimum is not met in full, a top-up may yet grow.
    let may_grow = greatest && plan.agreements().minimum.is_some();
    // On the way of the search the measure moves away from where it would have to be.
    let towards = (condition.bound == Bound::AtMost) == greatest;
    match &condition.measure {
        // What households pay falls as the parameter grows.
        _ if towards || may_grow => false,
        Measure::Paid(_) => false,
        Measure::Residents => {
            let top_ups: Fen = split.households.iter().map(|one| one.top_up).sum();
            let moved = moved(value, slack.residents, top_ups, greatest);
            moved.is_some_and(|moved| !condition.is_met_by(Measured::Money(moved)))
        }
        measure => {
            let Some(household) = slack.household else {
                return false;
            };
            let cash = split
                .households
                .iter()
                .map(|one| moved(Measured::Money(one.paid.cash), household, one.top_up, greatest));
            cash.collect::<Option<Vec<Fen>>>()
                .is_some_and(|cash| !condition.is_met_by(measure.of_cash(plan, split, cash)))
        }
    }
}

/// A search that has ended.
struct Search<'s> {
    seek: &'s Seek,
    /// By index.
    tried: BTreeMap<u128, Probe>,
}

impl Search<'_> {
    fn answer(&self, found: Option<u128>, reached: &Reached) -> Sought {
        let written = |index: u128| self.seek.range.parameter.written(value(self.seek, index));
        let trial = |index: u128| {
            let probe = self.tried.get(&index)?;
            let met = |measures: &Vec<Measured>| {
                let measured = self.seek.conditions.iter().zip(measures);
                measured.map(|(condition, &value)| condition.is_met_by(value)).collect()
            };
            let met = probe.measures.as_ref().map(met).unwrap_or_default();
            Some(Trial { value: written(index), measures: probe.measures.clone(), met })
        };
        Sought {
            parameter: self.seek.range.parameter.path.clone(),
            greatest: self.seek.greatest,
            conditions: self.seek.conditions.clone(),
            found: found.and_then(trial),
            beside: found.and_then(|index| trial(index.checked_sub(1)?)),
            proven: match reached {
                Reached::All => Proven::Everywhere,
                Reached::Down(index) => Proven::Window(written(*index)),
                Reached::Samples => Proven::Samples,
            },
            nearest: match found {
                Some(_) => None,
                None => self.nearest().and_then(trial),
            },
            turns: self.turns(),
            tried: self.tried.len(),
        }
    }

    /// Of the values tried, the one that comes nearest to the conditions: the fewest fail, and those by the
    /// least together; the first in the order of the search where several do.
    fn nearest(&self) -> Option<u128> {
        let distance = |measures: &Vec<Measured>| {
            let measured = self.seek.conditions.iter().zip(measures);
            let fails = measured.filter(|(condition, value)| !condition.is_met_by(**value));
            fails.fold((0, 0), |(count, all), (condition, value)| {
                (count + 1, all + value.units().abs_diff(condition.value.units()))
            })
        };
        let tried = self.tried.iter();
        let tried = tried.filter_map(|(&index, probe)| Some((index, probe.measures.as_ref()?)));
        tried.min_by_key(|(_, measures)| distance(measures)).map(|(index, _)| index)
    }

    /// For each condition's measure the largest step against its way, in the order of values.
    fn turns(&self) -> Vec<Turn> {
        let mut tried: Vec<_> = self
            .tried
            .iter()
            .filter_map(|(&index, probe)| Some((value(self.seek, index), probe.measures.as_ref()?)))
            .collect();
        tried.sort_unstable_by_key(|&(value, _)| value);
        let Some(last) = tried.len().checked_sub(1) else {
            return Vec::new();
        };
        let conditions = self.seek.conditions.iter().enumerate();
        conditions
            .filter_map(|(position, condition)| {
                let at = |index: usize| tried[index].1[position];
                let rises = at(0) <= at(last);
                let against = |step: usize| {
                    let (before, after) = (at(step).units(), at(step + 1).units());
                    if rises { before.saturating_sub(after) } else { after.saturating_sub(before) }
                };
                let step = (0..last).max_by_key(|&step| against(step))?;
                let written =
                    |index: usize| (self.seek.range.parameter.written(tried[index].0), at(index));
                (against(step) > 0).then(|| Turn {
                    measure: condition.measure.clone(),
                    from: written(step),
                    to: written(step + 1),
                })
            })
            .collect()
    }
}

/// The least that an amount can be at any smaller value of the parameter, or the most at any
/// greater one: both it and that other may be off by the slack, and a top-up may be gone.
fn moved(value: Measured, slack: Fen, top_up: Fen, greatest: bool) -> Option<Fen> {
    let Measured::Money(amount) = value else {
        return None;
    };
    Some(match greatest {
        true => amount + slack + slack,
        false => amount.less(top_up).less(slack + slack),
    })
}
