//! The roster, as the page lists it.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;

use fentan_core::internal::quoted;
use fentan_core::plan::Household;
use fentan_core::{Document, HouseholdSplit, Value};
use fentan_words::{Language, say};

use crate::figures::Dues;
use crate::message::{Column, Look, Row, Rows, Wrong};

/// Fields of a household that the page always lists.
const ALWAYS: [&str; 5] = ["id", "building", "unit", "floor", "area"];
/// Fields that it never lists.
const NEVER: [&str; 2] = ["name", "note"];
/// Before the id of an individual line, its charges.
const CHARGE: &str = "charge:";
/// Before the name of a column, its weights.
const WEIGHT: &str = "weights.";
/// Before the id of a shared line, whether the household takes part in it.
const JOINS: &str = "joins.";
/// Before the name of a figure of the split.
const FIGURE: &str = "=";

/// What stands in a column.
enum Cells<'d> {
    /// A field.
    Field(&'d str),
    /// A weight.
    Weight(String),
    /// Whether it takes part in a line.
    Joins(String),
    /// Charges for an individual line, by household id: a search for each household would be
    /// quadratic.
    Charges(HashMap<&'d str, &'d Value<'static>>),
    /// A figure of the split.
    Figure(&'d str),
}

/// The households of a document and their split, if they have one.
pub struct Roster<'d> {
    document: &'d Document<'static>,
    households: &'d [Value<'static>],
    splits: &'d [HouseholdSplit],
}

/// What was found for a [`Look`], kept while it is scrolled through.
#[derive(Debug, Default)]
pub struct Listing {
    /// The households found, in order.
    order: Vec<u32>,
    columns: Vec<Column>,
    buildings: Vec<String>,
    units: Vec<String>,
    all_units: Vec<String>,
    floors: Vec<String>,
    estimated: usize,
}

impl Listing {
    /// The households found, in order, by their places in the roster.
    pub fn households(&self) -> &[u32] {
        &self.order
    }

    /// A column, by its name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

impl<'d> Roster<'d> {
    /// The roster of a document. Splits are in the same order; they may be of an earlier roster.
    pub fn of(document: &'d Document<'static>, splits: &'d [HouseholdSplit]) -> Roster<'d> {
        Roster { document, households: list(document, "households"), splits }
    }

    /// How many households there are.
    pub fn len(&self) -> usize {
        self.households.len()
    }

    /// A household as it is written.
    pub fn household(&self, household: usize) -> Option<&'d Value<'static>> {
        self.households.get(household)
    }

    /// How many households have this id.
    pub fn count(&self, id: &str) -> usize {
        self.households.iter().filter(|one| field(one, "id") == id).count()
    }

    /// The places of the households that are but estimated.
    pub fn estimated(&self) -> impl Iterator<Item = usize> {
        let marks = Language::ALL.map(stand_in);
        let places = self.households.iter().enumerate();
        places.filter_map(move |(place, one)| {
            marks.iter().any(|mark| field(one, "note") == mark).then_some(place)
        })
    }

    /// What can be written of a household, the fields of every roster first.
    fn columns(&self) -> Vec<Column> {
        let mut weights: Vec<&str> = Vec::new();
        let mut weigh = |column: &'d str| {
            if !column.is_empty() && !weights.contains(&column) {
                weights.push(column);
            }
        };
        let mut used = [false; Household::FIELDS.len()];
        let mut joined: Vec<&str> = Vec::new();
        for household in self.households {
            for (name, value) in household.fields() {
                if let Some(at) = Household::FIELDS.iter().position(|one| one == name) {
                    used[at] = true;
                } else if name == "weights" {
                    value.fields().iter().for_each(|(column, _)| weigh(column));
                } else if name == "joins" {
                    for (line, _) in value.fields() {
                        if !joined.contains(&line.as_ref()) {
                            joined.push(line);
                        }
                    }
                }
            }
        }
        let lines = list(self.document, "lines");
        for line in lines {
            if let Some(share_by) = line.get("share_by") {
                weigh(field(share_by, "column"));
            }
        }
        let mut columns = Vec::new();
        let mut add = |name: String, line, is_used| columns.push(Column { name, line, is_used });
        for name in ALWAYS {
            add(name.to_owned(), None, true);
        }
        for (at, name) in Household::FIELDS.iter().enumerate() {
            if !ALWAYS.contains(name) && !NEVER.contains(name) {
                add((*name).to_owned(), None, used[at]);
            }
        }
        for name in weights {
            add(format!("{WEIGHT}{}", quoted(name)), None, true);
        }
        for (place, line) in lines.iter().enumerate() {
            if field(line, "kind") == "individual" {
                add(format!("{CHARGE}{}", field(line, "id")), Some(place), true);
            }
        }
        for line in lines {
            let id = field(line, "id");
            if field(line, "kind") != "individual" && !id.is_empty() {
                add(format!("{JOINS}{}", quoted(id)), None, joined.contains(&id));
            }
        }
        columns
    }

