//! Splitting an amount over a line's beneficiaries in the way the line is shared.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ptr;

use num_bigint::BigUint;

use super::odd_fen;
use crate::allocate::{Allocator, NoWeight, Weights};
use crate::money::Fen;
use crate::plan::{Counts, Line, Plan, ShareBy, Table, Within, Works};

/// Splits amounts over households, line after line, in working space that is kept.
pub(super) struct Apportioner<'p> {
    plan: &'p Plan,
    allocator: Allocator,
    weights: Weights,
    kept: Vec<Kept<'p>>,
    /// The floors of a list of beneficiaries, as positions in the table.
    floors: Vec<u32>,
    /// Positions in the list of beneficiaries, floor by floor.
    by_floor: Vec<u32>,
    starts: Vec<usize>,
    parts: Vec<Fen>,
    of_bearers: Vec<Fen>,
}

/// Weights that are kept, since most lines of a plan are shared by the same few keys, among the
/// same.
struct Kept<'p> {
    share_by: ShareBy,
    beneficiaries: &'p [u32],
    /// Of the beneficiaries, those whose weights they are.
    weighed: Cow<'p, [u32]>,
    weights: Weights,
}

/// How many are kept.
const MOST_KEPT: usize = 8;

impl<'p> Apportioner<'p> {
    pub(super) fn new(plan: &'p Plan) -> Self {
        Apportioner {
            plan,
            allocator: Allocator::default(),
            weights: Weights::default(),
            kept: Vec::new(),
            floors: Vec::new(),
            by_floor: Vec::new(),
            starts: Vec::new(),
            parts: Vec::new(),
            of_bearers: Vec::new(),
        }
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
            self.allocator.split_with(amount, weights, parts, spare)
        })
    }

    /// The position of kept weights: those of that key, or else those of whom `weighed` names.
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
        weigh(self.plan, share_by, &weighed, &mut weights);
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
        match &line.works {
            Works::Individual { charges, .. } => {
                self.weights.set(charges.iter().map(|charge| charge.0));
            }
            Works::Shared { share_by: ShareBy::Floors(table, within), .. } => {
                return self.apportion_by_floors(line, *table, *within, amount, households, parts);
            }
            Works::Shared { share_by, .. } => {
                weigh(self.plan, *share_by, households, &mut self.weights);
            }
        }
        odd_fen::given(self.plan, line, &|at| households[at], |spare| {
            self.allocator.split_with(amount, &mut self.weights, parts, spare)
        })
    }

    /// First over the floors by coefficient, lowest floor first, then within each floor.
    fn apportion_by_floors(
        &mut self,
        line: &Line,
        table: usize,
        within: Within,
        amount: Fen,
        households: &[u32],
        parts: &mut [Fen],
    ) -> Result<(), NoWeight> {
        let plan = self.plan;
        let table = &plan.tables()[table];
        self.order_by_floor(table, within, households);
        let by_floor = std::mem::take(&mut self.by_floor);
        let starts = std::mem::take(&mut self.starts);
        let floors = || starts.windows(2).map(|ends| &by_floor[ends[0]..ends[1]]);

        // A floor that nobody lives on counts for nothing.
        let coefficients = table.coefficients.iter().zip(floors());
        self.weights.set(coefficients.map(
            |(&(_, coefficient), floor)| {
                if floor.is_empty() { 0 } else { coefficient.into() }
            },
        ));
        let mut of_floors = vec![Fen::ZERO; table.coefficients.len()];
        self.allocator.split(amount, &mut self.weights, &mut of_floors)?;
        for (floor, of_floor) in floors().zip(of_floors) {
            let homes = floor.iter().map(|&position| households[position as usize] as usize);
            match within {
                Within::Area => set_weights(
                    plan,
                    homes,
                    Counts::factor,
                    |index| area(plan, index),
                    &mut self.weights,
                ),
                Within::Household => {
                    set_weights(plan, homes, Counts::as_household, |_| 1, &mut self.weights)
                }
            }
            self.parts.clear();
            self.parts.resize(floor.len(), Fen::ZERO);
            odd_fen::given(plan, line, &|at| households[floor[at] as usize], |spare| {
                self.allocator.split_with(of_floor, &mut self.weights, &mut self.parts, spare)
            })?;
            for (&position, &part) in floor.iter().zip(&self.parts) {
                parts[position as usize] = part;
            }
        }
        (self.by_floor, self.starts) = (by_floor, starts);
        Ok(())
    }

    /// Orders the positions of households by floor, and within a floor as they stand, by
    /// counting: `starts` holds where each floor of the table begins, and last where all end.
    fn order_by_floor(&mut self, table: &Table, within: Within, households: &[u32]) {
        let (plan, all) = (self.plan, self.plan.households());
        let has_uses = plan.has_uses();
        // One without weight within its floor counts for nothing, and stands behind all floors.
        let nowhere = table.coefficients.len();
        let floor_of = |&household: &u32| {
            if has_uses && !plan.has_weight_within(within, household as usize) {
                return nowhere as u32;
            }
            let floor = all[household as usize].floor;
            floor.and_then(|floor| table.position(floor)).unwrap_or_default() as u32
        };
        self.floors.clear();
        self.floors.extend(households.iter().map(floor_of));
        // Counted two places on, each floor's count becomes its start, then moves to its end.
        self.starts.clear();
        self.starts.resize(table.coefficients.len() + 3, 0);
        for &floor in &self.floors {
            self.starts[floor as usize + 2] += 1;
        }
        for floor in 2..self.starts.len() {
            self.starts[floor] += self.starts[floor - 1];
        }
        self.by_floor.clear();
        self.by_floor.resize(households.len(), 0);
        for (position, &floor) in (0u32..).zip(&self.floors) {
            let next = &mut self.starts[floor as usize + 1];
            self.by_floor[*next] = position;
            *next += 1;
        }
        self.starts.pop();
    }

    /// Splits `amount` over those of a line's beneficiaries who can bear relief; answers what each
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
        let bearers = std::mem::take(&mut self.kept[kept].weighed);
        let mut parts = std::mem::take(&mut self.of_bearers);
        parts.clear();
        parts.resize(bearers.len(), Fen::ZERO);
        let split = if matches!(share_by, ShareBy::Floors(..)) {
            self.apportion(line, amount, &bearers, &mut parts)
        } else {
            let weights = &mut self.kept[kept].weights;
            odd_fen::given(self.plan, line, &|at| bearers[at], |spare| {
                self.allocator.split_with(amount, weights, &mut parts, spare)
            })
        };
        (self.kept[kept].weighed, self.of_bearers) = (bearers, parts);
        split?;
        Ok(self.kept[kept].weighed.iter().copied().zip(self.of_bearers.iter().copied()))
    }

    /// Of a line's beneficiaries, those who can bear relief: without relief of their own, and
    /// with a weight (with `within`: a coefficient, and a weight within the floor) above zero.
    pub(super) fn bearers(&mut self, line: &Line, households: &[u32]) -> Vec<u32> {
        let Works::Shared { share_by, .. } = line.works else {
            return Vec::new();
        };
        weigh(self.plan, share_by, households, &mut self.weights);
        let bearers = households.iter().enumerate().filter(|&(position, &index)| {
            self.weights.get(position) > 0 && self.plan.relief_rate(index).is_zero()
        });
        bearers.map(|(_, &index)| index).collect()
    }
}

