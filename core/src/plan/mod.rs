//! The plan (方案), spec §2: everything a split needs, in types that can't be wrong.

pub(crate) mod agreements;
mod collection;
mod compound;
mod derived;
pub(crate) mod fields;
mod fill;
mod filled;
mod final_account;
mod given_by;
mod income;
mod joining;
mod lines;
pub(crate) mod odd_fen;
mod read;
mod roster;
pub(crate) mod sources;
pub(crate) mod tables;
pub(crate) mod uses;
mod weights;

use std::sync::Arc;

use crate::document::Value;
use crate::money::Fen;
use crate::number::{Rate, per_area};
use crate::scenario::{Scenario, Stress};

pub use crate::day::{NoDay, PartialDay};
pub use crate::number::{Factor, NoMoney};

pub use agreements::{Agreements, Channel, Maintenance, Minimum, Pot, Relief, Target};
pub use collection::{Call, Collection};
pub use compound::{Chapter, Compound, Deposits, PublicRevenue, Voted};
pub use filled::Filled;
pub use final_account::{FinalCost, Life};
pub use income::Income;
pub use lines::{
    Category, Kind, Line, Named, Pipeline, RateOf, Reach, ShareBy, Subject, Tier, Within, Works,
};
pub use odd_fen::OddFen;
pub use roster::{Household, RosterFile, Vote};
pub use sources::{Covers, PerPiece, Source, SourceKind};
pub use tables::Table;
pub use uses::Use;

pub(crate) use derived::UNITS;
pub(crate) use fill::Values;
pub(crate) use given_by::{GivenBy, fields_given_by};
pub(crate) use lines::{KeyReader, MOST_BUDGET};
pub(crate) use read::check_version;
pub(crate) use roster::RosterRows;
use roster::{Column, Roster};
pub(crate) use uses::Counts;
pub(crate) use weights::{WeighBy, Weighed, Weighing};

/// A plan that has been checked in full: ids name something, numbers are within their limits,
/// every line knows who benefits from it.
///
/// Made by [`Plan::read`], by [`Plan::reread`] with a roster that was read, or from another plan by
/// what keeps these checks; never changed after.
#[derive(Debug, Clone)]
pub struct Plan {
    name: Option<String>,
    policy: Option<String>,
    /// As it is written.
    own_policy: Option<Arc<Value<'static>>>,
    lines: Vec<Line>,
    tables: Vec<Table>,
    sources: Vec<Source>,
    agreements: Agreements,
    channels: Vec<Channel>,
    maintenance: Maintenance,
    /// Shared by the plans that were read again with it.
    roster: Arc<Roster>,
    /// By hardship of the roster: the index of the code that applies, and the rate of relief.
    reliefs: Vec<(usize, Rate)>,
    odd_fen: OddFen,
    uses: Vec<Use>,
    /// By use of the roster: the index of the plan's use.
    used_as: Vec<usize>,
    columns: Vec<Column>,
    compound: Option<Compound>,
    collection: Option<Collection>,
    filled: Vec<Filled>,
    scenarios: Vec<Scenario>,
    stress: Stress,
}

impl Plan {
    /// The name of the plan.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The id of the policy pack whose values fill what the plan leaves out.
    pub fn policy(&self) -> Option<&str> {
        self.policy.as_deref()
    }

