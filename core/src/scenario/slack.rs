//! How far rounding can move what a household pays from what it would pay unrounded.
//!
//! Unrounded, what households pay falls, or stays, as a source offers more, as the relief pot or
//! the public revenue grows. Step by step (spec §3), with exact numbers in place of whole fen:
//!
//! - Sources: a later source leaves `open − L·min(1, B/ΣL)` with `L = min(open, limit)`. That
//!   grows with every `open`, and what it leaves in all differs by no more than what came in did.
//! - Shares and relief are parts of a line; the relief that the pot does not carry is
//!   `A − A·min(1, C/ΣA)`, of the same form.
//! - Channels: each household pays what is above a fixed amount. (The public revenue that goes
//!   round again, `over = "owing"`, moves with everybody's dues and is left out here.)
//! - Minimum: a top-up only adds. So what is paid without it is never more.
//!
//! No bound is claimed where a household's relief is cut to the most that the plan allows one (what
//! falls on one line then rises on another), nor where all odd fen go to one household.
//!
//! Each rounding moves a figure by less than a fen; added up along the same steps they bound how
//! far a household's cash is from the unrounded. Roundings that the parameter does not reach are
//! the same at all its values and don't count.

use super::parameter::Role;
use crate::money::Fen;
use crate::plan::{Channel, OddFen, Plan};
use crate::split::Portions;

/// In which fractions of a fen bounds are added up.
const FINE: u128 = 1_000_000_000;

/// The most, in whole fen, that a figure can be from the unrounded one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slack {
    /// What a household pays in cash; `None` if no bound is known.
    pub(crate) household: Option<Fen>,
    /// What the residents owe together.
    pub(crate) residents: Fen,
}

/// The slack of a plan's figures as a parameter varies; `None` if unrounded figures need not
/// fall as it grows.
pub(crate) fn slack(plan: &Plan, role: &Role, path: &str) -> Option<Slack> {
    let owing = plan
        .channels()
        .iter()
        .any(|channel| matches!(channel, Channel::PublicRevenue { over_owing: true, .. }));
    if plan.agreements().relief.most.is_some() || *plan.odd_fen() == OddFen::Last {
        return None;
    }
    let from = match *role {
        Role::Source(index) => {
            let source = &plan.sources()[index];
            // A higher limit of lines under a fixed amount takes from one what it gives another.
            let is_of_lines = path.ends_with(".rate") || path.ends_with(".per_piece");
            (!(is_of_lines && source.is_limited())).then_some(Some(index))?
        }
        Role::Pot | Role::Revenue => None,
        Role::Other => return None,
    };
    let reach = Reach::of(plan, from);
    let (household, residents) = match role {
        Role::Revenue => (FINE, 0),
        Role::Pot => (reach.household(plan), 0),
        _ => (reach.household(plan), reach.residents),
    };
    // Of what an owner unit pays a part, rounded once more.
    let household = Fen(household.div_ceil(FINE) + 1);
    Some(Slack {
        household: (!owing).then_some(household),
        residents: Fen(residents.div_ceil(FINE)),
    })
}

/// What the roundings after a source's offer, or after the pot, come to; all in billionths.
struct Reach {
    /// What the uncovered parts of all lines can be off by together.
    uncovered: u128,
    /// What the relief borne of all lines can be off by together.
    borne: u128,
    residents: u128,
    /// The largest part of a reached line that one household has as its share, or bears.
    share_part: u128,
    borne_part: u128,
    /// By household, the roundings of its shares and of what it bears.
    roundings: Vec<u128>,
    /// Whether a household bears relief of a reached line.
    bears: Vec<bool>,
}

impl Reach {
    /// From a source on; `None` = the uncovered parts are fixed and only the pot varies.
    fn of(plan: &Plan, from: Option<usize>) -> Reach {
        let count = plan.households().len();
        let mut reach = Reach {
            uncovered: 0,
            borne: 0,
            residents: 0,
            share_part: 0,
            borne_part: 0,
            roundings: vec![0; count],
            bears: vec![false; count],
        };
        let mut reached = vec![false; plan.lines().len()];
        let sources = plan.sources().iter().skip(from.unwrap_or(plan.sources().len()));
        for source in sources {
            for (index, line) in plan.lines().iter().enumerate() {
                if source.covers.matches(index, line) {
                    reached[index] = true;
                    // One that offers without limit pays what is open, to the fen.
                    reach.uncovered += if source.is_limited() { FINE } else { 0 };
                }
            }
        }
        let has_pot = plan.agreements().relief.pot.is_some();
        reach.borne = reach.uncovered;
        let mut portions = Portions::new(plan, FINE);
        for (index, line) in plan.lines().iter().enumerate() {
            let beneficiaries = plan.beneficiaries(line);
            let relieved = beneficiaries
                .iter()
                .filter(|&&household| !plan.relief_rate(household).is_zero())
                .count() as u128;
            let relieved = if line.is_shared() { relieved } else { 0 };
            // By floors a share is rounded twice.
            let roundings = portions.roundings(line) * FINE;
            if reached[index] {
                reach.share_part = reach.share_part.max(portions.largest(line, beneficiaries));
                for &household in beneficiaries {
                    // Half a fen more for its relief.
                    let relief = if plan.relief_rate(household).is_zero() { 0 } else { FINE / 2 };
                    reach.roundings[household as usize] += roundings + relief;
                }
                reach.borne += relieved * (roundings + FINE / 2);
            }
            // The pot moves relief from line to line.
            if relieved > 0 && (reached[index] || has_pot) {
                let bearers = portions.bearers(line, beneficiaries);
                reach.borne_part = reach.borne_part.max(portions.largest(line, &bearers));
                for household in bearers {
                    reach.roundings[household as usize] += roundings;
                    reach.bears[household as usize] = true;
                }
                reach.borne += if has_pot { FINE } else { 0 };
            }
        }
        reach.residents = reach.uncovered + if has_pot { reach.borne } else { 0 };
        reach
    }

    /// The most that what one household owes can be off by.
    fn household(&self, plan: &Plan) -> u128 {
        let shares = self.share_part * (self.uncovered / FINE);
        let borne = self.borne_part * self.borne.div_ceil(FINE);
        let of_one = |index: usize| {
            shares + self.roundings[index] + if self.bears[index] { borne } else { 0 }
        };
        (0..plan.households().len()).map(of_one).max().unwrap_or_default()
    }
}
