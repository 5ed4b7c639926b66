//! The view of the law and the policy that the plan stands on.

use yew::Html;

use crate::page::Page;
use crate::parts::editing::Editing;
use crate::parts::elements::panel;

/// Draws the view.
pub fn draw(_: &Page, editing: &Editing) -> Html {
    panel(editing.language, "basis", "view.basis.heading", "view.basis.note", Vec::new())
}
