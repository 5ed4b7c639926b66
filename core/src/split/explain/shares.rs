//! Step 2, shares: a household's weight in a line and its part of it.

use super::{Explainer, allocated, floors};
use crate::money::Fen;
use crate::plan::{Line, ShareBy, Within, Works};
use crate::reason::{Term, WeightKind};

impl<'p> Explainer<'p> {
    pub(super) fn floor(&self, household: usize) -> Option<i32> {
        self.plan.households().get(household)?.floor
    }

    pub(super) fn beneficiaries(&self, line: usize) -> Option<&'p [u32]> {
        Some(self.steps.shares.lines.get(line)?.beneficiaries)
    }

    pub(super) fn coefficient(&self, table: usize, floor: Option<i32>) -> u128 {
        let table = &self.plan.tables()[table];
        floor.and_then(|floor| table.coefficient(floor)).unwrap_or_default().into()
    }

    /// A household's weight in a line; with `within`, its weight within its floor.
    pub(super) fn weight(&self, line: &Line, household: usize) -> (WeightKind, u128) {
        let of = &self.plan.households()[household];
        let area = u128::from(of.area.millionths());
        match &line.works {
            Works::Individual { households, charges } => {
                let position = households.binary_search(&(household as u32));
                let charge = position.map_or(Fen::ZERO, |position| charges[position]);
                (WeightKind::Money, charge.0)
            }
            Works::Shared { share_by, .. } => match *share_by {
                ShareBy::Area | ShareBy::Floors(_, Within::Area) => (WeightKind::Area, area),
                ShareBy::Household | ShareBy::Floors(_, Within::Household) => {
                    (WeightKind::Household, 1)
                }
                ShareBy::Column(column) => {
                    let weight = self.plan.column(column).weights[household].unwrap_or_default();
                    (WeightKind::Column, weight.into())
                }
                ShareBy::Coefficient(table) => {
                    (WeightKind::Coefficient, self.coefficient(table, of.floor))
                }
                ShareBy::CoefficientTimesArea(table) => {
                    (WeightKind::CoefficientTimesArea, self.coefficient(table, of.floor) * area)
                }
            },
        }
    }

    /// A household's part of a line's total, or with `within` of its floor's.
    pub(super) fn part(
        &self,
        line: usize,
        household: usize,
        total: Term,
        households: &[u32],
    ) -> Option<Term> {
        let of_line = &self.plan.lines()[line];
        let on_floor = |index: &u32| {
            floors(of_line).is_none() || self.floor(*index as usize) == self.floor(household)
        };
        let sharing: Vec<u32> = households.iter().copied().filter(on_floor).collect();
        let position = sharing.binary_search(&(household as u32)).ok()?;
        let kind = self.weight(of_line, household).0;
        let weights = sharing.iter().map(|&index| self.weight(of_line, index as usize).1);
        Some(allocated(total, kind, &weights.collect::<Vec<_>>(), position))
    }

    /// With `within`, a floor's part of a line's total.
    pub(super) fn of_floor(
        &self,
        line: usize,
        floor: i32,
        total: Term,
        households: &[u32],
    ) -> Option<Term> {
        let (table, _) = floors(self.plan.lines().get(line)?)?;
        let mut present: Vec<i32> =
            households.iter().filter_map(|&index| self.floor(index as usize)).collect();
        present.sort_unstable();
        present.dedup();
        let position = present.binary_search(&floor).ok()?;
        let weights = present.iter().map(|&floor| self.coefficient(table, Some(floor)));
        Some(allocated(total, WeightKind::Coefficient, &weights.collect::<Vec<_>>(), position))
    }
}
