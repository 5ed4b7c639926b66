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
