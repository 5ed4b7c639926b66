//! Amounts counted by range, for histograms.

use fentan_core::Fen;
use serde::{Deserialize, Serialize};

/// The most bins of a histogram.
const MOST_BINS: u128 = 20;

/// The number of amounts in each of some ranges, which are equally wide and begin at zero.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bins {
    /// The width of a bin: 1, 2 or 5 times a power of ten fen.
    pub width: Fen,
    /// The number of amounts in each bin: from its lower end on, and below its upper.
    pub counts: Vec<usize>,
}

impl Bins {
    /// Where a bin begins; the bin before it ends there.
    pub fn edge(&self, bin: usize) -> Fen {
        Fen(self.width.0 * bin as u128)
    }
}

/// Sorts amounts into the narrowest bins that are no more than twenty; the highest is in the
/// last one. They are nine or more, as round widths are at most two and a half times apart;
/// fewer only where the highest amount is below nine fen.
pub fn bins(amounts: &[Fen]) -> Bins {
    let Some(highest) = amounts.iter().map(|amount| amount.0).max() else {
        return Bins { width: Fen(1), counts: Vec::new() };
    };
    let mut ten = 1;
    let width = loop {
        let fits = |width: &u128| highest / width < MOST_BINS;
        if let Some(width) = [ten, 2 * ten, 5 * ten].into_iter().find(fits) {
            break width;
        }
        ten *= 10;
    };
    let mut counts = vec![0; (highest / width) as usize + 1];
    for amount in amounts {
        counts[(amount.0 / width) as usize] += 1;
    }
    Bins { width: Fen(width), counts }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bins_up_to(highest: u128) -> Bins {
        bins(&[Fen(highest)])
    }

    #[test]
    fn an_amount_at_an_edge_is_in_the_bin_that_begins_there() {
        let bins = bins(&[Fen(0), Fen(99), Fen(100), Fen(1999)]);
        assert_eq!(bins.width, Fen(100));
        assert_eq!(bins.counts[..3], [2, 1, 0]);
        assert_eq!(bins.counts[19], 1);
        assert_eq!(bins.edge(19), Fen(1900));
    }

    #[test]
    fn widths_are_round_and_as_narrow_as_twenty_bins_let_them_be() {
        assert_eq!(bins_up_to(19).width, Fen(1));
        assert_eq!(bins_up_to(20).width, Fen(2));
        assert_eq!(bins_up_to(39).width, Fen(2));
        assert_eq!(bins_up_to(40).width, Fen(5));
        assert_eq!(bins_up_to(100).width, Fen(10));
        assert_eq!(bins_up_to(100_000_000_000_000_000).counts.len(), 11);
    }

    #[test]
    fn there_are_nine_to_twenty_bins() {
        for highest in 8..100_000 {
            let count = bins_up_to(highest).counts.len();
            assert!((9..=20).contains(&count), "{count} bins up to {highest}");
        }
    }

    #[test]
    fn every_amount_is_in_a_bin() {
        let amounts: Vec<_> = (0..1000).map(|index| Fen(index * index * 7 % 5003)).collect();
        assert_eq!(bins(&amounts).counts.iter().sum::<usize>(), amounts.len());
        assert!(bins(&[]).counts.is_empty());
    }
}
