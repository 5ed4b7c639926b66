//! The page of fentan: opens on an example, already split, and splits again at every edit.
//!
//! The page does no arithmetic of the split: the engine ([`fentan_core`]) does, and the page
//! shows what it returns, in the words of [`fentan_words`]. What it adds up for display stands
//! in [`figures`] and [`ledger`].

#![forbid(unsafe_code)]

mod components;
mod fields;
mod figures;
mod ledger;
mod state;

use components::App;

fn main() {
    let app = gloo::utils::document().get_element_by_id("app");
    yew::Renderer::<App>::with_root(app.unwrap_or_else(|| gloo::utils::body().into())).render();
}
