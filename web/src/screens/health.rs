//! The view of what looks wrong in the plan.

use yew::Html;

use crate::page::Page;
use crate::parts::editing::Editing;
use crate::parts::elements::panel;

/// Draws the view.
pub fn draw(_: &Page, editing: &Editing) -> Html {
    panel(editing.language, "health", "view.health.heading", "view.health.note", Vec::new())
}
