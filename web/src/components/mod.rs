//! What is on screen: a part a file.
//!
//! All but [`App`] are functions that draw: a component of its own would add a kilobyte to what
//! every visitor loads.

mod agreements;
mod app;
pub mod bar;
mod dialog;
mod drawing;
mod drawn;
mod editing;
pub mod elements;
mod estimate;
mod field;
mod going;
mod guest;
mod messages;
mod open_files;
mod part;
mod paste;
mod proof;
mod reasons;
mod result;
mod roster;
mod roster_events;
mod roster_table;
mod sources;
mod statement;
mod summary;
mod tables;
mod top_bar;
mod who_pays;
mod works;

pub use app::App;
