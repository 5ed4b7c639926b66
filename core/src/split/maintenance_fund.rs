//! Step 7, maintenance fund: what an account is to be replenished by [四(三)], 165号令 第十七条.

use super::channels::Payments;
use super::result::FundDrawn;
use crate::money::Fen;
use crate::plan::{Channel, Plan};

/// A household's maintenance-fund account after the renovation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Account {
    /// What is left in it; missing where no balance is given.
    pub(super) fund_after: Option<Fen>,
    /// What it is to be replenished by, shown beside the renovation share and never part of
    /// it; `None` if the balance or the first instalment is unknown.
    pub(super) replenish: Option<Fen>,
    /// What was drawn from it, by its parts; `None` if the roster does not give them.
    pub(super) drawn: Option<FundDrawn>,
}

pub(super) fn replenish(plan: &Plan, payments: &Payments) -> Vec<Account> {
    let rules = plan.maintenance();
    let households = plan.households().iter().zip(&payments.households).enumerate();
    households
        .map(|(index, (household, paid))| {
            let fund_after = household.fund_balance.map(|balance| balance - paid.maintenance_fund);
            let replenish = fund_after.zip(plan.first_instalment(index)).map(|(after, first)| {
                if after < rules.threshold.of(first) {
                    rules.target.of(first, household.area).less(after)
                } else {
                    Fen::ZERO
                }
            });
            let drawn = drawn(plan, index, paid.maintenance_fund);
            Account { fund_after, replenish, drawn }
        })
        .collect()
}

/// Of what is drawn from an account, what is principal and what interest.
fn drawn(plan: &Plan, household: usize, drawn: Fen) -> Option<FundDrawn> {
    let interest = plan.fund_interest_of(household)?;
    let balance = plan.households()[household].fund_balance?;
    let interest_first = plan
        .channels()
        .iter()
        .any(|channel| matches!(channel, Channel::MaintenanceFund { interest_first: true, .. }));
    let interest =
        if interest_first { drawn.min(interest) } else { drawn.less(balance - interest) };
    Some(FundDrawn { principal: drawn - interest, interest })
}
