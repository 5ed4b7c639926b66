//! The reasons of figures, found only on request; a file for each step. `value.rs` has the value of a
//! figure, `clauses.rs` the clauses it rests on.

mod channels;
mod clauses;
mod due;
mod household;
mod maintenance_fund;
mod minimum;
mod relief;
mod shares;
mod sources;
mod term;
mod value;

use super::Steps;
use crate::money::Fen;
use crate::plan::Plan;
use crate::problem::Problems;
use crate::reason::{Figure, HouseholdFigure, Quantity, Reason, Term};
use term::money;

/// Explains the figures of a plan's split.
///
/// ```
/// use fentan_core::{Document, Explainer, Figure, HouseholdFigure, Plan, Term};
/// let document = Document::from_json(br#"{ "fentan": 1,
///     "lines": [{ "id": "gate", "amount": "100", "share_by": "household" }],
///     "households": [{ "id": "1", "area": "60" }, { "id": "2", "area": "60" }] }"#)?;
/// let plan = Plan::read(&document, None)?;
/// let explainer = Explainer::new(&plan)?;
/// let reason = explainer.reason(Figure::LineShare { household: 0, line: 0 }).unwrap();
/// assert_eq!(reason.value.to_string(), "50.00");
/// assert!(matches!(reason.formula, Term::Allocated { weight: 1, weights: 2, .. }));
/// # Ok::<(), fentan_core::Problems>(())
/// ```
pub struct Explainer<'p> {
    plan: &'p Plan,
    steps: Steps<'p>,
    rounds: Vec<KeptRound>,
}

/// What a household pays of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct LinePart {
    /// The household, an index of the roster.
    pub household: usize,
    /// Its share, before relief.
    pub share: Fen,
    /// What it is let off.
    pub relief: Fen,
    /// What it bears for others' relief.
    pub borne: Fen,
}

impl LinePart {
    /// share − relief + borne; a top-up to the minimum is of no line.
    pub fn due(&self) -> Fen {
        self.share - self.relief + self.borne
    }
}

/// A round of sharing the public revenue, kept.
struct KeptRound {
    pool: Fen,
    owing: Vec<usize>,
    areas: Vec<u128>,
}

impl<'p> Explainer<'p> {
    /// Takes the seven steps and keeps their results.
    ///
    /// # Errors
    /// `no-weight` and `relief-unborne`, as in [`split`](crate::split()).
    pub fn new(plan: &'p Plan) -> Result<Self, Problems> {
        let mut rounds = Vec::new();
        let steps = Steps::take_watched(plan, &mut |round| {
            rounds.push(KeptRound {
                pool: round.pool,
                owing: round.owing.to_vec(),
                areas: round.areas.to_vec(),
            });
        })?;
        Ok(Explainer { plan, steps, rounds })
    }

    /// The reason of a figure; `None` if the plan has no such figure.
    pub fn reason(&self, figure: Figure) -> Option<Reason> {
        let formula = self.formula(figure)?;
        Some(Reason { figure, value: self.value(figure)?, formula, clauses: self.clauses(figure) })
    }

    /// The shared and individual lines that a household benefits from.
    pub fn lines_of(&self, household: usize) -> impl Iterator<Item = usize> {
        let lines = self.steps.shares.lines.iter().enumerate();
        lines.filter_map(move |(index, line)| {
            line.beneficiaries.binary_search(&(household as u32)).ok().map(|_| index)
        })
    }

