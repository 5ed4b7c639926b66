//! Screens that a program of its own draws, loaded when one is first shown.

use gloo::events::EventListener;
use gloo::utils::window;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::CustomEvent;
use yew::{Callback, Html};

use crate::message::{Refusal, Refused};
use crate::page::app::address;
use crate::page::{Action, Screen};
use crate::parts::elements::tag_of;

#[wasm_bindgen(raw_module = "./later.js")]
extern "C" {
    /// Has the program of the screen that is shown, if it has one, draw this plan in this language.
    #[wasm_bindgen(js_name = drawGuest)]
    pub fn draw_guest(plan: &JsValue, language: &str);
}

/// The place for a program to draw its screen in.
pub fn guest(screen: Screen) -> Html {
    let program = screen.program().unwrap_or_default();
    tag_of(screen as usize, "div", &["data-program"], &[program], Html::default())
}

/// Takes the changes that such a program makes to the plan: in postcard, or nothing where it could
/// not be loaded.
pub fn listen_to_guests(send: &Callback<Action>) -> EventListener {
    let send = send.clone();
    EventListener::new(&window(), "guest-change", move |event| {
        let bytes = Uint8Array::new(&event.unchecked_ref::<CustomEvent>().detail()).to_vec();
        send.emit(match postcard::from_bytes(&bytes) {
            Ok(changes) => Action::Change(changes),
            Err(_) => {
                let file = address();
                Action::Refuse(Refusal { file, reason: Refused::NotLoaded })
            }
        });
    })
}
