//! Numbers as spec §1 has them: read from text, longer ones with `rust_decimal`, and kept as
//! whole units.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use crate::money::Fen;
use crate::problem::{Cause, Expected};

/// Decimals of an area, a rate, a coefficient or a weight.
const FINE: u32 = 6;
/// Decimals of a coefficient times an area.
const FINEST: u32 = 12;
/// How many digits fit into 64 bits, whatever they are.
const DIGITS: usize = 19;
/// Millionths in one.
pub(crate) const MILLION: u128 = 1_000_000;

const MOST_YUAN: u64 = 10_000_000_000_000;
/// The largest amount of a plan.
pub(crate) const MOST_MONEY: Fen = Fen(MOST_YUAN as u128 * 100);
const MOST_AREA: u64 = 1_000_000;
const MOST_COEFFICIENT: u64 = 10_000;
const MOST_WEIGHT: u64 = 1_000_000_000;
const MOST_TARGET: u64 = 10_000;
/// The largest area of a compound, and the largest count of anything, in a programme.
const MOST_TOTAL_AREA: u64 = 10_000_000_000_000;
const MOST_COUNT: u64 = 1_000_000_000;
const MOST_TOTAL_WEIGHT: u64 = 10_000_000_000_000_000;
const MOST_TOTAL_YUAN: u64 = 1_000_000_000_000_000_000;
/// Largest numerator and denominator of a rate written as a fraction.
const MOST_FRACTION: u128 = 1_000_000;

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

/// The digits before and behind the point, of the only form of a decimal: digits, and where there
/// is a point digits behind it too.
fn digits_of(text: &str) -> Option<(&str, &str)> {
    match text.split_once('.') {
        Some((whole, fraction)) => {
            (is_digits(whole) && is_digits(fraction)).then_some((whole, fraction))
        }
        None => is_digits(text).then_some((text, "")),
    }
}

/// Whether `text` is a decimal below zero; "-0" is none, only badly written.
fn is_below_zero(text: &str) -> bool {
    text.strip_prefix('-').is_some_and(|rest| {
        digits_of(rest).is_some() && rest.bytes().any(|byte| matches!(byte, b'1'..=b'9'))
    })
}

/// Reads a decimal of at most `decimals` decimals and at most `most`, as a count of its
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

/// The number that at most [`DIGITS`] digits write, nought if there are none. Nearly every number
/// of a roster is one.
fn few_digits(digits: &str) -> u64 {
    digits.bytes().fold(0, |number, digit| 10 * number + u64::from(digit - b'0'))
}

/// A decimal of any length in its smallest units, unless it is more than `most`.
fn many_digits(text: &str, decimals: u32, most: u64) -> Option<u128> {
    let text = text.trim_start_matches('0');
    // Nothing is left of noughts alone, and a point may now stand first.
    let mut decimal =
        if text.is_empty() { Decimal::ZERO } else { Decimal::from_str_exact(text).ok()? };
    if decimal > Decimal::from(most) {
        return None;
    }
    decimal.rescale(decimals);
    Some(decimal.mantissa().unsigned_abs())
}

