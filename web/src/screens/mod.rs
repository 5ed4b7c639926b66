//! The screens of the page.

pub mod agreements;
pub mod result;
pub mod roster;
pub mod sources;
pub mod works;
