//! The roster (住户名册) that a plan keeps. `row.rs` has the fields of a household, `read.rs` reads them,
//! `table.rs` from a CSV file, which `in_plan.rs` puts into its plan. `index.rs` finds households when the
//! rest of a plan is read.

mod columns;
mod in_plan;
mod index;
mod joins;
mod named;
mod read;
mod row;
mod table;

use std::sync::Arc;

use crate::enumeration;
use crate::money::Fen;
use crate::number::{Area, Rate};

pub(super) use columns::Column;
pub(crate) use in_plan::RosterRows;
use index::RosterIndex;
use joins::Joins;
pub(super) use read::RosterReader;
use row::Field;
pub use table::RosterFile;
use table::{CHARGE, JOINS, WEIGHT};

enumeration! {
    /// How a flat voted (表决意见); one without a vote takes no part.
    Vote {
        /// 同意.
        Yes = "yes",
        /// 不同意.
        No = "no",
        /// 弃权: takes part, for neither side.
        Abstain = "abstain",
        /// 共有人意见不一: takes part, for neither side.
        Undecided = "undecided",
    }
}

/// A household (户) of the roster.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Household {
    /// Unique among the households.
    pub id: Arc<str>,
    /// The name of the household.
    pub name: Option<String>,
    /// A remark.
    pub note: Option<String>,
    pub(crate) building: Option<usize>,
    pub(crate) unit: Option<usize>,
    /// The floor; basements are negative.
    pub floor: Option<i32>,
    /// Its exclusive area (专有部分面积).
    pub area: Area,
    /// An index of the roster's hardships.
    pub(super) hardship: Option<u32>,
    /// An index of the roster's uses.
    pub(super) used_as: Option<u32>,
    /// A unit that pays for this flat's shared part, and which part of it.
    pub payer: Option<(String, Rate)>,
    /// The balance of its maintenance-fund account.
    pub fund_balance: Option<Fen>,
    /// The first instalment of that account.
    pub fund_first: Option<Fen>,
    /// What may be drawn from the provident fund.
    pub provident: Fen,
    /// Materials or labour given, at the agreed value.
    pub in_kind: Fen,
    /// An index of the plan's owners.
    pub(crate) owner: Option<u32>,
    /// How the flat voted, if it did.
    pub vote: Option<Vote>,
}

impl Household {
    /// The fields of a household that hold one value, or several codes, in the order of spec §2: also
    /// the columns of a roster table.
    pub const FIELDS: &[&str] = Field::NAMES;

    pub(super) fn is_in(&self, buildings: &[bool], units: &[bool]) -> bool {
        self.building.is_some_and(|building| buildings[building])
            || self.unit.is_some_and(|unit| units[unit])
    }
}

/// The households of a plan, with the names that they refer to by index.
///
/// Nothing in it depends on the rest of the plan, so that the rest can be read again with it.
#[derive(Debug, Default)]
pub(crate) struct Roster {
    pub(super) all: Vec<Household>,
    pub(crate) buildings: Vec<String>,
    pub(super) units: Vec<String>,
    pub(super) owners: Vec<String>,
    pub(super) hardships: Vec<Hardship>,
    uses: Vec<String>,
    /// The indices of all.
    pub(super) everyone: Vec<u32>,
    /// The interest in the fund balance, by household, for those that give it.
    pub(super) fund_interest: Vec<(u32, Fen)>,
    pub(super) joins: Joins,
    /// Kept to read the rest of the plan again.
    pub(super) index: Arc<RosterIndex>,
}

#[derive(Debug, Clone)]
pub(super) struct Hardship {
    /// `None` for a code that is no text, which is a problem already.
    codes: Vec<Option<String>>,
    is_list: bool,
}

impl Hardship {
    pub(super) fn code(&self, index: usize) -> Option<&str> {
        self.codes.get(index)?.as_deref()
    }

    pub(super) fn codes(&self) -> impl Iterator<Item = &str> {
        self.codes.iter().filter_map(Option::as_deref)
    }
}

impl Roster {
    /// The same roster with other values of its households.
    pub(super) fn with(&self, all: Vec<Household>) -> Roster {
        Roster {
            all,
            buildings: self.buildings.clone(),
            units: self.units.clone(),
            owners: self.owners.clone(),
            hardships: self.hardships.clone(),
            uses: self.uses.clone(),
            everyone: self.everyone.clone(),
            fund_interest: self.fund_interest.clone(),
            joins: self.joins.clone(),
            index: Arc::clone(&self.index),
        }
    }

    /// The index of a hardship of one code; it is added if the roster lacks it.
    pub(super) fn add_hardship(&mut self, code: &str) -> u32 {
        let is_it = |one: &Hardship| one.codes().eq([code]);
        let index = self.hardships.iter().position(is_it).unwrap_or(self.hardships.len());
        if index == self.hardships.len() {
            self.hardships.push(Hardship { codes: vec![Some(code.to_owned())], is_list: false });
        }
        index as u32
    }

    pub(super) fn fund_interest_of(&self, household: u32) -> Option<Fen> {
        let found = self.fund_interest.binary_search_by_key(&household, |&(index, _)| index);
        Some(self.fund_interest[found.ok()?].1)
    }
}
