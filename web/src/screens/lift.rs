//! The view of how a lift is shared.

use yew::Html;

use crate::page::Page;
use crate::parts::editing::Editing;
use crate::parts::elements::panel;

/// Draws the view.
pub fn draw(_: &Page, editing: &Editing) -> Html {
    panel(editing.language, "lift", "view.lift.heading", "view.lift.note", Vec::new())
}
