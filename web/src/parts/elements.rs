//! The elements that all screens are drawn from: tables, panels, buttons. One function for each
//! shape keeps the page small: every `html!` is code that visitors load.

use std::rc::Rc;

use fentan_core::Fen;
use fentan_words::{Language, cell, say};
use yew::html::onclick::Wrapper;
use yew::virtual_dom::{AttributeOrProperty, Attributes, VTag};
use yew::{AttrValue, Callback, Html, MouseEvent};

use crate::page::Action;

/// An element of a class, which may be empty.
pub fn element(name: &'static str, class: &str, content: impl Into<Html>) -> Html {
    tag(name, &["class"], &[class], content)
}

/// An element with attributes; one without a text is left out. What an input or option stands
/// for is its `value`, empty or not.
pub fn tag(
    name: &'static str,
    keys: &'static [&'static str],
    values: &[&str],
    content: impl Into<Html>,
) -> Html {
    with_attributes(name, keys, values, content.into()).into()
}

/// Such an element in a list whose elements come and go: it keeps its place by a key of its own.
pub fn tag_of(
    key: usize,
    name: &'static str,
    keys: &'static [&'static str],
    values: &[&str],
    content: Html,
) -> Html {
    let mut tag = with_attributes(name, keys, values, content);
    tag.key = Some(key.into());
    tag.into()
}

/// Such an element that does something when it is clicked.
pub fn tag_that(
    does: Callback<MouseEvent>,
    name: &'static str,
    keys: &'static [&'static str],
    values: &[&str],
    content: impl Into<Html>,
) -> Html {
    let mut tag = with_attributes(name, keys, values, content.into());
    tag.add_listener(Rc::new(Wrapper::new(does)));
    tag.into()
}

/// A click that is an action.
pub fn act(send: &Callback<Action>, action: Action) -> Callback<MouseEvent> {
    send.reform(move |_| action.clone())
}

fn with_attributes(
    name: &'static str,
    keys: &'static [&'static str],
    values: &[&str],
    content: Html,
) -> VTag {
    let mut tag = VTag::new(name);
    let mut written = Vec::with_capacity(keys.len());
    for (&key, &value) in keys.iter().zip(values) {
        let text = || AttrValue::from(value.to_owned());
        written.push(match key {
            "value" if name == "input" => {
                tag.set_value(Some(text()));
                None
            }
            "selectedIndex" => Some(AttributeOrProperty::Property(value.into())),
            _ if value.is_empty() && key != "value" => None,
            _ => Some(AttributeOrProperty::Attribute(text())),
        });
    }
    tag.set_attributes(Attributes::Dynamic { keys, values: written.into() });
    if name != "input" {
        tag.add_child(content);
    }
    tag
}

/// One after another.
pub fn all(parts: Vec<Html>) -> Html {
    parts.into_iter().collect()
}

/// A cell.
pub fn td(content: impl Into<Html>) -> Html {
    element("td", "", content)
}

/// A cell with an amount; zero is a dash.
pub fn td_amount(amount: Fen) -> Html {
    element("td", "", cell(amount))
}

/// A cell with an amount that others of its row add up to.
pub fn td_sum(amount: Fen) -> Html {
    element("td", "sum", cell(amount))
}

/// A row of a table.
pub fn row(cells: Vec<Html>) -> Html {
    element("tr", "", all(cells))
}

/// The heading of a column.
pub fn th(text: String) -> Html {
    tag("th", &["scope"], &["col"], text)
}

/// The heading of a row.
pub fn th_row(name: &str) -> Html {
    tag("th", &["scope"], &["row"], name)
}

/// A table: the rows of its heading and of its body, and the cells of its last row.
pub fn table(head: Vec<Html>, body: Vec<Html>, foot: Vec<Html>) -> Html {
    let parts = vec![
        element("thead", "", all(head)),
        element("tbody", "", all(body)),
        element("tfoot", "", row(foot)),
    ];
    element("table", "", all(parts))
}

/// A table in a box that scrolls where the page is too narrow for it.
pub fn table_box(id: &str, table: Html) -> Html {
    let keys = &["class", "role", "tabindex", "aria-labelledby"];
    tag("div", keys, &["table-box", "group", "0", &heading_id(id)], table)
}

/// A part of the page, with the keys of its heading and of the note below.
pub fn panel(
    language: Language,
    id: &'static str,
    heading: &str,
    note: &str,
    parts: Vec<Html>,
) -> Html {
    panel_of(id, say(language, heading), say(language, note), parts)
}

/// A part of the page, with its heading and the note below.
pub fn panel_of(id: &'static str, heading: String, note: String, parts: Vec<Html>) -> Html {
    let heading_id = heading_id(id);
    let parts =
        vec![tag("h2", &["id"], &[&heading_id], heading), element("p", "note", note), all(parts)];
    tag("section", &["id", "class", "aria-labelledby"], &[id, "panel", &heading_id], all(parts))
}

/// Something folded under a line that says what it holds.
pub fn folded(class: &str, summary: String, parts: Vec<Html>) -> Html {
    element("details", class, all(vec![element("summary", "", summary), all(parts)]))
}

fn heading_id(id: &str) -> String {
    format!("{id}-heading")
}

/// A button; one that does nothing now is disabled.
pub fn button(id: &str, text: String, does: Option<Callback<MouseEvent>>) -> Html {
    let disabled = if does.is_none() { "disabled" } else { "" };
    let keys = &["id", "type", "disabled"];
    tag_that(does.unwrap_or_default(), "button", keys, &[id, "button", disabled], text)
}

/// A list to choose from, at what is chosen now; the last of the keys is that of its index.
pub fn list(
    keys: &'static [&'static str],
    values: &[&str],
    chosen: &str,
    options: Vec<(String, String)>,
) -> Html {
    // The attribute of an option counts only until one is chosen, the list's own property after.
    let mut index = String::new();
    let mut drawn = Vec::new();
    for (at, (value, name)) in options.into_iter().enumerate() {
        let is_chosen = value == chosen;
        if is_chosen {
            index = at.to_string();
        }
        let selected = if is_chosen { "selected" } else { "" };
        drawn.push(tag("option", &["value", "selected"], &[&value, selected], name));
    }
    let values = [values, &[index.as_str()]].concat();
    tag("select", keys, &values, all(drawn))
}
