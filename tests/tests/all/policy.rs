//! Policy packs: what they fill in, what they leave alone, and what is wrong with a wrong one.

use fentan_core::policy::Pack;
use fentan_core::{Document, Packs, Plan, Problems, Rate, Split, split};
use proptest::prelude::*;
use serde_json::{Value, json};

fn read(plan: &Value) -> Result<Plan, Problems> {
    Plan::read(&Document::from_json(plan.to_string().as_bytes())?, None)
}

#[track_caller]
fn plan(plan: &Value) -> Plan {
    read(plan).unwrap_or_else(|problems| panic!("{problems}"))
}

#[track_caller]
fn splits(value: &Value) -> Split {
    split(&plan(value)).expect("a split")
}

#[track_caller]
fn refused(pack: &str, expected: &[(&str, &str)]) {
    let document = Document::from_toml(pack.as_bytes()).expect("a document");
    let problems = Pack::read(&document).expect_err("problems");
    let found: Vec<_> =
        problems.iter().map(|one| (one.path.as_str(), one.code().as_str())).collect();
    for problem in expected {
        assert!(found.contains(problem), "{problem:?} is not among {found:?}");
    }
    assert_eq!(found.len(), expected.len(), "{found:?}");
}

const HEAD: &str = r#"
    fentan_policy = 1
    id = "here"
    name = { zh = "本地", en = "Here" }
    place = { zh = "本地" }
"#;

#[test]
fn every_problem_of_a_pack_is_named_with_its_place() {
    let pack = r#"
        within = "nowhere"
        colour = "red"
        [[documents]]
        title = "t"
        from = "2020-7"
        clauses = [
            { id = "1", article = "1", published = "p", verified = "text" },
            { id = "1", article = "1", published = "p", verified = "hearsay" },
            { id = "a/b", article = "1" },
        ]
        [defaults]
        colour = "red"
        residents_at_least = { basic = "101%" }
        tables.lift = { 1 = "30%", 2 = "60%" }
        share_by.lift = { table = "stairs" }
        sources = [{ id = "city", rate = "3/2" }, { id = "county", covers = { lines = ["roof"] } }]
        minimum = { per_household = "-1", reduces = ["city"] }
        [grounds]
        residents_at_least = ["here/2"]
        tables = ["china/civil-code-283"]
        share_by = ["here/1"]
        sources = []
        [[checks]]
        id = "built-before"
        severity = "grave"
        clauses = ["here/1", "elsewhere/1"]
        [[checks]]
        id = "facts-missing"
        [[departments]]
        name = { en = "Roads" }
        clauses = ["here/3"]
        pipelines = ["oil"]
    "#;
    let expected = [
        ("within", "unknown-id"),
        ("colour", "unknown-field"),
        ("documents[0].from", "bad-type"),
        ("documents[0].clauses[1].id", "duplicate-id"),
        ("documents[0].clauses[1].verified", "unknown-id"),
        ("documents[0].clauses[2].id", "unknown-id"),
        ("documents[0].clauses[2].published", "missing-field"),
        ("documents[0].clauses[2].verified", "missing-field"),
        ("defaults.colour", "unknown-field"),
        ("defaults.residents_at_least.basic", "bad-rate"),
        ("defaults.tables.lift", "bad-table"),
        ("defaults.share_by.lift.table", "unknown-id"),
        ("defaults.sources[0].rate", "bad-rate"),
        ("defaults.sources[1]", "no-limit"),
        ("defaults.sources[1].covers.lines[0]", "unknown-id"),
        ("defaults.minimum.per_household", "negative"),
        ("defaults.minimum.reduces", "unknown-field"),
        ("grounds.residents_at_least[0]", "unknown-id"),
        ("grounds.sources", "missing-field"),
        ("grounds.minimum", "missing-field"),
        ("checks[0].year", "missing-field"),
        ("checks[0].severity", "unknown-id"),
        ("checks[0].clauses[1]", "unknown-id"),
        ("checks[1].id", "unknown-id"),
        ("departments[0].name.zh", "missing-field"),
        ("departments[0].clauses[0]", "unknown-id"),
        ("departments[0].pipelines[0]", "unknown-id"),
    ];
    refused(&format!("{HEAD}{pack}"), &expected);
    refused(
        "fentan_policy = 2\nwithin = 3",
        &[
            ("fentan_policy", "unknown-version"),
            ("id", "missing-field"),
            ("name", "missing-field"),
            ("place", "missing-field"),
            ("within", "bad-type"),
        ],
    );
}

