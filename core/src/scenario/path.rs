//! The paths of scenarios, which name things by their ids.

use std::borrow::Cow;

use super::Change;
use crate::document::{self, Document, Step, Value, extend, steps};
use crate::plan::{GivenBy, fields_given_by};
use crate::problem::{Cause, Naming};

/// The fields of a plan that are lists of things with ids.
const LISTS: [&str; 3] = ["lines", "sources", "channels"];

/// A path that does not exist.
#[derive(Debug)]
pub(super) struct Nowhere {
    /// Which of the change's fields holds it.
    pub(super) field: usize,
    pub(super) cause: Cause,
}

impl From<Cause> for Nowhere {
    fn from(cause: Cause) -> Self {
        Nowhere { field: 0, cause }
    }
}

/// The path in a document that a scenario's path leads to. The last steps may be fields that are
/// not there yet.
pub(super) fn resolve(document: &Document<'_>, path: &str) -> Result<String, Cause> {
    let mut found = String::new();
    let mut value = Some(document.root());
    for (depth, step) in steps(path).enumerate() {
        let Step::Field(name) = step else {
            return Err(Cause::UnknownField { known: Vec::new() });
        };
        let known = if depth == 0 { fields_given_by(GivenBy::Scenario) } else { Vec::new() };
        if depth == 0 && !known.contains(&name.as_ref()) {
            let known = known.iter().map(|&name| name.to_owned()).collect();
            return Err(match name.as_ref() {
                "households" => Cause::HouseholdInScenario,
                _ => Cause::UnknownField { known },
            });
        }
        value = match value {
            Some(Value::List(list)) => {
                let index = position(list, &name).ok_or_else(|| unknown(list))?;
                extend(&mut found, &Step::Index(index));
                list.get(index)
            }
            None if depth == 1 && LISTS.contains(&found.as_str()) => return Err(unknown(&[])),
            Some(Value::Fields(_)) | None => {
                let inner = value.and_then(|value| value.get(&name));
                extend(&mut found, &Step::Field(name));
                inner
            }
            Some(_) => return Err(Cause::UnknownField { known: Vec::new() }),
        };
    }
    if found.is_empty() { Err(Cause::MissingField) } else { Ok(found) }
}

/// The name of an element: its id, of a channel its kind, of a text itself.
fn name_of<'v>(value: &'v Value<'_>) -> Option<&'v str> {
    ["id", "kind"].iter().find_map(|field| value.get(field)?.text()).or_else(|| value.text())
}

fn position(list: &[Value<'_>], name: &str) -> Option<usize> {
    list.iter().position(|value| name_of(value) == Some(name))
}

fn unknown(list: &[Value<'_>]) -> Cause {
    let known = list.iter().filter_map(name_of).map(str::to_owned).collect();
    Cause::UnknownId { naming: Naming::Listed, known }
}

/// The change of the document that a scenario's change comes to.
pub(super) fn change(
    document: &Document<'static>,
    change: &Change,
) -> Result<document::Change, Nowhere> {
    let path = resolve(document, change.path())?;
    let json = |value: &Value<'_>| serde_json::to_string(value).unwrap_or_default();
    Ok(match change {
        Change::Set { to: Value::Text(text), .. } => {
            document::Change::Write { path, text: text.clone().into_owned() }
        }
        Change::Set { to, .. } => document::Change::Put { path, json: json(to), at: None },
        Change::Remove { .. } => match document.value(&path) {
            Some(_) => document::Change::Remove { path },
            None => return Err(missing(document, &path).into()),
        },
        Change::Add { value, before, .. } => match document.value(&path) {
            Some(Value::List(list)) => {
                let at = place_before(list, before.as_deref(), 2)?;
                document::Change::Insert { path: format!("{path}[{at}]"), json: json(value) }
            }
            None if LISTS.contains(&path.as_str()) && before.is_none() => {
                document::Change::Put { path, json: format!("[{}]", json(value)), at: None }
            }
            _ => {
                let known = LISTS.map(str::to_owned).to_vec();
                return Err(Cause::UnknownField { known }.into());
            }
        },
        Change::Move { before, .. } => {
            let place = path.rsplit_once('[').and_then(|(list, index)| {
                let from: usize = index.strip_suffix(']')?.parse().ok()?;
                Some((document.value(list)?.list(), from))
            });
            let Some((list, from)) = place else {
                return Err(missing(document, &path).into());
            };
            let before = place_before(list, before.as_deref(), 1)?;
            document::Change::Move { path, to: before - usize::from(from < before) }
        }
    })
}

/// The place of an id in a list, its end without one.
fn place_before(list: &[Value<'_>], before: Option<&str>, field: usize) -> Result<usize, Nowhere> {
    let Some(before) = before else {
        return Ok(list.len());
    };
    position(list, before).ok_or_else(|| Nowhere { field, cause: unknown(list) })
}

/// The names to choose from if the last field of a path is unknown.
fn missing(document: &Document<'_>, path: &str) -> Cause {
    let parent = path.rsplit_once('.').and_then(|(parent, _)| document.value(parent));
    let fields = parent.unwrap_or(document.root()).fields().iter();
    Cause::UnknownField { known: fields.map(|(name, _)| name.clone().into_owned()).collect() }
}

/// Whether a change touches charges of households or holds their ids.
pub(super) fn names_households(change: &Change) -> bool {
    let names = |name: &str| matches!(name, "charges" | "final_charges" | "households" | "except");
    let in_path = steps(change.path()).enumerate().any(|(depth, step)| match step {
        // An id may be called so.
        Step::Field(name) => depth != 1 && names(&name),
        Step::Index(_) => false,
    });
    in_path
        || match change {
            Change::Set { to: value, .. } | Change::Add { value, .. } => holds_field(value, &names),
            _ => false,
        }
}

fn holds_field(value: &Value<'_>, is_named: &impl Fn(&str) -> bool) -> bool {
    match value {
        Value::Fields(fields) => fields.iter().any(|(name, inner): &(Cow<'_, str>, _)| {
            is_named(name) || holds_field(inner, is_named)
        }),
        Value::List(list) => list.iter().any(|inner| holds_field(inner, is_named)),
        _ => false,
    }
}
