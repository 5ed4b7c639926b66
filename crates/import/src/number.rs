//! Numbers as offices write them, into the decimals of spec §1: digit by digit, no float.
//!
//! What can't be understood exactly is passed on as it was typed, so that the engine names the
//! problem at the cell.
//!
//! ```
//! use fentan_import::number::{area, money, percent, rate};
//! assert_eq!(money("￥１，２３４．５ 元"), "1234.5");
//! assert_eq!(money("68万元"), "680000");
//! assert_eq!(area("62.35㎡"), "62.35");
//! assert_eq!(rate("40 %"), "40%");
//! assert_eq!(percent("40"), "40%");
//! assert_eq!(percent("0.4"), "40%");
//! assert_eq!(money("约3万"), "约3万");
//! ```

use std::borrow::Cow;

use crate::exact::without_noise;
use crate::tidy::{compact, tidy};

/// Decimals of money, spec §1.
const FEN: usize = 2;
/// Decimals of an area, a rate or a weight, spec §1.
const FINE: usize = 6;

/// Units behind a number, in lower case, each with the zeros it stands for.
type Units = &'static [(&'static str, usize)];

const OF_MONEY: Units = &[
    ("元", 0),
    ("圆", 0),
    ("元整", 0),
    ("人民币", 0),
    ("rmb", 0),
    ("cny", 0),
    ("yuan", 0),
    ("千元", 3),
    ("万", 4),
    ("万元", 4),
    ("万元整", 4),
    ("百万", 6),
    ("百万元", 6),
    ("亿", 8),
    ("亿元", 8),
];
const OF_AREA: Units =
    &[("m2", 0), ("m^2", 0), ("平方米", 0), ("平米", 0), ("平方", 0), ("平", 0), ("sqm", 0)];
const OF_WEIGHT: Units = &[
    ("人", 0),
    ("口", 0),
    ("口人", 0),
    ("户", 0),
    ("个", 0),
    ("位", 0),
    ("辆", 0),
    ("间", 0),
    ("套", 0),
    ("份", 0),
];

/// Money in yuan.
pub fn money(text: &str) -> Cow<'_, str> {
    money_times(text, 0)
}

/// Money in yuan, where a number without a unit stands for so many zeros more.
pub(crate) fn money_times(text: &str, zeros: usize) -> Cow<'_, str> {
    or_as_typed(read_money(text, zeros), text)
}

/// An area in square metres.
pub fn area(text: &str) -> Cow<'_, str> {
    or_as_typed(read_area(text), text)
}

/// A weight to share by, such as heads.
pub fn weight(text: &str) -> Cow<'_, str> {
    or_as_typed(exact(text, OF_WEIGHT, 0, FINE), text)
}

/// A rate: a percentage stays one, and so does a fraction.
pub fn rate(text: &str) -> Cow<'_, str> {
    or_as_typed(read_rate(text), text)
}

/// A rate as it is typed where percent are asked for: 40 is 40 %, and so is 0.4.
pub fn percent(text: &str) -> Cow<'_, str> {
    let is_number = |read: &String| !read.contains(['%', '/', '-']);
    match read_rate(text) {
        Some(read) if is_number(&read) && is_below_one(&read) => Cow::Owned(in_percent(&read)),
        Some(read) if is_number(&read) => Cow::Owned(read + "%"),
        read => or_as_typed(read, text),
    }
}

/// A rate as a plan holds it in percent: 0.4 is 40 %. A percentage, a fraction and what is no number stay as they are.
pub fn in_percent(rate: &str) -> String {
    let (whole, decimals) = rate.split_once('.').unwrap_or((rate, ""));
    if !is_digits(whole) || !decimals.bytes().all(|one| one.is_ascii_digit()) {
        return rate.to_owned();
    }
    let padded = format!("{decimals:0<2}");
    let (moved, decimals) = padded.split_at(2);
    let whole = [whole, moved].concat();
    let (whole, decimals) = (whole.trim_start_matches('0'), decimals.trim_end_matches('0'));
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if decimals.is_empty() { "" } else { "." };
    [whole, point, decimals, "%"].concat()
}

fn is_below_one(number: &str) -> bool {
    number.split('.').next().is_some_and(|whole| whole.bytes().all(|one| one == b'0'))
}

fn or_as_typed(read: Option<String>, text: &str) -> Cow<'_, str> {
    read.map_or(Cow::Borrowed(text), Cow::Owned)
}

pub(crate) fn read_money(text: &str, zeros: usize) -> Option<String> {
    exact(text, OF_MONEY, zeros, FEN)
}

pub(crate) fn read_area(text: &str) -> Option<String> {
    exact(text, OF_AREA, 0, FINE)
}

/// The zeros that a unit of money stands for.
pub(crate) fn zeros(unit: &str) -> Option<usize> {
    let unit = compact(unit);
    let unit = unit.strip_prefix("人民币").unwrap_or(&unit);
    OF_MONEY.iter().find(|(known, _)| *known == unit).map(|&(_, zeros)| zeros)
}

