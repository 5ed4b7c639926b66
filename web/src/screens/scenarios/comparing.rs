//! The engine's side of the screen: scenarios compared on the plan that the engine holds.

use std::cmp::Reverse;
use std::rc::Rc;

use fentan_core::scenario::investments;
use fentan_core::scenario::{Base, Compared, HouseholdDifference, Pinned, Scenario, compare};
use fentan_core::{Document, Error, Fen, Packs, split};
use fentan_words::Language;

use super::opened::{Opened, words};
use super::outcome::{Asked, Cash, Drawn, Outcome, Seen, affordable};
use super::varied::varied;
use crate::packed::Packed;
use crate::parts::bins::bins;
use crate::session::Session;

/// The most households told of.
pub const MOST_HOUSEHOLDS: usize = 100;

/// A plan whose scenarios are compared, until it changes.
pub trait Compares {
    /// What it comes to.
    fn seen(&mut self, language: Language, asked: &Asked) -> Packed<Seen>;
}

/// The open plan, for its scenarios to be compared.
pub fn open(session: &Session) -> Box<dyn Compares> {
    Box::new(Comparing::of(session.document(), session.plan().zip(session.split())))
}

/// A plan and its scenarios.
struct Comparing {
    /// The plan without its households.
    opened: Opened,
    /// What scenarios start from, and what incomes carry; missing where the plan can't be split.
    split: Option<SplitPlan>,
    /// What scenarios were compared with last, and the scenario that this is: split once, it is there while a slider
    /// moves.
    pinned: Option<(Option<Scenario>, Rc<Pinned>)>,
}

struct SplitPlan {
    base: Base,
    investments: Vec<(usize, fentan_core::scenario::Investment)>,
}

impl Compares for Comparing {
    fn seen(&mut self, language: Language, asked: &Asked) -> Packed<Seen> {
        Packed::of(&self.seen_as_it_is(language, asked))
    }
}

impl Comparing {
    fn of(
        document: &Document<'static>,
        split: Option<(&fentan_core::Plan, &fentan_core::Split)>,
    ) -> Comparing {
        let split = split.map(|(plan, split)| {
            let base = Base::new(plan.clone(), document, Packs::default());
            let investments = investments(plan, split);
            SplitPlan {
                base,
                investments: investments.into_iter().map(|one| (one.source, one)).collect(),
            }
        });
        let opened = Opened::of(document.apart_from(&["households"]));
        Comparing { opened, split, pinned: None }
    }

    fn seen_as_it_is(&mut self, language: Language, asked: &Asked) -> Seen {
        let Comparing { opened, split, pinned } = self;
        let Some(SplitPlan { base, investments }) = split else { return Seen::default() };
        let attempted = opened.changed(&asked.attempt);
        Seen {
            is_split: true,
            varied: varied(language, opened, base),
            outcome: Outcome::of(language, &attempted, base, pinned, asked),
            investments: investments.clone(),
        }
    }
}

/// A scenario, with its place in the plan; none for the plan as it stands.
type Placed = (Option<usize>, Scenario);

/// What was compared with last.
type LastPinned = Option<(Option<Scenario>, Rc<Pinned>)>;

impl Outcome {
    /// Compares the scenarios of a plan.
    fn of(
        language: Language,
        opened: &Opened,
        base: &mut Base,
        last: &mut LastPinned,
        asked: &Asked,
    ) -> Outcome {
        let mut outcome = Outcome::default();
        let mut pinned = None;
        let mut read: Vec<Placed> = Vec::new();
        for (place, written) in opened.scenarios().iter().enumerate() {
            match Scenario::read(written) {
                Ok(scenario) => {
                    let named = scenario.names_household(base.plan());
                    outcome.named.extend(named.map(|text| (scenario.id.clone(), text)));
                    if asked.pinned.as_ref() == Some(&scenario.id) {
                        pinned = Some((place, scenario));
                    } else if !asked.left_out.contains(&scenario.id) {
                        read.push((Some(place), scenario));
                    }
                }
                Err(problems) => {
                    outcome.wrong.insert(place, words(language, &problems.into()));
                }
            }
        }
        if pinned.is_some() {
            // The plan as it stands is then one of those compared.
            read.insert(0, (None, as_it_stands(language)));
        }
        // Where the pinned one can't be split, the plan stands in for it.
        let (place, scenario) = pinned.unzip();
        let pinned = match pin(last, base, scenario) {
            Ok(pinned) => pinned,
            Err(error) => {
                outcome.wrong.extend(place.map(|place| (place, words(language, &error))));
                let Ok(pinned) = pin(last, base, None) else { return outcome };
                pinned
            }
        };
        let affordable = affordable(&asked.affordable);
        let list = |read: &[Placed]| -> Vec<Scenario> {
            read.iter().map(|(_, scenario)| scenario.clone()).collect()
        };
        let mut comparison = compare(base, &pinned, &list(&read), affordable).ok();
        if comparison.is_none() {
            // One of them can't be split: it is told so, and the others are compared.
            read.retain(|(place, scenario)| {
                match base.with(scenario).map_err(Error::from).and_then(|plan| split(&plan)) {
                    Ok(_) => true,
                    Err(error) => {
                        outcome.wrong.extend(place.map(|place| (place, words(language, &error))));
                        false
                    }
                }
            });
            comparison = compare(base, &pinned, &list(&read), affordable).ok();
        }
        let shown = read.iter().position(|(_, one)| Some(&one.id) == asked.shown.as_ref());
        if let Some(comparison) = &mut comparison
            && let Some(place) = shown.or(read.len().checked_sub(1))
        {
            outcome.drawn =
                comparison.scenarios.get(place).map(|one| Drawn::of(place, one, &pinned));
            for one in &mut comparison.scenarios {
                one.households.clear();
            }
        }
        outcome.compared = read.into_iter().map(|(place, _)| place).collect();
        outcome.comparison = comparison;
        outcome
    }
}

