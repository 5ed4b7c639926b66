//! Steps 6 and 7, the maintenance fund: what is drawn from an account, and what is left in it.

use super::Explainer;
use super::term::{money, rounded};
use crate::plan::{Channel, Target};
use crate::reason::{HouseholdFigure, Term};

impl Explainer<'_> {
    pub(super) fn maintenance_fund(&self, household: usize) -> Option<Term> {
        let keep = self.plan.channels().iter().find_map(|channel| match channel {
            Channel::MaintenanceFund { keep, .. } => Some(*keep),
            _ => None,
        });
        let balance = self.plan.households()[household].fund_balance;
        let before = self.before(HouseholdFigure::MaintenanceFund);
        let Some(((keep, balance), before)) = keep.zip(balance).zip(before) else {
            return Some(Term::Sum(Vec::new()));
        };
        let turn = self
            .plan
            .channels()
            .iter()
            .position(|channel| matches!(channel, Channel::MaintenanceFund { .. }))?;
        let kept = self
            .of(household, HouseholdFigure::FirstInstalment)
            .map(|first| rounded(format!("channels[{turn}].keep"), keep, first));
        Some(Term::Least(vec![
            self.unpaid(household, HouseholdFigure::SharedDue, &before)?,
            Term::Above(
                Box::new(money(format!("households[{household}].fund_balance"), balance)),
                Box::new(Term::Sum(kept.into_iter().collect())),
            ),
        ]))
    }

    /// Of what is drawn from a household's account, the interest.
    pub(super) fn interest(&self, household: usize) -> Option<Term> {
        let path = |field: &str| format!("households[{household}].{field}");
        let interest = money(path("fund_interest"), self.plan.fund_interest_of(household)?);
        let drawn = self.of(household, HouseholdFigure::MaintenanceFund)?;
        let interest_first = self.plan.channels().iter().any(|channel| {
            matches!(channel, Channel::MaintenanceFund { interest_first: true, .. })
        });
        if interest_first {
            return Some(Term::Least(vec![drawn, interest]));
        }
        let balance = money(path("fund_balance"), self.plan.households()[household].fund_balance?);
        let principal = Term::Less(Box::new(balance), Box::new(interest));
        Some(Term::Above(Box::new(drawn), Box::new(principal)))
    }

    /// The principal of what is drawn: all but the interest.
    pub(super) fn principal(&self, household: usize) -> Option<Term> {
        let of = |figure| self.of(household, figure).map(Box::new);
        Some(Term::Less(of(HouseholdFigure::MaintenanceFund)?, of(HouseholdFigure::Interest)?))
    }

    /// The first instalment of a household's account: its own, or by area.
    pub(super) fn first_instalment(&self, household: usize) -> Option<Term> {
        if let Some(first) = self.plan.households().get(household)?.fund_first {
            return Some(money(format!("households[{household}].fund_first"), first));
        }
        let rate = self.plan.maintenance().first_per_area?;
        Some(Term::Times {
            amount: Box::new(money("maintenance.first_per_area".to_owned(), rate)),
            count: Box::new(self.area(household)),
        })
    }

    /// The balance of a household's account after the fund has paid.
    pub(super) fn fund_after(&self, household: usize) -> Option<Term> {
        let balance = self.plan.households().get(household)?.fund_balance?;
        Some(Term::Less(
            Box::new(money(format!("households[{household}].fund_balance"), balance)),
            Box::new(self.of(household, HouseholdFigure::MaintenanceFund)?),
        ))
    }

    /// What a household pays into its account again where that is below the threshold.
    pub(super) fn replenish(&self, household: usize) -> Option<Term> {
        let rules = self.plan.maintenance();
        let after = || self.of(household, HouseholdFigure::FundAfter).map(Box::new);
        let part = |name: &str, rate| {
            let first = self.of(household, HouseholdFigure::FirstInstalment)?;
            Some(Box::new(rounded(format!("maintenance.{name}"), rate, first)))
        };
        let target = match rules.target {
            Target::OfFirst(rate) => part("target", rate)?,
            Target::PerArea(amount) => Box::new(Term::Times {
                amount: Box::new(money("maintenance.target_per_area".to_owned(), amount)),
                count: Box::new(self.area(household)),
            }),
        };
        Some(Term::WhereBelow {
            amount: after()?,
            bound: part("threshold", rules.threshold)?,
            then: Box::new(Term::Above(target, after()?)),
        })
    }
}
