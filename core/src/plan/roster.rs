//! The roster (住户名册), whether it stands in the plan or comes as a table.

use std::collections::HashMap;
use std::sync::Arc;

use super::fields::{self, Fields, entries, list, number, wrong_type};
use super::uses::Use;
use crate::document::Value;
use crate::enumeration;
use crate::money::Fen;
use crate::number::{self, Area, Rate, Scalar};
use crate::place::Place;
use crate::problem::{Cause, Expected, Naming, Problems};

/// The most households a roster may hold, spec §1.
const MOST_HOUSEHOLDS: usize = 10_000_000;

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
    /// What the household is called.
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
    /// How the flat voted, where it did.
    pub vote: Option<Vote>,
}

/// A column of weights of the roster, in millionths.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) weights: Vec<Option<u64>>,
}

macro_rules! household_fields {
    ($($variant:ident = $name:literal),+ $(,)?) => {
        /// The fields of a household that hold one value: also the columns of a roster table.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Field { $($variant),+ }

        impl Field {
            pub(super) const ALL: &'static [Field] = &[$(Field::$variant),+];
            const NAMES: &'static [&'static str] = &[$($name),+];
            const IN_PLAN: &'static [&'static str] = &[$($name),+, WEIGHTS, JOINS];

            pub(super) fn name(self) -> &'static str {
                Self::NAMES[self as usize]
            }
        }
    };
}

/// The fields of a household that hold one value, or several codes, in the order of spec §2.
pub const HOUSEHOLD_FIELDS: &[&str] = Field::NAMES;

const WEIGHTS: &str = "weights";
const JOINS: &str = "joins";

household_fields! {
    Id = "id",
    Name = "name",
    Note = "note",
    Building = "building",
    Unit = "unit",
    Floor = "floor",
    Area = "area",
    Use = "use",
    Hardship = "hardship",
    Payer = "payer",
    PayerShare = "payer_share",
    FundBalance = "fund_balance",
    FundFirst = "fund_first",
    FundInterest = "fund_interest",
    Provident = "provident",
    InKind = "in_kind",
    Owner = "owner",
    Vote = "vote",
}

/// One household's values, from a plan or from a table.
pub(super) trait Row {
    fn scalar(&self, field: Field) -> Option<Scalar<'_>>;
    fn place(&self, field: Field) -> Place<'_>;
    /// The texts of a list, each unless it is another value; `None` where there is no list.
    fn texts(&self, field: Field, problems: &mut Problems) -> Option<Vec<Option<&str>>>;
}

impl Row for Fields<'_> {
    fn scalar(&self, field: Field) -> Option<Scalar<'_>> {
        self.get(field.name()).map(Scalar::of)
    }

    fn place(&self, field: Field) -> Place<'_> {
        Fields::place(self).field(field.name())
    }

    fn texts(&self, field: Field, problems: &mut Problems) -> Option<Vec<Option<&str>>> {
        let Some(Value::List(values)) = self.get(field.name()) else {
            return None;
        };
        let place = Row::place(self, field);
        let values = values.iter().enumerate();
        let texts = values.map(|(index, value)| fields::text(value, &place.index(index), problems));
        Some(texts.collect())
    }
}

/// The households read so far, and the indices by which the rest of the plan finds them. Nothing
/// in it depends on the rest, so that the rest can be read again with it.
#[derive(Debug, Default)]
pub(crate) struct Roster {
    pub(super) all: Vec<Household>,
    pub(crate) buildings: Vec<String>,
    pub(super) units: Vec<String>,
    pub(super) owners: Vec<String>,
    pub(super) hardships: Vec<Hardship>,
    pub(super) uses: Vec<String>,
    /// The indices of all.
    pub(super) everyone: Vec<u32>,
    by_id: HashMap<Arc<str>, u32>,
    by_building: HashMap<String, u32>,
    /// By `building/unit`.
    by_unit: HashMap<String, u32>,
    by_owner: HashMap<String, u32>,
    by_hardship: HashMap<String, u32>,
    by_hardships: HashMap<Vec<Option<String>>, u32>,
    by_use: HashMap<String, u32>,
    /// By household, the part of its fund balance that is interest, where it is given.
    fund_interest: Vec<(u32, Fen)>,
    joins: Vec<Joins>,
    by_joins: HashMap<String, u32>,
    columns: Vec<WeightColumn>,
    by_column: HashMap<String, u32>,
    /// Whether there is a roster at all, be it an empty one.
    pub(super) readable: bool,
    /// Households whose floor is a problem already, in order.
    unreadable_floors: Vec<u32>,
    /// Charges that came as columns of a table, by line.
    pub(super) charges: Vec<ChargeColumn>,
    /// The file a table came from and the row of each household in it.
    pub(super) table: Option<(String, Vec<u64>)>,
}

