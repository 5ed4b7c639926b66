//! Splitting an amount by weights to whole fen, by largest remainder and other rules, spec §1.

use std::collections::BinaryHeap;
use std::ops::Div;

use crate::money::Fen;

/// There is money to split and every weight is zero: the `no-weight` of spec §1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoWeight;

/// The weights that amounts are split by: one for each part.
///
/// Set once, used for any number of amounts.
#[derive(Debug, Default)]
pub struct Weights {
    narrow: Vec<u64>,
    /// All weights in 128 bits, if one of them, or its product with an amount, exceeds 64 bits; else
    /// empty.
    wide: Vec<u128>,
    sum: u128,
    /// An upper bound of the weights, less than twice the largest.
    ceiling: u128,
}

impl Weights {
    /// Replaces the weights.
    pub fn set(&mut self, weights: impl Iterator<Item = u128> + Clone) {
        let (mut sum, mut bits) = (0, 0);
        self.narrow.clear();
        self.narrow.extend(weights.clone().map(|weight| {
            sum += weight;
            bits |= weight;
            weight as u64
        }));
        self.wide.clear();
        if bits > u64::MAX.into() {
            self.wide.extend(weights);
        }
        (self.sum, self.ceiling) = (sum, bits);
    }

    pub(crate) fn get(&self, index: usize) -> u128 {
        self.wide.get(index).copied().unwrap_or_else(|| self.narrow[index].into())
    }

    fn widen(&mut self) -> &[u128] {
        if self.wide.is_empty() {
            self.wide.extend(self.narrow.iter().map(|&weight| u128::from(weight)));
        }
        &self.wide
    }
}

/// Who gets the spare fen: those left over when everyone has the whole fen of its quota (尾差); spec §1,
/// `odd_fen`.
#[derive(Clone, Copy)]
pub(crate) enum SpareFen<'l> {
    /// One each to the largest fractional parts, equal ones to the earlier index.
    LargestRemainder,
    /// One each to the earliest with weight.
    First,
    /// All to the last with weight.
    Last,
    /// One each to the largest fractional parts, equal ones to the smaller lot.
    Lots(&'l dyn Fn(usize) -> Lot),
}

/// A lot (签), compared byte by byte.
pub(crate) type Lot = [u8; 32];

/// Splits amounts by largest remainder (最大余额法, Hamilton); spec §1, `allocate(T, w)`.
///
/// Keeps its working space, so that splitting line after line allocates no memory per cell.
///
/// ```
/// use fentan_core::internal::{Allocator, Weights};
/// use fentan_core::Fen;
/// let mut weights = Weights::default();
/// weights.set([2, 3, 1].into_iter());
/// let mut parts = [Fen::ZERO; 3];
/// Allocator::default().split(Fen(100), &mut weights, &mut parts)?;
/// assert_eq!(parts, [Fen(33), Fen(50), Fen(17)]);
/// # Ok::<(), fentan_core::internal::NoWeight>(())
/// ```
#[derive(Debug, Default)]
pub struct Allocator {
    narrow: Space<u64>,
    wide: Space<u128>,
    weights: Weights,
}

impl Allocator {
    /// Splits `total` over `weights` into `parts`, one for each, which always sum to `total`.
    ///
    /// Each gets the whole fen of its exact quota total × weight ÷ Σ weights; the fen left
    /// over go one each to the largest fractional parts, equal ones to the earlier index.
    ///
    /// # Errors
    /// [`NoWeight`] if there is money and every weight is zero.
    pub fn split(
        &mut self,
        total: Fen,
        weights: &mut Weights,
        parts: &mut [Fen],
    ) -> Result<(), NoWeight> {
        self.split_with(total, weights, parts, SpareFen::LargestRemainder)
    }

    /// [`Self::split`] by another rule of the spare fen.
    pub(crate) fn split_with(
        &mut self,
        total: Fen,
        weights: &mut Weights,
        parts: &mut [Fen],
        spare: SpareFen<'_>,
    ) -> Result<(), NoWeight> {
        assert_eq!(weights.narrow.len(), parts.len(), "a part for each weight");
        if total.is_zero() {
            parts.fill(Fen::ZERO);
            return Ok(());
        }
        if weights.sum == 0 {
            return Err(NoWeight);
        }
        // In 64 bits where every product fits them, since those divide faster.
        let fits = |number: u128| u64::try_from(number).ok();
        let product = total.0.checked_mul(weights.ceiling);
        match (product.and_then(fits), fits(total.0), fits(weights.sum)) {
            (Some(_), Some(total), Some(sum)) => {
                self.narrow.allocate(total, sum, &weights.narrow, parts, spare);
            }
            _ => {
                let sum = weights.sum;
                let weights = weights.widen();
                match product {
                    Some(_) => self.wide.allocate(total.0, sum, weights, parts, spare),
                    None => self.wide.allocate_past_128_bits(total.0, sum, weights, parts, spare),
                }
            }
        }
        Ok(())
    }

