//! The view of what is probably a slip in the plan: what it does, and what mends it.

use fentan_words::say;
use yew::{Html, html};

use crate::page::Page;
use crate::parts::editing::Editing;
use crate::parts::elements::{element, panel};
use crate::screens::result::law::review::ReviewPanel;

/// Draws the view.
pub fn draw(page: &Page, editing: &Editing) -> Html {
    let language = editing.language;
    // What is wrong is told above every view; a slip is found in what can be split.
    let key = if page.outcome.is_none() || page.is_stale() {
        "view.health.not-yet"
    } else if page.law.slips == 0 {
        "view.health.none"
    } else {
        let (law, send) = (editing.law.clone(), editing.send.clone());
        return html! { <ReviewPanel {language} {law} slips={true} {send} /> };
    };
    let words = element("p", "none", say(language, key));
    panel(language, "health", "view.health.heading", "view.health.note", vec![words])
}
