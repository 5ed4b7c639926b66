//! Splitting an amount over a line's beneficiaries in the way the line is shared.

use crate::allocate::{Allocator, NoWeight};
use crate::money::Fen;
use crate::plan::{Line, Plan, ShareBy, Within, Works};

/// Splits amounts over households, line after line, in working space that is kept.
pub(super) struct Apportioner<'p> {
    plan: &'p Plan,
    allocator: Allocator,
    weights: Vec<u128>,
    /// Positions in the list of beneficiaries, floor by floor.
    by_floor: Vec<u32>,
    parts: Vec<Fen>,
}

impl<'p> Apportioner<'p> {
    pub(super) fn new(plan: &'p Plan) -> Self {
        Apportioner {
            plan,
            allocator: Allocator::default(),
            weights: Vec::new(),
            by_floor: Vec::new(),
            parts: Vec::new(),
        }
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
                self.weigh(charges.iter().map(|charge| charge.0));
            }
            Works::Shared { share_by: ShareBy::Floors(table, within), .. } => {
                return self.apportion_by_floors(*table, *within, amount, households, parts);
            }
            Works::Shared { share_by, .. } => self.weigh_shared(*share_by, households),
        }
        self.allocator.allocate(amount, &self.weights, parts)
    }

    /// The weight of each household in `share_by`; with `within` that of its floor.
    fn weigh_shared(&mut self, share_by: ShareBy, households: &[u32]) {
        let plan = self.plan;
        let all = plan.households();
        let households = households.iter().map(|&index| index as usize);
        match share_by {
            ShareBy::Area => self.weigh(households.map(|index| area(plan, index))),
            ShareBy::Household => self.weigh(households.map(|_| 1)),
            ShareBy::Column(column) => {
                let weights = &plan.column(column).weights;
                self.weigh(households.map(|index| weights[index].unwrap_or_default().into()));
            }
            ShareBy::Coefficient(table) | ShareBy::Floors(table, _) => {
                self.weigh(households.map(|index| coefficient(plan, table, all[index].floor)));
            }
            ShareBy::CoefficientTimesArea(table) => self.weigh(
                households
                    .map(|index| coefficient(plan, table, all[index].floor) * area(plan, index)),
            ),
        }
    }

    fn weigh(&mut self, weights: impl Iterator<Item = u128>) {
        self.weights.clear();
        self.weights.extend(weights);
    }

    /// First over the floors by coefficient, lowest floor first, then within each floor.
    fn apportion_by_floors(
        &mut self,
        table: usize,
        within: Within,
        amount: Fen,
        households: &[u32],
        parts: &mut [Fen],
    ) -> Result<(), NoWeight> {
        let plan = self.plan;
        let floor_at =
            |position: u32| plan.households()[households[position as usize] as usize].floor;
        self.by_floor.clear();
        self.by_floor.extend((0u32..).take(households.len()));
        self.by_floor.sort_by_key(|&position| floor_at(position));
        let by_floor = std::mem::take(&mut self.by_floor);
        let floors = || by_floor.chunk_by(|&one, &next| floor_at(one) == floor_at(next));

        self.weigh(floors().map(|floor| coefficient(plan, table, floor_at(floor[0]))));
        let mut of_floors = vec![Fen::ZERO; self.weights.len()];
        self.allocator.allocate(amount, &self.weights, &mut of_floors)?;
        for (floor, of_floor) in floors().zip(of_floors) {
            self.weigh(floor.iter().map(|&position| match within {
                Within::Area => area(plan, households[position as usize] as usize),
                Within::Household => 1,
            }));
            self.parts.clear();
            self.parts.resize(floor.len(), Fen::ZERO);
            self.allocator.allocate(of_floor, &self.weights, &mut self.parts)?;
            for (&position, &part) in floor.iter().zip(&self.parts) {
                parts[position as usize] = part;
            }
        }
        self.by_floor = by_floor;
        Ok(())
    }

    /// Of a line's beneficiaries, those who can bear relief: without relief of their own, and
    /// with a weight (with `within`: a coefficient) above zero.
    pub(super) fn bearers(&mut self, line: &Line, households: &[u32], bearers: &mut Vec<u32>) {
        bearers.clear();
        let Works::Shared { share_by, .. } = line.works else {
            return;
        };
        self.weigh_shared(share_by, households);
        let weighed = households.iter().zip(&self.weights);
        bearers.extend(
            weighed
                .filter(|&(&index, &weight)| weight > 0 && self.plan.relief_rate(index).is_zero())
                .map(|(&index, _)| index),
        );
    }
}

fn area(plan: &Plan, household: usize) -> u128 {
    plan.households()[household].area.millionths().into()
}

fn coefficient(plan: &Plan, table: usize, floor: Option<i32>) -> u128 {
    let coefficients = &plan.tables()[table].coefficients;
    floor.and_then(|floor| coefficients.get(&floor)).copied().unwrap_or_default().into()
}