    /// What stands in the column of a name.
    fn cells(&self, name: &'d str) -> Cells<'d> {
        if let Some(figure) = name.strip_prefix(FIGURE) {
            return Cells::Figure(figure);
        }
        if let Some(id) = name.strip_prefix(CHARGE) {
            let line = list(self.document, "lines").iter().find(|line| field(line, "id") == id);
            let charges = line.and_then(|line| line.get("charges")).map_or(&[][..], Value::fields);
            let charges = charges.iter().map(|(id, charge)| (id.as_ref(), charge));
            return Cells::Charges(charges.collect());
        }
        let unquoted = |name: &str| name.trim_matches('"').replace("\"\"", "\"");
        match (name.strip_prefix(WEIGHT), name.strip_prefix(JOINS)) {
            (Some(column), _) => Cells::Weight(unquoted(column)),
            (None, Some(line)) => Cells::Joins(unquoted(line)),
            (None, None) => Cells::Field(name),
        }
    }

    /// The id of a household; empty where it has none.
    pub fn id(&self, household: usize) -> &'d str {
        self.households.get(household).map_or("", |one| field(one, "id"))
    }

    /// What is written in a column of a household.
    fn cell(&self, household: usize, cells: &Cells<'d>) -> Cow<'d, str> {
        let one = &self.households[household];
        Cow::Borrowed(match cells {
            Cells::Field(name) => match one.get(name) {
                // Several hardships, as a table of a roster has them.
                Some(Value::List(codes)) => {
                    let codes = codes.iter().filter_map(Value::text);
                    return Cow::Owned(codes.collect::<Vec<_>>().join("+"));
                }
                _ => field(one, name),
            },
            Cells::Weight(name) => one.get("weights").map_or("", |weights| field(weights, name)),
            Cells::Joins(line) => match one.get("joins").and_then(|joins| joins.get(line)) {
                Some(Value::Boolean(true)) => "yes",
                Some(Value::Boolean(false)) => "no",
                _ => "",
            },
            Cells::Charges(charges) => {
                charges.get(self.id(household)).and_then(|charge| charge.text()).unwrap_or_default()
            }
            Cells::Figure(_) => "",
        })
    }

    /// The split of a household; `None` where the roster has changed since.
    fn split(&self, household: usize) -> Option<&'d HouseholdSplit> {
        self.splits.get(household).filter(|split| *split.id == *self.id(household))
    }

    /// Lists what is looked for. Where `before` is given, its households stay where they are:
    /// a row must not run away from under the one who types into it.
    pub fn list(&self, look: &'d Look, before: Option<Listing>) -> Listing {
        let distinct = |text: &dyn Fn(&'d Value<'static>) -> Cow<'d, str>| -> Vec<String> {
            let mut texts: Vec<Cow<'d, str>> = self.households.iter().map(text).collect();
            // Neighbours in the roster mostly live together: few are left to sort.
            texts.dedup();
            let mut places: Vec<u32> = (0..texts.len()).map(|place| place as u32).collect();
            put_in_order(&mut places, &|one, other| natural(&texts[one], &texts[other]));
            let mut sorted: Vec<&str> =
                places.iter().map(|&place| &*texts[place as usize]).collect();
            sorted.dedup();
            sorted.into_iter().filter(|text| !text.is_empty()).map(str::to_owned).collect()
        };
        let named =
            |name: &'static str| move |one: &'d Value<'static>| Cow::Borrowed(field(one, name));
        Listing {
            order: before.map_or_else(|| self.order(look), |before| before.order),
            columns: self.columns(),
            buildings: distinct(&named("building")),
            units: distinct(&|one| {
                let is_looked_at =
                    look.building.is_empty() || field(one, "building") == look.building;
                if is_looked_at { field(one, "unit").into() } else { "".into() }
            }),
            // As the scope of a line writes them.
            all_units: distinct(&|one| match (field(one, "building"), field(one, "unit")) {
                ("", _) | (_, "") => "".into(),
                (building, unit) => [building, "/", unit].concat().into(),
            }),
            floors: distinct(&named("floor")),
            estimated: self.estimated().count(),
        }
    }

