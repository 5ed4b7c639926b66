//! Where a compound stands among the others: ranks and percentiles, exact.

use crate::money::Fen;
use crate::scenario::nearest_rank;

/// Where an amount stands among others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rank {
    /// One more than there are larger amounts: the largest is 1, equal ones have the same.
    pub rank: usize,
    /// How many are no more than it, itself included.
    pub at_most: usize,
    /// How many there are.
    pub of: usize,
}

impl Rank {
    /// The hundredths of a percent of all that are no more than it, rounded down: 10000 of the largest.
    pub fn percentile(self) -> usize {
        (self.at_most * 10_000).checked_div(self.of).unwrap_or_default()
    }
}

/// The rank of each amount among all of them, in their order.
///
/// ```
/// use fentan_core::Fen;
/// use fentan_core::programme::ranks;
/// let ranks = ranks(&[Fen(5), Fen(9), Fen(5), Fen(1)]);
/// let found: Vec<_> = ranks.iter().map(|one| (one.rank, one.percentile())).collect();
/// assert_eq!(found, [(2, 7_500), (1, 10_000), (2, 7_500), (4, 2_500)]);
/// ```
pub fn ranks(amounts: &[Fen]) -> Vec<Rank> {
    let mut sorted = amounts.to_vec();
    sorted.sort_unstable();
    let rank = |amount: &Fen| {
        let at_most = sorted.partition_point(|one| one <= amount);
        Rank { rank: sorted.len() - at_most + 1, at_most, of: sorted.len() }
    };
    amounts.iter().map(rank).collect()
}

/// The percentile of sorted amounts by nearest rank, as scenarios have it (spec §8): the least that at least
/// this percentage of them do not exceed; zero of none.
pub fn percentile(sorted: &[Fen], percent: usize) -> Fen {
    nearest_rank(sorted, percent)
}
