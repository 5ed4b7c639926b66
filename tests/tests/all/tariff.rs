//! What is made public of every example and vector, and of plans of every feature: estimates by it
//! against the full split, and that it tells nothing of a household.

use std::collections::BTreeSet;

use fentan_core::plan::OddFen;
use fentan_core::tariff::{Basis, Edition, Estimate, Flat, Tariff, estimate};
use fentan_core::{Code, Document, Error, Fen, Packs, Plan, Problems, Split, split};
use fentan_tests::{examples, vectors};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn edition() -> Edition {
    Edition::read(3, "2026-11-27").expect("an edition")
}

/// A plan that can be split, as JSON with its roster in it.
struct Case {
    name: String,
    json: Value,
    plan: Plan,
    split: Split,
    tariff: Tariff,
}

impl Case {
    fn of(name: &str, json: Value) -> Option<Case> {
        let plan = read(&json)?;
        let split = split(&plan).ok()?;
        let tariff = match Tariff::publish(&plan, &Packs::default(), &edition()) {
            Err(Error::Problems(problems)) if lacks_too_much(&problems) => return None,
            published => published.expect("a tariff"),
        };
        Some(Case { name: name.to_owned(), json, plan, split, tariff })
    }

    fn published(&self) -> String {
        serde_json::to_string(&self.tariff.to_document()).expect("JSON")
    }

    /// The flat of a household, told as its resident would.
    fn flat(&self, index: usize) -> Value {
        let household = &self.json["households"][index];
        let mut flat = Map::new();
        for field in ["building", "unit", "floor", "area", "use", "hardship"] {
            if let Some(value) = household.get(field) {
                flat.insert(field.to_owned(), value.clone());
            }
        }
        // In none of the buildings.
        flat.entry("building").or_insert_with(|| json!(""));
        flat.entry("unit").or_insert_with(|| json!(""));
        let weights = household.get("weights").and_then(Value::as_object);
        let weights = weights.into_iter().flatten();
        let weights = weights.filter(|(column, _)| self.tariff.columns.contains(column));
        flat.insert("weights".to_owned(), weights.map(|(k, v)| (k.clone(), v.clone())).collect());
        let lines = self.tariff.lines.iter().zip(self.plan.lines());
        let served = lines.filter(|(told, line)| {
            told.shared.as_ref().is_some_and(|shared| shared.serves.homes)
                && self.plan.beneficiaries(line).contains(&(index as u32))
        });
        flat.insert("served".to_owned(), served.map(|(line, _)| json!(line.id)).collect());
        Value::Object(flat)
    }

    fn estimate(&self, index: usize) -> Estimate {
        let flat = self.flat(index).to_string();
        let document = Document::from_json(flat.as_bytes()).expect("JSON");
        let flat = Flat::read(&document, &self.tariff);
        estimate(&self.tariff, &flat.unwrap_or_else(|problems| panic!("{problems}")))
    }

    /// Asserts that what is estimated for every household is what the split says of it, as far
    /// from it at most as the estimate says.
    #[track_caller]
    fn assert_estimated(&self) {
        for (index, household) in self.split.households.iter().enumerate() {
            let found = self.estimate(index);
            let name = format!("{}, household {}: {found:?}", self.name, household.id);
            // What is withheld can't be estimated, which is said.
            let withheld: BTreeSet<usize> = found.withheld.iter().copied().collect();
            if !withheld.is_empty() {
                let is_withheld = |line: &usize| {
                    let shared = self.tariff.lines[*line].shared.as_ref();
                    shared.is_some_and(|shared| shared.basis == Basis::Withheld)
                };
                assert!(withheld.iter().all(is_withheld), "{name}");
                continue;
            }
            let within = |one: Fen, other: Fen| one.0.abs_diff(other.0) <= u128::from(found.fen);
            assert!(within(found.share, household.share), "{name}, share {}", household.share);
            assert!(within(found.relief, household.relief), "{name}, relief {}", household.relief);
            assert!(household.borne <= found.others_relief, "{name}, borne {}", household.borne);
            let due = household.due.less(household.individual);
            assert!(found.least <= due && due <= found.most, "{name}, due {due}");
            assert!(found.least <= found.due && found.due <= found.most, "{name}");
            assert!(found.unsaid.iter().all(|&line| {
                !self.plan.beneficiaries(&self.plan.lines()[line]).contains(&(index as u32))
            }));
        }
    }
}

/// Whether more is lacking to a minimum than may be written.
fn lacks_too_much(problems: &Problems) -> bool {
    problems.iter().all(|one| one.code() == Code::TooLarge && one.path == "missing")
}

