//! What one flat would pay by a tariff, and how far the split may be from it.

use super::{Basis, Flat, SharedLine, Tariff};
use crate::allocate::{Allocator, quota};
use crate::money::Fen;
use crate::number::{Area, Rate, Weight};
use crate::plan::{Counts, OddFen, ShareBy, Weighed};

/// What one flat would pay by a tariff (估算), with how far the split may be from it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Estimate {
    /// The shared lines that serve the flat and are told, in the tariff's order.
    pub lines: Vec<LineEstimate>,
    /// Its share of shared lines; the split's is at most [`Estimate::fen`] fen from it.
    pub share: Fen,
    /// What it is let off; the split's is at most as many fen from it.
    pub relief: Fen,
    /// The most that it bears for others in need, which comes on top and is not told closer.
    pub others_relief: Fen,
    /// What it pays on top to reach the minimum.
    pub top_up: Fen,
    /// share − relief + top-up.
    pub due: Fen,
    /// The split's due for shared lines is at least this,
    pub least: Fen,
    /// and at most this.
    pub most: Fen,
    /// The number of lines that don't divide evenly: the most fen by which its share may be off.
    pub fen: u64,
    /// The lines that serve the flat and are not told, as indices of [`Tariff::lines`].
    pub withheld: Vec<usize>,
    /// The lines that serve homes which are not told, and which the flat does not say are its own.
    pub unsaid: Vec<usize>,
}

/// What one line would cost the flat.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LineEstimate {
    /// The line, an index of [`Tariff::lines`].
    pub line: usize,
    /// Its share, to the nearest fen; the split's is this or the fen beside it.
    pub share: Fen,
    /// What it is let off.
    pub relief: Fen,
    /// The most that it bears for others in need.
    pub others_relief: Fen,
}

/// Works out what a flat would pay for shared lines by a tariff, whether it is in the roster or not.
///
/// Each share is the line's uncovered part (of its floor, where floors come first) by weight; the
/// split gives that rounded down or up, by largest remainder. All bounds are in `docs/tariff.md`.
pub fn estimate(tariff: &Tariff, flat: &Flat) -> Estimate {
    let relief = flat.hardship.and_then(|code| tariff.relief.rates.get(code));
    let relief = relief.map_or(Rate::ZERO, |&(_, rate)| rate);
    let (mut lines, mut withheld, mut unsaid) = (Vec::new(), Vec::new(), Vec::new());
    let mut sums = Sums::default();
    let mut is_served = false;
    for (index, line) in tariff.lines.iter().enumerate() {
        let Some(shared) = &line.shared else {
            continue;
        };
        if !shared.serves.holds(flat, index) {
            if shared.serves.homes {
                unsaid.push(index);
            }
            continue;
        }
        is_served = true;
        let Some(quota) = Quota::of(tariff, shared, flat) else {
            withheld.push(index);
            continue;
        };
        let others_relief = if relief.is_zero() { quota.others_relief(shared) } else { Fen::ZERO };
        let share = quota.rounded();
        let let_off = relief.of(share);
        lines.push(LineEstimate { line: index, share, relief: let_off, others_relief });
        sums.nearest.add(share, let_off);
        sums.others_relief += others_relief;
        sums.least.add(quota.down(), relief.of(quota.down()));
        sums.most.add(quota.up(), relief.of(quota.up()));
    }
    cut_relief(tariff, sums.nearest.relief, &mut lines);
    let is_counted = relief.is_zero() && is_served && flat.counts(tariff).is_household;
    let minimum = tariff.minimum.as_ref().filter(|_| is_counted);
    let minimum = minimum.map_or(Fen::ZERO, |minimum| minimum.of(flat.area));
    let top_up = |paid: Fen| TopUp::of(tariff, minimum.less(paid));
    // What is left of shares after relief, cut or not, never falls when one rises by a fen.
    let [net, least, most] = [sums.nearest, sums.least, sums.most].map(|sums| sums.net(tariff));
    let most = most + sums.others_relief;
    let due = net + top_up(net).nearest();
    Estimate {
        lines,
        share: sums.nearest.share,
        relief: sums.nearest.share - net,
        others_relief: sums.others_relief,
        top_up: due - net,
        due,
        least: least + top_up(least).least(),
        most: most + top_up(most).most(tariff),
        fen: u64::try_from((sums.most.share - sums.least.share).0).unwrap_or(u64::MAX),
        withheld,
        unsaid,
    }
}

#[derive(Default)]
struct Sums {
    /// By shares to the nearest fen, as few as they may be, and as many.
    nearest: Sum,
    least: Sum,
    most: Sum,
    others_relief: Fen,
}

/// A flat's shares of lines together, and what it is let off of them before that is cut.
#[derive(Clone, Copy, Default)]
struct Sum {
    share: Fen,
    relief: Fen,
}

impl Sum {
    fn add(&mut self, share: Fen, relief: Fen) {
        self.share += share;
        self.relief += relief;
    }

    fn net(self, tariff: &Tariff) -> Fen {
        self.share - tariff.relief.most.map_or(self.relief, |most| most.min(self.relief))
    }
}

