//! What is on screen: a part a file.
//!
//! Two components only, [`App`] and the parts of the result, which are drawn again only when
//! what they show changes. All else are functions that draw: a component of its own would add
//! a kilobyte to what every visitor loads, and spare nothing.

mod app;
mod bar;
mod editing;
mod elements;
mod field;
mod household_rows;
mod household_table;
mod language_choice;
mod line_table;
mod open_files;
mod part;
mod problem_panel;
mod proof;
mod save_split;
mod source_table;
mod stale_note;
mod summary;
mod top_bar;
mod who_pays;

pub use app::App;