    /// [`Self::split`] by weights that are used once.
    pub(crate) fn allocate(
        &mut self,
        total: Fen,
        weights: &[u128],
        parts: &mut [Fen],
    ) -> Result<(), NoWeight> {
        let mut set = std::mem::take(&mut self.weights);
        set.set(weights.iter().copied());
        let split = self.split(total, &mut set, parts);
        self.weights = set;
        split
    }

    /// [`Self::allocate`] for a total that is zero if every weight is.
    pub(crate) fn allocate_by_need(&mut self, total: Fen, weights: &[u128], parts: &mut [Fen]) {
        if self.allocate(total, weights, parts).is_err() {
            parts.fill(Fen::ZERO);
        }
    }
}

/// The working space of one width.
#[derive(Debug, Default)]
struct Space<N> {
    quotas: Vec<Quota<N>>,
    sorted: Vec<N>,
}

/// An exact quota: its whole part, and its fraction in units of 1 ÷ (sum of weights).
#[derive(Debug, Clone, Copy)]
struct Quota<N> {
    whole: N,
    fraction: N,
}

impl<N: Whole> Space<N> {
    fn allocate(
        &mut self,
        total: N,
        sum: N,
        weights: &[N],
        parts: &mut [Fen],
        spare: SpareFen<'_>,
    ) {
        self.allocate_by(total, weights, parts, spare, |weight| {
            let product = total.times(weight);
            let whole = product / sum;
            (whole, product.less(whole.times(sum)))
        });
    }

    /// The same by a function that returns the whole part and the fraction of a quota.
    fn allocate_by(
        &mut self,
        total: N,
        weights: &[N],
        parts: &mut [Fen],
        spare: SpareFen<'_>,
        quota: impl Fn(N) -> (N, N),
    ) {
        let mut left = total;
        self.quotas.clear();
        self.quotas.extend(weights.iter().map(|&weight| {
            let (whole, fraction) = quota(weight);
            left = left.less(whole);
            Quota { whole, fraction }
        }));
        // Fewer fen are left than there are weights.
        self.give(left.into() as usize, weights, parts, spare);
    }

    /// Gives each the whole part of its quota, and the spare fen by the rule.
    fn give(&mut self, count: usize, weights: &[N], parts: &mut [Fen], spare: SpareFen<'_>) {
        match spare {
            SpareFen::LargestRemainder => self.give_to_largest(count, parts),
            SpareFen::First => {
                self.give_whole(parts);
                let weighty =
                    parts.iter_mut().zip(weights).filter(|(_, weight)| has_weight(**weight));
                weighty.take(count).for_each(|(part, _)| *part += Fen(1));
            }
            SpareFen::Last => {
                self.give_whole(parts);
                if let Some(last) = weights.iter().rposition(|&weight| has_weight(weight)) {
                    parts[last] += Fen(count as u128);
                }
            }
            SpareFen::Lots(lot) => self.give_by_lot(count, parts, lot),
        }
    }

    fn give_whole(&self, parts: &mut [Fen]) {
        for (part, quota) in parts.iter_mut().zip(&self.quotas) {
            *part = Fen(quota.whole.into());
        }
    }

    /// Gives a spare fen to those above the smallest fraction that still gets one, and to the earliest
    /// of those equal to it.
    fn give_to_largest(&mut self, spare: usize, parts: &mut [Fen]) {
        let Some((smallest, equal)) = self.smallest_served(spare) else {
            return self.give_whole(parts);
        };
        self.give_above(smallest, parts);
        let parts = parts.iter_mut().zip(&self.quotas);
        let equals = parts.filter(|(_, quota)| quota.fraction == smallest);
        equals.take(equal).for_each(|(part, _)| *part += Fen(1));
    }

    /// The same, with the smallest lots of those equal to it in place of the earliest.
    fn give_by_lot(&mut self, spare: usize, parts: &mut [Fen], lot: &dyn Fn(usize) -> Lot) {
        let Some((smallest, equal)) = self.smallest_served(spare) else {
            return self.give_whole(parts);
        };
        self.give_above(smallest, parts);
        let quotas = self.quotas.iter().enumerate();
        let equals = quotas.filter(|(_, quota)| quota.fraction == smallest);
        let mut equals: Vec<usize> = equals.map(|(index, _)| index).collect();
        if equal < equals.len() {
            equals = with_smallest_lots(equals, equal, lot);
        }
        equals.iter().for_each(|&index| parts[index] += Fen(1));
    }

