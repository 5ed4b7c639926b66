//! The page of fentan: a plan made, understood and kept in the browser.
//!
//! One program runs twice: as the page, which shows and edits, and in a thread of its own as
//! the [`engine`], which splits and keeps. They talk in [`message`]s. Neither does arithmetic
//! of the split: [`fentan_core`] does, in the words of [`fentan_words`]. What is added up for
//! display stands in [`figures`] and [`ledger`].

#![forbid(unsafe_code)]

mod components;
mod engine;
mod figures;
mod ledger;
mod message;
mod page;
mod reading;
mod session;

use components::App;
use gloo::worker::Registrable;

fn main() {
    match web_sys::window().and_then(|window| window.document()) {
        Some(document) => {
            let app = document.get_element_by_id("app");
            yew::Renderer::<App>::with_root(app.unwrap_or_else(|| gloo::utils::body().into()))
                .render();
        }
        None => engine::Engine::registrar().encoding::<message::Postcard>().register(),
    }
}
