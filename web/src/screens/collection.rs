//! The view of calls and payments.

use yew::Html;

use crate::page::Page;
use crate::parts::editing::Editing;
use crate::parts::elements::panel;

/// Draws the view.
pub fn draw(_: &Page, editing: &Editing) -> Html {
    panel(
        editing.language,
        "collection",
        "view.collection.heading",
        "view.collection.note",
        Vec::new(),
    )
}
