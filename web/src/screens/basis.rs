//! The view of what the plan stands on: the policy that it follows, the facts of the compound, and what they find.

use yew::{Html, html};

use crate::page::Page;
use crate::parts::editing::Editing;
use crate::screens::own_policy;
use crate::screens::result::law::policy;
use crate::screens::result::law::review::ReviewPanel;

/// Draws the view.
pub fn draw(_: &Page, editing: &Editing) -> Html {
    let (language, law, send) = (editing.language, editing.law.clone(), editing.send.clone());
    html! {
        <>
            { policy::draw(editing) }
            { own_policy::draw(editing) }
            <ReviewPanel {language} {law} slips={false} {send} />
        </>
    }
}
