//! Step 5, due: what each household owes.

use super::minimum::TopUps;
use super::relief::Reliefs;
use super::shares::Shares;
use crate::money::Fen;

/// What a household owes, and how it came about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Due {
    pub(super) share: Fen,
    pub(super) relief: Fen,
    pub(super) borne: Fen,
    pub(super) top_up: Fen,
    /// For individual lines.
    pub(super) individual: Fen,
}

impl Due {
    /// For shared lines: share − relief + borne + top-up.
    pub(super) fn shared(&self) -> Fen {
        self.share - self.relief + self.borne + self.top_up
    }
}

pub(super) fn add_up(shares: &Shares<'_>, reliefs: &Reliefs, top_ups: &TopUps) -> Vec<Due> {
    let households = reliefs.relief.len();
    let (mut shared, mut individual) = (vec![Fen::ZERO; households], vec![Fen::ZERO; households]);
    for line in &shares.lines {
        let sums = if line.is_shared { &mut shared } else { &mut individual };
        line.iter().for_each(|(household, share)| sums[household] += share);
    }
    let of_lines = shared.into_iter().zip(individual);
    let others = reliefs.relief.iter().zip(&reliefs.borne).zip(&top_ups.households);
    of_lines
        .zip(others)
        .map(|((share, individual), ((&relief, &borne), &top_up))| Due {
            share,
            relief,
            borne,
            top_up,
            individual,
        })
        .collect()
}
