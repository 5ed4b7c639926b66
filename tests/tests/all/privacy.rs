//! What a neighbour can work out: they hold their own statement and know all that is public, areas,
//! floors and rules, try who may be in need, and compare to the fen.

use fentan_core::policy::Check;
use fentan_core::tariff::{Basis, Edition, Tariff};
use fentan_core::{Document, Fen, Finding, Packs, Plan, findings, split};
use serde_json::{Value, json};

/// Two lines over flats of areas that differ, as in a unit that gets a lift.
fn unit(flats: usize) -> Value {
    let households = (0..flats).map(|flat| {
        json!({ "id": format!("1-1-{}0{}", flat / 2 + 1, flat % 2 + 1), "floor": flat / 2 + 1,
            "area": format!("{}.{}", 55 + 7 * (flat % 5), 13 * flat % 10) })
    });
    let floors =
        (0..flats.div_ceil(2)).map(|floor| ((floor + 1).to_string(), json!(format!("{floor}.5"))));
    json!({
        "fentan": 1,
        "lines": [
            { "id": "lift", "amount": "480000", "share_by": { "table": "lift", "within": "area" } },
            { "id": "roof", "amount": "61234.56" },
        ],
        "tables": { "lift": floors.collect::<serde_json::Map<_, _>>() },
        "sources": [{ "id": "county", "rate": "40%" }],
        "relief": { "rates": { "dibao": "100%", "disabled": "30%" } },
        "households": households.collect::<Vec<_>>(),
    })
}

const CODES: [&str; 2] = ["dibao", "disabled"];

