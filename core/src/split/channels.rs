//! Step 6, channels (出资渠道): how each household pays what it owes [四(三)].

use super::due::Due;
use super::result::Paid;
use crate::allocate::Allocator;
use crate::money::Fen;
use crate::number::Rate;
use crate::plan::{Channel, Plan};

/// How the households pay.
pub(super) struct Payments {
    /// By household.
    pub(super) households: Vec<Paid>,
    /// What is left of the public revenue; `None` without that channel.
    pub(super) pool_left: Option<Fen>,
}

/// What a household has still to pay.
#[derive(Clone, Copy)]
struct Unpaid {
    shared: Fen,
    individual: Fen,
}

impl Unpaid {
    /// Pays up to `offered`, the shared part first; returns what was taken.
    fn pay(&mut self, offered: Fen) -> Fen {
        let shared = self.pay_shared(offered);
        let individual = self.individual.min(offered - shared);
        self.individual -= individual;
        shared + individual
    }

    /// Pays up to `offered` of the shared part; returns what was taken.
    fn pay_shared(&mut self, offered: Fen) -> Fen {
        let paid = self.shared.min(offered);
        self.shared -= paid;
        paid
    }
}

/// One round of sharing the public revenue over those who still owe.
pub(super) struct Round<'r> {
    /// What is shared in it.
    pub(super) pool: Fen,
    /// Who owes, as indices of the roster, with their areas.
    pub(super) owing: &'r [usize],
    pub(super) areas: &'r [u128],
}

/// Pays, and shows each round of the public revenue to `watch`.
pub(super) fn pay(plan: &Plan, dues: &[Due], watch: &mut dyn FnMut(&Round<'_>)) -> Payments {
    let mut unpaid: Vec<Unpaid> = dues
        .iter()
        .map(|due| Unpaid { shared: due.shared(), individual: due.individual })
        .collect();
    let mut paid = vec![Paid::default(); dues.len()];
    let mut pool_left = None;

    pay_by_owner_units(plan, &mut unpaid, &mut paid);
    let households = || plan.households().iter();
    for &channel in plan.channels() {
        let accounts = unpaid.iter_mut().zip(&mut paid);
        match channel {
            Channel::InKind => {
                for (household, (unpaid, paid)) in households().zip(accounts) {
                    paid.in_kind = unpaid.pay(household.in_kind);
                }
            }
            Channel::PublicRevenue { amount, over_owing } => {
                let left = if over_owing {
                    share_revenue_over_owing(plan, amount, &mut unpaid, &mut paid, watch)
                } else {
                    share_revenue_over_all(plan, amount, &mut unpaid, &mut paid)
                };
                pool_left = Some(left);
            }
            Channel::MaintenanceFund { keep, .. } => {
                for (index, (unpaid, paid)) in accounts.enumerate() {
                    paid.maintenance_fund = unpaid.pay_shared(drawable(plan, index, keep));
                }
            }
            Channel::ProvidentFund => {
                for (household, (unpaid, paid)) in households().zip(accounts) {
                    paid.provident_fund = unpaid.pay(household.provident);
                }
            }
        }
    }
    for (unpaid, paid) in unpaid.into_iter().zip(&mut paid) {
        paid.cash = unpaid.shared + unpaid.individual;
    }
    Payments { households: paid, pool_left }
}

/// 165号令 第二十条: the unit that sold or owns the flat pays its part first.
fn pay_by_owner_units(plan: &Plan, unpaid: &mut [Unpaid], paid: &mut [Paid]) {
    let accounts = unpaid.iter_mut().zip(paid);
    for (household, (unpaid, paid)) in plan.households().iter().zip(accounts) {
        if let Some((_, part)) = household.payer {
            paid.owner_unit = unpaid.pay_shared(part.of(unpaid.shared));
        }
    }
}

/// Every owner's by area (民法典 第282、283条): each takes of its part what it owes, the rest
/// stays in the pool.
fn share_revenue_over_all(plan: &Plan, pool: Fen, unpaid: &mut [Unpaid], paid: &mut [Paid]) -> Fen {
    let areas: Vec<u128> =
        plan.households().iter().map(|household| household.area.millionths().into()).collect();
    let mut parts = vec![Fen::ZERO; areas.len()];
    Allocator::default().allocate_by_need(pool, &areas, &mut parts);
    let mut left = pool;
    for ((unpaid, paid), part) in unpaid.iter_mut().zip(paid).zip(parts) {
        paid.public_revenue = unpaid.pay_shared(part);
        left -= paid.public_revenue;
    }
    left
}

/// By agreement of the residents: what some don't need is shared again over those who still owe.
///
/// Each round leaves of the pool only what the newly paid-up held of the area, and takes that
/// area out, so that a few dozen rounds suffice whatever the roster.
fn share_revenue_over_owing(
    plan: &Plan,
    pool: Fen,
    unpaid: &mut [Unpaid],
    paid: &mut [Paid],
    watch: &mut dyn FnMut(&Round<'_>),
) -> Fen {
    let mut allocator = Allocator::default();
    let mut left = pool;
    let mut owing: Vec<usize> = (0..unpaid.len()).collect();
    let (mut areas, mut parts) = (Vec::new(), Vec::new());
    loop {
        owing.retain(|&index| !unpaid[index].shared.is_zero());
        if left.is_zero() || owing.is_empty() {
            return left;
        }
        areas.clear();
        areas.extend(
            owing.iter().map(|&index| u128::from(plan.households()[index].area.millionths())),
        );
        watch(&Round { pool: left, owing: &owing, areas: &areas });
        parts.clear();
        parts.resize(areas.len(), Fen::ZERO);
        allocator.allocate_by_need(left, &areas, &mut parts);
        for (&index, &part) in owing.iter().zip(&parts) {
            let taken = unpaid[index].pay_shared(part);
            paid[index].public_revenue += taken;
            left -= taken;
        }
    }
}

/// What may be drawn from a household's maintenance-fund account: its balance above the part
/// of the first instalment that stays; where that is unknown, all of it.
fn drawable(plan: &Plan, household: usize, keep: Rate) -> Fen {
    let kept = plan.first_instalment(household).map_or(Fen::ZERO, |first| keep.of(first));
    plan.households()[household].fund_balance.map_or(Fen::ZERO, |balance| balance.less(kept))
}
