use fentan_words::{Language, say};
use gloo::file::{Blob, ObjectUrl};
use wasm_bindgen::JsCast;
use web_sys::HtmlAnchorElement;
use yew::{Callback, Html, MouseEvent};

use super::elements::button;
use crate::state::Shown;

/// A button that saves the split; it does nothing while what is on screen is not up to date.
pub fn save_split(language: Language, onclick: Option<Callback<MouseEvent>>) -> Html {
    button("save", say(language, "page.save"), onclick)
}

/// Has the browser save the split as a file; answers the address that it reads it from, which
/// must outlive the click.
pub fn save(shown: &Shown) -> Option<ObjectUrl> {
    let json = serde_json::to_string_pretty(&shown.split).ok()?;
    let address = ObjectUrl::from(Blob::new_with_options(json.as_str(), Some("application/json")));
    let link = gloo::utils::document().create_element("a").ok()?;
    let link: HtmlAnchorElement = link.dyn_into().ok()?;
    link.set_href(&address);
    link.set_download("split.json");
    link.click();
    Some(address)
}
