//! Scenarios, sweeps and seeking, against what the same plans come to when written by hand.

use fentan_core::scenario::investments;
use fentan_core::scenario::{
    Base, Comparison, Condition, Measure, Pinned, Proven, Range, Scenario, Seek, StressTest, Sweep,
    compare, seek, tornado,
};
use fentan_core::{Document, Error, Fen, Packs, Plan, Problems, split};
use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;
use serde_json::{Value, json};

/// The base of a plan; `None` where the plan has problems.
fn base(plan: &Value) -> Option<Base> {
    let bytes = plan.to_string().into_bytes();
    let document = Document::from_json(&bytes).expect("a document");
    let plan = Plan::read(&document, None).ok()?;
    Some(Base::new(plan, &document, Packs::default()))
}

fn seeking(base: &Base, range: &str, greatest: bool, conditions: &[String], most: usize) -> Seek {
    let condition = |written: &String| Condition::read(written).expect("a condition");
    Seek {
        range: Range::read(base, range).expect("a range"),
        greatest,
        conditions: conditions.iter().map(condition).collect(),
        most,
    }
}

/// A field of the plan by a path of ids.
fn field<'v>(plan: &'v mut Value, path: &str) -> &'v mut Value {
    path.split('.').fold(plan, |value, name| match value {
        Value::Array(list) => list
            .iter_mut()
            .find(|one| one["id"] == name || one["kind"] == name)
            .expect("one of that id"),
        other => &mut other[name],
    })
}

/// The measure of a plan with a value written into it, worked out from the whole result.
fn measured(plan: &Value, path: &str, value: &str, measure: &str) -> Option<u128> {
    let mut plan = plan.clone();
    *field(&mut plan, path) = json!(value);
    let split = fentan_tests::split(plan.to_string().as_bytes()).ok()?;
    let mut cash: Vec<u128> = split.households.iter().map(|one| one.paid.cash.0).collect();
    cash.sort_unstable();
    let at = |percent: usize| cash[(cash.len() * percent).div_ceil(100) - 1];
    Some(match measure.split_once('.') {
        Some(("over", most)) => {
            let most: u128 = most.parse::<u128>().expect("whole yuan") * 100;
            cash.iter().filter(|&&one| one > most).count() as u128
        }
        Some((_, id)) => split.sources.iter().find(|one| one.id == id).expect("a source").paid.0,
        None => match measure {
            "residents" => split.residents.0,
            "cash" => cash.iter().sum(),
            "median_cash" => at(50),
            "p90_cash" => at(90),
            _ => at(100),
        },
    })
}

/// The plan with every field that is varied.
fn with_all_fields(mut plan: Value) -> Value {
    if plan.get("minimum").is_none() {
        plan["minimum"] = json!({ "per_household": "0", "reduces": ["s0"] });
    }
    if plan["relief"].get("pot").is_none() {
        plan["relief"]["pot"] = json!({ "id": "pot", "amount": "0" });
    }
    let channels = plan["channels"].as_array_mut().expect("a list");
    if !channels.iter().any(|channel| channel["kind"] == "public_revenue") {
        channels.push(json!({ "kind": "public_revenue", "amount": "0" }));
    }
    if plan["lines"][0].get("charges").is_some() {
        plan["lines"][0] = json!({ "id": "l0", "amount": "1000" });
    }
    plan
}

const PATHS: [&str; 9] = [
    "sources.s0.amount",
    "sources.s0.per_household",
    "sources.s0.per_area",
    "sources.s0.rate",
    "relief.pot.amount",
    "channels.public_revenue.amount",
    "lines.l0.amount",
    "relief.rates.low_income",
    "minimum.per_household",
];
const MEASURES: [&str; 7] =
    ["residents", "cash", "median_cash", "p90_cash", "highest_cash", "over.100", "paid.s0"];

/// `PROPTEST_CASES`, which a count in the code would override, or else some seconds' worth.
fn cases() -> u32 {
    let given = std::env::var("PROPTEST_CASES").ok();
    given.map_or(60, |cases| cases.parse().expect("PROPTEST_CASES is a number"))
}

