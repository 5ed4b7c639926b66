//! Money as plans write it.

use std::fmt;
use std::str::FromStr;

use super::{Scalar, units};
use crate::money::Fen;
use crate::problem::Cause;

const MOST_YUAN: u64 = 10_000_000_000_000;
const MOST_TOTAL_YUAN: u64 = 1_000_000_000_000_000_000;
/// The largest amount of a plan.
pub const MOST_MONEY: Fen = Fen(MOST_YUAN as u128 * 100);

/// Reads money: yuan with at most two decimals, at most 10^13.
pub(crate) fn money(scalar: Scalar<'_>) -> Result<Fen, Cause> {
    units(scalar.written()?, 2, MOST_YUAN).map(Fen)
}

/// Reads money that is above zero.
pub(crate) fn money_above_zero(scalar: Scalar<'_>) -> Result<Fen, Cause> {
    let amount = money(scalar)?;
    if amount.is_zero() { Err(Cause::NothingToPay) } else { Ok(amount) }
}

/// Money as a plan writes it: yuan with at most two decimals.
///
/// ```
/// use fentan_core::Fen;
/// assert_eq!("0.5".parse(), Ok(Fen(50)));
/// assert!("1e3".parse::<Fen>().is_err());
/// ```
impl FromStr for Fen {
    type Err = NoMoney;

    fn from_str(written: &str) -> Result<Fen, NoMoney> {
        money(Scalar::Text(written)).map_err(|_| NoMoney)
    }
}

/// A text is no money as a plan writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoMoney;

impl fmt::Display for NoMoney {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("not yuan with at most two decimals")
    }
}

impl std::error::Error for NoMoney {}

/// Reads money that many households lack together: at most 10^18.
pub(crate) fn total_money(scalar: Scalar<'_>) -> Result<Fen, Cause> {
    units(scalar.written()?, 2, MOST_TOTAL_YUAN).map(Fen)
}
