use std::rc::Rc;

use fentan_words::{Language, learn, say, speaks};
use gloo::events::EventListener;
use gloo::file::{Blob, ObjectUrl};
use gloo::storage::{LocalStorage, Storage};
use gloo::timers::callback::Timeout;
use gloo::worker::{Spawnable, WorkerBridge};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlAnchorElement;
use yew::{Callback, Component, Context, Html, KeyboardEvent, html};

use super::agreements::agreements;
use super::dialog::open_dialogs;
use super::editing::Editing;
use super::guest::{draw_guest, guest, listen_to_guests};
use super::messages::messages;
use super::paste::paste;
use super::reasons::reasons;
use super::result::result;
use super::roster::roster;
use super::roster_table::bring_into_sight;
use super::sources::sources;
use super::statement::statement;
use super::summary::summary;
use super::top_bar::{bring_tab_into_sight, top_bar};
use super::works::works;
use crate::engine::Engine;
use crate::message::{Keeping, Postcard, Reply, Request, TextFile};
use crate::page::{Action, Page, Screen};

#[wasm_bindgen(raw_module = "./later.js")]
extern "C" {
    /// The texts of a language, in the order of their keys, as JSON.
    #[wasm_bindgen(catch, js_name = textsOf)]
    async fn texts_of(language: &str) -> Result<JsValue, JsValue>;
}

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
    /// Where the browser reads the file saved last.
    saved: Option<ObjectUrl>,
    /// The whole plan, as JSON, for the program that draws the screen shown; none before it is there.
    plan: JsValue,
    /// Runs while the engine is at work.
    patience: Option<Timeout>,
    /// Whether it has taken long.
    is_slow: bool,
    /// Runs after rows were drawn, or while scrolling leaps over all that are.
    resting: Option<Timeout>,
    /// The rows that were scrolled to meanwhile.
    scrolled: Option<(usize, usize)>,
    /// The screen whose tab was brought into sight.
    in_sight: Option<Screen>,
    /// What is said of how the plan is kept.
    told: &'static str,
    _listeners: [EventListener; 3],
}

/// What happens on the page.
#[derive(Debug)]
pub enum Message {
    /// Something is done.
    Act(Action),
    /// A language can be spoken, once these texts of it are learned; none where they can't be
    /// loaded.
    Speak(Language, Option<Vec<String>>),
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
            _listeners: [listen_to_address(&send), listen_to_keys(&send), listen_to_guests(&send)],
            send,
            saved: None,
            plan: JsValue::UNDEFINED,
            patience: None,
            is_slow: false,
            resting: None,
            scrolled: None,
            in_sight: None,
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
            Message::Speak(language, texts) => {
                let language = if texts.is_some() { language } else { self.page.language };
                if let Some(texts) = texts.filter(|texts| !texts.is_empty()) {
                    self.engine.send(Request::Learn(texts.clone()));
                    learn(texts);
                }
                // A browser that remembers nothing starts in Chinese again.
                let _ = LocalStorage::set(LANGUAGE, language.tag());
                self.act(Action::Speak(language));
            }
            Message::Act(action) => {
                let is_seen = is_seen(&action, &self.page);
                if let Action::Receive(reply) = &action {
                    match reply.as_ref() {
                        Reply::File(file) => self.saved = save(file),
                        Reply::Plan(json) => self.plan = json.into(),
                        _ => {}
                    }
                }
                let screen = self.page.screen;
                self.act(action);
                if self.page.screen != screen {
                    self.plan = JsValue::UNDEFINED;
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
            unfolded: Rc::clone(&page.unfolded),
            law: Rc::clone(&page.law),
            send: send.clone(),
        };
        html! {
            <>
                <a class="skip" href="#main">{ say(page.language, "page.skip") }</a>
                { top_bar(page, &editing) }
                <main id="main" tabindex="-1">
                    { summary(page) }
                    { messages(page, send, self.is_slow) }
                    { screen(page, &editing) }
                </main>
                { statement(page, send).unwrap_or_default() }
                { reasons(page, send).unwrap_or_default() }
                { paste(page, send).unwrap_or_default() }
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
            // Tabs are as wide as their names.
            self.in_sight = None;
        }
        if self.in_sight.replace(self.page.screen) != Some(self.page.screen) {
            bring_tab_into_sight();
        }
        open_dialogs();
        draw_guest(&self.plan, tag);
        let sought = self.page.sought.as_ref();
        if sought.is_some_and(|(household, path)| bring_into_sight(*household, path)) {
            self.page.sought = None;
        }
    }
}

/// Loads what it takes to speak a language.
async fn able(language: Language) -> Message {
    if speaks(language) {
        return Message::Speak(language, Some(Vec::new()));
    }
    let json = texts_of(language.tag()).await.ok().and_then(|json| json.as_string());
    Message::Speak(language, json.and_then(|json| serde_json::from_str(&json).ok()))
}

fn screen(page: &Page, editing: &Editing) -> Html {
    match page.screen {
        Screen::Works => works(page, editing),
        Screen::Sources => sources(page, editing),
        Screen::Agreements => agreements(page, editing),
        Screen::Roster => roster(page, editing),
        Screen::Result => result(page, editing),
        screen => guest(screen),
    }
}

impl App {
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

/// Whether an action changes what is on screen before the engine answers: what is typed stands in its
/// field already, and what is taken back is not known yet. Drawing the page for it would only have the
/// answer wait.
fn is_seen(action: &Action, page: &Page) -> bool {
    match action {
        Action::Type { .. } | Action::Undo | Action::Redo => false,
        Action::Receive(reply) => match reply.as_ref() {
            Reply::Charts(_) => page.screen == Screen::Result,
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
            ("z", false) => Action::Undo,
            ("z", true) | ("y", false) => Action::Redo,
            _ => return,
        };
        event.prevent_default();
        send.emit(action);
    })
}

/// Has the browser save a file; answers the address that it reads it from, which must outlive
/// the click.
fn save(file: &TextFile) -> Option<ObjectUrl> {
    let blob = Blob::new_with_options(file.text.as_str(), Some("application/json"));
    let address = ObjectUrl::from(blob);
    let link = gloo::utils::document().create_element("a").ok()?;
    let link: HtmlAnchorElement = link.dyn_into().ok()?;
    link.set_href(&address);
    link.set_download(&file.name);
    link.click();
    Some(address)
}
