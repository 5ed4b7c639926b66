//! The screen of papers: each with what it is for, who may see it, and its formats. A worker writes them.

mod publication;
mod reconcile;

use std::rc::Rc;

use fentan_papers::{Format, Paper};
use fentan_words::{Language, printable, say, say_with};
use gloo::timers::callback::Timeout;
use js_sys::Date;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::{Callback, Component, Context, Html, Properties, TargetCast, html};

use crate::engine::database::{Failure, Shelf, Version};
use crate::page::{Action, Form, Page};
use crate::parts::editing::Editing;
use crate::parts::file::save;
use crate::parts::print::print;
use crate::screens::versions::when;
use crate::work::papers::{CSV, MARKED_CSV, Order, TABLES, Told};
use crate::work::{Heard, Task, Work};
use publication::Publication;
use reconcile::Reconcile;

/// What the screen is given.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Given {
    /// The language to draw it in.
    pub language: Language,
    /// The plan, which files are named after.
    pub form: Rc<Form>,
    /// Its place on the shelf.
    pub plan: u32,
    /// Where actions go.
    pub send: Callback<Action>,
}

/// Draws the screen.
pub fn draw(page: &Page, editing: &Editing) -> Html {
    let Editing { language, form, send, .. } = editing;
    html! { <Screen language={*language} form={Rc::clone(form)} plan={page.shelf.open} send={send.clone()} /> }
}

/// From how long on it is told that something is being written, in milliseconds.
const PATIENCE: u32 = 300;

/// The screen of papers.
#[derive(Default)]
pub struct Screen {
    writing: Option<Writing>,
    /// Why the last one was not written.
    failure: Option<String>,
    /// Whether tables begin with a byte order mark.
    marked: bool,
    /// The versions of the plan that have a name.
    versions: Vec<Version>,
    /// The one that statements compare with, by when it was kept; empty for none.
    since: String,
}

/// A file that is being written.
struct Writing {
    what: &'static str,
    format: &'static str,
    /// Whether it is printed, and not saved.
    is_printed: bool,
    done: (u32, u32),
    is_slow: bool,
    _work: Work,
    _patience: Timeout,
}

/// What happens on the screen.
pub enum Message {
    /// A paper or a table is to be written, in a format; and printed, where that is asked for.
    Write(&'static str, &'static str, bool),
    /// Something is heard of it.
    Heard(Heard),
    /// It takes long.
    Slow,
    /// It is to be stopped.
    Stop,
    /// Tables begin with a byte order mark, or no more.
    Mark(bool),
    /// The versions of the plan were read.
    Versions(Vec<Version>),
    /// Statements compare with another version.
    Since(String),
}

impl Component for Screen {
    type Message = Message;
    type Properties = Given;

    fn create(context: &Context<Self>) -> Screen {
        let plan = context.props().plan;
        let read = async move {
            let versions = Shelf::open().await?.versions(plan).await?;
            Ok::<_, Failure>(versions)
        };
        // Where they can't be read there is none to compare with; the screen of versions says so.
        context.link().send_future(async { Message::Versions(read.await.unwrap_or_default()) });
        Screen { marked: true, ..Screen::default() }
    }