#[test]
fn a_clause_is_in_force_from_one_date_until_a_later_one() {
    let pack = |dates: &str| {
        format!(
            r#"{HEAD}
            [[documents]]
            title = "a rule"
            published = "here"
            verified = "text"
            {dates}
            clauses = [{{ id = "1", article = "1" }}]"#
        )
    };
    for date in ["2020-99-99", "2026-02-31", "2100-02-29", "2020-13", "2020-0", "0000", "20200707"]
    {
        refused(&pack(&format!("from = \"{date}\"")), &[("documents[0].from", "bad-type")]);
        refused(&pack(&format!("until = \"{date}\"")), &[("documents[0].until", "bad-type")]);
    }
    for (from, until) in [("2020-07-07", "2020-07-06"), ("2020-07", "2020-06-30"), ("2020", "2019")]
    {
        let dates = format!("from = \"{from}\"\nuntil = \"{until}\"");
        refused(&pack(&dates), &[("documents[0].until", "bad-type")]);
    }
    for (from, until) in
        [("2020-07-07", "2020-07-07"), ("2020-07-07", "2020"), ("2020", "2020-02-29")]
    {
        let pack = pack(&format!("from = \"{from}\"\nuntil = \"{until}\""));
        let document = Document::from_toml(pack.as_bytes()).expect("a document");
        let pack = Pack::read(&document).expect("a pack");
        let provision = &pack.provisions[0];
        let dates = [provision.from, provision.until].map(|date| date.map(|date| date.to_string()));
        assert_eq!(dates, [Some(from.to_owned()), Some(until.to_owned())]);
    }
}

#[test]
fn a_pack_is_added_once_and_then_a_plan_may_name_it() {
    let more = r#"
        within = "wenzhou-2020"
        [defaults.residents_at_least]
        basic = "5%"
        [grounds]
        residents_at_least = ["wenzhou-2020/residents"]
    "#;
    let pack = format!("{HEAD}{more}");
    let document = Document::from_toml(pack.as_bytes()).expect("a document");
    let mut packs = Packs::default();
    packs.add(&document).expect("a pack");
    let problems = packs.add(&document).expect_err("the same again");
    assert_eq!(problems.to_string(), "id: duplicate-id");

    let plan = json!({ "fentan": 1, "policy": "here", "lines": [], "households": [] }).to_string();
    let document = Document::from_json(plan.as_bytes()).expect("a document");
    assert_eq!(Plan::read(&document, None).expect_err("unknown").to_string(), "policy: unknown-id");
    let plan = Plan::read_with(&document, None, &packs).expect("a plan");
    let from = |path: &str| plan.filled_at(path).map(|filled| filled.pack.as_str());
    // The nearest pack that has the value.
    assert_eq!(from("residents_at_least.basic"), Some("here"));
    assert_eq!(from("residents_at_least.improved"), Some("wenzhou-2020"));
    assert_eq!(from("maintenance.threshold"), Some("china"));
    assert_eq!(from("maintenance.target"), None);
}

fn three_tiers(policy: &str) -> Value {
    json!({
        "fentan": 1, "policy": policy,
        "lines": [
            { "id": "pipes", "amount": "1000", "tier": "basic" },
            { "id": "parking", "amount": "1000", "tier": "improved" },
            { "id": "canteen", "amount": "1000", "tier": "upgraded" },
        ],
        "sources": [{ "id": "city", "rate": "1" }],
        "households": [{ "id": "101", "area": "60" }],
    })
}

#[test]
fn a_plan_takes_what_it_leaves_out_and_keeps_what_is_its_own() {
    let mut own = three_tiers("wenzhou-2020");
    assert_eq!(splits(&own).residents.to_string(), "1100.00");
    own["residents_at_least"] = json!({ "upgraded": "0" });
    assert_eq!(splits(&own).residents.to_string(), "400.00");
    let read = plan(&own);
    assert!(read.filled_at("residents_at_least.upgraded").is_none());
    let filled = read.filled_at("residents_at_least.basic").expect("filled in");
    assert_eq!(filled.clauses, ["wenzhou-2020/residents"]);
}

