//! The key by which a line is shared, and the check that all who share have a weight in it.

use super::read::refuse_fields;
use super::{Line, LineReader, ShareBy, Within, Works};
use crate::document::Value;
use crate::place::Place;
use crate::plan::Table;
use crate::plan::fields::{Fields, wrong_type};
use crate::plan::roster::{Column, Household, Roster};
use crate::problem::{Cause, Expected, Homes, Naming, Problems};

/// Reads keys; keeps the columns of weights that they name.
pub(crate) struct KeyReader<'r> {
    roster: Option<&'r Roster>,
    pub(super) tables: &'r [Table],
    /// Each once.
    pub(in crate::plan) columns: Vec<Column>,
}

impl<'r> KeyReader<'r> {
    pub(super) fn new(roster: &'r Roster, tables: &'r [Table]) -> Self {
        KeyReader { roster: Some(roster), tables, columns: Vec::new() }
    }

    /// A reader for keys without a roster, and so without columns of weights.
    pub(crate) fn without_roster(tables: &'r [Table]) -> Self {
        KeyReader { roster: None, tables, columns: Vec::new() }
    }

    pub(crate) fn read(
        &mut self,
        value: &Value<'_>,
        place: Place<'_>,
        problems: &mut Problems,
    ) -> Option<ShareBy> {
        const KNOWN: &[&str] = &["column", "table", "times", "within"];
        match value {
            Value::Text(text) if text == "area" => return Some(ShareBy::Area),
            Value::Text(text) if text == "household" => return Some(ShareBy::Household),
            Value::Text(text) => {
                let known = ["area", "household"].map(str::to_owned).to_vec();
                let naming = Naming::Listed;
                problems.add_seen(place, text, Cause::UnknownId { naming, known });
                return None;
            }
            Value::Fields(_) => {}
            _ => {
                wrong_type(value, &place, Expected::Sharing, problems);
                return None;
            }
        }
        let fields = Fields::open(value, place, KNOWN, problems)?;
        if fields.has("column") {
            refuse_fields(&fields, &["table", "times", "within"], problems);
            let name = fields.text("column", problems)?;
            return self.column(name, place.field("column"), problems);
        }
        fields.required("table", problems)?;
        let name = fields.text("table", problems)?;
        let table = self.tables.iter().position(|table| table.name == name);
        if table.is_none() {
            let known = self.tables.iter().map(|table| table.name.clone()).collect();
            let naming = Naming::Table;
            problems.add_seen(place.field("table"), name, Cause::UnknownId { naming, known });
        }
        if fields.has("times") {
            refuse_fields(&fields, &["within"], problems);
            fields.choice("times", &[Within::Area], Within::as_str, problems)?;
            return table.map(ShareBy::CoefficientTimesArea);
        }
        if fields.has("within") {
            let within = fields.choice("within", Within::ALL, Within::as_str, problems)?;
            return table.map(|table| ShareBy::Floors(table, within));
        }
        table.map(ShareBy::Coefficient)
    }

    fn column(&mut self, name: &str, place: Place<'_>, problems: &mut Problems) -> Option<ShareBy> {
        if let Some(index) = self.columns.iter().position(|column| column.name == name) {
            return Some(ShareBy::Column(index));
        }
        let roster = self.roster?;
        let Some(column) = roster.column(name) else {
            roster.unknown(Naming::Column, name, place, problems);
            return None;
        };
        self.columns.push(column);
        Some(ShareBy::Column(self.columns.len() - 1))
    }
}

impl LineReader<'_> {
    /// Checks that every beneficiary has a weight, even if there will be no money to split.
    pub(in crate::plan) fn check_weights(
        &self,
        place: Place<'_>,
        line: &Line,
        share_by: ShareBy,
        problems: &mut Problems,
    ) {
        if matches!(share_by, ShareBy::Area | ShareBy::Household) {
            return;
        }
        let beneficiaries = match &line.works {
            Works::Shared { scope: Some(scope), .. } => scope,
            _ => &self.roster.everyone,
        };
        match share_by {
            ShareBy::Area | ShareBy::Household => {}
            ShareBy::Column(index) => {
                let column = &self.keys.columns[index];
                for &household in beneficiaries {
                    if column.weights[household as usize].is_none() {
                        let line = line.id.clone();
                        let place = self.roster.index.place_of_weight(household, &column.name);
                        problems.add(place, Cause::MissingWeight { line });
                    }
                }
            }
            ShareBy::Coefficient(table)
            | ShareBy::CoefficientTimesArea(table)
            | ShareBy::Floors(table, _) => {
                let table = &self.keys.tables[table];
                let mut floors = Vec::new();
                let (mut on_floors, mut floorless) = <(Box<Homes>, Box<Homes>)>::default();
                let is_asked = |household: &Household| match share_by {
                    // A household without a weight within its floor needs no coefficient.
                    ShareBy::Floors(_, within) => self.uses.counts(household).within(within) > 0,
                    _ => true,
                };
                for &index in beneficiaries {
                    let household = &self.roster.all[index as usize];
                    if !is_asked(household) {
                        continue;
                    }
                    match household.floor {
                        Some(floor) if table.coefficient(floor).is_some() => {}
                        Some(floor) => {
                            if let Err(position) = floors.binary_search(&floor) {
                                floors.insert(position, floor);
                            }
                            on_floors.add(&household.id);
                        }
                        None if self.roster.index.has_unreadable_floor(index) => {}
                        None => floorless.add(&household.id),
                    }
                }
                if !floors.is_empty() || floorless.count > 0 {
                    let cause = Cause::NoCoefficient { floors, on_floors, floorless };
                    problems.add(place.field("share_by").field("table"), cause);
                }
            }
        }
    }
}