    fn changed(&mut self, context: &Context<Self>, before: &Given) -> bool {
        if context.props().plan != before.plan {
            *self = Screen { marked: self.marked, ..Screen::create(context) };
        }
        true
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        let Given { form, language, .. } = context.props();
        match message {
            Message::Write(what, format, is_printed) => {
                self.failure = None;
                self.writing = Some(self.begin(context, what, format, is_printed));
            }
            Message::Heard(heard) => match Told::of(heard, *language) {
                None => return false,
                Some(Told::Progress(done, all)) => {
                    if let Some(writing) = &mut self.writing {
                        writing.done = (done, all);
                    }
                }
                Some(Told::File(file)) => {
                    let Some(Writing { what, format, is_printed, .. }) = self.writing.take() else {
                        return false;
                    };
                    // What can't be printed is saved, to be printed by hand.
                    let text = std::str::from_utf8(&file).ok().filter(|_| is_printed);
                    if text.and_then(print).is_none() {
                        let ending = if format == MARKED_CSV { CSV } else { format };
                        let name = file_name(form, &name(*language, what), ending);
                        if save(&name, media_type(format), &file).is_none() {
                            self.failure = Some(not_begun(*language));
                        }
                    }
                }
                Some(Told::Failed(failure)) => {
                    self.writing = None;
                    self.failure = Some(failure);
                }
            },
            Message::Slow => {
                if let Some(writing) = &mut self.writing {
                    writing.is_slow = true;
                }
            }
            Message::Stop => self.writing = None,
            Message::Mark(marked) => self.marked = marked,
            Message::Versions(versions) => self.versions = versions,
            Message::Since(since) => self.since = since,
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let language = context.props().language;
        let say = |key: &str| say(language, key);
        let papers = Paper::ALL.map(|paper| self.paper(context, paper));
        html! {
            <>
            <section id="papers" class="panel" aria-labelledby="papers-heading">
                <link rel="stylesheet" href="papers.css" />
                <h2 id="papers-heading">{ say("papers.screen.heading") }</h2>
                <p class="note">{ say("papers.screen.note") }</p>
                { self.standing(context) }
                { for papers }
                { self.tables(context) }
                <Publication ..context.props().clone() />
            </section>
            <Reconcile ..context.props().clone() />
            </>
        }
    }
}

impl Screen {
    fn paper(&self, context: &Context<Self>, paper: Paper) -> Html {
        let language = context.props().language;
        let id = paper.as_str();
        let say = |part: &str| say(language, &format!("{part}.{id}"));
        let buttons = paper.formats().iter().map(|format| {
            let format = format.as_str();
            self.button(context, id, format, &format!("papers.screen.{format}"))
        });
        let is_printed = paper.formats().contains(&Format::Html) && paper != Paper::ResultPage;
        let printer = is_printed.then(|| {
            let print =
                context.link().callback(move |_| Message::Write(id, Format::Html.as_str(), true));
            html! {
                <button type="button" data-print="" disabled={ self.writing.is_some() } onclick={ print }>
                    { fentan_words::say(language, "papers.screen.print") }
                </button>
            }
        });
        html! {
            <div id={ format!("paper-{id}") } role="group" aria-labelledby={ format!("paper-{id}-name") }>
                <h3 id={ format!("paper-{id}-name") }>{ say("paper") }</h3>
                <p>{ say("paper-purpose") }</p>
                <p class="note">{ say("paper-readers") }</p>
                if paper == Paper::Statements { { self.comparing(context) } }
                <div class="tools">{ for printer }{ for buttons }</div>
            </div>
        }
    }

    /// The version that statements compare with.
    fn comparing(&self, context: &Context<Self>) -> Html {
        if self.versions.is_empty() {
            return Html::default();
        }
        let language = context.props().language;
        let onchange = context.link().callback(|event: yew::Event| {
            Message::Since(event.target_unchecked_into::<HtmlSelectElement>().value())
        });
        let options = self.versions.iter().map(|one| {
            let name = [printable(&one.name), when(&one.kept)].join(" · ");
            html! { <option value={ one.kept.clone() } selected={ one.kept == self.since }>{ name }</option> }
        });
        html! {
            <p><label>{ say(language, "papers.screen.since") }{ " " }
                <select id="statements-since" { onchange }>
                    <option value="" selected={ self.since.is_empty() }>{ say(language, "papers.screen.since-none") }</option>
                    { for options }
                </select></label></p>
        }
    }

    fn tables(&self, context: &Context<Self>) -> Html {
        let language = context.props().language;
        let say = |key: &str| say(language, key);
        let format = if self.marked { MARKED_CSV } else { CSV };
        let buttons = TABLES
            .map(|table| self.button(context, table, format, &format!("papers.sheet.{table}")));
        let mark = context.link().callback(|event: yew::Event| {
            Message::Mark(event.target_unchecked_into::<HtmlInputElement>().checked())
        });
        html! {
            <div id="tables-as-csv" role="group" aria-labelledby="tables-as-csv-name">
                <h3 id="tables-as-csv-name">{ say("papers.screen.csv") }</h3>
                <p>{ say("papers.screen.csv-purpose") }</p>
                <p class="note">{ say("papers.screen.csv-readers") }</p>
                <p><label>
                    <input type="checkbox" checked={ self.marked } onchange={ mark } />
                    { say("papers.screen.bom") }
                </label></p>
                <div class="tools">{ for buttons }</div>
            </div>
        }
    }

