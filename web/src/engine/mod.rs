//! The engine's thread: does what the page asks of the open plan, and keeps it.

mod asking;
mod comparing;
mod consulting;
pub mod database;
mod keeping;
pub mod wastebasket;
mod windows;

use std::rc::Rc;

use fentan_core::Document;
use fentan_words::Language;
use gloo::timers::callback::Timeout;
use gloo::worker::{HandlerId, Worker, WorkerScope};
use wasm_bindgen_futures::spawn_local;

use crate::lazy::{self, Consults, Explains, Opens, Words};
use crate::message::{Card, Follow, Keeping, Refusal, Reply, Request};
use crate::packed::Packed;
use crate::screens::consult::Asked as Consulting;
use crate::screens::result::law::Question;
use crate::screens::scenarios::outcome::Asked;
use crate::session::Session;
use comparing::Comparing;
use database::{Failure, Found, Record, Shelf};
use keeping::Begun;
use windows::{News, Windows};

/// The engine.
pub struct Engine {
    /// Where answers go.
    page: Option<HandlerId>,
    language: Language,
    session: Option<Session>,
    /// What was asked before a plan was open.
    waiting: Vec<Request>,
    shelf: Option<Rc<Shelf>>,
    plans: Vec<Card>,
    /// The plans in the wastebasket.
    discarded: Vec<Card>,
    /// The open plan's place on the shelf.
    open: u32,
    /// The revision of it that is kept.
    revision: u32,
    /// How many changes of it are kept.
    kept: u64,
    keeping: Keeping,
    /// Runs where changes wait to be kept.
    timer: Option<Timeout>,
    /// Whether changes are being kept.
    is_writing: bool,
    /// What opens another plan, once all changes of this one are kept.
    leaving: Option<Request>,
    /// What words a problem, once it is loaded.
    words: Option<Words>,
    /// What explains the plan, once it is loaded.
    explains: Option<Explains>,
    /// The household whose statement is shown.
    stated: Option<usize>,
    /// The number of changes of the plan before that statement.
    stated_at: Option<u64>,
    /// The vote that the page shows.
    question: Question,
    /// What the page is given besides, whenever the plan has changed.
    follow: Follow,
    /// Its scenarios, compared.
    comparing: Comparing,
    /// What answers what views ask of households, once it is loaded.
    consults: Option<Consults>,
    /// The editions of the plans that were open before.
    editions: u64,
    /// Runs where the law is to be said anew.
    studying: Option<Timeout>,
    windows: Option<Windows>,
}

