//! The sheet of a fund centre (维修资金支取分摊清册): what falls to each household of the shared lines,
//! what of it is drawn from its account, and what it raises itself. `compare.rs`: another's sheet beside
//! this one.
//!
//! The maintenance fund pays the shared part of what a household owes (spec §3, step 6), so that this
//! part is what the sheet shares: share − relief + borne + top-up.

mod compare;

use crate::money::Fen;
use crate::plan::{Household, Plan, Works};
use crate::split::Split;

pub use compare::{ComparedRow, Comparison, OtherRow, RowState, RuleFit, compare};

/// A row of the sheet.
///
/// `principal + interest + own` is `share`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct FundRow {
    /// The household, an index of the roster.
    pub household: usize,
    /// What falls to it of the shared lines (分摊金额).
    pub share: Fen,
    /// What is drawn from the principal of its account (支取本金). Where the roster does not tell the
    /// interest, all that is drawn.
    pub principal: Fen,
    /// What is drawn from the interest (支取利息).
    pub interest: Fen,
    /// What it raises in other ways (自筹金额).
    pub own: Fen,
    /// What is in the account before; missing if the roster does not give it.
    pub balance: Option<FundBalance>,
}

/// What is in an account, by its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct FundBalance {
    /// The principal (可用本金). Where the roster does not tell the interest, the whole balance.
    pub principal: Fen,
    /// The interest (可用利息); missing if the roster does not give it.
    pub interest: Option<Fen>,
}

/// The rows of a plan's sheet in roster order: the households that benefit from a shared line.
///
/// ```
/// # let document = fentan_core::Document::from_json(br#"{ "fentan": 1,
/// #     "lines": [{ "id": "roof", "amount": "100" }],
/// #     "channels": [{ "kind": "maintenance_fund" }],
/// #     "households": [{ "id": "1", "area": "60", "fund_balance": "30" }, { "id": "2", "area": "60" }] }"#)?;
/// # let plan = fentan_core::Plan::read(&document, None)?;
/// let rows = fentan_core::fund_sheet::rows(&plan, &fentan_core::split(&plan)?);
/// assert_eq!(rows[0].share.to_string(), "50.00");
/// assert_eq!((rows[0].principal.to_string(), rows[0].own.to_string()), ("30.00".into(), "20.00".into()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn rows(plan: &Plan, split: &Split) -> Vec<FundRow> {
    let benefits = lines_by_household(plan, |_| true);
    let households = plan.households().iter().zip(&split.households).zip(benefits).enumerate();
    households
        .filter(|(_, (_, lines))| *lines > 0)
        .map(|(index, ((household, split), _))| {
            let share = split.due - split.individual;
            let drawn = split.paid.maintenance_fund;
            let interest = split.fund_drawn.as_ref().map_or(Fen::ZERO, |drawn| drawn.interest);
            let balance = household.fund_balance.map(|balance| {
                let interest = plan.fund_interest_of(index);
                FundBalance { principal: balance - interest.unwrap_or_default(), interest }
            });
            FundRow {
                household: index,
                share,
                principal: drawn - interest,
                interest,
                own: share - drawn,
                balance,
            }
        })
        .collect()
}

/// A flat's number within its building: the household's id without the building and the unit where
/// these stand before it, as in `3-1-501`.
pub fn flat<'p>(plan: &'p Plan, household: &'p Household) -> &'p str {
    flat_in(&household.id, plan.building_of(household), plan.unit_of(household))
}

fn flat_in<'i>(id: &'i str, building: Option<&str>, unit: Option<&str>) -> &'i str {
    let behind = |id: &'i str, part: Option<&str>| {
        let rest = part.and_then(|part| id.strip_prefix(part)?.strip_prefix('-'));
        rest.filter(|rest| !rest.is_empty()).unwrap_or(id)
    };
    behind(behind(id, building), unit)
}

/// By household, how many of these shared lines it benefits from.
fn lines_by_household(plan: &Plan, is_counted: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut lines = vec![0; plan.households().len()];
    for (index, line) in plan.lines().iter().enumerate() {
        if matches!(line.works, Works::Shared { .. }) && is_counted(index) {
            for &household in plan.beneficiaries(line) {
                lines[household as usize] += 1;
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flat_is_what_stands_behind_its_building_and_unit() {
        for (id, building, unit, expected) in [
            ("3-1-501", Some("3"), Some("1"), "501"),
            ("3-501", Some("3"), None, "501"),
            ("3-501", Some("3"), Some("1"), "501"),
            ("1-501", Some("3"), Some("1"), "501"),
            ("501", Some("3"), Some("1"), "501"),
            ("33-501", Some("3"), None, "33-501"),
            ("3-", Some("3"), None, "3-"),
            ("A", None, None, "A"),
        ] {
            assert_eq!(flat_in(id, building, unit), expected, "{id}");
        }
    }
}
