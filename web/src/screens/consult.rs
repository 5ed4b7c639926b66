//! What views ask of the households of the open plan and of their votes: the page asks, the engine answers.

use serde::{Deserialize, Serialize};
use yew::Callback;

use crate::message::Request;
use crate::packed::Packed;
use crate::page::Action;
use crate::screens::{lookup, vote};
use crate::session::Session;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Asked {
    /// Of households.
    Homes(lookup::told::Asked),
    /// Of their votes.
    Votes(vote::told::Asked),
}

/// What is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Told {
    /// Of households.
    Homes(Box<lookup::told::Told>),
    /// Of their votes.
    Votes(Box<vote::told::Told>),
    /// The plan can't be read as it stands.
    Nothing,
}

/// Answers what is asked of the open plan.
pub fn answer(session: &Session, asked: &Packed<Asked>) -> Packed<Told> {
    let told = match asked.open() {
        Some(Asked::Homes(asked)) => lookup::told::told(session, &asked).map(Told::Homes),
        Some(Asked::Votes(asked)) => vote::told::told(session, &asked).map(Told::Votes),
        None => None,
    };
    Packed::of(&told.unwrap_or(Told::Nothing))
}

/// Asks one question at a time, so that typing never queues up answers that nobody will see.
#[derive(Debug, Default)]
pub struct Asking {
    is_waiting: bool,
    is_changed: bool,
}

impl Asking {
    /// Asks, or notes that something is to be asked once the engine has answered.
    pub fn ask(&mut self, send: &Callback<Action>, asked: &Asked) {
        if self.is_waiting {
            self.is_changed = true;
            return;
        }
        self.is_waiting = true;
        send.emit(Action::Ask(Request::Consult(Packed::of(asked))));
    }

    /// The engine has answered; tells whether something else is to be asked.
    pub fn answered(&mut self) -> bool {
        self.is_waiting = false;
        std::mem::take(&mut self.is_changed)
    }
}
