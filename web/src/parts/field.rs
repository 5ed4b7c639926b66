//! The fields that a plan is edited with: each shows what is written at a path of the plan and
//! what is wrong with it, and writes what is typed or chosen.

use fentan_core::internal::quoted;
use fentan_core::{Change, Value};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::{AttrValue, Callback, Event, Html, InputEvent, TargetCast, html};

use crate::message::Request;
use crate::page::Action;
use crate::parts::editing::Editing;
use crate::parts::elements::{all, element, tag};
use crate::screens::result::law::Fill;
use crate::typed::Reading;

/// What a field of text is for.
#[derive(Debug, Clone, Default)]
pub struct Label {
    /// What it is called.
    pub name: String,
    /// What it counts: 元, m².
    pub unit: String,
    /// Whether the name is for those only who don't see what stands around.
    pub is_hidden: bool,
    /// How what is typed is read.
    pub reading: Reading,
    /// What counts where nothing is written.
    pub default: &'static str,
    /// The id of a list of texts to choose from, which is no bound.
    pub options: &'static str,
    /// What a policy pack has for it.
    pub fill: Option<Fill>,
    /// What is typed and what it comes to, where that is reckoned.
    pub reckoned: String,
}

/// The id of the input of a path.
pub fn input_id(path: &str) -> String {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    format!("field-{}", path.chars().map(plain).collect::<String>())
}

/// An input for the text at a path.
pub fn field(editing: &Editing, path: &str, label: Label) -> Html {
    input(editing, path, editing.text(path).to_owned(), editing.problems_at(path), label)
}

/// An input for the text at a path that holds this now.
pub fn input(
    editing: &Editing,
    path: &str,
    value: String,
    problems: Vec<String>,
    label: Label,
) -> Html {
    let reading = label.reading;
    let entering = Some(&editing.entering).filter(|entering| entering.path == path);
    let is_typed = entering.is_some_and(|entering| entering.is_typed);
    let value = if is_typed { value } else { reading.shown(&value) };
    let label = Label {
        fill: editing.fills(path).next().cloned(),
        reckoned: entering.map_or_else(String::new, |entering| entering.reckoned.clone()),
        ..label
    };
    let oninput = {
        let path = path.to_owned();
        editing.send.reform(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            Action::Type { path: path.clone(), text, reading }
        })
    };
    let onchange = {
        let path = path.to_owned();
        editing.send.reform(move |_: Event| Action::Settle { path: path.clone(), reading })
    };
    text_box(path, value, problems, label, Some(oninput), onchange)
}