/// The column `charge:LINE` of a roster table.
#[derive(Debug)]
pub(super) struct ChargeColumn {
    pub(super) line: String,
    pub(super) place: String,
    pub(super) charges: Vec<(u32, Fen)>,
}

/// The grounds of relief of a household: one code, or a list of them.
#[derive(Debug, Clone)]
pub(super) struct Hardship {
    /// One that is no text was said already.
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

/// What households say of taking part in one line.
#[derive(Debug)]
struct Joins {
    line: String,
    /// The place of the column, of a table.
    heading: Option<String>,
    /// By household, whether it takes part.
    joins: Vec<(u32, bool)>,
}

/// What the households have in one column of weights, by household.
#[derive(Debug)]
struct WeightColumn {
    name: String,
    weights: Vec<(u32, u64)>,
}

/// The index of a name: the one it has, or the next, under which it is then listed.
fn index_of(indices: &mut HashMap<String, u32>, names: &mut Vec<String>, name: &str) -> u32 {
    if let Some(&index) = indices.get(name) {
        return index;
    }
    let next = names.len() as u32;
    indices.insert(name.to_owned(), next);
    names.push(name.to_owned());
    next
}

impl Roster {
    /// The roster with other values of the same households; they are found by index only.
    pub(super) fn with(&self, all: Vec<Household>) -> Roster {
        Roster {
            all,
            buildings: self.buildings.clone(),
            units: self.units.clone(),
            owners: self.owners.clone(),
            hardships: self.hardships.clone(),
            uses: self.uses.clone(),
            everyone: self.everyone.clone(),
            readable: self.readable,
            ..Roster::default()
        }
    }

