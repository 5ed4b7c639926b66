//! The screen of scenarios: what would come out if some of the plan were otherwise.
//!
//! - The engine compares (`comparing.rs`), on the plan that it holds: so quickly that figures follow a slider. It tells
//!   what [`Seen`] holds.
//! - `opened.rs`: the plan as the screen shows it, with changes that are shown before they are made. `varied.rs`: the
//!   numbers of it that can be varied, in words.
//! - What takes longer is a [`task`] for a worker: swept, sought or drawn by `work.rs`, asked by `use_thread.rs`.

mod compare;
pub mod comparing;
mod controls;
mod investment;
mod link;
mod list;
mod opened;
pub mod outcome;
mod parts;
mod plan_field;
mod seek;
mod sentences;
mod stress;
mod sweep;
pub mod task;
pub mod use_thread;
mod varied;
mod whole;
pub mod work;

use std::rc::Rc;

use fentan_core::Change;
use fentan_core::scenario::Investment;
use fentan_core::scenario::Scenario;
use fentan_words::{Language, say};
use gloo::events::EventListener;
use gloo::utils::window;
use yew::{Callback, Component, Context, Html, Properties, html};

use list::List;
use opened::Opened;
use outcome::{Asked, Outcome, Seen};
use parts::Part;
use seek::Seek;
use sentences::Sentences;
use stress::Stress;
use sweep::Sweep;
use varied::Varied;

use crate::message::Request;
use crate::packed::Packed;
use crate::page::{Action, Form, Page};
use crate::parts::editing::Editing;

/// What the screen is given.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Given {
    /// The language to draw it in.
    pub language: Language,
    /// The plan without its households.
    pub form: Rc<Form>,
    /// What the engine told last; none before it has.
    pub seen: Option<Packed<Seen>>,
    /// How many times it has told something.
    pub told: usize,
    /// Where actions go.
    pub send: Callback<Action>,
}

/// Draws the screen.
pub fn draw(page: &Page, editing: &Editing) -> Html {
    let Editing { language, form, send, .. } = editing;
    let (language, form, send) = (*language, Rc::clone(form), send.clone());
    let (told, seen) = page.seen.clone();
    html! { <Scenarios {language} {form} {seen} {told} {send} /> }
}

/// The screen.
#[derive(Debug)]
pub struct Scenarios {
    opened: Rc<Opened>,
    asked: Asked,
    seen: Option<Told>,
    /// Whether the engine has not answered yet what was asked last.
    is_waiting: bool,
    /// Whether something else is to be asked once it has.
    is_changed: bool,
    /// The scenarios of the link that is open.
    offered: Option<Result<Vec<Scenario>, Vec<String>>>,
    _address: EventListener,
}

/// What the engine told.
#[derive(Debug)]
struct Told {
    is_split: bool,
    varied: Rc<Vec<Varied>>,
    outcome: Outcome,
    investments: Rc<Vec<(usize, Investment)>>,
}

impl Told {
    fn of(seen: Option<&Packed<Seen>>) -> Option<Told> {
        let Seen { is_split, varied, outcome, investments } = seen?.open()?;
        let (varied, investments) = (Rc::new(varied), Rc::new(investments));
        Some(Told { is_split, varied, outcome, investments })
    }
}

/// What happens on the screen.
#[derive(Debug)]
pub enum Message {
    /// Changes are shown, but not made yet.
    Attempt(Vec<Change>),
    /// Changes of the plan are made.
    Make(Vec<Change>),
    /// Something else is compared.
    Ask(Asked),
    /// The address is another.
    Address,
}

impl Component for Scenarios {
    type Message = Message;
    type Properties = Given;

    fn create(context: &Context<Self>) -> Scenarios {
        let given = context.props();
        let address = context.link().callback(|()| Message::Address);
        Scenarios {
            opened: Rc::new(Opened::of(given.form.document.clone())),
            asked: Asked::default(),
            seen: Told::of(given.seen.as_ref()),
            is_waiting: false,
            is_changed: false,
            offered: link::offered(given.language),
            _address: EventListener::new(&window(), "hashchange", move |_| address.emit(())),
        }
    }

    fn changed(&mut self, context: &Context<Self>, before: &Given) -> bool {
        let given = context.props();
        if !Rc::ptr_eq(&given.form, &before.form) {
            self.opened = Rc::new(Opened::of(given.form.document.clone()));
            // The engine compares anew without being asked.
            self.asked.attempt.clear();
        }
        if given.seen != before.seen {
            self.seen = Told::of(given.seen.as_ref());
        }
        if given.told != before.told {
            self.is_waiting = false;
            if std::mem::take(&mut self.is_changed) {
                self.ask(context);
            }
        }
        true
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Attempt(changes) => {
                self.opened = Rc::new(self.opened.changed(&changes));
                self.asked.attempt = changes;
                self.ask(context);
                // Drawn with the figures that come of it.
                return false;
            }
            Message::Make(changes) => {
                context.props().send.emit(Action::Ask(Request::Change(changes)))
            }
            Message::Ask(asked) => {
                self.asked = Asked { attempt: std::mem::take(&mut self.asked.attempt), ..asked };
                self.ask(context);
            }
            Message::Address => self.offered = link::offered(context.props().language),
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let language = context.props().language;
        let style = html! { <link rel="stylesheet" href="scenarios.css" /> };
        let Some(seen) = &self.seen else { return style };
        if !seen.is_split {
            return html! { <>{ style }<p class="none">{ say(language, "scenarios.refused") }</p></> };
        }
        let make = context.link().callback(Message::Make);
        let ask = context.link().callback(Message::Ask);
        let list = List {
            language,
            opened: &self.opened,
            varied: &seen.varied,
            asked: &self.asked,
            outcome: &seen.outcome,
            attempt: context.link().callback(Message::Attempt),
            make: make.clone(),
            ask: ask.clone(),
        };
        let offer = self.offered.as_ref();
        let offer = offer.map(|offered| link::offer(language, &self.opened, offered, &make));
        let part = Part {
            language,
            opened: Rc::clone(&self.opened),
            varied: Rc::clone(&seen.varied),
            affordable: outcome::affordable(&self.asked.affordable),
            investments: Rc::clone(&seen.investments),
            make,
            send: context.props().send.clone(),
        };
        html! {
            <>
                { style }
                { offer.unwrap_or_default() }
                <Sentences ..part.clone() />
                { list.draw() }
                { compare::compare(language, &self.opened, &self.asked, &seen.outcome, &ask) }
                <Sweep ..part.clone() />
                <Seek ..part.clone() />
                <Stress ..part.clone() />
                { investment::investment(&part) }
            </>
        }
    }
}

impl Scenarios {
    /// Has the engine compare what is asked: one question at a time, so that a slider never queues up answers that
    /// nobody will see.
    fn ask(&mut self, context: &Context<Self>) {
        if self.is_waiting {
            self.is_changed = true;
            return;
        }
        self.is_waiting = true;
        let request = Request::Compare(Box::new(self.asked.clone()));
        context.props().send.emit(Action::Ask(request));
    }
}
