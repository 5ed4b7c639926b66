//! The final account (决算), spec §9: what lines and sources came to, and the plan that it makes.

use super::fields::{Fields, entries, number};
use super::lines::{follow, over_budget};
use super::roster::Roster;
use super::{MOST_BUDGET, Plan, Works};
use crate::day::Day;
use crate::money::Fen;
use crate::number::{self, MOST_MONEY, Scalar};
use crate::problem::{Cause, Naming, Problems};

/// What a line came to in the final account.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FinalCost {
    /// Of a shared line.
    Amount(Fen),
    /// Of an individual line: what each household that is charged for it is charged in the end, in
    /// roster order.
    Charges(Vec<Fen>),
}

/// How long what a shared line paid for serves (使用年限).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Life {
    /// The day it begins to serve.
    pub from: Day,
    /// For how many years, 1 to 100.
    pub years: u32,
}

/// Reads the `life` of a shared line.
pub(super) fn read_life(line: &Fields<'_>, problems: &mut Problems) -> Option<Life> {
    let value = line.get("life")?;
    let life = Fields::open(value, line.place().field("life"), &["from", "years"], problems)?;
    life.required("from", problems);
    let from = life.existing_day("from", problems);
    life.required("years", problems);
    let years = life.number("years", number::years_of_life, problems);
    Some(Life { from: from?, years: years? })
}

/// Reads the `final_charges` of an individual line that charges these households.
pub(super) fn read_charges(
    line: &Fields<'_>,
    roster: &Roster,
    charged: &[u32],
    problems: &mut Problems,
) -> Option<FinalCost> {
    let place = line.place().field("final_charges");
    let mut of_charged = vec![None; charged.len()];
    for (household, value) in entries(line.get("final_charges")?, &place, problems)? {
        let place = place.field(household);
        let money = number(Scalar::of(value), place, number::money, problems);
        let found = roster.index.find(household).and_then(|one| charged.binary_search(&one).ok());
        match found {
            Some(index) => of_charged[index] = Some(money.unwrap_or_default()),
            // Without a roster, or without charges, that goes without saying.
            None if !roster.index.is_readable || !line_charges(line, charged) => {}
            None => {
                let cause =
                    Cause::UnknownId { naming: Naming::ChargedHousehold, known: Vec::new() };
                problems.add_seen(place, household, cause);
            }
        }
    }
    for (&household, money) in charged.iter().zip(&of_charged) {
        if money.is_none() {
            problems.add(place.field(&roster.all[household as usize].id), Cause::MissingField);
        }
    }
    let charges = of_charged.into_iter().map(Option::unwrap_or_default);
    Some(FinalCost::Charges(charges.collect()))
}

fn line_charges(line: &Fields<'_>, charged: &[u32]) -> bool {
    !charged.is_empty() || line.has("charges")
}

impl Plan {
    /// Whether anything of the final account is given.
    pub fn has_final(&self) -> bool {
        self.lines.iter().any(|line| line.final_cost.is_some())
            || self.sources.iter().any(|source| source.final_amount.is_some())
    }

    /// The final plan: this one with the final amounts of lines and sources in place of those of
    /// the budget. Without any it is the same.
    ///
    /// ```
    /// use fentan_core::{Document, Plan};
    /// let document = Document::from_json(br#"{ "fentan": 1,
    ///     "lines": [{ "id": "gate", "amount": "100", "final": "90" }],
    ///     "households": [{ "id": "1", "area": "60" }] }"#)?;
    /// let plan = Plan::read(&document, None)?;
    /// assert_eq!(plan.final_plan()?.lines()[0].amount.to_string(), "90.00");
    /// # Ok::<(), fentan_core::Problems>(())
    /// ```
    ///
    /// # Errors
    /// `too-large` at a line's `rate_of` where that comes to more than 10^13 yuan, at `lines` where
    /// all come to more than 10^15.
    pub fn final_plan(&self) -> Result<Plan, Problems> {
        let mut plan = self.clone();
        let counted = (0..self.lines.len()).filter(|&line| self.lines[line].rate_of.is_none());
        let counted: Vec<usize> = counted.collect();
        for line in &mut plan.lines {
            match line.final_cost.clone() {
                None => {}
                Some(FinalCost::Amount(amount)) => {
                    line.amount = amount;
                    line.rate_of = None;
                }
                Some(FinalCost::Charges(of_households)) => {
                    line.amount = of_households.iter().copied().sum();
                    if let Works::Individual { charges, .. } = &mut line.works {
                        *charges = of_households;
                    }
                }
            }
            // Which lines it is a part of is settled by the plan: one that has its own amount now
            // counts no more than before.
            if let Some(part) = &mut line.rate_of {
                part.lines.get_or_insert_with(|| counted.clone());
            }
        }
        follow(&mut plan.lines);
        for source in &mut plan.sources {
            if let Some(amount) = source.final_amount {
                source.amount = Some(amount);
                source.rate = None;
                (source.per_household, source.per_area) = (None, None);
                source.per_piece = None;
            }
        }
        let mut problems = Problems::default();
        for (index, line) in plan.lines.iter().enumerate() {
            if line.rate_of.is_some() && line.amount > MOST_MONEY {
                problems.add(format_args!("lines[{index}].rate_of"), over_budget(MOST_MONEY));
            }
        }
        if plan.lines.iter().map(|line| line.amount).sum::<Fen>() > MOST_BUDGET {
            problems.add("lines", over_budget(MOST_BUDGET));
        }
        problems.refuse(plan)
    }
}
