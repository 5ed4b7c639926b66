//! The most that anyone bears for others in need, whichever households these are; `docs/tariff.md`.

use num_bigint::BigUint;

use super::publish::weight;
use super::{Basis, Line};
use crate::money::Fen;
use crate::number::Rate;
use crate::plan::{Plan, ShareBy, Works};
use crate::split::BeforeRelief;

/// A part of more than ten times one's own share says no more than "the rest of the line".
const MOST_PERCENT: u32 = 1_000;

/// Notes on every line which part of its own share one bears for others at most, where fewer
/// households than so many, whichever they are, are let off as much as the rules let off anyone.
pub(super) fn bound(
    plan: &Plan,
    before: &BeforeRelief<'_>,
    lines: &mut [Line],
    fewer_than: Option<u64>,
) {
    let relief = &plan.agreements().relief;
    let relieved = fewer_than.unwrap_or_default() as usize;
    let worst = Worst { plan, rate: relief.highest_rate(), relieved };
    let let_off: Vec<Fen> = before.shares.iter().map(|(_, shares)| worst.let_off(shares)).collect();
    let all = before.most_relief(plan, relieved);
    let is_carried = relief.pot.as_ref().is_some_and(|pot| pot.amount >= all);
    for (index, line) in lines.iter_mut().enumerate() {
        let (Some(shared), Works::Shared { share_by, .. }) =
            (&mut line.shared, &plan.lines()[index].works)
        else {
            continue;
        };
        let (beneficiaries, shares) = &before.shares[index];
        shared.others_relief = if is_carried || let_off[index].is_zero() {
            Some(Rate::ZERO)
        } else {
            let line = Borne {
                share_by: *share_by,
                beneficiaries,
                shares,
                uncovered: shared.uncovered,
                let_off: let_off[index],
            };
            worst.part(&line, &shared.basis)
        };
    }
}

/// The worst that may be: these households in need, let off at this rate.
struct Worst<'p> {
    plan: &'p Plan,
    rate: Rate,
    relieved: usize,
}

/// A line whose relief is borne by those who get none.
struct Borne<'b> {
    share_by: ShareBy,
    beneficiaries: &'b [u32],
    shares: &'b [Fen],
    uncovered: Fen,
    let_off: Fen,
}

impl Worst<'_> {
    /// What those with the largest shares are let off together.
    fn let_off(&self, shares: &[Fen]) -> Fen {
        largest(shares.iter().map(|share| share.0), self.relieved)
            .into_iter()
            .map(|share| self.rate.of(Fen(share)))
            .sum()
    }

    fn part(&self, line: &Borne<'_>, basis: &Basis) -> Option<Rate> {
        let weights = |among: &[u32]| -> Vec<u128> {
            let weights = among.iter().map(|&one| weight(self.plan, line.share_by, one).0);
            weights.collect()
        };
        match (basis, line.share_by) {
            (Basis::Withheld, _) => None,
            // The weights that are left, or those that are gone, would be a few households'.
            (Basis::Total(_), ShareBy::Column(_))
                if line.beneficiaries.len() <= 2 * self.relieved =>
            {
                None
            }
            (Basis::Total(of_all), _) => {
                let left = self.left(&weights(line.beneficiaries));
                ratio(&[line.let_off.0, of_all.0], &[line.uncovered.0, left])
            }
            (Basis::Floors(_), ShareBy::Floors(table, _)) => {
                let floors = self.floors(line, table, weights);
                let mut parts =
                    (0..floors.len()).filter(|&at| floors[at].coefficient > 0).map(|at| {
                        let others = floors.iter().enumerate().filter(|&(other, _)| other != at);
                        let others: Vec<&Floor> = others.map(|(_, floor)| floor).collect();
                        let floor = &floors[at];
                        let coefficients = floor.coefficient + self.left_of_floors(&others);
                        ratio(
                            &[line.let_off.0, floor.coefficient, floor.weights.iter().sum()],
                            &[coefficients, self.left(&floor.weights), floor.part],
                        )
                    });
                let most = |most: Rate, rate: Rate| if most.is_below(rate) { rate } else { most };
                parts.try_fold(Rate::ZERO, |so_far, part| Some(most(so_far, part?)))
            }
            (Basis::Floors(_), _) => None,
        }
    }

    /// The least weight that those without relief have together, one of them at least.
    fn left(&self, weights: &[u128]) -> u128 {
        if weights.len() > self.relieved {
            let relieved = largest(weights.iter().copied(), self.relieved);
            weights.iter().sum::<u128>() - relieved.into_iter().sum::<u128>()
        } else {
            weights.iter().copied().filter(|&weight| weight > 0).min().unwrap_or_default()
        }
    }

    /// The least coefficients of floors on which somebody without relief is left.
    fn left_of_floors(&self, floors: &[&Floor]) -> u128 {
        let mut homes: Vec<usize> = floors.iter().map(|floor| floor.weights.len()).collect();
        homes.sort_unstable();
        let mut in_need = self.relieved;
        let emptied = homes.iter().take_while(|&&homes| {
            let is_emptied = homes <= in_need;
            in_need = in_need.saturating_sub(homes);
            is_emptied
        });
        let emptied = emptied.count();
        let coefficients = || floors.iter().map(|floor| floor.coefficient);
        let largest = largest(coefficients(), emptied);
        coefficients().sum::<u128>() - largest.into_iter().sum::<u128>()
    }

    fn floors(
        &self,
        line: &Borne<'_>,
        table: usize,
        weights: impl Fn(&[u32]) -> Vec<u128>,
    ) -> Vec<Floor> {
        let table = &self.plan.tables()[table];
        let floor_of = |household: u32| self.plan.households()[household as usize].floor;
        let with_shares = || line.beneficiaries.iter().copied().zip(line.shares);
        let floors = table.coefficients.iter().map(|&(floor, coefficient)| {
            let on_it = with_shares().filter(|&(one, _)| floor_of(one) == Some(floor));
            let (homes, shares): (Vec<u32>, Vec<Fen>) = on_it.unzip();
            // One without weight makes no floor.
            let weights = weights(&homes).into_iter().filter(|&weight| weight > 0);
            Floor {
                coefficient: coefficient.into(),
                weights: weights.collect(),
                part: shares.into_iter().sum::<Fen>().0,
            }
        });
        floors.filter(|floor| !floor.weights.is_empty()).collect()
    }
}

/// A floor that somebody lives on.
struct Floor {
    coefficient: u128,
    weights: Vec<u128>,
    part: u128,
}

/// The largest numbers, as many as asked for or as there are.
fn largest(numbers: impl Iterator<Item = u128>, count: usize) -> Vec<u128> {
    let mut numbers: Vec<u128> = numbers.collect();
    numbers.sort_unstable_by(|one, other| other.cmp(one));
    numbers.truncate(count);
    numbers
}

/// A product by another in whole percents, rounded up; `None` if that is past the most or the
/// divisor is zero.
fn ratio(numerators: &[u128], denominators: &[u128]) -> Option<Rate> {
    let product = |factors: &[u128]| factors.iter().map(|&one| BigUint::from(one)).product();
    let (numerator, denominator): (BigUint, BigUint) = (product(numerators), product(denominators));
    let percent = numerator * 100u32;
    if percent > &denominator * MOST_PERCENT || denominator == BigUint::ZERO {
        return None;
    }
    let percent = (percent + &denominator - 1u32) / denominator;
    u128::try_from(percent).ok().map(Rate::percent)
}
