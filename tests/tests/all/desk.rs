//! Scenarios over a programme: a seek against trying every value, each worked out anew from the files as a
//! run does, and what a point comes to against the same.

use std::thread;

use fentan_core::programme::Programme;
use fentan_core::programme::desk::{
    Desk, DeskChange, DeskCondition, DeskMeasure, DeskRange, DeskSeek, DeskSought, DeskSweep,
    Together, by_payer, one_by_one,
};
use fentan_core::scenario::{Base, Measured, Proven};
use fentan_core::{Document, Fen, Packs, Plan, split};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::{Value, json};

/// A programme with its plans, as JSON.
#[derive(Debug, Clone)]
struct Given {
    programme: Value,
    plans: Vec<Value>,
}

fn bytes(value: &Value) -> Vec<u8> {
    value.to_string().into_bytes()
}

fn programme(value: &Value) -> Programme {
    let bytes = bytes(value);
    let document = Document::from_json(&bytes).expect("JSON");
    Programme::read(&document, None).unwrap_or_else(|problems| panic!("{problems}"))
}

fn plan(value: &Value) -> Plan {
    let bytes = bytes(value);
    let document = Document::from_json(&bytes).expect("JSON");
    Plan::read(&document, None).unwrap_or_else(|problems| panic!("{problems}"))
}

fn desk(given: &Given) -> Desk {
    let base = |value: &Value| {
        let bytes = bytes(value);
        let document = Document::from_json(&bytes).expect("JSON");
        let plan = Plan::read(&document, None).unwrap_or_else(|problems| panic!("{problems}"));
        Some(Ok(Base::new(plan, &document, Packs::default())))
    };
    Desk::new(programme(&given.programme), given.plans.iter().map(base).collect())
}

/// What households pay in cash in each compound, worked out from the files alone; `None` where the pot can't
/// be divided.
fn run(given: &Given) -> Option<Vec<Vec<u128>>> {
    let mut programme = programme(&given.programme);
    for index in programme.wanting() {
        programme.supply(index, &plan(&given.plans[index]));
    }
    let division = programme.divide().ok()?;
    let compounds = given.plans.iter().enumerate().map(|(index, value)| {
        let offers = programme.offers(&division, index);
        let split = split(&plan(value).with_offers(&offers).expect("offers")).expect("a split");
        split.households.iter().map(|one| one.paid.cash.0).collect()
    });
    Some(compounds.collect())
}

#[test]
fn what_is_seen_on_the_way_is_what_all_come_to() {
    let plan = |amount: u32| {
        json!({ "fentan": 1, "lines": [{ "id": "gate", "amount": amount.to_string() }],
            "sources": [{ "id": "central", "amount": "1" }], "households": [{ "id": "1", "area": "60" }] })
    };
    let given = Given {
        programme: json!({
            "fentan_programme": 1, "date": "2020-07-07", "by": "x",
            "pots": [{ "id": "central", "amount": "90", "weights": { "households": "1" } }],
            "compounds": [{ "id": "a", "plan": "a" }, { "id": "b", "plan": "b" }],
        }),
        plans: vec![plan(100), plan(200)],
    };
    let desk = desk(&given);
    let seen = std::sync::Mutex::new(Vec::new());
    let see = |index: usize, plan: &Plan, split: &fentan_core::Split| {
        assert_eq!(plan.sources()[0].amount, Some(split.sources[0].paid));
        seen.lock().expect("a list").push((index, split.residents));
    };
    let outcomes = desk.outcomes_seen(&one_by_one, &see).expect("outcomes");
    let residents = |one: &fentan_core::programme::desk::Outcomes| {
        let of = one.compounds.iter().map(|one| one.as_ref().map(|one| one.residents));
        of.collect::<Vec<_>>()
    };
    assert_eq!(residents(&outcomes), [Some(Fen(5_500)), Some(Fen(15_500))]);
    assert_eq!(*seen.lock().expect("a list"), [(0, Fen(5_500)), (1, Fen(15_500))]);
    let again = desk.outcomes(&[], &one_by_one).expect("outcomes");
    assert_eq!(residents(&again), residents(&outcomes));
}

fn median(cash: &[u128]) -> u128 {
    let mut sorted = cash.to_vec();
    sorted.sort_unstable();
    sorted[sorted.len().div_ceil(2) - 1]
}

