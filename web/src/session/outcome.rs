//! What the page shows of a split.

use fentan_core::{Plan, Split};

use crate::by_payer::ByPayer;
use crate::figures::{Dues, Proof};
use crate::message::Outcome;
use crate::screens::result::charts::{Distribution, Home};

impl Outcome {
    /// What the page shows of a plan's split.
    pub fn of(plan: &Plan, split: &Split) -> Outcome {
        Outcome {
            by_payer: ByPayer::of(plan, split),
            offers: split.sources.iter().map(|source| source.offer).collect(),
            pool_left: split.pool_left,
            dues: Dues::total(&split.households),
            cash: Distribution::of(&Home::all(plan, split)),
            proof: Proof::of(split),
        }
    }
}