fn read(json: &Value) -> Option<Plan> {
    let bytes = json.to_string();
    Plan::read(&Document::from_json(bytes.as_bytes()).ok()?, None).ok()
}

fn cases() -> Vec<Case> {
    let vectors = vectors()
        .filter_map(|vector| Some((vector.name, serde_json::from_slice(vector.plan).ok()?)));
    vectors.chain(examples()).filter_map(|(name, json)| Case::of(name, json)).collect()
}

#[test]
fn every_household_of_every_example_and_vector_is_estimated_as_it_is_split() {
    let cases = cases();
    assert!(cases.len() >= 24);
    cases.iter().for_each(Case::assert_estimated);
}

#[test]
fn without_relief_and_minimum_an_estimate_is_off_by_a_fen_a_line_at_most() {
    for case in cases() {
        if case.tariff.relieved_fewer_than.is_some() || case.tariff.minimum.is_some() {
            continue;
        }
        for index in 0..case.split.households.len() {
            let found = case.estimate(index);
            assert!(found.most.0 - found.least.0 <= u128::from(found.fen), "{}", case.name);
            // The last in the roster may get all fen that the others leave.
            let of_one = match case.tariff.odd_fen {
                OddFen::Last => case.tariff.households - 1,
                _ => 1,
            };
            assert!(found.fen <= of_one * found.lines.len() as u64);
        }
    }
}

#[test]
fn what_is_published_is_read_back() {
    for case in cases() {
        let published = case.published();
        let document = Document::from_json(published.as_bytes()).expect("JSON");
        assert_eq!(Tariff::read(&document).as_ref(), Ok(&case.tariff), "{}", case.name);
    }
}

#[test]
fn the_example_of_a_county_s_page_shows_what_its_plans_publish() {
    let published: [(&str, &str); 2] = [
        ("puyang", include_str!("../../../examples/county-site/tariff.json")),
        ("lift-guangzhou", include_str!("../../../examples/county-site/lift.json")),
    ];
    let cases = cases();
    for (name, text) in published {
        let read = Tariff::read(&Document::from_json(text.as_bytes()).expect("JSON"));
        let tariff = read.unwrap_or_else(|problems| panic!("{name}: {problems}"));
        // A worked case may have the name, too, and comes before the examples.
        let case = cases.iter().rfind(|case| case.name == name).expect("the example");
        let again = Tariff::publish(&case.plan, &Packs::default(), &tariff.edition);
        assert_eq!(again.expect("a tariff").digest, tariff.digest, "{name}");
    }
}

/// Every text and number in a value, keys included.
fn texts(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(list) => list.iter().for_each(|value| texts(value, found)),
        Value::Object(fields) => fields.iter().for_each(|(key, value)| {
            found.insert(key.clone());
            texts(value, found);
        }),
        Value::String(text) => {
            found.insert(text.clone());
        }
        Value::Number(number) => {
            found.insert(number.to_string());
        }
        Value::Null | Value::Bool(_) => {}
    }
}

#[test]
fn what_is_published_names_no_household_and_tells_none_of_its_figures() {
    for case in cases() {
        let published: Value = serde_json::from_str(&case.published()).expect("JSON");
        let mut found = BTreeSet::new();
        texts(&published, &mut found);
        // Rates of relief are a rule; who gets it is not.
        let rules = published["relief"]["rates"].as_object().cloned().unwrap_or_default();
        let lines = published["lines"].as_array().expect("lines");
        for household in case.json["households"].as_array().expect("a roster") {
            for field in ["id", "name", "note", "owner", "payer", "fund_balance", "fund_first"] {
                let private = household.get(field).and_then(Value::as_str);
                // An empty account is nobody's in particular.
                let Some(private) = private.filter(|&private| private != "0") else {
                    continue;
                };
                let tells = |text: &String| {
                    text == private || (private.len() > 6 && text.contains(private))
                };
                assert!(!found.iter().any(tells), "{}: {field} {private}", case.name);
            }
            if let Some(code) = household.get("hardship").and_then(Value::as_str) {
                assert!(rules.contains_key(code));
                assert!(!lines.iter().any(|line| line.to_string().contains(code)));
            }
        }
    }
}

