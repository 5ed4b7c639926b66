//! A city's aid that rises and falls with what the residents pay.

use super::{Detail, Review};
use crate::money::Fen;
use crate::number::{Rate, per_area};
use crate::plan::{Source, SourceKind, Subject};
use crate::policy::Rule;

impl Review<'_> {
    /// What the city's aid comes to by the rule, beside what its sources pay: base × (ratio ± effort) ×
    /// area. Each percent that residents pay above their least part raises the ratio, each below it
    /// lowers it; a part of a percent counts as one. Lifts are left out, and lines without a tier.
    pub(super) fn aid_by_effort(&mut self, rule: &Rule) {
        let Some(effort) = rule.bounds.effort else {
            return;
        };
        let has_city = self.plan.sources().iter().any(is_of_city);
        let is_known = self.plan.compound().is_some_and(|compound| compound.aid_ratio.is_some());
        if !has_city && !is_known {
            return;
        }
        let Some(ratio) = self.stated(rule, "aid_ratio", |compound| compound.aid_ratio) else {
            return;
        };
        let (mut works, mut residents, mut aid) = (Fen::ZERO, Fen::ZERO, Fen::ZERO);
        // The least part of all tiers together, as a fraction of fen.
        let mut least = (0, 1);
        for (_, line, split) in self.lines() {
            let rate = rule.rates.iter().find(|(tier, _)| Some(*tier) == line.tier);
            let Some(&(_, rate)) = rate.filter(|_| line.is_shared()) else {
                continue;
            };
            if line.subject == Some(Subject::Lift) {
                continue;
            }
            let paid: Fen = split.paid.iter().map(|&(_, paid)| paid).sum();
            works += split.amount;
            residents += split.amount - paid;
            least = plus(least, (rate.numerator() * split.amount.0, rate.denominator()));
            aid += self.paid_by_city(split);
        }
        let area = self.plan.total_area();
        if works.is_zero() || area == 0 {
            return;
        }
        let (own, bar) = (residents.0 * least.1, least.0);
        let points = (own.abs_diff(bar) * 100).div_ceil(works.0 * least.1);
        let step = if own >= bar { effort.up } else { effort.down };
        let moved = times(step, points);
        let moved = if own >= bar && effort.cap.is_below(moved) { effort.cap } else { moved };
        let rate = if own >= bar { sum(ratio, moved) } else { difference(ratio, moved) };
        let base = per_area(effort.per_area, area).min(works);
        let due = rate.of(base);
        if due != aid {
            let values = [
                ("points", Detail::Count(usize::try_from(points).unwrap_or(usize::MAX))),
                ("verdict", Detail::Verdict(if own >= bar { "above" } else { "short" })),
                ("rate", Detail::Rate(rate)),
                ("base", Detail::Money(base)),
                ("due", Detail::Money(due)),
                ("paid", Detail::Money(aid)),
            ];
            self.find(rule, "sources", values);
        }
    }

    /// What the city pays of a line.
    fn paid_by_city(&self, split: &crate::split::LineSplit) -> Fen {
        let is_by_city = |id: &str| {
            let source = self.plan.sources().iter().find(|source| source.id == id);
            source.is_some_and(is_of_city)
        };
        split.paid.iter().filter(|(id, _)| is_by_city(id)).map(|&(_, paid)| paid).sum()
    }
}

fn is_of_city(source: &Source) -> bool {
    source.kind == Some(SourceKind::City)
}

/// The sum of two fractions.
fn plus(one: (u128, u128), other: (u128, u128)) -> (u128, u128) {
    if one.1 == other.1 {
        return (one.0 + other.0, one.1);
    }
    (one.0 * other.1 + other.0 * one.1, one.1 * other.1)
}

fn times(rate: Rate, count: u128) -> Rate {
    Rate::fraction(rate.numerator() * count, rate.denominator())
}

fn sum(one: Rate, other: Rate) -> Rate {
    let (numerator, denominator) =
        plus((one.numerator(), one.denominator()), (other.numerator(), other.denominator()));
    Rate::fraction(numerator, denominator)
}

/// What is left of a rate, nothing where the other is more.
fn difference(one: Rate, other: Rate) -> Rate {
    let whole = (one.numerator() * other.denominator(), other.numerator() * one.denominator());
    Rate::fraction(whole.0.saturating_sub(whole.1), one.denominator() * other.denominator())
}
