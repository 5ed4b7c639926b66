//! Splitting an amount over a line's beneficiaries in the way the line is shared.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ptr;

use num_bigint::BigUint;

use super::odd_fen;
use crate::allocate::{Allocator, NoWeight, Weights};
use crate::money::Fen;
use crate::plan::{Line, Plan, ShareBy, Table, WeighBy, Weighing, Within, Works};

/// Splits amounts over households, line after line; keeps its working space.
pub(super) struct Apportioner<'p> {
    plan: &'p Plan,
    work: Work,
    kept: Vec<Kept<'p>>,
    of_bearers: Vec<Fen>,
}

/// The working space of one apportionment.
#[derive(Default)]
struct Work {
    allocator: Allocator,
    weights: Weights,
    floors: Floors,
    parts: Vec<Fen>,
}

/// Beneficiaries in the order of their floors.
#[derive(Default)]
struct Floors {
    /// The floor of each beneficiary, as a position in the table.
    of_each: Vec<u32>,
    /// Positions in the list of beneficiaries, floor by floor.
    by_floor: Vec<u32>,
    /// Where each floor of the table begins in `by_floor`, and last where all end.
    starts: Vec<usize>,
}

/// Cached weights: most lines of a plan are shared by the same few keys, among the same households.
struct Kept<'p> {
    share_by: ShareBy,
    beneficiaries: &'p [u32],
    /// The households that the weights belong to: all beneficiaries, or those who bear relief.
    weighed: Cow<'p, [u32]>,
    weights: Weights,
}

/// The most weights in the cache.
const MOST_KEPT: usize = 8;

impl<'p> Apportioner<'p> {
    pub(super) fn new(plan: &'p Plan) -> Self {
        Apportioner { plan, work: Work::default(), kept: Vec::new(), of_bearers: Vec::new() }
    }

    /// Splits `amount` over all beneficiaries of a line by its key.
    pub(super) fn apportion_to_all(
        &mut self,
        line: &'p Line,
        amount: Fen,
        parts: &mut [Fen],
    ) -> Result<(), NoWeight> {
        let households = self.plan.beneficiaries(line);
        let share_by = match line.works {
            Works::Shared { share_by, .. } if !matches!(share_by, ShareBy::Floors(..)) => share_by,
            _ => return self.apportion(line, amount, households, parts),
        };
        let weighed = |_: &mut Self| Cow::Borrowed(households);
        let kept = self.keep(share_by, households, weighed);
        let weights = &mut self.kept[kept].weights;
        odd_fen::given(self.plan, line, &|at| households[at], |spare| {
            self.work.allocator.split_with(amount, weights, parts, spare)
        })
    }

