//! What several screens are drawn from.

pub mod bar;
pub mod bins;
pub mod elements;
pub mod scale;
#[cfg(test)]
pub mod testing;