/// What the engine tells itself.
pub enum Message {
    /// The database is open, or can't be.
    Begun(Result<Begun, Failure>),
    /// What a place of the shelf holds was loaded.
    Loaded(u32, Found),
    /// A plan is new on the shelf.
    Added(u32, Record, Document<'static>),
    /// A plan is new, but there is no place for it on the shelf.
    NotAdded(Failure, Document<'static>),
    /// It is time to keep what was changed.
    Keep,
    /// So many changes of a plan were kept.
    Kept(u32, u64, Record),
    /// They could not be.
    NotKept(Failure),
    /// So many changes went into a plan of its own.
    Forked(u32, u64, Record),
    /// A plan was put into the wastebasket, or taken away where there is no record of it.
    Discarded(u32, Option<Record>),
    /// A plan is out of the wastebasket: on the shelf again, or taken away for good.
    Restored(u32, Option<Record>),
    /// A language can be spoken; whether that is the first.
    Speaks(Language, bool),
    /// What words a problem is loaded.
    Words(Words),
    /// A file can't be opened.
    Refused(Refusal),
    /// What compares scenarios is loaded.
    Compares(Opens),
    /// What answers what views ask of households is loaded; with what is asked.
    Consults(Consults, Packed<Consulting>),
    /// The plan was shown anew: what is wrong with it and what law says of it may have changed.
    Shown,
    /// It is time to say what law says.
    Study,
    /// What explains the plan is loaded, or can't be; with what is to be done then.
    Explains(Option<Explains>, Option<Request>),
    /// Another window says something.
    Heard(News),
}

impl Worker for Engine {
    type Message = Message;
    type Input = Request;
    type Output = Vec<Reply>;

    fn create(scope: &WorkerScope<Self>) -> Engine {
        let scope = scope.clone();
        Engine {
            page: None,
            language: Language::default(),
            session: None,
            waiting: Vec::new(),
            shelf: None,
            plans: Vec::new(),
            discarded: Vec::new(),
            open: 0,
            revision: 0,
            kept: 0,
            keeping: Keeping::Kept,
            timer: None,
            is_writing: false,
            leaving: None,
            words: None,
            explains: None,
            stated: None,
            stated_at: None,
            question: Question::default(),
            follow: Follow::default(),
            comparing: Comparing::default(),
            consults: None,
            editions: 0,
            studying: None,
            windows: Windows::listen(move |news| scope.send_message(Message::Heard(news))),
        }
    }

    fn received(&mut self, scope: &WorkerScope<Self>, request: Request, page: HandlerId) {
        self.receive(scope, request, page);
    }

    fn update(&mut self, scope: &WorkerScope<Self>, message: Message) {
        match message {
            Message::Begun(begun) => self.begun(scope, begun),
            Message::Loaded(plan, found) => self.loaded(scope, plan, found),
            Message::Added(plan, record, document) => self.added(scope, plan, record, document),
            Message::NotAdded(failure, document) => self.not_added(scope, failure, document),
            Message::Keep => self.keep(scope),
            Message::Kept(plan, changes, record) => self.was_kept(scope, plan, changes, record),
            Message::NotKept(failure) => self.was_not_kept(scope, failure),
            Message::Forked(plan, changes, record) => {
                self.was_forked(scope, plan, changes, record);
            }
            Message::Discarded(plan, record) => self.was_discarded(scope, plan, record.as_ref()),
            Message::Restored(plan, record) => self.was_restored(scope, plan, record.as_ref()),
            Message::Speaks(language, true) => {
                self.language = language;
                self.begin(scope);
            }
            Message::Speaks(language, false) => {
                self.language = language;
                self.take(scope, Request::Speak(language));
            }
            Message::Words(words) => {
                self.words = Some(words);
                let replies = self.session.as_mut().map(|session| session.put_in_words(words));
                self.answer(scope, replies.unwrap_or_default());
                self.study_soon(scope);
            }
            Message::Refused(refusal) => self.answer(scope, vec![Reply::Refused(refusal)]),
            Message::Compares(opens) => {
                self.comparing.opens = Some(opens);
                self.compare(scope);
            }
            Message::Consults(consults, asked) => {
                self.consults = Some(consults);
                self.consult(scope, asked);
            }
            Message::Shown => {
                self.load_words(scope);
                self.study_soon(scope);
            }
            Message::Study => self.study(scope),
            Message::Explains(explains, then) => self.now_explains(scope, explains, then),
            Message::Heard(news) => self.hear(scope, news),
        }
    }
}

impl Engine {
    /// Does what the page asks.
    fn receive(&mut self, scope: &WorkerScope<Self>, request: Request, page: HandlerId) {
        self.page = Some(page);
        match request {
            Request::Begin(language) | Request::Speak(language) => {
                let (scope, begins) = (scope.clone(), matches!(request, Request::Begin(_)));
                spawn_local(async move {
                    // The page speaks a language only where it could be loaded.
                    lazy::speaks(language).await;
                    scope.send_message(Message::Speaks(language, begins));
                });
            }
            request if self.session.is_none() => self.waiting.push(request),
            request if keeping::leaves(&request) => self.leave(scope, request),
            Request::Discard(plan) => self.discard(scope, plan),
            Request::Restore(plan) => self.restore(scope, plan),
            Request::Purge(plan) => self.purge(scope, plan),
            Request::Plan(known) => self.hand(scope, known),
            Request::Compare(asked) => {
                self.comparing.asked = *asked;
                let compared = self.compared();
                self.answer(scope, compared.into_iter().collect());
            }
            Request::Consult(asked) => self.consult(scope, asked),
            Request::Explain(figure) => self.explain(scope, figure),
            Request::SaveSplit => self.save_split(scope),
            Request::Question(question) => {
                self.question = question;
                self.study(scope);
            }
            Request::State(household) => {
                self.stated = household;
                self.state(scope);
            }
            Request::Follow(follow) => {
                self.follow = follow;
                self.comparing.asked = Asked::default();
                let charts = self.charts();
                self.answer(scope, charts.into_iter().collect());
                self.compare(scope);
            }
            request => self.take(scope, request),
        }
    }

    fn answer(&mut self, scope: &WorkerScope<Self>, mut replies: Vec<Reply>) {
        if let Some(page) = self.page.filter(|_| !replies.is_empty()) {
            if replies.iter().any(|reply| matches!(reply, Reply::Standing(_))) {
                scope.send_message(Message::Shown);
                replies.extend(self.charts());
                // What was tried counts no more once the plan has changed.
                self.comparing.asked.attempt.clear();
                replies.extend(self.compared());
            }
            // Together, so that the page is drawn once.
            scope.respond(page, replies);
        }
    }

    /// Loads what words a problem, where the plan has one that is not in words yet.
    fn load_words(&self, scope: &WorkerScope<Self>) {
        if self.session.as_ref().is_some_and(Session::lacks_words) {
            let scope = scope.clone();
            spawn_local(async move {
                // Where it can't be loaded, the next change asks for it again.
                if let Some(words) = lazy::words().await {
                    scope.send_message(Message::Words(words));
                }
            });
        }
    }

    /// Answers after the plan may have changed. That it is not kept yet is said first: it is never
    /// answered as if it were.
    fn answer_changed(&mut self, scope: &WorkerScope<Self>, replies: Vec<Reply>) {
        let pending = self.keep_soon(scope).into_iter();
        self.answer(scope, pending.chain(replies).collect());
    }

    /// The edition of the plan as it stands: no two plans of this engine have the same.
    fn edition(&self) -> u64 {
        self.editions + self.session.as_ref().map_or(0, Session::changed)
    }

    /// Gives the page the whole plan, where it knows another edition of it.
    fn hand(&mut self, scope: &WorkerScope<Self>, known: u64) {
        let edition = self.edition();
        let session = self.session.as_ref().filter(|_| edition != known);
        let plan = session.map(Session::json);
        self.answer(scope, vec![Reply::Plan(edition, plan)]);
    }

    /// Does what concerns the open plan alone.
    fn take(&mut self, scope: &WorkerScope<Self>, request: Request) {
        if matches!(request, Request::Save) {
            self.was_saved();
        }
        let replies = self.session.as_mut().map(|session| session.take(request));
        self.answer_changed(scope, replies.unwrap_or_default());
        if self.is_statement_old() {
            self.state(scope);
        }
    }

    /// Does what was asked before a plan was open.
    fn take_waiting(&mut self, scope: &WorkerScope<Self>) {
        for request in std::mem::take(&mut self.waiting) {
            if let Some(page) = self.page {
                self.receive(scope, request, page);
            }
        }
    }
}
