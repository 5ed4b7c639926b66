//! Digests against a canonical form written a second time here, and the ways of writing a plan
//! that must not matter to them.

use fentan_core::receipt::{Receipt, plan_digest};
use fentan_core::{Document, Plan, RosterFile};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

/// RFC 8785 with numbers as texts.
fn canonical(value: &Value) -> String {
    let quoted = |text: &str| {
        let escaped: String = text
            .chars()
            .map(|one| match one {
                '"' => "\\\"".to_owned(),
                '\\' => "\\\\".to_owned(),
                '\u{8}' => "\\b".to_owned(),
                '\t' => "\\t".to_owned(),
                '\n' => "\\n".to_owned(),
                '\u{c}' => "\\f".to_owned(),
                '\r' => "\\r".to_owned(),
                '\0'..'\u{20}' => format!("\\u{:04x}", u32::from(one)),
                _ => one.to_string(),
            })
            .collect();
        format!("\"{escaped}\"")
    };
    match value {
        Value::Null | Value::Bool(_) => value.to_string(),
        Value::Number(number) => quoted(&number.to_string()),
        Value::String(text) => quoted(text),
        Value::Array(list) => {
            format!("[{}]", list.iter().map(canonical).collect::<Vec<_>>().join(","))
        }
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(name, _)| name.encode_utf16().collect::<Vec<_>>());
            let fields =
                fields.iter().map(|(name, value)| format!("{}:{}", quoted(name), canonical(value)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
        }
    }
}

