//! The charts of a result: laid out in whole numbers, drawn as SVG, each with the same figures
//! as a table.
//!
//! Across, places are parts of the width, in millionths; down, they are pixels, in thousandths.
//! A chart so fits its box at any width while its texts keep their size, in one drawing.
//!
//! A program of its own, loaded when the page shows its first split: who pays what must be on
//! screen first.

#![forbid(unsafe_code)]

mod bins;
mod distribution;
mod flow;
mod rank;

#[cfg(feature = "program")]
mod elements;
#[cfg(feature = "program")]
mod floor_table;
#[cfg(feature = "program")]
mod floors;
#[cfg(feature = "program")]
mod flow_chart;
#[cfg(feature = "program")]
mod flow_layout;
#[cfg(feature = "program")]
mod frame;
#[cfg(feature = "program")]
mod histogram;
#[cfg(feature = "program")]
mod program;
mod scale;
#[cfg(all(test, feature = "program"))]
mod tests;

use fentan_core::Fen;
use serde::{Deserialize, Serialize};

pub use bins::{Bins, bins};
pub use distribution::Distribution;
pub use flow::{Flow, FlowGroup, FlowLine};
#[cfg(feature = "program")]
pub use program::charts;
pub use scale::{WIDE, scaled};

/// How many hues the style sheet has for payers; the residents have their own.
pub const HUES: usize = 11;
/// How many textures there are, the plain one included; index.html holds the others.
pub const TEXTURES: usize = 3;

/// What there is to draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Who pays for what.
    pub flow: Flow,
    /// What each household pays.
    pub homes: Vec<Home>,
}

/// What the charts of households need of a home.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    /// The column it stands in by building and floor: its building, or a unit of it.
    pub building: String,
    /// Its floor, where the roster has one.
    pub floor: Option<i32>,
    /// Its area in millionths of a square metre.
    pub area: u64,
    /// What it pays in cash.
    pub cash: Fen,
}

/// Millionths as a percentage that SVG reads.
///
/// ```
/// assert_eq!(fentan_charts::in_percent(666_666), "66.6666%");
/// ```
pub fn in_percent(millionths: u128) -> String {
    format!("{}.{:04}%", millionths / 10_000, millionths % 10_000)
}
