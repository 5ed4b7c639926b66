//! Half-width signs in place of full-width ones, wherever words are compared. A file of its own, which the import's build
//! reads too.

/// The half-width sign of a full-width letter, digit or sign; others stay.
#[inline]
pub fn half_width(one: char) -> char {
    match one {
        '！'..='～' => char::from_u32(one as u32 - 0xfee0).unwrap_or(one),
        one => one,
    }
}