/// What the conditions of these tests come to, from what households pay.
fn measured(written: &str, compounds: &[Vec<u128>]) -> u128 {
    let all: Vec<u128> = compounds.iter().flatten().copied().collect();
    match written {
        "max.median_cash" => compounds.iter().map(|cash| median(cash)).max().expect("a compound"),
        "max.residents" => compounds.iter().map(|cash| cash.iter().sum()).max().expect("one"),
        "max.highest_cash" => all.iter().copied().max().expect("a home"),
        "min.median_cash" => compounds.iter().map(|cash| median(cash)).min().expect("a compound"),
        "median_cash" => median(&all),
        "cash" => all.iter().sum(),
        _ => unreachable!("no such measure here"),
    }
}

fn compound(id: usize) -> impl Strategy<Value = (Value, Value)> {
    let homes = vec((40..110u32, option::weighted(0.2, Just("dibao"))), 1..5);
    let lines = vec((200..4_000u32, prop::sample::select(vec!["area", "household"])), 1..3);
    let rate = option::weighted(0.4, prop::sample::select(vec!["60%", "25%", "1"]));
    (homes, lines, rate, option::weighted(0.4, 1..30u32)).prop_map(
        move |(homes, lines, rate, per_household)| {
            let mut central = json!({ "id": "central", "amount": "0" });
            if let Some(rate) = rate {
                central["rate"] = json!(rate);
            }
            let mut sources = vec![central];
            if let Some(yuan) = per_household {
                let yuan = format!("0.{yuan:02}");
                sources.push(json!({ "id": "county", "per_household": yuan }));
            }
            let plan = json!({
                "fentan": 1,
                "lines": lines.iter().enumerate().map(|(line, (fen, share_by))| json!({
                    "id": format!("line-{line}"), "amount": Fen((*fen).into()).to_string(), "share_by": share_by,
                })).collect::<Vec<_>>(),
                "sources": sources,
                "relief": { "rates": { "dibao": "0.5" } },
                "households": homes.iter().enumerate().map(|(home, (area, hardship))| json!({
                    "id": format!("{home}"), "area": area.to_string(), "hardship": hardship.filter(|_| home > 0),
                })).map(|mut home| {
                    home.as_object_mut().expect("a home").retain(|_, value| !value.is_null());
                    home
                }).collect::<Vec<_>>(),
            });
            (json!({ "id": id.to_string(), "plan": format!("{id}.json") }), plan)
        },
    )
}

fn given() -> impl Strategy<Value = Given> {
    let compounds = (compound(0), compound(1), compound(2));
    let unit = option::weighted(0.3, prop::sample::select(vec!["0.05", "0.5"]));
    let per_household = option::weighted(0.3, 1..40u32);
    (compounds, 1..4usize, unit, per_household).prop_map(
        |((one, two, three), count, unit, per_household)| {
            let (compounds, plans): (Vec<_>, Vec<_>) =
                [one, two, three].into_iter().take(count).unzip();
            let mut pot = json!({
                "id": "pot", "source": "central", "amount": "3",
                "weights": { "area": "0.5", "households": "0.5" },
            });
            if let Some(unit) = unit {
                pot["round_down_to"] = json!(unit);
            }
            if let Some(fen) = per_household {
                pot["per_household"] = json!(Fen((fen * 10).into()).to_string());
            }
            let programme = json!({
                "fentan_programme": 1, "date": "2026-01-01", "by": "test",
                "pots": [pot], "compounds": compounds,
            });
            Given { programme, plans }
        },
    )
}

fn seek(given: &Given, over: &str, condition: &str, most: usize) -> DeskSought {
    let desk = desk(given);
    let range = DeskRange::read(&desk, over).unwrap_or_else(|problems| panic!("{problems}"));
    let condition = DeskCondition::read(condition).unwrap_or_else(|problems| panic!("{problems}"));
    let asked = DeskSeek { range, greatest: false, conditions: vec![condition], most };
    desk.seek(&asked, &one_by_one, &mut |_| true).expect("nothing stops it")
}

/// The pot's amounts in fen, up to a most, at which the condition holds, each tried.
fn tried(given: &Given, measure: &str, is_met: impl Fn(u128) -> bool, most: u128) -> Vec<u128> {
    let holds = |&fen: &u128| {
        let mut given = given.clone();
        given.programme["pots"][0]["amount"] = json!(Fen(fen).to_string());
        run(&given).is_some_and(|compounds| is_met(measured(measure, &compounds)))
    };
    (0..=most).filter(holds).collect()
}

fn fen(written: &str) -> u128 {
    written.parse::<Fen>().expect("money").0
}

