//! Decimals as whole millionths, to add up and compare without a float.

/// Millionths in one.
const ONE: i128 = 1_000_000;
/// Decimals of a millionth.
const DECIMALS: usize = 6;
/// Digits that a sum of any file stays far below.
const MOST_DIGITS: usize = 20;

/// A decimal of up to six decimals as millionths; nothing where the text is none.
pub(crate) fn millionths(text: &str) -> Option<i128> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty()
        || whole.len() > MOST_DIGITS
        || fraction.len() > DECIMALS
        || !are_digits(whole)
        || !are_digits(fraction)
    {
        return None;
    }
    let whole: i128 = whole.parse().ok()?;
    let fraction: i128 = format!("{fraction:0<DECIMALS$}").parse().ok()?;
    let sum = whole * ONE + fraction;
    Some(if negative { -sum } else { sum })
}

/// Millionths as a decimal without zeros at its end.
pub(crate) fn decimal(millionths: i128) -> String {
    let sign = if millionths < 0 { "-" } else { "" };
    let all = millionths.unsigned_abs();
    let (whole, fraction) = (all / ONE.unsigned_abs(), all % ONE.unsigned_abs());
    let fraction = format!("{fraction:06}");
    match fraction.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        fraction => format!("{sign}{whole}.{fraction}"),
    }
}

/// The product of two decimals, in millionths of a millionth.
fn product(one: i128, other: i128) -> Option<i128> {
    one.checked_mul(other)
}

/// Whether a figure is the product of two others, rounded to the decimals that it has itself.
/// `unit` is the millionths that one of its last decimal stands for.
pub(crate) fn is_product(figure: i128, one: i128, other: i128, unit: i128) -> Option<bool> {
    let product = product(one, other)?;
    let difference = figure.checked_mul(ONE)?.checked_sub(product)?.checked_abs()?;
    Some(difference.checked_mul(2)? <= unit.checked_mul(ONE)?)
}

/// A product to the nearest hundredth, a half upwards.
pub(crate) fn rounded_product(one: i128, other: i128) -> Option<i128> {
    let hundredth = ONE.checked_mul(ONE / 100)?;
    let product = product(one, other)?;
    Some(product.checked_add(hundredth / 2)?.div_euclid(hundredth) * (ONE / 100))
}

/// The millionths that one of the last decimal of a number stands for, where its unit has `zeros`:
/// 10,000 for 12.34, 100 million for 12.34 in units of 10,000.
pub(crate) fn last_place(number: &str, zeros: usize) -> i128 {
    let decimals = number
        .split_once('.')
        .map_or(0, |(_, fraction)| fraction.bytes().take_while(u8::is_ascii_digit).count());
    let power = (DECIMALS + zeros).saturating_sub(decimals).min(MOST_DIGITS);
    10i128.pow(power as u32)
}

/// A decimal that carries the noise of a binary float, as programs write it that show no more
/// digits themselves: rounded to 15 digits, which is what a spreadsheet shows of it. Nothing where
/// there are no more than 15.
pub(crate) fn without_noise(text: &str) -> Option<String> {
    const SHOWN: usize = 15;
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let (whole, fraction) = digits.split_once('.')?;
    let all = format!("{whole}{fraction}");
    if whole.is_empty() || !all.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let leading = all.len() - all.trim_start_matches('0').len();
    let kept = leading + SHOWN;
    if all.len() <= kept || whole.len() >= kept {
        return None;
    }
    let up = all.as_bytes().get(kept).is_some_and(|&digit| digit >= b'5');
    let number: u128 = all.get(..kept)?.parse().ok()?;
    let rounded = format!("{:0kept$}", number + u128::from(up));
    let point = rounded.len() - (kept - whole.len());
    let (whole, fraction) = rounded.split_at(point);
    Some(match fraction.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        fraction => format!("{sign}{whole}.{fraction}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn decimals_come_back() {
        for text in ["0", "1", "62.35", "-5", "0.000001", "123456789012345.678901"] {
            assert_eq!(millionths(text).map(decimal).as_deref(), Some(text));
        }
        assert_eq!(millionths("1.50").map(decimal).as_deref(), Some("1.5"));
        for none in ["", ".5", "1.0000001", "1e3", "--1", "1,2", "123456789012345678901"] {
            assert_eq!(millionths(none), None, "{none}");
        }
    }

    #[test]
    fn products_are_compared_to_the_decimals_of_the_figure() {
        let holds = |figure: &str, one: &str, other: &str| {
            let read = |text| millionths(text).expect("a decimal");
            is_product(read(figure), read(one), read(other), last_place(figure, 0))
        };
        assert_eq!(holds("95500", "1000", "95.5"), Some(true));
        assert_eq!(holds("12000", "12", "850"), Some(false));
        assert_eq!(holds("333.33", "33.333", "10"), Some(true));
        assert_eq!(holds("333.34", "33.333", "10"), Some(false));
        assert_eq!(holds("333", "33.333", "10"), Some(true));
        assert_eq!(rounded_product(33_333_000, 10_000_000), Some(333_330_000));
    }

    #[test]
    fn noise_of_binary_floats_is_taken_off() {
        assert_eq!(without_noise("62.349999999999994").as_deref(), Some("62.35"));
        assert_eq!(without_noise("12.340000000000001").as_deref(), Some("12.34"));
        assert_eq!(without_noise("99.99999999999999").as_deref(), Some("100"));
        assert_eq!(without_noise("-0.30000000000000004").as_deref(), Some("-0.3"));
        for none in ["62.35", "62", "62.3499999999999", "x", ".5", "1234567890123456789.5"] {
            assert_eq!(without_noise(none), None, "{none}");
        }
    }

    proptest! {
        #[test]
        fn what_floats_write_is_the_decimal_that_was_meant(cents in 1..10_000_000u64) {
            let meant = format!("{}.{:02}", cents / 100, cents % 100);
            let near: f64 = meant.parse().expect("a float");
            let bits = f64::from_bits(near.to_bits() + 1);
            let written = format!("{bits}");
            let read = without_noise(&written).unwrap_or(written);
            prop_assert_eq!(millionths(&read), millionths(&meant));
        }
    }
}