/// The weight of each household in `share_by`; with `within` that of its floor, and zero where it
/// has none within that.
fn weigh(plan: &Plan, share_by: ShareBy, households: &[u32], weights: &mut Weights) {
    let all = plan.households();
    let households = households.iter().map(|&index| index as usize);
    let of_floor = |table: usize| move |index: usize| coefficient(plan, table, all[index].floor);
    match share_by {
        ShareBy::Area => {
            set_weights(plan, households, Counts::factor, |index| area(plan, index), weights);
        }
        ShareBy::Household => {
            set_weights(plan, households, Counts::as_household, |_| 1, weights);
        }
        ShareBy::Column(column) => {
            let column = &plan.column(column).weights;
            weights.set(households.map(|index| column[index].unwrap_or_default().into()));
        }
        ShareBy::Coefficient(table) | ShareBy::Floors(table, Within::Area) => {
            set_weights(plan, households, Counts::factor, of_floor(table), weights);
        }
        ShareBy::Floors(table, Within::Household) => {
            set_weights(plan, households, Counts::as_household, of_floor(table), weights);
        }
        ShareBy::CoefficientTimesArea(table) => {
            let of_floor = of_floor(table);
            let weight = |index| of_floor(index) * area(plan, index);
            set_weights(plan, households, Counts::factor, weight, weights);
        }
    }
}

/// What the homes on each floor weigh in a shared line together, lowest floor first; with `within` the
/// coefficient of the floor. Homes without a floor are left out, and so are individual lines.
pub(crate) fn weights_by_floor(plan: &Plan, line: &Line) -> Vec<(i32, BigUint)> {
    let Works::Shared { share_by, .. } = line.works else {
        return Vec::new();
    };
    let (households, mut weights) = (plan.beneficiaries(line), Weights::default());
    weigh(plan, share_by, households, &mut weights);
    let mut floors: BTreeMap<i32, BigUint> = BTreeMap::new();
    for (position, &household) in households.iter().enumerate() {
        let Some(floor) = plan.households()[household as usize].floor else {
            continue;
        };
        let weight = weights.get(position);
        match share_by {
            ShareBy::Floors(table, _) if weight > 0 => {
                let own = coefficient(plan, table, Some(floor));
                floors.insert(floor, own.into());
            }
            _ => *floors.entry(floor).or_default() += weight,
        }
    }
    floors.into_iter().collect()
}

/// Sets the weights of households, each times what its use makes of it.
fn set_weights(
    plan: &Plan,
    households: impl Iterator<Item = usize> + Clone,
    times: fn(Counts) -> u128,
    weight: impl Fn(usize) -> u128 + Copy,
    weights: &mut Weights,
) {
    if plan.has_uses() {
        weights.set(households.map(|index| weight(index) * times(plan.counts(index))));
    } else {
        weights.set(households.map(weight));
    }
}

fn area(plan: &Plan, household: usize) -> u128 {
    plan.households()[household].area.millionths().into()
}

fn coefficient(plan: &Plan, table: usize, floor: Option<i32>) -> u128 {
    let table = &plan.tables()[table];
    floor.and_then(|floor| table.coefficient(floor)).unwrap_or_default().into()
}

/// How large a part of a line one household can have, for bounds on what rounding does.
pub(crate) struct Portions<'p> {
    apportioner: Apportioner<'p>,
    whole: u128,
    parts: Vec<Fen>,
}

impl<'p> Portions<'p> {
    /// With parts counted in so many of a whole.
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

    /// How often a share of the line is rounded.
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
