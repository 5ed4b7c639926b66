//! Numbers as spec §1 has them: read from text as whole units, a file for each kind.
//!
//! No binary float takes part. Up to 19 digits are read into 64 bits, which nearly every number of a
//! roster has. Longer ones are read by `rust_decimal`, whose 96 bits hold every number within the
//! limits and which rejects the rest: no parser of our own decides where digits are lost.

mod area;
mod factor;
mod fen;
mod rate;
mod weight;
mod whole;

use rust_decimal::Decimal;

use crate::money::Fen;
use crate::problem::{Cause, Expected};

pub use area::Area;
pub(crate) use area::{area, per_area, total_area};
pub use factor::Factor;
pub(crate) use factor::factor;
pub use fen::{MOST_MONEY, NoMoney};
pub(crate) use fen::{money, money_above_zero, total_money};
pub use rate::Rate;
pub(crate) use rate::{multiplier, overrun, rate, rate_in_millionths, target};
pub use weight::Weight;
pub(crate) use weight::{Coefficient, coefficient, total_weight, weight};
pub(crate) use whole::{count, floor, from_one, pieces, storeys, whole, year, years_of_life};

/// Decimals of an area, a rate, a coefficient or a weight.
const FINE: u32 = 6;
/// Decimals of a coefficient times an area times a factor.
const FINEST: u32 = 18;
/// How many digits always fit 64 bits.
const DIGITS: usize = 19;
/// Millionths in one.
pub(crate) const MILLION: u128 = 1_000_000;

/// A value of a plan or a cell of a table, before it is known to be a number.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Scalar<'v> {
    /// Quoted in a plan.
    Text(&'v str),
    /// A cell of a table, or the key of a field.
    Cell(&'v str),
    /// Unquoted, as written.
    Number(&'v str),
    Other,
}

impl<'v> Scalar<'v> {
    pub(crate) fn seen(self) -> Option<&'v str> {
        match self {
            Scalar::Text(text) | Scalar::Cell(text) | Scalar::Number(text) => Some(text),
            Scalar::Other => None,
        }
    }

    /// The digits to be read as a number; an unquoted one must be whole.
    fn written(self) -> Result<&'v str, Cause> {
        match self {
            Scalar::Text(text) | Scalar::Cell(text) => Ok(text),
            Scalar::Number(written) if is_whole(written) => Ok(written),
            Scalar::Number(written) if is_based(written) => Err(Cause::BadNumber),
            Scalar::Number(_) => Err(Cause::Float),
            Scalar::Other => Err(Cause::BadType { expected: Expected::Number }),
        }
    }
}

pub(crate) fn is_whole(written: &str) -> bool {
    is_digits(written.strip_prefix('-').unwrap_or(written))
}

