//! Who gets the odd fen (尾差) where a line is rounded to households, spec §1.

use sha2::{Digest as _, Sha256};

use crate::allocate::{Lot, SpareFen};
use crate::plan::{Line, OddFen, Plan};

/// Splits over households of a line, of which `home` tells the one at a position, as the plan gives
/// the spare fen.
pub(super) fn given<R>(
    plan: &Plan,
    line: &Line,
    home: &dyn Fn(usize) -> u32,
    split: impl FnOnce(SpareFen<'_>) -> R,
) -> R {
    match plan.odd_fen() {
        OddFen::LargestRemainder => split(SpareFen::LargestRemainder),
        OddFen::First => split(SpareFen::First),
        OddFen::Last => split(SpareFen::Last),
        OddFen::Lots(seed) => {
            let household = |at: usize| &plan.households()[home(at) as usize].id;
            split(SpareFen::Lots(&|at| lot(seed, &line.id, household(at))))
        }
    }
}

/// A household's lot (签) on a line: the SHA-256 of the seed that was drawn in public, the line's id
/// and the household's, with a line feed between each.
pub(super) fn lot(seed: &str, line: &str, household: &str) -> Lot {
    let mut hasher = Sha256::new();
    for part in [seed, "\n", line, "\n", household] {
        hasher.update(part);
    }
    hasher.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lot_is_the_digest_of_seed_line_and_household() {
        assert_eq!(lot("a", "b", "c"), <Lot>::from(Sha256::digest("a\nb\nc")));
    }
}