const MOST: u128 = 700;

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    /// Of every value tried one by one, the first that meets the condition is the one found, and the one
    /// beside it fails.
    #[test]
    fn a_seek_finds_what_trying_every_amount_finds(
        given in given(),
        measure in prop::sample::select(vec![
            "max.median_cash", "max.residents", "max.highest_cash", "median_cash", "cash", "min.median_cash",
        ]),
        value in 1..2_500u128,
    ) {
        let met = tried(&given, measure, |found| found <= value, MOST);
        let condition = format!("{measure}<={}", Fen(value));
        let over = format!("pots.pot.amount=0..{}", Fen(MOST));
        let sought = seek(&given, &over, &condition, 1_000);
        let found = sought.found.as_ref().map(|trial| fen(&trial.value));
        prop_assert_eq!(found, met.first().copied(), "{} {:?}", condition, given);
        prop_assert_eq!(&sought.proven, &Proven::Everywhere);
        if let Some(found) = &sought.found {
            prop_assert_eq!(&found.met, &vec![true]);
            let beside = sought.beside.as_ref();
            prop_assert_eq!(beside.is_none(), found.value == "0.00");
            prop_assert!(beside.is_none_or(|trial| trial.met == [false] || trial.measures.is_none()));
        } else {
            let end = sought.at_the_end.expect("how far one gets");
            prop_assert_eq!(fen(&end.value), MOST);
        }

        // With few trials the answer says how far it holds.
        let sought = seek(&given, &over, &condition, 3);
        if let Some(found) = &sought.found {
            let found = fen(&found.value);
            prop_assert!(met.contains(&found));
            let from = match &sought.proven {
                Proven::Everywhere => 0,
                Proven::Window(from) => fen(from),
                Proven::Samples => found,
            };
            prop_assert!(met.iter().all(|&one| one < from || one >= found), "{:?} {:?}", sought, given);
        }
    }

    /// A point of a sweep is what a run with that amount comes to, at any number of threads.
    #[test]
    fn a_point_is_what_a_run_comes_to(given in given(), amount in 0..MOST) {
        let desk = desk(&given);
        let at = Fen(amount);
        let range = DeskRange::read(&desk, &format!("pots.pot.amount={at}..{at}")).expect("a range");
        let names = ["max.median_cash", "min.median_cash", "median_cash", "cash", "max.residents"];
        let measures = names.map(|name| DeskMeasure::read(name).expect("a measure"));
        let sweep = DeskSweep::new(&desk, vec![range], measures.to_vec()).expect("a sweep");
        let mut changed = given.clone();
        changed.programme["pots"][0]["amount"] = json!(at.to_string());
        let expected = run(&changed).map(|compounds| {
            names.map(|name| Measured::Money(Fen(measured(name, &compounds)))).to_vec()
        });
        prop_assert_eq!(&sweep.point(0, &one_by_one).measures, &expected);
        let in_threads = |count: usize, work: &(dyn Fn(usize) + Sync)| {
            thread::scope(|scope| {
                for index in 0..count {
                    scope.spawn(move || work(index));
                }
            });
        };
        prop_assert_eq!(&sweep.point(0, &in_threads).measures, &expected);
    }

    /// A value changed in every plan that has it is what the plans come to when it stands in them.
    #[test]
    fn a_change_of_plans_is_made_in_all_that_have_it(given in given(), cents in 0..60u32) {
        let desk = desk(&given);
        let to = format!("0.{cents:02}");
        let path = "sources.county.per_household";
        let have = |plan: &Value| plan["sources"].as_array().is_some_and(|all| all.len() > 1);
        let reached = given.plans.iter().filter(|plan| have(plan)).count();
        let Ok(change) = DeskChange::read(&desk, path, &to) else {
            prop_assert_eq!(reached, 0);
            return Ok(());
        };
        prop_assert_eq!(desk.reached(&change), reached);
        let mut changed = given.clone();
        for plan in changed.plans.iter_mut().filter(|plan| have(plan)) {
            plan["sources"][1]["per_household"] = json!(to);
        }
        let outcomes = desk.outcomes(&[change], &one_by_one).expect("outcomes");
        let found: Vec<Vec<u128>> = outcomes.compounds.iter().map(|one| {
            one.as_ref().expect("a split").cash.iter().map(|amount| amount.0).collect()
        }).collect();
        let expected = run(&changed).expect("a run");
        prop_assert_eq!(&found, &expected);
        // Who pays less or more is told home by home.
        let before = desk.outcomes(&[], &one_by_one).expect("outcomes");
        let comparison = desk.compare(&before, &outcomes);
        let was = run(&given).expect("a run");
        for (one, (was, is)) in comparison.compounds.iter().zip(was.iter().zip(&found)) {
            let less = was.iter().zip(is).filter(|(was, is)| is < was).count();
            prop_assert_eq!(one.less.households, less);
            prop_assert_eq!(one.homes.len(), was.iter().zip(is).filter(|(was, is)| is != was).count());
        }
        // One compound alone is what it is among all.
        let changes = [DeskChange::read(&desk, path, &to).expect("a change")];
        for (index, cash) in found.iter().enumerate() {
            let (_, split) = desk.compound(&changes, &outcomes, index).expect("a plan").expect("a split");
            let alone: Vec<u128> = split.households.iter().map(|one| one.paid.cash.0).collect();
            prop_assert_eq!(&alone, cash);
        }
        let all: Vec<_> = comparison.compounds.iter().collect();
        let sum = |cash: &[Vec<u128>]| Fen(cash.iter().flatten().sum());
        let residents = by_payer(&all).pop().expect("the residents");
        prop_assert_eq!((residents.before, residents.after), (sum(&was), sum(&found)));
        let together = Together::of(all.iter().copied());
        prop_assert_eq!(together.residents, (sum(&was), sum(&found)));
        prop_assert_eq!(together.less.households, all.iter().map(|one| one.less.households).sum::<usize>());
    }
}

