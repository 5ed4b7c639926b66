//! Dividing a pot: exact in whole numbers of any size, by largest remainder.

use num_bigint::BigUint;

use super::limits::{Limits, share_out};
use super::{Factor, Pot, Programme};
use crate::enumeration;
use crate::money::Fen;
use crate::problem::{Cause, Problems};

/// How the pots are divided over the compounds.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Division {
    /// The programme's pots in order.
    pub pots: Vec<PotDivision>,
}

/// How one pot is divided.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct PotDivision {
    /// What stays in the pot: what was rounded off, and what nobody is left to take.
    pub left: Fen,
    /// The programme's compounds in order.
    pub portions: Vec<Portion>,
    /// By factor that counts, what all compounds have in it.
    pub(super) sums: Vec<(Factor, u64, u128)>,
    /// What those share by weight who are not held at a limit, and the sum of their weights.
    pub(super) shared: (Fen, BigUint),
    pub(super) weights: Vec<BigUint>,
}

/// What a compound gets of a pot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Portion {
    /// How much.
    pub amount: Fen,
    /// What it is held at, where its weight is not what decides.
    pub held: Held,
}

enumeration! {
    /// What decides a portion.
    Held {
        /// Its weight.
        Weight = "weight",
        /// Its least, or the pot's.
        Least = "least",
        /// Its most, or the pot's.
        Most = "most",
        /// The pot's most for each household.
        PerHousehold = "per_household",
        /// The pot's part of the works budget.
        Rate = "rate",
        /// What its plan used of an earlier round.
        Used = "used",
        /// Nothing: it takes no part.
        Apart = "apart",
    }
}

impl Programme {
    /// Divides every pot.
    ///
    /// # Errors
    /// `missing-field` where a pot needs what a compound doesn't give, `no-weight` where nobody
    /// has any of a factor that counts, `too-large` where the least for everybody is more than
    /// there is.
    pub fn divide(&self) -> Result<Division, Problems> {
        let mut problems = Problems::default();
        for compound in &self.compounds {
            for name in self.missing(compound) {
                problems.add(compound.field(name), Cause::MissingField);
            }
        }
        let mut problems = problems.refuse(Problems::default())?;
        let divided = self.pots.iter().enumerate();
        let pots = divided.filter_map(|(index, pot)| self.divide_pot(index, pot, &mut problems));
        let division = Division { pots: pots.collect() };
        problems.refuse(division)
    }

    fn divide_pot(&self, index: usize, pot: &Pot, problems: &mut Problems) -> Option<PotDivision> {
        let counting = pot.weights.iter().filter(|(_, weight)| *weight > 0);
        let sums: Vec<(Factor, u64, u128)> = counting
            .map(|&(factor, weight)| {
                let values = self.compounds.iter().map(|compound| compound.value(factor));
                (factor, weight, values.sum())
            })
            .collect();
        let empty = sums.iter().filter(|(.., sum)| *sum == 0);
        let mut is_weightless = false;
        let takes_part = self.compounds.iter().any(|compound| !compound.is_apart);
        for (factor, ..) in empty.filter(|_| !pot.amount.is_zero() && takes_part) {
            is_weightless = true;
            let place = format!("pots[{index}].weights.{}", factor.as_str());
            problems.add(place, Cause::NoWeight { amount: pot.amount });
        }
        let limits: Vec<Limits> =
            self.compounds.iter().map(|compound| Limits::of(pot, compound)).collect();
        let least: Fen = limits.iter().map(|limits| limits.least).sum();
        if least > pot.amount {
            let cause = Cause::LeastOverPot { least, amount: pot.amount };
            problems.add(format_args!("pots[{index}].least"), cause);
            return None;
        }
        if is_weightless {
            return None;
        }
        let weights = self.weigh(pot, &sums);
        let out = share_out(pot.amount, &weights, &limits);
        let amounts = round(pot, &out.shares, &out.shared, &weights);
        let portions: Vec<Portion> = amounts
            .into_iter()
            .zip(&out.shares)
            .zip(&self.compounds)
            .map(|((amount, share), compound)| {
                let held = if compound.is_apart { Held::Apart } else { share.held };
                Portion { amount, held }
            })
            .collect();
        let given: Fen = portions.iter().map(|portion| portion.amount).sum();
        Some(PotDivision { left: pot.amount - given, portions, sums, shared: out.shared, weights })
    }

    /// Each compound's weight: Σ over the factors of weight × value ÷ Σ values, times its
    /// assessment, all over the common denominator.
    fn weigh(&self, pot: &Pot, sums: &[(Factor, u64, u128)]) -> Vec<BigUint> {
        let scales: Vec<BigUint> = (0..sums.len())
            .map(|index| {
                let others = sums.iter().enumerate().filter(|(other, _)| *other != index);
                let others = others.map(|(_, (.., sum))| BigUint::from(*sum));
                others.fold(BigUint::from(sums[index].1), |product, sum| product * sum)
            })
            .collect();
        self.compounds
            .iter()
            .map(|compound| {
                let terms = sums.iter().zip(&scales);
                let sum: BigUint =
                    terms.map(|((factor, ..), scale)| scale * compound.value(*factor)).sum();
                sum * pot.times(compound.assessment.as_deref())
            })
            .collect()
    }
}

impl Pot {
    /// What a grade multiplies a weight by, in millionths; one where there is no grade.
    pub(super) fn times(&self, grade: Option<&str>) -> u64 {
        let found = self.assessment.iter().find(|(known, _)| grade == Some(known));
        found.map_or(1_000_000, |&(_, times)| times)
    }
}

/// What decides a portion, and how much it is where that is no weight.
pub(super) struct Share {
    pub(super) held: Held,
    pub(super) amount: Fen,
}

/// The portions in whole fen, or rounded down to multiples of the pot's.
fn round(
    pot: &Pot,
    shares: &[Share],
    (shared, sum): &(Fen, BigUint),
    weights: &[BigUint],
) -> Vec<Fen> {
    let zero = BigUint::ZERO;
    let mut fractions = Vec::new();
    let mut amounts: Vec<Fen> = Vec::with_capacity(shares.len());
    for (index, (share, weight)) in shares.iter().zip(weights).enumerate() {
        let amount = match share.held {
            Held::Weight if *sum != zero => {
                let product = weight * shared.0;
                fractions.push((&product % sum, index));
                fen(product / sum)
            }
            _ => share.amount,
        };
        amounts.push(match pot.round_down_to {
            Some(unit) => Fen(amount.0 / unit.0 * unit.0),
            None => amount,
        });
    }
    if pot.round_down_to.is_none() && !fractions.is_empty() {
        let given: Fen = fractions.iter().map(|&(_, index)| amounts[index]).sum();
        // The sort is stable: equal fractions stay in the order of the compounds.
        fractions.sort_by(|(one, _), (other, _)| other.cmp(one));
        let spare = (*shared - given).0 as usize;
        fractions.iter().take(spare).for_each(|&(_, index)| amounts[index] += Fen(1));
    }
    amounts
}

/// An amount that is known to be no more than a pot.
fn fen(amount: BigUint) -> Fen {
    Fen(u128::try_from(amount).unwrap_or(u128::MAX))
}
