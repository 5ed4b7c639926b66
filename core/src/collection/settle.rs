//! The settled account (决算清算): what each household pays on or gets back; spec §9.

use std::sync::Arc;

use serde::Serialize;

use super::Payments;
use crate::money::Fen;
use crate::plan::Plan;
use crate::split::{Error, Split, split};

/// The budget beside the final account, and what settles it.
///
/// Serializes to exactly the members of the spec. What is paid, less what is returned, with what is
/// still to pay is always the final cash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Settled {
    /// The format version.
    pub fentan: u32,
    /// The sum of all lines in the budget.
    pub budget: Fen,
    /// The sum of all lines in the final account.
    #[serde(rename = "final")]
    pub final_budget: Fen,
    /// What all households pay in cash in the final split.
    pub final_cash: Fen,
    /// What they paid.
    pub paid: Fen,
    /// What they still have to pay.
    pub to_pay: Fen,
    /// What they get back.
    pub to_return: Fen,
    /// The lines, in the plan's order.
    pub lines: Vec<SettledLine>,
    /// The sources, in the plan's order, the relief pot last.
    pub sources: Vec<SettledSource>,
    /// The households, in roster order.
    pub households: Vec<SettledOf>,
}

/// What a line cost in the budget and in the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SettledLine {
    /// The line's id.
    pub id: String,
    /// In the budget.
    pub amount: Fen,
    /// In the final account.
    #[serde(rename = "final")]
    pub final_amount: Fen,
}

/// What a source pays in the split and in the final split.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SettledSource {
    /// The source's id.
    pub id: String,
    /// In the plan's split, after any give-back.
    pub paid: Fen,
    /// In the final split, after any give-back.
    #[serde(rename = "final")]
    pub final_paid: Fen,
}

/// What a household pays on or gets back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SettledOf {
    /// The household's id.
    pub id: Arc<str>,
    /// Its cash in the plan's split.
    pub cash: Fen,
    /// Its cash in the final split.
    pub final_cash: Fen,
    /// What it paid, without what was reversed.
    pub paid: Fen,
    /// What it still has to pay.
    pub to_pay: Fen,
    /// What it gets back.
    pub to_return: Fen,
}

/// Settles the account of a plan whose split this is: splits the final plan, and holds each
/// household's cash in it to what it paid.
///
/// # Errors
/// The problems of the final plan, see [`Plan::final_plan`] and [`split`].
pub fn settle(plan: &Plan, budgeted: &Split, payments: &Payments) -> Result<Settled, Error> {
    let in_the_end = split(&plan.final_plan()?)?;
    let paid = payments.paid(plan);
    let households = budgeted.households.iter().zip(&in_the_end.households).zip(paid);
    let households = households.map(|((budgeted, in_the_end), paid)| SettledOf {
        id: Arc::clone(&budgeted.id),
        cash: budgeted.paid.cash,
        final_cash: in_the_end.paid.cash,
        paid,
        to_pay: in_the_end.paid.cash.less(paid),
        to_return: paid.less(in_the_end.paid.cash),
    });
    let households: Vec<SettledOf> = households.collect();
    let lines = budgeted.lines.iter().zip(&in_the_end.lines);
    let lines = lines.map(|(budgeted, in_the_end)| SettledLine {
        id: budgeted.id.clone(),
        amount: budgeted.amount,
        final_amount: in_the_end.amount,
    });
    let sources = budgeted.sources.iter().zip(&in_the_end.sources);
    let sources = sources.map(|(budgeted, in_the_end)| SettledSource {
        id: budgeted.id.clone(),
        paid: budgeted.paid,
        final_paid: in_the_end.paid,
    });
    let sum = |amount: fn(&SettledOf) -> Fen| households.iter().map(amount).sum();
    Ok(Settled {
        fentan: 1,
        budget: budgeted.budget,
        final_budget: in_the_end.budget,
        final_cash: sum(|one| one.final_cash),
        paid: sum(|one| one.paid),
        to_pay: sum(|one| one.to_pay),
        to_return: sum(|one| one.to_return),
        lines: lines.collect(),
        sources: sources.collect(),
        households,
    })
}
