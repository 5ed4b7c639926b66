//! Splitting an amount over a line's beneficiaries in the way the line is shared.

use crate::allocate::{Allocator, NoWeight, Weights};
use crate::money::Fen;
use crate::plan::{Line, Plan, ShareBy, Table, Within, Works};

/// Splits amounts over households, line after line, in working space that is kept.
pub(super) struct Apportioner<'p> {
    plan: &'p Plan,
    allocator: Allocator,
    weights: Weights,
    /// Whose weights those are, while they may serve the next line too.
    weighed: Option<(ShareBy, &'p [u32])>,
    /// Those beneficiaries whose bearers they are the weights of.
    weighed_bearers: Option<(ShareBy, &'p [u32])>,
    /// Positions in the list of beneficiaries, floor by floor.
    by_floor: Vec<u32>,
    starts: Vec<usize>,
    parts: Vec<Fen>,
}

impl<'p> Apportioner<'p> {
    pub(super) fn new(plan: &'p Plan) -> Self {
        Apportioner {
            plan,
            allocator: Allocator::default(),
            weights: Weights::default(),
            weighed: None,
            weighed_bearers: None,
            by_floor: Vec::new(),
            starts: Vec::new(),
            parts: Vec::new(),
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
        // Most lines of a plan are shared by the same key, among the same.
        if self.weighed != Some((share_by, households)) {
            self.weigh_shared(share_by, households);
            self.weighed = Some((share_by, households));
        }
        self.allocator.split(amount, &mut self.weights, parts)
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
        self.allocator.split(amount, &mut self.weights, parts)
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

    fn weigh(&mut self, weights: impl Iterator<Item = u128> + Clone) {
        (self.weighed, self.weighed_bearers) = (None, None);
        self.weights.set(weights);
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
        let table = &plan.tables()[table];
        self.order_by_floor(table, households);
        let by_floor = std::mem::take(&mut self.by_floor);
        let starts = std::mem::take(&mut self.starts);
        let floors = || starts.windows(2).map(|ends| &by_floor[ends[0]..ends[1]]);

        // A floor that nobody lives on counts for nothing.
        let coefficients = table.coefficients.iter().zip(floors());
        self.weigh(coefficients.map(
            |(&(_, coefficient), floor)| {
                if floor.is_empty() { 0 } else { coefficient.into() }
            },
        ));
        let mut of_floors = vec![Fen::ZERO; table.coefficients.len()];
        self.allocator.split(amount, &mut self.weights, &mut of_floors)?;
        for (floor, of_floor) in floors().zip(of_floors) {
            self.weigh(floor.iter().map(|&position| match within {
                Within::Area => area(plan, households[position as usize] as usize),
                Within::Household => 1,
            }));
            self.parts.clear();
            self.parts.resize(floor.len(), Fen::ZERO);
            self.allocator.split(of_floor, &mut self.weights, &mut self.parts)?;
            for (&position, &part) in floor.iter().zip(&self.parts) {
                parts[position as usize] = part;
            }
        }
        (self.by_floor, self.starts) = (by_floor, starts);
        Ok(())
    }

    /// Orders the positions of households by floor, and within a floor as they stand, by
    /// counting: `starts` holds where each floor of the table begins, and last where all end.
    fn order_by_floor(&mut self, table: &Table, households: &[u32]) {
        let plan = self.plan;
        let floor_of = |&household: &u32| {
            let floor = plan.households()[household as usize].floor;
            floor.and_then(|floor| table.position(floor)).unwrap_or_default()
        };
        // Counted two places on, each floor's count becomes its start, then moves to its end.
        self.starts.clear();
        self.starts.resize(table.coefficients.len() + 2, 0);
        for household in households {
            self.starts[floor_of(household) + 2] += 1;
        }
        for floor in 2..self.starts.len() {
            self.starts[floor] += self.starts[floor - 1];
        }
        self.by_floor.clear();
        self.by_floor.resize(households.len(), 0);
        for (position, household) in (0u32..).zip(households) {
            let next = &mut self.starts[floor_of(household) + 1];
            self.by_floor[*next] = position;
            *next += 1;
        }
        self.starts.pop();
    }

    /// Splits `amount` over those of a line's beneficiaries who can bear relief: `bearers` is who
    /// they were of the line before and who they are now, `parts` what each of them bears.
    pub(super) fn apportion_to_bearers(
        &mut self,
        line: &'p Line,
        amount: Fen,
        bearers: &mut Vec<u32>,
        parts: &mut Vec<Fen>,
    ) -> Result<(), NoWeight> {
        let households = self.plan.beneficiaries(line);
        let Works::Shared { share_by, .. } = line.works else {
            return Err(NoWeight);
        };
        let is_known = self.weighed_bearers == Some((share_by, households));
        if !is_known {
            self.bearers(line, households, bearers);
        }
        parts.clear();
        parts.resize(bearers.len(), Fen::ZERO);
        if matches!(share_by, ShareBy::Floors(..)) {
            return self.apportion(line, amount, bearers, parts);
        }
        if !is_known {
            self.weigh_shared(share_by, bearers);
            self.weighed_bearers = Some((share_by, households));
        }
        self.allocator.split(amount, &mut self.weights, parts)
    }

    /// Of a line's beneficiaries, those who can bear relief: without relief of their own, and
    /// with a weight (with `within`: a coefficient) above zero.
    pub(super) fn bearers(&mut self, line: &Line, households: &[u32], bearers: &mut Vec<u32>) {
        bearers.clear();
        let Works::Shared { share_by, .. } = line.works else {
            return;
        };
        self.weigh_shared(share_by, households);
        bearers.extend(
            households
                .iter()
                .enumerate()
                .filter(|&(position, &index)| {
                    self.weights.get(position) > 0 && self.plan.relief_rate(index).is_zero()
                })
                .map(|(_, &index)| index),
        );
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
        let mut bearers = Vec::new();
        self.apportioner.bearers(line, households, &mut bearers);
        bearers
    }
}