/// The plan as it stands, as a scenario.
pub fn as_it_stands(language: Language) -> Scenario {
    Scenario::setting(&fentan_words::say(language, "compare.base"), &[])
}

/// What scenarios are compared with: what it was last, where it is the same.
fn pin(
    last: &mut LastPinned,
    base: &mut Base,
    scenario: Option<Scenario>,
) -> Result<Rc<Pinned>, Error> {
    if let Some((same, pinned)) = last
        && *same == scenario
    {
        return Ok(Rc::clone(pinned));
    }
    let pinned = Rc::new(Pinned::new(base, scenario.as_ref())?);
    *last = Some((scenario, Rc::clone(&pinned)));
    Ok(pinned)
}

impl Drawn {
    fn of(place: usize, scenario: &Compared, pinned: &Pinned) -> Drawn {
        let before = pinned.split().households.iter().map(|one| (&one.id, one.paid.cash));
        // Those that are not listed pay the same.
        let mut differing = scenario.households.iter().peekable();
        let pairs = before.map(|(id, before)| {
            let after = differing.next_if(|one| one.id == *id);
            (before, after.map_or(before, |one| one.after))
        });
        let (before, after): (Vec<Fen>, Vec<Fen>) = pairs.unzip();
        let count = |holds: fn(&HouseholdDifference) -> bool| {
            scenario.households.iter().filter(|one| holds(one)).count()
        };
        let mut sorted: Vec<_> = scenario.households.iter().collect();
        sorted.sort_by_key(|one| (one.by_rounding, Reverse(one.difference.size())));
        Drawn {
            place,
            cash: Cash::of(&before, &after),
            sides: [
                count(|one| !one.by_rounding && one.difference.is_less()),
                count(|one| !one.by_rounding && !one.difference.is_less()),
                count(|one| one.by_rounding),
            ],
            households: sorted.into_iter().take(MOST_HOUSEHOLDS).cloned().collect(),
        }
    }
}

impl Cash {
    fn of(before: &[Fen], after: &[Fen]) -> Option<Cash> {
        let all = bins(&[before, after].concat());
        if all.width.is_zero() || all.counts.is_empty() {
            return None;
        }
        let counts = [before, after].map(|amounts| {
            let mut counts = vec![0; all.counts.len()];
            for amount in amounts {
                if let Some(count) = counts.get_mut((amount.0 / all.width.0) as usize) {
                    *count += 1;
                }
            }
            counts
        });
        Some(Cash { width: all.width, counts })
    }
}

#[cfg(test)]
mod tests {
    use fentan_core::Change;

    use super::*;

    fn seen(scenarios: &str, asked: &Asked) -> Seen {
        let plan = format!(
            r#"{{ "fentan": 1, "lines": [{{ "id": "gate", "amount": "1000" }}],
                "sources": [{{ "id": "county", "amount": "300" }}],
                "households": [{{ "id": "1", "area": "60" }}, {{ "id": "2", "area": "60" }}],
                "scenarios": {scenarios} }}"#
        );
        let document = Document::from_json(plan.as_bytes()).expect("JSON").into_owned();
        let session = Session::open(Language::English, document);
        open(&session).seen(Language::English, asked).open().expect("what was told")
    }

    const TWO: &str = r#"[
        { "id": "more", "changes": [{ "set": "sources.county.amount", "to": "400" }] },
        { "id": "none", "changes": [{ "remove": "sources.county" }] }]"#;

    #[test]
    fn scenarios_are_compared_with_the_plan_or_with_one_of_them() {
        let residents = |asked: &Asked| {
            let comparison = seen(TWO, asked).outcome.comparison.expect("a comparison");
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
        let Seen { is_split, outcome, .. } = seen(&scenarios, &Asked::default());
        assert!(is_split);
        assert_eq!(outcome.compared, [Some(1)]);
        assert!(outcome.comparison.is_some());
        assert!(outcome.wrong[&0][0].contains("city"), "{:?}", outcome.wrong);
        let drawn = outcome.drawn.expect("drawn");
        assert_eq!((drawn.place, drawn.sides), (0, [0, 2, 0]));
        let pays = |of: fn(&HouseholdDifference) -> Fen| {
            drawn.households.iter().map(of).collect::<Vec<_>>()
        };
        assert_eq!(pays(|one| one.before), [Fen(35_000); 2]);
        assert_eq!(pays(|one| one.after), [Fen(50_000); 2]);
        let cash = drawn.cash.expect("ranges");
        assert_eq!(cash.counts.map(|counts| counts.iter().sum::<usize>()), [2, 2]);
    }

    #[test]
    fn what_is_tried_is_compared_and_not_made() {
        let to = |text: &str| Change::Write {
            path: "scenarios[0].changes[0].to".to_owned(),
            text: text.to_owned(),
        };
        let asked = Asked { attempt: vec![to("500")], ..Asked::default() };
        let comparison = seen(TWO, &asked).outcome.comparison.expect("a comparison");
        assert_eq!(comparison.scenarios[0].totals.residents, Fen(50_000));
    }
}
