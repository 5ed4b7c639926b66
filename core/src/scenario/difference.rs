//! The difference of two amounts, which may be negative.

use std::fmt;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::money::Fen;

/// What an amount differs by from another, in fen; below zero where it is less.
///
/// ```
/// use fentan_core::Fen;
/// use fentan_core::scenario::Difference;
/// assert_eq!(Difference::between(Fen(500), Fen(350)).to_string(), "-1.50");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Difference {
    // Whole fen: amounts stay far below what this holds.
    fen: i128,
}

impl Difference {
    /// From one amount to another.
    pub fn between(before: Fen, after: Fen) -> Difference {
        // Both are sums of a plan's money, below 10^38.
        Difference { fen: after.0 as i128 - before.0 as i128 }
    }

    /// Whether the amounts are equal.
    pub fn is_zero(self) -> bool {
        self.fen == 0
    }

    /// Whether it is less than before.
    pub fn is_less(self) -> bool {
        self.fen < 0
    }

    /// How much, either way.
    pub fn size(self) -> Fen {
        Fen(self.fen.unsigned_abs())
    }
}

/// Yuan with two decimals, with a minus where it is less.
impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.is_less() { "-" } else { "" };
        write!(formatter, "{sign}{}", self.size())
    }
}

impl Serialize for Difference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// As it is written: an amount, with a sign where it is less.
impl<'de> Deserialize<'de> for Difference {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Difference, D::Error> {
        let written = String::deserialize(deserializer)?;
        let (sign, size) = match written.strip_prefix('-') {
            Some(size) => (-1, size),
            None => (1, written.as_str()),
        };
        let size: Fen = size.parse().map_err(D::Error::custom)?;
        let fen = i128::try_from(size.0).map_err(D::Error::custom)?;
        Ok(Difference { fen: sign * fen })
    }
}