/// Who is in need, and why: places in the roster with codes.
type Guess = Vec<(usize, &'static str)>;

fn with(plan: &Value, guess: &Guess) -> Value {
    let mut plan = plan.clone();
    for household in plan["households"].as_array_mut().expect("a roster") {
        household.as_object_mut().expect("a household").remove("hardship");
    }
    for &(home, code) in guess {
        plan["households"][home]["hardship"] = json!(code);
    }
    plan
}

fn read(plan: &Value) -> Plan {
    let bytes = plan.to_string();
    let document = Document::from_json(bytes.as_bytes()).expect("JSON");
    Plan::read(&document, None).unwrap_or_else(|problems| panic!("{problems}"))
}

fn found(plan: &Value) -> Vec<Finding> {
    let plan = read(plan);
    let mut found = findings(&plan, &split(&plan).expect("a split"), &Packs::default());
    let is_of_privacy =
        |one: &Finding| matches!(one.check, Check::ReliefSinglesOut | Check::ReliefShows);
    found.retain(is_of_privacy);
    found
}

/// All that a statement says of one household.
fn statement(plan: &Value, home: usize) -> Option<String> {
    let split = split(&read(plan)).ok()?;
    Some(serde_json::to_string(&split.households[home]).expect("JSON"))
}

/// Every guess at so many households but the neighbour's own.
fn guesses(flats: usize, in_need: usize, neighbour: usize) -> Vec<Guess> {
    let mut all: Vec<Guess> = vec![Vec::new()];
    for _ in 0..in_need {
        let longer = all.into_iter().flat_map(|guess: Guess| {
            let from = guess.last().map_or(0, |&(home, _)| home + 1);
            (from..flats).filter(move |&home| home != neighbour).flat_map(move |home| {
                let guess = guess.clone();
                CODES.map(|code| [guess.clone(), vec![(home, code)]].concat())
            })
        });
        all = longer.collect();
    }
    all
}

/// The guesses that give a neighbour's statement to the fen.
fn attack(plan: &Value, in_need: usize, neighbour: usize) -> Vec<Guess> {
    let flats = plan["households"].as_array().expect("a roster").len();
    let statement_held = statement(plan, neighbour).expect("a split");
    let fits =
        |guess: &Guess| statement(&with(plan, guess), neighbour) == Some(statement_held.clone());
    guesses(flats, in_need, neighbour).into_iter().filter(fits).collect()
}

fn offered(finding: &Finding) -> Value {
    serde_json::to_value(finding).expect("JSON")["values"].clone()
}

fn with_pot(plan: &Value, amount: &Value) -> Value {
    let mut plan = plan.clone();
    plan["relief"]["pot"] = json!({ "id": "civil-affairs", "amount": amount });
    plan
}

#[test]
fn a_neighbour_finds_who_is_in_need_unless_the_pot_that_is_offered_carries_all() {
    let cases: [(usize, Guess); 2] =
        [(12, vec![(7, "disabled")]), (12, vec![(2, "dibao"), (9, "disabled")])];
    for (flats, truth) in cases {
        let plan = with(&unit(flats), &truth);
        let in_need = truth.len();
        assert_eq!(attack(&plan, in_need, 4), [truth], "the attack itself");
        let findings = found(&plan);
        let [finding] = findings.as_slice() else { panic!("{findings:?}") };
        assert_eq!(
            (finding.check.as_str(), finding.path.as_str()),
            ("relief-singles-out", "relief.pot")
        );
        let offered = offered(finding);
        assert_eq!(offered["count"], in_need);

        // The least pot that carries all is exact: with a fen less something is borne.
        let least = |plan: &Value| with_pot(plan, &offered["least"]);
        let borne = |plan: &Value| -> Fen {
            let split = split(&read(plan)).expect("a split");
            split.households.iter().map(|one| one.borne).sum()
        };
        assert_eq!(borne(&least(&plan)), Fen::ZERO);
        let fen: u128 =
            offered["least"].as_str().expect("money").replace('.', "").parse().expect("fen");
        let less = json!(Fen(fen - 1).to_string());
        assert_eq!(borne(&with_pot(&plan, &less)), Fen(1));

        let plan = with_pot(&plan, &offered["pot"]);
        assert_eq!(found(&plan), []);
        let all = guesses(flats, in_need, 4).len();
        assert_eq!(attack(&plan, in_need, 4).len(), all, "every guess fits: nothing is told");
    }
}

/// A pot that is just enough tells who is in need by itself, once it is public; that which is offered
/// is the same whoever it is.
#[test]
fn the_pot_that_is_offered_is_the_same_whoever_is_in_need() {
    let plan = unit(12);
    let of = |guess: &Guess| offered(&found(&with(&plan, guess))[0]);
    let mut least = std::collections::BTreeMap::new();
    let mut pots = std::collections::BTreeSet::new();
    for guess in guesses(12, 1, 12).into_iter().chain(guesses(12, 2, 12).into_iter().step_by(9)) {
        let offered = of(&guess);
        pots.insert(offered["pot"].to_string());
        least.entry(offered["least"].to_string()).or_insert_with(Vec::new).push(guess);
    }
    assert_eq!(pots.len(), 1, "{pots:?}");
    assert!(least.values().filter(|guesses| guesses.len() == 1).count() > 20);
    // With it, the tariff promises that nothing is borne.
    let pot: Value = serde_json::from_str(pots.first().expect("one")).expect("JSON");
    let plan = read(&with_pot(&with(&plan, &vec![(3, "dibao")]), &pot));
    let edition = Edition::read(1, "2026-11-27").expect("an edition");
    let tariff = Tariff::publish(&plan, &Packs::default(), &edition).expect("a tariff");
    let mut lines = tariff.lines.iter().filter_map(|line| line.shared.as_ref());
    assert!(lines.all(|line| line.others_relief.is_some_and(|rate| rate.is_zero())));
}

#[test]
fn where_many_have_relief_or_none_nothing_is_told() {
    let plan = unit(40);
    assert_eq!(found(&plan), []);
    let many: Guess = (0..20).map(|home| (home, CODES[home % 2])).collect();
    assert_eq!(found(&with(&plan, &many)), []);
    // Six of twelve can be tried: half a million guesses.
    let half: Guess = (0..6).map(|home| (home, "disabled")).collect();
    assert_eq!(found(&with(&unit(12), &half)).len(), 1);
}

/// Two more ways by which a neighbour's figures depend on who is in need, whatever the pot.
#[test]
fn figures_that_depend_on_relief_whatever_the_pot_are_told() {
    let truth = vec![(7, "dibao")];
    let mut plan = with_pot(&with(&unit(12), &truth), &json!("999999"));
    plan["minimum"] = json!({ "per_household": "900000", "reduces": ["county"] });
    let finding = found(&plan);
    assert_eq!(finding.len(), 1, "{finding:?}");
    assert_eq!((finding[0].check.as_str(), finding[0].path.as_str()), ("relief-shows", "minimum"));
    assert_eq!(attack(&plan, 1, 4).iter().filter(|guess| guess[0].0 == 7).count(), 2);
    plan["minimum"]["per_household"] = json!("1000");
    assert_eq!(found(&plan), []);

    let mut plan = with_pot(&with(&unit(12), &truth), &json!("999999"));
    plan["channels"] = json!([{ "kind": "public_revenue", "amount": "9000", "over": "owing" }]);
    let finding = found(&plan);
    assert_eq!(finding.len(), 1, "{finding:?}");
    assert_eq!(
        (finding[0].check.as_str(), finding[0].path.as_str()),
        ("relief-shows", "channels[0].over")
    );
    plan["channels"][0]["over"] = json!("all");
    assert_eq!(found(&plan), []);
}

fn publish(plan: &Value) -> Tariff {
    let edition = Edition::read(1, "2026-11-27").expect("an edition");
    Tariff::publish(&read(plan), &Packs::default(), &edition).expect("a tariff")
}

/// Forty flats in three buildings by the heads in them: all, 1 and 2 would tell the only one of 3.
#[test]
fn weights_that_subtract_to_one_home_by_three_lines_are_withheld() {
    let homes = (0..40).map(|home| {
        let building = if home < 15 {
            "1"
        } else if home < 39 {
            "2"
        } else {
            "3"
        };
        json!({ "id": format!("home-{home}"), "building": building, "area": "60",
            "weights": { "heads": (home % 5 + 1).to_string() } })
    });
    let line = |id: &str, scope: Value| {
        let mut line = json!({ "id": id, "amount": "1000", "share_by": { "column": "heads" } });
        if !scope.is_null() {
            line["scope"] = json!({ "buildings": [scope] });
        }
        line
    };
    let plan = json!({ "fentan": 1, "households": homes.collect::<Vec<_>>(),
        "lines": [line("all", Value::Null), line("one", json!("1")), line("two", json!("2"))] });
    let tariff = publish(&plan);
    let lines = tariff.lines.iter().filter_map(|line| line.shared.as_ref());
    let told: Vec<bool> = lines.map(|line| line.basis != Basis::Withheld).collect();
    assert_eq!(told, [true, true, false]);
}

/// Six homes, of which five may be in need: the weight that would be left is that of one.
#[test]
fn what_is_borne_on_a_column_tells_no_weight_of_a_few() {
    let plan = |homes: usize| {
        let homes = (0..homes).map(|home| {
            json!({ "id": format!("home-{home}"), "area": "60",
                "weights": { "heads": (home + 1).to_string() } })
        });
        json!({ "fentan": 1, "households": homes.collect::<Vec<_>>(),
            "lines": [{ "id": "gate", "amount": "1000", "share_by": { "column": "heads" } }],
            "relief": { "rates": { "disabled": "30%" } } })
    };
    let rate =
        |homes| publish(&plan(homes)).lines[0].shared.as_ref().expect("shared").others_relief;
    assert_eq!((rate(6), rate(10)), (None, None));
    assert!(rate(11).is_some());
}

#[test]
fn a_text_that_names_a_household_is_left_out_in_any_spelling() {
    let homes = json!([
        { "id": "1-1-101", "area": "60", "name": "张三（老）" },
        { "id": "501", "area": "60", "owner": "Zhang San" },
        { "id": "3#2-1203", "area": "60", "owner": "李四、王五" },
    ]);
    let named = |text: &str| {
        let plan = json!({ "fentan": 1, "households": homes,
            "lines": [{ "id": "a", "name": text, "amount": "1" }] });
        publish(&plan).lines[0].name.is_none()
    };
    for text in [
        "张三家门窗",
        "张 三",
        "张　三",
        "ZHANG SAN 门",
        "zhangsan",
        "ｚｈａｎｇ ｓａｎ",
        "1－1－101",
        "1—1—101 门",
        "1号楼1单元101室",
        "1 号楼 1 单元 101",
        "501室困难补助",
        "501 户",
        "3号楼2-1203",
        "王五家",
        "door of 1-1-101",
    ] {
        assert!(named(text), "{text}");
    }
    for text in [
        "1-1-1011",
        "11-1-101",
        "1号楼1单元",
        "501 国道",
        "1501室",
        "张先生",
        "屋面防水 501m²",
        "Zhangsanity",
        "101室外管网",
    ] {
        assert!(!named(text), "{text}");
    }
}
