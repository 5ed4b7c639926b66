//! The charts of a result: laid out in whole numbers, drawn as SVG, each with the same figures as a
//! table. The engine sums up a split ([`Figures::of`]), the page draws the sums ([`draw`]).
//!
//! Across, places are parts of the width, in millionths; down, they are pixels, in thousandths.
//! A chart so fits its box at any width while its texts keep their size, in one drawing.

mod distribution;
mod floor_table;
mod floors;
mod flow;
mod flow_chart;
mod flow_layout;
mod frame;
mod histogram;
mod rank;
#[cfg(test)]
mod tests;

use fentan_core::{Fen, Plan, Split};
use fentan_words::{Language, channel};
use serde::{Deserialize, Serialize};
use yew::{Component, Context, Html, Properties};

use crate::message::Outcome;
use crate::packed::Packed;
use crate::parts::bins::{Bins, bins};
use crate::parts::elements::{all, panel};
use crate::session::Session;
use floor_table::floor_table;
use flow_chart::flow_chart;
use histogram::histogram;

pub use distribution::Distribution;
pub use floors::Floors;
pub use flow::{Flow, FlowGroup, FlowLine};

/// What the charts show of a split. It grows with lines, sources and buildings, not with households.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Who pays for what.
    pub flow: Flow,
    /// What households pay in cash.
    pub cash: Distribution,
    /// The number of households by what they pay in cash.
    pub bins: Bins,
    /// What households pay in cash by building and floor.
    pub floors: Floors,
}

/// What the charts of households need of a home.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Home<'p> {
    /// Its building.
    pub building: &'p str,
    /// Its floor, if the roster has one.
    pub floor: Option<i32>,
    /// Its area in millionths of a square metre.
    pub area: u64,
    /// What it pays in cash.
    pub cash: Fen,
}

impl Home<'_> {
    /// The homes of a plan, with what they pay by its split.
    pub fn all<'p>(plan: &'p Plan, split: &Split) -> Vec<Home<'p>> {
        let homes = plan.households().iter().zip(&split.households).map(|(home, split)| Home {
            building: plan.building_of(home).unwrap_or_default(),
            floor: home.floor,
            area: home.area.millionths(),
            cash: split.paid.cash,
        });
        homes.collect()
    }
}

/// The channels that residents pay by.
const CHANNELS: [&str; 6] =
    ["in_kind", "public_revenue", "maintenance_fund", "provident_fund", "owner_unit", "cash"];

impl Figures {
    /// The figures of a plan's split, of which this is shown already.
    pub fn of(language: Language, plan: &Plan, split: &Split, outcome: &Outcome) -> Figures {
        let mut payers = outcome.by_payer.names("");
        payers.pop();
        let lines = outcome.by_payer.lines.iter().map(|line| {
            let (residents, paid) = line.paid.split_last().unwrap_or((&Fen::ZERO, &[]));
            FlowLine { name: line.name.clone(), paid: paid.into(), residents: *residents }
        });
        let dues = outcome.dues.named().into_iter();
        let groups = dues
            .filter(|(name, _)| CHANNELS.contains(name))
            .map(|(name, amount)| FlowGroup { name: channel(language, name), amount });
        let flow = Flow { payers, lines: lines.collect(), groups: groups.collect() };
        Figures::of_homes(flow, outcome.cash.clone(), &Home::all(plan, split))
    }

    fn of_homes(flow: Flow, cash: Distribution, homes: &[Home<'_>]) -> Figures {
        let amounts: Vec<_> = homes.iter().map(|home| home.cash).collect();
        Figures { flow, cash, bins: bins(&amounts), floors: Floors::of(homes) }
    }
}

/// What the charts show of the open plan; none while it can't be split.
pub fn figures(session: &Session) -> Option<Packed<Figures>> {
    let (plan, split, outcome) = (session.plan()?, session.split()?, session.outcome()?);
    Some(Packed::of(&Figures::of(session.language(), plan, split, outcome)))
}

/// What it takes to draw the charts.
#[derive(Debug, Clone, PartialEq, Eq, Properties)]
pub struct OfCharts {
    /// The language of the page.
    pub language: Language,
    /// The figures; none before the engine has summed them up.
    pub figures: Option<Packed<Figures>>,
}

/// The charts. They are drawn when their figures or the language are others.
#[derive(Debug)]
pub struct ChartPanels;

impl Component for ChartPanels {
    type Message = ();
    type Properties = OfCharts;

    fn create(_: &Context<Self>) -> Self {
        ChartPanels
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let OfCharts { language, figures } = context.props();
        let figures = figures.as_ref().and_then(Packed::open);
        figures.map(|figures| draw(*language, &figures)).unwrap_or_default()
    }
}

/// Draws the charts, each in a panel of its own.
pub fn draw(language: Language, figures: &Figures) -> Html {
    let flow = chart(language, "flow", flow_chart(language, "flow", &figures.flow));
    all(vec![flow, draw_one(language, figures, 0), draw_one(language, figures, 1)])
}

/// Draws one of the charts of households: what they pay in cash, or that by building and floor.
pub fn draw_one(language: Language, figures: &Figures, which: usize) -> Html {
    let Figures { cash, bins, floors, .. } = figures;
    match which {
        0 => chart(language, "cash", histogram(language, "cash", cash, bins)),
        _ => chart(language, "floors", floor_table(language, "floors", floors)),
    }
}

fn chart(language: Language, id: &'static str, drawing: Html) -> Html {
    let heading = format!("charts.{id}");
    panel(language, id, &heading, &format!("{heading}-note"), vec![drawing])
}
