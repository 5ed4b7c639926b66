//! The least or the greatest value of a programme's parameter at which conditions are met.

use serde::Serialize;

use super::measure::of_compound;
use super::{Desk, DeskCondition, DeskRange, Divided, Each};
use crate::money::Fen;
use crate::plan::Plan;
use crate::scenario::parameter::Role;
use crate::scenario::seek::fails_on_the_way;
use crate::scenario::slack::{Slack, slack};
use crate::scenario::walk::{Probed, Reached, Walk};
use crate::scenario::{Condition, Measured, Proven, Trial};
use crate::split::Split;

/// What is sought: the least value within a range, or the greatest, that meets all conditions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskSeek {
    /// The parameter and the values it may take.
    pub range: DeskRange,
    /// Whether the greatest is sought, not the least.
    pub greatest: bool,
    /// What has to hold.
    pub conditions: Vec<DeskCondition>,
    /// The most values that are tried one by one, where no argument rules them out.
    pub most: usize,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DeskSought {
    /// The parameter's path.
    pub parameter: String,
    /// Whether the greatest value was sought, not the least.
    pub greatest: bool,
    /// What had to hold.
    pub conditions: Vec<DeskCondition>,
    /// The value found; missing where no value that was tried meets the conditions.
    pub found: Option<Trial>,
    /// The value one step beyond it, which does not meet them; missing at the end of the range.
    pub beside: Option<Trial>,
    /// Where none was found, the last value of the range: how far one gets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_the_end: Option<Trial>,
    /// What is known of the values further on.
    pub proven: Proven,
    /// How many values were tried.
    pub tried: usize,
}

/// What was found at a value.
#[derive(Debug, Clone, Copy)]
struct Probe {
    is_met: bool,
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

/// Nothing but the caller stops a search.
struct Stopped;

impl Desk {
    /// Seeks a value. `go_on` gets the number of values tried, and returns whether to try more.
    ///
    /// Where no compound may be above a value, the one that fails is looked at first; a bound on rounding then
    /// rules out all values of a pot's amount below one at which it fails by more than that bound. The others are
    /// tried one by one, as many as [`DeskSeek::most`]. The answer says for which values it is proven.
    /// Compounds that can't be split meet every condition.
    ///
    /// # Returns
    /// `None` if `go_on` said to stop.
    pub fn seek(
        &self,
        seek: &DeskSeek,
        each: Each<'_>,
        go_on: &mut dyn FnMut(usize) -> bool,
    ) -> Option<DeskSought> {
        let mut prober = Prober { desk: self, seek, each, failing: None };
        let mut walk = Walk::new(seek.range.count(), seek.most as u128, |index, tried| {
            if go_on(tried) { Ok(prober.probe(seek.value(index))) } else { Err(Stopped) }
        });
        let (found, reached) = walk.run().ok()?;
        let tried = walk.into_tried().len();
        let trial = |index: u128| self.trial(seek, seek.value(index), each);
        let written = |index: u128| seek.range.parameter.written(seek.value(index));
        Some(DeskSought {
            parameter: seek.range.parameter.path().to_owned(),
            greatest: seek.greatest,
            conditions: seek.conditions.clone(),
            found: found.map(trial),
            beside: found.and_then(|index| index.checked_sub(1)).map(trial),
            at_the_end: match found {
                Some(_) => None,
                None => Some(trial(seek.range.count() - 1)),
            },
            proven: match reached {
                Reached::All => Proven::Everywhere,
                Reached::Down(index) => Proven::Window(written(index)),
                Reached::Samples => Proven::Samples,
            },
            tried,
        })
    }