    /// Gives the whole part of each quota, and one fen more if the fraction is above this one.
    fn give_above(&self, smallest: N, parts: &mut [Fen]) {
        for (part, quota) in parts.iter_mut().zip(&self.quotas) {
            *part = Fen(quota.whole.plus(quota.fraction > smallest).into());
        }
    }

    /// The smallest fraction that gets one of the `spare` fen, and how many equal to it get one;
    /// `None` if no fen are spare.
    fn smallest_served(&mut self, spare: usize) -> Option<(N, usize)> {
        self.sorted.clear();
        self.sorted.extend(self.quotas.iter().map(|quota| quota.fraction));
        let last = self.sorted.len().checked_sub(spare).filter(|_| spare > 0)?;
        let (_, &mut smallest, larger) = self.sorted.select_nth_unstable(last);
        let equal = larger.iter().filter(|fraction| **fraction == smallest).count();
        Some((smallest, equal + 1))
    }
}

impl Space<u128> {
    /// The same where a product of total and weight does not fit 128 bits.
    fn allocate_past_128_bits(
        &mut self,
        total: u128,
        sum: u128,
        weights: &[u128],
        parts: &mut [Fen],
        spare: SpareFen<'_>,
    ) {
        self.allocate_by(total, weights, parts, spare, |weight| quota(total, weight, sum));
    }
}

/// This many of the indices: those with the smallest lots.
fn with_smallest_lots(indices: Vec<usize>, count: usize, lot: &dyn Fn(usize) -> Lot) -> Vec<usize> {
    // A sort is more code, which each width would bring into the page's first load.
    let mut smallest = BinaryHeap::with_capacity(count + 1);
    for index in indices {
        smallest.push((lot(index), index));
        if smallest.len() > count {
            smallest.pop();
        }
    }
    smallest.into_iter().map(|(_, index)| index).collect()
}

fn has_weight<N: Whole>(weight: N) -> bool {
    weight.into() > 0
}

/// The exact quota total × weight ÷ sum, for a weight that is no more than the sum: its whole part,
/// and its fraction in units of one over the sum.
pub fn quota(total: u128, weight: u128, sum: u128) -> (u128, u128) {
    if let Some(product) = total.checked_mul(weight) {
        return (product / sum, product % sum);
    }
    // Binary digit by binary digit of the total, so that nothing grows beyond the sum.
    let (mut whole, mut fraction) = (0, 0);
    for digit in (0..u128::BITS).rev() {
        whole *= 2;
        for addend in [fraction, if total >> digit & 1 == 1 { weight } else { 0 }] {
            let room = sum - addend;
            if fraction >= room {
                fraction -= room;
                whole += 1;
            } else {
                fraction += addend;
            }
        }
    }
    (whole, fraction)
}

/// A width to calculate in, for products that are known to fit it.
trait Whole: Copy + Ord + Div<Output = Self> + Into<u128> {
    fn times(self, other: Self) -> Self;
    fn less(self, other: Self) -> Self;
    fn plus(self, one: bool) -> Self;
}

impl Whole for u64 {
    fn times(self, other: u64) -> u64 {
        self.wrapping_mul(other)
    }

    fn less(self, other: u64) -> u64 {
        self.wrapping_sub(other)
    }

    fn plus(self, one: bool) -> u64 {
        self.wrapping_add(one.into())
    }
}

impl Whole for u128 {
    fn times(self, other: u128) -> u128 {
        self * other
    }

    fn less(self, other: u128) -> u128 {
        self - other
    }

    fn plus(self, one: bool) -> u128 {
        self + u128::from(one)
    }
}

/// The rank of a part of an allocation for the spare fen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    /// How many parts are served before this one; equal to `spare` if it never gets a fen.
    pub(crate) before: u128,
    /// How many fen are left over.
    pub(crate) spare: u128,
}