/// Where no bound rules it out, too: what a line costs is no offer.
#[test]
fn a_range_of_one_value_is_tried_and_that_is_all() {
    let plan = json!({
        "fentan": 1,
        "lines": [{ "id": "gate", "amount": "100" }],
        "households": [{ "id": "1", "area": "60" }],
    });
    let base = base(&plan).expect("a plan");
    for (bound, found) in [("residents<=99", None), ("residents<=100", Some("100.00"))] {
        let sought = seeking(&base, "lines.gate.amount=100..100/1", false, &[bound.to_owned()], 30);
        let sought = seek(&base, &sought, &mut |_| true).expect("a split").expect("never stopped");
        assert_eq!(sought.found.map(|trial| trial.value).as_deref(), found);
        assert_eq!(sought.proven, Proven::Everywhere);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    /// What is found is what trying every value finds, wherever it is said to be proven.
    #[test]
    fn seeking_finds_what_trying_every_value_finds(
        plan in crate::plans::plan(),
        path in prop::sample::select(&PATHS),
        measures in prop::collection::vec(
            (prop::sample::select(&MEASURES), any::<bool>(), 0..=100u32), 1..3),
        (from, step, count) in (0..2_000_000u128, prop_oneof![1..4u128, 1..20_000u128], 1..160u128),
        greatest in any::<bool>(),
        most in prop_oneof![Just(0usize), 1..30usize],
    ) {
        let plan = with_all_fields(plan);
        let Some(base) = base(&plan) else {
            // Money past its limit, now and then.
            return Ok(());
        };
        let is_rate = path.contains("rate");
        // A rate is one at most.
        let step = if is_rate { step.min(5_000) } else { step };
        let from = if is_rate { from / 10 } else { from };
        let last = from + step * (count - 1);
        let written = |units: u128| match is_rate {
            true => format!("{}.{:06}", units / 1_000_000, units % 1_000_000),
            false => fentan_core::Fen(units).to_string(),
        };
        let values: Vec<_> = (0..count).map(|index| written(from + index * step)).collect();
        let table: Vec<Vec<Option<u128>>> = values
            .iter()
            .map(|value| measures.iter().map(|one| measured(&plan, path, value, one.0)).collect())
            .collect();
        // The value asked for lies among those there are, so that it is met now and then.
        let bounds: Vec<u128> = measures.iter().enumerate().map(|(index, one)| {
            let mut met: Vec<_> = table.iter().filter_map(|row| row[index]).collect();
            met.sort_unstable();
            met.get((met.len().max(1) - 1) * one.2 as usize / 100).copied().unwrap_or_default()
        }).collect();
        let is_met = |row: &Vec<Option<u128>>| row.iter().zip(&measures).zip(&bounds).all(
            |((value, (_, at_least, _)), bound)| value.is_some_and(|value| {
                if *at_least { value >= *bound } else { value <= *bound }
            }),
        );
        let mut met: Vec<bool> = table.iter().map(is_met).collect();
        let conditions: Vec<_> = measures.iter().zip(&bounds).map(|((measure, at_least, _), bound)| {
            let sign = if *at_least { ">=" } else { "<=" };
            let bound = match measure.starts_with("over") {
                true => bound.to_string(),
                false => fentan_core::Fen(*bound).to_string(),
            };
            format!("{measure}{sign}{bound}")
        }).collect();

        let range = format!("{path}={}..{}/{}", written(from), written(last), written(step));
        let sought = seek(
            &base, &seeking(&base, &range, greatest, &conditions, most), &mut |_| true,
        );
        let Ok(sought) = sought else {
            prop_assert!(table.iter().any(|row| row.contains(&None)));
            return Ok(());
        };
        let sought = sought.expect("never stopped");
        let mut values = values;
        if greatest {
            met.reverse();
            values.reverse();
        }
        let same = |one: &str, other: &str| {
            one.trim_end_matches('0').trim_end_matches('.')
                == other.trim_end_matches('0').trim_end_matches('.')
        };
        let index_of = |value: &str| {
            values.iter().position(|one| same(one, value)).expect("a value of the range")
        };
        let first = met.iter().position(|&met| met);
        let found = sought.found.as_ref().map(|trial| index_of(&trial.value));
        if let Some(index) = found {
            prop_assert!(met[index], "{sought:?}");
            prop_assert!(index == 0 || !met[index - 1], "{sought:?}");
            let beside = sought.beside.as_ref().map(|trial| index_of(&trial.value));
            prop_assert_eq!(beside, index.checked_sub(1));
        }
        match &sought.proven {
            Proven::Everywhere => prop_assert_eq!(found, first, "{:?}", sought),
            Proven::Window(to) => {
                let tried = index_of(to)..found.expect("found");
                prop_assert!(!met[tried].contains(&true), "{sought:?}");
            }
            Proven::Samples => prop_assert_eq!(found, None),
        }
    }

    /// A roster that was read already makes no difference.
    #[test]
    fn a_plan_read_again_is_the_plan(plan in crate::plans::plan(), other in crate::plans::plan()) {
        // The rules of one plan with the roster of the other: some fit, some don't.
        let mut mixed = other;
        mixed["households"] = plan["households"].clone();
        let bytes = mixed.to_string().into_bytes();
        let document = Document::from_json(&bytes).expect("a document");
        let Some(base) = base(&plan) else {
            return Ok(());
        };
        let again = base.plan().reread(&document, &Packs::default());
        match (again, Plan::read(&document, None)) {
            (Ok(again), Ok(read)) => {
                prop_assert_eq!(fentan_core::split(&again), fentan_core::split(&read));
            }
            (Err(again), Err(read)) => prop_assert_eq!(again, read),
            (again, read) => prop_assert!(false, "{:?} {:?}", again.is_ok(), read.is_ok()),
        }
    }
}

/// A compound with something of everything that scenarios touch.
fn compound() -> Value {
    json!({
        "fentan": 1,
        "lines": [
            { "id": "roof", "name": "Roof", "amount": "30000", "tier": "basic" },
            { "id": "lift", "amount": "90000", "share_by": { "table": "lift" } },
            { "id": "gate", "amount": "1000.01", "share_by": "household" },
            { "id": "windows", "kind": "individual", "charges": { "1": "800", "3": "400" } },
        ],
        "tables": { "lift": { "1": "0", "2": "1", "3": "2" } },
        "sources": [
            { "id": "county", "name": "County", "amount": "20000" },
            { "id": "city", "covers": { "lines": ["lift"] }, "rate": "10%" },
        ],
        "relief": { "rates": { "dibao": "1" }, "pot": { "id": "pot", "amount": "500" } },
        "channels": [{ "kind": "public_revenue", "amount": "2000" }],
        "households": [
            { "id": "1", "area": "61.5", "floor": 1 }, { "id": "2", "area": "70", "floor": 1 },
            { "id": "3", "area": "61.5", "floor": 2 },
            { "id": "4", "area": "70", "floor": 2, "hardship": "dibao" },
            { "id": "5", "area": "61.5", "floor": 3 }, { "id": "6", "area": "70", "floor": 3 },
        ],
    })
}

fn problems(plan: &Value) -> Problems {
    let bytes = plan.to_string().into_bytes();
    let document = Document::from_json(&bytes).expect("a document");
    Plan::read(&document, None).map(|_| ()).expect_err("problems")
}

fn paths_and_codes(problems: &Problems) -> Vec<(&str, &str)> {
    problems.iter().map(|one| (one.path.as_str(), one.code().as_str())).collect()
}

/// Each kind of change comes to the plan that says the same by itself.
#[test]
fn a_scenario_is_the_plan_with_its_changes() {
    let mut plan = compound();
    plan["scenarios"] = json!([{ "id": "all", "name": "Everything", "changes": [
        { "set": "sources.county.per_household", "to": "3000" },
        { "remove": "sources.county.amount" },
        { "add": "sources", "value": { "id": "gift", "amount": "700" }, "before": "county" },
        { "move": "sources.county", "before": "gift" },
        { "move": "sources.county" },
        { "set": "tables.lift.3", "to": "4" },
        { "set": "minimum", "to": { "per_household": "900", "reduces": ["gift"] } },
        { "set": "sources.gift.amount", "to": 800 },
        { "remove": "lines.gate" },
        { "set": "channels.public_revenue.over", "to": "owing" },
    ] }]);
    let mut base = base(&plan).expect("a plan");
    let scenario = base.plan().scenarios()[0].clone();
    let mut by_hand = compound();
    by_hand["sources"] = json!([
        { "id": "gift", "amount": "800" },
        { "id": "city", "covers": { "lines": ["lift"] }, "rate": "10%" },
        { "id": "county", "name": "County", "per_household": "3000" },
    ]);
    by_hand["tables"]["lift"]["3"] = json!("4");
    by_hand["minimum"] = json!({ "per_household": "900", "reduces": ["gift"] });
    by_hand["lines"].as_array_mut().expect("a list").remove(2);
    by_hand["channels"][0]["over"] = json!("owing");
    let changed = split(&base.with(&scenario).expect("a plan")).expect("a split");
    let by_hand = fentan_tests::split(by_hand.to_string().as_bytes()).expect("a split");
    assert_eq!(changed, by_hand);
    // The base is as it was.
    let bytes = compound().to_string().into_bytes();
    assert_eq!(split(base.plan()), fentan_tests::split(&bytes));
    let again = Scenario::setting("none", &[]);
    assert_eq!(split(&base.with(&again).expect("a plan")), fentan_tests::split(&bytes));
}

#[test]
fn a_path_that_leads_nowhere_is_a_problem_of_the_plan() {
    let mut plan = compound();
    plan["scenarios"] = json!([
        { "id": "a", "changes": [{ "set": "sources.province.amount", "to": "1" }] },
        { "id": "a", "changes": [{ "set": "colour", "to": "red" }] },
        { "id": "b", "changes": [{ "set": "households.1.area", "to": "1" }] },
        { "id": "c", "changes": [{ "set": "lines.windows.charges.1", "to": "1" }] },
        { "id": "d", "changes": [{ "set": "lines.roof.scope", "to": { "households": ["1"] } }] },
        { "id": "e", "changes": [{ "move": "sources.city", "before": "province" }] },
        { "id": "f", "changes": [{ "remove": "sources.city" }, { "remove": "sources.city" }] },
        { "id": "g", "changes": [{ "put": "sources.city", "to": "1" }] },
        { "id": "h", "changes": [{ "set": "sources.city.rate" }] },
        { "id": "i", "changes": [{ "add": "relief", "value": {} }] },
        { "id": "j" },
    ]);
    assert_eq!(
        paths_and_codes(&problems(&plan)),
        [
            ("scenarios[1].id", "duplicate-id"),
            ("scenarios[2].changes[0].set", "unknown-field"),
            ("scenarios[3].changes[0].set", "unknown-field"),
            ("scenarios[4].changes[0].set", "unknown-field"),
            ("scenarios[7].changes[0].put", "unknown-field"),
            ("scenarios[7].changes[0].set", "missing-field"),
            ("scenarios[8].changes[0].to", "missing-field"),
            ("scenarios[10].changes", "missing-field"),
            ("scenarios[0].changes[0].set", "unknown-id"),
            ("scenarios[1].changes[0].set", "unknown-field"),
            ("scenarios[5].changes[0].before", "unknown-id"),
            ("scenarios[6].changes[1].remove", "unknown-id"),
            ("scenarios[9].changes[0].add", "unknown-field"),
        ]
    );
}

/// Scenarios beside the plan as it stands.
fn compared(
    base: &mut Base,
    scenarios: &[Scenario],
    affordable: Option<Fen>,
) -> Result<Comparison, Error> {
    let pinned = Pinned::new(base, None)?;
    compare(base, &pinned, scenarios, affordable)
}

#[test]
fn a_problem_of_a_scenarios_plan_names_the_scenario_and_the_change() {
    let mut plan = compound();
    plan["scenarios"] = json!([
        { "id": "low", "name": "Lower", "changes": [
            { "move": "sources.city", "before": "county" },
            { "set": "sources.county.amount", "to": "-1" },
            { "set": "lines.gate.amount", "to": "1.005" },
        ] },
        { "id": "hard", "changes": [{ "remove": "tables.lift.2" }] },
        { "id": "none", "changes": [
            { "set": "tables.lift", "to": { "1": "0", "2": "0", "3": "0" } } ] },
    ]);
    let mut base = base(&plan).expect("a plan");
    let scenarios = base.plan().scenarios().to_vec();
    let Err(Error::Problems(problems)) = compared(&mut base, &scenarios, None) else {
        panic!("no problems");
    };
    assert_eq!(
        paths_and_codes(&problems),
        [
            ("scenarios[0].changes[2]", "too-precise"),
            ("scenarios[0].changes[1]", "negative"),
            ("scenarios[1]", "no-coefficient"),
            ("scenarios[2]", "no-weight"),
        ]
    );
    let origins: Vec<_> = problems
        .iter()
        .filter_map(|one| one.origin.as_ref())
        .map(|origin| (origin.scenario.as_str(), origin.path.as_str()))
        .collect();
    assert_eq!(
        origins,
        [
            ("Lower", "lines[2].amount"),
            ("Lower", "sources[1].amount"),
            ("hard", "lines[1].share_by.table"),
            ("none", "lines[1]"),
        ]
    );
}

#[test]
fn a_link_holds_scenarios_and_no_household() {
    let mut plan = compound();
    plan["scenarios"] = json!([
        { "id": "one", "name": "一", "changes": [{ "set": "sources.county.amount", "to": "1" }] },
        { "id": "two", "changes": [{ "move": "sources.city", "before": "county" }] },
    ]);
    let base = base(&plan).expect("a plan");
    let link = Scenario::link(base.plan().scenarios());
    let read = Scenario::from_link(&format!("https://example.org/plan{link}")).expect("scenarios");
    assert_eq!(json!(read), plan["scenarios"]);

    for (link, code) in [("#scenario=!", "bad-syntax"), ("e30", "bad-type"), ("", "bad-syntax")] {
        let problems = Scenario::from_link(link).expect_err("problems");
        assert_eq!(problems.iter().next().map(|one| one.code().as_str()), Some(code), "{link}");
    }
    // [{"id":"a","changes":[{"set":"households.1.area","to":"1"}]}]
    let link = "W3siaWQiOiJhIiwiY2hhbmdlcyI6W3sic2V0IjoiaG91c2Vob2xkcy4xLmFyZWEiLCJ0byI6IjEifV19XQ";
    let problems = Scenario::from_link(link).expect_err("problems");
    assert_eq!(paths_and_codes(&problems), [("link[0].changes[0].set", "unknown-field")]);
}

/// The county's 156 fen over 51, 3 and 53 yuan give 74, 5, 77; 157 give 75, 4, 78. Two lines for one
/// of the same amount give the odd fen to others.
#[test]
fn a_fen_that_comes_from_rounding_is_told_apart() {
    let plan = json!({
        "fentan": 1,
        "lines": [
            { "id": "a", "amount": "51", "scope": { "households": ["1"] } },
            { "id": "b", "amount": "3", "scope": { "households": ["2"] } },
            { "id": "c", "amount": "53", "scope": { "households": ["3"] } },
        ],
        "sources": [
            { "id": "county", "amount": "1.56" },
            { "id": "city", "covers": { "lines": ["c"] }, "amount": "10" },
        ],
        "households": [
            { "id": "1", "area": "60" }, { "id": "2", "area": "60" }, { "id": "3", "area": "60" },
        ],
    });
    let mut base = base(&plan).expect("a plan");
    let set = |path: &str, to: &str| Scenario::setting(path, &[(path.to_owned(), to.to_owned())]);
    let scenarios = [set("sources.county.amount", "1.57"), set("sources.city.amount", "9.99")];
    let comparison = compared(&mut base, &scenarios, Some(Fen(4_000))).expect("a comparison");
    let more = &comparison.scenarios[0];
    let second = more.households.iter().find(|one| *one.id == *"2").expect("it differs");
    assert_eq!(second.difference.to_string(), "0.01");
    // A fen more over three lines is a third of a fen for each: no rounding alone.
    assert!(!second.by_rounding);
    assert_eq!((more.less.households, more.more.households, more.by_rounding), (2, 1, 0));

    let less = &comparison.scenarios[1];
    assert_eq!((less.more.households, less.more.amount, less.by_rounding), (1, Fen(1), 0));
    assert_eq!(comparison.base.over, Some(2));

    // The same split another way round: the fen that moves is nobody's gain.
    let mut thirds = json!({
        "fentan": 1,
        "lines": [{ "id": "a", "amount": "1" }],
        "sources": [{ "id": "x", "amount": "0.50" }, { "id": "y", "amount": "0.50" }],
        "households": [
            { "id": "1", "area": "60" }, { "id": "2", "area": "60" }, { "id": "3", "area": "60" },
        ],
    });
    thirds["lines"] = json!([
        { "id": "a", "amount": "0.50" }, { "id": "b", "amount": "0.50" },
    ]);
    thirds["sources"] = json!([]);
    let mut base = self::base(&thirds).expect("a plan");
    let joined = Scenario::setting(
        "joined",
        &[
            ("lines.a.amount".to_owned(), "1".to_owned()),
            ("lines.b.amount".to_owned(), "0".to_owned()),
        ],
    );
    let comparison = compared(&mut base, &[joined], None).expect("a comparison");
    let joined = &comparison.scenarios[0];
    assert_eq!((joined.less.households, joined.more.households, joined.by_rounding), (0, 0, 2));
    assert!(joined.households.iter().all(|one| one.by_rounding));
}

#[test]
fn a_sweep_is_the_plans_written_by_hand() {
    let plan = compound();
    let base = base(&plan).expect("a plan");
    let over = ["sources.county.amount=0..20000/10000", "tables.lift.2=0..1/0.5"];
    let over = over.map(|range| Range::read(&base, range).expect("a range")).to_vec();
    let measures = ["residents", "paid.county"].map(|one| Measure::read(one).expect("a measure"));
    let mut sweep = Sweep::new(base.clone(), over, measures.to_vec()).expect("a sweep");
    let mut points = Vec::new();
    for index in 0..sweep.count() {
        points.push(sweep.point(index).expect("a point"));
    }
    let at: Vec<_> = points.iter().map(|point| point.at.join(" ")).collect();
    assert_eq!(
        at,
        [
            "0.00 0",
            "0.00 0.5",
            "0.00 1",
            "10000.00 0",
            "10000.00 0.5",
            "10000.00 1",
            "20000.00 0",
            "20000.00 0.5",
            "20000.00 1",
        ]
    );
    for point in &points {
        let mut by_hand = plan.clone();
        by_hand["sources"][0]["amount"] = json!(point.at[0]);
        by_hand["tables"]["lift"]["2"] = json!(point.at[1]);
        let split = fentan_tests::split(by_hand.to_string().as_bytes()).expect("a split");
        let values: Vec<_> =
            point.measures.as_ref().expect("a split").iter().map(ToString::to_string).collect();
        assert_eq!(values, [split.residents.to_string(), split.sources[0].paid.to_string()]);
    }

    let read = |range: &str| Range::read(&base, range).map(|range| range.to_string());
    assert_eq!(read("relief.rates.dibao").as_deref(), Ok("relief.rates.dibao=0..1/0.000001"));
    for (range, code) in [
        ("sources.county.amount=5..1", "unknown-id"),
        ("sources.county.amount=1..5/0", "unknown-id"),
        ("sources.county.amount=1..5.005", "too-precise"),
        ("sources.province.amount", "unknown-id"),
        ("sources.county.name", "unknown-id"),
        ("households.1.area", "unknown-field"),
    ] {
        let problems = read(range).expect_err(range);
        assert_eq!(problems.iter().next().map(|one| one.code().as_str()), Some(code), "{range}");
    }
    let all = Range::read(&base, "sources.county.amount").expect("a range");
    assert!(Sweep::new(base.clone(), vec![all], Vec::new()).is_err());
}

/// Everything of who shares and who counts that is one number, and what is none.
#[test]
fn factors_caps_and_parts_of_others_are_parameters() {
    let mut plan = compound();
    plan["uses"] = json!({ "shop": { "factor": "1.5" } });
    plan["households"][0]["use"] = json!("shop");
    plan["relief"]["most"] = json!("5000");
    plan["maintenance"] = json!({ "target_per_area": "45" });
    plan["sources"][0] = json!({ "id": "county", "per_piece": "100", "per_household": "10", "over": "served",
        "covers": { "lines": ["lift"] } });
    plan["lines"]
        .as_array_mut()
        .expect("lines")
        .push(json!({ "id": "reserve", "rate_of": { "rate": "5%" } }));
    let base = base(&plan).expect("a plan");
    for (path, value) in [
        ("uses.shop.factor", "2.25"),
        ("relief.most", "40.01"),
        ("lines.reserve.rate_of.rate", "0.123"),
        ("sources.county.per_piece", "77.70"),
        ("maintenance.target_per_area", "50"),
    ] {
        let range = Range::read(&base, &format!("{path}={value}..{value}")).expect(path);
        let measures = vec![Measure::Cash, Measure::Residents, Measure::HighestCash];
        let mut sweep = Sweep::new(base.clone(), vec![range], measures).expect("a sweep");
        let point = sweep.point(0).expect("a point");
        let found = point.measures.expect("a split");
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        for (measure, found) in ["cash", "residents", "highest_cash"].iter().zip(&found) {
            let by_hand = measured(&plan, path, value, measure).expect("a split");
            assert_eq!(*found, Fen(by_hand).to_string(), "{path} {measure}");
        }
    }
    let read = |range: &str| Range::read(&base, range).map(|range| range.to_string());
    assert_eq!(read("uses.shop.factor").as_deref(), Ok("uses.shop.factor=0..100/0.000001"));
    // A list by storeys is no number.
    let mut by_storeys = plan.clone();
    by_storeys["sources"][0]["per_piece"] = json!([{ "amount": "100" }]);
    let by_storeys = self::base(&by_storeys).expect("a plan");
    let problems = Range::read(&by_storeys, "sources.county.per_piece").expect_err("a list");
    assert_eq!(problems.iter().next().map(|one| one.code().as_str()), Some("unknown-id"));
}

/// What is highest falls as the top floor takes on more of the lift, and rises once it is the one
/// that pays most: the values that meet a bound have others on both sides.
#[test]
fn a_measure_that_turns_is_told() {
    let base = base(&compound()).expect("a plan");
    let range = "tables.lift.3=0..10/0.01";
    let over = vec![Range::read(&base, range).expect("a range")];
    let mut sweep = Sweep::new(base.clone(), over, vec![Measure::HighestCash]).expect("a sweep");
    let highest = (0..sweep.count())
        .map(|index| sweep.point(index).expect("a point").measures.expect("a split")[0]);
    let highest: Vec<_> = highest.collect();
    let mut sorted = highest.clone();
    sorted.sort_unstable();
    let bound = sorted[sorted.len() / 5];
    let met = |at: &usize| highest[*at] <= bound;
    let (first, last) = ((0..highest.len()).find(met), (0..highest.len()).rfind(met));

    let conditions = [format!("highest_cash<={bound}")];
    for (greatest, expected) in [(false, first), (true, last)] {
        let mut asked = seeking(&base, range, greatest, &conditions, 2_000);
        let sought = seek(&base, &asked, &mut |_| true).expect("an answer").expect("not stopped");
        assert_eq!(sought.proven, Proven::Everywhere);
        let found = sought.found.expect("a value").value;
        let expected = expected.expect("a value that meets it") as u128 * 10_000;
        assert_eq!(found, asked.range.parameter.written(expected));
        // Far fewer at a time: what is found is no less right, and less of it is proven.
        asked.most = 3;
        let sought = seek(&base, &asked, &mut |_| true).expect("an answer").expect("not stopped");
        assert_eq!(sought.found.map(|trial| trial.value), Some(found));
        assert!(matches!(sought.proven, Proven::Window(_)), "{:?}", sought.proven);
        assert_eq!(sought.turns[0].measure, Measure::HighestCash);
        let stopped = seek(&base, &asked, &mut |tried| tried < 3).expect("an answer");
        assert_eq!(stopped, None);
    }
}

fn stressed(stress: &Value) -> StressTest {
    let mut plan = compound();
    plan["stress"] = stress.clone();
    let base = base(&plan).expect("a plan");
    StressTest::new(base.plan(), base.plan().stress().clone()).expect("a plan that can be split")
}

#[test]
fn a_draw_is_the_plan_with_what_was_drawn() {
    // What can be drawn in one way only.
    let test = stressed(&json!({
        "lines": { "roof": { "least": "12.5%", "most": "12.5%" },
                   "windows": { "least": "-50%", "likely": "-50%", "most": "-50%" } },
        "sources": { "county": { "chance": "1", "pays": "1/3" }, "city": { "chance": "0" } },
    }));
    let mut by_hand = compound();
    by_hand["lines"][0]["amount"] = json!("33750.00");
    by_hand["lines"][3]["charges"] = json!({ "1": "400", "3": "200" });
    by_hand["sources"][0]["amount"] = json!("6666.67");
    let split = fentan_tests::split(by_hand.to_string().as_bytes()).expect("a split");
    let drawn = test.draw(7).expect("a draw").expect("a split");
    assert_eq!(drawn.residents, split.residents);
    let paid: Vec<_> = split.sources.iter().map(|source| source.paid).collect();
    assert_eq!(drawn.payers, paid);
}

/// A reserve is a part of the lines as they were drawn, and may overrun itself.
#[test]
fn what_is_a_part_of_lines_follows_them_under_stress() {
    let reserve =
        json!({ "id": "reserve", "rate_of": { "rate": "10%", "lines": ["roof", "windows"] } });
    let mut plan = compound();
    plan["lines"].as_array_mut().expect("lines").push(reserve);
    plan["sources"][0] =
        json!({ "id": "county", "per_piece": "900", "covers": { "lines": ["roof"] } });
    plan["stress"] = json!({
        "lines": { "reserve": { "least": "50%", "most": "50%" }, "roof": { "least": "20%", "most": "20%" },
                   "windows": { "least": "-50%", "most": "-50%" } },
        "sources": { "county": { "chance": "1", "pays": "50%" } },
    });
    let of = base(&plan).expect("a plan");
    let test = StressTest::new(of.plan(), of.plan().stress().clone()).expect("a test");
    let mut by_hand = plan.clone();
    by_hand["lines"][0]["amount"] = json!("36000");
    by_hand["lines"][3]["charges"] = json!({ "1": "400", "3": "200" });
    by_hand["sources"][0]["per_piece"] = json!("450");
    // A tenth of 36,600, and half of that again.
    by_hand["lines"][4] = json!({ "id": "reserve", "amount": "5490" });
    let split = fentan_tests::split(by_hand.to_string().as_bytes()).expect("a split");
    let drawn = test.draw(0).expect("a draw").expect("a split");
    assert_eq!(drawn.residents, split.residents);
    let paid: Vec<_> = split.sources.iter().map(|source| source.paid).collect();
    assert_eq!(drawn.payers, paid);
    // At its most it would pass the largest budget, though the lines alone would not.
    let all = |rate: &str| {
        let lines = json!([{ "id": "a", "amount": "9000000000000" }, { "id": "b", "rate_of": { "rate": rate } }]);
        let over = json!({ "lines": { "a": { "most": "1000%" }, "b": { "most": "1000%" } } });
        let plan = json!({ "fentan": 1, "lines": lines, "stress": over, "households": [{ "id": "1", "area": "60" }] });
        self::base(&plan)
    };
    assert!(all("50%").is_some() && all("90%").is_none());
}

#[test]
fn draws_are_the_same_in_any_order_and_others_with_another_seed() {
    let stress = |seed: u32| {
        json!({
            "draws": 300, "seed": seed,
            "lines": { "roof": { "least": "-5%", "likely": "3%", "most": "20%" },
                       "lift": { "most": "15%" } },
            "sources": { "county": { "chance": "10%", "pays": "50%" } },
        })
    };
    let test = stressed(&stress(1));
    let draw = |test: &StressTest, index: u32| test.draw(index).expect("a draw");
    let up: Vec<_> = (0..test.count()).map(|index| draw(&test, index)).collect();
    let mut down: Vec<_> = (0..test.count()).rev().map(|index| draw(&test, index)).collect();
    down.reverse();
    assert_eq!(up, down);
    let other = stressed(&stress(2));
    assert_ne!(up[0], draw(&other, 0));

    let fan = test.fan(&up);
    assert_eq!((fan.draws, fan.failed), (300, 0));
    assert!(fan.residents.tenth <= fan.residents.half);
    assert!(fan.residents.half <= fan.residents.ninetieth);
    // A tenth falls short, within what chance does to 300 draws.
    let county = |outcome: &fentan_core::scenario::Outcome| outcome.payers[0] < Fen(2_000_000);
    let short = up.iter().flatten().filter(|outcome| county(outcome)).count();
    assert!((12..=52).contains(&short), "{short}");

    let swings = (0..test.inputs()).map(|input| test.swing(input).expect("a swing")).collect();
    let swings = tornado(swings);
    assert!(swings.is_sorted_by(|one, other| one.swing >= other.swing));
    let lift = swings.iter().find(|swing| swing.input == "lines.lift").expect("the lift's");
    assert_eq!((lift.low.0.as_str(), lift.high.0.as_str()), ("1.5%", "13.5%"));
    assert_eq!(swings.len(), 3);
}

#[test]
fn a_seed_gives_the_same_draws_on_this_machine() {
    fentan_tests::assert_same_draws();
}

#[test]
fn a_stress_that_makes_no_sense_is_refused() {
    let mut plan = compound();
    plan["stress"] = json!({
        "draws": 0, "seed": 1.5, "colour": 1,
        "lines": { "roof": { "least": "5%", "most": "-5%" }, "moon": { "most": "1" },
                   "lift": { "most": "1001%" }, "gate": { "least": "-1.5", "most": "0" } },
        "sources": { "county": { "pays": "1" }, "city": { "chance": "2" } },
    });
    assert_eq!(
        paths_and_codes(&problems(&plan)),
        [
            ("stress.colour", "unknown-field"),
            ("stress.draws", "negative"),
            ("stress.seed", "float"),
            ("stress.lines.gate.least", "bad-rate"),
            ("stress.lines.lift.most", "bad-rate"),
            ("stress.lines.moon", "unknown-id"),
            ("stress.lines.roof", "bad-rate"),
            ("stress.sources.city.chance", "bad-rate"),
            ("stress.sources.county.chance", "missing-field"),
        ]
    );
    plan["stress"] = json!({ "lines": { "roof": { "most": "1000%" } } });
    plan["lines"][0]["amount"] = json!("9999999999999");
    plan["lines"][1]["amount"] = json!("9999999999999");
    let found = base(&plan);
    assert!(found.is_some());
    let mut lines = plan["lines"].as_array().expect("a list").clone();
    lines.extend(
        (0..95).map(|index| json!({ "id": format!("more-{index}"), "amount": "9999999999999" })),
    );
    plan["lines"] = json!(lines);
    assert_eq!(paths_and_codes(&problems(&plan)), [("stress.lines", "too-large")]);
}

proptest! {
    /// The present value as the textbook has it, summed in exact fractions.
    #[test]
    fn an_income_carries_its_present_value(
        years in 1..40u32,
        net in 0..100_000_000u64,
        (part, whole) in (0..100u32, 100..1_000u32),
        paid in 0..100_000_000u64,
    ) {
        let plan = json!({
            "fentan": 1,
            "lines": [{ "id": "charging", "amount": "1000000" }],
            "sources": [{ "id": "operator", "amount": crate::plans::money(paid), "income": {
                "years": years, "net_per_year": crate::plans::money(net),
                "discount": format!("{part}/{whole}") } }],
            "households": [{ "id": "1", "area": "60" }],
        });
        let base = base(&plan).expect("a plan");
        let split = split(base.plan()).expect("a split");
        let found = &investments(base.plan(), &split)[0];
        let whole_number = |number: u64| BigRational::from(BigInt::from(number));
        let rate = whole_number(part.into()) / whole_number(whole.into());
        let mut value = whole_number(0);
        let mut factor = whole_number(1);
        let mut payback = None;
        for year in 1..=years {
            factor /= whole_number(1) + &rate;
            value += whole_number(net) * &factor;
            if payback.is_none() && value >= whole_number(split.sources[0].paid.0 as u64) {
                payback = Some(year);
            }
        }
        prop_assert_eq!(found.carries.0.to_string(), value.floor().to_integer().to_string());
        prop_assert_eq!(found.payback, payback);
    }
}
