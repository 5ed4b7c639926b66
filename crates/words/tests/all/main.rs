//! Texts, in both languages.

#![allow(clippy::panic, reason = "that is how a test fails")]

mod capital;
mod findings;
mod problems;
