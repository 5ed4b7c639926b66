//! What is on screen: a part a file.
//!
//! All but [`App`] are functions that draw: a component of its own would add a kilobyte to what
//! every visitor loads.

mod agreements;
mod app;
pub mod dialog;
mod drawing;
pub mod editing;
mod estimate;
pub mod field;
pub mod going;
mod guest;
mod messages;
mod open_files;
mod part;
mod paste;
mod roster;
mod roster_events;
mod roster_table;
mod sources;
mod summary;
mod tables;
mod top_bar;
mod works;

use crate::parts::elements;
pub use app::App;