    /// The index of the cached weights for this key; on a miss they are computed for `weighed()`.
    fn keep(
        &mut self,
        share_by: ShareBy,
        beneficiaries: &'p [u32],
        weighed: impl FnOnce(&mut Self) -> Cow<'p, [u32]>,
    ) -> usize {
        let is_same = |kept: &Kept<'_>| {
            kept.share_by == share_by
                && (ptr::eq(kept.beneficiaries, beneficiaries)
                    || kept.beneficiaries == beneficiaries)
        };
        if let Some(position) = self.kept.iter().position(is_same) {
            return position;
        }
        let weighed = weighed(self);
        let mut weights = Weights::default();
        weigh(self.plan, share_by.at_first(self.plan.tables()), indices(&weighed), &mut weights);
        if self.kept.len() == MOST_KEPT {
            self.kept.remove(0);
        }
        self.kept.push(Kept { share_by, beneficiaries, weighed, weights });
        self.kept.len() - 1
    }

    /// Splits `amount` over `households` (indices in roster order) by the line's key.
    pub(super) fn apportion(
        &mut self,
        line: &Line,
        amount: Fen,
        households: &[u32],
        parts: &mut [Fen],
    ) -> Result<(), NoWeight> {
        self.work.apportion(self.plan, line, amount, households, parts)
    }

    /// Splits `amount` over those of a line's beneficiaries who can bear relief; returns what each
    /// of them bears.
    pub(super) fn apportion_to_bearers(
        &mut self,
        line: &'p Line,
        amount: Fen,
    ) -> Result<impl Iterator<Item = (u32, Fen)>, NoWeight> {
        let households = self.plan.beneficiaries(line);
        let Works::Shared { share_by, .. } = line.works else {
            return Err(NoWeight);
        };
        let bearers = |this: &mut Self| Cow::Owned(this.bearers(line, households));
        let kept = self.keep(share_by, households, bearers);
        let Kept { weighed, weights, .. } = &mut self.kept[kept];
        let bearers: &[u32] = weighed;
        self.of_bearers.clear();
        self.of_bearers.resize(bearers.len(), Fen::ZERO);
        let parts = &mut self.of_bearers;
        if matches!(share_by, ShareBy::Floors(..)) {
            self.work.apportion(self.plan, line, amount, bearers, parts)?;
        } else {
            odd_fen::given(self.plan, line, &|at| bearers[at], |spare| {
                self.work.allocator.split_with(amount, weights, parts, spare)
            })?;
        }
        Ok(bearers.iter().copied().zip(parts.iter().copied()))
    }

    /// Of a line's beneficiaries, those who can bear relief: without relief of their own, and
    /// with a weight (with `within`: a coefficient, and a weight within the floor) above zero.
    pub(super) fn bearers(&mut self, line: &Line, households: &[u32]) -> Vec<u32> {
        let Works::Shared { share_by, .. } = line.works else {
            return Vec::new();
        };
        let weighing = share_by.at_first(self.plan.tables());
        weigh(self.plan, weighing, indices(households), &mut self.work.weights);
        let bearers = households.iter().enumerate().filter(|&(position, &index)| {
            self.work.weights.get(position) > 0 && self.plan.relief_rate(index).is_zero()
        });
        bearers.map(|(_, &index)| index).collect()
    }
}

impl Work {
    fn apportion(
        &mut self,
        plan: &Plan,
        line: &Line,
        amount: Fen,
        households: &[u32],
        parts: &mut [Fen],
    ) -> Result<(), NoWeight> {
        match &line.works {
            Works::Individual { charges, .. } => {
                self.weights.set(charges.iter().map(|charge| charge.0));
            }
            Works::Shared { share_by: ShareBy::Floors(table, within), .. } => {
                return self.apportion_by_floors(
                    plan,
                    line,
                    (*table, *within),
                    amount,
                    households,
                    parts,
                );
            }
            Works::Shared { share_by, .. } => {
                let weighing = share_by.among_households(plan.tables());
                weigh(plan, weighing, indices(households), &mut self.weights);
            }
        }
        odd_fen::given(plan, line, &|at| households[at], |spare| {
            self.allocator.split_with(amount, &mut self.weights, parts, spare)
        })
    }

    /// First over the floors by coefficient, lowest floor first, then within each floor.
    fn apportion_by_floors(
        &mut self,
        plan: &Plan,
        line: &Line,
        (table, within): (usize, Within),
        amount: Fen,
        households: &[u32],
        parts: &mut [Fen],
    ) -> Result<(), NoWeight> {
        let weighing = ShareBy::Floors(table, within).among_households(plan.tables());
        let table = &plan.tables()[table];
        self.floors.order(plan, table, within, households);
        let floors = &self.floors;

        // A floor without households has no weight.
        let coefficients = table.coefficients.iter().zip(floors.iter());
        self.weights.set(coefficients.map(
            |(&(_, coefficient), floor)| {
                if floor.is_empty() { 0 } else { coefficient.into() }
            },
        ));
        let mut of_floors = vec![Fen::ZERO; table.coefficients.len()];
        self.allocator.split(amount, &mut self.weights, &mut of_floors)?;
        for (floor, of_floor) in floors.iter().zip(of_floors) {
            let homes = floor.iter().map(|&position| households[position as usize] as usize);
            weigh(plan, weighing, homes, &mut self.weights);
            self.parts.clear();
            self.parts.resize(floor.len(), Fen::ZERO);
            odd_fen::given(plan, line, &|at| households[floor[at] as usize], |spare| {
                self.allocator.split_with(of_floor, &mut self.weights, &mut self.parts, spare)
            })?;
            for (&position, &part) in floor.iter().zip(&self.parts) {
                parts[position as usize] = part;
            }
        }
        Ok(())
    }
}

