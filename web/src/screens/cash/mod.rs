//! The screen of cash over time: when lines are spent and who pays when, in which month how much is
//! missing, and the paper of it.

mod chart;
mod schedule;

use std::rc::Rc;

use fentan_core::Fen;
use fentan_ledger::book::Book;
use fentan_words::{Language, cell, say};
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement};
use yew::{Callback, Component, Context, Event, Html, MouseEvent, Properties, TargetCast, html};

use super::collection::keeping::{self, Failure};
use super::collection::not_kept;
use super::papers::today;
use crate::message::Request;
use crate::page::{Action, Form, Page};
use crate::parts::editing::Editing;
use crate::parts::elements::{all, element, tag};
use crate::parts::file::save;
use crate::work::account::{Asked, Cash, Order, Told, heard};
use crate::work::{Heard, Task, Work};
use schedule::Schedule;

/// What the screen is given.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Given {
    /// The language to draw it in.
    pub language: Language,
    /// The plan without its households.
    pub form: Rc<Form>,
    /// The place of the plan, by which its payments are kept.
    pub plan: u32,
    /// Where actions go.
    pub send: Callback<Action>,
}

/// Draws the screen.
pub fn draw(page: &Page, editing: &Editing) -> Html {
    let Editing { language, form, send, .. } = editing;
    let plan = page.shelf.open;
    html! { <Screen language={*language} form={Rc::clone(form)} {plan} send={send.clone()} /> }
}

/// How long nothing may be typed before the cash is worked out anew, in milliseconds.
const WAIT: u32 = 400;

/// The paper, and the button that it is written by.
const PAPER: &str = "cash";

/// The screen.
#[derive(Default)]
pub struct Screen {
    book: Option<Book>,
    cash: Option<Cash>,
    refusal: String,
    work: Vec<Work>,
    waiting: Option<Timeout>,
}

/// What happens on the screen.
pub enum Message {
    /// The payments of the plan at a place were read.
    Loaded(u32, Result<Book, Failure>),
    /// The cash is to be worked out as the plan stands.
    Ask,
    /// Something is heard of a task.
    Heard(Heard),
    /// A field of the schedule was written, or a button pressed: its name, and what was typed.
    Write(String, String),
}

impl Component for Screen {
    type Message = Message;
    type Properties = Given;

    fn create(context: &Context<Self>) -> Screen {
        load(context);
        Screen::default()
    }

