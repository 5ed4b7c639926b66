//! A programme (改造计划): pots divided over compounds, docs/programme.md. Each compound's portion
//! becomes the offer of a source in its plan.

mod again;
pub mod desk;
mod divide;
mod limits;
mod offers;
mod rank;
mod read;
mod reason;

use crate::day::Day;
use crate::enumeration;
use crate::money::Fen;
use crate::number::Rate;
use crate::plan::{Plan, SourceKind};

pub use again::{Unused, used};
pub use divide::{Division, Held, Portion, PotDivision};
pub use offers::{by_source, offer_changes, read_offers};
pub use rank::{Rank, percentile, ranks};
pub use read::CompoundTable;
pub(crate) use read::weights;
pub use reason::{FactorTerm, PortionReason};

/// A programme that has been checked: ids are unique, numbers within their limits.
///
/// ```
/// let document = fentan_core::Document::from_toml(r#"
///     fentan_programme = 1
///     date = "2020-07-07"
///     by = "住建局"
///     [[pots]]
///     id = "central"
///     amount = "90"
///     weights = { households = "1" }
///     [[compounds]]
///     id = "north"
///     households = 200
///     [[compounds]]
///     id = "south"
///     households = 100
/// "#.as_bytes())?;
/// let programme = fentan_core::programme::Programme::read(&document, None)?;
/// let division = programme.divide()?;
/// assert_eq!(division.pots[0].portions[0].amount.to_string(), "60.00");
/// # Ok::<(), fentan_core::Problems>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Programme {
    /// What it is called.
    pub name: Option<String>,
    /// The year it is for.
    pub year: Option<u32>,
    /// The day it was settled.
    pub date: Day,
    /// Who settled it.
    pub by: String,
    /// What is divided, in the file's order.
    pub pots: Vec<Pot>,
    /// Who it is divided over, in the file's order.
    pub compounds: Vec<Compound>,
}

/// Money that is divided over the compounds (补助资金): of the centre, the province, the city.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Pot {
    /// Unique among the pots.
    pub id: String,
    /// What it is called.
    pub name: Option<String>,
    /// Whose money it is.
    pub kind: Option<SourceKind>,
    /// The id of the source in each plan whose offer a portion becomes.
    pub source: String,
    /// What there is to divide.
    pub amount: Fen,
    /// The factors that count, with their weights in millionths, which come to one.
    pub weights: Vec<(Factor, u64)>,
    /// By assessment, what a compound's weight is multiplied by, in millionths.
    pub assessment: Vec<(String, u64)>,
    /// The most for each household of a compound.
    pub per_household: Option<Fen>,
    /// The most as a part of a compound's works budget.
    pub rate: Option<Rate>,
    /// The least that a compound gets, as far as its limits allow.
    pub least: Option<Fen>,
    /// The most that a compound gets.
    pub most: Option<Fen>,
    /// Portions are rounded down to whole multiples of it.
    pub round_down_to: Option<Fen>,
}

enumeration! {
    /// What a pot is divided by (分配因素).
    Factor {
        /// 改造面积.
        Area = "area",
        /// 改造户数.
        Households = "households",
        /// 楼栋数.
        Buildings = "buildings",
        /// 小区个数.
        Compounds = "compounds",
        /// 绩效评价: the only factor that fiscal difficulty doesn't multiply.
        Performance = "performance",
    }
}

/// A compound of a programme (小区), or a row that stands for several.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Compound {
    /// Unique among the compounds.
    pub id: String,
    /// What it is called.
    pub name: Option<String>,
    /// The county or district it lies in.
    pub county: Option<String>,
    /// The file of its plan; without one it is only divided to.
    pub plan: Option<String>,
    /// Its size.
    pub aggregates: Aggregates,
    /// The fiscal-difficulty coefficient (财政困难程度系数), in millionths.
    pub difficulty: u64,
    /// How well it performed, in millionths.
    pub performance: Option<u64>,
    /// Its grade in the assessment (考核等次).
    pub assessment: Option<String>,
    /// By pot, the least that it gets, in place of the pot's.
    pub least: Vec<(String, Fen)>,
    /// By pot, the most that it gets, in place of the pot's.
    pub most: Vec<(String, Fen)>,
    /// Whether it takes no part in the division, as its plan can't be read for how large it is.
    pub is_apart: bool,
    /// By pot, all that its plan can use, where that is less than an earlier round gave.
    pub(crate) used: Vec<(String, Fen)>,
    /// Where it stands, for the paths of problems.
    pub(crate) place: String,
}

