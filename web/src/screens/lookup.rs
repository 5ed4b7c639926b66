//! The view of one household, and two side by side.

use yew::Html;

use crate::page::Page;
use crate::parts::editing::Editing;
use crate::parts::elements::panel;

/// Draws the view.
pub fn draw(_: &Page, editing: &Editing) -> Html {
    panel(editing.language, "lookup", "view.lookup.heading", "view.lookup.note", Vec::new())
}
