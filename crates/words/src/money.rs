use fentan_core::Fen;
use num_format::{Locale, ToFormattedString};

/// An amount as `¥1,234.56`.
///
/// ```
/// assert_eq!(fentan_words::money(fentan_core::Fen(123_456)), "¥1,234.56");
/// ```
pub fn money(amount: Fen) -> String {
    format!("¥{}.{:02}", (amount.0 / 100).to_formatted_string(&Locale::en), amount.0 % 100)
}

/// A large amount as `970.68 万元`, rounded to a hundredth of 10,000 yuan; none below 10,000
/// yuan, where the plain amount is as short.
///
/// ```
/// use fentan_core::Fen;
/// assert_eq!(fentan_words::money_in_wan(Fen(970_675_900)).as_deref(), Some("970.68 万元"));
/// assert_eq!(fentan_words::money_in_wan(Fen(999_999)), None);
/// ```
pub fn money_in_wan(amount: Fen) -> Option<String> {
    /// Fen in a hundredth of 10,000 yuan.
    const HUNDREDTH: u128 = 10_000;
    if amount.0 < 100 * HUNDREDTH {
        return None;
    }
    let hundredths = (amount.0 + HUNDREDTH / 2) / HUNDREDTH;
    let whole = (hundredths / 100).to_formatted_string(&Locale::en);
    Some(format!("{whole}.{:02} 万元", hundredths % 100))
}

/// An amount without its currency sign, as in the cells of a table.
///
/// Nought is a dash, so that the eye finds what is paid.
pub fn cell(amount: Fen) -> String {
    if amount.is_zero() { "–".to_owned() } else { plain(amount) }
}

/// An amount without its currency sign.
pub fn plain(amount: Fen) -> String {
    money(amount).trim_start_matches('¥').to_owned()
}

/// A part of a whole in percent, rounded half up to one decimal; a dash where there is no whole.
pub fn percent(part: Fen, whole: Fen) -> String {
    match (2 * part.0 * 1000 + whole.0).checked_div(2 * whole.0) {
        Some(thousandths) => format!("{}.{}%", thousandths / 10, thousandths % 10),
        None => "–".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_has_one_decimal_rounded_half_up() {
        assert_eq!(percent(Fen(1), Fen(3)), "33.3%");
        assert_eq!(percent(Fen(1), Fen(2000)), "0.1%");
        assert_eq!(percent(Fen(7), Fen(7)), "100.0%");
        assert_eq!(percent(Fen(0), Fen(0)), "–");
    }

    #[test]
    fn a_cell_shows_nought_as_a_dash() {
        assert_eq!(cell(Fen::ZERO), "–");
        assert_eq!(cell(Fen(123_456)), "1,234.56");
    }
}
