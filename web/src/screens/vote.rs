//! The view of the owners' vote.

use yew::Html;

use crate::page::Page;
use crate::parts::editing::Editing;
use crate::parts::elements::panel;

/// Draws the view.
pub fn draw(_: &Page, editing: &Editing) -> Html {
    panel(editing.language, "vote", "view.vote.heading", "view.vote.note", Vec::new())
}
