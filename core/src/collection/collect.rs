//! Who has paid by a day (收款情况), spec §9.

use std::sync::Arc;

use serde::Serialize;

use super::calls::{calls, collection_of};
use super::{Payments, Stand};
use crate::day::Day;
use crate::money::Fen;
use crate::plan::{Call, Plan};
use crate::problem::Problems;
use crate::split::Split;

/// What is called and paid by a day.
///
/// Serializes to exactly the members of the spec.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Collected {
    /// The format version.
    pub fentan: u32,
    /// The day.
    pub on: Day,
    /// What is due of all households by the day.
    pub called: Fen,
    /// What they paid by then.
    pub paid: Fen,
    /// What they still owe of what is due (欠缴).
    pub arrears: Fen,
    /// What they paid ahead of what is due (预缴).
    pub ahead: Fen,
    /// What all calls come to above the cash, since they are rounded up; held for the households.
    pub held: Fen,
    /// The calls, in the plan's order.
    pub calls: Vec<CallSum>,
    /// The households, in roster order.
    pub households: Vec<CollectedOf>,
}

/// A call, and what it comes to over all households.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CallSum {
    /// The call's id.
    pub id: String,
    /// The last day to pay it on.
    pub due: Day,
    /// What it comes to, due or not.
    pub called: Fen,
}

/// What a household is called for and has paid by a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CollectedOf {
    /// The household's id.
    pub id: Arc<str>,
    /// Its calls, due or not.
    pub calls: Vec<Fen>,
    /// What is due of it by the day.
    pub called: Fen,
    /// What it paid by then.
    pub paid: Fen,
    /// What it still owes of what is due.
    pub arrears: Fen,
    /// What it paid ahead of what is due.
    pub ahead: Fen,
}

/// What is called and paid by a day; the split must be the plan's.
///
/// # Errors
/// `missing-field` at `collection` where the plan has none.
pub fn collect(
    plan: &Plan,
    split: &Split,
    payments: &Payments,
    on: Day,
) -> Result<Collected, Problems> {
    let called = calls(plan, split)?;
    let due: Vec<&Call> = collection_of(plan)?.calls.iter().collect();
    let held = called.iter().map(|of_household| of_household.held).sum();
    let sums = due.iter().enumerate().map(|(index, call)| CallSum {
        id: call.id.clone(),
        due: call.due,
        called: called.iter().map(|of_household| of_household.amounts[index]).sum(),
    });
    let sums = sums.collect();
    let paid = payments.paid_by(plan, on);
    let days: Vec<Day> = due.iter().map(|call| call.due).collect();
    let households = plan.households().iter().zip(called).zip(paid);
    let households = households.map(|((household, called), paid)| {
        let Stand { called: is_due, arrears, ahead } = Stand::of(&called.amounts, &days, paid, on);
        CollectedOf {
            id: Arc::clone(&household.id),
            calls: called.amounts,
            called: is_due,
            paid,
            arrears,
            ahead,
        }
    });
    let households: Vec<CollectedOf> = households.collect();
    let sum = |amount: fn(&CollectedOf) -> Fen| households.iter().map(amount).sum();
    Ok(Collected {
        fentan: 1,
        on,
        called: sum(|one| one.called),
        paid: sum(|one| one.paid),
        arrears: sum(|one| one.arrears),
        ahead: sum(|one| one.ahead),
        held,
        calls: sums,
        households,
    })
}
