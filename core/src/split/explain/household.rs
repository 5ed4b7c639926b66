//! A household's figures, each by the step that it comes from.

use super::Explainer;
use crate::money::Fen;
use crate::reason::{Figure, HouseholdFigure, Term};
use crate::split::result::Paid;

impl Explainer<'_> {
    /// The formula of a household's figure.
    pub(super) fn of_household(&self, household: usize, figure: HouseholdFigure) -> Option<Term> {
        let of_roster = self.plan.households().get(household)?;
        match figure {
            HouseholdFigure::Share => Some(self.by_line(household, true, line_share)),
            HouseholdFigure::Individual => Some(self.by_line(household, false, line_share)),
            HouseholdFigure::Relief => Some(self.by_line(household, true, line_relief)),
            HouseholdFigure::Borne => Some(self.by_line(household, true, line_borne)),
            HouseholdFigure::TopUp => self.top_up(household),
            HouseholdFigure::SharedDue => self.shared_due(household),
            HouseholdFigure::Due => self.due(household),
            HouseholdFigure::OwnerUnit => self.owner_unit(household),
            HouseholdFigure::InKind => {
                self.own_amount(household, figure, "in_kind", of_roster.in_kind)
            }
            HouseholdFigure::ProvidentFund => {
                self.own_amount(household, figure, "provident", of_roster.provident)
            }
            HouseholdFigure::PublicRevenue => self.public_revenue(household),
            HouseholdFigure::MaintenanceFund => self.maintenance_fund(household),
            HouseholdFigure::Cash => self.cash(household),
            HouseholdFigure::FirstInstalment => self.first_instalment(household),
            HouseholdFigure::FundAfter => self.fund_after(household),
            HouseholdFigure::Replenish => self.replenish(household),
            HouseholdFigure::Interest => self.interest(household),
            HouseholdFigure::Principal => self.principal(household),
        }
    }
}

fn line_share(household: usize, line: usize) -> Figure {
    Figure::LineShare { household, line }
}

fn line_relief(household: usize, line: usize) -> Figure {
    Figure::LineRelief { household, line }
}

fn line_borne(household: usize, line: usize) -> Figure {
    Figure::LineBorne { household, line }
}

/// What a channel pays for a household.
pub(super) fn paid_by(paid: &Paid, channel: HouseholdFigure) -> Fen {
    match channel {
        HouseholdFigure::OwnerUnit => paid.owner_unit,
        HouseholdFigure::InKind => paid.in_kind,
        HouseholdFigure::PublicRevenue => paid.public_revenue,
        HouseholdFigure::MaintenanceFund => paid.maintenance_fund,
        HouseholdFigure::ProvidentFund => paid.provident_fund,
        _ => paid.cash,
    }
}
