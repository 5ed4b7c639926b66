//! What reading the rest of a plan needs of a roster: indices by name, and the paths of values.

use std::collections::HashMap;
use std::sync::Arc;

use super::Roster;
use super::columns::{Column, Columns};
use super::row::{JOINS, WEIGHTS};
use super::table::WEIGHT;
use crate::money::Fen;
use crate::place::Place;
use crate::problem::{Cause, Naming, Problems};

/// Finds households, buildings, units and columns by name, and the paths of their values.
#[derive(Debug, Default)]
pub(crate) struct RosterIndex {
    /// Whether there is a roster; an empty one is one too.
    pub(in crate::plan) is_readable: bool,
    pub(super) by_id: HashMap<Arc<str>, u32>,
    pub(super) by_building: HashMap<String, u32>,
    /// By `building/unit`.
    pub(super) by_unit: HashMap<String, u32>,
    pub(super) columns: Columns,
    /// Charges that came as columns of a table, by line.
    pub(in crate::plan) charges: Vec<ChargeColumn>,
    /// Households whose floor is a problem already, in order.
    pub(super) unreadable_floors: Vec<u32>,
    /// The file a table came from and the row of each household in it.
    pub(super) table: Option<(String, Vec<u64>)>,
}

/// The column `charge:LINE` of a roster table.
#[derive(Debug)]
pub(in crate::plan) struct ChargeColumn {
    pub(in crate::plan) line: String,
    pub(in crate::plan) place: String,
    pub(in crate::plan) charges: Vec<(u32, Fen)>,
}

impl RosterIndex {
    /// The household of an id.
    pub(in crate::plan) fn find(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).copied()
    }

    pub(in crate::plan) fn find_building(&self, name: &str) -> Option<usize> {
        self.by_building.get(name).map(|&index| index as usize)
    }

    /// Finds a unit by `building/unit`.
    pub(in crate::plan) fn find_unit(&self, name: &str) -> Option<usize> {
        self.by_unit.get(name).map(|&index| index as usize)
    }

    /// Whether the household's floor is a problem already.
    pub(in crate::plan) fn has_unreadable_floor(&self, household: u32) -> bool {
        self.unreadable_floors.binary_search(&household).is_ok()
    }

    /// Whether the roster came as a table.
    pub(super) fn is_table(&self) -> bool {
        self.table.is_some()
    }

    /// The path to a household's field.
    pub(super) fn place_of(&self, household: u32, field: &str) -> String {
        match &self.table {
            Some((file, rows)) => {
                Place::Cell { file, row: rows[household as usize], column: field }.to_string()
            }
            None => format!("households[{household}].{field}"),
        }
    }

    /// The path to a household's weight in a column.
    pub(in crate::plan) fn place_of_weight(&self, household: u32, column: &str) -> String {
        match &self.table {
            Some(_) => self.place_of(household, &format!("{WEIGHT}{column}")),
            None => self.place_of(household, &format!("{WEIGHTS}.{column}")),
        }
    }
}

impl Roster {
    /// Notes an unknown id as a problem; without a roster no id is one.
    pub(in crate::plan) fn unknown(
        &self,
        naming: Naming,
        id: &str,
        place: Place<'_>,
        problems: &mut Problems,
    ) {
        if !self.index.is_readable {
            return;
        }
        let known = match naming {
            Naming::Building => self.buildings.clone(),
            Naming::Column => self.index.columns.names(),
            _ => Vec::new(),
        };
        problems.add_seen(place, id, Cause::UnknownId { naming, known });
    }

    /// A column of weights that a household has a value in.
    pub(in crate::plan) fn column(&self, name: &str) -> Option<Column> {
        self.index.columns.column(name, self.all.len())
    }

    /// The lines that households say of whether they take part in them, each with the places where
    /// it is named.
    pub(in crate::plan) fn joined(&self) -> impl Iterator<Item = (&str, Vec<String>)> {
        self.joins.lines().map(|(line, named)| {
            let path = |household| self.index.place_of(household, &format!("{JOINS}.{line}"));
            let places = match named {
                Ok(heading) => vec![heading.to_owned()],
                Err(households) => households.map(path).collect(),
            };
            (line, places)
        })
    }

    /// Adds the household to each problem of a value in the roster.
    pub(in crate::plan) fn tell_households(&self, problems: &mut Problems) {
        problems.tell_households(|path| {
            let index = match &self.index.table {
                Some((file, rows)) => {
                    let (row, _) =
                        path.strip_prefix(file.as_str())?.strip_prefix(':')?.split_once(':')?;
                    rows.binary_search(&row.parse().ok()?).ok()?
                }
                None => path.strip_prefix("households[")?.split_once(']')?.0.parse().ok()?,
            };
            let id = &self.all.get(index)?.id;
            (!id.is_empty()).then(|| Arc::clone(id))
        });
    }
}
