//! The screen of cash over time: when lines are spent and who pays when, in which month how much is
//! missing, and the paper of it.

mod chart;
mod schedule;

use std::rc::Rc;

use fentan_core::Change;
use fentan_ledger::book::Book;
use fentan_words::{Language, cell, say};
use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Component, Context, Html, MouseEvent, Properties, html};

use super::collection::keeping::{self, Failure};
use super::collection::not_kept;
use super::papers::today;
use crate::message::Request;
use crate::page::{Action, Form, Page};
use crate::parts::editing::Editing;
use crate::parts::file::save;
use crate::work::account::{Asked, Cash, Order, Told, heard};
use crate::work::{Heard, Task, Work};

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
/// The amounts of a month that are listed.
const LISTED: usize = 400;

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
    /// The schedule is changed.
    Change(Vec<Change>),
    /// The paper is written.
    Paper,
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
            Message::Change(changes) => {
                context.props().send.emit(Action::Ask(Request::Make(changes)));
            }
            Message::Paper => {
                let Some(book) = &self.book else { return false };
                let (paper, format) = ("cash".to_owned(), "docx".to_owned());
                let asked = Asked::Paper(paper, format, book.to_bytes(), today());
                self.ask(context, asked);
            }
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let Given { language, form, .. } = context.props();
        let text = |key: &str| say(*language, &format!("view.cash.{key}"));
        let paper = context.link().callback(|_: MouseEvent| Message::Paper);
        html! {
            <>
                <link rel="stylesheet" href="account.css" />
                <section id="cash" class="panel" aria-labelledby="cash-heading">
                    <h2 id="cash-heading">{ text("heading") }</h2>
                    <p class="note">{ text("note") }</p>
                    <p id="cash-refusal" role="alert">{ &self.refusal }</p>
                    if let Some(cash) = &self.cash {
                        { schedule::draw(*language, form, cash, context.link()) }
                    }
                </section>
                if let Some(cash) = &self.cash { { outcome(*language, cash) } }
                <section id="cash-papers" class="panel" aria-labelledby="cash-papers-heading">
                    <h2 id="cash-papers-heading">{ text("papers") }</h2>
                    <p class="note">{ text("papers-note") }</p>
                    <p class="tools">
                        <button id="cash-paper" type="button" class="button"
                            disabled={self.book.is_none()} onclick={paper}
                        >{ say(*language, "account-paper.cash") }</button>
                    </p>
                </section>
            </>
        }
    }
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
    let text = |key: &str| say(language, &format!("view.cash.{key}"));
    let said = cash.said.iter().enumerate().map(|(index, said)| {
        let class = if index == 0 { "account-said" } else { "" };
        html! { <p {class}>{ said }</p> }
    });
    let wrong = cash.wrong.iter().map(|one| html! { <p class="message bad">{ one }</p> });
    let months = cash.months.iter().map(|month| {
        html! {
            <tr>
                <th scope="row">{ &month.name }</th>
                { for month.amounts.iter().map(|&amount| html! { <td>{ cell(amount) }</td> }) }
            </tr>
        }
    });
    let heads = ["month", "spent", "received", "in-hand", "gap"];
    let payers = cash.months.iter().flat_map(|month| listed(&month.name, &month.payers));
    let lines = cash.months.iter().flat_map(|month| listed(&month.name, &month.lines));
    let details =
        [("payers", "term.payer", payers.collect()), ("lines", "term.line", lines.collect())];
    html! {
        <section id="cash-outcome" class="panel" aria-labelledby="cash-outcome-heading">
            <h2 id="cash-outcome-heading">{ text("outcome") }</h2>
            <div role="alert">{ for wrong }</div>
            <div id="cash-said" role="status">{ for said }</div>
            if cash.months.is_empty() {
                if cash.wrong.is_empty() { <p class="note">{ text("nothing") }</p> }
            } else {
                { chart::draw(language, cash) }
                { table("cash-months", say(language, "cash.months"),
                    heads.map(|key| say(language, &format!("cash.{key}"))).to_vec(), months.collect()) }
                { for details.map(|(key, of, rows): (&str, &str, Vec<Html>)| {
                    let title = say(language, &format!("cash.{key}"));
                    let heads = vec![say(language, "cash.month"), say(language, of), say(language, "cash.amount")];
                    html! {
                        <details>
                            <summary>{ &title }</summary>
                            { table(&format!("cash-{key}"), title.clone(), heads, rows) }
                        </details>
                    }
                }) }
            }
        </section>
    }
}

fn listed<'m>(
    month: &'m str,
    amounts: &'m [(String, fentan_core::Fen)],
) -> impl Iterator<Item = Html> + 'm {
    amounts.iter().take(LISTED).map(move |(name, amount)| {
        html! { <tr><th scope="row">{ month }</th><td>{ name }</td><td>{ cell(*amount) }</td></tr> }
    })
}

fn table(id: &str, title: String, heads: Vec<String>, rows: Vec<Html>) -> Html {
    html! {
        <>
            <h3 id={format!("{id}-heading")}>{ title }</h3>
            <div class="table-box" role="group" tabindex="0" aria-labelledby={format!("{id}-heading")}>
                <table id={id.to_owned()}>
                    <thead><tr>{ for heads.into_iter().map(|head| html! { <th scope="col">{ head }</th> }) }</tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
        </>
    }
}
