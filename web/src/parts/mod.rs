//! What the screens are drawn from: each once.

pub mod bar;
pub mod dialog;
pub mod drawing;
pub mod drawn;
pub mod editing;
pub mod elements;
pub mod field;
pub mod file;
pub mod going;
pub mod open_files;
pub mod part;
pub mod bins {
    pub use fentan_charts::{Bins, bins};
}
pub mod scale {
    pub use fentan_charts::{HUES, WIDE, in_percent, scaled};
}