fn simple() -> Given {
    let plan = |yuan: &str| {
        json!({
            "fentan": 1, "lines": [{ "id": "gate", "amount": yuan }],
            "sources": [{ "id": "central", "amount": "0" }, { "id": "county", "amount": "10" }],
            "households": [{ "id": "1", "area": "60" }, { "id": "2", "area": "60" }],
        })
    };
    let programme = json!({
        "fentan_programme": 1, "date": "2026-01-01", "by": "test",
        "pots": [{ "id": "bonds.2026", "source": "central", "amount": "60", "weights": { "households": "1" } }],
        "compounds": [{ "id": "north", "plan": "n" }, { "id": "south", "plan": "s" }],
    });
    Given { programme, plans: vec![plan("100"), plan("400")] }
}

#[test]
fn paths_lead_to_pots_and_to_plans() {
    let desk = desk(&simple());
    let told = |path: &str, to: &str| {
        let problems = DeskChange::read(&desk, path, to).expect_err("a problem");
        problems.iter().map(|one| one.code().to_string()).collect::<Vec<_>>()
    };
    assert!(DeskChange::read(&desk, "pots.bonds.2026.amount", "70").is_ok());
    assert!(DeskChange::read(&desk, "sources.county.amount", "20").is_ok());
    assert_eq!(told("pots.bonds.amount", "70"), ["unknown-id"]);
    assert_eq!(told("pots.bonds.2026.weights", "70"), ["unknown-id"]);
    assert_eq!(told("pots.bonds.2026.amount", "7.005"), ["too-precise"]);
    assert_eq!(told("pots.bonds.2026.round_down_to", "0"), ["negative"]);
    // What a pot gives takes its place.
    assert_eq!(told("sources.central.amount", "70"), ["unknown-id"]);
    // No plan has one.
    assert_eq!(told("sources.county.per_household", "70"), ["unknown-id"]);
    assert_eq!(told("sources.county.amount", "x"), ["bad-number"]);
}

#[test]
fn what_can_be_changed_is_listed_and_can_be_changed() {
    let desk = desk(&simple());
    let listed = desk.changeable();
    for one in &listed {
        let to = one.now.as_deref().unwrap_or("0.5");
        assert!(DeskChange::read(&desk, &one.path, to).is_ok(), "{}", one.path);
    }
    let found = |path: &str| listed.iter().find(|one| one.path == path).expect("it is listed");
    let amount = found("pots.bonds.2026.amount");
    assert_eq!((amount.now.as_deref(), amount.plans), (Some("60"), None));
    let county = found("sources.county.amount");
    assert_eq!((county.now.as_deref(), county.plans), (Some("10"), Some(2)));
    // What a pot gives takes the place of what its source has.
    assert!(listed.iter().all(|one| one.path != "sources.central.amount"));
}

/// The least pot such that no compound's median is above 150, by hand: of the south's two homes one pays no
/// more than that once 89.99 of its 390 come from the pot, of which it gets half, the odd fen going north.
#[test]
fn the_least_pot_by_hand() {
    let sought = seek(&simple(), "pots.bonds.2026.amount", "max.median_cash<=150", 1_000);
    assert_eq!(sought.found.expect("found").value, "179.98");
    let beside = sought.beside.expect("the value beside");
    assert_eq!((beside.value.as_str(), beside.met), ("179.97", vec![false]));
    assert_eq!(beside.measures, Some(vec![Measured::Money(Fen(15_001))]));
    assert_eq!(sought.proven, Proven::Everywhere);
}