fn sha256(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn digest(plan: &str) -> String {
    plan_digest(&Document::from_json(plan.as_bytes()).expect("JSON"), None).to_string()
}

/// The plan with lists of hardships only where there are several: a table can't tell a list of one
/// from a code, nor an empty one from none.
fn with_short_hardships(mut plan: Value) -> Value {
    for household in plan["households"].as_array_mut().expect("a list") {
        let household = household.as_object_mut().expect("an object");
        let codes = household.get("hardship").and_then(Value::as_array).cloned();
        match codes.as_deref() {
            Some([]) => drop(household.remove("hardship")),
            Some([code]) => drop(household.insert("hardship".to_owned(), code.clone())),
            _ => {}
        }
    }
    plan
}

/// The plan with its households and charges in a table.
fn apart(mut plan: Value) -> (String, Vec<u8>) {
    let mut cells: Vec<Map<String, Value>> = Vec::new();
    for household in plan["households"].as_array().expect("a list") {
        let mut row = household.as_object().expect("an object").clone();
        for (column, weight) in row.remove("weights").into_iter().flat_map(entries) {
            row.insert(format!("weight:{column}"), weight);
        }
        for (line, joins) in row.remove("joins").into_iter().flat_map(entries) {
            let joins = if joins == json!(true) { "yes" } else { "no" };
            row.insert(format!("joins:{line}"), json!(joins));
        }
        if let Some(codes) = row.get("hardship").and_then(Value::as_array) {
            let codes: Vec<&str> = codes.iter().filter_map(Value::as_str).collect();
            row.insert("hardship".to_owned(), json!(codes.join("+")));
        }
        cells.push(row);
    }
    let charged = |line: &Value| line["charges"].as_object().is_some_and(|one| !one.is_empty());
    for line in plan["lines"].as_array_mut().expect("a list").iter_mut().filter(|one| charged(one))
    {
        let column = format!("charge:{}", line["id"].as_str().expect("an id"));
        for (household, charge) in
            entries(line.as_object_mut().expect("an object").remove("charges"))
        {
            let row = cells.iter_mut().find(|row| row["id"] == json!(household));
            row.expect("the household").insert(column.clone(), charge);
        }
    }
    plan.as_object_mut().expect("an object").remove("households");
    let heading: std::collections::BTreeSet<_> =
        cells.iter().flat_map(Map::keys).cloned().collect();
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(&heading).expect("a heading");
    for row in &cells {
        let cell = |name| match row.get(name) {
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => String::new(),
        };
        table.write_record(heading.iter().map(cell)).expect("a row");
    }
    (plan.to_string(), table.into_inner().expect("a table"))
}

fn entries(fields: impl Into<Option<Value>>) -> Map<String, Value> {
    match fields.into() {
        Some(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

/// The same fields the other way round, written by hand: a map would put them in its own order.
fn reversed(value: &Value) -> String {
    match value {
        Value::Array(list) => {
            format!("[ {} ]", list.iter().map(reversed).collect::<Vec<_>>().join(" , "))
        }
        Value::Object(fields) => {
            let fields = fields.iter().rev();
            let fields =
                fields.map(|(name, value)| format!("{} : {}", json!(name), reversed(value)));
            format!("{{\n{} }}", fields.collect::<Vec<_>>().join(",\n"))
        }
        other => other.to_string(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn the_digest_is_that_of_the_canonical_form(plan in crate::plans::plan(), name in any::<String>()) {
        let mut plan = plan;
        plan["name"] = json!(name);
        plan[&name] = json!(true);
        prop_assert_eq!(digest(&plan.to_string()), sha256(&canonical(&plan)));
    }

    #[test]
    fn neither_order_nor_spaces_nor_the_place_of_the_roster_matter(plan in crate::plans::plan()) {
        let plan = with_short_hardships(plan);
        let text = plan.to_string();
        let whole = digest(&text);
        prop_assert_eq!(digest(&reversed(&plan)), whole.clone());
        let (rules, table) = apart(plan);
        let roster = RosterFile { file: "households.csv", bytes: &table };
        let document = Document::from_json(rules.as_bytes()).expect("JSON");
        prop_assert_eq!(plan_digest(&document, Some(roster)).to_string(), whole);
        let apart = Plan::read(&document, Some(roster)).map_err(fentan_core::Error::from);
        let apart = apart.and_then(|plan| fentan_core::split(&plan)).ok();
        prop_assert_eq!(apart, fentan_tests::split(text.as_bytes()).ok());
    }

    #[test]
    fn every_change_of_a_figure_changes_the_digest(plan in crate::plans::plan(), place in any::<prop::sample::Index>()) {
        let text = plan.to_string();
        let digits: Vec<_> =
            text.char_indices().filter(|(_, one)| one.is_ascii_digit()).map(|(at, _)| at).collect();
        let at = *place.get(&digits);
        let other = if text.as_bytes()[at] == b'5' { "6" } else { "5" };
        let mut changed = text.clone();
        changed.replace_range(at..=at, other);
        prop_assert_ne!(digest(&changed), digest(&text));
    }

    #[test]
    fn the_content_is_the_result_as_the_spec_writes_it(plan in crate::plans::plan()) {
        let text = plan.to_string();
        let document = Document::from_json(text.as_bytes()).expect("JSON");
        let split = Plan::read(&document, None).map_err(fentan_core::Error::from);
        if let Ok(split) = split.and_then(|plan| fentan_core::split(&plan)) {
            let written = serde_json::to_value(&split).expect("JSON");
            let receipt = Receipt::of(&document, None, &split);
            prop_assert_eq!(receipt.content.to_string(), sha256(&canonical(&written)));
            prop_assert_eq!(receipt.plan.to_string(), digest(&text));
        }
    }
}

#[test]
fn the_vectors_have_the_receipts_that_were_worked_out_elsewhere() {
    fentan_tests::assert_same_receipts();
}

#[test]
fn toml_and_json_of_the_same_plan_have_the_same_digest() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/puyang");
    let toml = std::fs::read(folder.join("plan.toml")).expect("the example");
    let table = std::fs::read(folder.join("households.csv")).expect("its roster");
    let roster = RosterFile { file: "households.csv", bytes: &table };
    let document = Document::from_toml(&toml).expect("TOML");
    let json = serde_json::to_string(&document).expect("JSON");
    let from_json = Document::from_json(json.as_bytes()).expect("JSON");
    let found = plan_digest(&document, Some(roster));
    assert_eq!(plan_digest(&from_json, Some(roster)), found);
    // With line breaks as Windows writes them, a byte order mark, and a row left empty.
    let text = String::from_utf8(table.clone()).expect("UTF-8").replace('\n', "\r\n");
    let columns = text.lines().next().expect("a heading").matches(',').count();
    let table = format!("\u{feff}{text}{}\r\n", ",".repeat(columns));
    let roster = RosterFile { file: "households.csv", bytes: table.as_bytes() };
    assert_eq!(plan_digest(&document, Some(roster)), found);
}
