//! Step 4, minimum (最低出资金额) [四(三)].

use super::relief::Reliefs;
use super::shares::Shares;
use super::sources::Funding;
use crate::allocate::Allocator;
use crate::money::Fen;
use crate::plan::{Minimum, Plan};

/// What households pay on top to reach the minimum, and which payments it replaces.
pub(super) struct TopUps {
    /// By household.
    pub(super) households: Vec<Fen>,
    /// By source, what it gives back on each line of its payments, in their order; empty where
    /// it gives back nothing.
    pub(super) given_back: Vec<Vec<Fen>>,
    /// What households still lack to the minimum together; `None` without a minimum.
    pub(super) short: Option<Fen>,
}

impl TopUps {
    fn none(plan: &Plan) -> TopUps {
        TopUps {
            households: vec![Fen::ZERO; plan.households().len()],
            given_back: vec![Vec::new(); plan.sources().len()],
            short: None,
        }
    }
}

pub(super) fn top_up(
    plan: &Plan,
    funding: &Funding,
    shares: &Shares<'_>,
    reliefs: &Reliefs,
) -> TopUps {
    let mut top_ups = TopUps::none(plan);
    let Some(minimum) = &plan.agreements().minimum else {
        return top_ups;
    };
    let missing = missing(plan, minimum, shares, reliefs);
    let all_missing: u128 = missing.iter().sum();
    let reducible = minimum.reduces.iter().map(|&source| paid_on_shared(plan, funding, source));
    let reducible: Vec<Fen> = reducible.collect();
    let total = Fen(all_missing).min(reducible.iter().copied().sum());
    top_ups.short = Some(Fen(all_missing) - total);

    let mut allocator = Allocator::default();
    allocator.allocate_by_need(total, &missing, &mut top_ups.households);

    let mut left = total;
    for (&source, &paid) in minimum.reduces.iter().zip(&reducible) {
        let give_back = left.min(paid);
        left -= give_back;
        let payments = &funding.sources[source].payments;
        let weights = payments
            .iter()
            .map(|&(line, payment)| if plan.lines()[line].is_shared() { payment.0 } else { 0 });
        let weights: Vec<u128> = weights.collect();
        let given_back = &mut top_ups.given_back[source];
        given_back.resize(weights.len(), Fen::ZERO);
        allocator.allocate_by_need(give_back, &weights, given_back);
    }
    top_ups
}

/// By household, what it lacks to the minimum; only households without relief that benefit
/// from at least one shared line, and count as households, have one.
fn missing(plan: &Plan, minimum: &Minimum, shares: &Shares<'_>, reliefs: &Reliefs) -> Vec<u128> {
    let mut paid: Vec<Option<Fen>> = vec![None; plan.households().len()];
    for line in shares.lines.iter().filter(|line| line.is_shared) {
        for (household, share) in line.iter() {
            paid[household] = Some(paid[household].unwrap_or_default() + share);
        }
    }
    let households = plan.households().iter().enumerate();
    households
        .map(|(index, household)| match paid[index] {
            Some(share) if plan.has_minimum(index) => {
                minimum.of(household.area).less(share + reliefs.borne[index]).0
            }
            _ => 0,
        })
        .collect()
}

fn paid_on_shared(plan: &Plan, funding: &Funding, source: usize) -> Fen {
    let payments = funding.sources[source].payments.iter();
    payments.filter(|&&(line, _)| plan.lines()[line].is_shared()).map(|&(_, payment)| payment).sum()
}
