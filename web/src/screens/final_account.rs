//! The screen of the final account: what lines and sources came to beside the budget, and what each home
//! pays on or gets back.

use std::rc::Rc;

use fentan_core::{Change, Fen};
use fentan_ledger::book::Book;
use fentan_words::{Language, cell, money, say, say_with};
use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::{
    Callback, Component, Context, Event, Html, InputEvent, MouseEvent, Properties, TargetCast, html,
};

use super::collection::keeping::{self, Failure};
use super::collection::not_kept;
use super::papers::today;
use crate::message::Request;
use crate::page::{Action, Form, Page};
use crate::parts::editing::Editing;
use crate::parts::file::save;
use crate::work::account::{Asked, Order, Settled, Told, heard};
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

/// How long nothing may be typed before the account is settled anew, in milliseconds.
const WAIT: u32 = 400;
/// The homes that are listed.
const LISTED: usize = 200;

/// The screen.
#[derive(Default)]
pub struct Screen {
    book: Option<Book>,
    settled: Option<Settled>,
    refusal: String,
    search: String,
    /// The ending of the file that is being written.
    ending: &'static str,
    work: Vec<Work>,
    waiting: Option<Timeout>,
}

/// What happens on the screen.
pub enum Message {
    /// The payments of the plan at a place were read.
    Loaded(u32, Result<Book, Failure>),
    /// The account is to be settled as the plan stands.
    Settle,
    /// Something is heard of a task.
    Heard(Heard),
    /// What a line or source came to was written, at a path of the plan.
    Write(String, String),
    /// Other homes are looked at.
    Search(String),
    /// A paper is written.
    Paper(&'static str, &'static str),
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
            (self.book, self.settled) = (None, None);
            load(context);
        } else if now.form != before.form || now.language != before.language {
            let link = context.link().clone();
            self.waiting = Some(Timeout::new(WAIT, move || link.send_message(Message::Settle)));
        }
        true
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        let language = context.props().language;
        match message {
            // Another plan may be open by now.
            Message::Loaded(plan, _) if plan != context.props().plan => return false,
            Message::Loaded(_, Ok(book)) => {
                self.book = Some(book);
                self.settle(context);
            }
            Message::Loaded(_, Err(failure)) => self.refusal = not_kept(language, &failure),
            Message::Settle => self.settle(context),
            Message::Heard(of_task) => match heard(language, &of_task) {
                None => return false,
                Some(Told::Settled(settled)) => {
                    self.refusal.clear();
                    self.settled = Some(settled);
                }
                Some(Told::File(file)) => {
                    let name = context.props().form.document.text("name").unwrap_or("fentan");
                    let name = [name, " ", &say(language, "view.final-account.heading")].concat();
                    if save(&(name + self.ending), "application/octet-stream", &file).is_none() {
                        self.refusal = say(language, "view.final-account.not-saved");
                    }
                }
                Some(Told::Failed(words)) => self.refusal = words,
                Some(_) => return false,
            },
            Message::Write(path, text) => {
                let change = match text.trim() {
                    "" => Change::Clear { path },
                    text => {
                        let text = fentan_import::number::money(text).into_owned();
                        Change::Write { path, text }
                    }
                };
                context.props().send.emit(Action::Ask(Request::Change(vec![change])));
            }
            Message::Search(text) => self.search = text,
            Message::Paper(paper, format) => {
                let Some(book) = &self.book else { return false };
                self.ending = if format == "xlsx" { ".xlsx" } else { ".docx" };
                let (paper, format) = (paper.to_owned(), format.to_owned());
                self.ask(context, Asked::Paper(paper, format, book.to_bytes(), today()));
            }
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let Given { language, form, .. } = context.props();
        let text = |key: &str| say(*language, &format!("view.final-account.{key}"));
        let papers = [
            ("settlements", "docx"),
            ("final-notice", "docx"),
            ("refunds", "xlsx"),
            ("refunds", "docx"),
        ];
        let papers = papers.map(|(paper, format)| {
            let name = say(*language, &format!("account-paper.{paper}"));
            let name = if format == "xlsx" { name + " (Excel)" } else { name };
            let onclick =
                context.link().callback(move |_: MouseEvent| Message::Paper(paper, format));
            html! {
                <button type="button" class="button" disabled={self.book.is_none()} {onclick}>
                    { name }
                </button>
            }
        });
        html! {
            <>
                <link rel="stylesheet" href="account.css" />
                <section id="final-account" class="panel" aria-labelledby="final-account-heading">
                    <h2 id="final-account-heading">{ text("heading") }</h2>
                    <p class="note">{ text("note") }</p>
                    <p id="final-refusal" role="alert">{ &self.refusal }</p>
                    if let Some(settled) = &self.settled {
                        { for settled.overruns.iter().map(|one| html! {
                            <p class="message bad" role="alert">{ one }</p>
                        }) }
                        { self.beside(context, form, "lines", &settled.lines) }
                        { self.beside(context, form, "sources", &settled.sources) }
                    }
                </section>
                if let Some(settled) = &self.settled { { self.homes(context, settled) } }
                <section id="final-papers" class="panel" aria-labelledby="final-papers-heading">
                    <h2 id="final-papers-heading">{ text("papers") }</h2>
                    <p class="note">{ text("papers-note") }</p>
                    <p class="tools">{ for papers }</p>
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
    fn settle(&mut self, context: &Context<Self>) {
        if let Some(book) = &self.book {
            let asked = Asked::Settle(book.to_bytes());
            self.ask(context, asked);
        }
    }

    fn ask(&mut self, context: &Context<Self>, asked: Asked) {
        let order = Order { language: context.props().language, asked };
        let (send, hear) = (&context.props().send, context.link().callback(Message::Heard));
        self.work.push(Work::begin_on_plan(Task::Account, &order, send, hear));
        if self.work.len() > 3 {
            self.work.remove(0);
        }
    }

    /// Budget and final account of each line or source, with a field for what it came to.
    fn beside(
        &self,
        context: &Context<Self>,
        form: &Form,
        list: &'static str,
        rows: &[(String, Fen, Fen)],
    ) -> Html {
        let language = context.props().language;
        let text = |key: &str| say(language, &format!("view.final-account.{key}"));
        let id = format!("final-{list}");
        let rows = rows.iter().enumerate().map(|(index, (name, before, after))| {
            let path = format!("{list}[{index}]");
            let is_there = form.document.value(&path).is_some();
            let kind = form.document.text(&[path.as_str(), ".kind"].concat());
            let may_write = is_there && kind != Some("individual");
            let path = path + ".final";
            let written = form.document.text(&path).unwrap_or_default().to_owned();
            let label = say_with(language, "view.final-account.came-to", &[("name", name)]);
            let onchange = context.link().callback(move |event: Event| {
                let value = event.target_unchecked_into::<HtmlInputElement>().value();
                Message::Write(path.clone(), value)
            });
            html! {
                <tr>
                    <th scope="row">{ name }</th>
                    <td>{ cell(*before) }</td>
                    <td>
                        if may_write {
                            <input inputmode="decimal" autocomplete="off" aria-label={label}
                                placeholder={after.to_string()} value={written} {onchange} />
                        } else {
                            { cell(*after) }
                        }
                    </td>
                    <td>{ cell(after.less(*before)) }</td>
                    <td>{ cell(before.less(*after)) }</td>
                </tr>
            }
        });
        let heads = [list, "budgeted", "final", "more", "less"].map(text);
        html! {
            <>
                <h3 id={format!("{id}-heading")}>{ text(list) }</h3>
                { table(&id, heads.to_vec(), rows) }
            </>
        }
    }

    fn homes(&self, context: &Context<Self>, settled: &Settled) -> Html {
        let language = context.props().language;
        let text = |key: &str| say(language, &format!("view.final-account.{key}"));
        let [_, final_cash, paid, to_pay, to_return] = settled.all;
        let sum = [
            ("paid", money(paid)),
            ("to-pay", money(to_pay)),
            ("to-return", money(to_return)),
            ("final-cash", money(final_cash)),
        ];
        let sum = sum.each_ref().map(|(name, value)| (*name, value.as_str()));
        let search = self.search.trim();
        let mut homes = settled.homes.iter().filter(|(id, _)| id.contains(search));
        let row = |(id, sums): &(String, [Fen; 5])| {
            html! {
                <tr>
                    <th scope="row">{ id }</th>
                    { for sums.iter().map(|&amount| html! { <td>{ cell(amount) }</td> }) }
                </tr>
            }
        };
        let rows: Vec<Html> = homes.by_ref().take(LISTED).map(row).collect();
        let more = homes.count();
        let all = row(&(say(language, "term.total"), settled.all));
        let heads = ["household", "cash", "final-cash", "paid", "to-pay", "to-return"].map(text);
        let oninput = context.link().callback(|event: InputEvent| {
            Message::Search(event.target_unchecked_into::<HtmlInputElement>().value())
        });
        html! {
            <section id="final-homes-part" class="panel" aria-labelledby="final-homes-heading">
                <h2 id="final-homes-heading">{ text("homes") }</h2>
                <p id="final-sum" role="status">{ say_with(language, "collection.settled", &sum) }</p>
                <div class="account-form">
                    <label>{ text("search") }
                        <input id="final-search" autocomplete="off" value={self.search.clone()} {oninput} />
                    </label>
                </div>
                { table("final-homes", heads.to_vec(), rows.into_iter().chain([all])) }
                if more > 0 {
                    <p class="note">
                        { say_with(language, "view.final-account.rest", &[("count", &more.to_string())]) }
                    </p>
                }
            </section>
        }
    }
}

fn table(id: &str, heads: Vec<String>, rows: impl Iterator<Item = Html>) -> Html {
    html! {
        <div class="table-box" role="group" tabindex="0" aria-labelledby={format!("{id}-heading")}>
            <table id={id.to_owned()}>
                <thead><tr>{ for heads.into_iter().map(|head| html! { <th scope="col">{ head }</th> }) }</tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
        </div>
    }
}
