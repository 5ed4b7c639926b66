//! From portions to the offers of a plan's sources.

use super::{Division, Programme};
use crate::money::Fen;
use crate::plan::Plan;
use crate::problem::{Cause, Naming, Problems};

impl Programme {
    /// What a compound gets by the source of its plan that each pot names; pots of the same
    /// source are added up.
    pub fn offers<'p>(&'p self, division: &Division, compound: usize) -> Vec<(&'p str, Fen)> {
        let mut offers: Vec<(&str, Fen)> = Vec::new();
        for (pot, divided) in self.pots.iter().zip(&division.pots) {
            let portion = divided.portions.get(compound);
            let amount = portion.map_or(Fen::ZERO, |portion| portion.amount);
            match offers.iter_mut().find(|(source, _)| *source == pot.source) {
                Some((_, offer)) => *offer += amount,
                None => offers.push((&pot.source, amount)),
            }
        }
        offers
    }
}

impl Plan {
    /// The plan with what these sources give in all put in place of their own amounts; each keeps
    /// its `covers` and its `rate`.
    ///
    /// # Errors
    /// `unknown-id` at `sources` for each source that the plan doesn't have.
    pub fn with_offers(mut self, offers: &[(&str, Fen)]) -> Result<Plan, Problems> {
        let mut problems = Problems::default();
        for &(id, amount) in offers {
            match self.sources.iter_mut().find(|source| source.id == id) {
                Some(source) => {
                    source.amount = Some(amount);
                    (source.per_household, source.per_area) = (None, None);
                }
                None => {
                    let known = self.sources.iter().map(|source| source.id.clone()).collect();
                    let naming = Naming::Source;
                    problems.add_seen("sources", id, Cause::UnknownId { naming, known });
                }
            }
        }
        problems.refuse(self)
    }

    /// How many buildings the roster names.
    pub(super) fn building_count(&self) -> usize {
        self.roster.buildings.len()
    }
}
