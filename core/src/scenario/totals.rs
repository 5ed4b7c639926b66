//! What a split comes to, in the few figures that scenarios are compared by.

use serde::{Deserialize, Serialize};

use super::Measured;
use crate::money::Fen;
use crate::plan::Plan;
use crate::split::Split;

/// What a split comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Totals {
    /// The sum of all lines.
    pub budget: Fen,
    /// What all households owe.
    pub residents: Fen,
    /// What households pay in cash.
    pub cash: CashTotals,
    /// How many households pay more in cash than is affordable, where that was stated.
    pub over: Option<usize>,
}

/// What households pay in cash, after all other channels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CashTotals {
    /// All of it.
    pub total: Fen,
    /// What at least half of the households pay at most.
    pub median: Fen,
    /// What at least nine tenths of the households pay at most.
    pub ninetieth: Fen,
    /// What nobody pays more than.
    pub highest: Fen,
    /// All of it for each square metre of all households, to the nearest fen.
    pub per_area: Fen,
}

impl Totals {
    /// The totals of a plan's split; `affordable` is what a household can be asked to pay.
    pub fn of(plan: &Plan, split: &Split, affordable: Option<Fen>) -> Totals {
        let cash: Vec<Fen> = split.households.iter().map(|household| household.paid.cash).collect();
        Totals {
            budget: split.budget,
            residents: split.residents,
            over: affordable.map(|most| over(&cash, most)),
            cash: CashTotals::of(plan, cash),
        }
    }
}

impl Totals {
    /// The figures by their names; how many pay more than is affordable last, where that was stated.
    pub fn named(&self) -> [(&'static str, Option<Measured>); 7] {
        let money = |amount| Some(Measured::Money(amount));
        [
            ("residents", money(self.residents)),
            ("cash", money(self.cash.total)),
            ("median_cash", money(self.cash.median)),
            ("p90_cash", money(self.cash.ninetieth)),
            ("highest_cash", money(self.cash.highest)),
            ("cash_per_area", money(self.cash.per_area)),
            ("over", self.over.map(Measured::Count)),
        ]
    }
}

impl CashTotals {
    /// Of what each household pays.
    pub(super) fn of(plan: &Plan, mut cash: Vec<Fen>) -> CashTotals {
        let total = cash.iter().copied().sum();
        cash.sort_unstable();
        CashTotals {
            total,
            median: nearest_rank(&cash, 50),
            ninetieth: nearest_rank(&cash, 90),
            highest: cash.last().copied().unwrap_or_default(),
            per_area: per_area(total, plan.total_area()),
        }
    }
}

/// How many are more than `most`.
pub(super) fn over(amounts: &[Fen], most: Fen) -> usize {
    amounts.iter().filter(|&&amount| amount > most).count()
}

/// The percentile by nearest rank: the least of the sorted amounts that at least so many
/// percent of them do not exceed. It is always one of them.
pub(crate) fn nearest_rank<T: Copy + Default>(sorted: &[T], percent: usize) -> T {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or_default()
}

/// round(total ÷ square metres), from millionths of a square metre.
pub(crate) fn per_area(total: Fen, area: u128) -> Fen {
    const MILLION: u128 = 1_000_000;
    Fen((2 * total.0 * MILLION + area).checked_div(2 * area).unwrap_or_default())
}
