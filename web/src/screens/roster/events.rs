//! What is done in the roster. It is listened to once for all of it: a cell is named after the
//! path of what it shows, and every other control after what it does.

use fentan_core::Change;
use fentan_import::Content;
use fentan_words::Language;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlTableCellElement};
use yew::{Event, KeyboardEvent, MouseEvent, TargetCast};

use crate::message::{Dwelling, Look, Request, is_of_roster};
use crate::page::{Action, View};
use crate::parts::field::json;
use crate::screens::roster::estimate;
use crate::screens::roster::fill::filled;
use crate::screens::roster::homes::stand_in_roster;
use crate::screens::roster::table::{SEVERAL, to_box, to_top};
use crate::session::stand_in;
use crate::typed::Reading;

/// A cell that was typed into.
pub fn typed(event: &Event) -> Option<Action> {
    // A list to choose from has a name and a value like an input.
    let input: HtmlInputElement = event.target_unchecked_into();
    let path = input.name();
    if let Some(change) = chosen_in_cell(&path, &input.value()) {
        return Some(Action::Ask(Request::Change(vec![change])));
    }
    is_of_roster(&path).then(|| Action::Type {
        reading: reading_of(&path),
        path,
        text: input.value(),
    })
}

/// The change of a cell in which something other than a text was chosen: whether a household takes
/// part in a line, and several hardships.
fn chosen_in_cell(path: &str, chosen: &str) -> Option<Change> {
    let put = |json: String| Change::Put { path: path.to_owned(), json, at: None };
    if path.starts_with("households[") && path.contains("].joins.") {
        return Some(match chosen {
            "yes" => put("true".to_owned()),
            "no" => put("false".to_owned()),
            _ => Change::Clear { path: path.to_owned() },
        });
    }
    let codes: Vec<_> = chosen.split(SEVERAL).map(str::to_owned).collect();
    (path.ends_with("].hardship") && codes.len() > 1).then(|| put(json(&codes)))
}

/// A cell that was left.
pub fn settled(event: &Event) -> Option<Action> {
    let path = event.target_unchecked_into::<HtmlInputElement>().name();
    is_of_roster(&path).then(|| Action::Settle { reading: reading_of(&path), path })
}

/// What narrows the households down, or says how many homes to estimate.
pub fn chosen(event: &Event, look: &Look, view: &View) -> Option<Action> {
    let input: HtmlInputElement = event.target_unchecked_into();
    let (name, text) = (input.name(), input.value());
    let mut look = Look { start: 0, ..look.clone() };
    match name.as_str() {
        "search" => look.search = text,
        "building" => (look.building, look.unit) = (text, String::new()),
        "unit" => look.unit = text,
        _ => {
            let mut view = view.clone();
            let (place, field) = name.split_once(' ')?;
            let dwelling = view.dwellings.get_mut(place.parse::<usize>().ok()?)?;
            estimate::write(dwelling, field, text);
            return Some(Action::View(view));
        }
    }
    to_top();
    Some(Action::Ask(Request::Look(look)))
}

/// What the button does that was clicked.
pub fn clicked(event: &MouseEvent, language: Language, view: &View) -> Option<Action> {
    let clicked: Element = event.target_dyn_into()?;
    let button = clicked.closest("button").ok()??;
    let value = button.get_attribute("value").unwrap_or_default();
    let household = value.parse().ok();
    let mut view = view.clone();
    Some(match button.get_attribute("name")?.as_str() {
        "paste" => Action::Pasting(Some(Content::Roster)),
        "confirm" => Action::Ask(Request::Confirm),
        "sort" => {
            to_top();
            Action::Sort(value)
        }
        "state" => Action::Ask(Request::State(Some(household?))),
        "add" => Action::Ask(Request::Add(household)),
        "fill" => return filled(),
        "remove" => {
            to_box();
            let path = format!("households[{}]", household?);
            Action::Ask(Request::Change(vec![Change::Remove { path }]))
        }
        "estimate" => {
            let note = stand_in(language);
            Action::Ask(Request::Make(vec![stand_in_roster(&view.dwellings, &note)?]))
        }
        name => {
            match name {
                "view" => view.is_of_dues = !value.is_empty(),
                "column" => match view.added.iter().position(|one| *one == value) {
                    Some(at) => drop(view.added.remove(at)),
                    None => view.added.push(value),
                },
                "dwelling" => view.dwellings.push(Dwelling::default()),
                _ => return None,
            }
            Action::View(view)
        }
    })
}

/// Enter and the arrows go to the next row, as in a workbook, which changes nothing.
pub fn step(event: &KeyboardEvent) -> Option<Action> {
    // While Chinese is being composed, they choose among characters.
    if event.is_composing() {
        return None;
    }
    let is_down = match event.key().as_str() {
        "ArrowDown" => true,
        "ArrowUp" => false,
        "Enter" => !event.shift_key(),
        _ => return None,
    };
    let cell = event.target_dyn_into::<HtmlInputElement>()?.closest("tbody > * > *").ok()??;
    let row = cell.parent_element()?;
    let column = cell.dyn_into::<HtmlTableCellElement>().ok()?.cell_index();
    let next = if is_down { row.next_element_sibling() } else { row.previous_element_sibling() };
    let next = next?.query_selector(&format!(":nth-child({}) > input", column + 1)).ok()??;
    event.prevent_default();
    let next: HtmlInputElement = next.unchecked_into();
    // A cell that is drawn can be focused.
    let _ = next.focus();
    next.select();
    None
}

/// How what stands at a path is read.
pub fn reading_of(path: &str) -> Reading {
    let (_, field) = path.split_once("].").unwrap_or_default();
    match field.split('.').next() {
        Some("area" | "weights") => Reading::NUMBER,
        Some("payer_share") => Reading::RATE,
        Some(
            "fund_balance" | "fund_first" | "fund_interest" | "provident" | "in_kind" | "charges",
        ) => Reading::MONEY,
        _ => Reading::PLAIN,
    }
}
