//! Step 2, shares: a household's weight in a line and its part of it.

use super::super::odd_fen;
use super::Explainer;
use super::term::allocated;
use crate::allocate::Standing;
use crate::money::Fen;
use crate::number::Factor;
use crate::plan::{Line, OddFen, ShareBy, WeighBy, Weighing, Within, Works};
use crate::reason::{Figure, Quantity, SpareRule, Term, WeightKind};

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

    /// A household's weight in a line, times what its use counts for where homes have uses; of a line
    /// that is shared by floors, its weight within its floor.
    fn weight(&self, line: &Line, household: usize) -> (WeightKind, u128) {
        match &line.works {
            Works::Individual { households, charges } => {
                let position = households.binary_search(&(household as u32));
                let charge = position.map_or(Fen::ZERO, |position| charges[position]);
                (WeightKind::Money, charge.0)
            }
            Works::Shared { share_by, .. } => {
                let weighing = share_by.among_households(self.plan.tables());
                let own = weighing.own(&self.plan.weighed(household)).unwrap_or_default();
                (kind_of(weighing), own * self.counts(line, household).unwrap_or(1))
            }
        }
    }

    /// The factor of a household's use in a line, in millionths; `None` if no home has a use, and for a
    /// column, which no factor changes.
    fn counts(&self, line: &Line, household: usize) -> Option<u128> {
        let Works::Shared { share_by, .. } = line.works else {
            return None;
        };
        let weighing = share_by.among_households(self.plan.tables());
        self.plan.has_uses().then(|| weighing.counts(&self.plan.weighed(household)))?
    }

    /// The same, with its path in the plan.
    fn factor(&self, line: &Line, household: usize) -> Option<Box<Term>> {
        let counted = self.counts(line, household)?;
        let home = &self.plan.households()[household];
        let (path, factor) = match self.plan.use_of(home) {
            None => ("uses".to_owned(), Factor::ONE),
            Some(of) if counted == of.counts().factor() => {
                (format!("uses.{}.factor", of.name), of.factor)
            }
            Some(of) => (format!("uses.{}.household", of.name), Factor::ZERO),
        };
        Some(Box::new(Term::Given { path, value: Quantity::Factor(factor) }))
    }

    /// Whether a beneficiary has no weight within its floor, and so no part of the line.
    pub(super) fn is_weightless(&self, line: usize, household: usize) -> bool {
        let within = floors(&self.plan.lines()[line]).map(|(_, within)| within);
        within.is_some_and(|within| !self.plan.has_weight_within(within, household))
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
        if self.is_weightless(line, household) {
            return Some(Term::Sum(Vec::new()));
        }
        let on_floor = |index: &u32| {
            let index = *index as usize;
            floors(of_line).is_none()
                || (self.floor(index) == self.floor(household) && !self.is_weightless(line, index))
        };
        let sharing: Vec<u32> = households.iter().copied().filter(on_floor).collect();
        let position = sharing.binary_search(&(household as u32)).ok()?;
        let kind = self.weight(of_line, household).0;
        let weights = sharing.iter().map(|&index| self.weight(of_line, index as usize).1);
        let weights: Vec<u128> = weights.collect();
        let plan = self.plan;
        let standing = odd_fen::given(plan, of_line, &|at| sharing[at], |spare| {
            Standing::of(total.amount(), &weights, position, spare)
        });
        let rule = match plan.odd_fen() {
            OddFen::LargestRemainder => SpareRule::LargestRemainder,
            OddFen::First => SpareRule::First,
            OddFen::Last => SpareRule::Last,
            OddFen::Lots(seed) => {
                let home = &plan.households()[household].id;
                let [first, second, third, fourth, ..] = odd_fen::lot(seed, &of_line.id, home);
                SpareRule::Lots { lot: [first, second, third, fourth] }
            }
        };
        Some(Term::Allocated {
            total: Box::new(total),
            kind,
            weight: weights[position],
            weights: weights.iter().sum(),
            factor: self.factor(of_line, household),
            rule,
            before: standing.before,
            spare: standing.spare,
        })
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
        let present = households.iter().map(|&index| index as usize);
        let present = present.filter(|&index| !self.is_weightless(line, index));
        let mut present: Vec<i32> = present.filter_map(|index| self.floor(index)).collect();
        present.sort_unstable();
        present.dedup();
        let position = present.binary_search(&floor).ok()?;
        let weights = present.iter().map(|&floor| self.coefficient(table, Some(floor)));
        Some(allocated(total, WeightKind::Coefficient, &weights.collect::<Vec<_>>(), position))
    }

    /// A floor's part of what the sources leave of a line.
    pub(super) fn floor_share(&self, line: usize, floor: i32) -> Option<Term> {
        let total = self.figure(Figure::Uncovered { line })?;
        self.of_floor(line, floor, total, self.beneficiaries(line)?)
    }

    /// A household's part of what the sources leave of a line.
    pub(super) fn line_share(&self, household: usize, line: usize) -> Option<Term> {
        let households = self.beneficiaries(line)?;
        if self.is_weightless(line, household) {
            return Some(Term::Sum(Vec::new()));
        }
        let (line_of, floor) = (&self.plan.lines()[line], self.floor(household));
        let total = match floors(line_of) {
            Some(_) => Figure::FloorShare { line, floor: floor? },
            None => Figure::Uncovered { line },
        };
        self.part(line, household, self.figure(total)?, households)
    }
}

/// The table and the key within a floor of a line that is shared by floors.
pub(super) fn floors(line: &Line) -> Option<(usize, Within)> {
    match line.works {
        Works::Shared { share_by: ShareBy::Floors(table, within), .. } => Some((table, within)),
        _ => None,
    }
}

fn kind_of(weighing: Weighing<'_>) -> WeightKind {
    match weighing.by {
        WeighBy::Area => WeightKind::Area,
        WeighBy::Household => WeightKind::Household,
        WeighBy::Column(_) => WeightKind::Column,
        WeighBy::Coefficient(_) => WeightKind::Coefficient,
        WeighBy::CoefficientTimesArea(_) => WeightKind::CoefficientTimesArea,
    }
}
