//! What the parts of a plan have in common: works, sources and channels are put in order, added
//! and taken out alike.

use fentan_core::Change;
use fentan_words::{printable, say_with};
use gloo::timers::callback::Timeout;
use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::{Callback, Event, Html, MouseEvent, TargetCast, html};

use crate::message::Request;
use crate::page::Action;
use crate::parts::drawing::Drawing;
use crate::parts::editing::Editing;
use crate::parts::elements::{button, element, panel, tag_that};
use crate::parts::field::{Entered, dot, entry, input_id, length, list, words};

/// Fields that are never folded: what is wrong with them is seen.
const SHOWN: [&str; 7] =
    ["name", "amount", "rate", "per_household", "per_area", "per_piece", "kind"];

/// Parts of a plan that clauses of Puyang are cited for.
const OF_PUYANG: [&str; 5] = ["works", "sources", "relief", "minimum", "channels"];

/// Those of them that nothing else is cited for.
const OF_PUYANG_ALONE: [&str; 3] = ["sources", "relief", "minimum"];

/// The path of an element of a list.
pub fn at(list: &str, index: usize) -> String {
    format!("{list}[{index}]")
}

/// Ends a part of a plan: around what was drawn its heading, what it is for, and, folded, the
/// clauses that it rests on.
pub fn part(drawing: &mut Drawing<'_>, id: &'static str) {
    let inside = drawing.take();
    let key = |text: &str| ["page.", id, ".", text].concat();
    drawing.open("", "");
    // Clauses of a place are cited where its policy is chosen, and nowhere else.
    let is_of_puyang = drawing.editing.text("policy").starts_with("puyang");
    let cited = [
        ("why-puyang", is_of_puyang && OF_PUYANG.contains(&id)),
        ("why", !OF_PUYANG_ALONE.contains(&id)),
    ];
    if cited.iter().any(|(_, is_said)| *is_said) {
        drawing.open("details", "why");
        drawing.say("summary", "", "page.list.why");
        for (why, _) in cited.into_iter().filter(|(_, is_said)| *is_said) {
            drawing.say("p", "", &key(why));
        }
        drawing.close();
    } else {
        drawing.put(Html::default());
    }
    drawing.put(inside);
    let parts = vec![drawing.take()];
    let language = drawing.editing.language;
    drawing.put(panel(language, id, &key("heading"), &key("note"), parts));
}

/// Begins what [`fold`] ends: the details of an element of a list, drawn only where they are not
/// folded or something is wrong with them.
pub fn begin_fold(drawing: &mut Drawing<'_>) {
    drawing.open("", "");
    drawing.is_folded = drawing.editing.is_folded(&drawing.path) && !is_wrong_within(drawing);
}

/// Ends the details of an element of a list, under a line that says what they hold.
pub fn fold(drawing: &mut Drawing<'_>, summary: &str) {
    drawing.is_folded = false;
    let editing = drawing.editing;
    let fields = drawing.take();
    drawing.open("", "");
    drawing.open("summary", "");
    drawing.text("span", "", summary);
    let is_wrong = is_wrong_within(drawing);
    drawing.text(
        "span",
        "wrong",
        &if is_wrong { editing.say("page.list.wrong") } else { String::new() },
    );
    drawing.close();
    drawing.put(element("div", "fields", fields));
    let parts = drawing.take();
    let open = !editing.is_folded(&drawing.path);
    let path = drawing.path.clone();
    let ontoggle = editing.send.reform(move |event: Event| {
        let details = event.target_unchecked_into::<Element>();
        Action::Fold(path.clone(), !details.has_attribute("open"))
    });
    drawing.put(html! { <details class="more" {open} {ontoggle}>{ parts }</details> });
}

/// Whether something is wrong with what is folded of the table that is being drawn.
fn is_wrong_within(drawing: &Drawing<'_>) -> bool {
    let inside = dot(&drawing.path, "");
    let mut wrong = drawing.editing.standing.wrong.iter();
    wrong.any(|one| one.path.strip_prefix(&inside).is_some_and(|field| !SHOWN.contains(&field)))
}

/// What an element of a list is called: its name, or its id where it has none.
pub fn title(editing: &Editing, path: &str) -> String {
    let name = editing.text(&dot(path, "name"));
    printable(if name.is_empty() { editing.text(&dot(path, "id")) } else { name })
}

/// The id and title of each element of a list.
pub fn titles(editing: &Editing, list: &str) -> Vec<(String, String)> {
    let mut titles = Vec::new();
    for index in 0..length(editing, list) {
        let path = at(list, index);
        titles.push((editing.text(&dot(&path, "id")).to_owned(), title(editing, &path)));
    }
    titles
}