/// So many units of so many decimals, as many of which are written as it takes.
///
/// ```
/// assert_eq!(fentan_core::decimal(16_978_390_000, 6), "16978.39");
/// assert_eq!(fentan_core::decimal(60_000_000, 6), "60");
/// ```
pub fn decimal(units: u128, decimals: u32) -> String {
    let one = 10u128.pow(decimals);
    let places = decimals as usize;
    let written = format!("{}.{:0places$}", units / one, units % one);
    written.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Reads money: yuan with at most two decimals, at most 10^13.
pub(crate) fn money(scalar: Scalar<'_>) -> Result<Fen, Cause> {
    units(scalar.written()?, 2, MOST_YUAN).map(Fen)
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

/// A weight of one household or of all that a line serves, whatever they share by: square metres,
/// households, coefficients, their product with areas, or a column's own unit. Exact to twelve
/// decimals.
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
        Weight(millionths as u128 * MILLION)
    }

    /// A coefficient times an area.
    pub(crate) const fn of_product(coefficient: u64, area: Area) -> Weight {
        Weight(coefficient as u128 * area.0 as u128)
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

/// Reads the sum of all weights: at most 10^16.
pub(crate) fn total_weight(scalar: Scalar<'_>) -> Result<Weight, Cause> {
    units(scalar.written()?, FINEST, MOST_TOTAL_WEIGHT).map(Weight)
}

/// Reads money that many households lack together: at most 10^18.
pub(crate) fn total_money(scalar: Scalar<'_>) -> Result<Fen, Cause> {
    units(scalar.written()?, 2, MOST_TOTAL_YUAN).map(Fen)
}

/// Reads an area: greater than zero, at most 10^6 m².
pub(crate) fn area(scalar: Scalar<'_>) -> Result<Area, Cause> {
    match millionths(scalar.written()?, MOST_AREA)? {
        0 => Err(Cause::NoArea),
        area => Ok(Area(area)),
    }
}

/// round(amount per m² × area), for the area of one household or of all together in
/// millionths of a square metre.
pub(crate) fn per_area(amount: Fen, area: u128) -> Fen {
    rounded(amount.0 * area, MILLION)
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

/// Reads a weight of a column, in millionths.
pub(crate) fn weight(scalar: Scalar<'_>) -> Result<u64, Cause> {
    millionths(scalar.written()?, MOST_WEIGHT)
}

/// A coefficient by floor, in millionths; of one, or of a percent.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Coefficient {
    Plain(u64),
    Percent(u64),
}

/// Reads the area of a compound, in millionths of a square metre.
pub(crate) fn total_area(scalar: Scalar<'_>) -> Result<u64, Cause> {
    millionths(scalar.written()?, MOST_TOTAL_AREA)
}

/// Reads how many there are of something: a whole number, quoted or not.
pub(crate) fn whole(scalar: Scalar<'_>) -> Result<u64, Cause> {
    let units = units(scalar.written()?, 0, MOST_COUNT)?;
    u64::try_from(units).map_err(|_| Cause::TooLarge { most: MOST_COUNT.into() })
}

/// Reads what a weight is multiplied by, in millionths: a rate that may be greater than one.
pub(crate) fn multiplier(scalar: Scalar<'_>) -> Result<u64, Cause> {
    let rate = target(scalar)?;
    let millionths = rate.numerator * MILLION;
    match (millionths % rate.denominator, u64::try_from(millionths / rate.denominator)) {
        (0, Ok(millionths)) => Ok(millionths),
        _ => Err(Cause::TooPrecise { most: FINE }),
    }
}

/// Reads a coefficient of a table.
pub(crate) fn coefficient(scalar: Scalar<'_>) -> Result<Coefficient, Cause> {
    let text = scalar.written()?;
    match text.strip_suffix('%') {
        Some(percent) => millionths(percent, MOST_COEFFICIENT).map(Coefficient::Percent),
        None => millionths(text, MOST_COEFFICIENT).map(Coefficient::Plain),
    }
}

fn millionths(text: &str, most: u64) -> Result<u64, Cause> {
    let units = units(text, FINE, most)?;
    u64::try_from(units).map_err(|_| Cause::TooLarge { most: u128::from(most) })
}

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

    /// So many percent.
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

    /// Whether the rate is nought.
    pub fn is_zero(self) -> bool {
        self.numerator == 0
    }

    /// The part that `part` is of both; none of nothing.
    pub(crate) fn of_parts(part: Fen, other: Fen) -> Option<Rate> {
        let whole = part + other;
        (!whole.is_zero()).then(|| Rate::exact(part.0, whole.0))
    }

    /// Whether the rate is less than another.
    pub(crate) fn is_below(self, other: Rate) -> bool {
        self.numerator * other.denominator < other.numerator * self.denominator
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
    let rate = rate(scalar)?;
    let millionths = rate.numerator * MILLION;
    match millionths % rate.denominator {
        0 => Ok(millionths / rate.denominator),
        _ => Err(Cause::TooPrecise { most: FINE }),
    }
}

/// Reads by how much a line may overrun, in millionths: from -1 to 10, with a minus below nought.
pub(crate) fn overrun(scalar: Scalar<'_>) -> Result<i64, Cause> {
    const MOST: u128 = 10 * MILLION;
    let text = scalar.written()?;
    let (text, is_less) = match text.strip_prefix('-') {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    let rate = any_rate(Scalar::Text(text))?;
    let millionths = rate.numerator * MILLION;
    if !millionths.is_multiple_of(rate.denominator) {
        return Err(Cause::TooPrecise { most: FINE });
    }
    let millionths = millionths / rate.denominator;
    match (is_less, i64::try_from(millionths)) {
        (true, Ok(size)) if millionths <= MILLION => Ok(-size),
        (false, Ok(size)) if millionths <= MOST => Ok(size),
        _ => Err(Cause::BadRate),
    }
}

/// Reads a whole number that is not below nought.
pub(crate) fn count(scalar: Scalar<'_>) -> Result<u64, Cause> {
    let text = match scalar {
        Scalar::Number(written) if is_whole(written) => written,
        Scalar::Number(_) => return Err(Cause::Float),
        _ => return Err(Cause::BadType { expected: Expected::Whole }),
    };
    if text.starts_with('-') {
        return Err(Cause::Negative);
    }
    text.parse().map_err(|_| Cause::TooLarge { most: u64::MAX.into() })
}

/// Reads a whole number that is not below one.
pub(crate) fn from_one(scalar: Scalar<'_>) -> Result<u64, Cause> {
    match count(scalar)? {
        0 => Err(Cause::BelowOne),
        count => Ok(count),
    }
}

/// Reads the target of the maintenance fund: a rate that may be greater than one.
pub(crate) fn target(scalar: Scalar<'_>) -> Result<Rate, Cause> {
    match any_rate(scalar) {
        Err(Cause::Negative) => Err(Cause::BadRate),
        other => other,
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

/// Reads a floor: a whole number, basements negative.
pub(crate) fn floor(scalar: Scalar<'_>) -> Result<i32, Cause> {
    let text = match scalar {
        Scalar::Cell(text) => text,
        Scalar::Number(written) if is_whole(written) => written,
        Scalar::Number(_) => return Err(Cause::Float),
        Scalar::Text(_) | Scalar::Other => {
            return Err(Cause::BadType { expected: Expected::Whole });
        }
    };
    if !is_whole(text) {
        return Err(Cause::BadNumber);
    }
    text.parse().map_err(|_| Cause::TooLarge { most: i32::MAX.unsigned_abs().into() })
}

/// Reads a year: a whole number.
pub(crate) fn year(scalar: Scalar<'_>) -> Result<u32, Cause> {
    u32::try_from(floor(scalar)?).map_err(|_| Cause::Negative)
}

#[cfg(test)]
mod tests {
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