#[test]
fn sources_come_whole_or_field_by_field() {
    let mut own = json!({
        "fentan": 1, "policy": "fuzhou-water-2025",
        "lines": [{ "id": "tanks", "amount": "100", "pipeline": "water" },
                  { "id": "gate", "amount": "100" }],
        "households": [{ "id": "101", "area": "60" }],
    });
    let read = plan(&own);
    let ids: Vec<_> = read.sources().iter().map(|source| source.id.as_str()).collect();
    assert_eq!(ids, ["government", "water-company"]);
    assert!(read.filled_at("sources[1].rate").is_some());
    // 20 of the water line and all of the gate, which those two do not cover.
    assert_eq!(splits(&own).residents.to_string(), "120.00");

    own["sources"] =
        json!([{ "id": "water-company", "rate": "50%" }, { "id": "donor", "amount": "7" }]);
    let read = plan(&own);
    assert_eq!(read.sources().len(), 2);
    assert!(read.filled_at("sources[0].covers.pipelines[0]").is_some());
    assert!(read.filled_at("sources[0].rate").is_none());
    assert!(read.filled_at("sources[1]").is_none());
    assert_eq!(splits(&own).sources[0].paid.to_string(), "50.00");

    own["sources"] = json!([]);
    assert_eq!(splits(&own).residents.to_string(), "200.00");
}

#[test]
fn a_lift_is_shared_by_the_pack_unless_the_plan_says_how() {
    let mut own = json!({
        "fentan": 1, "policy": "guangzhou-lift",
        "lines": [{ "id": "lift", "amount": "150", "subject": "lift" }],
        "households": [{ "id": "201", "floor": 2, "area": "60" }, { "id": "301", "floor": 3, "area": "90" }],
    });
    let shares = |plan: &Value| -> Vec<String> {
        splits(plan).households.iter().map(|household| household.due.to_string()).collect()
    };
    assert_eq!(shares(&own), ["50.00", "100.00"]);
    assert!(plan(&own).filled_at("lines[0].share_by.table").is_some());
    own["lines"][0]["share_by"] = json!("area");
    assert_eq!(shares(&own), ["60.00", "90.00"]);
    assert!(plan(&own).filled_at("lines[0].share_by").is_none());
    // A table of the plan's own is one agreement: no floor is added to it.
    own["tables"] = json!({ "lift": { "3": "1" } });
    own["lines"][0]["share_by"] = json!({ "table": "lift" });
    let problems = read(&own).expect_err("no coefficient");
    assert_eq!(problems.to_string(), "lines[0].share_by.table: no-coefficient");
}

#[test]
fn the_minimum_is_filled_only_where_the_plan_says_who_pays_less_for_it() {
    let mut own = json!({
        "fentan": 1, "policy": "chengdu-2022",
        "lines": [{ "id": "meters", "amount": "10000" }],
        "sources": [{ "id": "district", "rate": "1" }],
        "households": [{ "id": "101", "area": "60" }],
    });
    assert_eq!(splits(&own).residents.to_string(), "0.00");
    own["minimum"] = json!({ "reduces": ["district"] });
    assert_eq!(splits(&own).residents.to_string(), "800.00");
}