/// The zeros that the unit behind an amount stands for; those of its column where there is none.
pub(crate) fn zeros_behind(text: &str, of_column: usize) -> usize {
    let text = tidy(text);
    let start = text.rfind(|one: char| one.is_ascii_digit()).map_or(0, |at| at + 1);
    match text.get(start..).map(str::trim) {
        None | Some("") => of_column,
        Some(unit) => zeros(unit).unwrap_or(of_column),
    }
}

/// Money as cells of workbooks may have it: (5,000.00) is below zero, 12.340000000000001 is 12.34.
pub(crate) fn money_of_cell(text: &str, zeros: usize) -> Read {
    of_cell(text, |text| read_money(text, zeros))
}

/// An area as cells may have it.
pub(crate) fn area_of_cell(text: &str) -> Read {
    of_cell(text, read_area)
}

/// A weight as cells may have it.
pub(crate) fn weight_of_cell(text: &str) -> Read {
    of_cell(text, |text| exact(text, OF_WEIGHT, 0, FINE))
}

/// What a cell holds, and whether the noise of a binary float was taken off it.
pub(crate) struct Read {
    /// The number; nothing where it can't be told.
    pub(crate) number: Option<String>,
    pub(crate) had_noise: bool,
}

fn of_cell(text: &str, read: impl Fn(&str) -> Option<String>) -> Read {
    if let Some(number) = read(text) {
        return Read { number: Some(number), had_noise: false };
    }
    let tidied = tidy(text);
    let inner = tidied.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    if let Some(number) = inner.and_then(&read).filter(|number| !number.starts_with('-')) {
        return Read { number: Some(format!("-{number}")), had_noise: false };
    }
    let number = without_noise(&tidied).and_then(|shown| read(&shown));
    Read { had_noise: number.is_some(), number }
}

pub(crate) fn read_rate(text: &str) -> Option<String> {
    let text = compact(text);
    if let Some((numerator, denominator)) = text.split_once('/') {
        return (is_digits(numerator) && is_digits(denominator)).then_some(text);
    }
    match text.strip_suffix('%') {
        Some(percent) => exact(percent, &[], 0, FINE).map(|percent| percent + "%"),
        None => exact(&text, &[], 0, FINE),
    }
}

/// The number in digits and at most one point. Decimals past what the plan holds must be zeros.
fn exact(text: &str, units: Units, zeros: usize, decimals: usize) -> Option<String> {
    let text = tidy(text);
    let (sign, text) = signed(&text);
    let unpriced = ["¥", "RMB", "CNY", "人民币"].iter().find_map(|sign| text.strip_prefix(sign));
    let (sign, text) = match unpriced {
        Some(rest) if sign.is_empty() => signed(rest.trim_start()),
        Some(rest) => (sign, rest.trim_start()),
        None => (sign, text),
    };
    let end = text.find(|one: char| !one.is_ascii_digit() && !matches!(one, '.' | ',' | ' '));
    let (number, unit) = text.split_at(end.unwrap_or(text.len()));
    let zeros = match unit {
        "" => zeros,
        _ => units.iter().find(|(known, _)| known.eq_ignore_ascii_case(unit))?.1,
    };

    let (whole, fraction) = number.trim_end().split_once('.').unwrap_or((number.trim_end(), ""));
    let mut whole = ungrouped(whole)?;
    if !fraction.bytes().all(|byte| byte.is_ascii_digit())
        || whole.is_empty() && fraction.is_empty()
    {
        return None;
    }
    let (moved, fraction) = fraction.split_at(zeros.min(fraction.len()));
    whole.push_str(moved);
    whole.extend(std::iter::repeat_n('0', zeros - moved.len()));
    // "0.5万" is no "05000".
    if zeros > 0 || whole.is_empty() {
        whole.drain(..whole.len() - whole.trim_start_matches('0').len());
    }
    if whole.is_empty() {
        whole.push('0');
    }
    let (kept, beyond) = fraction.split_at(decimals.min(fraction.len()));
    if beyond.bytes().any(|byte| byte != b'0') {
        return None;
    }
    let point = if kept.is_empty() { "" } else { "." };
    Some(format!("{sign}{whole}{point}{kept}"))
}

/// Takes a sign off; a plus is none.
fn signed(text: &str) -> (&'static str, &str) {
    match (text.strip_prefix('-'), text.strip_prefix('+')) {
        (Some(rest), _) => ("-", rest.trim_start()),
        (_, Some(rest)) => ("", rest.trim_start()),
        _ => ("", text),
    }
}

/// Digits without separators: all commas or all blanks, with three digits behind each.
fn ungrouped(text: &str) -> Option<String> {
    let separator = if text.contains(',') { ',' } else { ' ' };
    let mut groups = text.split(separator);
    let mut digits = groups.next()?.to_owned();
    let first = digits.len();
    for group in groups {
        if group.len() != 3 || first > 3 || first == 0 {
            return None;
        }
        digits.push_str(group);
    }
    digits.bytes().all(|byte| byte.is_ascii_digit()).then_some(digits)
}

