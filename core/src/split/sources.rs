//! Step 1, sources: who pays before the residents [四(一), 四(二), 四(四)].

use crate::allocate::Allocator;
use crate::money::Fen;
use crate::number::per_area;
use crate::plan::{Line, Plan, Source};

/// What the sources pay, and what they leave uncovered.
pub(super) struct Funding {
    /// By source, in the plan's order.
    pub(super) sources: Vec<Funded>,
    /// By line, what no source pays, the part set aside for the residents included.
    pub(super) uncovered: Vec<Fen>,
}

/// One source's offer and payments.
pub(super) struct Funded {
    /// The most it gives in all; `None` = unlimited.
    pub(super) offer: Option<Fen>,
    /// What it pays, by line of the plan that it covers.
    pub(super) payments: Vec<(usize, Fen)>,
}

pub(super) fn pay(plan: &Plan) -> Funding {
    let set_aside: Vec<Fen> = plan.lines().iter().map(|line| set_aside(plan, line)).collect();
    let mut open: Vec<Fen> = plan
        .lines()
        .iter()
        .zip(&set_aside)
        .map(|(line, &set_aside)| line.amount - set_aside)
        .collect();
    let mut allocator = Allocator::default();
    let sources = plan
        .sources()
        .iter()
        .map(|source| {
            let offer = offer(plan, source);
            let payments = pay_lines(plan, source, offer, &mut open, &mut allocator);
            Funded { offer, payments }
        })
        .collect();
    let uncovered = open.iter().zip(set_aside).map(|(&open, set_aside)| open + set_aside).collect();
    Funding { sources, uncovered }
}

/// The part of a shared line that is left to the residents whatever the sources offer.
fn set_aside(plan: &Plan, line: &Line) -> Fen {
    line.tier
        .filter(|_| line.is_shared())
        .and_then(|tier| {
            let rates = &plan.agreements().residents_at_least;
            rates.iter().find(|(of_tier, _)| *of_tier == tier)
        })
        .map_or(Fen::ZERO, |(_, rate)| rate.of(line.amount))
}

/// The least of the given limits; `None` without a limit.
fn offer(plan: &Plan, source: &Source) -> Option<Fen> {
    let counted = match source.counts_homes() {
        true => counted(plan, source),
        false => Counted::default(),
    };
    [
        source.amount,
        source.per_household.map(|amount| Fen(amount.0 * counted.households)),
        source.per_area.map(|amount| per_area(amount, counted.area)),
    ]
    .into_iter()
    .flatten()
    .min()
}

/// What an offer counts.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counted {
    /// Households that count as such.
    pub(crate) households: u128,
    /// The area of all, in millionths of a square metre.
    pub(crate) area: u128,
}

/// Counts what a source's offer counts.
pub(crate) fn counted(plan: &Plan, source: &Source) -> Counted {
    if source.over_served {
        return served(plan, source);
    }
    if !plan.has_uses() {
        let households = plan.households().len() as u128;
        return Counted { households, area: plan.total_area() };
    }
    count(plan, 0..plan.households().len())
}

/// Counts those whom a source's lines serve.
pub(crate) fn served(plan: &Plan, source: &Source) -> Counted {
    let mut is_served = vec![false; plan.households().len()];
    for (index, line) in plan.lines().iter().enumerate() {
        if source.covers.matches(index, line) {
            for &household in plan.beneficiaries(line) {
                is_served[household as usize] = true;
            }
        }
    }
    count(plan, (0..is_served.len()).filter(|&index| is_served[index]))
}

fn count(plan: &Plan, households: impl Iterator<Item = usize>) -> Counted {
    let mut counted = Counted::default();
    for index in households {
        counted.households += u128::from(plan.counts(index).is_household);
        counted.area += u128::from(plan.households()[index].area.millionths());
    }
    counted
}

/// The most that a source may pay on a line that it covers, of which `open` is not yet paid.
pub(super) fn limit(source: &Source, line: &Line, open: Fen) -> Fen {
    let by_rate = source.rate.map(|rate| rate.of(line.amount));
    let by_pieces = source.piece_limit(line);
    [Some(open), by_rate, by_pieces].into_iter().flatten().min().unwrap_or(open)
}

fn pay_lines(
    plan: &Plan,
    source: &Source,
    offer: Option<Fen>,
    open: &mut [Fen],
    allocator: &mut Allocator,
) -> Vec<(usize, Fen)> {
    let mut payments = Vec::new();
    for (index, line) in plan.lines().iter().enumerate() {
        if source.covers.matches(index, line) {
            payments.push((index, limit(source, line, open[index])));
        }
    }
    let wanted: Fen = payments.iter().map(|&(_, limit)| limit).sum();
    if let Some(offer) = offer.filter(|&offer| offer < wanted) {
        let limits: Vec<u128> = payments.iter().map(|&(_, limit)| limit.0).collect();
        let mut parts = vec![Fen::ZERO; limits.len()];
        allocator.allocate_by_need(offer, &limits, &mut parts);
        for ((_, payment), part) in payments.iter_mut().zip(parts) {
            *payment = part;
        }
    }
    for &(index, payment) in &payments {
        open[index] -= payment;
    }
    payments
}
