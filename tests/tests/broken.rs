//! Files damaged at random: a result or problems, never a panic, and never a result that does
//! not add up.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::panic, reason = "that is how a test fails")]

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
