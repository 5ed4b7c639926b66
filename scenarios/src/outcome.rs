//! What the scenarios come to.

use std::collections::BTreeMap;
use std::rc::Rc;

use fentan_core::scenario::{Base, Comparison, Condition, Measured, Pinned, Scenario, compare};
use fentan_core::{Error, Fen, split};
use fentan_import::number;
use fentan_words::Language;

use crate::opened::{Opened, words};

/// What is compared with what.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// The scenario that the others are compared with, by its id; none = the plan as it stands.
    pub pinned: Option<String>,
    /// The scenarios that are not compared, by their ids.
    pub left_out: Vec<String>,
    /// What a household can pay in cash, as it is written.
    pub affordable: String,
    /// The scenario whose charts are drawn, by its id.
    pub shown: Option<String>,
}

/// What the scenarios of a plan come to.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The scenarios compared, in the plan's order, as the plan holds them.
    pub compared: Vec<Scenario>,
    /// Those beside what they are compared with; none where that can't be split.
    pub comparison: Option<Comparison>,
    /// What is wrong with a scenario, by its place in the plan, in words.
    pub wrong: BTreeMap<usize, Vec<String>>,
    /// The scenario that is drawn, by its place among those compared, and what each household pays in
    /// cash in what it is compared with, and in it.
    pub drawn: Option<(usize, [Vec<Fen>; 2])>,
}

/// Equal only to itself, which makes comparing it quick.
impl PartialEq for Outcome {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// What is affordable, read as the value of a condition is, in any form that people write money in.
pub fn affordable(typed: &str) -> Option<Fen> {
    let written = number::money(typed);
    let condition = Condition::read(&format!("highest_cash<={written}")).ok()?;
    match condition.value {
        Measured::Money(amount) => Some(amount),
        Measured::Count(_) => None,
    }
}

impl Outcome {
    /// Compares the scenarios of a plan.
    pub fn of(language: Language, opened: &Opened, asked: &Asked) -> Outcome {
        let mut outcome = Outcome::default();
        let Some(base) = &opened.base else { return outcome };
        let base = &mut *base.borrow_mut();
        let mut pinned = None;
        let mut read = Vec::new();
        for (place, written) in opened.scenarios().iter().enumerate() {
            match Scenario::read(written) {
                Ok(scenario) => {
                    if asked.pinned.as_ref() == Some(&scenario.id) {
                        pinned = Some((place, scenario));
                    } else if !asked.left_out.contains(&scenario.id) {
                        read.push((place, scenario));
                    }
                }
                Err(problems) => {
                    outcome.wrong.insert(place, words(language, &problems.into()));
                }
            }
        }
        if pinned.is_some() {
            // The plan as it stands is then one of those compared: a scenario without changes.
            let as_it_stands = fentan_words::say(language, "compare.base");
            read.insert(0, (usize::MAX, Scenario::setting(&as_it_stands, &[])));
        }
        // Where the pinned one can't be split, the plan stands in for it.
        let (place, scenario) = pinned.unzip();
        let pinned = match pin(opened, base, scenario) {
            Ok(pinned) => pinned,
            Err(error) => {
                outcome.wrong.extend(place.map(|place| (place, words(language, &error))));
                let Ok(pinned) = pin(opened, base, None) else { return outcome };
                pinned
            }
        };
        let affordable = affordable(&asked.affordable);
        let list = |read: &[(usize, Scenario)]| -> Vec<Scenario> {
            read.iter().map(|(_, scenario)| scenario.clone()).collect()
        };
        outcome.compared = list(&read);
        outcome.comparison = compare(base, &pinned, &outcome.compared, affordable).ok();
        if outcome.comparison.is_none() {
            // One of them can't be split: it is told so, and the others are compared.
            read.retain(|(place, scenario)| {
                match base.with(scenario).map_err(Error::from).and_then(|plan| split(&plan)) {
                    Ok(_) => true,
                    Err(error) => {
                        outcome.wrong.insert(*place, words(language, &error));
                        false
                    }
                }
            });
            outcome.compared = list(&read);
            outcome.comparison = compare(base, &pinned, &outcome.compared, affordable).ok();
        }
        let shown = outcome.compared.iter().position(|one| Some(&one.id) == asked.shown.as_ref());
        let last = outcome.compared.len().checked_sub(1);
        if let Some(shown) = shown.or(last)
            && let Some(comparison) = &outcome.comparison
        {
            let before = pinned.split().households.iter().map(|one| (&one.id, one.paid.cash));
            // Those that are not listed pay the same.
            let mut differing = comparison.scenarios[shown].households.iter().peekable();
            let pairs = before.map(|(id, before)| {
                let after = differing.next_if(|one| one.id == *id);
                (before, after.map_or(before, |one| one.after))
            });
            let (before, after) = pairs.unzip();
            outcome.drawn = Some((shown, [before, after]));
        }
        outcome
    }
}

/// What scenarios are compared with: what it was last, where it is the same.
fn pin(opened: &Opened, base: &mut Base, scenario: Option<Scenario>) -> Result<Rc<Pinned>, Error> {
    let mut last = opened.pinned.borrow_mut();
    if let Some((same, pinned)) = &*last
        && *same == scenario
    {
        return Ok(Rc::clone(pinned));
    }
    let pinned = Rc::new(Pinned::new(base, scenario.as_ref())?);
    *last = Some((scenario, Rc::clone(&pinned)));
    Ok(pinned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(scenarios: &str) -> Opened {
        let plan = format!(
            r#"{{ "fentan": 1, "lines": [{{ "id": "gate", "amount": "1000" }}],
                "sources": [{{ "id": "county", "amount": "300" }}],
                "households": [{{ "id": "1", "area": "60" }}, {{ "id": "2", "area": "60" }}],
                "scenarios": {scenarios} }}"#
        );
        Opened::read(plan.into())
    }

    const TWO: &str = r#"[
        { "id": "more", "changes": [{ "set": "sources.county.amount", "to": "400" }] },
        { "id": "none", "changes": [{ "remove": "sources.county" }] }]"#;

    #[test]
    fn scenarios_are_compared_with_the_plan_or_with_one_of_them() {
        let opened = opened(TWO);
        let residents = |asked: &Asked| {
            let outcome = Outcome::of(Language::English, &opened, asked);
            let comparison = outcome.comparison.expect("a comparison");
            let all = comparison.scenarios.iter().map(|one| one.totals.residents);
            std::iter::once(comparison.base.residents).chain(all).map(|one| one.0 / 100).collect()
        };
        let found: Vec<_> = residents(&Asked::default());
        assert_eq!(found, [700, 600, 1000]);
        let pinned = Asked { pinned: Some("none".to_owned()), ..Asked::default() };
        assert_eq!(residents(&pinned), [1000, 700, 600]);
        let left_out = Asked { left_out: vec!["more".to_owned()], ..Asked::default() };
        assert_eq!(residents(&left_out), [700, 1000]);
    }

    #[test]
    fn a_scenario_that_leads_nowhere_is_told_so_and_the_others_are_compared() {
        let scenarios = TWO.replace("sources.county.amount", "sources.city.amount");
        let opened = opened(&scenarios);
        let outcome = Outcome::of(Language::English, &opened, &Asked::default());
        assert_eq!(outcome.compared.len(), 1);
        assert!(outcome.comparison.is_some());
        assert!(outcome.wrong[&0][0].contains("city"), "{:?}", outcome.wrong);
        let (drawn, [before, after]) = outcome.drawn.expect("drawn");
        assert_eq!((drawn, before, after), (0, vec![Fen(35_000); 2], vec![Fen(50_000); 2]));
    }
}
