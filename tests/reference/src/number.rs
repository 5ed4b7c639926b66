//! §1, numbers: exact rationals, rounding, `allocate`.

use num_bigint::BigInt;
use num_rational::BigRational;
use serde_json::{Value, json};

/// An amount in fen (then whole), an area, a rate, or a weight.
pub(crate) type Exact = BigRational;

/// Returns a decimal, a percentage or a fraction, exactly as written.
pub(crate) fn number(value: &Value) -> Exact {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    if let Some(percent) = text.strip_suffix('%') {
        return decimal(percent) / whole(100);
    }
    match text.split_once('/') {
        Some((part, of)) => decimal(part) / decimal(of),
        None => decimal(&text),
    }
}

pub(crate) fn decimal(text: &str) -> Exact {
    let (before, after) = text.split_once('.').unwrap_or((text, ""));
    let digits: BigInt = format!("{before}{after}").parse().expect("digits");
    let places = u32::try_from(after.len()).expect("a few places");
    Exact::new(digits, BigInt::from(10).pow(places))
}

pub(crate) fn whole(number: usize) -> Exact {
    Exact::from(BigInt::from(number))
}

pub(crate) fn zero() -> Exact {
    whole(0)
}

/// Returns money in fen.
pub(crate) fn money(yuan: &Value) -> Exact {
    number(yuan) * whole(100)
}

/// Returns fen as yuan with exactly two decimals.
pub(crate) fn written(fen: &Exact) -> Value {
    assert!(fen.is_integer() && *fen >= zero(), "whole fen, none of them negative: {fen}");
    let digits = format!("{:0>3}", fen.to_integer().to_string());
    let (yuan, fen) = digits.split_at(digits.len() - 2);
    json!(format!("{yuan}.{fen}"))
}

/// Rounds to the nearest fen, halves away from zero; what is rounded here is never below zero.
pub(crate) fn round(fen: &Exact) -> Exact {
    (fen + Exact::new(1.into(), 2.into())).floor()
}

pub(crate) fn sum<'a>(amounts: impl IntoIterator<Item = &'a Exact>) -> Exact {
    amounts.into_iter().sum()
}

pub(crate) fn least(one: &Exact, other: &Exact) -> Exact {
    one.min(other).clone()
}

/// Returns what one amount has above another, or zero.
pub(crate) fn above(one: &Exact, other: &Exact) -> Exact {
    (one - other).max(zero())
}

/// The exact quotas of `allocate`, T·w ÷ Σw. They are missing where the weights sum to zero with
/// something to split.
pub(crate) fn quotas(total: &Exact, weights: &[Exact]) -> Option<Vec<Exact>> {
    let all = sum(weights);
    if *total == zero() {
        return Some(vec![zero(); weights.len()]);
    }
    (all > zero()).then(|| weights.iter().map(|weight| total * weight / &all).collect())
}

/// Gives everyone the whole fen of its quota, and returns with them the spare fen.
pub(crate) fn whole_fen(quotas: &[Exact]) -> (Vec<Exact>, Exact) {
    let parts: Vec<Exact> = quotas.iter().map(Exact::floor).collect();
    let spare = sum(quotas) - sum(&parts);
    (parts, spare)
}

/// Gives everyone the whole fen of its quota, and the spare fen one each in an order.
pub(crate) fn one_each(quotas: &[Exact], order: impl IntoIterator<Item = usize>) -> Vec<Exact> {
    let (mut parts, mut spare) = whole_fen(quotas);
    for index in order {
        if spare > zero() {
            parts[index] += whole(1);
            spare -= whole(1);
        }
    }
    assert_eq!(sum(&parts), sum(quotas), "the parts sum to the total");
    parts
}

/// `allocate(T, w)`. It is missing where the weights sum to zero with something to split.
pub(crate) fn allocate(total: &Exact, weights: &[Exact]) -> Option<Vec<Exact>> {
    let quotas = quotas(total, weights)?;
    let mut by_fraction: Vec<usize> = (0..quotas.len()).collect();
    // The sort is stable: equal fractions stay in the order of their indices.
    by_fraction.sort_by_cached_key(|&index| -quotas[index].fract());
    Some(one_each(&quotas, by_fraction))
}

/// What is wrong with a number as §1 has it, of so many decimals and at most so much.
pub(crate) fn decimal_problem(value: &Value, places: usize, most: &str) -> Option<&'static str> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) if !number.to_string().contains(['.', 'e', 'E']) => {
            number.to_string()
        }
        Value::Number(_) => return Some("float"),
        _ => return Some("bad-type"),
    };
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.as_str()),
    };
    let (before, after) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|one| one.is_ascii_digit());
    if !is_digits(before) || !is_digits(after) {
        return Some("bad-number");
    }
    let is_zero = decimal(digits) == zero();
    match sign {
        "-" if is_zero => Some("bad-number"),
        "-" => Some("negative"),
        _ if digits.contains('.') && after.len() > places => Some("too-precise"),
        _ if decimal(digits) > decimal(most) => Some("too-large"),
        _ => None,
    }
}
