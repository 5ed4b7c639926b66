//! The view of who joins a line later.

use yew::Html;

use crate::page::Page;
use crate::parts::editing::Editing;
use crate::parts::elements::panel;

/// Draws the view.
pub fn draw(_: &Page, editing: &Editing) -> Html {
    panel(editing.language, "joining", "view.joining.heading", "view.joining.note", Vec::new())
}
