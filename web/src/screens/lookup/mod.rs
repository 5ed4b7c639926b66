//! The view of one household, and two side by side; and what a meeting sees of them and of the result.
//!
//! What it looks at stands in its address (`address.rs`), the engine tells the rest (`told.rs`).

pub mod address;
mod home;
mod meeting;
pub mod told;

use std::rc::Rc;

use fentan_core::Fen;
use fentan_words::{Language, money, say, say_with};
use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, KeyboardEvent};
use yew::{Callback, Component, Context, Html, InputEvent, Properties, TargetCast, html};

use crate::message::{Outcome, Standing};
use crate::packed::Packed;
use crate::page::{Action, Page, address as page_address};
use crate::parts::editing::Editing;
use crate::screens::consult::{Asked as Consulted, Asking, Told as Answer};
use crate::screens::result::charts::Figures;
use address::Place;
use told::{Asked, Found, Group, Told};

/// What the view is given.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Given {
    /// The language to draw it in.
    pub language: Language,
    /// How the plan stands: it is asked anew when that is another.
    pub standing: Rc<Standing>,
    /// The last split there was.
    pub outcome: Option<Rc<Outcome>>,
    /// What the charts show.
    pub figures: Option<Packed<Figures>>,
    /// What the engine told last.
    pub told: Option<Packed<Answer>>,
    /// How many times it has told something.
    pub count: usize,
    /// What the plan is called.
    pub plan: String,
    /// Where actions go.
    pub send: Callback<Action>,
}

/// Draws the view.
pub fn draw(page: &Page, editing: &Editing) -> Html {
    let (count, told) = page.consulted.clone();
    html! {
        <Lookup
            language={editing.language}
            standing={Rc::clone(&editing.standing)}
            outcome={page.outcome.clone()}
            figures={page.charts.clone()}
            plan={editing.text("name").to_owned()}
            send={editing.send.clone()}
            {told}
            {count}
        />
    }
}

/// How many households are listed at first, and with each further step.
const LISTED: usize = 30;

/// The view.
pub struct Lookup {
    place: Place,
    search: String,
    listed: usize,
    told: Option<Told>,
    asking: Asking,
    /// The door number that is typed in the meeting.
    door: String,
    /// Which slide the meeting sees.
    slide: usize,
    _listeners: [EventListener; 2],
}

/// What happens in the view.
pub enum Message {
    /// The address is another.
    Address,
    /// Something was typed to look for.
    Search(String),
    /// More of those found are listed.
    More,
    /// The meeting is to see this many slides on, or back.
    Turn(isize),
    /// A door number is typed in the meeting.
    Door(String),
    /// It is entered.
    Enter,
    /// The meeting begins, or is over.
    Meet(bool),
}

fn decode(text: &str) -> Option<String> {
    js_sys::decode_uri_component(text).ok().map(String::from)
}

/// A text as an address holds it.
fn encode(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

fn here() -> Place {
    Place::at(&page_address(), decode)
}

/// Goes to another place of the view.
fn go(place: &Place) {
    // An address that can't be set leaves the view as it is.
    let _ = window().location().set_hash(&place.address(encode));
}

impl Component for Lookup {
    type Message = Message;
    type Properties = Given;

    fn create(context: &Context<Self>) -> Lookup {
        let link = context.link();
        let address = link.callback(|()| Message::Address);
        let turn = link.callback(Message::Turn);
        let meet = link.callback(Message::Meet);
        let options = EventListenerOptions::enable_prevent_default();
        let keys = EventListener::new_with_options(&document(), "keydown", options, move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
            if !here().is_meeting || is_typed_into(event) {
                return;
            }
            // A clicker sends the keys that turn a page.
            match event.key().as_str() {
                "ArrowRight" | "ArrowDown" | "PageDown" | " " => turn.emit(1),
                "ArrowLeft" | "ArrowUp" | "PageUp" => turn.emit(-1),
                "Escape" => meet.emit(false),
                _ => return,
            }
            event.prevent_default();
        });
        let mut lookup = Lookup {
            place: here(),
            search: String::new(),
            listed: LISTED,
            told: None,
            asking: Asking::default(),
            door: String::new(),
            slide: 0,
            _listeners: [
                EventListener::new(&window(), "hashchange", move |_| address.emit(())),
                keys,
            ],
        };
        lookup.ask(context);
        lookup
    }

    fn changed(&mut self, context: &Context<Self>, before: &Given) -> bool {
        let given = context.props();
        if given.count != before.count {
            if self.asking.answered() {
                self.ask(context);
            }
            match given.told.as_ref().and_then(Packed::open) {
                Some(Answer::Homes(told)) => self.told = Some(*told),
                Some(Answer::Nothing) => self.told = None,
                _ => {}
            }
        }
        let is_another = !Rc::ptr_eq(&given.standing, &before.standing);
        if is_another || given.language != before.language {
            self.ask(context);
        }
        true
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Address => {
                let place = here();
                if place.is_meeting && !self.place.is_meeting {
                    self.slide = if place.homes.is_empty() { 0 } else { meeting::CHARTS };
                }
                self.place = place;
                self.listed = LISTED;
                self.ask(context);
            }
            Message::Search(search) => {
                self.search = search;
                self.listed = LISTED;
                self.ask(context);
            }
            Message::More => {
                self.listed += LISTED;
                self.ask(context);
            }
            Message::Turn(by) => {
                let last = meeting::slides(self.told.as_ref()).saturating_sub(1);
                self.slide = self.slide.saturating_add_signed(by).min(last);
            }
            Message::Door(door) => self.door = door,
            Message::Enter => {
                self.slide = meeting::CHARTS;
                let home = std::mem::take(&mut self.door).trim().to_owned();
                go(&Place { homes: vec![home], ..self.place.clone() });
            }
            Message::Meet(is_meeting) => {
                meeting::fill_screen(is_meeting);
                go(&Place { is_meeting, ..self.place.clone() });
            }
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let language = context.props().language;
        let style = html! { <link rel="stylesheet" href="homes.css" /> };
        if self.place.is_meeting {
            return html! { <>{ style }{ meeting::draw(self, context) }</> };
        }
        let meet = context.link().callback(|_| Message::Meet(true));
        let oninput = context.link().callback(|event: InputEvent| {
            Message::Search(event.target_unchecked_into::<HtmlInputElement>().value())
        });
        let text = |key: &str| say(language, &["view.lookup.", key].concat());
        html! {
            <section id="lookup" class="panel" aria-labelledby="lookup-heading">
                { style }
                <h2 id="lookup-heading">{ text("heading") }</h2>
                <p class="note">{ text("note") }</p>
                <p class="tools">
                    <label class="search">
                        <span>{ text("search") }</span>
                        <input id="lookup-search" type="search" autocomplete="off" placeholder="3-1-502"
                            value={self.search.clone()} {oninput} />
                    </label>
                    <button id="meeting" type="button" onclick={meet}>{ text("meeting") }</button>
                </p>
                { self.list(context) }
                { home::draw(self, context) }
            </section>
        }
    }
}