impl Floors {
    /// The positions of the beneficiaries on each floor of the table.
    fn iter(&self) -> impl Iterator<Item = &[u32]> + Clone {
        self.starts.windows(2).map(|ends| &self.by_floor[ends[0]..ends[1]])
    }

    /// Orders the positions of households by floor, and within a floor as they stand, by
    /// counting.
    fn order(&mut self, plan: &Plan, table: &Table, within: Within, households: &[u32]) {
        let all = plan.households();
        let has_uses = plan.has_uses();
        // A household without a weight within its floor is put behind all floors.
        let nowhere = table.coefficients.len();
        let floor_of = |&household: &u32| {
            if has_uses && !plan.has_weight_within(within, household as usize) {
                return nowhere as u32;
            }
            let floor = all[household as usize].floor;
            floor.and_then(|floor| table.position(floor)).unwrap_or_default() as u32
        };
        self.of_each.clear();
        self.of_each.extend(households.iter().map(floor_of));
        // Counted two places on, each floor's count becomes its start, then moves to its end.
        self.starts.clear();
        self.starts.resize(table.coefficients.len() + 3, 0);
        for &floor in &self.of_each {
            self.starts[floor as usize + 2] += 1;
        }
        for floor in 2..self.starts.len() {
            self.starts[floor] += self.starts[floor - 1];
        }
        self.by_floor.clear();
        self.by_floor.resize(households.len(), 0);
        for (position, &floor) in (0u32..).zip(&self.of_each) {
            let next = &mut self.starts[floor as usize + 1];
            self.by_floor[*next] = position;
            *next += 1;
        }
        self.starts.pop();
    }
}

/// What the homes on each floor weigh in a shared line together, lowest floor first; with `within` the
/// coefficient of the floor. Homes without a floor are left out, and so are individual lines.
pub(crate) fn weights_by_floor(plan: &Plan, line: &Line) -> Vec<(i32, BigUint)> {
    let Works::Shared { share_by, .. } = line.works else {
        return Vec::new();
    };
    let (households, mut weights) = (plan.beneficiaries(line), Weights::default());
    weigh(plan, share_by.at_first(plan.tables()), indices(households), &mut weights);
    let mut floors: BTreeMap<i32, BigUint> = BTreeMap::new();
    for (position, &household) in households.iter().enumerate() {
        let Some(floor) = plan.households()[household as usize].floor else {
            continue;
        };
        let weight = weights.get(position);
        match share_by {
            ShareBy::Floors(table, _) if weight > 0 => {
                let own = plan.tables()[table].coefficient(floor).unwrap_or_default();
                floors.insert(floor, own.into());
            }
            _ => *floors.entry(floor).or_default() += weight,
        }
    }
    floors.into_iter().collect()
}

/// Sets the weight of each household.
fn weigh(
    plan: &Plan,
    weighing: Weighing<'_>,
    households: impl Iterator<Item = usize> + Clone,
    weights: &mut Weights,
) {
    // The key is matched here once, and not again for each household.
    let with = |by| Weighing { by, ..weighing };
    match weighing.by {
        WeighBy::Area => set_weights(plan, with(WeighBy::Area), households, weights),
        WeighBy::Household => set_weights(plan, with(WeighBy::Household), households, weights),
        WeighBy::Column(column) => {
            set_weights(plan, with(WeighBy::Column(column)), households, weights);
        }
        WeighBy::Coefficient(table) => {
            set_weights(plan, with(WeighBy::Coefficient(table)), households, weights);
        }
        WeighBy::CoefficientTimesArea(table) => {
            let by = WeighBy::CoefficientTimesArea(table);
            set_weights(plan, with(by), households, weights);
        }
    }
}

