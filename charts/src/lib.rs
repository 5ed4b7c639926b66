//! The arithmetic of charts, which the page and its scenarios share: it stands in `web/src/parts`.

#![forbid(unsafe_code)]

#[path = "../../web/src/parts/bins.rs"]
pub mod bins;
#[path = "../../web/src/parts/scale.rs"]
pub mod scale;

pub use bins::{Bins, bins};
pub use scale::{HUES, WIDE, in_percent, scaled};
