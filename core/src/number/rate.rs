//! Rates.

use std::fmt;

use super::{FINE, MILLION, Scalar, decimal, is_below_zero, is_digits, rounded, units};
use crate::money::Fen;
use crate::problem::Cause;

const MOST_TARGET: u64 = 10_000;
/// Largest numerator and denominator of a rate written as a fraction.
const MOST_FRACTION: u128 = 1_000_000;

/// An exact rate: a decimal, a percentage or a fraction of whole numbers.
///
/// ```
/// # let document = fentan_core::Document::from_json(br#"{ "fentan": 1, "lines": [],
/// #   "sources": [{ "id": "seller", "rate": "10/11" }], "households": [] }"#)?;
/// let plan = fentan_core::Plan::read(&document, None)?;
/// let rate = plan.sources()[0].rate.unwrap();
/// assert_eq!(rate.of(fentan_core::Fen(100)), fentan_core::Fen(91));
/// # Ok::<(), fentan_core::Problems>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    numerator: u128,
    denominator: u128,
}

impl Rate {
    pub(crate) const ZERO: Rate = Rate::exact(0, 1);
    pub(crate) const ONE: Rate = Rate::exact(1, 1);
    /// 165号令 第十七条: an account below 30% of the first instalment is to be replenished.
    pub(crate) const THIRTY_PERCENT: Rate = Rate::exact(3, 10);

    const fn exact(numerator: u128, denominator: u128) -> Rate {
        Rate { numerator, denominator }
    }

    /// round(rate × amount): to the nearest fen, halves away from zero.
    pub fn of(self, amount: Fen) -> Fen {
        rounded(self.numerator * amount.0, self.denominator)
    }

    /// rate × amount, up to the next fen.
    pub(crate) fn up(self, amount: Fen) -> Fen {
        Fen((self.numerator * amount.0).div_ceil(self.denominator))
    }

    /// Whether rates sum to exactly one.
    pub(crate) fn are_one(parts: &[Rate]) -> bool {
        let (mut sum, mut of) = (Vec::new(), vec![1]);
        // Calls of one plan mostly have one denominator.
        for alike in parts.chunk_by(|one, next| one.denominator == next.denominator) {
            let denominator = alike[0].denominator;
            let numerator = alike.iter().map(|part| part.numerator).sum();
            sum = combined(&sum, denominator, &of, numerator);
            of = combined(&of, denominator, &[], 0);
        }
        sum == of
    }

    /// A numerator over a denominator above zero.
    pub(crate) fn fraction(numerator: u128, denominator: u128) -> Rate {
        Rate::exact(numerator, denominator)
    }

    /// A whole number of percent.
    pub(crate) fn percent(percent: u128) -> Rate {
        Rate::exact(percent, 100)
    }

    /// The rate as a plan writes it: a percentage where that ends within six decimals, else a
    /// fraction.
    ///
    /// ```
    /// # let document = fentan_core::Document::from_json(br#"{ "fentan": 1, "lines": [],
    /// #   "households": [], "relief": { "rates": { "dibao": "0.125", "low_income": "1/3" } } }"#)?;
    /// # let plan = fentan_core::Plan::read(&document, None)?;
    /// let rates = plan.agreements().relief.rates.iter();
    /// let written: Vec<_> = rates.map(|(_, rate)| rate.written()).collect();
    /// assert_eq!(written, ["12.5%", "1/3"]);
    /// # Ok::<(), fentan_core::Problems>(())
    /// ```
    pub fn written(self) -> String {
        let millionths = self.numerator * 100 * MILLION;
        if !millionths.is_multiple_of(self.denominator) {
            return self.to_string();
        }
        format!("{}%", decimal(millionths / self.denominator, FINE))
    }

    /// The rate of a rate; both are at most one, with denominators that fit.
    pub(crate) fn times(self, other: Rate) -> Rate {
        Rate::exact(self.numerator * other.numerator, self.denominator * other.denominator)
    }

    /// The rate's numerator, over [`Rate::denominator`].
    pub fn numerator(self) -> u128 {
        self.numerator
    }

    /// The rate's denominator, above zero.
    pub fn denominator(self) -> u128 {
        self.denominator
    }

    /// Whether the rate is zero.
    pub fn is_zero(self) -> bool {
        self.numerator == 0
    }

    /// The part that `part` is of both together; `None` if both are zero.
    pub(crate) fn of_parts(part: Fen, other: Fen) -> Option<Rate> {
        let whole = part + other;
        (!whole.is_zero()).then(|| Rate::exact(part.0, whole.0))
    }

    /// Whether the rate is lower than another.
    pub(crate) fn is_below(self, other: Rate) -> bool {
        self.numerator * other.denominator < other.numerator * self.denominator
    }

    /// The rate in millionths.
    ///
    /// # Errors
    /// `too-precise` if it is no whole number of them.
    fn in_millionths(self) -> Result<u128, Cause> {
        let millionths = self.numerator * MILLION;
        if millionths.is_multiple_of(self.denominator) {
            Ok(millionths / self.denominator)
        } else {
            Err(Cause::TooPrecise { most: FINE })
        }
    }

    fn is_over_one(self) -> bool {
        self.numerator > self.denominator
    }
}

impl Default for Rate {
    fn default() -> Rate {
        Rate::ZERO
    }
}

/// Rates are equal where the fractions are, however they were written.
impl PartialEq for Rate {
    fn eq(&self, other: &Rate) -> bool {
        self.numerator * other.denominator == other.numerator * self.denominator
    }
}

