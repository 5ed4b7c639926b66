//! What the screens are drawn from: each once.

pub mod bar;
pub mod bins;
pub mod dialog;
pub mod drawing;
pub mod editing;
pub mod elements;
pub mod field;
pub mod file;
pub mod going;
pub mod open_files;
pub mod part;
pub mod print;
pub mod scale;
#[cfg(test)]
pub mod testing;
