//! Joining a shared line later (后加入), spec §9.

use std::sync::Arc;

use serde::Serialize;

use super::day;
use crate::allocate::Allocator;
use crate::day::Day;
use crate::money::Fen;
use crate::plan::{Line, Plan};
use crate::problem::{Cause, Naming, Problems};
use crate::split::{Error, Explainer};

/// Which household joins which line, and when, as the arguments say.
#[derive(Debug, Clone, Copy)]
pub struct Joining<'j> {
    /// The id of the shared line.
    pub line: &'j str,
    /// The id of the household.
    pub household: &'j str,
    /// The day.
    pub on: &'j str,
}

/// What a household pays that joins a line later, and who gets it.
///
/// Serializes to exactly the members of the spec.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Joined {
    /// The format version.
    pub fentan: u32,
    /// The line's id.
    pub line: String,
    /// The household's id.
    pub household: Arc<str>,
    /// The day it joins.
    pub on: Day,
    /// What it would have had of the line from the beginning: share − relief + borne.
    pub share: Fen,
    /// The months that the line serves.
    pub months: u32,
    /// The months that are left of them.
    pub months_left: u32,
    /// What it pays: the share's part for the months left.
    pub pays: Fen,
    /// Who gets it back, in roster order, without those who get nothing.
    pub returns: Vec<Returned>,
}

/// What a household gets back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Returned {
    /// The household's id.
    pub id: Arc<str>,
    /// What it gets, above zero.
    pub amount: Fen,
}

/// Works out what a household pays that joins a shared line later, and who gets how much of it; in
/// the final plan where anything of the final account is given.
///
/// # Errors
/// `unknown-id` at `--line` and `--household`, `bad-number` at `--on`, `missing-field` at a line's
/// `life`; else the problems of the final plan, with and without the household on the line.
pub fn join(plan: &Plan, joining: &Joining<'_>) -> Result<Joined, Error> {
    let mut problems = Problems::default();
    let line = find_line(plan, joining.line, &mut problems);
    let household = find_household(plan, line, joining.household, &mut problems);
    let on = day("--on", joining.on).map_err(|found| problems.extend(found)).ok();
    let life = line.and_then(|index| {
        let life = plan.lines()[index].life;
        if life.is_none() {
            problems.add(format_args!("lines[{index}].life"), Cause::MissingField);
        }
        life
    });
    let (Some(line), Some(household), Some(on), Some(life)) = (line, household, on, life) else {
        return Err(problems.into());
    };
    let plan = plan.final_plan()?;
    let joined = plan.with_beneficiary(line, household)?;
    let share = Explainer::new(&joined)?.parts_of(line);
    let share = share.iter().find(|part| part.household == household);
    let share = share.map(|part| part.due()).unwrap_or_default();
    let months = 12 * life.years;
    let months_left = months - whole_months(life.from, on).min(months);
    let pays = part_of(share, months_left, months);
    Ok(Joined {
        fentan: 1,
        line: joining.line.to_owned(),
        household: Arc::clone(&plan.households()[household].id),
        on,
        share,
        months,
        months_left,
        pays,
        returns: returns(&plan, line, pays)?,
    })
}

fn find_line(plan: &Plan, id: &str, problems: &mut Problems) -> Option<usize> {
    let found = plan.lines().iter().position(|line| line.is_shared() && line.id == id);
    if found.is_none() {
        let shared = plan.lines().iter().filter(|line| line.is_shared());
        let known = shared.map(|line: &Line| line.id.clone()).collect();
        let naming = Naming::SharedLine;
        problems.add_seen("--line", id, Cause::UnknownId { naming, known });
    }
    found
}

fn find_household(
    plan: &Plan,
    line: Option<usize>,
    id: &str,
    problems: &mut Problems,
) -> Option<usize> {
    let found = plan.find_household(id);
    let benefits = |household: usize| {
        line.is_some_and(|line| {
            let all = plan.beneficiaries(&plan.lines()[line]);
            all.binary_search(&(household as u32)).is_ok()
        })
    };
    let naming = match found {
        None => Naming::Household,
        Some(household) if benefits(household) => Naming::NoBeneficiary,
        Some(household) => return Some(household),
    };
    problems.add_seen("--household", id, Cause::UnknownId { naming, known: Vec::new() });
    None
}

/// What each of a line gets back of an amount, by what it has of the line.
fn returns(plan: &Plan, line: usize, amount: Fen) -> Result<Vec<Returned>, Problems> {
    let parts = Explainer::new(plan)?.parts_of(line);
    let weights: Vec<u128> = parts.iter().map(|part| part.due().0).collect();
    let mut returned = vec![Fen::ZERO; parts.len()];
    // Where nobody has anything of the line, nobody gets anything.
    Allocator::default().allocate_by_need(amount, &weights, &mut returned);
    let returned = parts.iter().zip(returned).filter(|(_, amount)| !amount.is_zero());
    let returned = returned.map(|(part, amount)| {
        let id = Arc::clone(&plan.households()[part.household].id);
        Returned { id, amount }
    });
    Ok(returned.collect())
}

/// round(amount × months ÷ all).
fn part_of(amount: Fen, months: u32, all: u32) -> Fen {
    let (months, all) = (u128::from(months), u128::from(all));
    Fen((2 * amount.0 * months + all) / (2 * all))
}

/// The whole months from a day to another, zero where that is earlier. A month is whole when the same
/// day of the month has come or, where the month lacks it, its last day.
fn whole_months(from: Day, to: Day) -> u32 {
    let month = |day: Day| 12 * u32::from(day.year()) + u32::from(day.month());
    let is_whole = to.day() >= from.day().min(to.last_of_month());
    (month(to) + u32::from(is_whole)).saturating_sub(month(from) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_months(from: &str, to: &str, months: u32) {
        let [from, to] = [from, to].map(|day| Day::read(day).expect("a day"));
        assert_eq!(whole_months(from, to), months, "{from} {to}");
    }

    #[test]
    fn a_month_is_whole_on_the_same_day_or_the_last() {
        assert_months("2024-01-31", "2024-02-28", 0);
        assert_months("2024-01-31", "2024-02-29", 1);
        assert_months("2024-01-31", "2024-03-30", 1);
        assert_months("2024-01-31", "2024-03-31", 2);
        assert_months("2024-01-31", "2024-04-30", 3);
        assert_months("2024-02-29", "2025-02-28", 12);
        assert_months("2024-06-15", "2024-06-15", 0);
        assert_months("2024-06-15", "2024-07-14", 0);
        assert_months("2024-06-15", "2024-07-15", 1);
        assert_months("2024-06-15", "2024-06-14", 0);
        assert_months("2024-06-15", "2023-06-15", 0);
        assert_months("2023-12-31", "2024-01-30", 0);
    }
}
