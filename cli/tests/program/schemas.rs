//! What is printed as JSON, against the schemas in `docs/schemas`.

use std::fs;

use fentan_bench::County;
use serde_json::{Value, json};

use crate::portion::{Ran, text};
use crate::{fentan, fentan_with, root};

/// Holds a value against a schema, by the words of JSON Schema that these schemas use; any other is a fault
/// of the schema. Returns what is wrong.
fn faults(schema: &Value, value: &Value, whole: &Value, path: &str, found: &mut Vec<String>) {
    let fault = |found: &mut Vec<String>, what: &str| {
        found.push(format!("{path}: {what}: {value}"));
    };
    for (word, says) in schema.as_object().expect("a schema") {
        match word.as_str() {
            "$schema" | "$defs" | "title" | "description" => {}
            "$ref" => {
                let name = says.as_str().and_then(|says| says.strip_prefix("#/$defs/"));
                faults(&whole["$defs"][name.expect("a definition")], value, whole, path, found);
                return;
            }
            "const" if value != says => fault(found, "not the constant"),
            "enum" if !says.as_array().expect("a list").contains(value) => {
                fault(found, "none of these")
            }
            "type" if !is_of_type(says, value) => fault(found, "another type"),
            "pattern" if !has_pattern(says, value) => fault(found, "another pattern"),
            "minimum" if value.as_i64() < says.as_i64() => fault(found, "less than the minimum"),
            "const" | "enum" | "type" | "pattern" | "minimum" => {}
            "required" => {
                for name in says.as_array().expect("a list") {
                    if value.get(name.as_str().expect("a name")).is_none() {
                        fault(found, &format!("lacks {name}"));
                    }
                }
            }
            "anyOf" => {
                let fits = |one: &Value| {
                    let mut found = Vec::new();
                    faults(one, value, whole, path, &mut found);
                    found.is_empty()
                };
                if !says.as_array().expect("a list").iter().any(fits) {
                    fault(found, "none of these forms");
                }
            }
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    faults(says, item, whole, &format!("{path}[{index}]"), found);
                }
            }
            "properties" => {
                for (name, says) in says.as_object().expect("properties") {
                    if let Some(value) = value.get(name) {
                        faults(says, value, whole, &format!("{path}.{name}"), found);
                    }
                }
            }
            "additionalProperties" => {
                let known = schema.get("properties").and_then(Value::as_object);
                for (name, value) in value.as_object().into_iter().flatten() {
                    let path = format!("{path}.{name}");
                    match says {
                        _ if known.is_some_and(|known| known.contains_key(name)) => {}
                        Value::Bool(true) => {}
                        Value::Bool(false) => found.push(format!("{path}: unknown")),
                        says => faults(says, value, whole, &path, found),
                    }
                }
            }
            other => unreachable!("the schema says {other}"),
        }
    }
}

fn is_of_type(says: &Value, value: &Value) -> bool {
    let is = |says: &Value| match says.as_str().expect("a type") {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => unreachable!("the schema says type {other}"),
    };
    says.as_array().map_or_else(|| is(says), |all| all.iter().any(is))
}

