//! What households pay in cash, in a few figures.

use fentan_core::Fen;
use serde::{Deserialize, Serialize};

use super::Home;
use super::rank::{at_percent, median};

/// Millionths in a square metre.
const SQUARE_METRE: u128 = 1_000_000;

/// What households pay in cash, from the least to the most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Distribution {
    /// The number of households.
    pub homes: usize,
    /// The number of them that pay no cash.
    pub without_cash: usize,
    /// The middle household's, of an even number the lower of the two.
    pub median: Fen,
    /// What nine households in ten do not exceed.
    pub ninetieth: Fen,
    /// The most that one household pays.
    pub highest: Fen,
    /// The median of what households pay for a square metre, each rounded half up to the fen.
    pub median_per_area: Fen,
}

impl Distribution {
    /// What these households pay.
    pub fn of(homes: &[Home<'_>]) -> Distribution {
        let cash: Vec<_> = homes.iter().map(|home| home.cash).collect();
        let per_area: Vec<_> = homes.iter().map(per_square_metre).collect();
        Distribution {
            homes: cash.len(),
            without_cash: cash.iter().filter(|amount| amount.is_zero()).count(),
            median: median(&cash),
            ninetieth: at_percent(90, &cash),
            highest: at_percent(100, &cash),
            median_per_area: median(&per_area),
        }
    }
}

fn per_square_metre(home: &Home<'_>) -> Fen {
    let area = u128::from(home.area);
    let twice = (2 * home.cash.0 * SQUARE_METRE + area).checked_div(2 * area);
    Fen(twice.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_square_metre_costs_is_rounded_half_up_for_each_home() {
        let home = |area, cash| Home { building: "", floor: None, area, cash: Fen(cash) };
        // 0.5 fen a square metre, 2 fen, and a home without cash.
        let homes = [home(2_000_000, 1), home(50_000_000, 100), home(60_500_000, 0)];
        let distribution = Distribution::of(&homes);
        assert_eq!(distribution.median_per_area, Fen(1));
        assert_eq!((distribution.homes, distribution.without_cash), (3, 1));
        assert_eq!((distribution.median, distribution.highest), (Fen(1), Fen(100)));
    }
}