/// What may be changed of the roster without a word of the tariff changing.
fn with_other_private_data(case: &Case, seed: usize) -> Value {
    let mut json = case.json.clone();
    let renamed = |index: usize| format!("home {index} of {seed}");
    let ids: Vec<String> = json["households"]
        .as_array()
        .expect("a roster")
        .iter()
        .map(|household| household["id"].as_str().expect("an id").to_owned())
        .collect();
    let index_of = |id: &str| ids.iter().position(|one| one == id).expect("a household");
    let relieved: Vec<Value> = json["households"]
        .as_array_mut()
        .expect("a roster")
        .iter_mut()
        .enumerate()
        .map(|(index, household)| {
            let household = household.as_object_mut().expect("a household");
            let hardship = household.remove("hardship").unwrap_or_default();
            for field in ["payer", "payer_share", "provident", "in_kind", "note", "vote"] {
                household.remove(field);
            }
            household.insert("id".to_owned(), json!(renamed(index)));
            household.insert("name".to_owned(), json!(format!("Name {index}")));
            household.insert("owner".to_owned(), json!(format!("Owner {}", index / 2)));
            household
                .insert("fund_balance".to_owned(), json!(format!("{seed}.{:02}", index % 100)));
            hardship
        })
        .collect();
    // The same hardships with other households.
    let count = relieved.len();
    for (index, hardship) in relieved.into_iter().enumerate().filter(|(_, one)| !one.is_null()) {
        let roster = json["households"].as_array_mut().expect("a roster");
        let mut free = (0..count).map(|step| (index * 7 + seed + step) % count);
        let at = free.find(|&at| roster[at].get("hardship").is_none()).expect("room");
        roster[at]["hardship"] = hardship;
    }
    for line in json["lines"].as_array_mut().expect("lines") {
        if let Some(charges) = line.get_mut("charges").and_then(Value::as_object_mut) {
            *charges = std::mem::take(charges)
                .into_iter()
                .map(|(id, charge)| (renamed(index_of(&id)), charge))
                .collect();
        }
        if let Some(homes) = line.pointer_mut("/scope/households").and_then(Value::as_array_mut) {
            for home in homes {
                *home = json!(renamed(index_of(home.as_str().expect("an id"))));
            }
        }
    }
    json
}

#[test]
fn nothing_published_depends_on_who_is_in_need_or_on_any_account() {
    let mut compared = 0;
    for case in cases() {
        for seed in 1..6 {
            let json = with_other_private_data(&case, seed);
            // With other households in need, nobody may be left to bear a line's relief.
            if let Some(other) = Case::of(&case.name, json) {
                assert_eq!(other.published(), case.published(), "{}", case.name);
                compared += usize::from(case.tariff.relieved_fewer_than.is_some());
            }
        }
    }
    assert!(compared > 50, "only {compared} were compared");
}

#[test]
fn of_households_in_need_only_steps_of_five_are_told() {
    let plan = |in_need: usize| {
        let households: Vec<Value> = (0..12)
            .map(|index| {
                let mut one =
                    json!({ "id": format!("home-{index}"), "area": "60", "floor": index });
                if index < in_need {
                    one["hardship"] = json!("dibao");
                }
                one
            })
            .collect();
        json!({ "fentan": 1, "households": households,
            "lines": [{ "id": "roof", "amount": "9000" }, { "id": "lift", "amount": "900",
                "share_by": { "table": "lift" } }],
            "tables": { "lift": (0..12).map(|floor| (floor.to_string(), json!("1"))).collect::<Map<_, _>>() },
            "sources": [{ "id": "county", "amount": "3000" }],
            "relief": { "rates": { "dibao": "1" } },
            "minimum": { "per_household": "700", "reduces": ["county"] } })
    };
    let published = |in_need| {
        let case = Case::of("steps", plan(in_need)).expect("a plan");
        case.assert_estimated();
        case.published()
    };
    for in_need in 1..5 {
        assert_eq!(published(in_need), published(0), "{in_need}");
    }
    assert_ne!(published(5), published(4));
    for in_need in 6..10 {
        assert_eq!(published(in_need), published(5), "{in_need}");
    }
}

#[test]
fn a_few_households_weights_are_not_told() {
    let plan = json!({ "fentan": 1,
        "households": (0..8).map(|index| json!({
            "id": format!("home-{index}"), "building": (index / 6).to_string(), "area": "60",
            "weights": { "heads": index.to_string() } })).collect::<Vec<_>>(),
        "lines": [
            { "id": "all", "amount": "80", "share_by": { "column": "heads" } },
            { "id": "two", "amount": "20", "share_by": { "column": "heads" },
              "scope": { "buildings": ["1"] } },
            { "id": "six", "amount": "60", "share_by": { "column": "heads" },
              "scope": { "buildings": ["0"] } } ] });
    let case = Case::of("weights", plan).expect("a plan");
    let withheld: Vec<bool> = case
        .tariff
        .lines
        .iter()
        .map(|line| line.shared.as_ref().is_some_and(|line| line.basis == Basis::Withheld))
        .collect();
    // Two are few, and six are all but two.
    assert_eq!(withheld, [false, true, true]);
    case.assert_estimated();
}

