//! Links to the fields of a plan, wherever they are.

use gloo::timers::callback::Timeout;
use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::{Callback, Html, MouseEvent};

use crate::message::{Look, Request};
use crate::page::{Action, Screen};
use crate::parts::elements::tag_that;
use crate::parts::field::input_id;

/// A link that goes to the field at a path.
pub fn link(text: &str, path: &str, send: &Callback<Action>) -> Html {
    let screen = Screen::of_path(path);
    let onclick = {
        let (path, send) = (path.to_owned(), send.clone());
        move |event: MouseEvent| {
            event.prevent_default();
            send.emit(Action::Show(screen));
            // A household may not be drawn: it is looked for.
            let household = path.strip_prefix("households[").and_then(|path| path.split_once(']'));
            let household = household.and_then(|(place, _)| place.parse().ok());
            match (household, path.split_once(".charges.")) {
                (Some(household), _) => send.emit(Action::Seek(household, path.clone())),
                (None, Some((_, id))) => {
                    send.emit(Action::Ask(Request::Look(Look {
                        search: id.to_owned(),
                        ..Look::first()
                    })));
                }
                _ => {
                    // What is folded is not drawn.
                    if let Some((list, rest)) = path.split_once(']')
                        && rest.contains('.')
                    {
                        send.emit(Action::Fold([list, "]"].concat(), false));
                    }
                    // Once the screen is drawn.
                    let path = path.clone();
                    Timeout::new(0, move || go_to(&path)).forget();
                }
            }
        }
    };
    tag_that(onclick.into(), "a", &["href"], &[screen.address()], text)
}

/// Goes to the field at a path or, where there is none, to the first of what it is a part of.
fn go_to(path: &str) {
    let mut path = Some(path);
    let found = std::iter::from_fn(|| {
        let this = path?;
        path = this.rfind(['.', '[']).map(|end| &this[..end]);
        Some(find(this))
    });
    let Some(found) = found.flatten().next() else { return };
    while let Ok(Some(details)) = found.closest("details:not([open])") {
        // It can be set on any element.
        let _ = details.set_attribute("open", "");
    }
    // A field that is drawn can be focused.
    let _ = found.unchecked_into::<HtmlElement>().focus();
}

fn find(path: &str) -> Option<Element> {
    let id = input_id(path);
    let selector = format!(":is(input, select):is(#{id}, #{id} *, [id^='{id}'])");
    document().query_selector(&selector).ok()?
}
