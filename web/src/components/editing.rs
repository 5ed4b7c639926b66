use std::rc::Rc;

use fentan_words::{Language, problem};
use yew::Callback;

use crate::state::{Action, Draft, Trouble};

/// What it takes to edit fields of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Editing {
    /// The language of labels and messages.
    pub language: Language,
    /// The plan whose values stand in the fields.
    pub draft: Rc<Draft>,
    /// What is wrong with them.
    pub trouble: Option<Rc<Trouble>>,
    /// Whether they can be edited.
    pub open: bool,
    /// Where edits go.
    pub send: Callback<Action>,
}

impl Editing {
    /// What is wrong with the value at a path, in words; empty where nothing is.
    pub fn problems_at(&self, path: &str) -> Vec<String> {
        let found = self.trouble.iter().flat_map(|trouble| trouble.at(path));
        found.map(|one| problem(self.language, one)).collect()
    }
}
