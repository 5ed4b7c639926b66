//! Sums that people type into a field: `=480000*1.15`, and what is more or less than a value that is there: `+500`,
//! `-10%`. Fractions of whole numbers, so that nothing is rounded on the way; no float.
//!
//! ```
//! use fentan_import::reckon::{relative, sum};
//! assert_eq!(sum("=480000*1.15").as_deref(), Some("552000"));
//! assert_eq!(relative("4000", "+500").as_deref(), Some("4500"));
//! assert_eq!(relative("4000", "+15 %").as_deref(), Some("4600"));
//! assert_eq!(relative("40%", "-10%").as_deref(), Some("36%"));
//! assert_eq!(sum("=1/3"), None);
//! ```

use crate::number::{read_money, read_rate};
use crate::tidy::compact;

/// The most decimals of what a sum may come to.
const PLACES: usize = 6;

/// Deeper brackets than anybody writes are not read.
const DEEPEST: usize = 50;

/// A fraction; its denominator is above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Fraction {
    over: i128,
    under: i128,
}

impl Fraction {
    /// `None` where the numbers grow too large, or the denominator is zero.
    fn new(over: i128, under: i128) -> Option<Fraction> {
        let (mut one, mut other) = (over.checked_abs()?, under.checked_abs()?);
        while other != 0 {
            (one, other) = (other, one % other);
        }
        let sign = under.signum();
        (under != 0).then(|| Fraction { over: over / one * sign, under: under / one * sign })
    }

    fn read(text: &str) -> Option<Fraction> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let under = 10_i128.checked_pow(u32::try_from(decimals.len()).ok()?)?;
        Fraction::new([whole, decimals].concat().parse().ok()?, under)
    }

    fn plus(self, other: Fraction) -> Option<Fraction> {
        let over = self.over.checked_mul(other.under)?;
        let over = over.checked_add(other.over.checked_mul(self.under)?)?;
        Fraction::new(over, self.under.checked_mul(other.under)?)
    }

    fn times(self, other: Fraction) -> Option<Fraction> {
        Fraction::new(self.over.checked_mul(other.over)?, self.under.checked_mul(other.under)?)
    }

    fn negative(self) -> Fraction {
        Fraction { over: -self.over, ..self }
    }

    fn inverse(self) -> Option<Fraction> {
        Fraction::new(self.under, self.over)
    }

    /// As a decimal; `None` where that does not end, or ends after too many places.
    fn written(self) -> Option<String> {
        let mut places = 0;
        let mut units = self;
        while units.under != 1 {
            places += 1;
            units = units.times(Fraction { over: 10, under: 1 }).filter(|_| places <= PLACES)?;
        }
        let sign = if units.over < 0 { "-" } else { "" };
        let digits = format!("{:0width$}", units.over.checked_abs()?, width = places + 1);
        let (whole, decimals) = digits.split_at(digits.len() - places);
        let point = if decimals.is_empty() { "" } else { "." };
        Some([sign, whole, point, decimals].concat())
    }
}

/// What a sum comes to: `=` and then numbers with `+ - * /` and brackets between them; numbers may have a unit of money
/// or a percent sign. `None` where the text is none, or what it comes to is no decimal.
pub fn sum(text: &str) -> Option<String> {
    let text = compact(text);
    let signs = text.replace('×', "*").replace('÷', "/").replace('−', "-");
    let mut rest = signs.strip_prefix('=')?;
    let sum = terms(&mut rest, 0)?;
    rest.is_empty().then(|| sum.written())?
}

/// What a value comes to that is changed by what is written behind a sign: by an amount, or by a part of it. `None`
/// where there is no sign, no value, or no decimal comes of it.
pub fn relative(base: &str, text: &str) -> Option<String> {
    let text = compact(text).replace('−', "-");
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let by = text.strip_prefix(['+', '-'])?;
    let (base, unit) = match base.strip_suffix('%') {
        Some(base) => (Fraction::read(base)?, "%"),
        None => (Fraction::read(base)?, ""),
    };
    let sign = Fraction { over: sign, under: 1 };
    let changed = match by.strip_suffix('%') {
        Some(part) => {
            let part = Fraction::read(&read_money_or_rate(part)?)?.times(hundredth())?;
            base.plus(base.times(part)?.times(sign)?)?
        }
        None => base.plus(Fraction::read(&read_money_or_rate(by)?)?.times(sign)?)?,
    };
    Some(changed.written()? + unit)
}

