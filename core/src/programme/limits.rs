//! The least and the most that a compound gets, the rest divided again.

use num_bigint::BigUint;

use super::divide::{Held, Share};
use super::{Compound, Pot};
use crate::money::Fen;

/// Between what a compound's portion lies.
pub(super) struct Limits {
    pub(super) least: Fen,
    most: Option<(Fen, Held)>,
}

impl Limits {
    pub(super) fn of(pot: &Pot, compound: &Compound) -> Limits {
        let households = u128::from(compound.aggregates.households.unwrap_or_default());
        let budget = compound.aggregates.budget.unwrap_or_default();
        let own = |limits: &[(String, Fen)]| {
            limits.iter().find(|(id, _)| *id == pot.id).map(|&(_, amount)| amount)
        };
        let most = [
            (compound.is_apart.then_some(Fen::ZERO), Held::Apart),
            (own(&compound.used), Held::Used),
            (own(&compound.most).or(pot.most), Held::Most),
            (pot.per_household.map(|amount| Fen(amount.0 * households)), Held::PerHousehold),
            (pot.rate.map(|rate| rate.of(budget)), Held::Rate),
        ];
        let most = most.into_iter().filter_map(|(most, held)| Some((most?, held)));
        let most = most.min_by_key(|&(most, _)| most);
        let least = own(&compound.least).or(pot.least).unwrap_or_default();
        Limits { least: most.map_or(least, |(most, _)| least.min(most)), most }
    }
}

/// How a pot is shared out before rounding.
pub(super) struct SharedOut {
    pub(super) shares: Vec<Share>,
    /// What those share by weight who are not held, and the sum of their weights.
    pub(super) shared: (Fen, BigUint),
}

/// Finds the one λ at which the portions λ × weight, each raised to its least and cut to its
/// most, come to the pot, or to all that the limits allow.
///
/// Those whom the present λ leaves past a limit on the side that weighs more stay there whatever
/// comes after, so that each round holds some for good and finds λ anew for the rest.
pub(super) fn share_out(pot: Fen, weights: &[BigUint], limits: &[Limits]) -> SharedOut {
    let free = |_| Share { held: Held::Weight, amount: Fen::ZERO };
    let mut shares: Vec<Share> = limits.iter().map(free).collect();
    loop {
        let held = |share: &&Share| share.held != Held::Weight;
        let given: Fen = shares.iter().filter(held).map(|share| share.amount).sum();
        let rest = pot - given;
        let is_free = |share: &Share| share.held == Held::Weight;
        let sum: BigUint = (shares.iter().zip(weights))
            .filter(|(share, _)| is_free(share))
            .map(|(_, weight)| weight)
            .sum();
        let (mut lacking, mut over) = (BigUint::ZERO, BigUint::ZERO);
        let (mut below, mut above) = (Vec::new(), Vec::new());
        for (index, (weight, limits)) in weights.iter().zip(limits).enumerate() {
            if !is_free(&shares[index]) {
                continue;
            }
            // Portion and limits, all times the sum of weights.
            let portion = weight * rest.0;
            let least = &sum * limits.least.0;
            let most = limits.most.map(|(most, held)| (&sum * most.0, most, held));
            // Without weight nobody gets more than the least.
            if portion < least || (sum == BigUint::ZERO && !limits.least.is_zero()) {
                lacking += least - portion;
                below.push(index);
            } else if let Some((most, amount, held)) = most.filter(|(most, ..)| *most < portion) {
                over += portion - most;
                above.push((index, amount, held));
            }
        }
        if below.is_empty() && above.is_empty() {
            return SharedOut { shares, shared: (rest, sum) };
        }
        if lacking >= over {
            for index in below {
                shares[index] = Share { held: Held::Least, amount: limits[index].least };
            }
        }
        if over >= lacking {
            for (index, amount, held) in above {
                shares[index] = Share { held, amount };
            }
        }
    }
}
