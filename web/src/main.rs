//! The page of fentan: a plan made, understood and kept in the browser.
//!
//! One program runs as three things, told apart by where it was started: as the page, which shows and edits; in a worker
//! as the [`engine`], which splits and keeps; and in further workers for tasks that take long ([`work`]). Page and engine
//! talk in [`message`]s, page and worker in orders and what is told of them. None does arithmetic of the split:
//! [`fentan_core`] does, in the words of [`fentan_words`]. What is added up for display stands in [`figures`] and
//! [`by_payer`].
//!
//! - [`lazy`]: the boundaries at which the program is split, and all that is said of chunks.
//! - [`page`]: what the page holds, as a plain struct, an action and a reducer; the component that draws it.
//! - [`screens`]: a folder each, with what the engine sums up and words for it, and how the page draws that. What only a
//!   screen knows passes between the two [`packed`]. [`parts`]: what screens are drawn from.
//! - [`session`]: the open plan: changed by [`fentan_core::Change`], undone, split, listed. Knows no browser.
//! - [`engine`]: runs the session and keeps it in IndexedDB: one record a plan, with a revision, so that no window writes
//!   over another's. It holds the plan and its split, which tables, charts, law and scenarios share: an edit is read and
//!   split once.
//! - [`work`]: files of offices, papers, tariffs, sweeps, seeks and stress tests, done in a worker, which is given the plan
//!   once an edition: what grows without bound takes its memory there.

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
