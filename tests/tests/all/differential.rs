//! The engine against a slow and plain reference written from the same page: what both answer
//! is the same.

use std::collections::BTreeSet;

use fentan_reference as reference;
use proptest::prelude::*;
use serde_json::{Value, json};

/// How many plans are tried: `PROPTEST_CASES`, which a count in the code would override, or else
/// as many as take two or three minutes unoptimised.
pub(crate) fn cases() -> u32 {
    let given = std::env::var("PROPTEST_CASES").ok();
    given.map_or(10_000, |cases| cases.parse().expect("PROPTEST_CASES is a number"))
}

/// The codes and paths of an answer that is no split.
pub(crate) fn errors(answer: &Value) -> Option<BTreeSet<(String, String)>> {
    let text = |value: &Value| value.as_str().expect("a string").to_owned();
    let errors = answer.get("errors")?.as_array().expect("a list");
    Some(errors.iter().map(|error| (text(&error["code"]), text(&error["path"]))).collect())
}

#[test]
fn the_reference_gives_what_every_vector_holds() {
    let (mut splits, mut refusals) = (0, 0);
    for vector in fentan_tests::vectors() {
        let expected: Value = serde_json::from_slice(vector.split).expect("a split or errors");
        let plan = serde_json::from_slice(vector.plan).expect("a plan");
        if errors(&expected).is_none() {
            assert_eq!(reference::split(&plan), Ok(expected), "{}", vector.name);
            splits += 1;
        } else if vector.name.starts_with("e2-") {
            // Of the other mistakes it knows nothing.
            let found = refused(reference::split(&plan).expect_err("a refusal"));
            assert_eq!(Some(found), errors(&expected), "{}", vector.name);
            refusals += 1;
        }
    }
    assert!(splits > 40 && refusals == 3);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn the_reference_and_the_engine_give_the_same(plan in crate::plans::plan()) {
        compare(&plan)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases() / 5, ..ProptestConfig::default() })]

    #[test]
    fn the_reference_and_the_engine_refuse_the_same(plan in crate::mistakes::plan()) {
        compare(&plan)?;
    }
}

/// The codes and paths of the reference.
pub(crate) fn refused(problems: reference::Problems) -> BTreeSet<(String, String)> {
    problems.into_iter().map(|(code, path)| (code.to_owned(), path)).collect()
}

/// What is drawn too seldom to be relied on.
#[test]
fn the_reference_and_the_engine_give_the_same_at_edges() -> Result<(), TestCaseError> {
    let at_the_threshold = json!({
        "fentan": 1,
        "lines": [{ "id": "roof", "amount": "100" }],
        "maintenance": { "threshold": "30%", "first_per_area": "60" },
        "households": [
            { "id": "at", "area": "50", "fund_balance": "900" },
            { "id": "below", "area": "50", "fund_balance": "899.99" },
        ],
    });
    let one_floor = json!({
        "fentan": 1,
        "lines": [{ "id": "lift", "amount": "100", "share_by": { "table": "lift", "within": "area" } }],
        "tables": { "lift": { "3": "100%" } },
        "households": [
            { "id": "large", "area": "90", "floor": 3 },
            { "id": "small", "area": "45.5", "floor": 3 },
        ],
    });
    let borne_by_nobody = |share_by: Value| {
        json!({
            "fentan": 1,
            "lines": [{ "id": "lift", "amount": "100", "share_by": share_by }],
            "relief": { "rates": { "dibao": "50%" } },
            "tables": { "lift": { "1": "0%", "2": "100%" } },
            "households": [
                { "id": "weightless", "area": "60", "floor": 1 },
                { "id": "relieved", "area": "60", "floor": 2, "hardship": "dibao" },
            ],
        })
    };
    compare(&at_the_threshold)?;
    compare(&one_floor)?;
    compare(&borne_by_nobody(json!({ "table": "lift" })))?;
    compare(&borne_by_nobody(json!({ "table": "lift", "within": "area" })))
}

/// Holds the engine's answer to the reference's.
fn compare(plan: &Value) -> Result<(), TestCaseError> {
    let answer = fentan_tests::answer(plan.to_string().as_bytes());
    match reference::split(plan) {
        Ok(split) => prop_assert_eq!(answer, split),
        Err(problems) => {
            prop_assert_eq!(errors(&answer), Some(refused(problems)));
        }
    }
    Ok(())
}