/// Cuts what the flat is let off to the most that one is let off on all lines.
fn cut_relief(tariff: &Tariff, relief: Fen, lines: &mut [LineEstimate]) {
    let Some(most) = tariff.relief.most.filter(|&most| most < relief) else {
        return;
    };
    let by_line: Vec<u128> = lines.iter().map(|line| line.relief.0).collect();
    let mut cut = vec![Fen::ZERO; lines.len()];
    Allocator::default().allocate_by_need(most, &by_line, &mut cut);
    for (line, cut) in lines.iter_mut().zip(cut) {
        line.relief = cut;
    }
}

/// A flat's exact share of a line: `whole` fen and `fraction` ÷ `denominator` of one.
struct Quota {
    whole: u128,
    fraction: u128,
    denominator: u128,
    /// The most spare fen that it may get on top of its whole ones.
    spare: u128,
    /// By how many fen the roundings of such a share of others' relief may raise it.
    roundings: u128,
}

impl Quota {
    /// `None` if the tariff withholds it.
    fn of(tariff: &Tariff, line: &SharedLine, flat: &Flat) -> Option<Quota> {
        let weightless = Quota { whole: 0, fraction: 0, denominator: 1, spare: 0, roundings: 0 };
        let (part, of_all, stages) = match &line.basis {
            Basis::Withheld => return None,
            Basis::Total(of_all) => (line.uncovered, *of_all, 1),
            Basis::Floors(floors) => {
                if weight(tariff, line.share_by, flat) == Some(Weight(0)) {
                    return Some(weightless);
                }
                let floor = floors.iter().find(|one| Some(one.floor) == flat.floor)?;
                (floor.part, floor.weight, 2)
            }
        };
        // No flat's part is more than the whole, whatever it says of itself.
        let weight = weight(tariff, line.share_by, flat)?.min(of_all);
        if part.is_zero() || weight.0 == 0 {
            return Some(weightless);
        }
        let (whole, fraction) = quota(part.0, weight.0, of_all.0);
        let of_last = u128::from(tariff.households.saturating_sub(1));
        let (spare, roundings) = match tariff.odd_fen {
            OddFen::LargestRemainder | OddFen::Lots(_) => (u128::from(fraction > 0), stages),
            OddFen::First => (1, stages),
            OddFen::Last => (of_last, stages + of_last),
        };
        Some(Quota { whole, fraction, denominator: of_all.0, spare, roundings })
    }

    fn down(&self) -> Fen {
        Fen(self.whole)
    }

    fn up(&self) -> Fen {
        Fen(self.whole + self.spare)
    }

    fn rounded(&self) -> Fen {
        let is_half = self.fraction > 0 && self.fraction >= self.denominator - self.fraction;
        Fen(self.whole + u128::from(is_half))
    }

    /// The most that is borne for others: they are never let off more than they share.
    fn others_relief(&self, line: &SharedLine) -> Fen {
        let rest = line.uncovered.less(self.down());
        match line.others_relief {
            Some(rate) if rate.is_zero() => Fen::ZERO,
            Some(rate) => rest.min(rate.up(self.up()) + Fen(self.roundings)),
            None => rest,
        }
    }
}

/// A flat's weight; `None` if it lacks what the key asks for.
fn weight(tariff: &Tariff, share_by: ShareBy, flat: &Flat) -> Option<Weight> {
    share_by.among_households(&tariff.tables).weight(&OfTariff { tariff, flat })
}

/// A flat, to be weighed by a tariff.
struct OfTariff<'t> {
    tariff: &'t Tariff,
    flat: &'t Flat,
}

impl Weighed for OfTariff<'_> {
    fn area(&self) -> Area {
        self.flat.area
    }

    fn floor(&self) -> Option<i32> {
        self.flat.floor
    }

    fn in_column(&self, column: usize) -> Option<u64> {
        *self.flat.weights.get(column)?
    }

    fn counts(&self) -> Counts {
        self.flat.counts(self.tariff)
    }
}

/// The top-up of a flat that lacks something to the minimum: all of it, or its part of what the payers
/// who pay less for it pay, if that is not enough.
struct TopUp {
    missing: Fen,
    part: u128,
    whole: u128,
}

impl TopUp {
    fn of(tariff: &Tariff, missing: Fen) -> TopUp {
        let reducible = tariff.reducible();
        if reducible < tariff.missing {
            TopUp { missing, part: reducible.0, whole: tariff.missing.0 }
        } else {
            TopUp { missing, part: 1, whole: 1 }
        }
    }

    fn least(&self) -> Fen {
        Fen(self.missing.0 * self.part / self.whole)
    }

    fn nearest(&self) -> Fen {
        Fen((2 * self.missing.0 * self.part + self.whole) / (2 * self.whole))
    }

    /// Those who are let off something lack nothing, so that more may be left to the others.
    fn most(&self, tariff: &Tariff) -> Fen {
        if tariff.relieved_fewer_than.is_some() {
            return self.missing;
        }
        Fen((self.missing.0 * self.part).div_ceil(self.whole))
    }
}

impl Tariff {
    /// What the payers that the minimum reduces pay on shared lines.
    fn reducible(&self) -> Fen {
        let reduces = self.minimum.as_ref().map(|minimum| minimum.reduces.as_slice());
        let lines = self.lines.iter().filter_map(|line| line.shared.as_ref());
        let paid = lines.flat_map(|line| &line.paid);
        let reduced = paid.filter(|(payer, _)| reduces.unwrap_or_default().contains(payer));
        reduced.map(|&(_, paid)| paid).sum()
    }
}
