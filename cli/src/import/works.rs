//! Lines merged into a plan that is there. A line of the plan is the file's where both have one name:
//! then it takes the file's amount, and keeps its id and whatever else it says. Comments and order of a
//! TOML plan stay.

use std::collections::HashSet;
use std::path::Path;

use anyhow::Context;
use fentan_core::{Change, Document, Value};
use fentan_import::Imported;
use fentan_words::{Language, say_with};
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value as Toml};

use super::changes::{Changed, Changes, is_same};
use crate::{Failure, input, output, rewritten};

const LINES: &str = "lines";
const AMOUNT: &str = "amount";

/// What is done to a plan.
enum Edit {
    /// The line at a place takes an amount.
    Amount(usize, String),
    /// A line comes behind the others, with these fields.
    Add(Vec<(String, String)>),
}

/// The plan with what was read, and what changes.
pub(super) fn merged(
    language: Language,
    imported: &Imported,
    into: &Path,
) -> Result<(Vec<u8>, Changes), Failure> {
    let bytes = input::read(language, into, input::MOST_PLAN)?;
    let document = input::document(into, &bytes)?;
    let (edits, changes) = edits(&document, &imported.values);
    let failed = || {
        let path = into.display().to_string();
        say_with(language, "import.merge.no-lines", &[("path", &path)])
    };
    let text = std::str::from_utf8(&bytes).context("UTF-8")?;
    let written = match rewritten::is_json(text) {
        true => {
            in_json(document.into_owned(), &edits).map(|json| output::json(&json)).transpose()?
        }
        false => rewritten::toml(text, |plan| in_toml(plan, &edits)).map(String::into_bytes),
    };
    Ok((written.with_context(failed)?, changes))
}

fn edits(document: &Document<'_>, values: &[Value<'_>]) -> (Vec<Edit>, Changes) {
    let lines = document.value(LINES).map(Value::list).unwrap_or_default();
    let text = |value: &Value<'_>, field: &str| {
        value.get(field).and_then(Value::text).unwrap_or_default().to_owned()
    };
    let called = |value: &Value<'_>| match text(value, "name") {
        name if name.is_empty() => text(value, "id"),
        name => name,
    };
    let mut ids: HashSet<String> = lines.iter().map(|line| text(line, "id")).collect();
    let mut is_met = vec![false; lines.len()];
    let (mut edits, mut changes) = (Vec::new(), Changes::default());
    for value in values {
        let (name, amount) = (called(value), text(value, AMOUNT));
        let place = (0..lines.len()).find(|&at| !is_met[at] && called(&lines[at]) == name);
        let Some(place) = place else {
            let mut id = text(value, "id");
            let mut next = lines.len();
            while !ids.insert(id.clone()) {
                next += 1;
                id = format!("line-{next}");
            }
            let fields = value.fields().iter().filter_map(|(field, value)| {
                let text = if field == "id" { &id } else { value.text()? };
                Some((field.to_string(), text.to_owned()))
            });
            edits.push(Edit::Add(fields.collect()));
            changes.added.push(format!("{name} {amount}"));
            continue;
        };
        is_met[place] = true;
        let old = text(&lines[place], AMOUNT);
        if lines[place].get("charges").is_some() {
            changes.charged.push(name);
        } else if !is_same(&old, &amount) {
            edits.push(Edit::Amount(place, amount.clone()));
            changes.changed.push(Changed { of: name, field: AMOUNT.to_owned(), old, new: amount });
        }
    }
    let missing = lines.iter().zip(&is_met).filter(|(_, is_met)| !**is_met);
    changes.missing = missing.map(|(line, _)| called(line)).collect();
    (edits, changes)
}

/// The plan with the edits; `None` if its lines are no list.
fn in_json(mut document: Document<'static>, edits: &[Edit]) -> Option<Document<'static>> {
    let mut count = match document.value(LINES) {
        Some(Value::List(lines)) => lines.len(),
        Some(_) => return None,
        None => {
            let empty = "[]".to_owned();
            document.change(&Change::Put { path: LINES.to_owned(), json: empty, at: None })?;
            0
        }
    };
    for edit in edits {
        match edit {
            Edit::Amount(place, text) => {
                let path = format!("{LINES}[{place}].{AMOUNT}");
                document.change(&Change::Write { path, text: text.clone() })?;
            }
            Edit::Add(fields) => {
                let fields = fields
                    .iter()
                    .map(|(name, text)| (name.clone().into(), Value::Text(text.clone().into())));
                let json = serde_json::to_string(&Value::Fields(fields.collect())).ok()?;
                document.change(&Change::Insert { path: format!("{LINES}[{count}]"), json })?;
                count += 1;
            }
        }
    }
    Some(document)
}

/// Makes the edits in a plan; `None` if its lines are no list.
fn in_toml(document: &mut DocumentMut, edits: &[Edit]) -> Option<()> {
    let lines = document.entry(LINES).or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    if lines.as_array().is_some_and(|array| array.is_empty()) {
        *lines = Item::ArrayOfTables(ArrayOfTables::new());
    }
    for edit in edits {
        match (&mut *lines, edit) {
            (Item::ArrayOfTables(tables), Edit::Amount(place, amount)) => {
                set(tables.get_mut(*place)?.entry(AMOUNT), amount);
            }
            (Item::ArrayOfTables(tables), Edit::Add(fields)) => {
                let fields = fields.iter();
                let fields = fields.map(|(name, text)| (name.as_str(), toml_edit::value(text)));
                let mut table: Table = fields.collect();
                if !tables.is_empty() {
                    table.decor_mut().set_prefix("\n");
                }
                tables.push(table);
            }
            (Item::Value(Toml::Array(array)), Edit::Amount(place, amount)) => {
                let line = array.get_mut(*place)?.as_inline_table_mut()?;
                replace(line.get_or_insert(AMOUNT, ""), amount);
            }
            (Item::Value(Toml::Array(array)), Edit::Add(fields)) => {
                let fields = fields.iter().map(|(name, text)| (name.as_str(), Toml::from(text)));
                push(array, fields.collect());
            }
            _ => return None,
        }
    }
    Some(())
}

/// Adds a line to a list, on a line of its own where the one before it is; a comment behind that one
/// stays with it.
fn push(array: &mut Array, line: InlineTable) {
    let before = array.iter().last().and_then(|last| last.decor().prefix()?.as_str());
    let indent =
        before.and_then(|before| before.rsplit_once('\n')).map(|(_, indent)| indent.to_owned());
    let trailing = array.trailing().as_str().unwrap_or_default().to_owned();
    let prefix = match (indent, trailing.rsplit_once('\n')) {
        (Some(indent), Some((comment, end))) if array.trailing_comma() => {
            array.set_trailing(format!("\n{end}"));
            format!("{comment}\n{indent}")
        }
        (Some(indent), _) => format!("\n{indent}"),
        (None, _) => " ".to_owned(),
    };
    let mut line = Toml::from(line);
    line.decor_mut().set_prefix(prefix);
    array.push_formatted(line);
}

fn set(entry: toml_edit::Entry<'_>, text: &str) {
    match entry.or_insert(toml_edit::value("")) {
        Item::Value(value) => replace(value, text),
        other => *other = toml_edit::value(text),
    }
}

/// Puts a text in a value's place, with the space and the comment around it.
fn replace(value: &mut Toml, text: &str) {
    let decor = value.decor().clone();
    *value = text.into();
    *value.decor_mut() = decor;
}
