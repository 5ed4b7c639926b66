//! The page of fentan: a plan made, understood and kept in the browser.
//!
//! One program runs twice: as the page, which shows and edits, and in a thread of its own as
//! the [`engine`], which splits and keeps. They talk in [`message`]s. Neither does arithmetic
//! of the split: [`fentan_core`] does, in the words of [`fentan_words`]. What is added up for
//! display stands in [`figures`] and [`by_payer`].
//!
//! - [`page`]: what the page holds, as a plain struct, an action and a reducer; [`screens`] and [`parts`]
//!   draw it.
//! - [`session`]: the open plan: changed by [`fentan_core::Change`], undone, split, listed. Knows no
//!   browser.
//! - [`engine`]: runs the session in a worker and keeps it in IndexedDB: one record a plan, with a
//!   revision, so that no window writes over another's. [`message`] is all that page and engine say
//!   to each other.
//! - [`screens`]: what the engine sums up and words for a screen, and how the page draws it. What only
//!   a screen knows passes between the two [`packed`].
//! - `page/guest.rs` leaves a screen to a program of its own: `later.js` hands it the whole
//!   plan, the language, and a function that takes changes, so that keeping, undo and redo stay the
//!   page's. What such a program loads begins with its name.

#![forbid(unsafe_code)]

mod by_payer;
mod engine;
mod figures;
mod lazy;
mod message;
mod packed;
mod page;
mod parts;
mod screens;
mod session;
mod typed;
mod work;

use gloo::worker::Registrable;
use page::App;

fn main() {
    lazy::begin();
    match web_sys::window().and_then(|window| window.document()) {
        Some(document) => {
            let app = document.get_element_by_id("app");
            yew::Renderer::<App>::with_root(app.unwrap_or_else(|| gloo::utils::body().into()))
                .render();
        }
        None if work::thread::is_this() => work::thread::run(),
        None => engine::Engine::registrar().encoding::<message::Postcard>().register(),
    }
}
