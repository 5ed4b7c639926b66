//! The screens of the page, a folder each.

pub mod result;