impl Standing {
    /// The standing at `index` in an allocation of `total` over `weights`.
    pub(crate) fn of(
        total: Fen,
        weights: &[u128],
        index: usize,
        spare_fen: SpareFen<'_>,
    ) -> Standing {
        let sum: u128 = weights.iter().sum();
        if sum == 0 || index >= weights.len() {
            return Standing { before: 0, spare: 0 };
        }
        let quotas: Vec<_> = weights.iter().map(|&weight| quota(total.0, weight, sum)).collect();
        let spare = total.0 - quotas.iter().map(|(whole, _)| whole).sum::<u128>();
        let own = quotas[index].1;
        let equals = |other: usize| quotas[other].1 == own;
        let goes_before: &dyn Fn(usize) -> bool = match spare_fen {
            SpareFen::LargestRemainder => &|other| equals(other) && other < index,
            SpareFen::Lots(lot) => &|other| equals(other) && lot(other) < lot(index),
            SpareFen::First => &|other| weights[other] > 0 && other < index,
            SpareFen::Last => &|other| weights[other] > 0 && other > index,
        };
        let by_fraction = matches!(spare_fen, SpareFen::LargestRemainder | SpareFen::Lots(_));
        let is_larger = |other: usize| by_fraction && quotas[other].1 > own;
        let others = (0..weights.len()).filter(|&other| is_larger(other) || goes_before(other));
        let before = match weights[index] {
            0 => spare,
            _ => others.count() as u128,
        };
        Standing { before, spare }
    }
}

#[cfg(test)]
mod tests {
    use num_bigint::BigUint;

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
    fn a_quota_of_any_width_is_exact() {
        let wide = |total: u128, weight: u128, sum: u128| {
            let (product, sum) = (BigUint::from(total) * weight, BigUint::from(sum));
            (&product / &sum, product % sum)
        };
        let most = u128::MAX;
        for (total, weight, sum) in [
            (most, most, most),
            (most, most - 1, most),
            (most, 0, most),
            (most, 1, 1),
            (most - 7, most / 3, most / 3 + 1),
            (1 << 100, (1 << 90) + 12_345, (1 << 91) + 54_321),
        ] {
            let (whole, fraction) = quota(total, weight, sum);
            assert_eq!((whole.into(), fraction.into()), wide(total, weight, sum));
        }
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

    #[track_caller]
    fn gives(spare: SpareFen<'_>, total: u128, weights: &[u128], expected: &[u128]) {
        let mut set = Weights::default();
        set.set(weights.iter().copied());
        let mut parts = vec![Fen::ZERO; weights.len()];
        Allocator::default()
            .split_with(Fen(total), &mut set, &mut parts, spare)
            .expect("some weight");
        assert_eq!(parts, expected.iter().map(|&part| Fen(part)).collect::<Vec<_>>());
        for (index, part) in parts.iter().enumerate() {
            let Standing { before, spare: count } = Standing::of(Fen(total), weights, index, spare);
            let (whole, _) = quota(total, weights[index], weights.iter().sum());
            let given = match spare {
                SpareFen::Last if before == 0 && weights[index] > 0 => count,
                SpareFen::Last => 0,
                _ => u128::from(before < count),
            };
            assert_eq!(part.0, whole + given, "{index}");
        }
    }

    #[test]
    fn spare_fen_go_where_the_plan_says() {
        gives(SpareFen::LargestRemainder, 11, &[0, 3, 3, 3, 0], &[0, 4, 4, 3, 0]);
        gives(SpareFen::First, 11, &[0, 3, 3, 3, 0], &[0, 4, 4, 3, 0]);
        gives(SpareFen::First, 100, &[2, 3, 1], &[34, 50, 16]);
        gives(SpareFen::Last, 11, &[0, 3, 3, 3, 0], &[0, 3, 3, 5, 0]);
        let lots = |index: usize| [9 - index as u8; 32];
        gives(SpareFen::Lots(&lots), 11, &[0, 3, 3, 3, 0], &[0, 3, 4, 4, 0]);
        // A larger fraction goes before any lot.
        gives(SpareFen::Lots(&lots), 100, &[2, 3, 1], &[33, 50, 17]);
    }

    #[test]
    fn products_past_128_bits_split_alike() {
        let most = 10u128.pow(17);
        let unit = 10u128.pow(30);
        gives(
            SpareFen::LargestRemainder,
            most + 1,
            &[unit, unit, unit],
            &[most / 3 + 1, most / 3 + 1, most / 3],
        );
        gives(SpareFen::Last, most, &[unit, 0, 2 * unit], &[most / 3, 0, most - most / 3]);
    }

    #[test]
    fn money_without_weight_is_refused() {
        let mut parts = [Fen::ZERO];
        assert_eq!(Allocator::default().allocate(Fen(1), &[0], &mut parts), Err(NoWeight));
        assert_eq!(Allocator::default().allocate(Fen(0), &[0], &mut parts), Ok(()));
    }

    #[test]
    fn nothing_stands_anywhere_where_nothing_weighs() {
        assert_eq!(
            Standing::of(Fen::ZERO, &[0, 0], 1, SpareFen::LargestRemainder),
            Standing { before: 0, spare: 0 }
        );
    }
}
