//! The calls of each household (分期), spec §9.

use crate::money::Fen;
use crate::number::Rate;
use crate::plan::{Collection, Plan};
use crate::problem::{Cause, Problems};
use crate::split::Split;

/// What a household is called to pay.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallsOfHousehold {
    /// By call, in the plan's order.
    pub amounts: Vec<Fen>,
    /// What the calls come to above its cash, since they are rounded up; it is held for the
    /// household.
    pub held: Fen,
}

/// The calls of every household, in roster order; the split must be the plan's.
///
/// # Errors
/// `missing-field` at `collection` where the plan has none.
pub fn calls(plan: &Plan, split: &Split) -> Result<Vec<CallsOfHousehold>, Problems> {
    let collection = collection_of(plan)?;
    let households = split.households.iter();
    Ok(households.map(|household| call(collection, household.paid.cash)).collect())
}

/// How a plan says that cash is collected.
///
/// # Errors
/// `missing-field` at `collection` where it doesn't.
pub fn collection_of(plan: &Plan) -> Result<&Collection, Problems> {
    plan.collection().ok_or_else(|| {
        let mut problems = Problems::default();
        problems.add("collection", Cause::MissingField);
        problems
    })
}

/// The calls for a household's cash.
fn call(collection: &Collection, cash: Fen) -> CallsOfHousehold {
    let parts: Vec<Rate> = collection.calls.iter().map(|call| call.part).collect();
    let mut amounts = in_parts(cash, &parts);
    let Some(step) = collection.round_up_to else {
        return CallsOfHousehold { amounts, held: Fen::ZERO };
    };
    let (mut sum, mut called) = (Fen::ZERO, Fen::ZERO);
    for amount in &mut amounts {
        sum += *amount;
        let rounded = Fen(sum.0.next_multiple_of(step.0));
        *amount = rounded - called;
        called = rounded;
    }
    CallsOfHousehold { amounts, held: called - cash }
}

/// allocate(amount, parts): by largest remainder, whatever the plan's rule of the odd fen.
///
/// Parts have denominators of their own, and sum to one: a quota is amount × part.
pub(super) fn in_parts(amount: Fen, parts: &[Rate]) -> Vec<Fen> {
    let quota = |part: &Rate| {
        let product = amount.0 * part.numerator();
        (product / part.denominator(), product % part.denominator())
    };
    let quotas: Vec<(u128, u128)> = parts.iter().map(quota).collect();
    let mut amounts: Vec<Fen> = quotas.iter().map(|&(whole, _)| Fen(whole)).collect();
    let spare = (amount - amounts.iter().copied().sum()).0 as usize;
    let fraction = |index: usize| (quotas[index].1, parts[index].denominator());
    let mut order: Vec<usize> = (0..parts.len()).collect();
    // The sort is stable: equal fractions stay in the order of the parts.
    order.sort_by(|&one, &other| {
        let ((one, of), (other, of_other)) = (fraction(one), fraction(other));
        (other * of).cmp(&(one * of_other))
    });
    order.iter().take(spare).for_each(|&index| amounts[index] += Fen(1));
    amounts
}
