//! Medians and percentiles by nearest rank.

use fentan_core::Fen;

/// The least of some amounts that this many percent of them do not exceed; of two in the middle
/// the lower, and zero if there are no amounts.
///
/// Found by halving: a sort would be a kilobyte of code.
pub fn at_percent(percent: usize, amounts: &[Fen]) -> Fen {
    let highest = amounts.iter().copied().max().unwrap_or_default();
    let (mut low, mut high) = (0, highest.0);
    while low < high {
        let middle = low + (high - low) / 2;
        let reached = amounts.iter().filter(|amount| amount.0 <= middle).count();
        if 100 * reached >= percent * amounts.len() {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Fen(low)
}

/// The middle one of some amounts, of an even number the lower of the two.
pub fn median(amounts: &[Fen]) -> Fen {
    at_percent(50, amounts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_the_amount_at_the_nearest_rank() {
        let amounts: Vec<_> = (1..=10).rev().map(Fen).collect();
        assert_eq!(at_percent(90, &amounts), Fen(9));
        assert_eq!(at_percent(91, &amounts), Fen(10));
        assert_eq!(at_percent(100, &amounts), Fen(10));
        assert_eq!(median(&amounts), Fen(5));
        assert_eq!(median(&amounts[1..]), Fen(5));
        assert_eq!(median(&[Fen(7)]), Fen(7));
        assert_eq!(median(&[]), Fen::ZERO);
    }
}
