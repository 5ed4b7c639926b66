//! Whether sums over groups of households can be added and subtracted to a sum over a few.

use std::collections::{BTreeMap, BTreeSet};

/// The most groups that overlap, and the most steps that are taken: past them the answer is that they
/// can be combined, which publishes less.
const MOST_GROUPS: usize = 64;
const MOST_STEPS: u32 = 20_000;

/// The sums that were published of one column, each by those whose weights it is of.
#[derive(Default)]
pub(super) struct Published<'p> {
    groups: Vec<&'p [u32]>,
}

impl<'p> Published<'p> {
    /// Notes the sum over a group, unless it is over fewer than `few` households, or such a sum can be
    /// worked out from it and those before; returns whether it was noted.
    pub(super) fn add(&mut self, group: &'p [u32], few: usize) -> bool {
        if group.len() < few {
            return false;
        }
        if self.groups.contains(&group) {
            return true;
        }
        let mut groups = self.overlapping(group);
        groups.push(group);
        let is_told = groups.len() <= MOST_GROUPS && !Combinations::of(&groups).reach(few);
        if is_told {
            self.groups.push(group);
        }
        is_told
    }

    /// The groups that share a household with this one, or with one that does, and so on: no other
    /// can help to tell something of it.
    fn overlapping(&self, group: &'p [u32]) -> Vec<&'p [u32]> {
        let mut met: BTreeSet<u32> = group.iter().copied().collect();
        let mut left: Vec<&'p [u32]> = self.groups.clone();
        let mut found = Vec::new();
        loop {
            let (near, far): (Vec<_>, Vec<_>) =
                left.into_iter().partition(|one| one.iter().any(|home| met.contains(home)));
            if near.is_empty() {
                return found;
            }
            met.extend(near.iter().copied().flatten());
            found.extend(near);
            left = far;
        }
    }
}

/// All that can be made of groups by adding and subtracting multiples of them. Households that are in
/// the same groups have the same part in it: they are one atom.
struct Combinations {
    /// A row for each group, a column for each atom.
    rows: Vec<Vec<i128>>,
    /// By atom: how many households it is.
    sizes: Vec<usize>,
}

impl Combinations {
    fn of(groups: &[&[u32]]) -> Combinations {
        let mut groups_of: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (index, group) in groups.iter().enumerate() {
            for &household in *group {
                groups_of.entry(household).or_default().push(index);
            }
        }
        let mut atoms: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
        for of_household in groups_of.into_values() {
            *atoms.entry(of_household).or_default() += 1;
        }
        let row = |group: usize| atoms.keys().map(|of| i128::from(of.contains(&group))).collect();
        Combinations {
            rows: (0..groups.len()).map(row).collect(),
            sizes: atoms.values().copied().collect(),
        }
    }

    /// Whether any of them is over fewer than `few` households, and at least one.
    fn reach(self, few: usize) -> bool {
        let mut steps = 0;
        reaches(&self.rows, &self.sizes, 0, few.saturating_sub(1), &mut steps)
    }
}

/// Whether rows combine to one that is zero but for households of at most `left`, from an atom on.
///
/// Each atom is zero in it, which leaves one row less, or is one of the few.
fn reaches(rows: &[Vec<i128>], sizes: &[usize], from: usize, left: usize, steps: &mut u32) -> bool {
    *steps += 1;
    if *steps > MOST_STEPS {
        return true;
    }
    let is_met = |&atom: &usize| rows.iter().any(|row| row[atom] != 0);
    let Some(atom) = (from..sizes.len()).find(is_met) else {
        return rows.iter().flatten().any(|&part| part != 0);
    };
    let Some(without) = eliminated(rows, atom) else {
        return true;
    };
    reaches(&without, sizes, atom + 1, left, steps)
        || (sizes[atom] <= left && reaches(rows, sizes, atom + 1, left - sizes[atom], steps))
}

/// What can be made of the rows that is zero at an atom; `None` if the numbers grow too large.
fn eliminated(rows: &[Vec<i128>], atom: usize) -> Option<Vec<Vec<i128>>> {
    let pivot = rows.iter().position(|row| row[atom] != 0)?;
    let others = rows.iter().enumerate().filter(|&(index, _)| index != pivot);
    others.map(|(_, row)| without(row, &rows[pivot], atom)).collect()
}

fn without(row: &[i128], pivot: &[i128], atom: usize) -> Option<Vec<i128>> {
    let (by, times) = (row[atom], pivot[atom]);
    if by == 0 {
        return Some(row.to_vec());
    }
    let parts = row.iter().zip(pivot);
    let combined: Option<Vec<i128>> = parts
        .map(|(&one, &other)| one.checked_mul(times)?.checked_sub(other.checked_mul(by)?))
        .collect();
    let mut combined = combined?;
    let divisor = combined.iter().fold(0, |divisor, &one| common_divisor(divisor, one.abs()));
    if divisor > 1 {
        combined.iter_mut().for_each(|one| *one /= divisor);
    }
    Some(combined)
}

fn common_divisor(one: i128, other: i128) -> i128 {
    if other == 0 { one } else { common_divisor(other, one % other) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(groups: &[&[u32]]) -> Vec<bool> {
        let mut published = Published::default();
        groups.iter().map(|group| published.add(group, 5)).collect()
    }

    fn homes(from: u32, to: u32) -> Vec<u32> {
        (from..to).collect()
    }

    #[test]
    fn a_sum_that_leaves_a_few_beside_others_is_not_told() {
        let (all, first, second) = (homes(0, 40), homes(0, 15), homes(15, 39));
        assert_eq!(told(&[&all, &first, &second]), [true, true, false]);
        assert_eq!(told(&[&first, &second, &all]), [true, true, false]);
        assert_eq!(told(&[&homes(0, 4)]), [false]);
        assert_eq!(told(&[&all, &all, &homes(0, 35)]), [true, true, true]);
        assert_eq!(told(&[&all, &homes(0, 36)]), [true, false]);
    }

    #[test]
    fn multiples_are_looked_at_too() {
        // Each home of the first three pairs of groups is in two of three: their sum is twice all.
        let (one, two, three) = (homes(0, 5), homes(5, 10), homes(10, 15));
        let pair = |one: &[u32], other: &[u32]| [one, other].concat();
        let (a, b, c) = (pair(&one, &two), pair(&two, &three), pair(&one, &three));
        let mut all = homes(0, 15);
        all.push(15);
        assert_eq!(told(&[&a, &b, &c, &all]), [true, true, true, false]);
        let all = homes(0, 15);
        assert_eq!(told(&[&a, &b, &c, &all]), [true; 4]);
    }

    #[test]
    fn small_groups_that_always_come_together_tell_of_many() {
        let pairs: Vec<Vec<u32>> = (0..10).map(|pair| homes(2 * pair, 2 * pair + 2)).collect();
        let three: Vec<Vec<u32>> = pairs.windows(3).map(|pairs| pairs.concat()).collect();
        let three: Vec<&[u32]> = three.iter().map(Vec::as_slice).collect();
        // The first less the second are a pair and a pair: four homes.
        assert_eq!(told(&three[..2]), [true, false]);
        assert_eq!(told(&[three[0], three[3], three[6]]), [true; 3]);
        let units: Vec<Vec<u32>> = (0..2_000).map(|unit| homes(9 * unit, 9 * unit + 9)).collect();
        let units: Vec<&[u32]> = units.iter().map(Vec::as_slice).collect();
        assert!(told(&units).into_iter().all(|is_told| is_told));
    }
}
