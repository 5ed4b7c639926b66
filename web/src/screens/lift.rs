//! The screen of how a lift is shared: tables within the official interval that close to 100%, to agree on
//! one and take it into the plan.

use std::rc::Rc;

use fentan_core::Change;
use fentan_core::internal::quoted;
use fentan_words::{Language, cell, say, say_with};
use yew::{Callback, Component, Context, Html, MouseEvent, Properties, html};

use crate::message::Request;
use crate::page::{Action, Form, Page};
use crate::parts::editing::Editing;
use crate::work::account::{Asked, Lift, LiftRow, Order, Told, heard};
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
#[derive(Default)]
pub struct Screen {
    lift: Option<Lift>,
    refusal: String,
    said: String,
    work: Option<Work>,
}

/// What happens on the screen.
pub enum Message {
    /// Something is heard of the tables.
    Heard(Heard),
    /// A table is taken into the plan.
    Take(usize),
}

impl Component for Screen {
    type Message = Message;
    type Properties = Given;

    fn create(context: &Context<Self>) -> Screen {
        Screen { work: Some(ask(context)), ..Screen::default() }
    }

    fn changed(&mut self, context: &Context<Self>, before: &Given) -> bool {
        let now = context.props();
        if now.form != before.form || now.language != before.language {
            self.work = Some(ask(context));
        }
        true
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        let Given { language, form, send } = context.props();
        match message {
            Message::Heard(of_task) => match heard(*language, &of_task) {
                Some(Told::Lift(lift)) => {
                    (self.lift, self.refusal) = (Some(lift), String::new());
                }
                Some(Told::Failed(words)) => (self.lift, self.refusal) = (None, words),
                _ => return false,
            },
            Message::Take(index) => {
                let taken =
                    self.lift.as_ref().and_then(|lift| Some((lift, lift.tables.get(index)?)));
                if let Some((lift, table)) = taken {
                    let changes = changes(*language, form, lift, table);
                    self.said = say(*language, "view.lift.taken");
                    send.emit(Action::Ask(Request::Make(changes)));
                }
            }
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let language = context.props().language;
        let text = |key: &str| say(language, &format!("view.lift.{key}"));
        html! {
            <>
                <link rel="stylesheet" href="account.css" />
                <section id="lift" class="panel" aria-labelledby="lift-heading">
                    <h2 id="lift-heading">{ text("heading") }</h2>
                    <p class="note">{ text("note") }</p>
                    <p id="lift-refusal" role="alert">{ &self.refusal }</p>
                    <p id="lift-said" class="account-said" role="status">{ &self.said }</p>
                    if let Some(lift) = &self.lift {
                        { for lift.above.iter().map(|line| html! { <p>{ line }</p> }) }
                        { tables(context, lift) }
                        { for lift.below.iter().map(|line| html! { <p class="note">{ line }</p> }) }
                    }
                </section>
            </>
        }
    }
}

fn ask(context: &Context<Screen>) -> Work {
    let Given { language, send, .. } = context.props();
    let order = Order { language: *language, asked: Asked::Lift(String::new()) };
    Work::begin_on_plan(Task::Account, &order, send, context.link().callback(Message::Heard))
}

/// The tables, each with what its floors pay, who pays more and less than by the middle, and whether it
/// could pass.
fn tables(context: &Context<Screen>, lift: &Lift) -> Html {
    let language = context.props().language;
    let say = |key: &str| say(language, &format!("lift.{key}"));
    let floors = lift.floors.iter().map(|floor| {
        let name = say_with(language, "lift.floor", &[("floor", &floor.to_string())]);
        html! { <th scope="col">{ name }</th> }
    });
    let mut number = 0;
    let rows = lift.tables.iter().enumerate().map(|(index, table)| {
        let name = if table.is_middle {
            say("middle")
        } else {
            number += 1;
            say_with(language, "lift.table", &[("number", &number.to_string())])
        };
        let parts = table.parts.iter().map(|(part, amount)| {
            html! { <td>{ format!("{part}%") }<br /><small>{ cell(*amount) }</small></td> }
        });
        let onclick = context.link().callback(move |_: MouseEvent| Message::Take(index));
        let taken = fentan_words::say(language, "view.lift.take");
        html! {
            <tr>
                <th scope="row">{ name }</th>
                { for parts }
                { for table.moved.iter().map(|moved| html! { <td>{ moved }</td> }) }
                <td>{ say(if table.carries { "yes" } else { "no" }) }</td>
                <td><button type="button" class="figure" data-table={index.to_string()} {onclick}>
                    { taken }
                </button></td>
            </tr>
        }
    });
    let rest = ["more", "less", "carried"].map(|key| html! { <th scope="col">{ say(key) }</th> });
    html! {
        <div class="table-box" role="group" tabindex="0" aria-labelledby="lift-heading">
            <table id="lift-tables">
                <thead><tr>
                    <th scope="col">{ say("of") }</th>
                    { for floors }
                    { for rest }
                    <td></td>
                </tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
        </div>
    }
}

/// The changes that take a table into the plan, under a name that no other line's table has.
fn changes(language: Language, form: &Form, lift: &Lift, table: &LiftRow) -> Vec<Change> {
    let share_by = format!("lines[{}].share_by", lift.line);
    let own = form.document.text(&[&share_by, ".table"].concat()).unwrap_or_default();
    let within = form.document.text(&[&share_by, ".within"].concat()).unwrap_or("area");
    let wanted = say(language, "view.lift.table-name");
    let path = |name: &str| format!("tables.{}", quoted(name));
    let mut names = (1..).map(|number| match number {
        1 => wanted.clone(),
        _ => format!("{wanted} {number}"),
    });
    let is_free = |name: &String| name == own || form.document.value(&path(name)).is_none();
    let name = names.find(is_free).unwrap_or_default();
    let parts = lift.floors.iter().zip(&table.parts);
    let parts: serde_json::Map<_, _> =
        parts.map(|(floor, (part, _))| (floor.to_string(), format!("{part}%").into())).collect();
    let coefficients = serde_json::Value::Object(parts).to_string();
    let share = serde_json::json!({ "table": name, "within": within }).to_string();
    vec![
        Change::Put { path: path(&name), json: coefficients, at: None },
        Change::Put { path: share_by, json: share, at: None },
    ]
}
