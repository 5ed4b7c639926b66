//! What each floor pays of a lift, beside the official interval.

use num_bigint::BigUint;

use super::{Detail, Review, name_of};
use crate::number::Rate;
use crate::plan::Subject;
use crate::policy::Rule;
use crate::split::weights_by_floor;

impl Review<'_> {
    /// Floors whose part of a lift is outside the interval for a building of so many storeys; a
    /// line without storeys, or of others than the intervals', is passed over.
    pub(super) fn interval(&mut self, rule: &Rule) {
        for (index, line, _) in self.lines() {
            let is_lift = line.subject == Some(Subject::Lift) && line.is_shared();
            let interval = rule.bounds.intervals.iter();
            let mut interval = interval.filter(|one| Some(one.storeys) == line.storeys);
            let (Some(interval), true) = (interval.next(), is_lift) else {
                continue;
            };
            let weights = weights_by_floor(self.plan, line);
            let all: BigUint = weights.iter().map(|(_, weight)| weight).sum();
            let outside = interval.floors.iter().filter(|(floor, least, most)| {
                let own = weights.iter().find(|(of, _)| of == floor);
                own.is_some_and(|(_, own)| {
                    let is_below = |rate: &Rate| own * rate.denominator() < &all * rate.numerator();
                    let is_above = own * most.denominator() > &all * most.numerator();
                    is_below(least) || is_above
                })
            });
            let outside: Vec<String> = outside
                .map(|(floor, least, most)| {
                    format!("{floor}: {}–{}", least.written(), most.written())
                })
                .collect();
            if !outside.is_empty() {
                let values = [
                    ("line", name_of(line)),
                    ("storeys", Detail::Count(interval.storeys as usize)),
                    ("floors", Detail::Names(outside)),
                ];
                self.find(rule, format!("lines[{index}].share_by"), values);
            }
        }
    }
}
