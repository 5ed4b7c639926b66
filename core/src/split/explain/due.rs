//! Step 5, due: the parts of a household's due, line by line and together.

use super::Explainer;
use crate::reason::{Figure, HouseholdFigure, Term};

impl Explainer<'_> {
    /// The sum of a household's figures of the shared lines, or of the individual ones.
    pub(super) fn by_line(
        &self,
        household: usize,
        shared: bool,
        figure: fn(usize, usize) -> Figure,
    ) -> Term {
        let lines = self.lines_of(household);
        let lines = lines.filter(move |&line| self.plan.lines()[line].is_shared() == shared);
        self.sum(lines.map(move |line| figure(household, line)))
    }

    /// What a household owes for shared lines.
    pub(super) fn shared_due(&self, household: usize) -> Option<Term> {
        let of = |figure| self.of(household, figure);
        Some(Term::Sum(vec![
            Term::Less(
                Box::new(of(HouseholdFigure::Share)?),
                Box::new(of(HouseholdFigure::Relief)?),
            ),
            of(HouseholdFigure::Borne)?,
            of(HouseholdFigure::TopUp)?,
        ]))
    }

    /// What a household owes.
    pub(super) fn due(&self, household: usize) -> Option<Term> {
        let of = |figure| self.of(household, figure);
        Some(Term::Sum(vec![of(HouseholdFigure::SharedDue)?, of(HouseholdFigure::Individual)?]))
    }
}
