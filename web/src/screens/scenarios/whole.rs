//! Changes of a scenario that concern something whole: a source or a line left out, added, or put
//! elsewhere in its list.

use fentan_core::Value;
use fentan_core::internal::quoted;
use fentan_words::{Language, say};
use serde_json::{Value as Json, json};
use yew::{Html, html};

use super::opened::{Opened, free_id, id, title};
use super::varied::Kind;

/// What can be entered of something that a scenario adds: the field, the key of its name, and what
/// it counts; of a line only the first.
pub const FIELDS: [(&str, &str, Kind); 3] = [
    ("amount", "scenarios.field.amount", Kind::Money),
    ("per_household", "scenarios.field.per_household", Kind::PerHousehold),
    ("rate", "scenarios.field.rate", Kind::Rate),
];

/// Lists whose order counts, since the first pays first.
const ORDERED: [&str; 2] = ["sources", "channels"];

/// Groups of changes to choose from, each with its JSON for a value.
pub fn options(language: Language, opened: &Opened) -> Vec<Html> {
    let named = |list: &'static str| {
        opened.list(list).iter().filter_map(move |one| {
            let id = id(one)?;
            Some((list, quoted(id).into_owned(), id, called(language, list, one)))
        })
    };
    let left_out = ["sources", "lines"].into_iter().flat_map(&named);
    let left_out: Vec<_> = left_out
        .map(|(list, path, _, name)| (json!({ "remove": format!("{list}.{path}") }), name))
        .collect();
    let mut first = Vec::new();
    let mut last = Vec::new();
    for list in ORDERED {
        let all: Vec<_> = named(list).collect();
        for (place, (list, path, _, name)) in all.iter().enumerate() {
            let path = format!("{list}.{path}");
            if place > 0 {
                first.push((json!({ "move": path, "before": all[0].2 }), name.clone()));
            }
            if place + 1 < all.len() {
                last.push((json!({ "move": path }), name.clone()));
            }
        }
    }
    let added = ["sources", "lines"].map(|list| {
        let name = say(language, &format!("scenarios.new-{list}"));
        (json!({ "add": list, "value": new(opened, list, &name) }), name)
    });
    [("left-out", left_out), ("first", first), ("last", last), ("added", added.into())]
        .into_iter()
        .filter(|(_, changes)| !changes.is_empty())
        .map(|(group, changes)| {
            let label = say(language, &format!("scenarios.group.{group}"));
            let changes = changes.into_iter().map(|(change, name)| {
                html! { <option value={change.to_string()}>{ name }</option> }
            });
            html! { <optgroup {label}>{ for changes }</optgroup> }
        })
        .collect()
}

/// What an element of a list is called: a channel has but its kind.
pub fn called(language: Language, list: &str, one: &Value<'_>) -> String {
    match (list, one.get("kind").and_then(Value::text)) {
        ("channels", Some(kind)) => fentan_words::channel(language, kind),
        _ => title(one).to_owned(),
    }
}

/// A source or a line that nothing in the plan or its scenarios has the id of.
fn new(opened: &Opened, list: &str, name: &str) -> Json {
    let added = opened.scenarios().iter();
    let added = added.flat_map(|one| one.get("changes").map_or(&[][..], Value::list));
    let added = added.filter_map(|change| change.get("value"));
    let known = ["sources", "lines"].into_iter().flat_map(|list| opened.list(list)).chain(added);
    let ids: Vec<_> = known.filter_map(id).collect();
    let id = free_id("new", &ids);
    match list {
        "sources" => json!({ "id": id, "name": name, "kind": "other", "amount": "0" }),
        _ => json!({ "id": id, "name": name, "amount": "0" }),
    }
}
