//! Weights by which households share, and coefficients by floor.

use std::fmt;

use super::{Area, FINEST, MILLION, Scalar, decimal, millionths, units};
use crate::problem::Cause;

const MOST_COEFFICIENT: u64 = 10_000;
const MOST_WEIGHT: u64 = 1_000_000_000;
const MOST_TOTAL_WEIGHT: u64 = 1_000_000_000_000_000_000;

/// A weight of one household or of all that a line serves, whatever they share by: square metres,
/// households, coefficients, their product with areas, each times the factor of a use, or a column's
/// own unit. Exact to eighteen decimals.
///
/// ```
/// # let document = fentan_core::Document::from_json(br#"{ "fentan": 1, "lines": [],
/// #   "households": [{ "id": "101", "area": "60.50" }] }"#)?;
/// # let plan = fentan_core::Plan::read(&document, None)?;
/// let area = plan.households()[0].area;
/// assert_eq!(fentan_core::Weight::of_area(area).to_string(), "60.5");
/// # Ok::<(), fentan_core::Problems>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Weight(pub(crate) u128);

impl Weight {
    /// One household.
    pub const ONE: Weight = Weight::of_millionths(1_000_000);

    /// Square metres.
    pub const fn of_area(area: Area) -> Weight {
        Weight::of_millionths(area.0)
    }

    /// A coefficient or a weight of a column.
    pub(crate) const fn of_millionths(millionths: u64) -> Weight {
        Weight(millionths as u128 * MILLION * MILLION)
    }

    /// The weight times what a home counts for, in millionths. Exact for weights made by the
    /// functions above, which leave the last six decimals zero.
    pub(crate) const fn times(self, millionths: u128) -> Weight {
        Weight(self.0 / MILLION * millionths)
    }
}

impl std::iter::Sum for Weight {
    fn sum<I: Iterator<Item = Weight>>(weights: I) -> Weight {
        Weight(weights.map(|weight| weight.0).sum())
    }
}

/// With as many decimals as it takes.
impl fmt::Display for Weight {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&decimal(self.0, FINEST))
    }
}

/// Reads a weight of a column, in millionths.
pub(crate) fn weight(scalar: Scalar<'_>) -> Result<u64, Cause> {
    millionths(scalar.written()?, MOST_WEIGHT)
}

/// Reads the sum of all weights: at most 10^18.
pub(crate) fn total_weight(scalar: Scalar<'_>) -> Result<Weight, Cause> {
    let text = scalar.written()?;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let whole = units(whole, 0, MOST_TOTAL_WEIGHT)?;
    let fraction = units(&format!("0.{fraction}"), FINEST, 1)?;
    Ok(Weight(whole * 10u128.pow(FINEST) + fraction))
}

/// A coefficient by floor, in millionths; of one, or of a percent.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Coefficient {
    Plain(u64),
    Percent(u64),
}

/// Reads a coefficient of a table.
pub(crate) fn coefficient(scalar: Scalar<'_>) -> Result<Coefficient, Cause> {
    let text = scalar.written()?;
    match text.strip_suffix('%') {
        Some(percent) => millionths(percent, MOST_COEFFICIENT).map(Coefficient::Percent),
        None => millionths(text, MOST_COEFFICIENT).map(Coefficient::Plain),
    }
}