#[test]
fn a_pack_may_say_who_counts_and_who_gets_the_odd_fen() {
    let pack = format!(
        r#"{HEAD}
        [[documents]]
        title = "t"
        clauses = [{{ id = "1", article = "1", published = "p", verified = "text" }}]
        [defaults]
        odd_fen = "last"
        uses = {{ garage = {{ factor = "0", household = false }}, shop = {{ factor = "2" }} }}
        sources = [{{ id = "bonds", per_piece = [{{ storeys_to = 9, amount = "10" }}], over = "served" }}]
        maintenance = {{ target_per_area = "45" }}
        relief = {{ rates = {{ dibao = "1" }}, most = "5" }}
        [grounds]
        odd_fen = ["here/1"]
        uses = ["here/1"]
        sources = ["here/1"]
        maintenance = ["here/1"]
        relief = ["here/1"]
        "#
    );
    let mut packs = Packs::default();
    packs.add(&Document::from_toml(pack.as_bytes()).expect("TOML")).expect("a pack");
    let read = |plan: &Value| {
        let document = Document::from_json(plan.to_string().as_bytes()).expect("JSON").into_owned();
        Plan::read_with(&document, None, &packs).unwrap_or_else(|problems| panic!("{problems}"))
    };
    let mut own = json!({
        "fentan": 1, "policy": "here",
        "lines": [{ "id": "gate", "amount": "20.02", "storeys": 6 }],
        "uses": { "shop": { "factor": "1" } },
        "households": [{ "id": "101", "area": "60" }, { "id": "102", "area": "60", "use": "shop" },
            { "id": "103", "area": "60" }, { "id": "g", "area": "9", "use": "garage" }],
    });
    let filled = read(&own);
    let shares = |plan: &Plan| -> Vec<String> {
        let split = split(plan).expect("a split");
        split.households.iter().map(|household| household.share.to_string()).collect()
    };
    // 10.02 is left, and the garage has no part in it.
    assert_eq!(shares(&filled), ["3.34", "3.34", "3.34", "0.00"]);
    assert!(filled.filled_at("uses.garage").is_some() && filled.filled_at("uses.shop").is_none());
    assert!(filled.filled_at("sources[0].per_piece[0].amount").is_some());
    assert!(filled.filled_at("maintenance.target_per_area").is_some());
    assert!(filled.filled_at("relief.most").is_some());
    own["lines"][0]["amount"] = json!("20.03");
    assert_eq!(shares(&read(&own)), ["3.34", "3.34", "3.35", "0.00"]);
    own["odd_fen"] = json!({ "lots": "2026" });
    own["maintenance"] = json!({ "target": "50%" });
    let own = read(&own);
    assert_eq!(own.odd_fen().as_str(), "lots");
    assert!(own.filled_at("odd_fen").is_none() && own.filled_at("odd_fen.lots").is_none());
    assert!(own.filled_at("maintenance.target_per_area").is_none());
}

/// Its text sets no figure.
#[test]
fn puyang_brings_no_value_but_the_threshold_of_the_decree() {
    let plan =
        plan(&json!({ "fentan": 1, "policy": "puyang-2020", "lines": [], "households": [] }));
    let paths: Vec<_> = plan.filled().iter().map(|filled| filled.path.as_str()).collect();
    assert_eq!(paths, ["maintenance.threshold"]);
    let without = read(&json!({ "fentan": 1, "lines": [], "households": [] })).expect("a plan");
    let same: Rate = without.maintenance().threshold;
    assert_eq!(plan.maintenance().threshold, same);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn puyang_changes_no_figure_of_any_plan(plan in crate::plans::plan()) {
        let mut with = plan.clone();
        with["policy"] = json!("puyang-2020");
        prop_assert_eq!(
            fentan_tests::answer(with.to_string().as_bytes()),
            fentan_tests::answer(plan.to_string().as_bytes())
        );
    }
}

/// What is filled in is the same work for ten households and ten thousand.
#[test]
fn the_roster_is_not_touched() {
    let allocations = |households: usize, policy: bool| {
        let households: Vec<_> =
            (0..households).map(|id| json!({ "id": id.to_string(), "area": "60" })).collect();
        let mut plan = three_tiers("wenzhou-2020");
        plan["households"] = json!(households);
        if !policy {
            plan.as_object_mut().expect("a plan").remove("policy");
        }
        let bytes = plan.to_string().into_bytes();
        let document = Document::from_json(&bytes).expect("a document");
        let read = || drop(Plan::read(&document, None).expect("a plan"));
        read();
        allocation_counter::measure(read).bytes_total
    };
    let added = |households| allocations(households, true) - allocations(households, false);
    let (few, many) = (added(10), added(10_000));
    println!("a policy adds {few} bytes to 10 households, {many} to 10,000");
    assert_eq!(few, many);
}