#[inline(always)]
fn set_weights(
    plan: &Plan,
    weighing: Weighing<'_>,
    households: impl Iterator<Item = usize> + Clone,
    weights: &mut Weights,
) {
    // Reading has checked that no value is missing.
    let own = |index| weighing.own(&plan.weighed(index)).unwrap_or_default();
    if plan.has_uses() {
        let counts = |index| weighing.counts(&plan.weighed(index)).unwrap_or(1);
        weights.set(households.map(|index| own(index) * counts(index)));
    } else {
        weights.set(households.map(own));
    }
}

fn indices(households: &[u32]) -> impl Iterator<Item = usize> + Clone {
    households.iter().map(|&index| index as usize)
}

/// The largest part of a line that one household can have, for bounds on the effect of rounding.
pub(crate) struct Portions<'p> {
    apportioner: Apportioner<'p>,
    whole: u128,
    parts: Vec<Fen>,
}

impl<'p> Portions<'p> {
    /// With parts counted in units of which `whole` make a line.
    pub(crate) fn new(plan: &'p Plan, whole: u128) -> Self {
        Portions { apportioner: Apportioner::new(plan), whole, parts: Vec::new() }
    }

    /// No household has a larger part of the line than this.
    pub(crate) fn largest(&mut self, line: &Line, households: &[u32]) -> u128 {
        self.parts.clear();
        self.parts.resize(households.len(), Fen::ZERO);
        let whole = Fen(self.whole);
        match self.apportioner.apportion(line, whole, households, &mut self.parts) {
            // Rounded as often as a share is, which is twice at most.
            Ok(()) => self.parts.iter().max().map_or(0, |part| part.0 + 2).min(self.whole),
            Err(NoWeight) => 0,
        }
    }

    /// The number of times that a share of the line is rounded.
    pub(crate) fn roundings(&self, line: &Line) -> u128 {
        match line.works {
            Works::Shared { share_by: ShareBy::Floors(..), .. } => 2,
            _ => 1,
        }
    }

    /// Those who can bear relief of the line.
    pub(crate) fn bearers(&mut self, line: &Line, households: &[u32]) -> Vec<u32> {
        self.apportioner.bearers(line, households)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;

    #[test]
    fn portions_bound_what_one_household_has_of_a_line() {
        let plan = br#"{
            "fentan": 1,
            "lines": [
                { "id": "roof", "amount": "100" },
                { "id": "lift", "amount": "100", "share_by": { "table": "lift", "within": "area" } }
            ],
            "tables": { "lift": { "1": "0%", "2": "100%" } },
            "relief": { "rates": { "dibao": "50%" } },
            "households": [
                { "id": "low", "area": "60", "floor": 1 },
                { "id": "high", "area": "25", "floor": 2 },
                { "id": "relieved", "area": "15", "floor": 2, "hardship": "dibao" }
            ]
        }"#;
        let plan = Document::from_json(plan).expect("JSON");
        let plan = Plan::read(&plan, None).expect("a plan");
        let [roof, lift] = plan.lines() else { unreachable!("two lines") };
        let mut portions = Portions::new(&plan, 1_000);
        let (of_roof, of_lift) = (plan.beneficiaries(roof), plan.beneficiaries(lift));
        // 60 of 100, and 25 of the 40 on the floor that pays; two more for rounding.
        assert_eq!(portions.largest(roof, of_roof), 602);
        assert_eq!(portions.largest(lift, of_lift), 627);
        assert_eq!(portions.largest(roof, &of_roof[..1]), 1_000, "no more than all");
        assert_eq!((portions.roundings(roof), portions.roundings(lift)), (1, 2));
        assert_eq!(portions.bearers(roof, of_roof), [0, 1]);
        assert_eq!(portions.bearers(lift, of_lift), [1], "and not who has no weight");
    }
}