    fn trial(&self, seek: &DeskSeek, units: u128, each: Each<'_>) -> Trial {
        let parameter = &seek.range.parameter;
        let value = parameter.written(units);
        let Ok(outcomes) = self.outcomes(&[parameter.change(units)], each) else {
            return Trial { value, measures: None, met: Vec::new() };
        };
        let measures: Vec<Measured> =
            seek.conditions.iter().map(|condition| condition.measure.of(&outcomes)).collect();
        let met = seek.conditions.iter().zip(&measures);
        let met = met.map(|(condition, &value)| condition.is_met_by(value)).collect();
        Trial { value, measures: Some(measures), met }
    }
}

impl DeskSeek {
    /// The value at an index in the order of the search.
    fn value(&self, index: u128) -> u128 {
        self.range.value(if self.greatest { self.range.count() - 1 - index } else { index })
    }
}

struct Prober<'s> {
    desk: &'s Desk,
    seek: &'s DeskSeek,
    each: Each<'s>,
    /// The compound that failed last, and the condition that it failed, by their indices.
    failing: Option<(usize, usize)>,
}

impl Prober<'_> {
    fn probe(&mut self, units: u128) -> Probe {
        const NOT_MET: Probe = Probe { is_met: false, rules_out: false };
        let change = self.seek.range.parameter.change(units);
        let Ok(divided) = self.desk.divide(std::slice::from_ref(&change), self.each) else {
            return NOT_MET;
        };
        // As long as the compound that failed last fails, the others need not be looked at.
        if let Some((compound, condition)) = self.failing
            && let Some(probe) = self.fails(&divided, compound, condition)
        {
            return probe;
        }
        let outcomes = self.desk.split_all(&divided, self.each);
        let conditions = &self.seek.conditions;
        let fails =
            |condition: &DeskCondition| !condition.is_met_by(condition.measure.of(&outcomes));
        let Some(position) = conditions.iter().position(fails) else {
            return Probe { is_met: true, rules_out: false };
        };
        let Some(of_each) = conditions[position].of_each() else {
            return NOT_MET;
        };
        // The one that is furthest off: it is the last to meet the condition.
        let values = outcomes.compounds.iter().enumerate().filter_map(|(index, one)| {
            let value = of_compound(&of_each.measure, one.as_ref()?);
            (!of_each.is_met_by(value)).then_some((value, index))
        });
        let worst = match of_each.bound {
            crate::scenario::Bound::AtMost => values.max(),
            crate::scenario::Bound::AtLeast => values.min(),
        };
        let Some((_, worst)) = worst else {
            return NOT_MET;
        };
        self.failing = Some((worst, position));
        self.fails(&divided, worst, position).unwrap_or(NOT_MET)
    }

    /// What it comes to that a compound fails a condition; `None` where it does not.
    fn fails(&self, divided: &Divided, compound: usize, condition: usize) -> Option<Probe> {
        let condition = self.seek.conditions[condition].of_each()?;
        let (plan, split, outcome) = self.desk.whole(divided, compound)?;
        let value = of_compound(&condition.measure, &outcome);
        if condition.is_met_by(value) {
            return None;
        }
        let rules_out = self.rules_out(&condition, value, &plan, &split);
        Some(Probe { is_met: false, rules_out })
    }

    /// Whether the compound fails the condition at all values on the way of the search before this one.
    ///
    /// Of a larger pot nobody's unrounded portion is smaller, so that a rounded one is smaller by no more than a
    /// fen: a household then pays no more than a fen less than the bound for its source's offer says.
    fn rules_out(
        &self,
        condition: &Condition,
        value: Measured,
        plan: &Plan,
        split: &Split,
    ) -> bool {
        let Some(pot) = self.seek.range.parameter.amount_of() else {
            return false;
        };
        let source = &self.desk.given.pots[pot].source;
        let Some(index) = plan.sources().iter().position(|one| one.id == *source) else {
            return false;
        };
        let path = format!("sources.{source}.amount");
        let Some(found) = slack(plan, &Role::Source(index), &path) else {
            return false;
        };
        // The bound counts the slack twice.
        let wider = Slack {
            household: found.household.map(|household| household + Fen(1)),
            residents: found.residents + Fen(1),
        };
        fails_on_the_way(condition, value, plan, split, wider, self.seek.greatest)
    }
}
