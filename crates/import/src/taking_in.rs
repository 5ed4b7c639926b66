use std::collections::HashSet;

use fentan_core::internal::quoted;
use fentan_core::{Change, Document, Value};
use serde::Serialize;

use crate::content::Content;

/// How a plan changes that takes in what was imported, in addition to what it has or in its place:
/// `values` are its households or lines as a JSON list, `charges` those of individual lines, by the
/// line's id, as JSON tables.
///
/// ```
/// use fentan_core::Document;
/// use fentan_import::{Content, take_in};
/// let mut plan = Document::from_json(br#"{"households":[{"id":"101"}]}"#)?.into_owned();
/// for change in take_in(&plan, Content::Roster, true, r#"[{"id":"102"}]"#, &[]) {
///     plan.change(&change);
/// }
/// assert_eq!(plan.text("households[1].id"), Some("102"));
/// # Ok::<(), fentan_core::Problems>(())
/// ```
pub fn take_in(
    plan: &Document<'static>,
    content: Content,
    adding: bool,
    values: &str,
    charges: &[(String, String)],
) -> Vec<Change> {
    let mut changes = match content {
        Content::Works => lines(plan, values, adding),
        Content::Roster => vec![households(plan, values, adding)],
    };
    for (line, charges) in charges {
        changes.extend(of_line(plan, line, charges, adding));
    }
    changes
}

/// Lines come one by one: those without ids of their own get ids that are free.
fn lines(plan: &Document<'static>, lines: &str, adding: bool) -> Vec<Change> {
    let present = if adding { list(plan, "lines") } else { &[] };
    let mut taken: HashSet<String> = present.iter().map(|line| id(line).to_owned()).collect();
    let mut changes =
        vec![Change::Put { path: "lines".to_owned(), json: json(&present), at: None }];
    let mut lines = read(lines);
    for at in 0.. {
        let Some(id) = lines.text(&format!("[{at}].id")).map(str::to_owned) else { break };
        let mut free = id.clone();
        let mut number = at;
        while !taken.insert(free.clone()) {
            number += 1;
            free = format!("line-{number}");
        }
        if free != id {
            lines.change(&Change::Write { path: format!("[{at}].id"), text: free });
        }
        let json = json(&lines.value(&format!("[{at}]")));
        changes.push(Change::Insert { path: format!("lines[{}]", present.len() + at), json });
    }
    changes
}

fn households(plan: &Document<'static>, households: &str, adding: bool) -> Change {
    let present = if adding { json(&list(plan, "households")) } else { "[]".to_owned() };
    let (present, added) = (elements(&present), elements(households));
    let comma = if present.is_empty() || added.is_empty() { "" } else { "," };
    let json = format!("[{present}{comma}{added}]");
    Change::Put { path: "households".to_owned(), json, at: None }
}

/// Charges go into the individual line of an id, where the plan has one.
fn of_line(plan: &Document<'static>, line: &str, charges: &str, adding: bool) -> Vec<Change> {
    let Some(at) = list(plan, "lines").iter().position(|one| id(one) == line) else {
        return Vec::new();
    };
    let path = format!("lines[{at}].charges");
    if !adding {
        return vec![Change::Put { path, json: charges.to_owned(), at: None }];
    }
    let charges = read(charges);
    let charges = charges.value("").map_or(&[][..], Value::fields);
    let write = |id: &str, charge: &Value<'static>| Change::Write {
        path: format!("{path}.{}", quoted(id)),
        text: charge.text().unwrap_or_default().to_owned(),
    };
    charges.iter().map(|(id, charge)| write(id, charge)).collect()
}

fn list<'d>(plan: &'d Document<'static>, name: &str) -> &'d [Value<'static>] {
    plan.value(name).map_or(&[], Value::list)
}

fn id<'v>(line: &'v Value<'static>) -> &'v str {
    line.get("id").and_then(Value::text).unwrap_or_default()
}

fn read(json: &str) -> Document<'static> {
    Document::from_json(json.as_bytes()).map(Document::into_owned).unwrap_or_default()
}

fn json(value: &impl Serialize) -> String {
    // Values that were read can be written.
    serde_json::to_string(value).unwrap_or_default()
}

/// What stands between the brackets of a JSON list.
fn elements(list: &str) -> &str {
    let list = list.trim();
    list.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or_default().trim()
}
