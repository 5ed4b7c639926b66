use fentan_core::{Plan, Split};

use crate::charts::{Distribution, Floors, Home};
use crate::figures::{Dues, Proof};
use crate::ledger::Ledger;
use crate::message::Outcome;

impl Outcome {
    /// What the page shows of a plan's split.
    pub fn of(plan: &Plan, split: &Split) -> Outcome {
        let homes = plan.households().iter().zip(&split.households).map(|(home, split)| Home {
            building: plan.building_of(home).unwrap_or_default().to_owned(),
            floor: home.floor,
            area: home.area.millionths(),
            cash: split.paid.cash,
        });
        let homes: Vec<Home> = homes.collect();
        Outcome {
            ledger: Ledger::of(plan, split),
            offers: split.sources.iter().map(|source| source.offer).collect(),
            pool_left: split.pool_left,
            dues: Dues::total(&split.households),
            cash: Distribution::of(&homes),
            floors: Floors::of(&homes),
            proof: Proof::of(split),
        }
    }
}
