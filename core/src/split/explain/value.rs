//! The value of a figure, as the steps found it.

use super::Explainer;
use super::household::paid_by;
use crate::money::Fen;
use crate::reason::{Figure, HouseholdFigure};
use crate::split::Steps;

impl Explainer<'_> {
    pub(super) fn value(&self, figure: Figure) -> Option<Fen> {
        let Steps { funding, shares, reliefs, top_ups, dues, payments, accounts } = &self.steps;
        let payment = |source: usize, line: usize| {
            let position = self.position(source, line)?;
            Some(funding.sources[source].payments[position].1)
        };
        let give_back = |source: usize, line: usize| {
            let position = self.position(source, line)?;
            Some(top_ups.given_back[source].get(position).copied().unwrap_or_default())
        };
        Some(match figure {
            Figure::Offer { source } => funding.sources.get(source)?.offer?,
            Figure::Amount { line } => {
                self.plan.lines().get(line)?.rate_of.as_ref()?;
                self.plan.lines()[line].amount
            }
            Figure::SetAside { line } => self.set_aside(line)?.1,
            Figure::Limit { source, line } => self.limit(source, line)?,
            Figure::Payment { source, line } => payment(source, line)?,
            Figure::GiveBack { source, line } => give_back(source, line)?,
            Figure::Paid { source, line } => payment(source, line)? - give_back(source, line)?,
            Figure::Uncovered { line } => *funding.uncovered.get(line)?,
            Figure::Residents { .. } => self.formula(figure)?.amount(),
            Figure::LineShare { household, line } => {
                let shares = shares.lines.get(line)?;
                let position = shares.beneficiaries.binary_search(&(household as u32)).ok()?;
                shares.shares[position]
            }
            Figure::FullRelief { household, line } => self.full_relief(household, line)?,
            Figure::LineRelief { household, line } => {
                self.full_relief(household, line)?;
                let share = self.value(Figure::LineShare { household, line })?;
                reliefs.of(self.plan, household as u32, line, share)
            }
            Figure::ReliefOfLine { line } => {
                let shares = shares.lines.get(line).filter(|line| line.is_shared)?;
                shares.iter().map(|(h, share)| reliefs.of(self.plan, h as u32, line, share)).sum()
            }
            Figure::PotPayment { line } => {
                self.plan.agreements().relief.pot.as_ref()?;
                *reliefs.pot.get(line)?
            }
            Figure::BorneOfLine { line } => {
                self.value(Figure::ReliefOfLine { line })? - reliefs.pot[line]
            }
            Figure::FloorShare { .. } | Figure::FloorBorne { .. } | Figure::LineBorne { .. } => {
                self.formula(figure)?.amount()
            }
            Figure::Missing { household } => {
                let due = dues.get(household)?;
                let minimum = self.minimum(household)?.amount();
                minimum.less(due.share - due.relief + due.borne)
            }
            Figure::TopUps => top_ups.households.iter().copied().sum(),
            Figure::MinimumShort => top_ups.short?,
            Figure::PoolInRound { round } => self.rounds.get(round)?.pool,
            Figure::RevenueInRound { .. } => self.formula(figure)?.amount(),
            Figure::Of { household, figure } => {
                let (due, paid) = (dues.get(household)?, &payments.households[household]);
                match figure {
                    HouseholdFigure::Share => due.share,
                    HouseholdFigure::Relief => due.relief,
                    HouseholdFigure::Borne => due.borne,
                    HouseholdFigure::TopUp => due.top_up,
                    HouseholdFigure::SharedDue => due.shared(),
                    HouseholdFigure::Individual => due.individual,
                    HouseholdFigure::Due => due.shared() + due.individual,
                    HouseholdFigure::FirstInstalment => self.plan.first_instalment(household)?,
                    HouseholdFigure::FundAfter => accounts[household].fund_after?,
                    HouseholdFigure::Replenish => accounts[household].replenish?,
                    HouseholdFigure::Principal => accounts[household].drawn?.principal,
                    HouseholdFigure::Interest => accounts[household].drawn?.interest,
                    channel => paid_by(paid, channel),
                }
            }
        })
    }
}
