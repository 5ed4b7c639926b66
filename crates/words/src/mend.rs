//! What mends a finding, in words.

use fentan_core::internal::{Step, steps};
use fentan_core::{Change, Document, Plan, Value};

use crate::finding::homes_in_words;
use crate::problem::listed;
use crate::texts::text;
use crate::{Language, say, say_with};

/// What mending a finding changes, a sentence for each field and value: of whom, what, and what it
/// becomes.
pub fn mended(language: Language, plan: &Plan, changes: &[Change]) -> Vec<String> {
    let mut said: Vec<(String, String, Vec<String>)> = Vec::new();
    for change in changes {
        let (of, field, new) = one(language, plan, change);
        match said.iter_mut().find(|(known, value, _)| (known, value) == (&field, &new)) {
            Some((.., all)) => all.push(of),
            None => said.push((field, new, vec![of])),
        }
    }
    let sentences = said.iter().map(|(field, new, of)| {
        let of = homes_in_words(language, of, of.len());
        let field = say(language, &format!("mending.field.{field}"));
        let values = [("of", of.as_str()), ("field", &field), ("new", new)];
        say_with(language, "mending.change", &values)
    });
    sentences.collect()
}

/// Of whom a change is, the field, and its value then.
fn one(language: Language, plan: &Plan, change: &Change) -> (String, String, String) {
    let steps: Vec<Step<'_>> = steps(change.path()).collect();
    let (written, json) = match change {
        Change::Write { text, .. } => (text.as_str(), None),
        Change::Put { json, .. } => ("", Document::from_json(json.as_bytes()).ok()),
        _ => ("", None),
    };
    let code = |group: &str, code: &str| {
        text(language, &format!("{group}.{code}")).unwrap_or(code).to_owned()
    };
    match steps.as_slice() {
        [Step::Field(list), Step::Index(index), Step::Field(field)] if list == "households" => {
            let id = plan.households().get(*index).map(|one| one.id.to_string());
            let new = match field.as_ref() {
                group @ ("use" | "hardship") => code(group, written),
                _ => written.to_owned(),
            };
            (id.unwrap_or_default(), field.to_string(), new)
        }
        [Step::Field(_), Step::Index(index), Step::Field(field)] => {
            let line = plan.lines().get(*index);
            let name = line.map(|line| line.name.as_ref().unwrap_or(&line.id).clone());
            let value = json.unwrap_or_default();
            let new = match field.as_ref() {
                "scope" => scope(language, &value),
                // One that is mended becomes shared by a table of coefficients.
                _ => {
                    let table = value.text("table").unwrap_or_default();
                    say_with(language, "mending.by-table", &[("table", table)])
                }
            };
            (name.unwrap_or_default(), field.to_string(), new)
        }
        [Step::Field(part), .., Step::Field(name)] if part == "relief" => {
            let all = if written == "1" { "100%" } else { written };
            (code("hardship", name), "rates".to_owned(), all.to_owned())
        }
        [Step::Field(part), Step::Field(name)] => {
            let votes = json.is_some_and(|value| value.value("votes").is_none());
            let key = if votes { "mending.no-home" } else { "mending.no-home-no-vote" };
            (code("use", name), part.to_string(), say(language, key))
        }
        _ => (String::new(), "other".to_owned(), written.to_owned()),
    }
}

/// Buildings and units, as residents call them.
fn scope(language: Language, scope: &Document<'_>) -> String {
    let named = |field: &str| scope.value(field).map_or(&[][..], Value::list);
    let building = |name: &str| say_with(language, "mending.building", &[("building", name)]);
    let buildings = named("buildings").iter().filter_map(Value::text).map(building);
    let units = named("units").iter().filter_map(Value::text).map(|name| {
        let (building, unit) = name.split_once('/').unwrap_or(("", name));
        say_with(language, "mending.unit", &[("building", building), ("unit", unit)])
    });
    listed(language, &buildings.chain(units).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use fentan_core::{Packs, findings, split};

    use super::*;

    #[test]
    fn what_mends_is_said_without_codes() {
        let document = Document::from_json(
            r#"{ "fentan": 1, "relief": { "rates": { "dibao": "0", "disabled": "50%" } },
                "sources": [{ "id": "city", "rate": "50%" }],
                "lines": [{ "id": "roof", "name": "2号楼屋面防水", "amount": "420" },
                    { "id": "door", "name": "3号楼1单元门", "amount": "90" }],
                "households": [
                    { "id": "1", "building": "1", "area": "60", "hardship": "dibao" },
                    { "id": "2", "building": "2", "area": "60", "note": "残疾人" },
                    { "id": "3", "building": "3", "unit": "1", "area": "60" },
                    { "id": "4", "building": "3", "unit": "2", "area": "6000" },
                    { "id": "5", "building": "3", "unit": "2", "area": "60" },
                    { "id": "6", "building": "3", "unit": "2", "area": "60" },
                    { "id": "车库1", "building": "3", "area": "18" }] }"#
                .as_bytes(),
        );
        let plan = Plan::read(&document.expect("a document"), None).expect("a plan");
        let found = findings(&plan, &split(&plan).expect("a split"), &Packs::default());
        for (language, expected) in [
            (
                Language::Chinese,
                [
                    "2号楼屋面防水：受益范围改为 2号楼",
                    "3号楼1单元门：受益范围改为 3号楼1单元",
                    "2：困难类别改为 残疾人",
                    "4：面积改为 60",
                    "最低生活保障家庭：减免比例改为 100%",
                    "车库：房屋用途改为 不算一户，不计票",
                    "车库1：房屋用途改为 车库",
                ]
                .as_slice(),
            ),
            (Language::English, &["2号楼屋面防水: who benefits becomes building 2"]),
        ] {
            let said = found.iter().flat_map(|one| mended(language, &plan, &one.mend));
            let said: Vec<String> = said.collect();
            for sentence in expected {
                assert!(said.iter().any(|one| one == sentence), "{sentence} in {said:#?}");
            }
            assert!(said.iter().all(|one| !one.contains(['{', '"'])), "{said:#?}");
        }
    }
}