    /// The policy pack that the plan brings with it, as it is written:
    /// [`Packs::with_own`](crate::Packs::with_own) reads it.
    pub fn own_policy(&self) -> Option<&Value<'static>> {
        self.own_policy.as_deref()
    }

    /// The values that came from a policy pack, in the order they were filled in.
    pub fn filled(&self) -> &[Filled] {
        &self.filled
    }

    /// The value at a path as it came from a policy pack; `None` if the plan gave it.
    pub fn filled_at(&self, path: &str) -> Option<&Filled> {
        self.filled.iter().find(|filled| filled.holds(path))
    }

    /// The scenarios of the plan, in its order; they never change its split.
    pub fn scenarios(&self) -> &[Scenario] {
        &self.scenarios
    }

    /// The risks that the plan states; they never change its split.
    pub fn stress(&self) -> &Stress {
        &self.stress
    }

    /// The facts of the compound, for the legal checks.
    pub fn compound(&self) -> Option<&Compound> {
        self.compound.as_ref()
    }

    /// How the residents' cash is collected; it never changes the split.
    pub fn collection(&self) -> Option<&Collection> {
        self.collection.as_ref()
    }

    /// The works budget (工程预算), in the plan's order.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Coefficients by floor.
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// The sources: who pays before the residents, in the plan's order.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The rule of the odd fen.
    pub fn odd_fen(&self) -> &OddFen {
        &self.odd_fen
    }

    /// The uses of homes, in the plan's order.
    pub fn uses(&self) -> &[Use] {
        &self.uses
    }

    /// What the residents agreed on.
    pub fn agreements(&self) -> &Agreements {
        &self.agreements
    }

    /// The channels by which a household's share is paid, in the plan's order.
    pub fn channels(&self) -> &[Channel] {
        &self.channels
    }

    /// The rules of the maintenance fund.
    pub fn maintenance(&self) -> &Maintenance {
        &self.maintenance
    }

    /// The roster (住户名册), in its own order.
    pub fn households(&self) -> &[Household] {
        &self.roster.all
    }

    /// The household's building, if the roster gives one.
    pub fn building_of(&self, household: &Household) -> Option<&str> {
        household.building.map(|index| self.roster.buildings[index].as_str())
    }

    /// The household's unit (单元) of its building, if the roster gives one.
    pub fn unit_of(&self, household: &Household) -> Option<&str> {
        household.unit.map(|index| self.roster.units[index].as_str())
    }

    /// The household's owner, if the roster names one.
    pub fn owner_of(&self, household: &Household) -> Option<&str> {
        household.owner.map(|index| self.roster.owners[index as usize].as_str())
    }

    /// The buildings that the roster names.
    pub(crate) fn buildings(&self) -> &[String] {
        &self.roster.buildings
    }

    /// How many owners the roster names.
    pub(crate) fn owners(&self) -> usize {
        self.roster.owners.len()
    }

    /// The beneficiaries of a line, as indices of [`Plan::households`] in roster order.
    pub fn beneficiaries<'p>(&'p self, line: &'p Line) -> &'p [u32] {
        match &line.works {
            Works::Shared { scope, .. } => scope.as_deref().unwrap_or(&self.roster.everyone),
            Works::Individual { households, .. } => households,
        }
    }

    /// The area of all households together, in millionths of a square metre.
    pub(crate) fn total_area(&self) -> u128 {
        self.households().iter().map(|household| u128::from(household.area.0)).sum()
    }

    /// The part of its shares a household is let off; zero without hardship.
    pub(crate) fn relief_rate(&self, household: u32) -> Rate {
        let hardship = self.households()[household as usize].hardship;
        hardship.map_or(Rate::ZERO, |index| self.reliefs[index as usize].1)
    }

    /// The household's hardship code, if the roster gives one: a key of [`Relief::rates`]. Of
    /// several it is the one with the greatest rate, which holds.
    pub fn hardship_of(&self, household: &Household) -> Option<&str> {
        let hardship = household.hardship? as usize;
        self.roster.hardships[hardship].code(self.reliefs[hardship].0)
    }

    /// All hardship codes that the roster gives the household.
    pub fn hardships_of(&self, household: &Household) -> impl Iterator<Item = &str> {
        let hardship = household.hardship.map(|index| &self.roster.hardships[index as usize]);
        hardship.into_iter().flat_map(|hardship| hardship.codes())
    }

    /// The use of the household's home, if the roster gives one.
    pub fn use_of(&self, household: &Household) -> Option<&Use> {
        household.used_as.map(|index| &self.uses[self.used_as[index as usize]])
    }

    /// Whether a home of the roster has a use.
    pub(crate) fn has_uses(&self) -> bool {
        !self.used_as.is_empty()
    }

    /// How a household's home counts.
    pub(crate) fn counts(&self, household: usize) -> Counts {
        self.use_of(&self.households()[household]).map_or(Counts::IN_FULL, Use::counts)
    }

    /// Whether a household has a weight within its floor, where that is split so.
    pub(crate) fn has_weight_within(&self, within: Within, household: usize) -> bool {
        self.counts(household).within(within) > 0
    }

    /// Whether the minimum is for a household that benefits from a shared line.
    pub(crate) fn has_minimum(&self, household: usize) -> bool {
        self.relief_rate(household as u32).is_zero() && self.counts(household).is_household
    }

    /// The part of a household's fund balance that is interest, if the roster gives it.
    pub fn fund_interest_of(&self, household: usize) -> Option<Fen> {
        self.roster.fund_interest_of(household as u32)
    }

    /// Whether a household takes part in a shared line; `None` if the roster does not say.
    pub fn joins(&self, household: usize, line: &Line) -> Option<bool> {
        self.roster.joins.of(household as u32, &line.id)
    }

    /// The first instalment of a household's maintenance-fund account: its own, or by area.
    pub(crate) fn first_instalment(&self, household: usize) -> Option<Fen> {
        let household = &self.households()[household];
        household.fund_first.or_else(|| {
            let rate = self.maintenance.first_per_area?;
            Some(per_area(rate, household.area.0.into()))
        })
    }

    pub(crate) fn column(&self, index: usize) -> &Column {
        &self.columns[index]
    }
}
