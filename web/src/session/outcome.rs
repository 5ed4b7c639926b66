//! What the page shows of a split.

use fentan_charts::{Distribution, Figures, Flow, FlowGroup, FlowLine, Home};
use fentan_core::{Plan, Split};
use fentan_words::{Language, channel};

use crate::by_payer::ByPayer;
use crate::figures::{Dues, Proof};
use crate::message::Outcome;

impl Outcome {
    /// What the page shows of a plan's split.
    pub fn of(plan: &Plan, split: &Split) -> Outcome {
        Outcome {
            by_payer: ByPayer::of(plan, split),
            offers: split.sources.iter().map(|source| source.offer).collect(),
            pool_left: split.pool_left,
            dues: Dues::total(&split.households),
            cash: Distribution::of(&homes(plan, split)),
            proof: Proof::of(split),
        }
    }
}

/// How residents pay.
const CHANNELS: [&str; 6] =
    ["in_kind", "public_revenue", "maintenance_fund", "provident_fund", "owner_unit", "cash"];

/// What the charts show of a plan's split.
pub fn figures(language: Language, plan: &Plan, split: &Split) -> Figures {
    let by_payer = ByPayer::of(plan, split);
    let mut payers = by_payer.names("");
    payers.pop();
    let lines = by_payer.lines.into_iter().map(|mut line| {
        let residents = line.paid.pop().unwrap_or_default();
        FlowLine { name: line.name, paid: line.paid, residents }
    });
    let dues = Dues::total(&split.households).named().into_iter();
    let groups = dues.filter(|(name, _)| CHANNELS.contains(name));
    let groups = groups.map(|(name, amount)| FlowGroup { name: channel(language, name), amount });
    let flow = Flow { payers, lines: lines.collect(), groups: groups.collect() };
    Figures { flow, homes: homes(plan, split) }
}

fn homes(plan: &Plan, split: &Split) -> Vec<Home> {
    let homes = plan.households().iter().zip(&split.households).map(|(home, split)| Home {
        building: plan.building_of(home).unwrap_or_default().to_owned(),
        floor: home.floor,
        area: home.area.millionths(),
        cash: split.paid.cash,
    });
    homes.collect()
}
