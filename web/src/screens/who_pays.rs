//! The view of who must pay for one charge.

use yew::Html;

use crate::page::Page;
use crate::parts::editing::Editing;
use crate::parts::elements::panel;

/// Draws the view.
pub fn draw(_: &Page, editing: &Editing) -> Html {
    panel(editing.language, "who-pays", "view.who-pays.heading", "view.who-pays.note", Vec::new())
}
