//! What it takes to edit fields of a plan.

use std::rc::Rc;

use fentan_core::Change;
use fentan_words::{Language, say};
use yew::Callback;

use crate::message::{Request, Rows, Standing};
use crate::page::{Action, Entering, Form, fold_key};
use crate::screens::result::law::{Fill, Law};

/// What it takes to edit fields of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Editing {
    /// The language of labels and messages.
    pub language: Language,
    /// The plan without its households.
    pub form: Rc<Form>,
    /// How it stands: what is wrong with it.
    pub standing: Rc<Standing>,
    /// The households shown, with the buildings and units there are.
    pub rows: Rc<Rows>,
    /// The field that was typed into last.
    pub entering: Rc<Entering>,
    /// What is not folded.
    pub unfolded: Rc<Vec<String>>,
    /// What law and policy say.
    pub law: Rc<Law>,
    /// Where actions go.
    pub send: Callback<Action>,
}

impl Editing {
    /// The text under a key.
    pub fn say(&self, key: &str) -> String {
        say(self.language, key)
    }

    /// What is written at a path; empty where nothing is.
    pub fn text(&self, path: &str) -> &str {
        self.form.document.text(path).unwrap_or_default()
    }

    /// Whether the details of the element of a list at a path are folded.
    pub fn is_folded(&self, path: &str) -> bool {
        !self.unfolded.contains(&fold_key(&self.form.document, path))
    }

    /// What came from a policy pack at a path.
    pub fn fills<'e>(&'e self, path: &str) -> impl Iterator<Item = &'e Fill> {
        self.law.fills.iter().filter(move |fill| fill.path == path)
    }

    /// What is wrong with the value at a path, in words; empty where nothing is.
    pub fn problems_at(&self, path: &str) -> Vec<String> {
        let found = self.standing.wrong.iter().filter(|wrong| wrong.path == path);
        found.map(|wrong| wrong.words.clone()).collect()
    }

    /// What is wrong with the value at a path or, where it is a list, with what is in it.
    pub fn problems_in(&self, path: &str) -> Vec<String> {
        let is_in = |one: &str| {
            one.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
        };
        let found = self.standing.wrong.iter().filter(|wrong| is_in(&wrong.path));
        found.map(|wrong| wrong.words.clone()).collect()
    }

    /// Changes the plan, whatever an event holds.
    pub fn change<E>(&self, changes: Vec<Change>) -> Callback<E> {
        self.send.reform(move |_| Action::Ask(Request::Change(changes.clone())))
    }
}
