//! The tables of coefficients.

use fentan_core::Change;
use fentan_words::say_with;
use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::MouseEvent;

use crate::message::Request;
use crate::page::Action;
use crate::parts::drawing::Drawing;
use crate::parts::editing::Editing;
use crate::parts::elements::{button, tag};
use crate::parts::field::{Entered, Label, dot, entry, field, keys, length, named};
use crate::parts::part::{adder, at, part, quote, remover};
use crate::typed::Reading;

/// The id of the number of floors to make a table for.
const FLOORS: &str = "guangzhou-floors";

/// What a new table holds: the floors of the roster, all alike until somebody says otherwise.
pub fn new_table(editing: &Editing) -> String {
    let floors = &editing.rows.floors;
    let floors = if floors.is_empty() { &["1".to_owned()][..] } else { floors };
    let floors: Vec<_> = floors.iter().map(|floor| [&quote(floor), r#":"1""#].concat()).collect();
    ["{", &floors.join(","), "}"].concat()
}

/// How many floors the roster has above the ground; the usual number where it says none.
fn highest(editing: &Editing) -> u32 {
    let floors = editing.rows.floors.iter();
    floors.filter_map(|floor| floor.parse().ok()).max().unwrap_or(9)
}

/// The tables of coefficients by floor.
pub fn tables(drawing: &mut Drawing<'_>) {
    let editing = drawing.editing;
    drawing.open("", "");
    drawing.open("div", "coefficients");
    for name in keys(editing, "tables") {
        card(drawing, &name);
    }
    drawing.close();
    drawing.path = "tables".to_owned();
    drawing.fills();
    drawing.open("div", "tools");
    let path = new_path(editing);
    let new = Change::Put { path: path.clone(), json: new_table(editing), at: None };
    adder(drawing, editing.say("page.tables.add"), vec![new], path.clone());
    let highest = highest(editing);
    let send = editing.send.clone();
    let guangzhou = move |_: MouseEvent| {
        let floors = document().get_element_by_id(FLOORS);
        let floors = floors.map(|one| one.unchecked_into::<HtmlInputElement>().value());
        let json =
            coefficients(floors.and_then(|text| text.trim().parse().ok()).unwrap_or(highest));
        send.emit(Action::Ask(Request::Change(vec![Change::Put {
            path: path.clone(),
            json,
            at: None,
        }])));
    };
    let text = editing.say("page.tables.guangzhou");
    drawing.put(button("add-guangzhou", text, Some(guangzhou.into())));
    drawing.put(tag("label", &["for"], &[FLOORS], editing.say("page.tables.floors")));
    let keys = &["id", "class", "inputmode", "placeholder"];
    drawing.put(tag("input", keys, &[FLOORS, "number", "numeric", &highest.to_string()], ""));
    drawing.close();
    part(drawing, "tables");
}

/// Guangzhou's coefficients of so many floors: 广州市既有住宅增设电梯办法 第八条.
fn coefficients(floors: u32) -> String {
    let mut json = "{".to_owned();
    for floor in 1..=floors.clamp(1, 99) {
        let tenths = if floor < 4 { (floor - 1) * 5 } else { floor + 7 };
        json.push_str(&format!(r#""{floor}":"{}.{}","#, tenths / 10, tenths % 10));
    }
    json.pop();
    json + "}"
}

/// The path of a table to come.
pub fn new_path(editing: &Editing) -> String {
    let known = keys(editing, "tables");
    let word = editing.say("page.tables.new");
    let mut names = (1..).map(|number: u32| format!("{word}{number}"));
    let name = names.find(|name| !known.contains(name)).unwrap_or_default();
    named("tables", &name)
}

fn card(drawing: &mut Drawing<'_>, name: &str) {
    let editing = drawing.editing;
    let path = named("tables", name);
    let mut uses = Vec::new();
    for line in 0..length(editing, "lines") {
        let table = dot(&at("lines", line), "share_by.table");
        if editing.text(&table) == name {
            uses.push(table);
        }
    }
    let count = uses.len().to_string();
    drawing.open("section", "");
    drawing.open("div", "head");
    let rename = Entered::Named("tables".to_owned(), Ok(name.to_owned()), uses);
    drawing.put(entry(editing, &path, name, "page.tables.name", rename));
    remover(drawing, &path, name, vec![Change::Clear { path: path.clone() }]);
    drawing.close();
    let used = say_with(editing.language, "page.tables.used", &[("count", &count)]);
    drawing.text("small", "", &used);
    let floors = keys(editing, &path);
    drawing.open("div", "floor");
    drawing.say("span", "note", "term.floor");
    drawing.say("span", "note", "page.tables.coefficient");
    drawing.close();
    for floor in &floors {
        row(drawing, &path, floor);
    }
    // The next floor, with the coefficient of the one before.
    let highest = floors.iter().filter_map(|floor| floor.parse::<i32>().ok()).max();
    let next = dot(&path, &highest.map_or(1, |floor| floor.saturating_add(1)).to_string());
    let last = floors.last().map_or("0", |floor| editing.text(&named(&path, floor)));
    let put = Change::Put { path: next.clone(), json: quote(last), at: None };
    adder(drawing, editing.say("page.tables.add-floor"), vec![put], next);
    drawing.close();
}

/// A floor and its coefficient.
fn row(drawing: &mut Drawing<'_>, table: &str, floor: &str) {
    let editing = drawing.editing;
    let path = named(table, floor);
    drawing.open("div", "floor");
    let rename = Entered::Named(table.to_owned(), Ok(floor.to_owned()), Vec::new());
    drawing.put(entry(editing, &dot(&path, "floor"), floor, "term.floor", rename));
    let name = say_with(editing.language, "page.tables.of-floor", &[("floor", floor)]);
    let label =
        Label { name: name.clone(), reading: Reading::NUMBER, is_hidden: true, ..Label::default() };
    drawing.put(field(editing, &path, label));
    remover(drawing, &path, &name, vec![Change::Remove { path: path.clone() }]);
    drawing.close();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guangzhou_counts_the_third_floor_as_one_and_each_above_it_a_tenth_more() {
        let table: serde_json::Value = serde_json::from_str(&coefficients(12)).expect("JSON");
        let of = |floor: &str| table[floor].as_str();
        assert_eq!([of("1"), of("2"), of("3")], [Some("0.0"), Some("0.5"), Some("1.0")]);
        assert_eq!([of("4"), of("9"), of("12")], [Some("1.1"), Some("1.6"), Some("1.9")]);
        assert_eq!(of("13"), None);
    }
}
