//! Tariffs and answers with something wrong in them, as the calculator is given them.

use fentan_core::tariff::{Edition, Tariff};
use fentan_core::{Document, Packs, Plan};
use fentan_widget::Calculator;
use serde_json::{Value, json};

/// An answer with every field that there is.
const ANSWER: &str = r#"{ "building": "1", "unit": "1", "floor": 1, "area": "60", "use": "shop",
    "hardship": "dibao", "weights": { "lift": "1" }, "served": ["gate"] }"#;

/// Opens each with one thing wrong, in turn each thing that can be, and passes on what the calculator says.
pub fn say_what_is_wrong(mut hear: impl FnMut(&str)) {
    for tariff in tariffs() {
        for broken in with_one_thing_wrong(&tariff) {
            let opened = Calculator::open(broken.as_bytes());
            ["zh", "en"]
                .iter()
                .filter_map(|language| opened.problems(language))
                .for_each(|said| hear(&said));
        }
        let opened = Calculator::open(tariff.to_string().as_bytes());
        let answer = serde_json::from_str(ANSWER).expect("JSON");
        for broken in with_one_thing_wrong(&answer) {
            ["zh", "en"].iter().for_each(|language| hear(&opened.estimate(&broken, language)));
        }
    }
}

/// What is published of plans: of the shortest that say the most.
fn tariffs() -> Vec<Value> {
    let plans = fentan_tests::vectors().filter(|vector| vector.plan.len() < 1 << 12);
    let published = plans.filter_map(|vector| {
        let plan = Plan::read(&Document::from_json(vector.plan).ok()?, None).ok()?;
        let edition = Edition::read(1, "2026-11-27").ok()?;
        let tariff = Tariff::publish(&plan, &Packs::default(), &edition).ok()?;
        serde_json::to_value(tariff.to_document()).ok()
    });
    published.step_by(5).collect()
}

/// The text of a value with each of its parts in turn left out, put twice, or something else.
fn with_one_thing_wrong(whole: &Value) -> Vec<String> {
    let others = [
        json!(null),
        json!(true),
        json!("?"),
        json!("-1"),
        json!("0"),
        json!("0.1234567890123"),
        json!("99999999999999999999"),
        json!("2026-02-31"),
        json!("a+b/c"),
        json!(["?"]),
        json!({ "?": "1" }),
        json!({ "1": "40%", "2": "1" }),
        json!(-1),
        json!(0),
    ];
    let mut broken = vec!["{".to_owned(), "[]".to_owned(), "1.5".to_owned()];
    for path in paths(whole) {
        let mut change = |change: &dyn Fn(&mut Value)| {
            let mut changed = whole.clone();
            if let Some(part) = changed.pointer_mut(&path) {
                change(part);
            }
            broken.push(changed.to_string());
        };
        for other in &others {
            change(&|part| *part = other.clone());
        }
        change(&|part| match part {
            Value::Array(list) => list.extend(list.clone()),
            Value::Object(fields) => {
                fields.insert("?".to_owned(), json!("?"));
            }
            _ => {}
        });
        change(&|part| match part {
            Value::Array(list) => list.clear(),
            Value::Object(fields) => fields.clear(),
            _ => {}
        });
    }
    for field in whole.as_object().into_iter().flat_map(|fields| fields.keys()) {
        let mut changed = whole.clone();
        changed.as_object_mut().and_then(|fields| fields.remove(field));
        broken.push(changed.to_string());
        let text = whole.to_string();
        broken.push(format!("{{ {field:?}: 1.5, {}", &text[1..]));
    }
    broken
}

/// The places of all parts of a value.
fn paths(value: &Value) -> Vec<String> {
    let parts: Vec<(String, &Value)> = match value {
        Value::Array(list) => {
            list.iter().enumerate().map(|(index, part)| (index.to_string(), part)).collect()
        }
        Value::Object(fields) => fields
            .iter()
            .map(|(name, part)| (name.replace('~', "~0").replace('/', "~1"), part))
            .collect(),
        _ => Vec::new(),
    };
    let within = parts.into_iter().flat_map(|(name, part)| {
        let further = paths(part).into_iter().map(move |rest| format!("/{name}{rest}"));
        further.collect::<Vec<_>>()
    });
    [String::new()].into_iter().chain(within).collect()
}
