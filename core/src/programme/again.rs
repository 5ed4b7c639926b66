//! Dividing again what plans leave of their portions (二次分配).

use super::{Division, PotDivision, Programme};
use crate::money::Fen;

/// What a plan leaves of the portion that its compound got of a pot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unused {
    /// The pot, an index of [`Programme::pots`].
    pub pot: usize,
    /// The compound, an index of [`Programme::compounds`].
    pub compound: usize,
    /// What it got.
    pub portion: Fen,
    /// What its source pays of that.
    pub used: Fen,
}

impl Unused {
    /// What is left.
    pub fn left(&self) -> Fen {
        self.portion.less(self.used)
    }
}

/// What is used of each portion of one compound, given the source that each becomes the offer of and what that
/// source pays: `None` where that is not known, which then counts as using all of it.
///
/// Of portions of the same source, the first is used first.
///
/// ```
/// use fentan_core::Fen;
/// use fentan_core::programme::used;
/// let portions = [("central", Fen(50)), ("city", Fen(20)), ("central", Fen(50))];
/// let paid = |source: &str| (source == "central").then_some(Fen(60));
/// assert_eq!(used(portions, paid), [Fen(50), Fen(20), Fen(10)]);
/// ```
pub fn used<'s>(
    portions: impl IntoIterator<Item = (&'s str, Fen)>,
    paid: impl Fn(&str) -> Option<Fen>,
) -> Vec<Fen> {
    let mut spent: Vec<(&str, Fen)> = Vec::new();
    for (source, portion) in portions {
        let before = spent.iter().filter(|(known, _)| *known == source);
        let before: Fen = before.map(|&(_, amount)| amount).sum();
        let used = paid(source).map_or(portion, |paid| paid.less(before).min(portion));
        spent.push((source, used));
    }
    spent.into_iter().map(|(_, used)| used).collect()
}

impl Programme {
    /// What plans leave of their portions, in the order of pots and compounds. `paid` is what a source of
    /// a compound's plan pays; `None` for a plan that was not split, which then counts as using all of it.
    ///
    /// Of pots that name the same source, the money of the first in the file is used first.
    pub fn unused(
        &self,
        division: &Division,
        paid: impl Fn(usize, &str) -> Option<Fen>,
    ) -> Vec<Unused> {
        let mut found = Vec::new();
        for compound in 0..self.compounds.len() {
            let portion = |divided: &PotDivision| {
                divided.portions.get(compound).map_or(Fen::ZERO, |one| one.amount)
            };
            let pots = self.pots.iter().zip(&division.pots);
            let portions: Vec<(&str, Fen)> =
                pots.map(|(pot, divided)| (pot.source.as_str(), portion(divided))).collect();
            let used = used(portions.iter().copied(), |source| paid(compound, source));
            for (pot, ((_, portion), used)) in portions.into_iter().zip(used).enumerate() {
                if used < portion {
                    found.push(Unused { pot, compound, portion, used });
                }
            }
        }
        found.sort_by_key(|one| one.pot);
        found
    }

    /// Holds compounds at what their plans use, for a further round: in it nobody gets more of a pot than
    /// this, and all others share by the same rule what is then there. Where portions are rounded down, what
    /// a plan uses counts rounded up. Returns whether that changes anything; where it does not, no
    /// further round is needed.
    pub fn hold(&mut self, unused: &[Unused]) -> bool {
        let mut changes = false;
        for one in unused {
            let (Some(pot), Some(compound)) =
                (self.pots.get(one.pot), self.compounds.get_mut(one.compound))
            else {
                continue;
            };
            let most = match pot.round_down_to {
                Some(unit) => Fen(one.used.0.div_ceil(unit.0) * unit.0),
                None => one.used,
            };
            if most >= one.portion {
                continue;
            }
            changes = true;
            match compound.used.iter_mut().find(|(id, _)| *id == pot.id) {
                Some((_, held)) => *held = most,
                None => compound.used.push((pot.id.clone(), most)),
            }
        }
        changes
    }
}
