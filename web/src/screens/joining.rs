//! The screen of joining later: what a home pays that joins a line, and who gets how much of it.

use std::rc::Rc;

use fentan_core::{Change, Fen, Value};
use fentan_words::{Language, cell, say, say_with};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::{
    Callback, Component, Context, Event, Html, InputEvent, Properties, SubmitEvent, TargetCast,
    html,
};

use super::papers::today;
use crate::message::Request;
use crate::page::{Action, Form, Page};
use crate::parts::editing::Editing;
use crate::work::account::{Asked, Order, Told, heard};
use crate::work::{Heard, Task, Work};

/// What the screen is given.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Given {
    /// The language to draw it in.
    pub language: Language,
    /// The plan without its households.
    pub form: Rc<Form>,
    /// Where actions go.
    pub send: Callback<Action>,
}

/// Draws the screen.
pub fn draw(_: &Page, editing: &Editing) -> Html {
    let Editing { language, form, send, .. } = editing;
    html! { <Screen language={*language} form={Rc::clone(form)} send={send.clone()} /> }
}

/// The screen.
pub struct Screen {
    /// The index of the line; that of the first lift, else of the first shared line.
    line: Option<usize>,
    household: String,
    on: String,
    /// Who pays what, in words, and who gets how much.
    joined: Option<(String, Vec<(String, Fen)>)>,
    refusal: String,
    work: Option<Work>,
}

/// What happens on the screen.
pub enum Message {
    /// Another line is looked at.
    Line(String),
    /// The home was typed.
    Household(String),
    /// The day was typed.
    On(String),
    /// How long the line serves was written, at a path of the plan.
    Write(String, String),
    /// It is to be worked out.
    Ask,
    /// Something is heard of it.
    Heard(Heard),
}

impl Component for Screen {
    type Message = Message;
    type Properties = Given;

    fn create(_: &Context<Self>) -> Screen {
        Screen {
            line: None,
            household: String::new(),
            on: today(),
            joined: None,
            refusal: String::new(),
            work: None,
        }
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        let Given { language, form, send } = context.props();
        match message {
            Message::Line(index) => (self.line, self.joined) = (index.parse().ok(), None),
            Message::Household(household) => self.household = household,
            Message::On(on) => self.on = on,
            Message::Write(path, text) => {
                let change = match text.trim() {
                    "" => Change::Clear { path },
                    text => Change::Write { path, text: text.to_owned() },
                };
                send.emit(Action::Ask(Request::Change(vec![change])));
            }
            Message::Ask => {
                let index = self.line(form).unwrap_or_default();
                let line = form.document.text(&format!("lines[{index}].id")).unwrap_or_default();
                let household = self.household.trim().to_owned();
                let asked = Asked::Join(line.to_owned(), household, self.on.clone());
                let order = Order { language: *language, asked };
                let hear = context.link().callback(Message::Heard);
                (self.joined, self.refusal) = (None, String::new());
                self.work = Some(Work::begin_on_plan(Task::Account, &order, send, hear));
            }
            Message::Heard(of_task) => match heard(*language, &of_task) {
                Some(Told::Joined(said, returns)) => self.joined = Some((said, returns)),
                Some(Told::Failed(words)) => self.refusal = words,
                _ => return false,
            },
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let Given { language, form, .. } = context.props();
        let link = context.link();
        let text = |key: &str| say(*language, &format!("view.joining.{key}"));
        let chosen = self.line(form);
        let options = lines(form).into_iter().map(|(index, name, _)| {
            html! { <option value={index.to_string()} selected={chosen == Some(index)}>{ name }</option> }
        });
        let life = chosen.map(|index| format!("lines[{index}].life"));
        let field = |name: &str, kind: &'static str| {
            let path = format!("{}.{name}", life.as_deref().unwrap_or_default());
            let value = form.document.value(&path);
            let value = value.map(written).unwrap_or_default();
            let onchange = link.callback(move |event: Event| {
                let value = event.target_unchecked_into::<HtmlInputElement>().value();
                Message::Write(path.clone(), value)
            });
            html! {
                <label>{ text(name) }
                    <input id={format!("life-{name}")} type={kind} autocomplete="off" {value} {onchange} />
                </label>
            }
        };
        let typed = |message: fn(String) -> Message| {
            link.callback(move |event: InputEvent| {
                message(event.target_unchecked_into::<HtmlInputElement>().value())
            })
        };
        let onchange = link.callback(|event: Event| {
            Message::Line(event.target_unchecked_into::<HtmlSelectElement>().value())
        });
        let onsubmit = link.callback(|event: SubmitEvent| {
            event.prevent_default();
            Message::Ask
        });
        html! {
            <>
                <link rel="stylesheet" href="account.css" />
                <section id="joining" class="panel" aria-labelledby="joining-heading">
                    <h2 id="joining-heading">{ text("heading") }</h2>
                    <p class="note">{ text("note") }</p>
                    <form class="account-form" {onsubmit}>
                        <label>{ text("line") }
                            <select id="joining-line" {onchange}>{ for options }</select></label>
                        { field("from", "date") }
                        { field("years", "text") }
                        <label>{ text("household") }
                            <input id="joining-household" autocomplete="off"
                                value={self.household.clone()} oninput={typed(Message::Household)} /></label>
                        <label>{ text("on") }
                            <input id="joining-on" type="date" value={self.on.clone()}
                                oninput={typed(Message::On)} /></label>
                        <button id="joining-ask" type="submit" class="button"
                            disabled={chosen.is_none()}>{ text("ask") }</button>
                    </form>
                    <p id="joining-refusal" role="alert">{ &self.refusal }</p>
                    if let Some((said, returns)) = &self.joined { { joined(*language, said, returns) } }
                </section>
            </>
        }
    }
}