/// The note on an element of a list and its id, which stands at other paths, too.
pub fn note_and_id(drawing: &mut Drawing<'_>, mut mentions: Vec<String>) {
    drawing.open("div", "wide last");
    drawing.fields(&[words("note", "page.list.note")]);
    let id = dot(&drawing.path, "id");
    mentions.push(id.clone());
    let value = drawing.written("id");
    drawing.put(entry(drawing.editing, &id, value, "term.id", Entered::Written(mentions)));
    drawing.close();
}

/// Adds the paths of what is this text in a list.
pub fn mentions(editing: &Editing, text: &str, path: &str, mentions: &mut Vec<String>) {
    for (index, one) in list(editing, path).iter().enumerate() {
        if one == text {
            mentions.push(at(path, index));
        }
    }
}

/// The change that puts an element at the end of a list, which need not be there yet.
pub fn append(editing: &Editing, list: &str, json: String) -> Change {
    match length(editing, list) {
        0 => Change::Put { path: list.to_owned(), json: ["[", &json, "]"].concat(), at: None },
        count => Change::Insert { path: at(list, count), json },
    }
}

/// An id that nothing in the plan has yet.
pub fn free_id(editing: &Editing, prefix: &str) -> String {
    let mut known = titles(editing, "lines");
    known.extend(titles(editing, "sources"));
    let is_free =
        |id: &String| editing.text("relief.pot.id") != id && known.iter().all(|(one, _)| one != id);
    (1..).map(|number: u32| format!("{prefix}-{number}")).find(is_free).unwrap_or_default()
}

/// A text as JSON.
pub fn quote(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// A button that makes a change and then goes to the field at a path.
pub fn adder(drawing: &mut Drawing<'_>, text: String, changes: Vec<Change>, then: String) {
    let send = drawing.editing.send.clone();
    let onclick = move |_: MouseEvent| {
        send.emit(Action::Ask(Request::Change(changes.clone())));
        focus(input_id(&then));
    };
    drawing.put(button("", text, Some(onclick.into())));
}

/// Buttons that move an element of a list up and down, and one that takes it out with what
/// names it.
pub fn order(
    drawing: &mut Drawing<'_>,
    list: &'static str,
    index: usize,
    name: &str,
    mentions: &[String],
) {
    let editing = drawing.editing;
    drawing.open("span", "order");
    let down = Some(index + 1).filter(|to| *to < length(editing, list));
    for (way, sign, to) in [("up", "↑", index.checked_sub(1)), ("down", "↓", down)] {
        let send = editing.send.clone();
        let act = Callback::from(move |_: MouseEvent| {
            if let Some(to) = to {
                send.emit(Action::Ask(Request::Change(vec![Change::Move {
                    path: at(list, index),
                    to,
                }])));
                focus(button_id(&at(list, to), way));
            }
        });
        let path = drawing.path.clone();
        drawing.put(icon(editing, &path, sign, way, name, to.is_some(), act));
    }
    // The last first, so that the others stay where they are.
    let mut changes = Vec::new();
    for mention in mentions.iter().rev() {
        changes.push(Change::Remove { path: mention.clone() });
    }
    let path = drawing.path.clone();
    changes.push(Change::Remove { path: path.clone() });
    remover(drawing, &path, name, changes);
    drawing.close();
}

/// A button that takes something out.
pub fn remover(drawing: &mut Drawing<'_>, path: &str, name: &str, changes: Vec<Change>) {
    let onclick = drawing.editing.change(changes);
    drawing.put(icon(drawing.editing, path, "✕", "remove", name, true, onclick));
}

/// A small button. One that does nothing now can be focused all the same: what is moved to an
/// end keeps its button.
fn icon(
    editing: &Editing,
    path: &str,
    sign: &'static str,
    does: &'static str,
    name: &str,
    is_able: bool,
    onclick: Callback<MouseEvent>,
) -> Html {
    let label = say_with(editing.language, &dot("page.list", does), &[("name", name)]);
    let keys = &["id", "type", "class", "title", "aria-label", "aria-disabled"];
    let disabled = if is_able { "" } else { "true" };
    let values = [&button_id(path, does), "button", "icon", &label, &label, disabled];
    tag_that(onclick, "button", keys, &values, sign)
}

fn button_id(path: &str, does: &str) -> String {
    [&input_id(path), "-", does].concat()
}

/// Goes to a control of the page once it is drawn.
fn focus(id: String) {
    let go = move || {
        if let Some(element) = document().get_element_by_id(&id) {
            // What can't be focused is not.
            let _ = element.unchecked_into::<HtmlElement>().focus();
        }
    };
    Timeout::new(0, go).forget();
}

/// What tells an element of a list from the others: its id, or its place where that is taken.
pub fn key(editing: &Editing, list: &str, index: usize) -> String {
    let id = |index: usize| editing.text(&dot(&at(list, index), "id"));
    match (0..index).any(|before| id(before) == id(index)) {
        true => at(list, index),
        false => id(index).to_owned(),
    }
}
