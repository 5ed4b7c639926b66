//! Why the figures of a split are what they are, worded for the page.
//!
//! A program of its own, loaded when a figure is first asked about: most visitors look at what
//! they pay, and a few at how it comes about.

#![forbid(unsafe_code)]

mod answers;
#[cfg(feature = "program")]
mod program;

pub use answers::{Reason, StatementLine};
#[cfg(feature = "program")]
pub use program::Reasons;
