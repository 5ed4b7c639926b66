//! A plan in units finer than the fen: what it comes to where rounding to the fen counts for
//! next to nothing.

use std::sync::Arc;

use super::households::Households;
use super::{Channel, Household, Plan, Works};
use crate::money::Fen;

/// How many of the finer units make a fen.
pub(crate) const UNITS: u128 = 100_000;

/// The most that one amount may be in finer units, and all lines together: the largest money and
/// the largest budget of a plan, in fen, so that every product still fits 128 bits.
const MOST: u128 = 1_000_000_000_000_000;
const MOST_BUDGET: u128 = 100 * MOST;

impl Plan {
    /// The plan with all its money in finer units, for a split that rounds to them; none where
    /// there is too much money for that.
    pub(crate) fn in_finer_units(&self) -> Option<Plan> {
        let budget: Fen = self.lines.iter().map(|line| line.amount).sum();
        (budget.0 <= MOST_BUDGET / UNITS).then_some(())?;
        // A source can't give more than there is to pay, whatever it offers.
        let offered = |amount: Option<Fen>| match amount {
            Some(amount) => finer(amount.min(budget)).map(Some),
            None => Some(None),
        };
        let mut plan = self.clone();
        for line in &mut plan.lines {
            line.amount = finer(line.amount)?;
            if let Works::Individual { charges, .. } = &mut line.works {
                for charge in charges {
                    *charge = finer(*charge)?;
                }
            }
        }
        for source in &mut plan.sources {
            source.amount = offered(source.amount)?;
            source.per_household = offered(source.per_household)?;
            source.per_area = offered(source.per_area)?;
        }
        if let Some(pot) = &mut plan.agreements.relief.pot {
            pot.amount = finer(pot.amount.min(budget))?;
        }
        if let Some(minimum) = &mut plan.agreements.minimum {
            minimum.per_household = given(minimum.per_household)?;
            minimum.per_area = given(minimum.per_area)?;
        }
        for channel in &mut plan.channels {
            if let Channel::PublicRevenue { amount, .. } = channel {
                *amount = finer(*amount)?;
            }
        }
        plan.maintenance.first_per_area = given(plan.maintenance.first_per_area)?;
        let households = self.households().iter().map(finer_household);
        plan.roster = Arc::new(Households::of(households.collect::<Option<_>>()?));
        Some(plan)
    }
}

fn finer_household(household: &Household) -> Option<Household> {
    Some(Household {
        fund_balance: given(household.fund_balance)?,
        fund_first: given(household.fund_first)?,
        provident: finer(household.provident)?,
        in_kind: finer(household.in_kind)?,
        ..household.clone()
    })
}

fn finer(amount: Fen) -> Option<Fen> {
    (amount.0 <= MOST / UNITS).then(|| Fen(amount.0 * UNITS))
}

/// An amount that may be left out; none where it is too much.
fn given(amount: Option<Fen>) -> Option<Option<Fen>> {
    match amount {
        Some(amount) => finer(amount).map(Some),
        None => Some(None),
    }
}
