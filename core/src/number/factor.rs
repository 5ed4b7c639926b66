//! Factors of uses, spec §2.

use std::fmt;

use super::{FINE, Scalar, decimal, millionths};
use crate::problem::Cause;

/// The largest factor.
const MOST_FACTOR: u64 = 100;

/// What the weight of a home is multiplied by for its use, in millionths.
///
/// ```
/// # let document = fentan_core::Document::from_json(br#"{ "fentan": 1, "lines": [],
/// #   "uses": { "shop": { "factor": "1.50" } }, "households": [] }"#)?;
/// # let plan = fentan_core::Plan::read(&document, None)?;
/// assert_eq!(plan.uses()[0].factor.to_string(), "1.5");
/// # Ok::<(), fentan_core::Problems>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Factor(u64);

impl Factor {
    pub(crate) const ZERO: Factor = Factor(0);
    pub(crate) const ONE: Factor = Factor(1_000_000);

    /// The factor in millionths.
    pub fn millionths(self) -> u64 {
        self.0
    }
}

/// With as many decimals as it takes.
impl fmt::Display for Factor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&decimal(self.0.into(), FINE))
    }
}

/// Reads the factor of a use: a decimal from 0 to 100.
pub(crate) fn factor(scalar: Scalar<'_>) -> Result<Factor, Cause> {
    millionths(scalar.written()?, MOST_FACTOR).map(Factor)
}
