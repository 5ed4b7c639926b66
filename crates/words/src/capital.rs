use fentan_core::Fen;

const DIGITS: [&str; 10] = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];

/// The units of whole numbers, the largest first; what is above 亿 is counted in 亿 again.
const UNITS: [(u128, char); 5] =
    [(100_000_000, '亿'), (10_000, '万'), (1_000, '仟'), (100, '佰'), (10, '拾')];

/// An amount in the capital figures of Chinese papers (中文大写), which can't be changed by a
/// stroke; as 支付结算办法 附一 (正确填写票据和结算凭证的基本规定) has them.
///
/// ```
/// use fentan_core::Fen;
/// use fentan_words::capital;
/// assert_eq!(capital(Fen(1_230_000)), "壹万贰仟叁佰元整");
/// assert_eq!(capital(Fen(140_950)), "壹仟肆佰零玖元伍角整");
/// assert_eq!(capital(Fen(1_640_902)), "壹万陆仟肆佰零玖元零贰分");
/// ```
pub fn capital(amount: Fen) -> String {
    let (yuan, jiao, fen) = (amount.0 / 100, amount.0 / 10 % 10, amount.0 % 10);
    let mut text = String::new();
    if yuan > 0 || amount.is_zero() {
        write(yuan, &mut text);
        text.push('元');
    }
    if jiao > 0 {
        write(jiao, &mut text);
        text.push('角');
    } else if yuan > 0 && fen > 0 {
        text.push('零');
    }
    if fen > 0 {
        write(fen, &mut text);
        text.push('分');
    } else {
        text.push('整');
    }
    text
}

fn write(number: u128, text: &mut String) {
    let Some((unit, name)) = UNITS.into_iter().find(|&(unit, _)| number >= unit) else {
        text.extend(DIGITS.get(number as usize).copied());
        return;
    };
    write(number / unit, text);
    text.push(name);
    let rest = number % unit;
    if rest > 0 {
        if rest < unit / 10 {
            text.push('零');
        }
        write(rest, text);
    }
}
