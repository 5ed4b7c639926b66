//! Cells for many households at once: the same for all that are listed, and columns that are pasted.

use fentan_words::{say, say_with};
use gloo::utils::document;
use js_sys::{Function, Reflect};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement};
use yew::{Event, Html};

use crate::message::{Column, Filling, Request};
use crate::page::{Action, Page};
use crate::parts::editing::Editing;
use crate::parts::elements::{all, element, list, tag};
use crate::screens::roster::events::reading_of;
use crate::screens::roster::table::heading;

/// The column to fill, and what to fill it with.
const COLUMN: &str = "fill-column";
const TEXT: &str = "fill-text";

/// Writes one text into a column of all households that are listed.
pub fn fill(page: &Page, editing: &Editing) -> Html {
    let language = page.language;
    let columns = page.rows.columns.iter().filter(|column| column.name != "id");
    let columns = columns.map(|column| (column.name.clone(), heading(editing, column)));
    let name = say(language, "page.roster.fill-column");
    let text = say(language, "page.roster.fill-text");
    let count = page.rows.found.to_string();
    let does = say_with(language, "page.roster.fill-all", &[("count", &count)]);
    let parts = vec![
        list(&["id", "aria-label", "selectedIndex"], &[COLUMN, &name], "", columns.collect()),
        tag("input", &["id", "aria-label", "placeholder"], &[TEXT, &text, &text], ""),
        super::does("fill", "", does),
    ];
    let summary = element("summary", "", say(language, "page.roster.fill"));
    element("details", "columns", all(vec![summary, element("div", "menu", all(parts))]))
}

/// What is to be filled in, as it stands in its fields.
pub fn filled() -> Option<Action> {
    let of = |id: &str| document().get_element_by_id(id);
    let column = of(COLUMN)?.unchecked_into::<HtmlSelectElement>().value();
    let text = of(TEXT)?.unchecked_into::<HtmlInputElement>().value();
    let text = reading_of(&["households[0].", &column].concat()).exact("", &text);
    let (columns, rows) = (vec![column], vec![vec![text]]);
    Some(ask(Filling { columns, start: 0, rows, is_for_all: true }))
}

/// What is pasted into a cell: several cells go into the cells below and beside it.
pub fn pasted(event: &Event, columns: &[Column], shown: &[String]) -> Option<Action> {
    let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
    let text = on_clipboard(event)?;
    let text = text.trim_end_matches(['\r', '\n']);
    if !text.contains(['\n', '\t']) {
        return None;
    }
    let path = input.name();
    let column = columns.iter().find(|column| column.is_at(&path))?;
    let place = shown.iter().position(|name| *name == column.name)?;
    let row: &Element = &input.closest("tr").ok()??;
    // Rows are counted from one, and the heading is the first of them.
    let start = row.get_attribute("aria-rowindex")?.parse::<usize>().ok()?.checked_sub(2)?;
    let rows: Vec<Vec<String>> = text
        .split('\n')
        .map(|row| {
            let cells = row.trim_end_matches('\r').split('\t').zip(&shown[place..]);
            let exact = |(cell, name): (&str, &String)| {
                reading_of(&["households[0].", name].concat()).exact("", cell)
            };
            cells.map(exact).collect()
        })
        .collect();
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    event.prevent_default();
    let columns = shown[place..].iter().take(width).cloned().collect();
    Some(ask(Filling { columns, start, rows, is_for_all: false }))
}

/// The text that an event pastes.
fn on_clipboard(event: &Event) -> Option<String> {
    let clipboard = Reflect::get(event, &"clipboardData".into()).ok()?;
    let read = Reflect::get(&clipboard, &"getData".into()).ok()?.dyn_into::<Function>().ok()?;
    read.call1(&clipboard, &"text/plain".into()).ok()?.as_string()
}

fn ask(filling: Filling) -> Action {
    Action::Ask(Request::Fill(Box::new(filling)))
}
