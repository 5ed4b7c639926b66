//! The screens of the page. Each is loaded when it is first shown: see [`crate::lazy`].

pub mod agreements;
pub mod basis;
pub mod cash;
pub mod collection;
pub mod consult;
pub mod example;
pub mod final_account;
pub mod health;
pub mod import;
pub mod joining;
pub mod ledger;
pub mod lift;
pub mod lookup;
pub mod own_policy;
pub mod papers;
pub mod programme;
pub mod result;
pub mod roster;
pub mod scenarios;
pub mod shelf;
pub mod sources;
pub mod versions;
pub mod vote;
pub mod who_pays;
pub mod works;

use yew::Html;

use crate::page::Page;
use crate::parts::editing::Editing;
use crate::parts::elements::all;

/// The dialogs that are open: a statement, the reason of a figure, the box that cells are pasted into.
pub fn dialogs(page: &Page, editing: &Editing) -> Html {
    let send = &editing.send;
    let dialogs = [
        result::statement::statement(page, send),
        result::reason::reasons(page, send),
        roster::paste::paste(page, send),
    ];
    all(dialogs.map(Option::unwrap_or_default).into())
}
