//! The screen of scenarios: what would come out if some of the plan were otherwise. A program of
//! its own, loaded when the screen is first shown.
//!
//! Scenarios are compared where the screen is drawn, so that figures follow a slider at once; what
//! takes longer is a [`Task`] for a thread of its own.
//!
//! - `opened.rs` reads the plan once, apart from its scenarios: those that lead nowhere are mended
//!   on this screen. `outcome.rs` compares them.
//! - `task.rs` is swept, sought or drawn by `work.rs` in a thread (`thread.rs`), which is ended to
//!   stop it. `varied.rs`: the numbers of a plan that can be varied, in words.

#![forbid(unsafe_code)]

mod compare;
mod elements;
mod investment;
mod link;
mod list;
mod opened;
mod outcome;
mod parts;
mod plan_field;
mod seek;
mod stress;
mod sweep;
mod task;
mod thread;
mod varied;
mod whole;
mod work;

use std::rc::Rc;

use fentan_core::Change;
use fentan_core::scenario::Scenario;
use fentan_guest::Given;
use fentan_words::say;
use gloo::events::EventListener;
use gloo::utils::window;
use yew::{Component, Context, Html, html};

use list::List;
use opened::Opened;
use outcome::{Asked, Outcome};
use parts::Part;
use seek::Seek;
use stress::Stress;
use sweep::Sweep;
use varied::{Varied, varied};

pub use task::{Amount, Both, Point, Sought, Spread, Stressed, Swing, Task, Told, Trial};
pub use thread::work;
pub use work::perform;

fentan_guest::program!(Scenarios);

/// The screen.
#[derive(Debug)]
pub struct Scenarios {
    opened: Rc<Opened>,
    varied: Rc<Vec<Varied>>,
    asked: Asked,
    outcome: Rc<Outcome>,
    /// The scenarios of the link that is open.
    offered: Option<Result<Vec<Scenario>, Vec<String>>>,
    _address: EventListener,
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
        let opened = Rc::new(Opened::read(Rc::clone(&given.plan)));
        let asked = Asked::default();
        let address = context.link().callback(|()| Message::Address);
        Scenarios {
            varied: Rc::new(varied(given.language, &opened)),
            outcome: Rc::new(Outcome::of(given.language, &opened, &asked)),
            asked,
            offered: link::offered(given.language),
            opened,
            _address: EventListener::new(&window(), "hashchange", move |_| address.emit(())),
        }
    }

    fn changed(&mut self, context: &Context<Self>, before: &Given) -> bool {
        let given = context.props();
        if !Rc::ptr_eq(&given.plan, &before.plan) {
            self.opened = Rc::new(Opened::read(Rc::clone(&given.plan)));
        }
        self.varied = Rc::new(varied(given.language, &self.opened));
        self.compare(context);
        true
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Attempt(changes) => self.opened = Rc::new(self.opened.changed(&changes)),
            Message::Make(changes) => {
                self.opened = Rc::new(self.opened.changed(&changes));
                context.props().change.emit(changes);
            }
            Message::Ask(asked) => self.asked = asked,
            Message::Address => {
                self.offered = link::offered(context.props().language);
                return true;
            }
        }
        self.compare(context);
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let language = context.props().language;
        let make = context.link().callback(Message::Make);
        let ask = context.link().callback(Message::Ask);
        let style = html! { <link rel="stylesheet" href="fentan-scenarios.css" /> };
        if self.opened.base.is_none() {
            return html! { <>{ style }<p class="none">{ say(language, "scenarios.refused") }</p></> };
        }
        let list = List {
            language,
            opened: &self.opened,
            varied: &self.varied,
            asked: &self.asked,
            outcome: &self.outcome,
            attempt: context.link().callback(Message::Attempt),
            make: make.clone(),
            ask: ask.clone(),
        };
        let offer = self.offered.as_ref();
        let offer = offer.map(|offered| link::offer(language, &self.opened, offered, &make));
        let part = Part {
            language,
            opened: Rc::clone(&self.opened),
            varied: Rc::clone(&self.varied),
            affordable: outcome::affordable(&self.asked.affordable),
            make,
        };
        html! {
            <>
                { style }
                { offer.unwrap_or_default() }
                { list.draw() }
                { compare::compare(language, &self.opened, &self.asked, &self.outcome, &ask) }
                <Sweep ..part.clone() />
                <Seek ..part.clone() />
                <Stress ..part.clone() />
                { investment::investment(&part) }
            </>
        }
    }
}

impl Scenarios {
    fn compare(&mut self, context: &Context<Self>) {
        let language = context.props().language;
        self.outcome = Rc::new(Outcome::of(language, &self.opened, &self.asked));
    }
}
