//! The page as a component: it holds a [`Page`], passes actions on, and asks the engine.

use std::rc::Rc;

use fentan_words::{Language, say};
use gloo::events::EventListener;
use gloo::storage::{LocalStorage, Storage};
use gloo::timers::callback::Timeout;
use gloo::worker::{Spawnable, WorkerBridge};
use wasm_bindgen::JsCast;
use yew::{Callback, Component, Context, Html, KeyboardEvent, html};

use crate::engine::Engine;
use crate::lazy::{self, Draw, Part};
use crate::message::{Keeping, Postcard, Refusal, Refused, Reply, Request};
use crate::page::messages::messages;
use crate::page::summary::summary;
use crate::page::top_bar::top_bar;
use crate::page::{Action, Page, Screen};
use crate::parts::dialog::open_dialogs;
use crate::parts::editing::Editing;
use crate::parts::elements::tag_of;
use crate::parts::file::save;
use crate::parts::open_files::taken;
use crate::screens::roster::table::bring_into_sight;
use crate::work;
use crate::work::cells::Cells;

/// Where the browser remembers the language.
const LANGUAGE: &str = "fentan.language";
/// How long the engine may take before the page says that it is at work, in milliseconds.
const PATIENCE: u32 = 300;
/// How long the page lets the roster scroll before it draws rows anew, in milliseconds: drawing at
/// every step would hold up the scrolling, and nothing that is leapt over would be seen.
const REST: u32 = 100;

/// The page.
pub struct App {
    page: Page,
    engine: WorkerBridge<Engine>,
    /// Where actions of the parts go; made once, so that parts see that it stays the same.
    send: Callback<Action>,
    /// The parts that are loaded, or being loaded: what draws each, once it is there.
    parts: Vec<(Part, Option<Draw>)>,
    /// Runs while the engine is at work.
    patience: Option<Timeout>,
    /// Whether it has taken long.
    is_slow: bool,
    /// Runs after rows were drawn, or while scrolling leaps over all that are.
    resting: Option<Timeout>,
    /// The rows that were scrolled to meanwhile.
    scrolled: Option<(usize, usize)>,
    /// The screen that was drawn last.
    drawn: Option<Screen>,
    /// What is said of how the plan is kept.
    told: &'static str,
    _listeners: [EventListener; 2],
}

/// What happens on the page.
#[derive(Debug)]
pub enum Message {
    /// Something is done.
    Act(Action),
    /// A language can be spoken, or its texts can't be loaded.
    Speak(Language, bool),
    /// A part is loaded, or can't be.
    Loaded(Part, Option<Draw>),
    /// The engine takes long.
    Slow,
    /// It is time to draw the rows that were scrolled to.
    Rested,
}

impl Component for App {
    type Message = Message;
    type Properties = ();

