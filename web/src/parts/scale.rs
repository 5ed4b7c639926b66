//! Lengths of drawings: from amounts to lengths, from lengths to what SVG reads, and the hues and
//! textures that payers are told apart by.

use fentan_core::Fen;

/// The whole width, in millionths.
pub const WIDE: u64 = 1_000_000;
/// The hues that the style sheet has for payers; the residents have their own.
pub const HUES: usize = 11;
/// The number of textures, the plain one included; index.html holds the others.
pub const TEXTURES: usize = 3;

/// The part of a length that is to it as `part` is to `whole`, rounded down: zero if `whole` is
/// zero, and at most the whole length.
pub fn scaled(length: u64, part: Fen, whole: Fen) -> u64 {
    let scaled = (u128::from(length) * part.min(whole).0).checked_div(whole.0);
    scaled.unwrap_or_default() as u64
}

/// Millionths as a percentage that SVG reads.
pub fn in_percent(millionths: u128) -> String {
    format!("{}.{:04}%", millionths / 10_000, millionths % 10_000)
}

/// A length in thousandths as a decimal.
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
    fn millionths_and_thousandths_are_decimals() {
        assert_eq!(decimal(12_005), "12.005");
        assert_eq!(in_percent(666_666), "66.6666%");
    }
}
