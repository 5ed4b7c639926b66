//! The charts of the result: laid out in whole numbers, drawn as SVG, each with the same figures
//! as a table.
//!
//! Across, places are parts of the width, in millionths; down, they are pixels, in thousandths.
//! A chart so fits its box at any width while its texts keep their size, in one drawing.

mod distribution;
mod floor_table;
mod floors;
mod flow;
mod flow_chart;
mod flow_layout;
mod frame;
mod histogram;
mod rank;
mod scale;
#[cfg(test)]
mod tests;

pub use distribution::Distribution;
pub use floor_table::floor_table;
pub use floors::Floors;
pub use flow::{Flow, FlowGroup, FlowLine};
pub use flow_chart::flow_chart;
pub use histogram::histogram;

use fentan_core::Fen;

/// What the charts of households need of a home.
#[derive(Debug, Clone, PartialEq, Eq)]
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