    /// Reads the roster that stands in the plan.
    pub(super) fn read_list(&mut self, value: &Value<'_>, problems: &mut Problems) {
        let place = Place::Field(&Place::Root, "households");
        let Some(list) = list(value, &place, problems) else {
            return;
        };
        self.readable = true;
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
                None => self.all.push(Household::unreadable()),
            }
        }
    }

    /// Makes room for so many households.
    pub(super) fn reserve(&mut self, households: usize) {
        self.all.reserve(households);
        self.by_id.reserve(households);
    }

    pub(super) fn has_room(&self, place: &Place<'_>, problems: &mut Problems) -> bool {
        let room = self.all.len() < MOST_HOUSEHOLDS;
        if !room {
            problems.add(place, Cause::TooLarge { most: MOST_HOUSEHOLDS as u128 });
        }
        room
    }

    /// Reads one household. One that can't be read keeps its position all the same, so that
    /// the paths of those behind it stay right.
    pub(super) fn read(&mut self, row: &impl Row, problems: &mut Problems) {
        let index = self.all.len() as u32;
        let mut household = Household::unreadable();
        if let Some(id) = required_text(row, Field::Id, problems) {
            household.id = id.into();
            let first = *self.by_id.entry(Arc::clone(&household.id)).or_insert(index);
            if first != index {
                let first = self.place_of(first, Field::Id.name());
                problems.add_seen(row.place(Field::Id), id, Cause::DuplicateId { first });
            }
        }
        household.name = text(row, Field::Name, problems).map(str::to_owned);
        household.note = text(row, Field::Note, problems).map(str::to_owned);
        household.building = self.building(row, problems);
        household.unit = self.unit(row, household.building, problems);
        household.floor = value(row, Field::Floor, number::floor, problems);
        if household.floor.is_none() && row.scalar(Field::Floor).is_some() {
            self.unreadable_floors.push(index);
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
        self.all.push(household);
    }

    fn building(&mut self, row: &impl Row, problems: &mut Problems) -> Option<usize> {
        // Households of a building mostly stand together.
        let before = self.all.last().and_then(|before| before.building);
        let is_same = |&building: &usize| is_text(row, Field::Building, &self.buildings[building]);
        if let Some(building) = before.filter(is_same) {
            return Some(building);
        }
        let name = slashless_text(row, Field::Building, problems)?;
        Some(index_of(&mut self.by_building, &mut self.buildings, name) as usize)
    }

    /// The household's unit; one without a building is in no scope and needs no index.
    fn unit(
        &mut self,
        row: &impl Row,
        building: Option<usize>,
        problems: &mut Problems,
    ) -> Option<usize> {
        let before = self.all.last().filter(|before| before.building == building);
        let before = before.and_then(|before| before.unit);
        if let Some(unit) = before.filter(|&unit| is_text(row, Field::Unit, &self.units[unit])) {
            return Some(unit);
        }
        let name = slashless_text(row, Field::Unit, problems)?;
        let building = building?;
        let next = self.units.len();
        let key = format!("{}/{name}", self.buildings[building]);
        let index = *self.by_unit.entry(key).or_insert(next as u32) as usize;
        if index == next {
            self.units.push(name.to_owned());
        }
        Some(index)
    }

    fn owner(&mut self, row: &impl Row, problems: &mut Problems) -> Option<u32> {
        let name = filled_text(row, Field::Owner, problems)?;
        Some(index_of(&mut self.by_owner, &mut self.owners, name))
    }

    fn used_as(&mut self, row: &impl Row, problems: &mut Problems) -> Option<u32> {
        let name = text(row, Field::Use, problems)?;
        Some(index_of(&mut self.by_use, &mut self.uses, name))
    }

    fn hardship(&mut self, row: &impl Row, problems: &mut Problems) -> Option<u32> {
        let next = self.hardships.len() as u32;
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
            self.hardships.push(Hardship { codes: vec![Some(code.to_owned())], is_list: false });
            return Some(next);
        };
        if codes.is_empty() {
            return None;
        }
        let codes: Vec<_> = codes.into_iter().map(|code| code.map(str::to_owned)).collect();
        let known = *self.by_hardships.entry(codes.clone()).or_insert(next);
        if known == next {
            self.hardships.push(Hardship { codes, is_list: true });
        }
        Some(known)
    }

    /// The index of a hardship of one code; a new one where the roster has none such.
    pub(super) fn add_hardship(&mut self, code: &str) -> u32 {
        let is_it = |one: &Hardship| one.codes().eq([code]);
        let index = self.hardships.iter().position(is_it).unwrap_or(self.hardships.len());
        if index == self.hardships.len() {
            self.hardships.push(Hardship { codes: vec![Some(code.to_owned())], is_list: false });
        }
        index as u32
    }

    /// By hardships of the roster, which of their codes has the greatest relief rate, and that rate;
    /// a household with a code that has none is a problem.
    pub(super) fn reliefs(
        &self,
        rates: &[(String, Rate)],
        problems: &mut Problems,
    ) -> Vec<(usize, Rate)> {
        let rate_of = |code: &str| rates.iter().find(|(known, _)| known == code);
        let is_known = |hardship: &Hardship| hardship.codes().all(|code| rate_of(code).is_some());
        if !self.hardships.iter().all(is_known) {
            for (index, household) in (0u32..).zip(&self.all) {
                let hardship = household.hardship.map(|one| &self.hardships[one as usize]);
                let codes = hardship.into_iter().flat_map(|one| one.codes.iter().enumerate());
                for (place, code) in codes {
                    let Some(code) = code.as_ref().filter(|code| rate_of(code).is_none()) else {
                        continue;
                    };
                    let known = rates.iter().map(|(code, _)| code.clone()).collect();
                    let mut path = self.place_of(index, Field::Hardship.name());
                    if self.table.is_none() && hardship.is_some_and(|one| one.is_list) {
                        path += &format!("[{place}]");
                    }
                    let cause = Cause::UnknownId { naming: Naming::Hardship, known };
                    problems.add_seen(path, code, cause);
                }
            }
        }
        let greatest = |hardship: &Hardship| {
            let mut greatest = (0, Rate::ZERO);
            for (index, code) in hardship.codes.iter().enumerate() {
                let rate = code.as_ref().and_then(|code| rate_of(code));
                if let Some(&(_, rate)) = rate
                    && greatest.1.is_below(rate)
                {
                    greatest = (index, rate);
                }
            }
            greatest
        };
        self.hardships.iter().map(greatest).collect()
    }

    /// By use of the roster, which of the plan's it is; a household with one that the plan lacks is
    /// a problem.
    pub(super) fn uses(&self, known: &[Use], problems: &mut Problems) -> Vec<Option<usize>> {
        let position = |name: &String| known.iter().position(|one| one.name == *name);
        let found: Vec<Option<usize>> = self.uses.iter().map(position).collect();
        if found.contains(&None) {
            for (index, household) in (0u32..).zip(&self.all) {
                let unknown = household.used_as.filter(|&one| found[one as usize].is_none());
                if let Some(name) = unknown {
                    let known = known.iter().map(|one| one.name.clone()).collect();
                    let path = self.place_of(index, Field::Use.name());
                    let cause = Cause::UnknownId { naming: Naming::Use, known };
                    problems.add_seen(path, &self.uses[name as usize], cause);
                }
            }
        }
        found
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
        self.fund_interest.push((index, interest));
    }

    pub(super) fn fund_interest_of(&self, household: u32) -> Option<Fen> {
        let found = self.fund_interest.binary_search_by_key(&household, |&(index, _)| index);
        Some(self.fund_interest[found.ok()?].1)
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
            let column = self.by_joins.get(line.as_ref()).map(|&column| column as usize);
            let column = column.unwrap_or_else(|| self.add_joins(line, None));
            // What can't be read is said all the same.
            self.join(column, joins.unwrap_or(true));
        }
    }

    /// Adds a line that households say of whether they take part in it; returns its column.
    pub(super) fn add_joins(&mut self, line: &str, heading: Option<String>) -> usize {
        let column = self.joins.len();
        self.joins.push(Joins { line: line.to_owned(), heading, joins: Vec::new() });
        self.by_joins.insert(line.to_owned(), column as u32);
        column
    }

    /// Notes whether the household read last takes part in the line of a column.
    pub(super) fn join(&mut self, column: usize, joins: bool) {
        self.joins[column].joins.push((self.all.len() as u32 - 1, joins));
    }

    /// Who takes no part in a line, in roster order; `None` where nobody says so.
    pub(super) fn not_joining(&self, line: &str) -> Option<Vec<u32>> {
        let column = &self.joins[*self.by_joins.get(line)? as usize];
        let leaving = column.joins.iter().filter(|(_, joins)| !joins);
        let leaving: Vec<u32> = leaving.map(|&(household, _)| household).collect();
        (!leaving.is_empty()).then_some(leaving)
    }

    /// What a household says of taking part in a line.
    pub(super) fn joins_of(&self, household: u32, line: &str) -> Option<bool> {
        let column = &self.joins[*self.by_joins.get(line)? as usize];
        let found = column.joins.binary_search_by_key(&household, |&(index, _)| index);
        Some(column.joins[found.ok()?].1)
    }

    /// The lines that households say of whether they take part in them, each with the places where
    /// it is named.
    pub(super) fn joined(&self) -> impl Iterator<Item = (&str, Vec<String>)> {
        self.joins.iter().map(|column| {
            let path = |household| self.place_of(household, &format!("{JOINS}.{}", column.line));
            let places = match &column.heading {
                Some(heading) => vec![heading.clone()],
                None => column.joins.iter().map(|&(household, _)| path(household)).collect(),
            };
            (column.line.as_str(), places)
        })
    }

    /// Reads the weights of the household read last.
    fn read_weights(&mut self, value: &Value<'_>, place: &Place<'_>, problems: &mut Problems) {
        for (column, value) in entries(value, place, problems).unwrap_or_default() {
            let scalar = Scalar::of(value);
            let weight = number(scalar, place.field(column), number::weight, problems);
            self.add_weight(column, weight);
        }
    }

    /// Notes a weight of the household read last; one that can't be read is there all the same.
    pub(super) fn add_weight(&mut self, column: &str, weight: Option<u64>) {
        let household = self.all.len() as u32 - 1;
        let next = self.columns.len();
        let known = self.by_column.get(column).map(|&index| index as usize);
        let index = known.unwrap_or_else(|| {
            self.by_column.insert(column.to_owned(), next as u32);
            self.columns.push(WeightColumn { name: column.to_owned(), weights: Vec::new() });
            next
        });
        self.columns[index].weights.push((household, weight.unwrap_or_default()));
    }

    pub(super) fn find(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).copied()
    }

    pub(super) fn find_building(&self, name: &str) -> Option<usize> {
        self.by_building.get(name).map(|&index| index as usize)
    }

    /// Finds a unit by `building/unit`.
    pub(super) fn find_unit(&self, name: &str) -> Option<usize> {
        self.by_unit.get(name).map(|&index| index as usize)
    }

    /// Whether the household's floor is a problem already.
    pub(super) fn has_unreadable_floor(&self, household: u32) -> bool {
        self.unreadable_floors.binary_search(&household).is_ok()
    }

    /// A column of weights that somebody has a value in.
    pub(super) fn column(&self, name: &str) -> Option<Column> {
        let column = &self.columns[*self.by_column.get(name)? as usize];
        let mut weights = vec![None; self.all.len()];
        for &(household, weight) in &column.weights {
            weights[household as usize] = Some(weight);
        }
        Some(Column { name: name.to_owned(), weights })
    }

    /// The columns of weights that somebody has a value in.
    pub(super) fn column_names(&self) -> Vec<String> {
        self.columns.iter().map(|column| column.name.clone()).collect()
    }

    /// The path to a household's weight in a column.
    pub(super) fn place_of_weight(&self, household: u32, column: &str) -> String {
        match &self.table {
            Some(_) => self.place_of(household, &format!("weight:{column}")),
            None => self.place_of(household, &format!("{WEIGHTS}.{column}")),
        }
    }

    /// Tells whose value each problem is that stands in the roster.
    pub(super) fn tell_households(&self, problems: &mut Problems) {
        problems.tell_households(|path| {
            let index = match &self.table {
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

    fn place_of(&self, household: u32, field: &str) -> String {
        match &self.table {
            Some((file, rows)) => {
                Place::Cell { file, row: rows[household as usize], column: field }.to_string()
            }
            None => format!("households[{household}].{field}"),
        }
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

    pub(super) fn is_in(&self, buildings: &[bool], units: &[bool]) -> bool {
        self.building.is_some_and(|building| buildings[building])
            || self.unit.is_some_and(|unit| units[unit])
    }
}

fn value<T>(
    row: &impl Row,
    field: Field,
    read: fn(Scalar<'_>) -> Result<T, Cause>,
    problems: &mut Problems,
) -> Option<T> {
    number(row.scalar(field)?, row.place(field), read, problems)
}

fn text<'r>(row: &'r impl Row, field: Field, problems: &mut Problems) -> Option<&'r str> {
    let scalar = row.scalar(field)?;
    if let Scalar::Text(text) | Scalar::Cell(text) = scalar {
        return Some(text);
    }
    let cause = Cause::BadType { expected: Expected::Text };
    match scalar.seen() {
        Some(seen) => problems.add_seen(row.place(field), seen, cause),
        None => problems.add(row.place(field), cause),
    }
    None
}

/// Whether a field holds this text.
fn is_text(row: &impl Row, field: Field, text: &str) -> bool {
    matches!(row.scalar(field), Some(Scalar::Text(other) | Scalar::Cell(other)) if other == text)
}

/// A text that is there and not empty.
fn required_text<'r>(row: &'r impl Row, field: Field, problems: &mut Problems) -> Option<&'r str> {
    if row.scalar(field).is_none() {
        problems.add(row.place(field), Cause::MissingField);
        return None;
    }
    filled_text(row, field, problems)
}

/// A text that is not empty, where it is given.
fn filled_text<'r>(row: &'r impl Row, field: Field, problems: &mut Problems) -> Option<&'r str> {
    let text = text(row, field, problems)?;
    if text.is_empty() {
        problems.add(row.place(field), Cause::MissingField);
        return None;
    }
    Some(text)
}