    fn create(context: &Context<Self>) -> App {
        let send = context.link().callback(Message::Act);
        let language = LocalStorage::get::<String>(LANGUAGE).ok();
        let language = language.as_deref().and_then(Language::of_tag).unwrap_or_default();
        let link = context.link().clone();
        let receive = move |replies: Vec<Reply>| {
            let receive = |reply| Message::Act(Action::Receive(Box::new(reply)));
            link.send_message_batch(replies.into_iter().map(receive).collect());
        };
        let engine = Engine::spawner()
            .callback(receive)
            .encoding::<Postcard>()
            .spawn_with_loader("worker.js");
        context.link().send_future(able(language));
        let screen = Screen::at(&address()).unwrap_or_default();
        App {
            page: Page::new(screen),
            engine,
            _listeners: [listen_to_address(&send), listen_to_keys(&send)],
            send,
            parts: Vec::new(),
            patience: None,
            is_slow: false,
            resting: None,
            scrolled: None,
            drawn: None,
            told: "",
        }
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Slow => self.is_slow = true,
            Message::Act(Action::Scroll(start, count)) => {
                self.scrolled = Some((start, count));
                let is_leap = start.abs_diff(self.page.rows.look.start) > count;
                if is_leap {
                    self.rest(context);
                } else if self.resting.is_none() {
                    self.scroll(context);
                }
                return false;
            }
            Message::Rested => {
                self.resting = None;
                self.scroll(context);
                return false;
            }
            Message::Act(Action::Speak(language)) => {
                context.link().send_future(able(language));
                return false;
            }
            Message::Speak(language, is_able) => {
                let language = if is_able { language } else { self.page.language };
                // A browser that remembers nothing starts in Chinese again.
                let _ = LocalStorage::set(LANGUAGE, language.tag());
                self.act(Action::Speak(language));
                self.load(context);
            }
            Message::Loaded(part, Some(draw)) => {
                self.parts.retain(|(one, _)| *one != part);
                self.parts.push((part, Some(draw)));
            }
            Message::Loaded(part, None) => {
                self.parts.retain(|(one, _)| *one != part);
                // It is asked for again once it is needed again.
                let file = address();
                self.act(Action::Refuse(Refusal { file, reason: Refused::NotLoaded }));
            }
            Message::Act(action) => {
                let is_seen = is_seen(&action, &self.page);
                if let Action::Receive(reply) = &action {
                    match reply.as_ref() {
                        // What the browser does not save can be asked for again.
                        Reply::File(file) => {
                            let _ = save(&file.name, "application/json", file.text.as_bytes());
                        }
                        Reply::Plan(edition, plan) => work::hand(*edition, plan.clone()),
                        _ => {}
                    }
                }
                if let Action::Paste(cells) = &action {
                    context.link().send_future(read_cells(cells.clone()));
                }
                let needs = needs(&action);
                let screen = self.page.screen;
                self.act(action);
                let has_moved = self.page.screen != screen;
                if needs || has_moved {
                    self.load(context);
                }
                if has_moved {
                    // Else the way to the screen before, which is still in the address, leads nowhere.
                    // A link that led here stays there, to be read.
                    if Screen::at(&address()) != Some(self.page.screen) {
                        let location = gloo::utils::window().location();
                        let _ = location.set_hash(self.page.screen.address());
                    }
                }
                self.watch(context);
                self.tell();
                return is_seen;
            }
        }
        true
    }

    fn view(&self, _: &Context<Self>) -> Html {
        let App { page, send, .. } = self;
        let Some(form) = &page.form else {
            return html! { <p id="opening">{ say(page.language, "page.opening") }</p> };
        };
        let editing = Editing {
            language: page.language,
            form: Rc::clone(form),
            standing: Rc::clone(&page.standing),
            rows: Rc::clone(&page.rows),
            entering: Rc::clone(&page.entering),
            unfolded: Rc::clone(&page.unfolded),
            law: Rc::clone(&page.law),
            send: send.clone(),
        };
        html! {
            <>
                { self.style() }
                <a class="skip" href="#main">{ say(page.language, "page.skip") }</a>
                { top_bar(page, &editing) }
                <main id="main" tabindex="-1">
                    { summary(page) }
                    { messages(page, send, self.is_slow) }
                    { self.screen(&editing) }
                </main>
                { self.draw(Part::Dialogs, &editing) }
            </>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, is_first: bool) {
        // Setting a language, even the same, has the browser style all of the page anew.
        let root = gloo::utils::document_element();
        let tag = self.page.language.tag();
        if root.get_attribute("lang").as_deref() != Some(tag) || is_first {
            gloo::utils::document().set_title(&say(self.page.language, "page.title"));
            // The attribute can be set on any element.
            let _ = root.set_attribute("lang", tag);
        }
        // A view begins at its top, however it was reached.
        if self.drawn.replace(self.page.screen).is_some_and(|before| before != self.page.screen) {
            gloo::utils::window().scroll_to_with_x_and_y(0.0, 0.0);
        }
        open_dialogs();
        let sought = self.page.sought.as_ref();
        if sought.is_some_and(|(household, path)| bring_into_sight(*household, path)) {
            self.page.sought = None;
        }
    }
}

/// Loads what it takes to speak a language.
async fn able(language: Language) -> Message {
    Message::Speak(language, lazy::speaks(language).await)
}

/// Reads cells that were pasted, to be taken in.
async fn read_cells(cells: Cells) -> Message {
    Message::Act(match taken(&cells, None).await {
        Ok(taken) => Action::Ask(Request::TakeIn(Box::new(taken))),
        Err(reason) => {
            let first = cells.text.as_deref().and_then(|text| text.lines().next());
            let file = first.unwrap_or_default().to_owned();
            Action::Refuse(Refusal { file, reason })
        }
    })
}

impl App {
    /// How parts look that are loaded when they are first shown, from when the first of them is.
    fn style(&self) -> Html {
        match self.parts.is_empty() {
            true => Html::default(),
            false => html! { <link rel="stylesheet" href="parts.css" /> },
        }
    }

    /// The screen shown; nothing while it is being loaded.
    fn screen(&self, editing: &Editing) -> Html {
        let screen = self.page.screen;
        let drawn = self.draw(Part::Screen(screen), editing);
        tag_of(screen as usize, "div", &["data-screen"], &[screen.address()], drawn)
    }

