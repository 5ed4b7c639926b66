//! Reading a roster, household by household; every problem is noted and reading goes on.

use std::collections::HashMap;
use std::sync::Arc;

use super::row::{
    Field, JOINS, Row, WEIGHTS, filled_text, is_text, payer, required_text, slashless_text, text,
    value, vote,
};
use super::{Hardship, Household, Roster, RosterIndex};
use crate::document::Value;
use crate::money::Fen;
use crate::number::{self, Area, Scalar};
use crate::place::Place;
use crate::plan::fields::{Fields, entries, list, number, wrong_type};
use crate::problem::{Cause, Expected, Problems};

/// The most households a roster may hold, spec §1.
const MOST_HOUSEHOLDS: usize = 10_000_000;

/// The households read so far, and what only reading them needs.
#[derive(Debug, Default)]
pub(crate) struct RosterReader {
    pub(super) roster: Roster,
    pub(super) index: RosterIndex,
    by_owner: HashMap<String, u32>,
    by_hardship: HashMap<String, u32>,
    by_hardships: HashMap<Vec<Option<String>>, u32>,
    by_use: HashMap<String, u32>,
}

/// The index of a name; a new name is added.
fn index_of(indices: &mut HashMap<String, u32>, names: &mut Vec<String>, name: &str) -> u32 {
    if let Some(&index) = indices.get(name) {
        return index;
    }
    let next = names.len() as u32;
    indices.insert(name.to_owned(), next);
    names.push(name.to_owned());
    next
}

impl RosterReader {
    /// The roster that was read.
    pub(in crate::plan) fn finish(self) -> Roster {
        let everyone = (0u32..).take(self.roster.all.len()).collect();
        Roster { everyone, index: Arc::new(self.index), ..self.roster }
    }

    /// Reads the roster in the plan.
    pub(in crate::plan) fn read_list(&mut self, value: &Value<'_>, problems: &mut Problems) {
        let place = Place::Field(&Place::Root, "households");
        let Some(list) = list(value, &place, problems) else {
            return;
        };
        self.index.is_readable = true;
        for (index, value) in list.iter().enumerate() {
            let place = place.index(index);
            if !self.has_room(&place, problems) {
                return;
            }
            match Fields::open(value, place, Field::IN_PLAN, problems) {
                Some(fields) => {
                    self.read(&fields, problems);
                    if let Some(weights) = fields.get(WEIGHTS) {
                        self.read_weights(weights, &place.field(WEIGHTS), problems);
                    }
                    if let Some(joins) = fields.get(JOINS) {
                        self.read_joins(joins, &place.field(JOINS), problems);
                    }
                }
                None => self.roster.all.push(Household::unreadable()),
            }
        }
    }

    /// Makes room for a number of households.
    pub(super) fn reserve(&mut self, households: usize) {
        self.roster.all.reserve(households);
        self.index.by_id.reserve(households);
    }

    pub(super) fn has_room(&self, place: &Place<'_>, problems: &mut Problems) -> bool {
        let room = self.roster.all.len() < MOST_HOUSEHOLDS;
        if !room {
            problems.add(place, Cause::TooLarge { most: MOST_HOUSEHOLDS as u128 });
        }
        room
    }

    /// Reads one household. One that can't be read keeps its position, so that the paths of those
    /// after it stay right.
    pub(super) fn read(&mut self, row: &impl Row, problems: &mut Problems) {
        let index = self.roster.all.len() as u32;
        let mut household = Household::unreadable();
        if let Some(id) = required_text(row, Field::Id, problems) {
            household.id = id.into();
            let first = *self.index.by_id.entry(Arc::clone(&household.id)).or_insert(index);
            if first != index {
                let first = self.index.place_of(first, Field::Id.name());
                problems.add_seen(row.place(Field::Id), id, Cause::DuplicateId { first });
            }
        }
        household.name = text(row, Field::Name, problems).map(str::to_owned);
        household.note = text(row, Field::Note, problems).map(str::to_owned);
        household.building = self.building(row, problems);
        household.unit = self.unit(row, household.building, problems);
        household.floor = value(row, Field::Floor, number::floor, problems);
        if household.floor.is_none() && row.scalar(Field::Floor).is_some() {
            self.index.unreadable_floors.push(index);
        }
        if row.scalar(Field::Area).is_none() {
            problems.add(row.place(Field::Area), Cause::MissingField);
        }
        if let Some(area) = value(row, Field::Area, number::area, problems) {
            household.area = area;
        }
        household.used_as = self.used_as(row, problems);
        household.hardship = self.hardship(row, problems);
        household.payer = payer(row, problems);
        household.fund_balance = value(row, Field::FundBalance, number::money, problems);
        household.fund_first = value(row, Field::FundFirst, number::money, problems);
        self.read_interest(row, index, household.fund_balance, problems);
        household.provident =
            value(row, Field::Provident, number::money, problems).unwrap_or_default();
        household.in_kind = value(row, Field::InKind, number::money, problems).unwrap_or_default();
        household.owner = self.owner(row, problems);
        household.vote = vote(row, problems);
        self.roster.all.push(household);
    }

    fn building(&mut self, row: &impl Row, problems: &mut Problems) -> Option<usize> {
        // Households of a building mostly stand together.
        let before = self.roster.all.last().and_then(|before| before.building);
        let is_same =
            |&building: &usize| is_text(row, Field::Building, &self.roster.buildings[building]);
        if let Some(building) = before.filter(is_same) {
            return Some(building);
        }
        let name = slashless_text(row, Field::Building, problems)?;
        Some(index_of(&mut self.index.by_building, &mut self.roster.buildings, name) as usize)
    }