    /// What each beneficiary of a line pays of it, in roster order; empty if the plan has no such
    /// line. Together they are what the line leaves to the residents.
    ///
    /// ```
    /// # let document = fentan_core::Document::from_json(br#"{ "fentan": 1,
    /// #     "lines": [{ "id": "gate", "amount": "100", "share_by": "household" }],
    /// #     "households": [{ "id": "1", "area": "60" }, { "id": "2", "area": "60" }] }"#)?;
    /// # let plan = fentan_core::Plan::read(&document, None)?;
    /// let parts = fentan_core::Explainer::new(&plan)?.parts_of(0);
    /// assert_eq!((parts[1].household, parts[1].due().to_string().as_str()), (1, "50.00"));
    /// # Ok::<(), fentan_core::Problems>(())
    /// ```
    pub fn parts_of(&self, line: usize) -> Vec<LinePart> {
        let (Some(of_line), Some(shares)) =
            (self.plan.lines().get(line), self.steps.shares.lines.get(line))
        else {
            return Vec::new();
        };
        let relief = |household: usize, share| match shares.is_shared {
            true => self.steps.reliefs.of(self.plan, household as u32, line, share),
            false => Fen::ZERO,
        };
        let parts = shares.iter().map(|(household, share)| LinePart {
            household,
            share,
            relief: relief(household, share),
            borne: Fen::ZERO,
        });
        let mut parts: Vec<_> = parts.collect();
        let relief: Fen = parts.iter().map(|part| part.relief).sum();
        let mut bearing =
            self.borne_of(of_line, shares.beneficiaries, relief - self.steps.reliefs.pot[line]);
        let mut next = bearing.next();
        for part in &mut parts {
            if let Some((household, borne)) = next
                && household as usize == part.household
            {
                part.borne = borne;
                next = bearing.next();
            }
        }
        parts
    }

    /// The lines that a source covers.
    pub fn lines_covered_by(&self, source: usize) -> impl Iterator<Item = usize> {
        let funded = self.steps.funding.sources.get(source);
        funded.into_iter().flat_map(|funded| funded.payments.iter().map(|&(line, _)| line))
    }

    fn formula(&self, figure: Figure) -> Option<Term> {
        match figure {
            Figure::Offer { source } => self.offer(source),
            Figure::Amount { line } => self.part_of_others(line),
            Figure::SetAside { line } => self.rate_set_aside(line),
            Figure::Limit { source, line } => self.least_limit(source, line),
            Figure::Payment { source, line } => self.payment(source, line),
            Figure::GiveBack { source, line } => self.give_back(source, line),
            Figure::Paid { source, line } => self.paid(source, line),
            Figure::Uncovered { line } => self.uncovered(line),
            Figure::Residents { line } => self.left_to_residents(line),
            Figure::FloorShare { line, floor } => self.floor_share(line, floor),
            Figure::LineShare { household, line } => self.line_share(household, line),
            Figure::FullRelief { household, line } => self.rounded_relief(figure, household, line),
            Figure::LineRelief { household, line } => self.line_relief(household, line),
            Figure::ReliefOfLine { line } => self.relief_of_line(line),
            Figure::PotPayment { line } => self.pot_payment(line),
            Figure::BorneOfLine { line } => self.borne_of_line(line),
            Figure::FloorBorne { line, floor } => self.floor_borne(line, floor),
            Figure::LineBorne { household, line } => self.line_borne(household, line),
            Figure::Missing { household } => self.missing(household),
            Figure::TopUps => self.top_ups(),
            Figure::MinimumShort => self.minimum_short(),
            Figure::PoolInRound { round } => self.pool_in_round(round),
            Figure::RevenueInRound { household, round } => self.revenue_in_round(household, round),
            Figure::Of { household, figure } => self.of_household(household, figure),
        }
    }

    fn figure(&self, figure: Figure) -> Option<Term> {
        Some(Term::Figure { figure, value: self.value(figure)? })
    }

    fn of(&self, household: usize, figure: HouseholdFigure) -> Option<Term> {
        self.figure(Figure::Of { household, figure })
    }

    /// The sum of those figures that the plan has.
    fn sum(&self, figures: impl Iterator<Item = Figure>) -> Term {
        Term::Sum(figures.filter_map(|figure| self.figure(figure)).collect())
    }

    fn amount(&self, line: usize) -> Option<Term> {
        if let Some(amount) = self.figure(Figure::Amount { line }) {
            return Some(amount);
        }
        let amount = self.plan.lines().get(line)?.amount;
        Some(money(format!("lines[{line}].amount"), amount))
    }

    fn area(&self, household: usize) -> Term {
        Term::Given {
            path: format!("households[{household}].area"),
            value: Quantity::Area(self.plan.households()[household].area),
        }
    }
}
