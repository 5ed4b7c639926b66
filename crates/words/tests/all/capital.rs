//! Amounts in capital figures, read back.

use fentan_core::Fen;
use fentan_words::capital;
use proptest::prelude::*;

/// The examples of 支付结算办法 附一, and amounts at the edges.
#[test]
fn amounts_are_written_as_the_rule_has_them() {
    for (fen, written) in [
        (140_950, "壹仟肆佰零玖元伍角整"),
        (600_714, "陆仟零柒元壹角肆分"),
        (168_032, "壹仟陆佰捌拾元叁角贰分"),
        // The rule lets a 零 stand or not where yuan are 0 and the figures beside them are not.
        (10_700_053, "壹拾万柒仟元伍角叁分"),
        (1_640_902, "壹万陆仟肆佰零玖元零贰分"),
        (32_504, "叁佰贰拾伍元零肆分"),
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (100, "壹元整"),
        (100_000_000_000_000_000, "壹仟万亿元整"),
    ] {
        assert_eq!(capital(Fen(fen)), written);
    }
}

fn read_whole(text: &str) -> u128 {
    const DIGITS: &str = "零壹贰叁肆伍陆柒捌玖";
    for (unit, name) in
        [(100_000_000, '亿'), (10_000, '万'), (1_000, '仟'), (100, '佰'), (10, '拾')]
    {
        if let Some((before, after)) = text.rsplit_once(name) {
            let rest = after.trim_start_matches('零');
            let rest = if rest.is_empty() { 0 } else { read_whole(rest) };
            return read_whole(before) * unit + rest;
        }
    }
    let mut digits = text.chars();
    let digit = digits.next().and_then(|one| DIGITS.chars().position(|digit| digit == one));
    assert_eq!(digits.next(), None, "one digit in {text}");
    digit.expect("a digit") as u128
}

fn read(text: &str) -> Fen {
    let (yuan, rest) = text.split_once('元').unwrap_or(("零", text));
    let (jiao, rest) = rest.split_once('角').unwrap_or(("零", rest));
    let fen = rest.strip_suffix('分').unwrap_or("零").trim_start_matches('零');
    assert!(rest.ends_with(['分', '整']), "{text} is closed");
    let fen = if fen.is_empty() { 0 } else { read_whole(fen) };
    Fen(read_whole(yuan) * 100 + read_whole(jiao) * 10 + fen)
}

proptest! {
    #[test]
    fn every_amount_is_read_back(
        digits in proptest::collection::vec(prop_oneof![Just(0u128), 0..10u128], 1..37),
    ) {
        let amount = digits.iter().fold(0, |amount, digit| amount * 10 + digit);
        let written = capital(Fen(amount));
        prop_assert!(!written.contains("零零"), "{written}");
        prop_assert_eq!(read(&written), Fen(amount));
    }
}
