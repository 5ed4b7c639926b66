//! What comes before the page until it is closed. The browser keeps the focus within, closes at
//! Escape and gives the focus back.

use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement};
use yew::{Callback, Event, Html, html};

use crate::parts::elements::all;

/// A dialog, with the id that its parts are named after.
pub fn dialog(
    id: &'static str,
    heading: String,
    close: String,
    onclose: Callback<Event>,
    parts: Vec<Html>,
) -> Html {
    let heading_id = format!("{id}-heading");
    html! {
        <dialog {id} aria-labelledby={heading_id.clone()} {onclose}>
            <form method="dialog">
                <h2 id={heading_id}>{ heading }</h2>
                <button>{ close }</button>
            </form>
            { all(parts) }
        </dialog>
    }
}

/// Opens the dialog that was just drawn. Where what had the focus went with what was drawn
/// before, the focus goes to what stands in its place.
pub fn open_dialogs() {
    let document = gloo::utils::document();
    let find = |selector: &str| document.query_selector(selector).ok().flatten();
    if let Some(dialog) = find("dialog:not([open])") {
        // It is in the page and closed: it can be opened.
        let _ = dialog.unchecked_into::<HtmlDialogElement>().show_modal();
    }
    let has_focus = document.active_element().is_some_and(|element| element.tag_name() != "BODY");
    if !has_focus && let Some(place) = find("dialog[open] [tabindex='-1']") {
        // It can be focused for its index.
        let _ = place.unchecked_into::<HtmlElement>().focus();
    }
}
