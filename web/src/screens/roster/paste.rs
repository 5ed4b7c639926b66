//! The box that cells are pasted into.

use fentan_import::Content;
use fentan_words::say;
use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;
use yew::{Callback, Event, Html, MouseEvent, html};

use crate::page::{Action, Page};
use crate::parts::elements::{all, button, element};
use crate::work::cells::Cells;

/// The id of the box that cells are pasted into.
const CELLS: &str = "paste-cells";

/// The box to paste cells of Excel or WPS into, while it is open.
pub fn paste(page: &Page, send: &Callback<Action>) -> Option<Html> {
    let language = page.language;
    let content = page.pasting?;
    let (heading, note) = match content {
        Content::Works => ("page.paste.works", "page.paste.works-note"),
        Content::Roster => ("page.paste.roster", "page.paste.roster-note"),
    };
    let take = |adding: bool| {
        send.reform(move |_: MouseEvent| {
            let cells = document().get_element_by_id(CELLS);
            let text = cells.map(|cells| cells.unchecked_into::<HtmlTextAreaElement>().value());
            match text.filter(|text| !text.trim().is_empty()) {
                Some(text) => {
                    let text = Some(text);
                    Action::Paste(Cells { content, adding, text, language })
                }
                None => Action::Pasting(None),
            }
        })
    };
    let close = send.reform(|_: MouseEvent| Action::Pasting(None));
    let onclose = send.reform(|_: Event| Action::Pasting(None));
    let parts = vec![
        html! { <h2 id="paste-heading">{ say(language, heading) }</h2> },
        element("p", "note", say(language, note)),
        html! { <textarea id={CELLS} aria-labelledby="paste-heading" spellcheck="false" /> },
        element(
            "p",
            "tools",
            all(vec![
                button("paste-adding", say(language, "page.paste.adding"), Some(take(true))),
                button("paste-instead", say(language, "page.paste.instead"), Some(take(false))),
                button("paste-cancel", say(language, "page.paste.cancel"), Some(close)),
            ]),
        ),
    ];
    Some(html! {
        <dialog id="paste" aria-labelledby="paste-heading" {onclose}>{ all(parts) }</dialog>
    })
}
