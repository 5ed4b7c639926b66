//! Texts, in both languages.

#![allow(clippy::panic, reason = "that is how a test fails")]

mod capital;
mod everyday;
mod findings;
mod problems;
