use std::ops::{Div, Mul, Rem};

use crate::money::Fen;

/// There is money to split and every weight is zero: the `no-weight` of spec §1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NoWeight;

/// Splits amounts by largest remainder (最大余额法, Hamilton); spec §1, `allocate(T, w)`.
///
/// Holds the working space, so that splitting line after line allocates nothing per cell.
#[derive(Debug, Default)]
pub(crate) struct Allocator {
    narrow: Space<u64>,
    wide: Space<u128>,
}

impl Allocator {
    /// Splits `total` over `weights` into `parts`, which always sum to `total`.
    ///
    /// Each gets the whole fen of its exact quota total × weight ÷ Σ weights; the fen left
    /// over go one each to the largest fractional parts, equal ones to the earlier index.
    ///
    /// # Errors
    /// [`NoWeight`] where there is money and no weight.
    ///
    /// The limits of a [`Plan`](crate::Plan) keep total × largest weight within 128 bits.
    pub(crate) fn allocate(
        &mut self,
        total: Fen,
        weights: &[u128],
        parts: &mut [Fen],
    ) -> Result<(), NoWeight> {
        assert_eq!(weights.len(), parts.len(), "a part for each weight");
        if total.is_zero() {
            parts.fill(Fen::ZERO);
            return Ok(());
        }
        let sum: u128 = weights.iter().sum();
        if sum == 0 {
            return Err(NoWeight);
        }
        let largest = weights.iter().copied().max().unwrap_or_default();
        // In 64 bits where every product fits them, since those divide faster.
        match (u64::try_from(total.0 * largest), u64::try_from(total.0), u64::try_from(sum)) {
            (Ok(_), Ok(total), Ok(sum)) => self.narrow.allocate(total, sum, weights, parts),
            _ => self.wide.allocate(total.0, sum, weights, parts),
        }
        Ok(())
    }

    /// [`Self::allocate`] where there is no money unless there is weight, since the total is
    /// limited by the weights or they can't be zero.
    pub(crate) fn allocate_by_need(&mut self, total: Fen, weights: &[u128], parts: &mut [Fen]) {
        if self.allocate(total, weights, parts).is_err() {
            parts.fill(Fen::ZERO);
        }
    }
}

/// The fractional parts of quotas, in units of one over all weights.
#[derive(Debug, Default)]
struct Space<N> {
    fractions: Vec<N>,
    sorted: Vec<N>,
}

impl<N: Whole> Space<N> {
    fn allocate(&mut self, total: N, sum: N, weights: &[u128], parts: &mut [Fen]) {
        let mut left: u128 = total.into();
        self.fractions.clear();
        self.fractions.extend(weights.iter().zip(parts.iter_mut()).map(|(&weight, part)| {
            let product = total * N::narrow(weight);
            let whole = (product / sum).into();
            *part = Fen(whole);
            left -= whole;
            product % sum
        }));
        // Fewer fen are left than there are weights.
        self.give_spare_fen(left as usize, parts);
    }

    /// One fen each to those above the smallest fraction that still gets one, and of those
    /// equal to it to the earliest.
    fn give_spare_fen(&mut self, spare: usize, parts: &mut [Fen]) {
        let Some(last) = spare.checked_sub(1) else {
            return;
        };
        self.sorted.clear();
        self.sorted.extend_from_slice(&self.fractions);
        let (_, &mut smallest, _) =
            self.sorted.select_nth_unstable_by(last, |one, other| other.cmp(one));
        let mut equal = spare;
        for (part, &fraction) in parts.iter_mut().zip(&self.fractions) {
            let is_above = fraction > smallest;
            *part += Fen(u128::from(is_above));
            equal -= usize::from(is_above);
        }
        let equals = parts.iter_mut().zip(&self.fractions);
        let equals = equals.filter(|(_, fraction)| **fraction == smallest);
        equals.take(equal).for_each(|(part, _)| *part += Fen(1));
    }
}

/// A width to calculate in.
trait Whole:
    Copy + Ord + Mul<Output = Self> + Div<Output = Self> + Rem<Output = Self> + Into<u128>
{
    /// Cuts a weight down to the width it is known to fit.
    fn narrow(weight: u128) -> Self;
}

impl Whole for u64 {
    fn narrow(weight: u128) -> u64 {
        weight as u64
    }
}

impl Whole for u128 {
    fn narrow(weight: u128) -> u128 {
        weight
    }
}

/// Where a part of an allocation stands for the spare fen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    /// How many fractional parts go before this one: larger ones, and equal ones before it.
    pub(crate) before: u128,
    /// How many fen are left over for the largest fractional parts.
    pub(crate) spare: u128,
}

impl Standing {
    /// The standing at `index` in an allocation of `total` over `weights`.
    pub(crate) fn of(total: Fen, weights: &[u128], index: usize) -> Standing {
        let sum: u128 = weights.iter().sum();
        let Some(product) = weights.get(index).map(|weight| total.0 * weight).filter(|_| sum > 0)
        else {
            return Standing { before: 0, spare: 0 };
        };
        let (mut before, mut spare) = (0, total.0);
        for (other, weight) in weights.iter().enumerate() {
            let (whole, fraction) = (total.0 * weight / sum, total.0 * weight % sum);
            spare -= whole;
            if fraction > product % sum || (fraction == product % sum && other < index) {
                before += 1;
            }
        }
        Standing { before, spare }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn splits(total: u128, weights: &[u128], expected: &[u128]) {
        let mut parts = vec![Fen::ZERO; weights.len()];
        Allocator::default().allocate(Fen(total), weights, &mut parts).expect("some weight");
        assert_eq!(parts, expected.iter().map(|&part| Fen(part)).collect::<Vec<_>>());
    }

    #[test]
    fn spare_fen_go_to_the_largest_remainders() {
        splits(100, &[2, 3, 1], &[33, 50, 17]);
        splits(3, &[75, 25], &[2, 1]);
        splits(156, &[51, 3, 53], &[74, 5, 77]);
        splits(157, &[51, 3, 53], &[75, 4, 78]);
    }

    #[test]
    fn equal_remainders_go_to_the_earlier() {
        splits(100, &[1, 1, 1], &[34, 33, 33]);
        splits(2, &[1, 1, 1], &[1, 1, 0]);
    }

    #[test]
    fn weights_of_any_width_split_alike() {
        let unit = 10u128.pow(22);
        splits(
            1_000_000_000_000_001,
            &[unit, unit, 0],
            &[500_000_000_000_001, 500_000_000_000_000, 0],
        );
    }

    #[test]
    fn money_without_weight_is_refused() {
        let mut parts = [Fen::ZERO];
        assert_eq!(Allocator::default().allocate(Fen(1), &[0], &mut parts), Err(NoWeight));
        assert_eq!(Allocator::default().allocate(Fen(0), &[0], &mut parts), Ok(()));
    }
}
