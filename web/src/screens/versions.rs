//! The view of the versions of the plan that have a name.

use yew::Html;

use crate::page::Page;
use crate::parts::editing::Editing;
use crate::parts::elements::panel;

/// Draws the view.
pub fn draw(_: &Page, editing: &Editing) -> Html {
    panel(editing.language, "versions", "view.versions.heading", "view.versions.note", Vec::new())
}