/// Whether TOML wrote the integer in another base than ten.
fn is_based(written: &str) -> bool {
    ["0x", "0o", "0b"].iter().any(|base| written.starts_with(base))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The digits before and behind the point. A decimal has one form: digits, and behind a point
/// digits again.
fn digits_of(text: &str) -> Option<(&str, &str)> {
    match text.split_once('.') {
        Some((whole, fraction)) => {
            (is_digits(whole) && is_digits(fraction)).then_some((whole, fraction))
        }
        None => is_digits(text).then_some((text, "")),
    }
}

/// Whether `text` is a decimal below zero; "-0" is not, it is badly written.
fn is_below_zero(text: &str) -> bool {
    text.strip_prefix('-').is_some_and(|rest| {
        digits_of(rest).is_some() && rest.bytes().any(|byte| matches!(byte, b'1'..=b'9'))
    })
}

/// Reads a decimal of at most `decimals` decimals and at most `most`; returns a count of its
/// smallest units.
fn units(text: &str, decimals: u32, most: u64) -> Result<u128, Cause> {
    let too_large = || Cause::TooLarge { most: u128::from(most) };
    if is_below_zero(text) {
        return Err(Cause::Negative);
    }
    let (whole, fraction) = digits_of(text).ok_or(Cause::BadNumber)?;
    let Some(padding) = (decimals as usize).checked_sub(fraction.len()) else {
        return Err(Cause::TooPrecise { most: decimals });
    };
    let units = if whole.len() + decimals as usize <= DIGITS {
        few_digits(whole) * 10u64.pow(decimals) + few_digits(fraction) * 10u64.pow(padding as u32)
    } else {
        return many_digits(text, decimals, most).ok_or_else(too_large);
    };
    let most = u128::from(most) * u128::from(10u64.pow(decimals));
    if u128::from(units) > most { Err(too_large()) } else { Ok(units.into()) }
}

/// The number that at most [`DIGITS`] digits write; zero without digits.
fn few_digits(digits: &str) -> u64 {
    digits.bytes().fold(0, |number, digit| 10 * number + u64::from(digit - b'0'))
}

/// A decimal of any length in its smallest units; `None` above `most`.
fn many_digits(text: &str, decimals: u32, most: u64) -> Option<u128> {
    let text = text.trim_start_matches('0');
    // Only zeros: the text is empty now. `from_str_exact` reads `.5` too.
    let mut decimal =
        if text.is_empty() { Decimal::ZERO } else { Decimal::from_str_exact(text).ok()? };
    if decimal > Decimal::from(most) {
        return None;
    }
    decimal.rescale(decimals);
    Some(decimal.mantissa().unsigned_abs())
}

/// Writes a count of units of this many decimals, without trailing zeros.
///
/// ```
/// assert_eq!(fentan_core::internal::decimal(16_978_390_000, 6), "16978.39");
/// assert_eq!(fentan_core::internal::decimal(60_000_000, 6), "60");
/// ```
pub fn decimal(units: u128, decimals: u32) -> String {
    let one = 10u128.pow(decimals);
    let places = decimals as usize;
    let written = format!("{}.{:0places$}", units / one, units % one);
    written.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn millionths(text: &str, most: u64) -> Result<u64, Cause> {
    let units = units(text, FINE, most)?;
    u64::try_from(units).map_err(|_| Cause::TooLarge { most: u128::from(most) })
}

/// round(product ÷ divisor): to the nearest fen, halves away from zero; in 64 bits where both fit
/// them, since those divide faster.
fn rounded(product: u128, divisor: u128) -> Fen {
    match (u64::try_from(product), u64::try_from(divisor)) {
        (Ok(product), Ok(divisor)) => {
            let (whole, rest) = (product / divisor, product % divisor);
            Fen(u128::from(whole) + u128::from(rest >= divisor - rest))
        }
        _ => Fen((2 * product + divisor) / (2 * divisor)),
    }
}

#[cfg(test)]
mod tests {
    use std::fmt;

    use super::*;
    use crate::problem::Code;

    #[track_caller]
    fn reads<T: fmt::Debug + PartialEq>(result: Result<T, Cause>, expected: T) {
        assert_eq!(result, Ok(expected));
    }

    #[track_caller]
    fn refuses<T: fmt::Debug>(result: Result<T, Cause>, code: Code) {
        assert_eq!(result.expect_err("a refusal").code(), code);
    }

    #[test]
    fn money_is_yuan_with_at_most_two_decimals() {
        let text = |text: &str| money(Scalar::Text(text));
        reads(text("680000.00"), Fen(68_000_000));
        reads(text("0"), Fen(0));
        reads(text("0.05"), Fen(5));
        reads(text("000.5"), Fen(50));
        reads(text("10000000000000.00"), Fen(1_000_000_000_000_000));
        reads(money(Scalar::Number("12")), Fen(1_200));
        refuses(text("1.000"), Code::TooPrecise);
        refuses(text("10000000000000.01"), Code::TooLarge);
        refuses(text(&"9".repeat(400)), Code::TooLarge);
        refuses(text("-1"), Code::Negative);
        refuses(money(Scalar::Number("-1")), Code::Negative);
        refuses(money(Scalar::Number("1.0")), Code::Float);
        refuses(money(Scalar::Number("1e3")), Code::Float);
        refuses(money(Scalar::Number("0x1e")), Code::BadNumber);
        for bad in [
            "", " ", "1 ", "+1", "-0", "1e3", "1,000", "1_000", ".5", "5.", "１", "¥1", "--1",
            "1.2.3", ".",
        ] {
            refuses(text(bad), Code::BadNumber);
        }
        refuses(money(Scalar::Other), Code::BadType);
    }

    #[test]
    fn rates_are_exact() {
        let text = |text| rate(Scalar::Text(text));
        let sixty_six = Fen(66);
        assert_eq!(text("10/11").map(|rate| rate.of(sixty_six)), Ok(Fen(60)));
        assert_eq!(text("50%").map(|rate| rate.of(Fen(5))), Ok(Fen(3)));
        assert_eq!(text("0.4").map(|rate| rate.of(Fen(1))), Ok(Fen(0)));
        assert!(text("33.333333%").is_ok());
        refuses(text("33.3333333%"), Code::TooPrecise);
        refuses(text("0.0000001"), Code::TooPrecise);
        for outside in ["1.1", "101%", "3/2", "-0.1", "-1/2", "99999999", "2"] {
            refuses(text(outside), Code::BadRate);
        }
        refuses(text("1/1000001"), Code::TooLarge);
        for bad in ["1/0", "/", "1/", "40 %", "%", "1.0/2", "0.5/1%"] {
            refuses(text(bad), Code::BadNumber);
        }
        assert!(target(Scalar::Text("150%")).is_ok());
    }

    #[test]
    fn areas_are_greater_than_zero() {
        reads(area(Scalar::Text("62.35")), Area(62_350_000));
        refuses(area(Scalar::Text("0.000000")), Code::Negative);
        refuses(area(Scalar::Text("1000000.000001")), Code::TooLarge);
        assert_eq!(Area(62_350_000).to_string(), "62.35");
    }

    #[test]
    fn floors_are_whole_and_may_be_below_ground() {
        reads(floor(Scalar::Cell("-1")), -1);
        reads(floor(Scalar::Number("12")), 12);
        refuses(floor(Scalar::Cell("1.5")), Code::BadNumber);
        refuses(floor(Scalar::Number("1.5")), Code::Float);
        refuses(floor(Scalar::Text("1")), Code::BadType);
        refuses(floor(Scalar::Cell("99999999999")), Code::TooLarge);
    }
}