impl Eq for Rate {}

/// The rate as numerator over denominator, in lowest terms.
impl fmt::Display for Rate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mut divisor, mut rest) = (self.denominator, self.numerator);
        while rest != 0 {
            (divisor, rest) = (rest, divisor % rest);
        }
        let (numerator, denominator) = (self.numerator / divisor, self.denominator / divisor);
        write!(formatter, "{numerator}/{denominator}")
    }
}

/// Reads a rate from 0 to 1.
pub(crate) fn rate(scalar: Scalar<'_>) -> Result<Rate, Cause> {
    match any_rate(scalar) {
        Ok(rate) if rate.is_over_one() => Err(Cause::BadRate),
        Err(Cause::Negative) => Err(Cause::BadRate),
        Err(Cause::TooLarge { most }) if most != MOST_FRACTION => Err(Cause::BadRate),
        other => other,
    }
}

/// Reads a rate from 0 to 1 that is a whole number of millionths.
pub(crate) fn rate_in_millionths(scalar: Scalar<'_>) -> Result<u128, Cause> {
    rate(scalar)?.in_millionths()
}

/// Reads the target of the maintenance fund: a rate that may be greater than one.
pub(crate) fn target(scalar: Scalar<'_>) -> Result<Rate, Cause> {
    match any_rate(scalar) {
        Err(Cause::Negative) => Err(Cause::BadRate),
        other => other,
    }
}

/// Reads what a weight is multiplied by, in millionths: a rate that may be greater than one.
pub(crate) fn multiplier(scalar: Scalar<'_>) -> Result<u64, Cause> {
    let millionths = target(scalar)?.in_millionths()?;
    u64::try_from(millionths).map_err(|_| Cause::TooLarge { most: MOST_TARGET.into() })
}

/// Reads by how much a line may overrun, in millionths: from -1 to 10, with a minus below zero.
pub(crate) fn overrun(scalar: Scalar<'_>) -> Result<i64, Cause> {
    const MOST: u128 = 10 * MILLION;
    let text = scalar.written()?;
    let (text, is_less) = match text.strip_prefix('-') {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    let millionths = any_rate(Scalar::Text(text))?.in_millionths()?;
    match (is_less, i64::try_from(millionths)) {
        (true, Ok(size)) if millionths <= MILLION => Ok(-size),
        (false, Ok(size)) if millionths <= MOST => Ok(size),
        _ => Err(Cause::BadRate),
    }
}

fn any_rate(scalar: Scalar<'_>) -> Result<Rate, Cause> {
    let text = scalar.written()?;
    if let Some((numerator, denominator)) = text.split_once('/') {
        return fraction(numerator, denominator);
    }
    let (text, one) = match text.strip_suffix('%') {
        Some(percent) => (percent, 100 * MILLION),
        None => (text, MILLION),
    };
    Ok(Rate::exact(units(text, FINE, MOST_TARGET)?, one))
}

fn fraction(numerator: &str, denominator: &str) -> Result<Rate, Cause> {
    let whole = |text: &str| -> Result<u128, Cause> {
        if is_below_zero(text) {
            return Err(Cause::Negative);
        }
        if !is_digits(text) {
            return Err(Cause::BadNumber);
        }
        text.parse()
            .ok()
            .filter(|&number| number <= MOST_FRACTION)
            .ok_or(Cause::TooLarge { most: MOST_FRACTION })
    };
    let (numerator, denominator) = (whole(numerator)?, whole(denominator)?);
    if denominator == 0 {
        return Err(Cause::BadNumber);
    }
    Ok(Rate::exact(numerator, denominator))
}

/// One whole number times a factor and another times another, added; in digits of 32 bits, the lowest first, without
/// leading zeros. Factors are below 2^64. A library of big numbers would be a fiftieth of the page's first load.
fn combined(one: &[u32], by: u128, other: &[u32], times: u128) -> Vec<u32> {
    let (mut digits, mut carry) = (Vec::new(), 0);
    for position in 0.. {
        if carry == 0 && position >= one.len().max(other.len()) {
            break;
        }
        let digit = |number: &[u32]| u128::from(number.get(position).copied().unwrap_or_default());
        carry += digit(one) * by + digit(other) * times;
        digits.push(carry as u32);
        carry >>= 32;
    }
    while digits.last() == Some(&0) {
        digits.pop();
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_one_whatever_their_denominators() {
        let rates = |texts: &str| -> Vec<Rate> {
            let parts = texts.split(' ').map(|text| rate(Scalar::Text(text)));
            parts.collect::<Result<_, _>>().expect("rates")
        };
        for texts in ["1", "0 1", "1 0", "50% 0.5", "1/2 1/3 1/6", "1/999983 999982/999983"] {
            assert!(Rate::are_one(&rates(texts)), "{texts}");
        }
        for texts in ["0", "99.999999%", "1/3 1/3 0.333333", "1 0.000001", "1 1 1"] {
            assert!(!Rate::are_one(&rates(texts)), "{texts}");
        }
        // Their product has far more than 128 bits.
        let mut many: Vec<Rate> = Vec::new();
        for prime in [999_953, 999_959, 999_961, 999_979, 999_983, 999_931, 999_917, 999_907] {
            many.push(Rate::fraction(1, 8 * prime));
            many.push(Rate::fraction(prime - 1, 8 * prime));
        }
        assert!(Rate::are_one(&many));
        many[3] = Rate::fraction(999_959, 8 * 999_959);
        assert!(!Rate::are_one(&many));
    }
}