pub(crate) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(read: fn(&str) -> Cow<'_, str>, typed: &str, expected: &str) {
        assert_eq!(read(typed), expected);
    }

    #[track_caller]
    fn passes_on(read: fn(&str) -> Cow<'_, str>, typed: &str) {
        assert!(matches!(read(typed), Cow::Borrowed(text) if text == typed), "{}", read(typed));
    }

    #[test]
    fn money_is_understood() {
        reads(money, "680000", "680000");
        reads(money, "680000.00", "680000.00");
        reads(money, " 680 000.00 ", "680000.00");
        reads(money, "680,000", "680000");
        reads(money, "1,234,567.8", "1234567.8");
        reads(money, "６８００００．５０", "680000.50");
        reads(money, "１，２３４", "1234");
        reads(money, "1\u{a0}234", "1234");
        reads(money, "¥ 1,234.50", "1234.50");
        reads(money, "￥1234元", "1234");
        reads(money, "人民币1234元整", "1234");
        reads(money, "RMB 1,234", "1234");
        reads(money, "1234 rmb", "1234");
        reads(money, "+5", "5");
        reads(money, ".5", "0.5");
        reads(money, "5.", "5");
        reads(money, "1.2000", "1.20");
        reads(money, "0", "0");
        reads(money, "0元", "0");
        reads(money, "\u{feff}12\u{200b}3", "123");
    }

    #[test]
    fn larger_units_move_the_point() {
        reads(money, "68万元", "680000");
        reads(money, "68 万", "680000");
        reads(money, "1.234567万", "12345.67");
        reads(money, "12.50万元", "125000");
        reads(money, "0.5万", "5000");
        reads(money, "0万", "0");
        reads(money, "0.00001万", "0.1");
        reads(money, "1,234.5万元", "12345000");
        reads(money, "3千元", "3000");
        reads(money, "1.2亿元", "120000000");
        passes_on(money, "0.0000001万");
        passes_on(money, "1.2345678万");
    }

    #[test]
    fn a_column_in_another_unit_moves_the_point_of_plain_numbers_only() {
        assert_eq!(read_money("1,234.5678", 4).as_deref(), Some("12345678"));
        assert_eq!(read_money("68万元", 4).as_deref(), Some("680000"));
        assert_eq!(read_money("680000元", 4).as_deref(), Some("680000"));
        assert_eq!(zeros("万元"), Some(4));
        assert_eq!(zeros("人民币 万元"), Some(4));
        assert_eq!(zeros("RMB"), Some(0));
        assert_eq!(zeros("㎡"), None);
    }

    #[test]
    fn what_is_not_exact_is_passed_on_as_typed() {
        for typed in [
            "",
            " ",
            "-",
            "元",
            "¥",
            ".",
            "1.234",
            "1.2.3",
            "12,34",
            "1,2345",
            "1234,567",
            "1,234 567",
            ",123",
            "1e3",
            "1.2E+05",
            "约3万",
            "3-5万",
            "3万5",
            "5元/户",
            "(500)",
            "--5",
            "+-5",
            "#N/A",
            "62.35㎡",
            "三万",
            "1,234,56",
            "５００左右",
        ] {
            passes_on(money, typed);
        }
    }

    #[test]
    fn what_is_negative_stays_so() {
        reads(money, "-5", "-5");
        reads(money, "－5万元", "-50000");
        reads(money, "¥-1,000.00", "-1000.00");
        reads(money, "-¥1,000", "-1000");
        reads(money, "−5", "-5");
    }

    #[test]
    fn areas_and_weights_have_their_own_units() {
        reads(area, "62.35㎡", "62.35");
        reads(area, "62.35 m²", "62.35");
        reads(area, "62.35M2", "62.35");
        reads(area, "６２．３５平方米", "62.35");
        reads(area, "62平米", "62");
        reads(area, "1,062.350000", "1062.350000");
        reads(area, "62.35000000", "62.350000");
        passes_on(area, "62.349999999999994");
        passes_on(area, "62.35元");
        passes_on(area, "0.1万平方米");
        reads(weight, "3人", "3");
        reads(weight, "3 口人", "3");
        reads(weight, "1.5", "1.5");
        passes_on(weight, "3m2");
    }

    #[test]
    fn rates_keep_their_form() {
        reads(rate, "40%", "40%");
        reads(rate, "４０ ％", "40%");
        reads(rate, "0.4", "0.4");
        reads(rate, ".4", "0.4");
        reads(rate, "33.333333%", "33.333333%");
        reads(rate, "10 / 11", "10/11");
        passes_on(rate, "四成");
        passes_on(rate, "40%左右");
        passes_on(rate, "1/");
        passes_on(rate, "33.3333333%");
    }
}