    /// The household's unit; one without a building is in no scope and needs no index.
    fn unit(
        &mut self,
        row: &impl Row,
        building: Option<usize>,
        problems: &mut Problems,
    ) -> Option<usize> {
        let before = self.roster.all.last().filter(|before| before.building == building);
        let before = before.and_then(|before| before.unit);
        if let Some(unit) =
            before.filter(|&unit| is_text(row, Field::Unit, &self.roster.units[unit]))
        {
            return Some(unit);
        }
        let name = slashless_text(row, Field::Unit, problems)?;
        let building = building?;
        let next = self.roster.units.len();
        let key = format!("{}/{name}", self.roster.buildings[building]);
        let index = *self.index.by_unit.entry(key).or_insert(next as u32) as usize;
        if index == next {
            self.roster.units.push(name.to_owned());
        }
        Some(index)
    }

    fn owner(&mut self, row: &impl Row, problems: &mut Problems) -> Option<u32> {
        let name = filled_text(row, Field::Owner, problems)?;
        Some(index_of(&mut self.by_owner, &mut self.roster.owners, name))
    }

    fn used_as(&mut self, row: &impl Row, problems: &mut Problems) -> Option<u32> {
        let name = text(row, Field::Use, problems)?;
        Some(index_of(&mut self.by_use, &mut self.roster.uses, name))
    }

    fn hardship(&mut self, row: &impl Row, problems: &mut Problems) -> Option<u32> {
        let next = self.roster.hardships.len() as u32;
        let codes = match row.scalar(Field::Hardship)? {
            Scalar::Text(_) => None,
            _ => row.texts(Field::Hardship, problems),
        };
        let Some(codes) = codes else {
            let code = text(row, Field::Hardship, problems)?;
            if let Some(&known) = self.by_hardship.get(code) {
                return Some(known);
            }
            self.by_hardship.insert(code.to_owned(), next);
            self.roster
                .hardships
                .push(Hardship { codes: vec![Some(code.to_owned())], is_list: false });
            return Some(next);
        };
        if codes.is_empty() {
            return None;
        }
        let codes: Vec<_> = codes.into_iter().map(|code| code.map(str::to_owned)).collect();
        let known = *self.by_hardships.entry(codes.clone()).or_insert(next);
        if known == next {
            self.roster.hardships.push(Hardship { codes, is_list: true });
        }
        Some(known)
    }

    /// Reads which part of a household's fund balance is interest.
    fn read_interest(
        &mut self,
        row: &impl Row,
        index: u32,
        balance: Option<Fen>,
        problems: &mut Problems,
    ) {
        if row.scalar(Field::FundInterest).is_none() {
            return;
        }
        if row.scalar(Field::FundBalance).is_none() {
            problems.add(row.place(Field::FundBalance), Cause::MissingField);
        }
        let Some(interest) = value(row, Field::FundInterest, number::money, problems) else {
            return;
        };
        if let Some(balance) = balance.filter(|&balance| interest > balance) {
            let cause = Cause::InterestOverBalance { balance };
            problems.add_seen(row.place(Field::FundInterest), &interest.to_string(), cause);
        }
        self.roster.fund_interest.push((index, interest));
    }

    /// Reads in which lines the household read last takes part.
    fn read_joins(&mut self, value: &Value<'_>, place: &Place<'_>, problems: &mut Problems) {
        for (line, value) in entries(value, place, problems).unwrap_or_default() {
            let joins = match value {
                Value::Boolean(joins) => Some(*joins),
                _ => {
                    wrong_type(value, &place.field(line), Expected::Boolean, problems);
                    None
                }
            };
            let column = self.roster.joins.position(line);
            let column = column.unwrap_or_else(|| self.roster.joins.add(line, None));
            // A value that can't be read still counts as given.
            self.join(column, joins.unwrap_or(true));
        }
    }

    /// Notes whether the household read last takes part in the line at a position.
    pub(super) fn join(&mut self, position: usize, joins: bool) {
        let household = self.roster.all.len() as u32 - 1;
        self.roster.joins.note(position, household, joins);
    }

    /// Reads the weights of the household read last.
    fn read_weights(&mut self, value: &Value<'_>, place: &Place<'_>, problems: &mut Problems) {
        for (column, value) in entries(value, place, problems).unwrap_or_default() {
            let scalar = Scalar::of(value);
            let weight = number(scalar, place.field(column), number::weight, problems);
            self.add_weight(column, weight);
        }
    }

    /// Notes a weight of the household read last; one that can't be read counts as zero.
    pub(super) fn add_weight(&mut self, column: &str, weight: Option<u64>) {
        let household = self.roster.all.len() as u32 - 1;
        self.index.columns.add(column, household, weight.unwrap_or_default());
    }
}

impl Household {
    fn unreadable() -> Household {
        Household {
            id: Arc::default(),
            name: None,
            note: None,
            building: None,
            unit: None,
            floor: None,
            area: Area(1),
            hardship: None,
            used_as: None,
            payer: None,
            fund_balance: None,
            fund_first: None,
            provident: Fen::ZERO,
            in_kind: Fen::ZERO,
            owner: None,
            vote: None,
        }
    }
}