/// What a text that is entered does.
#[derive(Debug, Clone)]
pub enum Entered {
    /// It is written at these paths.
    Written(Vec<String>),
    /// It is a list of texts at this path.
    List(String),
    /// It is the name of what stands in this table under another name, or of something new,
    /// which holds this text; what names it does so at these paths.
    Named(String, Result<String, &'static str>, Vec<String>),
    /// It is the name of something new in this table, which holds this JSON.
    New(String, &'static str),
}

impl Entered {
    fn changes(&self, editing: &Editing, text: String) -> Vec<Change> {
        let write = |path: &String| Change::Write { path: path.clone(), text: text.clone() };
        match self {
            Entered::List(path) => {
                let parts = text.split(['、', ',', '，', ';', '；', ' ']);
                let parts: Vec<_> =
                    parts.filter(|one| !one.is_empty()).map(str::to_owned).collect();
                vec![Change::Put { path: path.clone(), json: json(&parts), at: None }]
            }
            _ if text.is_empty() => Vec::new(),
            Entered::Written(paths) => paths.iter().map(write).collect(),
            Entered::New(table, _) if keys(editing, table).contains(&text) => Vec::new(),
            Entered::New(table, json) => {
                let (path, json) = (named(table, &text), (*json).to_owned());
                vec![Change::Put { path, json, at: None }]
            }
            Entered::Named(table, old, mentions) => {
                let known = keys(editing, table);
                if known.contains(&text) {
                    return Vec::new();
                }
                let path = named(table, &text);
                let mut changes = Vec::new();
                match old {
                    Err(new) => {
                        changes.push(Change::Write { path, text: (*new).to_owned() });
                    }
                    Ok(old) => {
                        let at = known.iter().position(|name| name == old);
                        let old = named(table, old);
                        let value = editing.form.document.value(&old);
                        let json = value.and_then(|value| serde_json::to_string(value).ok());
                        let json = json.unwrap_or_default();
                        changes.push(Change::Put { path, json, at });
                        changes.push(Change::Remove { path: old });
                        changes.extend(mentions.iter().map(write));
                    }
                }
                changes
            }
        }
    }
}

/// An input whose text is taken when it is left: for names that other parts of the plan hold,
/// which would not know half of one. What it is called is the text under a key.
pub fn entry(editing: &Editing, path: &str, value: &str, name: &str, entered: Entered) -> Html {
    let then = editing.clone();
    let onchange = editing.send.reform(move |event: Event| {
        let text = event.target_unchecked_into::<HtmlInputElement>().value();
        Action::Ask(Request::Change(entered.changes(&then, text)))
    });
    // What is being typed stays, whatever is drawn anew meanwhile.
    let typed = gloo::utils::document().active_element().filter(|one| one.id() == input_id(path));
    let typed = typed.map(|one| one.unchecked_into::<HtmlInputElement>().value());
    let value = typed.unwrap_or_else(|| value.to_owned());
    let label = Label { name: editing.say(name), ..Label::default() };
    text_box(path, value, editing.problems_in(path), label, None, onchange)
}

fn text_box(
    path: &str,
    value: String,
    problems: Vec<String>,
    label: Label,
    oninput: Option<Callback<InputEvent>>,
    onchange: Callback<Event>,
) -> Html {
    let id = input_id(path);
    let Label { name, unit, is_hidden, reading, default, options, fill, reckoned } = label;
    let fill = fill.filter(|_| value.is_empty());
    let default = fill.as_ref().map_or(default, |fill| &fill.value);
    let default = AttrValue::from(reading.shown(default));
    // A fraction is none of a hundred.
    let unit = if reading.is_rate() && value.contains('/') { String::new() } else { unit };
    let from_id = [&id, "-from"].concat();
    let from = match fill {
        Some(fill) => Some(fill_note(&from_id, &fill)),
        None if reckoned.is_empty() => None,
        None => Some(tag("span", &["class", "id"], &["from", &from_id], reckoned)),
    };
    let hidden_name = is_hidden.then(|| name.clone());
    let is_number = reading.is_number();
    let control = html! {
        <input
            id={id.clone()}
            class={is_number.then_some("number")}
            name={path.to_owned()}
            inputmode={is_number.then_some("decimal")}
            autocomplete="off"
            list={Some(options).filter(|list| !list.is_empty())}
            placeholder={default}
            {value}
            aria-label={hidden_name}
            aria-invalid={(!problems.is_empty()).then_some("true")}
            aria-describedby={described(&id, &problems, from.is_some())}
            {oninput}
            {onchange}
        />
    };
    framed(id, Some(name).filter(|_| !is_hidden), control, unit, problems, from)
}

/// A choice among values, each with what it is called; the first stands for a value left out.
pub fn choice(
    editing: &Editing,
    path: &str,
    name: String,
    is_hidden: bool,
    values: Vec<(&'static str, String)>,
) -> Html {
    let mut options = Vec::new();
    for (text, name) in values {
        let (path, text) = (path.to_owned(), text.to_owned());
        let change = match text.is_empty() {
            true => Change::Clear { path },
            false => Change::Write { path, text: text.clone() },
        };
        options.push((text, name, vec![change]));
    }
    pick(editing, path, name, is_hidden, editing.text(path), options)
}

/// A choice among values written as JSON, each with what it is called; an empty one leaves the value
/// out.
pub fn choice_of_json(
    editing: &Editing,
    path: &str,
    name: String,
    values: &[(&str, String)],
) -> Html {
    let mut options = Vec::new();
    for (json, name) in values {
        let (path, json) = (path.to_owned(), (*json).to_owned());
        let change = match json.is_empty() {
            true => Change::Clear { path },
            false => Change::Put { path, json: json.clone(), at: None },
        };
        options.push((json, name.clone(), vec![change]));
    }
    let chosen = editing.form.document.value(path);
    let chosen = chosen.and_then(|value| serde_json::to_string(value).ok()).unwrap_or_default();
    pick(editing, path, name, false, &chosen, options)
}

/// What can be chosen: its value, what it is called, and what it changes.
pub type Choice = (String, String, Vec<Change>);

/// A choice of something that is more than a text at a path.
pub fn pick(
    editing: &Editing,
    path: &str,
    name: String,
    is_hidden: bool,
    chosen: &str,
    mut choices: Vec<Choice>,
) -> Html {
    let id = input_id(path);
    // What is written and is no choice is shown, too, with its problem.
    if choices.iter().all(|(value, ..)| value != chosen) {
        choices.push((chosen.to_owned(), chosen.to_owned(), Vec::new()));
    }
    let mut options = Vec::new();
    let mut at: i32 = 0;
    for (index, (value, name, _)) in (0..).zip(&choices) {
        let selected = value == chosen;
        at = if selected { index } else { at };
        options.push(html! { <option value={value.clone()} {selected}>{ name }</option> });
    }
    let onchange = editing.send.reform(move |event: Event| {
        let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
        let choice = usize::try_from(index).ok().and_then(|index| choices.get(index));
        Action::Ask(Request::Change(
            choice.map(|(_, _, changes)| changes.clone()).unwrap_or_default(),
        ))
    });
    let label = is_hidden.then(|| name.clone());
    let control = html! {
        // The index, too: the attribute of an option counts for nothing once one was chosen by hand.
        <select id={id.clone()} aria-label={label} ~selectedIndex={at} {onchange}>{ all(options) }</select>
    };
    let from = editing.fills(path).next().map(|fill| fill_note("", fill));
    let problems = editing.problems_at(path);
    framed(id, Some(name).filter(|_| !is_hidden), control, String::new(), problems, from)
}

/// What is entered into a field of a table, all by keys of texts.
#[derive(Debug, Clone, Copy)]
pub struct Blank {
    /// The field.
    pub field: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// What it counts; empty for nothing.
    pub unit: &'static str,
    /// How it is read.
    pub reading: Reading,
    /// What counts where nothing is written.
    pub default: &'static str,
}

/// A blank for words.
pub const fn words(field: &'static str, name: &'static str) -> Blank {
    Blank { field, name, unit: "", reading: Reading::PLAIN, default: "" }
}

/// A blank for money.
pub const fn money(field: &'static str, name: &'static str, unit: &'static str) -> Blank {
    Blank { field, name, unit, reading: Reading::MONEY, default: "" }
}

/// A blank for a rate.
pub const fn rate(field: &'static str, name: &'static str, default: &'static str) -> Blank {
    Blank { field, name, unit: "page.unit.rate", reading: Reading::RATE, default }
}

/// Inputs for fields of the table at a path.
pub fn fields(editing: &Editing, path: &str, blanks: &[Blank]) -> Html {
    let mut parts = Vec::new();
    for &Blank { field: name_of_field, name, unit, reading, default } in blanks {
        let unit = if unit.is_empty() { String::new() } else { editing.say(unit) };
        let label = Label { name: editing.say(name), unit, reading, default, ..Label::default() };
        parts.push(field(editing, &dot(path, name_of_field), label));
    }
    all(parts)
}

/// The path of a field of the table at a path.
pub fn dot(path: &str, field: &str) -> String {
    [path, ".", field].concat()
}

/// The path of what has a name of its own in the table at a path.
pub fn named(path: &str, name: &str) -> String {
    dot(path, &quoted(name))
}

/// Boxes to tick, for the list of texts at a path; with none ticked the list is left out.
pub fn ticks(editing: &Editing, path: &str, legend: String, values: Vec<(String, String)>) -> Html {
    let empty = Change::Clear { path: path.to_owned() };
    ticks_or(editing, path, legend, values, empty)
}

/// Boxes to tick, for the list of texts at a path, with what none ticked changes.
pub fn ticks_or(
    editing: &Editing,
    path: &str,
    legend: String,
    mut values: Vec<(String, String)>,
    empty: Change,
) -> Html {
    let ticked = list(editing, path);
    // What is listed and is no choice can be unticked.
    for value in &ticked {
        if values.iter().all(|(known, _)| known != value) {
            values.push((value.clone(), value.clone()));
        }
    }
    let mut boxes = vec![element("legend", "", legend)];
    for (value, name) in values {
        let place = ticked.iter().position(|one| *one == value);
        let mut then = ticked.clone();
        match place {
            Some(place) => drop(then.remove(place)),
            None => then.push(value),
        }
        let onchange = editing.change::<Event>(vec![match then.is_empty() {
            true => empty.clone(),
            false => Change::Put { path: path.to_owned(), json: json(&then), at: None },
        }]);
        let checked = place.is_some();
        boxes.push(html! {
            <label class="tick"><input type="checkbox" {checked} {onchange} />{ name }</label>
        });
    }
    let id = input_id(path);
    let problems = editing.problems_in(path);
    let described = (!problems.is_empty()).then(|| format!("{id}-problem"));
    boxes.push(problem_note(&id, problems).unwrap_or_default());
    html! { <fieldset class="ticks" {id} aria-describedby={described}>{ all(boxes) }</fieldset> }
}

/// The texts of the list at a path.
pub fn list(editing: &Editing, path: &str) -> Vec<String> {
    elements(editing, path).iter().filter_map(|one| one.text().map(str::to_owned)).collect()
}

fn elements<'e>(editing: &'e Editing, path: &str) -> &'e [Value<'static>] {
    editing.form.document.value(path).map_or(&[], Value::list)
}

/// Texts as a JSON list.
pub fn json(texts: &[String]) -> String {
    serde_json::to_string(texts).unwrap_or_default()
}

/// How many elements the list at a path has.
pub fn length(editing: &Editing, path: &str) -> usize {
    elements(editing, path).len()
}

/// The names of the fields of the table at a path.
pub fn keys(editing: &Editing, path: &str) -> Vec<String> {
    let fields = editing.form.document.value(path).map_or(&[][..], Value::fields);
    fields.iter().map(|(key, _)| key.to_string()).collect()
}

fn framed(
    id: String,
    name: Option<String>,
    control: Html,
    unit: String,
    problems: Vec<String>,
    from: Option<Html>,
) -> Html {
    let label = name.map(|name| html! { <label for={id.clone()}>{ name }</label> });
    // Nothing has its place, too: a control that is drawn anew loses the focus.
    element(
        "span",
        "field",
        all(vec![
            label.unwrap_or_default(),
            control,
            element("span", "unit", unit),
            problem_note(&id, problems).unwrap_or_default(),
            from.unwrap_or_default(),
        ]),
    )
}

/// What says more of the input of an id: what is wrong, or where its value is from.
fn described(id: &str, problems: &[String], is_filled: bool) -> Option<String> {
    let what = if problems.is_empty() { "from" } else { "problem" };
    (is_filled || !problems.is_empty()).then(|| [id, "-", what].concat())
}

/// Where a value is from that the plan leaves out, with an id or none.
pub fn fill_note(id: &str, fill: &Fill) -> Html {
    tag("span", &["class", "id"], &["from", id], fill.words.as_str())
}

/// What is wrong with the input of an id.
pub fn problem_note(id: &str, problems: Vec<String>) -> Option<Html> {
    if problems.is_empty() {
        return None;
    }
    let problems = problems.into_iter().map(|one| element("span", "", one)).collect();
    Some(html! { <span class="wrong" id={format!("{id}-problem")}>{ all(problems) }</span> })
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use fentan_core::Document;

    use super::*;
    use crate::page::Form;

    fn editing(json: &str) -> Editing {
        let document = Document::from_json(json.as_bytes()).expect("JSON").into_owned();
        Editing {
            language: Default::default(),
            form: Rc::new(Form { document }),
            standing: Rc::default(),
            rows: Rc::default(),
            entering: Rc::default(),
            unfolded: Rc::default(),
            law: Rc::default(),
            send: Callback::noop(),
        }
    }

    /// The plan after something was entered.
    fn after(json: &str, entered: Entered, text: &str) -> String {
        let editing = editing(json);
        let mut document = editing.form.document.clone();
        for change in entered.changes(&editing, text.to_owned()) {
            document.change(&change).expect("a way back");
        }
        serde_json::to_string(&document).expect("JSON")
    }

    #[test]
    fn what_gets_another_name_stays_in_its_place_and_is_named_so_elsewhere() {
        let plan = r#"{"use":{"table":"a"},"tables":{"a":{"1":"0"},"b":{}}}"#;
        let name = |old: &str| {
            let mentions = vec!["use.table".to_owned()];
            Entered::Named("tables".to_owned(), Ok(old.to_owned()), mentions)
        };
        let renamed = r#"{"use":{"table":"c.d"},"tables":{"c.d":{"1":"0"},"b":{}}}"#;
        assert_eq!(after(plan, name("a"), "c.d"), renamed);
        assert_eq!(after(plan, name("a"), "b"), plan, "a name that is taken");
        assert_eq!(after(plan, name("a"), ""), plan, "no name");
    }

    #[test]
    fn what_is_new_is_written_once() {
        let new = || Entered::Named("rates".to_owned(), Err("0%"), Vec::new());
        assert_eq!(after("{}", new(), "x"), r#"{"rates":{"x":"0%"}}"#);
        assert_eq!(after(r#"{"rates":{"x":"1"}}"#, new(), "x"), r#"{"rates":{"x":"1"}}"#);
    }

    #[test]
    fn a_list_is_parted_by_the_signs_of_both_languages() {
        let plan = after("{}", Entered::List("units".to_owned()), "3/1、3/2, 5/1；6/1");
        assert_eq!(plan, r#"{"units":["3/1","3/2","5/1","6/1"]}"#);
    }
}
