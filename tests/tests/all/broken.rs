//! Files damaged at random: a result or problems, never a panic, and never a result that does
//! not add up.

use fentan_core::{Document, Error, Explainer, Figure, HouseholdFigure, Plan, RosterFile, split};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

/// What damage puts in: what the formats are made of, and what they are not.
const PIECES: &[&str] = &[
    "",
    "\"",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    ".",
    "-",
    "0",
    "9",
    "%",
    "/",
    "\n",
    "=",
    "#",
    "\0",
    "e",
    "null",
    "true",
    "\"id\"",
    "\"amount\": 1e9",
    "99999999999999999999",
    "\u{feff}",
    "\u{ff11}",
    "万",
    "\"share_by\": {\"table\": \"lift\"}",
    "\"charges\": {}",
    "[[lines]]\n",
    "charge:a",
    "'",
    "\\u",
];

fn damaged(mut text: Vec<u8>, damage: &[(Index, Index, Index)]) -> Vec<u8> {
    for (place, length, piece) in damage {
        let start = place.index(text.len() + 1);
        let end = (start + length.index(4)).min(text.len());
        text.splice(start..end, piece.get(PIECES).bytes());
    }
    text
}

fn damage() -> impl Strategy<Value = Vec<(Index, Index, Index)>> {
    vec((any::<Index>(), any::<Index>(), any::<Index>()), 1..6)
}

fn answer(document: Result<Document<'_>, fentan_core::Problems>, roster: Option<RosterFile<'_>>) {
    let plan = document.and_then(|document| Plan::read(&document, roster));
    let Ok(plan) = plan else {
        return;
    };
    match split(&plan) {
        Ok(_) => {
            let explainer = Explainer::new(&plan).expect("a plan that can be split");
            let figure = HouseholdFigure::Cash;
            explainer.reason(Figure::Of { household: 0, figure });
        }
        Err(Error::Problems(problems)) => assert!(!problems.is_empty()),
        Err(Error::Unreconciled(unreconciled)) => panic!("{unreconciled}"),
    }
}

fn example(name: &str) -> Vec<u8> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    std::fs::read(folder.join(name)).expect("an example")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn plans_in_json(which in any::<Index>(), damage in damage()) {
        let vectors: Vec<_> = fentan_tests::vectors().collect();
        let bytes = damaged(which.get(&vectors).plan.to_vec(), &damage);
        answer(Document::from_json(&bytes), None);
    }

    #[test]
    fn plans_in_toml(damage in damage()) {
        let roster = example("puyang/households.csv");
        let bytes = damaged(example("puyang/plan.toml"), &damage);
        let roster = RosterFile { file: "households.csv", bytes: &roster };
        answer(Document::from_toml(&bytes), Some(roster));
    }

    #[test]
    fn rosters(damage in damage()) {
        let plan = example("puyang/plan.toml");
        let bytes = damaged(example("puyang/households.csv"), &damage);
        let roster = RosterFile { file: "households.csv", bytes: &bytes };
        answer(Document::from_toml(&plan), Some(roster));
    }
}

/// A lift of four homes: two have no floor, and two live where the table has none.
#[test]
fn every_home_without_a_coefficient_is_named() {
    let plan = br#"{ "fentan": 1,
        "lines": [{ "id": "lift", "amount": "100", "share_by": { "table": "lift" } }],
        "tables": { "lift": { "1": "0" } },
        "households": [{ "id": "25H", "area": "60" }, { "id": "12D", "area": "60" },
            { "id": "A01", "area": "60", "floor": 1 }, { "id": "B02", "area": "60", "floor": 2 },
            { "id": "B03", "area": "60", "floor": 2 }] }"#;
    let document = fentan_core::Document::from_json(plan).expect("JSON");
    let problems = fentan_core::Plan::read(&document, None).expect_err("problems");
    let [problem] = problems.iter().collect::<Vec<_>>()[..] else { panic!("{problems}") };
    assert_eq!(problem.path, "lines[0].share_by.table");
    assert_eq!(problem.households().collect::<Vec<_>>(), ["B02", "B03", "25H", "12D"]);
}

#[test]
fn a_problem_of_a_household_tells_whose_it_is() {
    let plan = br#"{ "fentan": 1, "lines": [{ "id": "waste", "amount": "100", "share_by": { "column": "heads" } }],
        "households": [{ "id": "1", "area": "60", "weights": { "heads": "2" } }, { "id": "2", "area": "60" },
            { "id": "3" }] }"#;
    let document = fentan_core::Document::from_json(plan).expect("JSON");
    let problems = fentan_core::Plan::read(&document, None).expect_err("problems");
    let told = problems.iter().map(|one| (one.path.as_str(), one.household.as_deref()));
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            ("households[2].area", Some("3")),
            ("households[1].weights.heads", Some("2")),
            ("households[2].weights.heads", Some("3")),
        ]
    );
    // In a table its row leads to it.
    let plan = fentan_core::Document::from_json(br#"{ "fentan": 1, "lines": [] }"#).expect("JSON");
    let roster = fentan_core::RosterFile { file: "a:b.csv", bytes: b"id,area\n1,60\n\n2,x\n" };
    let problems = fentan_core::Plan::read(&plan, Some(roster)).expect_err("problems");
    let told = problems.iter().map(|one| (one.path.as_str(), one.household.as_deref()));
    assert_eq!(told.collect::<Vec<_>>(), [("a:b.csv:4:area", Some("2"))]);
}
