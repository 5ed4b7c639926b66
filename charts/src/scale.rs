//! From amounts to lengths, and from lengths to what SVG reads.

use fentan_core::Fen;

/// The whole width, in millionths.
pub const WIDE: u64 = 1_000_000;

/// The part of a length that is to it as `part` is to `whole`, rounded down; nothing where there
/// is no whole, and no more than all of it.
pub fn scaled(length: u64, part: Fen, whole: Fen) -> u64 {
    let scaled = (u128::from(length) * part.min(whole).0).checked_div(whole.0);
    scaled.unwrap_or_default() as u64
}

/// A length in thousandths as a decimal.
#[cfg(feature = "program")]
pub fn decimal(thousandths: u64) -> String {
    format!("{}.{:03}", thousandths / 1000, thousandths % 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_scaled_down_and_never_beyond_the_whole() {
        assert_eq!(scaled(100, Fen(1), Fen(3)), 33);
        assert_eq!(scaled(100, Fen(4), Fen(3)), 100);
        assert_eq!(scaled(100, Fen(4), Fen::ZERO), 0);
        assert_eq!(scaled(WIDE, Fen(10_u128.pow(17)), Fen(10_u128.pow(17))), WIDE);
    }

    #[test]
    #[cfg(feature = "program")]
    fn thousandths_are_decimals() {
        assert_eq!(decimal(12_005), "12.005");
    }
}