    fn order(&self, look: &'d Look) -> Vec<u32> {
        let wanted = look.search.trim();
        let is_found = |household: &usize| {
            let one = &self.households[*household];
            (look.building.is_empty() || field(one, "building") == look.building)
                && (look.unit.is_empty() || field(one, "unit") == look.unit)
                && (wanted.is_empty() || texts(one).any(|text| text.contains(wanted)))
        };
        let mut order: Vec<u32> =
            (0..self.len()).filter(is_found).map(|household| household as u32).collect();
        if let Some(sort) = &look.sort {
            self.sort(&mut order, &self.cells(&sort.column));
            if sort.descending {
                order.reverse();
            }
        }
        order
    }

    fn sort(&self, order: &mut [u32], cells: &Cells<'d>) {
        if let Cells::Figure(figure) = cells {
            let names = Dues::default().named();
            let at = names.iter().position(|(name, _)| name == figure).unwrap_or_default();
            let figure =
                |household| self.split(household).map(|split| Dues::of(split).named()[at].1);
            let figures: Vec<_> = (0..self.len()).map(figure).collect();
            put_in_order(order, &|one, other| figures[one].cmp(&figures[other]));
        } else {
            put_in_order(order, &|one, other| {
                natural(&self.cell(one, cells), &self.cell(other, cells))
            });
        }
    }

    /// The households of a listing that are looked at.
    pub fn rows(&self, look: &Look, listing: &'d Listing, wrong: &[Wrong]) -> Rows {
        let columns = &listing.columns;
        let cells: Vec<_> = columns.iter().map(|column| self.cells(&column.name)).collect();
        let shown = listing.order.iter().skip(look.start).take(look.count);
        let rows = shown.map(|&household| {
            let index = household as usize;
            Row {
                index,
                cells: cells.iter().map(|one| self.cell(index, one).into_owned()).collect(),
                wrong: self.wrong(index, columns, wrong),
                dues: self.split(index).map(Dues::of),
            }
        });
        Rows {
            look: look.clone(),
            found: listing.order.len(),
            buildings: listing.buildings.clone(),
            units: listing.units.clone(),
            all_units: listing.all_units.clone(),
            floors: listing.floors.clone(),
            columns: columns.clone(),
            rows: rows.collect(),
            estimated: listing.estimated,
        }
    }

    /// What is wrong with a household, by column; what is in none, with its id.
    fn wrong(
        &self,
        household: usize,
        columns: &[Column],
        wrong: &[Wrong],
    ) -> Vec<(String, String)> {
        let own = format!("households[{household}]");
        let id = self.id(household);
        let column = |wrong: &Wrong| {
            let path = &wrong.path;
            if let Some(rest) = path.strip_prefix(&own) {
                let name = rest.trim_start_matches('.');
                // One of several hardships.
                let name = if name.starts_with("hardship[") { "hardship" } else { name };
                let mut names = columns.iter().map(|column| &column.name);
                return Some(
                    names.find(|one| one.replace('"', "") == name).unwrap_or(&columns[0].name),
                );
            }
            let (line, _) = path.split_once(".charges.").filter(|(_, of)| *of == id)?;
            let mut charges = columns.iter().filter(|one| one.line.is_some());
            let found =
                charges.find(|one| one.line.is_some_and(|at| line == format!("lines[{at}]")));
            found.map(|column| &column.name)
        };
        let found = wrong.iter().filter_map(|one| Some((column(one)?.clone(), one.words.clone())));
        found.collect()
    }