/// The id of a building or a unit; "/" stands between the two.
fn slashless_text<'r>(row: &'r impl Row, field: Field, problems: &mut Problems) -> Option<&'r str> {
    let text = filled_text(row, field, problems)?;
    if text.contains('/') {
        problems.add_seen(
            row.place(field),
            text,
            Cause::UnknownId { naming: Naming::NoSlash, known: Vec::new() },
        );
        return None;
    }
    Some(text)
}

fn vote(row: &impl Row, problems: &mut Problems) -> Option<Vote> {
    let written = text(row, Field::Vote, problems)?;
    let found = Vote::ALL.iter().copied().find(|vote| vote.as_str() == written);
    if found.is_none() {
        let known = Vote::ALL.iter().map(|vote| vote.as_str().to_owned()).collect();
        let cause = Cause::UnknownId { naming: Naming::Listed, known };
        problems.add_seen(row.place(Field::Vote), written, cause);
    }
    found
}

fn payer(row: &impl Row, problems: &mut Problems) -> Option<(String, Rate)> {
    let share = value(row, Field::PayerShare, number::rate, problems);
    if row.scalar(Field::Payer).is_none() && row.scalar(Field::PayerShare).is_some() {
        problems.add(row.place(Field::Payer), Cause::MissingField);
    }
    let payer = filled_text(row, Field::Payer, problems)?;
    Some((payer.to_owned(), share.unwrap_or(Rate::ONE)))
}