fn hundredth() -> Fraction {
    Fraction { over: 1, under: 100 }
}

/// A number without a sign as it is written here, or an amount with its unit.
fn read_money_or_rate(text: &str) -> Option<String> {
    let is_number = text.starts_with(|one: char| one.is_ascii_digit() || one == '.');
    is_number.then(|| {
        read_rate(text).filter(|_| !text.contains(['/', '%'])).or_else(|| read_money(text, 0))
    })?
}

fn terms(rest: &mut &str, depth: usize) -> Option<Fraction> {
    let mut sum = factors(rest, depth)?;
    while let Some(sign) = taken(rest, &['+', '-']) {
        let next = factors(rest, depth)?;
        sum = sum.plus(if sign == '-' { next.negative() } else { next })?;
    }
    Some(sum)
}

fn factors(rest: &mut &str, depth: usize) -> Option<Fraction> {
    let mut product = factor(rest, depth)?;
    while let Some(sign) = taken(rest, &['*', '/']) {
        let next = factor(rest, depth)?;
        product = product.times(if sign == '/' { next.inverse()? } else { next })?;
    }
    Some(product)
}

fn factor(rest: &mut &str, depth: usize) -> Option<Fraction> {
    if depth > DEEPEST {
        return None;
    }
    if taken(rest, &['-']).is_some() {
        return Some(factor(rest, depth + 1)?.negative());
    }
    if taken(rest, &['(']).is_some() {
        let within = terms(rest, depth + 1)?;
        return taken(rest, &[')']).map(|_| within);
    }
    let end = rest.find(['+', '-', '*', '/', '(', ')']).unwrap_or(rest.len());
    let (number, behind) = rest.split_at(end);
    *rest = behind;
    match number.strip_suffix('%') {
        Some(percent) => Fraction::read(&read_money_or_rate(percent)?)?.times(hundredth()),
        None => Fraction::read(&read_money_or_rate(number)?),
    }
}

/// Takes one of these signs off, where the rest begins with it.
fn taken(rest: &mut &str, signs: &[char]) -> Option<char> {
    let sign = rest.chars().next().filter(|one| signs.contains(one))?;
    *rest = &rest[sign.len_utf8()..];
    Some(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn comes_to(text: &str, expected: &str) {
        assert_eq!(sum(text).as_deref(), Some(expected), "{text}");
    }

    #[test]
    fn a_sum_is_reckoned_exactly() {
        comes_to("=480000*1.15", "552000");
        comes_to("＝４８００００×１.１５", "552000");
        comes_to("= 12万 + 3.5万", "155000");
        comes_to("=(1+2)*-3", "-9");
        comes_to("=100-3*7", "79");
        comes_to("=10/4", "2.5");
        comes_to("=1/3*3", "1");
        comes_to("=1,200*15%", "180");
        comes_to("=0.1+0.2", "0.3");
    }

    #[test]
    fn what_is_no_sum_is_none() {
        for text in [
            "",
            "=",
            "12",
            "=1+",
            "=1/0",
            "=1/3",
            "=2**3",
            "=(1",
            "=1)",
            "=一",
            "=1e3",
            "=0.0000001",
        ] {
            assert_eq!(sum(text), None, "{text}");
        }
        let huge = "9".repeat(60);
        assert_eq!(sum(&format!("={huge}*{huge}")), None);
        assert_eq!(sum(&format!("={}1", "(".repeat(10_000))), None);
    }

    #[test]
    fn what_is_behind_a_sign_changes_the_value_that_is_there() {
        let relative = |base: &str, text: &str| relative(base, text);
        assert_eq!(relative("4000", "+500").as_deref(), Some("4500"));
        assert_eq!(relative("4000", "+1万").as_deref(), Some("14000"));
        assert_eq!(relative("4000.50", "-10%").as_deref(), Some("3600.45"));
        assert_eq!(relative("4000", "−10 %").as_deref(), Some("3600"));
        assert_eq!(relative("30%", "+5").as_deref(), Some("35%"));
        assert_eq!(relative("30%", "+10%").as_deref(), Some("33%"));
        for (base, text) in
            [("", "+500"), ("4000", "500"), ("4000", "+"), ("x", "+5"), ("4000", "+-5")]
        {
            assert_eq!(relative(base, text), None, "{base} {text}");
        }
    }
}
