//! The result, spec §4.

use std::sync::Arc;

use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};

use super::Steps;
use crate::money::Fen;
use crate::plan::Plan;

/// Who pays what (分摊结果), spec §4.
///
/// Serializes to exactly the members of the spec.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Split {
    /// The format version.
    pub fentan: u32,
    /// The sum of all lines.
    pub budget: Fen,
    /// What all households owe.
    pub residents: Fen,
    /// What is left of the public revenue; missing without that channel.
    pub pool_left: Option<Fen>,
    /// What households still lack to the minimum, since the sources can't give back more; none
    /// without a minimum.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum_short: Option<Fen>,
    /// The plan's sources in order, the relief pot last.
    pub sources: Vec<SourceSplit>,
    /// The plan's lines in order.
    pub lines: Vec<LineSplit>,
    /// The plan's households in order.
    pub households: Vec<HouseholdSplit>,
}

/// What a source pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct SourceSplit {
    /// The source's id.
    pub id: String,
    /// The most it gives in all; missing if unlimited.
    pub offer: Option<Fen>,
    /// What it pays, after any give-back.
    pub paid: Fen,
}

/// Who pays a line: its amount is what sources, pot, top-ups and residents pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct LineSplit {
    /// The line's id.
    pub id: String,
    /// What the line costs.
    pub amount: Fen,
    /// What each source pays that pays anything, after any give-back, in the plan's order.
    #[serde(serialize_with = "as_map")]
    #[cfg_attr(feature = "typescript", tsify(type = "Record<string, Fen>"))]
    pub paid: Vec<(String, Fen)>,
    /// What the relief pot carries.
    pub relief_pot: Fen,
    /// What households pay to reach the minimum.
    pub top_up: Fen,
    /// What is left to the residents, top-ups apart.
    #[serde(rename = "residents")]
    pub left_to_residents: Fen,
}

/// What a household owes and how it pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct HouseholdSplit {
    /// The household's id.
    #[cfg_attr(feature = "typescript", tsify(type = "string"))]
    pub id: Arc<str>,
    /// Its share of shared lines.
    pub share: Fen,
    /// What it is let off.
    pub relief: Fen,
    /// What it bears for others' relief.
    pub borne: Fen,
    /// What it pays on top to reach the minimum.
    pub top_up: Fen,
    /// Its charges for individual lines.
    pub individual: Fen,
    /// share − relief + borne + top-up + individual.
    pub due: Fen,
    /// How it pays what is due.
    pub paid: Paid,
    /// What is left in its maintenance-fund account; missing if no balance is given.
    pub fund_after: Option<Fen>,
    /// The amount to replenish that account by, never part of what is due; missing if the balance or the
    /// first instalment is unknown.
    pub replenish: Option<Fen>,
    /// What is drawn from that account, by its parts; missing if the roster does not give them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fund_drawn: Option<Box<FundDrawn>>,
}

/// What is drawn from a maintenance-fund account, by its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct FundDrawn {
    /// Of the principal.
    pub principal: Fen,
    /// Of the interest.
    pub interest: Fen,
}

/// How a household pays, by channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Paid {
    /// Materials and labour at the agreed value.
    pub in_kind: Fen,
    /// Its part of the common revenue.
    pub public_revenue: Fen,
    /// Drawn from its maintenance-fund account.
    pub maintenance_fund: Fen,
    /// Drawn from the provident fund.
    pub provident_fund: Fen,
    /// Paid by the unit that owns or sold the flat.
    pub owner_unit: Fen,
    /// What is left to pay.
    pub cash: Fen,
}

impl Paid {
    /// All of it.
    pub fn total(&self) -> Fen {
        self.in_kind
            + self.public_revenue
            + self.maintenance_fund
            + self.provident_fund
            + self.owner_unit
            + self.cash
    }
}

fn as_map<S: Serializer>(paid: &[(String, Fen)], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(paid.len()))?;
    for (source, amount) in paid {
        map.serialize_entry(source, amount)?;
    }
    map.end()
}

impl Split {
    pub(super) fn assemble(plan: &Plan, steps: &Steps<'_>) -> Split {
        let lines = lines(plan, steps);
        let households = households(plan, steps);
        Split {
            fentan: 1,
            budget: lines.iter().map(|line| line.amount).sum(),
            residents: households.iter().map(|household| household.due).sum(),
            pool_left: steps.payments.pool_left,
            minimum_short: steps.top_ups.short,
            sources: sources(plan, steps),
            lines,
            households,
        }
    }
}

fn sources(plan: &Plan, steps: &Steps<'_>) -> Vec<SourceSplit> {
    let mut sources: Vec<_> = plan
        .sources()
        .iter()
        .zip(steps.after_give_back())
        .zip(&steps.funding.sources)
        .map(|((source, payments), funded)| SourceSplit {
            id: source.id.clone(),
            offer: funded.offer,
            paid: payments.map(|(_, payment, _)| payment).sum(),
        })
        .collect();
    sources.extend(plan.agreements().relief.pot.as_ref().map(|pot| SourceSplit {
        id: pot.id.clone(),
        offer: Some(pot.amount),
        paid: steps.reliefs.pot.iter().copied().sum(),
    }));
    sources
}

impl Steps<'_> {
    /// By source, the lines it covers with what it pays there after any give-back, and the
    /// give-back.
    fn after_give_back(&self) -> impl Iterator<Item = impl Iterator<Item = (usize, Fen, Fen)>> {
        let sources = self.funding.sources.iter().zip(&self.top_ups.given_back);
        sources.map(|(funded, given_back)| {
            let given_back = given_back.iter().copied().chain(std::iter::repeat(Fen::ZERO));
            funded
                .payments
                .iter()
                .zip(given_back)
                .map(|(&(line, payment), given_back)| (line, payment - given_back, given_back))
        })
    }
}

fn lines(plan: &Plan, steps: &Steps<'_>) -> Vec<LineSplit> {
    let mut lines: Vec<_> = plan
        .lines()
        .iter()
        .enumerate()
        .map(|(index, line)| LineSplit {
            id: line.id.clone(),
            amount: line.amount,
            paid: Vec::new(),
            relief_pot: steps.reliefs.pot[index],
            top_up: Fen::ZERO,
            left_to_residents: steps.funding.uncovered[index] - steps.reliefs.pot[index],
        })
        .collect();
    for (source, payments) in plan.sources().iter().zip(steps.after_give_back()) {
        for (line, payment, given_back) in payments {
            if !payment.is_zero() {
                lines[line].paid.push((source.id.clone(), payment));
            }
            lines[line].top_up += given_back;
        }
    }
    lines
}

fn households(plan: &Plan, steps: &Steps<'_>) -> Vec<HouseholdSplit> {
    plan.households()
        .iter()
        .zip(&steps.dues)
        .zip(&steps.payments.households)
        .zip(&steps.accounts)
        .map(|(((household, due), paid), account)| HouseholdSplit {
            id: Arc::clone(&household.id),
            share: due.share,
            relief: due.relief,
            borne: due.borne,
            top_up: due.top_up,
            individual: due.individual,
            due: due.shared() + due.individual,
            paid: *paid,
            fund_after: account.fund_after,
            replenish: account.replenish,
            fund_drawn: account.drawn.map(Box::new),
        })
        .collect()
}
