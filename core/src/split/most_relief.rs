//! The most that a few households may be let off, whichever they are.

use super::BeforeRelief;
use crate::money::Fen;
use crate::number::Rate;
use crate::plan::Plan;

/// As many households with relief, and whole steps of it, are told apart; `docs/tariff.md`.
pub(crate) const STEP: usize = 5;

/// Above how many households have relief, in steps of five.
pub(crate) fn step_above(relieved: usize) -> usize {
    (relieved / STEP + 1) * STEP
}

impl BeforeRelief<'_> {
    /// The most relief of so many households, in fen: of those with the largest shares of shared
    /// lines, at the highest rate. Hardship is not looked at, so that the amount tells nothing of it.
    pub(crate) fn most_relief(&self, plan: &Plan, households: usize) -> Fen {
        let relief = &plan.agreements().relief;
        let rate = relief.highest_rate();
        let mut of_households = vec![Fen::ZERO; plan.households().len()];
        let lines = plan.lines().iter().zip(&self.shares);
        for (_, (beneficiaries, shares)) in lines.filter(|(line, _)| line.is_shared()) {
            for (&household, &share) in beneficiaries.iter().zip(shares) {
                of_households[household as usize] += rate.of(share);
            }
        }
        of_households.sort_unstable_by(|one, other| other.cmp(one));
        let largest = of_households.into_iter().take(households);
        largest.map(|amount| relief.most.map_or(amount, |most| most.min(amount))).sum()
    }
}

impl crate::plan::Relief {
    /// The highest rate at which anybody is let off; zero without rates.
    pub(crate) fn highest_rate(&self) -> Rate {
        let higher = |most: Rate, rate: Rate| if most.is_below(rate) { rate } else { most };
        self.rates.iter().map(|&(_, rate)| rate).fold(Rate::ZERO, higher)
    }
}