/// How large a compound is; what is left out comes from its plan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Aggregates {
    /// The area in millionths of a square metre.
    pub area: Option<u64>,
    /// How many households.
    pub households: Option<u64>,
    /// How many buildings.
    pub buildings: Option<u64>,
    /// How many compounds the row stands for; one where it doesn't say.
    pub compounds: u64,
    /// The works budget.
    pub budget: Option<Fen>,
}

impl Aggregates {
    fn fill(&mut self, plan: &Plan) {
        let Aggregates { area, households, buildings, budget, .. } = self;
        *area = area.or_else(|| u64::try_from(plan.total_area()).ok());
        *households = households.or(Some(plan.households().len() as u64));
        *buildings = buildings.or(Some(plan.buildings().len() as u64));
        *budget = budget.or_else(|| Some(plan.lines().iter().map(|line| line.amount).sum()));
    }
}

impl Programme {
    /// The compounds whose plans must be looked into before the pots can be divided, since the
    /// programme leaves out how large they are.
    pub fn wanting(&self) -> Vec<usize> {
        let wants = |compound: &Compound| {
            compound.plan.is_some() && self.missing(compound).next().is_some()
        };
        let compounds = self.compounds.iter().enumerate();
        compounds.filter(|(_, compound)| wants(compound)).map(|(index, _)| index).collect()
    }

    /// Fills in from its plan the parts of a compound's size that the programme leaves out.
    pub fn supply(&mut self, compound: usize, plan: &Plan) {
        if let Some(compound) = self.compounds.get_mut(compound) {
            compound.aggregates.fill(plan);
        }
    }

    /// Leaves a compound out of the division: it gets nothing, and the others share all of it.
    pub fn set_apart(&mut self, compound: usize) {
        if let Some(compound) = self.compounds.get_mut(compound) {
            compound.is_apart = true;
        }
    }

    /// The fields that the pots need of a compound and that are not given.
    fn missing(&self, compound: &Compound) -> impl Iterator<Item = &'static str> {
        let Aggregates { area, households, buildings, budget, .. } = compound.aggregates;
        let counts = |factor| {
            self.pots
                .iter()
                .any(|pot| pot.weights.iter().any(|&(one, weight)| one == factor && weight > 0))
        };
        let per_household = self.pots.iter().any(|pot| pot.per_household.is_some());
        let rate = self.pots.iter().any(|pot| pot.rate.is_some());
        [
            ("area", area.is_none() && counts(Factor::Area)),
            ("households", households.is_none() && (per_household || counts(Factor::Households))),
            ("buildings", buildings.is_none() && counts(Factor::Buildings)),
            ("performance", compound.performance.is_none() && counts(Factor::Performance)),
            ("budget", budget.is_none() && rate),
        ]
        .into_iter()
        .filter(|(_, is_missing)| *is_missing && !compound.is_apart)
        .map(|(name, _)| name)
    }
}

impl Compound {
    /// What the compound has in a factor, times its fiscal difficulty where that counts.
    pub(crate) fn value(&self, factor: Factor) -> u128 {
        if self.is_apart {
            return 0;
        }
        let Aggregates { area, households, buildings, compounds, .. } = self.aggregates;
        let value = match factor {
            Factor::Area => area.unwrap_or_default(),
            Factor::Households => households.unwrap_or_default(),
            Factor::Buildings => buildings.unwrap_or_default(),
            Factor::Compounds => compounds,
            Factor::Performance => return self.performance.unwrap_or_default().into(),
        };
        u128::from(value) * u128::from(self.difficulty)
    }

    /// The path to a field of it.
    fn field(&self, name: &str) -> String {
        format!("{}{}{name}", self.place, self.separator())
    }

    /// What stands between the names of a path: in a list, or in a table.
    fn separator(&self) -> char {
        if self.place.ends_with(']') { '.' } else { ':' }
    }
}
