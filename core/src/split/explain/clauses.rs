//! The clauses that a figure rests on.

use super::Explainer;
use crate::plan::{ShareBy, Works};
use crate::reason::{Clause, Figure, HouseholdFigure};

impl Explainer<'_> {
    pub(super) fn clauses(&self, figure: Figure) -> Vec<Clause> {
        let of_source = |source: usize| {
            let kind = self.plan.sources()[source].kind;
            kind.and_then(Clause::of_source).into_iter().collect::<Vec<_>>()
        };
        match figure {
            Figure::Offer { source }
            | Figure::Limit { source, .. }
            | Figure::Payment { source, .. }
            | Figure::Paid { source, .. } => of_source(source),
            Figure::LineShare { line, .. } | Figure::LineBorne { line, .. } => {
                match self.plan.lines()[line].works {
                    Works::Shared { share_by: ShareBy::Area, .. } => {
                        vec![Clause::Residents, Clause::SharesByArea]
                    }
                    _ => vec![Clause::Residents],
                }
            }
            Figure::Of { figure, .. } => match figure {
                HouseholdFigure::OwnerUnit => vec![Clause::SoldPublicHousing],
                HouseholdFigure::PublicRevenue => {
                    vec![Clause::Residents, Clause::CommonIncome, Clause::SharesByArea]
                }
                HouseholdFigure::Replenish => vec![Clause::Residents, Clause::FundThreshold],
                HouseholdFigure::FundAfter
                | HouseholdFigure::FirstInstalment
                | HouseholdFigure::Principal
                | HouseholdFigure::Interest => Vec::new(),
                _ => vec![Clause::Residents],
            },
            _ => vec![Clause::Residents],
        }
    }
}