    fn button(
        &self,
        context: &Context<Self>,
        what: &'static str,
        format: &'static str,
        name: &str,
    ) -> Html {
        let write = context.link().callback(move |_| Message::Write(what, format, false));
        html! {
            <button type="button" data-format={ format } disabled={ self.writing.is_some() }
                onclick={ write }>{ say(context.props().language, name) }</button>
        }
    }

    /// What is being written, or why it was not.
    fn standing(&self, context: &Context<Self>) -> Html {
        let language = context.props().language;
        if let Some(failure) = &self.failure {
            return html! { <p class="message bad" role="alert">{ failure.clone() }</p> };
        }
        let Some(writing) = self.writing.as_ref().filter(|writing| writing.is_slow) else {
            return html! { <div role="status"></div> };
        };
        let (done, all) = writing.done;
        let name = name(language, writing.what);
        let text = say_with(language, "papers.screen.writing", &[("paper", &name)]);
        let stop = context.link().callback(|_| Message::Stop);
        html! {
            <div class="message" role="status">
                <p>{ text.clone() }</p>
                <progress aria-label={ text } max={ all.max(1).to_string() } value={ done.to_string() } />
                <button type="button" onclick={ stop }>{ say(language, "papers.screen.stop") }</button>
            </div>
        }
    }
}

impl Screen {
    fn begin(
        &self,
        context: &Context<Screen>,
        what: &'static str,
        format: &'static str,
        is_printed: bool,
    ) -> Writing {
        let Given { language, send, .. } = context.props();
        let since = self.versions.iter().find(|one| one.kept == self.since);
        let since = since.filter(|_| what == Paper::Statements.as_str());
        let order = Order {
            what: what.to_owned(),
            format: format.to_owned(),
            language: *language,
            date: today(),
            since: since.map(|one| (one.name.clone(), one.json.clone())),
        };
        let hear = context.link().callback(Message::Heard);
        let work = Work::begin_on_plan(Task::Paper, &order, send, hear);
        let link = context.link().clone();
        let patience = Timeout::new(PATIENCE, move || link.send_message(Message::Slow));
        let done = (0, 0);
        Writing { what, format, is_printed, done, is_slow: false, _work: work, _patience: patience }
    }
}

impl Told {
    /// What is told by what was heard of a task; none at its end.
    fn of(heard: Heard, language: Language) -> Option<Told> {
        let failed = || Told::Failed(not_begun(language));
        match heard {
            Heard::Told(told) => Some(postcard::from_bytes(&told).unwrap_or_else(|_| failed())),
            Heard::Done => None,
            Heard::Failed => Some(failed()),
        }
    }
}

pub(super) fn not_begun(language: Language) -> String {
    let detail = say(language, "papers.screen.no-worker");
    say_with(language, "papers.screen.failed", &[("detail", &detail)])
}

/// Today's date where the reader is, as `2026-11-27`.
pub(super) fn today() -> String {
    let now = Date::new_0();
    format!("{:04}-{:02}-{:02}", now.get_full_year(), now.get_month() + 1, now.get_date())
}

fn name(language: Language, what: &str) -> String {
    let part = if TABLES.contains(&what) { "papers.sheet" } else { "paper" };
    say(language, &format!("{part}.{what}"))
}

/// What the file is called: after the plan and the paper, without what no file's name may hold.
pub(super) fn file_name(form: &Form, paper: &str, ending: &str) -> String {
    let name = [form.document.text("name"), Some(paper)];
    let name = name.into_iter().flatten().collect::<Vec<_>>().join("-");
    let allowed =
        |one: char| if r#"/\:*?"<>|"#.contains(one) || one.is_control() { '_' } else { one };
    format!("{}.{ending}", name.chars().map(allowed).collect::<String>())
}

fn media_type(format: &str) -> &'static str {
    match Format::ALL.into_iter().find(|one| one.as_str() == format) {
        Some(Format::Xlsx) => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Some(Format::Docx) => {
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        }
        Some(Format::Html) => "text/html",
        None => "text/csv",
    }
}
