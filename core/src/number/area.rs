//! Areas.

use std::fmt;

use super::{FINE, MILLION, Scalar, decimal, millionths, rounded};
use crate::money::Fen;
use crate::problem::Cause;

const MOST_AREA: u64 = 1_000_000;
/// The largest area of a compound in a programme.
const MOST_TOTAL_AREA: u64 = 10_000_000_000_000;

/// An area in millionths of a square metre (m²).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Area(pub(crate) u64);

impl Area {
    /// The area in millionths of a square metre.
    pub fn millionths(self) -> u64 {
        self.0
    }

    /// The area of all households together; at most 10^19 millionths, which fit.
    pub(crate) fn of_millionths(millionths: u128) -> Area {
        Area(u64::try_from(millionths).unwrap_or(u64::MAX))
    }
}

/// Square metres, with as many decimals as it takes.
impl fmt::Display for Area {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&decimal(self.0.into(), FINE))
    }
}

/// Reads an area: greater than zero, at most 10^6 m².
pub(crate) fn area(scalar: Scalar<'_>) -> Result<Area, Cause> {
    match millionths(scalar.written()?, MOST_AREA)? {
        0 => Err(Cause::NoArea),
        area => Ok(Area(area)),
    }
}

/// Reads the area of a compound, in millionths of a square metre.
pub(crate) fn total_area(scalar: Scalar<'_>) -> Result<u64, Cause> {
    millionths(scalar.written()?, MOST_TOTAL_AREA)
}

/// round(amount per m² × area), for the area of one household or of all together in
/// millionths of a square metre.
pub(crate) fn per_area(amount: Fen, area: u128) -> Fen {
    rounded(amount.0 * area, MILLION)
}