impl Screen {
    fn line(&self, form: &Form) -> Option<usize> {
        let lines = lines(form);
        let lift = lines.iter().find(|(.., is_lift)| *is_lift).or(lines.first());
        self.line.or(lift.map(|(index, ..)| *index))
    }
}

/// The shared lines: index, name, and whether it is a lift.
fn lines(form: &Form) -> Vec<(usize, String, bool)> {
    let all = form.document.value("lines").map_or(&[][..], Value::list);
    let text = |line: &Value<'_>, field: &str| Some(line.get(field)?.text()?.to_owned());
    let shared = all.iter().enumerate();
    let shared = shared.filter(|(_, one)| text(one, "kind").as_deref() != Some("individual"));
    shared
        .map(|(index, one)| {
            let name = text(one, "name").or(text(one, "id")).unwrap_or_default();
            (index, name, text(one, "subject").as_deref() == Some("lift"))
        })
        .collect()
}

/// A value as it is written in a field.
fn written(value: &Value<'_>) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

fn joined(language: Language, said: &str, returns: &[(String, Fen)]) -> Html {
    let text = |key: &str| say(language, &format!("view.joining.{key}"));
    let sum: Fen = returns.iter().map(|(_, amount)| *amount).sum();
    let all = (say(language, "term.total"), sum);
    let rows = returns.iter().chain([&all]).map(|(home, amount)| {
        html! { <tr><th scope="row">{ home }</th><td>{ cell(*amount) }</td></tr> }
    });
    html! {
        <>
            <p id="joining-said" role="status">{ said }</p>
            if returns.is_empty() {
                <p>{ say(language, "collection.nothing-returned") }</p>
            } else {
                <h3 id="joining-returns-heading">{ text("returns") }</h3>
                <p class="note">
                    { say_with(language, "view.joining.count", &[("count", &returns.len().to_string())]) }
                </p>
                <div class="table-box" role="group" tabindex="0" aria-labelledby="joining-returns-heading">
                    <table id="joining-returns">
                        <thead><tr>
                            <th scope="col">{ text("household") }</th>
                            <th scope="col">{ text("gets") }</th>
                        </tr></thead>
                        <tbody>{ for rows }</tbody>
                    </table>
                </div>
            }
        </>
    }
}