#[test]
fn a_name_that_holds_a_households_is_left_out() {
    let plan = json!({ "fentan": 1, "name": "Home of Li Ming",
        "households": [{ "id": "3-1-101", "area": "60", "owner": "Li Ming" },
            { "id": "3-1-1011", "area": "60" }],
        "lines": [{ "id": "a", "name": "door of 3-1-101", "amount": "1" },
            { "id": "b", "name": "door of 3-1-10", "amount": "1" }],
        "sources": [{ "id": "c", "name": "李明捐资 3-1-1011号", "amount": "0.5" }] });
    let case = Case::of("names", plan).expect("a plan");
    let names: Vec<Option<&str>> =
        case.tariff.lines.iter().map(|line| line.name.as_deref()).collect();
    assert_eq!(names, [None, Some("door of 3-1-10")]);
    assert_eq!((case.tariff.name.as_deref(), case.tariff.payers[0].name.as_deref()), (None, None));
}

/// The codes and paths of what is wrong with a tariff.
fn problems(json: &Value) -> Vec<(Code, String)> {
    let text = json.to_string();
    let read = Document::from_json(text.as_bytes()).and_then(|document| Tariff::read(&document));
    let problems = read.expect_err("a refusal");
    problems.iter().map(|problem| (problem.code(), problem.path.clone())).collect()
}

#[test]
fn a_tariff_that_was_changed_is_refused() {
    let case = cases().into_iter().find(|case| case.name == "puyang").expect("the example");
    let published: Value = serde_json::from_str(&case.published()).expect("JSON");
    let refused = |path: &str, value: Value| {
        let mut json = published.clone();
        *json.pointer_mut(path).unwrap_or_else(|| panic!("no {path}")) = value;
        problems(&json)
    };
    let is = |code, path: &str| vec![(code, path.to_owned())];
    assert_eq!(refused("/date", json!("2026-11-28")), is(Code::BadDigest, "digest"));
    for none in ["2026", "2026-02-31", "2026-99-99"] {
        assert_eq!(refused("/date", json!(none)), is(Code::BadType, "date"));
    }
    assert_eq!(refused("/digest", json!("abc")), is(Code::BadDigest, "digest"));
    assert_eq!(refused("/lines/0/amount", json!("1")), is(Code::BadSum, "lines[0].amount"));
    assert_eq!(refused("/lines/0/weight", json!("-1")), is(Code::Negative, "lines[0].weight"));
    assert_eq!(refused("/edition", json!(0)), is(Code::Negative, "edition"));
    assert_eq!(refused("/fentan_tariff", json!(2)), is(Code::UnknownVersion, "fentan_tariff"));
    assert_eq!(refused("/lines", json!({})), is(Code::BadType, "lines"));
    let one = refused("/payers/0", json!({ "id": "<img src=x onerror=alert(1)>", "more": 1 }));
    assert!(one.contains(&(Code::UnknownField, "payers[0].more".to_owned())), "{one:?}");
    assert!(!problems(&json!([])).is_empty() && !problems(&json!({})).is_empty());
}

#[test]
fn a_flat_that_can_not_be_is_refused() {
    let case = cases().into_iter().find(|case| case.name == "puyang").expect("the example");
    let refused = |flat: Value| {
        let text = flat.to_string();
        let read = Flat::read(&Document::from_json(text.as_bytes()).expect("JSON"), &case.tariff);
        let problems = read.expect_err("a refusal");
        problems.iter().map(|one| (one.code().as_str(), one.path.clone())).collect::<Vec<_>>()
    };
    let is = |code, path: &str| vec![(code, path.to_owned())];
    let flat = case.flat(0);
    let with = |name: &str, value: Value| {
        let mut flat = flat.clone();
        flat[name] = value;
        flat
    };
    assert_eq!(refused(with("building", json!("99"))), is("unknown-id", "building"));
    assert_eq!(refused(with("unit", json!("99"))), is("unknown-id", "unit"));
    assert_eq!(refused(with("area", json!("0"))), is("negative", "area"));
    assert_eq!(refused(with("area", json!(62.35))), is("float", "area"));
    assert_eq!(refused(with("hardship", json!("poor"))), is("unknown-id", "hardship"));
    assert_eq!(refused(with("served", json!(["water"]))), is("unknown-id", "served[0]"));
    assert_eq!(refused(with("weights", json!({}))).len(), case.tariff.columns.len());
    assert!(refused(json!({})).contains(&("missing-field", "area".to_owned())));
    assert!(refused(json!({ "area": "60" })).contains(&("missing-field", "building".to_owned())));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn plans_of_every_feature_are_estimated_as_they_are_split(json in crate::plans::plan()) {
        if let Some(case) = Case::of("generated", json) {
            case.assert_estimated();
        }
    }
}