    /// A new household that comes after this one and is like it, as JSON.
    pub fn another(&self, like: Option<usize>) -> String {
        let Some(like) = like.and_then(|like| self.households.get(like)) else {
            return r#"{"id":"1-1-101","building":"1","unit":"1","floor":1}"#.to_owned();
        };
        let ids: HashMap<&str, &Value<'_>> =
            self.households.iter().map(|one| (field(one, "id"), one)).collect();
        let id = next_id(field(like, "id"), |id| ids.contains_key(id));
        let mut fields = vec![(Cow::Borrowed("id"), Value::Text(Cow::Owned(id)))];
        let same = ["building", "unit", "floor", "area", "weights"];
        fields.extend(
            same.into_iter()
                .filter_map(|name| Some((Cow::Borrowed(name), like.get(name)?.clone()))),
        );
        serde_json::to_string(&Value::Fields(fields)).unwrap_or_default()
    }
}

/// The note that marks a household as estimated.
pub fn stand_in(language: Language) -> String {
    say(language, "page.roster.stand-in")
}

/// The next id after this one that is free: `3-1-102` after `3-1-101`.
fn next_id(id: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let digits = id.bytes().rev().take_while(u8::is_ascii_digit).count().min(9);
    let (stem, number) = id.split_at(id.len() - digits);
    let stem = if digits == 0 { format!("{stem}-") } else { stem.to_owned() };
    let mut next = number.parse::<u64>().unwrap_or(1);
    loop {
        next += 1;
        let id = format!("{stem}{next:0digits$}");
        if !is_taken(&id) {
            return id;
        }
    }
}

/// The elements of a list of the document; missing where there is no such list.
pub fn list<'d>(document: &'d Document<'static>, name: &str) -> &'d [Value<'static>] {
    document.value(name).map_or(&[], Value::list)
}

/// What is written in a field of a table; empty where nothing is.
pub fn field<'v>(table: &'v Value<'static>, name: &str) -> &'v str {
    table.get(name).and_then(Value::text).unwrap_or_default()
}

/// All texts of a table.
fn texts<'v>(table: &'v Value<'static>) -> impl Iterator<Item = &'v str> {
    table.fields().iter().filter_map(|(_, value)| value.text())
}

/// Sorts places in a list; equals stay as they stand in it. One sort serves all lists, and the smaller of the two that
/// there are, for each is code that every visitor loads.
fn put_in_order(places: &mut [u32], compare: &dyn Fn(usize, usize) -> Ordering) {
    let compare = |one: u32, other: u32| compare(one as usize, other as usize);
    places.sort_unstable_by(|&one, &other| compare(one, other).then(one.cmp(&other)));
}

/// Compares as people sort: numbers in texts by their value, `3-2-101` before `3-10-101`, and
/// `62.35` before `62.5`.
pub fn natural(one: &str, other: &str) -> Ordering {
    let (mut one, mut other) = (one, other);
    let mut is_fraction = false;
    loop {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let (in_one, in_other) = (digits(one), digits(other));
        let order = if in_one > 0 && in_other > 0 {
            let ((first, rest), (second, other_rest)) =
                (one.split_at(in_one), other.split_at(in_other));
            (one, other) = (rest, other_rest);
            if is_fraction {
                first.cmp(second)
            } else {
                let (first, second) =
                    (first.trim_start_matches('0'), second.trim_start_matches('0'));
                first.len().cmp(&second.len()).then_with(|| first.cmp(second))
            }
        } else {
            let (mut first, mut second) = (one.chars(), other.chars());
            let pair = (first.next(), second.next());
            is_fraction = pair == (Some('.'), Some('.'));
            (one, other) = (first.as_str(), second.as_str());
            match pair {
                (None, None) => return Ordering::Equal,
                (first, second) => first.cmp(&second),
            }
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn before(one: &str, other: &str) {
        assert_eq!(natural(one, other), Ordering::Less, "{one} {other}");
        assert_eq!(natural(other, one), Ordering::Greater, "{other} {one}");
    }

    #[test]
    fn numbers_in_texts_sort_by_their_value() {
        before("3-2-101", "3-10-101");
        before("62.35", "62.5");
        before("9", "62.5");
        before("62", "62.5");
        before("", "1");
        before("1号楼", "10号楼");
        assert_eq!(natural("3-1", "3-1"), Ordering::Equal);
    }

    #[test]
    fn the_next_id_is_the_first_free_one() {
        let taken = ["3-1-102", "3-1-103", "shop-2"];
        let next = |id| next_id(id, |id| taken.contains(&id));
        assert_eq!(next("3-1-101"), "3-1-104");
        assert_eq!(next("3-1-09"), "3-1-10");
        assert_eq!(next("shop"), "shop-3");
        assert_eq!(next("999999999"), "1000000000");
    }
}
