//! The receipt of a result, and `verify`.

use std::fs;

use serde_json::{Value, json};

use crate::{Answer, fentan, fentan_with};

const PLAN: &str = "examples/puyang/plan.toml";

fn result() -> Value {
    let answer = fentan(&["split", PLAN, "--format", "json", "--receipt"]);
    assert_eq!((answer.status, answer.errors.as_str()), (0, ""));
    answer.json()
}

fn verify(result: &str, language: &str) -> Answer {
    fentan_with(&["verify", "-", "--plan", PLAN, "--lang", language], result.as_bytes())
}

#[test]
fn a_result_with_its_receipt_holds_and_is_otherwise_the_same() {
    let mut result = result();
    let answer = verify(&result.to_string(), "zh");
    assert_eq!((answer.status, answer.errors.as_str()), (0, ""));
    // Findings are worded in the reader's language, and are not what is verified.
    result["findings"] = json!([]);
    assert_eq!(verify(&result.to_string(), "zh").status, 0);

    result.as_object_mut().expect("an object").remove("receipt");
    let without = fentan(&["split", PLAN, "--format", "json"]).json();
    result["findings"] = without["findings"].clone();
    assert_eq!(result, without);
}

#[test]
fn what_does_not_hold_is_told_in_one_line() {
    let whole = result();
    let changed = |change: fn(&mut Value)| {
        let mut changed = whole.clone();
        change(&mut changed);
        changed.to_string()
    };
    let cases = [
        whole.to_string(),
        changed(|result| result["households"][17]["paid"]["cash"] = json!("1.00")),
        changed(|result| result["households"][3]["note"] = json!("已缴清")),
        changed(|result| result["lines"][0]["paid"]["gift"] = json!("5.00")),
        changed(|result| drop(result.as_object_mut().expect("an object").remove("pool_left"))),
        changed(|result| drop(result["households"].as_array_mut().expect("a list").pop())),
        changed(|result| result["households"].as_array_mut().expect("a list").swap(0, 1)),
        whole.to_string().replacen("\"cash\":", "\"cash\":\"0.00\",\"cash\":", 1),
        changed(|result| drop(result.as_object_mut().expect("an object").remove("receipt"))),
        changed(|result| result["receipt"]["content"] = json!("0".repeat(64))),
        changed(|result| result["receipt"]["plan"] = json!("0".repeat(64))),
        changed(|result| result["receipt"]["engine"] = json!("0.0.9")),
        changed(|result| {
            result["receipt"]["engine"] = json!("0.0.9");
            result["residents"] = json!("1.00");
        }),
        changed(|result| {
            result["receipt"]["plan"] = json!("0".repeat(64));
            result["residents"] = json!("1.00");
        }),
        json!([]).to_string(),
    ];
    let mut told = String::new();
    for case in cases {
        for language in ["zh", "en"] {
            let answer = verify(&case, language);
            assert_eq!((answer.errors.as_str(), answer.output.lines().count()), ("", 1));
            told += &format!("{} {}", answer.status, answer.output);
        }
    }
    insta::assert_snapshot!(told);
}

#[test]
fn another_plan_or_roster_does_not_hold() {
    let result = result().to_string();
    let folder = tempfile::tempdir().expect("a folder");
    let roster = folder.path().join("households.csv");
    let table = fs::read_to_string(crate::root().join("examples/puyang/households.csv"));
    let table = table.expect("the roster").replacen("62.58", "62.59", 1);
    fs::write(&roster, table).expect("a roster");
    let arguments = ["verify", "-", "--plan", PLAN, "--lang", "en", "--households"];
    let roster = roster.to_str().expect("a path in UTF-8");
    let answer = fentan_with(&[&arguments[..], &[roster]].concat(), result.as_bytes());
    assert_eq!(answer.status, 1);
    insta::assert_snapshot!(answer.output);
}

#[test]
fn what_is_no_result_is_a_failure_and_a_plan_with_problems_has_them() {
    let answer = verify("{ \"fentan\": 1,", "en");
    assert_eq!((answer.status, answer.output.as_str()), (1, ""));
    insta::assert_snapshot!("verify-unreadable", answer.errors);
    let plan = "tests/vectors/bad-float.plan.json";
    let answer = fentan_with(&["verify", "-", "--plan", plan], b"{}");
    assert_eq!((answer.status, answer.output.as_str()), (2, ""));
    let answer = fentan(&["split", PLAN, "--receipt", "--lang", "en"]);
    assert_eq!((answer.status, answer.output.as_str()), (1, ""));
    insta::assert_snapshot!("receipt-needs-json", answer.errors);
}