fn has_pattern(says: &Value, value: &Value) -> bool {
    let Some(text) = value.as_str() else { return true };
    let text = match says.as_str() {
        Some("^[0-9]+\\.[0-9]{2}$") => text,
        Some("^-?[0-9]+\\.[0-9]{2}$") => text.strip_prefix('-').unwrap_or(text),
        other => unreachable!("the schema has the pattern {other:?}"),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('.').is_some_and(|(yuan, fen)| digits(yuan) && digits(fen) && fen.len() == 2)
}

fn schema(name: &str) -> Value {
    let path = root().join("docs/schemas").join(format!("{name}.schema.json"));
    serde_json::from_slice(&fs::read(path).expect("a schema")).expect("JSON")
}

#[track_caller]
fn holds(name: &str, printed: &Value) {
    let schema = schema(name);
    let mut found = Vec::new();
    faults(&schema, printed, &schema, "", &mut found);
    assert!(found.is_empty(), "{name}: {found:#?}");
    // A member that no schema knows, and one that is missing, are found.
    if schema["additionalProperties"] == false {
        let mut more = printed.clone();
        more["surplus"] = json!(1);
        let mut found = Vec::new();
        faults(&schema, &more, &schema, "", &mut found);
        assert_eq!(found, [".surplus: unknown"], "{name}");
    }
    let mut less = printed.clone();
    less.as_object_mut().expect("an object").remove("fentan");
    let mut found = Vec::new();
    faults(&schema, &less, &schema, "", &mut found);
    assert_eq!(found.len(), 1, "{name}: {found:?}");
}

#[test]
fn what_is_printed_of_a_plan_has_the_form_that_is_published() {
    let plan = "examples/puyang/plan.toml";
    let printed = |arguments: &[&str]| {
        let answer = fentan(&[arguments, &["--format", "json"]].concat());
        assert_eq!(answer.status, 0, "{arguments:?}: {}", answer.errors);
        answer.json()
    };
    holds("split", &printed(&["split", plan]));
    holds("split", &printed(&["split", "examples/lift-percent/plan.toml"]));
    holds("check", &printed(&["check", plan]));
    holds("explain", &printed(&["explain", plan, "--household", "3-1-501"]));
    holds("vote", &printed(&["vote", plan]));
    holds("cash", &printed(&["cash", plan]));
    let folder = tempfile::tempdir().expect("a folder");
    let new = folder.path().join("new");
    let new = text(&new);
    assert_eq!(fentan(&["new", new]).status, 0);
    holds("cash", &printed(&["cash", &format!("{new}/plan.toml")]));
    let set = "sources.county.per_household=14500";
    holds("compare", &printed(&["compare", plan, "--set", set]));
    holds("compare", &printed(&["compare", plan, "--set", set, "--affordable", "3000"]));
    let over = "sources.county.per_household=13000..15000/1000";
    holds("sweep", &printed(&["sweep", plan, "--over", over, "--measure", "over.3000"]));
    for such_that in ["median_cash<=4000", "median_cash<=1"] {
        let seek = ["seek", plan, "--least", over, "--such-that", such_that];
        holds("seek", &printed(&seek));
    }
    let answer = fentan_with(&["split", "-", "--format", "json"], b"{}");
    holds("errors", &answer.json());
}

#[test]
fn what_is_printed_of_a_programme_has_the_form_that_is_published() {
    let ran = Ran::new(County { compounds: 4, households: 6, lines: 4 });
    let (programme, out) = (ran.path("county/programme.toml"), ran.out());
    let (programme, out) = (text(&programme), text(&out));
    let printed = |arguments: &[&str]| {
        let answer = fentan(&[arguments, &["--format", "json"]].concat());
        assert_eq!(answer.status, 0, "{arguments:?}: {}", answer.errors);
        answer.json()
    };
    let plan = ran.path("county/c000001/plan.toml");
    holds("split", &printed(&["split", text(&plan), "--run", out]));
    for question in
        ["compounds", "homes", "counties", "lines", "sources", "pots", "unused", "findings"]
    {
        holds("ask", &printed(&["programme", "ask", out, question, "--over", "100"]));
    }
    let ledger = ran.out().join("ledger.jsonl");
    let year = ["programme", "ask", out, "year", "--ledger", text(&ledger), "--year", "2020"];
    holds("ask", &printed(&year));
    for by in ["county", "compound", "home", "source"] {
        let set = ["--set", "pots.central.amount=300000", "--by", by];
        let arguments = [&["programme", "compare", programme][..], &set].concat();
        holds("programme-compare", &printed(&arguments));
    }
    let over = "pots.central.amount=200000..300000/50000";
    holds("programme-sweep", &printed(&["programme", "sweep", programme, "--over", over]));
    for such_that in ["max.residents<=900000", "residents<=1"] {
        let seek = ["programme", "seek", programme, "--least", over, "--such-that", such_that];
        holds("programme-seek", &printed(&seek));
    }
    let again = ran.path("again");
    holds("programme-run", &printed(&["programme", "run", programme, "--out", text(&again)]));
    for further in [&[][..], &["--totals"], &["--payments"]] {
        holds("ledger-show", &printed(&[&["ledger", "show", text(&ledger)], further].concat()));
    }
}

/// A broken compound is told in the JSON of a run too.
#[test]
fn a_run_in_short_names_broken_compounds() {
    let ran = Ran::new(County { compounds: 3, households: 6, lines: 4 });
    fs::remove_file(ran.path("county/c000001/plan.toml")).expect("removed");
    fs::remove_dir_all(ran.out()).expect("removed");
    let answer = ran.run(&["--format", "json"]);
    assert_eq!(answer.status, 2, "{}", answer.errors);
    let json = answer.json();
    holds("programme-run", &json);
    assert_eq!(json["broken"][0]["compound"], "c000001");
    assert_eq!(json["broken"][0]["file"], "c000001/plan.toml");
}
