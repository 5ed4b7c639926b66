//! Money, in whole fen.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub, SubAssign};

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An amount of money in whole fen (分), the hundredth of a yuan.
///
/// Wide enough for every product of the largest values a plan may hold; see spec §1.
///
/// ```
/// use fentan_core::Fen;
/// assert_eq!(Fen(123_456).to_string(), "1234.56");
/// assert_eq!(Fen(5).to_string(), "0.05");
/// let read: Fen = serde_json::from_str("\"0.05\"")?;
/// assert_eq!(read, Fen(5));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(type = "string"))]
pub struct Fen(pub u128);

impl Fen {
    /// No money.
    pub const ZERO: Fen = Fen(0);

    /// Whether the amount is zero.
    pub fn is_zero(self) -> bool {
        self == Fen::ZERO
    }

    /// The amount less `other`; zero if `other` is more.
    pub fn less(self, other: Fen) -> Fen {
        Fen(self.0.saturating_sub(other.0))
    }
}

impl Add for Fen {
    type Output = Fen;
    fn add(self, other: Fen) -> Fen {
        Fen(self.0 + other.0)
    }
}

impl AddAssign for Fen {
    fn add_assign(&mut self, other: Fen) {
        *self = *self + other;
    }
}

impl Sub for Fen {
    type Output = Fen;
    fn sub(self, other: Fen) -> Fen {
        Fen(self.0 - other.0)
    }
}

impl SubAssign for Fen {
    fn sub_assign(&mut self, other: Fen) {
        *self = *self - other;
    }
}

impl Sum for Fen {
    fn sum<I: Iterator<Item = Fen>>(amounts: I) -> Fen {
        amounts.fold(Fen::ZERO, Add::add)
    }
}

/// Yuan with two decimals, as everywhere in the result.
impl fmt::Display for Fen {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match u64::try_from(self.0) {
            Ok(fen) => write!(formatter, "{}.{:02}", fen / 100, fen % 100),
            Err(_) => write!(formatter, "{}.{:02}", self.0 / 100, self.0 % 100),
        }
    }
}

impl Serialize for Fen {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// As it is written in a result: of any size, with exactly two decimals.
impl<'de> Deserialize<'de> for Fen {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Fen, D::Error> {
        let written = String::deserialize(deserializer)?;
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        written
            .split_once('.')
            .filter(|(yuan, fen)| fen.len() == 2 && digits(yuan) && digits(fen))
            .and_then(|(yuan, fen)| format!("{yuan}{fen}").parse().ok())
            .map(Fen)
            .ok_or_else(|| Error::custom("not yuan with two decimals"))
    }
}
