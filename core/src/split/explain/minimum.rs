//! Step 4, minimum: what is missing to it, and who gives back.

use super::Explainer;
use super::term::{allocated, money};
use crate::reason::{Figure, HouseholdFigure, Term, WeightKind};

impl Explainer<'_> {
    /// The least a household pays; `None` if the minimum is not for it.
    pub(super) fn minimum(&self, household: usize) -> Option<Term> {
        let minimum = self.plan.agreements().minimum.as_ref()?;
        if !self.plan.has_minimum(household) || !self.has_shared_line(household) {
            return None;
        }
        let mut floors = Vec::new();
        if let Some(amount) = minimum.per_household {
            floors.push(money("minimum.per_household".to_owned(), amount));
        }
        if let Some(amount) = minimum.per_area {
            floors.push(Term::Times {
                amount: Box::new(money("minimum.per_area".to_owned(), amount)),
                count: Box::new(self.area(household)),
            });
        }
        Some(Term::Greatest(floors))
    }

    pub(super) fn has_shared_line(&self, household: usize) -> bool {
        self.lines_of(household).any(|line| self.plan.lines()[line].is_shared())
    }

    pub(super) fn top_up(&self, household: usize) -> Option<Term> {
        let Some(minimum) = &self.plan.agreements().minimum else {
            return Some(Term::Sum(Vec::new()));
        };
        let Some(missing) = self.figure(Figure::Missing { household }) else {
            return Some(Term::Sum(Vec::new()));
        };
        let all_missing: Vec<u128> = (0..self.plan.households().len())
            .map(|household| self.value(Figure::Missing { household }).unwrap_or_default().0)
            .collect();
        let payments = minimum.reduces.iter().map(|&source| self.paid_on_shared(source));
        let payments = Term::Sum(payments.collect());
        if payments.amount().0 < all_missing.iter().sum() {
            return Some(allocated(payments, WeightKind::Money, &all_missing, household));
        }
        Some(missing)
    }

    /// What a source pays on shared lines, before any give-back.
    pub(super) fn paid_on_shared(&self, source: usize) -> Term {
        let lines = self.lines_covered_by(source);
        let shared = lines.filter(|&line| self.plan.lines()[line].is_shared());
        self.sum(shared.map(|line| Figure::Payment { source, line }))
    }

    pub(super) fn give_back(&self, source: usize, line: usize) -> Option<Term> {
        let position = self.position(source, line)?;
        let minimum = self.plan.agreements().minimum.as_ref();
        let turn = minimum
            .and_then(|minimum| minimum.reduces.iter().position(|&reduced| reduced == source));
        let Some((turn, minimum)) = turn.zip(minimum) else {
            return Some(Term::Sum(Vec::new()));
        };
        let before = minimum.reduces[..turn].iter().flat_map(|&source| {
            self.lines_covered_by(source).map(move |line| Figure::GiveBack { source, line })
        });
        let in_all = Term::Least(vec![
            Term::Less(Box::new(self.figure(Figure::TopUps)?), Box::new(self.sum(before))),
            self.paid_on_shared(source),
        ]);
        let payments = self.steps.funding.sources[source].payments.iter();
        let weights = payments.map(
            |&(line, payment)| {
                if self.plan.lines()[line].is_shared() { payment.0 } else { 0 }
            },
        );
        Some(allocated(in_all, WeightKind::Money, &weights.collect::<Vec<_>>(), position))
    }

    /// What a household's share lacks to the minimum.
    pub(super) fn missing(&self, household: usize) -> Option<Term> {
        let of = |figure| self.of(household, figure);
        Some(Term::Above(
            Box::new(self.minimum(household)?),
            Box::new(Term::Sum(vec![
                Term::Less(
                    Box::new(of(HouseholdFigure::Share)?),
                    Box::new(of(HouseholdFigure::Relief)?),
                ),
                of(HouseholdFigure::Borne)?,
            ])),
        ))
    }

    /// What all top up together.
    pub(super) fn top_ups(&self) -> Option<Term> {
        self.plan.agreements().minimum.as_ref()?;
        let households = 0..self.plan.households().len();
        let paying = households.filter(|&index| !self.steps.dues[index].top_up.is_zero());
        let of = |household| Figure::Of { household, figure: HouseholdFigure::TopUp };
        Some(self.sum(paying.map(of)))
    }

    /// What all still lack to the minimum together.
    pub(super) fn minimum_short(&self) -> Option<Term> {
        self.plan.agreements().minimum.as_ref()?;
        let households = 0..self.plan.households().len();
        let missing = self.sum(households.map(|household| Figure::Missing { household }));
        Some(Term::Less(Box::new(missing), Box::new(self.figure(Figure::TopUps)?)))
    }
}