/// Whether a key is typed into a field.
fn is_typed_into(event: &KeyboardEvent) -> bool {
    event.target().is_some_and(|target| target.dyn_ref::<HtmlInputElement>().is_some())
}

impl Lookup {
    fn ask(&mut self, context: &Context<Self>) {
        let asked = Asked {
            search: self.search.clone(),
            group: self.place.group.clone(),
            count: self.listed,
            homes: self.place.homes.clone(),
        };
        self.asking.ask(&context.props().send, &Consulted::Homes(asked));
    }

    /// The households found.
    fn list(&self, context: &Context<Self>) -> Html {
        let language = context.props().language;
        let text = |key: &str| say(language, &["view.lookup.", key].concat());
        let Some(told) = &self.told else {
            return html! { <p class="none">{ text("nothing") }</p> };
        };
        // Without a search and a group the list is of no use until somebody looks for one.
        let is_asked = !self.search.trim().is_empty() || self.place.group != Group::All;
        let groups = [Group::Highest, Group::Lowest].map(|group| {
            let key = if group == Group::Highest { "highest" } else { "lowest" };
            html! { <a href={address::of_group(group)}>{ text(key) }</a> }
        });
        let count = told.found.to_string();
        let found = say_with(language, "view.lookup.found", &[("count", &count)]);
        let rows = told.rows.iter().map(|found| self.found(language, found));
        let more = context.link().callback(|_| Message::More);
        html! {
            <>
                <p class="groups">
                    { for groups }
                    if self.place.group != Group::All {
                        <a href={address::of_group(Group::All)}>{ text("all") }</a>
                    }
                </p>
                if is_asked || self.place.homes.is_empty() {
                    <p class="note" role="status">{ [told.group.clone(), found].join(" ") }</p>
                    <ul class="found">{ for rows }</ul>
                    if told.found > told.rows.len() {
                        <button type="button" onclick={more}>{ text("more") }</button>
                    }
                }
            </>
        }
    }

    fn found(&self, language: Language, found: &Found) -> Html {
        let group = self.place.group.clone();
        let to = |homes: Vec<String>| {
            Place { group: group.clone(), homes, is_meeting: false }.address(encode)
        };
        let beside = self.place.homes.first().filter(|first| **first != found.id).map(|first| {
            let label = say_with(language, "view.lookup.beside-label", &[("first", first), ("second", &found.id)]);
            html! {
                <a class="beside" href={to(vec![first.clone(), found.id.clone()])} aria-label={label}>
                    { say(language, "view.lookup.beside") }
                </a>
            }
        });
        html! {
            <li key={found.id.clone()}>
                <a href={to(vec![found.id.clone()])}>
                    <strong>{ found.id.clone() }</strong>
                    if !found.name.is_empty() { <span>{ found.name.clone() }</span> }
                    <small>{ found.place.clone() }</small>
                    <span class="number">{ money(found.due) }</span>
                    <small class="number">{ per_area(language, found.per_area) }</small>
                </a>
                { beside.unwrap_or_default() }
            </li>
        }
    }
}

/// An amount for each square metre, in words.
fn per_area(language: Language, amount: Fen) -> String {
    say_with(language, "view.lookup.per-area", &[("amount", &money(amount))])
}
