//! Reads files that the page opens only now and then, and cells that are pasted into it.
//!
//! A program of its own, loaded when it is first needed: a TOML parser and the headings of
//! office tables would make up a quarter of what opening the page takes.

#![forbid(unsafe_code)]

#[cfg(feature = "program")]
mod tables;
mod taken;
#[cfg(feature = "program")]
mod toml;

#[cfg(feature = "program")]
pub use tables::{take_roster, take_works};
pub use taken::Taken;
#[cfg(feature = "program")]
pub use toml::toml_to_json;
