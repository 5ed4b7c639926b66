//! The view of the final account.

use yew::Html;

use crate::page::Page;
use crate::parts::editing::Editing;
use crate::parts::elements::panel;

/// Draws the view.
pub fn draw(_: &Page, editing: &Editing) -> Html {
    panel(
        editing.language,
        "final-account",
        "view.final-account.heading",
        "view.final-account.note",
        Vec::new(),
    )
}
