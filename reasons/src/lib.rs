//! Why the figures of a split are what they are, and what law and policy say of it, worded for
//! the page.
//!
//! A program of its own, loaded when the page shows its first split: who pays what must be on
//! screen first.

#![forbid(unsafe_code)]

mod answers;
#[cfg(feature = "program")]
mod law;
#[cfg(feature = "program")]
mod program;

pub use answers::{Fill, Law, Reason, StatementLine};
#[cfg(feature = "program")]
pub use program::Reasons;
