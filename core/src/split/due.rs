//! Step 5, due: what each household owes.

use super::minimum::TopUps;
use super::relief::Reliefs;
use super::shares::Shares;
use crate::money::Fen;

/// What a household owes, and how it came about.
#[derive(Debug, Clone, Copy, Default)]
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
    let mut dues: Vec<Due> = reliefs
        .relief
        .iter()
        .zip(&reliefs.borne)
        .zip(&top_ups.households)
        .map(|((&relief, &borne), &top_up)| Due { relief, borne, top_up, ..Due::default() })
        .collect();
    for line in &shares.lines {
        for (household, share) in line.iter() {
            if line.is_shared {
                dues[household].share += share;
            } else {
                dues[household].individual += share;
            }
        }
    }
    dues
}
