//! Step 7, maintenance fund: what an account is to be replenished by [四(三)], 165号令 第十七条.

use super::channels::Payments;
use crate::money::Fen;
use crate::plan::Plan;

/// A household's maintenance-fund account after the renovation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Account {
    /// What is left in it; none where no balance is given.
    pub(super) fund_after: Option<Fen>,
    /// What it is to be replenished by, shown beside the renovation share and never part of
    /// it; none where the balance or the first instalment is unknown.
    pub(super) replenish: Option<Fen>,
}

pub(super) fn replenish(plan: &Plan, payments: &Payments) -> Vec<Account> {
    let rules = plan.maintenance();
    let households = plan.households().iter().zip(&payments.households).enumerate();
    households
        .map(|(index, (household, paid))| {
            let fund_after = household.fund_balance.map(|balance| balance - paid.maintenance_fund);
            let replenish = fund_after.zip(plan.first_instalment(index)).map(|(after, first)| {
                if after < rules.threshold.of(first) {
                    rules.target.of(first).less(after)
                } else {
                    Fen::ZERO
                }
            });
            Account { fund_after, replenish }
        })
        .collect()
}