    fn draw(&self, part: Part, editing: &Editing) -> Html {
        let found = self.parts.iter().find(|(one, _)| *one == part);
        let draw = found.and_then(|(_, draw)| *draw);
        draw.map(|draw| draw(&self.page, editing)).unwrap_or_default()
    }

    /// Loads what the page shows and does not have yet.
    fn load(&mut self, context: &Context<Self>) {
        let page = &self.page;
        let has_dialog =
            page.statement.is_some() || !page.reasons.is_empty() || page.pasting.is_some();
        // Which screen is shown first is known once a plan is open.
        let screen = page.form.as_ref().map(|_| Part::Screen(page.screen));
        let parts = [screen, has_dialog.then_some(Part::Dialogs)];
        for part in parts.into_iter().flatten() {
            if !self.parts.iter().any(|(one, _)| *one == part) {
                self.parts.push((part, None));
                let load = async move { Message::Loaded(part, lazy::part(part).await) };
                context.link().send_future(load);
            }
        }
    }

    /// Does an action, and asks the engine for what it takes.
    fn act(&mut self, action: Action) {
        for request in self.page.act(action) {
            self.engine.send(request);
        }
    }

    /// Asks for the rows scrolled to; nothing changes on screen before the engine has answered.
    fn scroll(&mut self, context: &Context<Self>) {
        if let Some((start, count)) = self.scrolled.take() {
            self.act(Action::Scroll(start, count));
            self.rest(context);
        }
    }

    fn rest(&mut self, context: &Context<Self>) {
        let link = context.link().clone();
        self.resting = Some(Timeout::new(REST, move || link.send_message(Message::Rested)));
    }

    /// Says on the page's root how its plan is kept. Programs that use the page wait for it, so it is
    /// said before anything is drawn.
    fn tell(&mut self) {
        let kept = self.page.kept();
        if self.told != kept {
            self.told = kept;
            // The attribute can be set on any element.
            let _ = gloo::utils::document_element().set_attribute("data-plan", kept);
        }
    }

    /// Says that the engine is at work where it takes long.
    fn watch(&mut self, context: &Context<Self>) {
        if !self.page.is_busy() {
            self.patience = None;
            self.is_slow = false;
        } else if self.patience.is_none() {
            let link = context.link().clone();
            self.patience = Some(Timeout::new(PATIENCE, move || link.send_message(Message::Slow)));
        }
    }
}

/// Whether an action may show a part of the page that is not loaded yet.
fn needs(action: &Action) -> bool {
    match action {
        Action::Show(_) | Action::Pasting(_) => true,
        Action::Receive(reply) => {
            matches!(**reply, Reply::Form(_) | Reply::Statement(_) | Reply::Reason(_))
        }
        _ => false,
    }
}

/// Whether an action changes what is on screen before the engine answers: what is typed stands in its
/// field already, and what is taken back is not known yet. Drawing the page for it would only have the
/// answer wait.
fn is_seen(action: &Action, page: &Page) -> bool {
    match action {
        Action::Type { .. }
        | Action::Ask(
            Request::Undo
            | Request::Redo
            | Request::Plan(_)
            | Request::Compare(_)
            | Request::Consult(_),
        ) => false,
        Action::Receive(reply) => match reply.as_ref() {
            Reply::Charts(_) => matches!(page.screen, Screen::Result | Screen::Lookup),
            Reply::Compared(_) => page.screen == Screen::Scenarios,
            // Drawn with the answer that is on its way.
            Reply::Shelf(shelf) => !page.is_busy() || shelf.keeping != Keeping::Kept,
            _ => true,
        },
        _ => true,
    }
}

/// The part of the page's address that names a screen.
pub fn address() -> String {
    gloo::utils::window().location().hash().unwrap_or_default()
}

fn listen_to_address(send: &Callback<Action>) -> EventListener {
    let send = send.clone();
    EventListener::new(&gloo::utils::window(), "hashchange", move |_| {
        if let Some(screen) = Screen::at(&address()) {
            send.emit(Action::Show(screen));
        }
    })
}

/// Ctrl+Z and Ctrl+Y undo and redo across the whole plan: the fields' own undo knows but one
/// field.
fn listen_to_keys(send: &Callback<Action>) -> EventListener {
    let send = send.clone();
    let options = gloo::events::EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&gloo::utils::document(), "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        if !(event.ctrl_key() || event.meta_key()) || event.alt_key() {
            return;
        }
        let action = match (event.key().to_ascii_lowercase().as_str(), event.shift_key()) {
            ("z", false) => Action::Ask(Request::Undo),
            ("z", true) | ("y", false) => Action::Ask(Request::Redo),
            _ => return,
        };
        event.prevent_default();
        send.emit(action);
    })
}