    fn changed(&mut self, context: &Context<Self>, before: &Given) -> bool {
        let now = context.props();
        if now.plan != before.plan {
            (self.book, self.cash) = (None, None);
            load(context);
        } else if now.form != before.form || now.language != before.language {
            let link = context.link().clone();
            self.waiting = Some(Timeout::new(WAIT, move || link.send_message(Message::Ask)));
        }
        true
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        let language = context.props().language;
        match message {
            // Another plan may be open by now.
            Message::Loaded(plan, _) if plan != context.props().plan => return false,
            Message::Loaded(_, loaded) => {
                // Without the book, all calls are still to come.
                let failure = loaded.as_ref().err().map(|failure| not_kept(language, failure));
                self.refusal = failure.unwrap_or_default();
                let book = loaded.unwrap_or_default();
                let asked = Asked::Cash(book.to_bytes(), today());
                self.book = Some(book);
                self.ask(context, asked);
            }
            Message::Ask => {
                if let Some(book) = &self.book {
                    let asked = Asked::Cash(book.to_bytes(), today());
                    self.ask(context, asked);
                }
            }
            Message::Heard(of_task) => match heard(language, &of_task) {
                None => return false,
                Some(Told::Cash(cash)) => {
                    self.refusal.clear();
                    self.cash = Some(cash);
                }
                Some(Told::File(file)) => {
                    let name = context.props().form.document.text("name").unwrap_or("fentan");
                    let name = [name, " ", &say(language, "account-paper.cash"), ".docx"].concat();
                    if save(&name, "application/octet-stream", &file).is_none() {
                        self.refusal = say(language, "view.collection.not-saved");
                    }
                }
                Some(Told::Failed(words)) => self.refusal = words,
                Some(_) => return false,
            },
            Message::Write(name, _) if name == PAPER => {
                let Some(book) = &self.book else { return false };
                let (paper, format) = (PAPER.to_owned(), "docx".to_owned());
                let asked = Asked::Paper(paper, format, book.to_bytes(), today());
                self.ask(context, asked);
            }
            Message::Write(name, typed) => {
                let Some(cash) = &self.cash else { return false };
                let document = &context.props().form.document;
                let changes = Schedule { language, document, cash }.changes(&name, &typed);
                context.props().send.emit(Action::Ask(Request::Make(changes)));
            }
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let Given { language, form, .. } = context.props();
        // All fields and buttons are listened to at once.
        let onchange = context.link().batch_callback(|event: Event| {
            let target = event.target_dyn_into::<Element>()?;
            let value = match target.dyn_ref::<HtmlInputElement>() {
                Some(input) => input.value(),
                None => target.dyn_ref::<HtmlSelectElement>()?.value(),
            };
            Some(Message::Write(target.get_attribute("name")?, value))
        });
        let onclick = context.link().batch_callback(|event: MouseEvent| {
            let target = event.target_dyn_into::<Element>()?;
            (target.tag_name() == "BUTTON").then_some(())?;
            Some(Message::Write(target.get_attribute("name")?, String::new()))
        });
        let note = |key: &str| element("p", "note", say(*language, key));
        let refusal = tag("p", &["id", "role"], &["cash-refusal", "alert"], self.refusal.clone());
        let (mut when, mut who) = (vec![note("view.cash.note"), refusal], Vec::new());
        let mut found = Html::default();
        if let Some(cash) = &self.cash {
            let schedule = Schedule { language: *language, document: &form.document, cash };
            when.push(schedule.works());
            who.push(schedule.payers());
            found = outcome(*language, cash);
        }
        let disabled = if self.book.is_none() { "disabled" } else { "" };
        let keys = &["type", "class", "name", "disabled"];
        let values = ["button", "button", PAPER, disabled];
        let paper = tag("button", keys, &values, say(*language, "account-paper.cash"));
        let papers = vec![note("view.cash.papers-note"), element("p", "tools", paper)];
        let panels = all(vec![
            panel(*language, "cash", "heading", when),
            found,
            panel(*language, "cash-who", "who", who),
            panel(*language, "cash-papers", "papers", papers),
        ]);
        html! {
            <div {onchange} {onclick}>
                <link rel="stylesheet" href="account.css" />
                { panels }
            </div>
        }
    }
}

/// A part of the screen, with the key of its heading.
fn panel(language: Language, id: &str, heading: &str, parts: Vec<Html>) -> Html {
    let heading_id = [id, "-heading"].concat();
    let heading = say(language, &["view.cash.", heading].concat());
    let parts = vec![tag("h2", &["id"], &[&heading_id], heading), all(parts)];
    tag("section", &["id", "class", "aria-labelledby"], &[id, "panel", &heading_id], all(parts))
}

/// Reads the book of the plan; one without a place is not kept, and has none.
fn load(context: &Context<Screen>) {
    let (plan, link) = (context.props().plan, context.link().clone());
    if plan == 0 {
        return link.send_message(Message::Loaded(plan, Ok(Book::default())));
    }
    spawn_local(async move {
        let loaded = keeping::load(plan).await;
        link.send_message(Message::Loaded(plan, loaded.map(|(book, _)| book)));
    });
}

impl Screen {
    fn ask(&mut self, context: &Context<Self>, asked: Asked) {
        let order = Order { language: context.props().language, asked };
        let (send, hear) = (&context.props().send, context.link().callback(Message::Heard));
        self.work.push(Work::begin_on_plan(Task::Account, &order, send, hear));
        if self.work.len() > 3 {
            self.work.remove(0);
        }
    }
}

/// What comes of the schedule: in words, drawn, and as tables.
fn outcome(language: Language, cash: &Cash) -> Html {
    let lines = |class: &str, lines: &[String]| {
        all(lines.iter().map(|line| element("p", class, line.clone())).collect())
    };
    // Before anything is scheduled all of it is not: that need not be said.
    let said = if cash.months.is_empty() { &[][..] } else { &cash.said };
    let mut parts = vec![
        tag("div", &["id", "role"], &["cash-wrong", "alert"], lines("message bad", &cash.wrong)),
        tag("div", &["id", "role"], &["cash-said", "status"], lines("", said)),
    ];
    if cash.months.is_empty() {
        if cash.wrong.is_empty() {
            parts.push(element("p", "note", say(language, "view.cash.nothing")));
        }
        return panel(language, "cash-outcome", "outcome", parts);
    }
    parts.push(chart::draw(language, cash));
    let (mut months, mut payers, mut lines) = (Vec::new(), Vec::new(), Vec::new());
    for month in &cash.months {
        let name = month.name.as_str();
        months.push(row(&[name], &month.amounts));
        let amounts = [(&month.payers, &mut payers), (&month.lines, &mut lines)];
        for (amounts, rows) in amounts {
            rows.extend(amounts.iter().map(|(of, amount)| row(&[name, of], &[*amount])));
        }
    }
    let heads = ["cash.month", "cash.spent", "cash.received", "cash.in-hand", "cash.gap"];
    parts.push(table(language, "months", &heads, months));
    for (key, of, rows) in [("payers", "term.payer", payers), ("lines", "term.line", lines)] {
        let summary = element("summary", "", say(language, &["cash.", key].concat()));
        let table = table(language, key, &["cash.month", of, "cash.amount"], rows);
        parts.push(element("details", "", all(vec![summary, table])));
    }
    panel(language, "cash-outcome", "outcome", parts)
}

/// A row of names and amounts.
fn row(names: &[&str], amounts: &[Fen]) -> Html {
    let names = names.iter().map(|name| tag("th", &["scope"], &["row"], (*name).to_owned()));
    let amounts = amounts.iter().map(|&amount| element("td", "", cell(amount)));
    element("tr", "", all(names.chain(amounts).collect()))
}

/// A table below its name, by the keys of its columns.
fn table(language: Language, key: &str, heads: &[&str], rows: Vec<Html>) -> Html {
    let id = ["cash-", key].concat();
    let heading = [&id, "-heading"].concat();
    let heads = heads.iter().map(|key| tag("th", &["scope"], &["col"], say(language, key)));
    let head = element("thead", "", element("tr", "", all(heads.collect())));
    let table = tag("table", &["id"], &[&id], all(vec![head, element("tbody", "", all(rows))]));
    let keys = &["class", "role", "tabindex", "aria-labelledby"];
    let table = tag("div", keys, &["table-box", "group", "0", &heading], table);
    let title = say(language, &["cash.", key].concat());
    all(vec![tag("h3", &["id"], &[&heading], title), table])
}
