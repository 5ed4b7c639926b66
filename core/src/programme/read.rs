//! Reading a programme with the readers of a plan.

use std::borrow::Cow;
use std::collections::HashMap;

use super::{Aggregates, Compound, Factor, Pot, Programme};
use crate::csv::TableReader;
use crate::day::Day;
use crate::document::{Document, Value, utf8};
use crate::money::Fen;
use crate::number::{self, Scalar};
use crate::place::Place;
use crate::plan::fields::{Fields, entries, list, number, wrong_type};
use crate::plan::{SourceKind, check_version};
use crate::problem::{Cause, Expected, Naming, Problems};

/// The limits that a compound may have of its own, for each pot.
const LIMITS: [&str; 2] = ["least", "most"];

/// Millionths in one.
const MILLION: u64 = 1_000_000;

/// The compounds of a programme as a CSV file; its first row names the fields.
#[derive(Debug, Clone, Copy)]
pub struct CompoundTable<'t> {
    /// The name of the file, for the paths of problems.
    pub file: &'t str,
    /// Its content: UTF-8, with or without a byte order mark.
    pub bytes: &'t [u8],
}

impl Programme {
    /// Reads and checks a programme, its compounds in it or in a table, which the caller reads
    /// where `compounds` names a file.
    ///
    /// # Errors
    /// Every problem found, each with its code and place, as for a plan.
    pub fn read(
        document: &Document<'_>,
        table: Option<CompoundTable<'_>>,
    ) -> Result<Programme, Problems> {
        const KNOWN: &[&str] =
            &["fentan_programme", "name", "year", "date", "by", "pots", "compounds"];
        let mut problems = Problems::default();
        for path in document.duplicate_keys() {
            problems.add(path, Cause::DuplicateKey);
        }
        let Some(fields) = Fields::open(document.root(), Place::Root, KNOWN, &mut problems) else {
            return Err(problems);
        };
        check_version(&fields, "fentan_programme", &mut problems);
        fields.required("date", &mut problems);
        let programme = Programme {
            name: fields.text("name", &mut problems).map(str::to_owned),
            year: fields.number("year", number::year, &mut problems),
            date: fields.day("date", &mut problems).unwrap_or(Day::MIN),
            by: fields.id("by", &mut problems).unwrap_or_default().to_owned(),
            pots: fields
                .required("pots", &mut problems)
                .map(|value| pots(value, &mut problems))
                .unwrap_or_default(),
            compounds: compounds(&fields, table, &mut problems),
        };
        programme.check_assessments(&mut problems);
        programme.check_limits(&mut problems);
        problems.refuse(programme)
    }

    /// Every grade of a compound is known to every pot that goes by grades.
    fn check_assessments(&self, problems: &mut Problems) {
        for pot in self.pots.iter().filter(|pot| !pot.assessment.is_empty()) {
            for compound in &self.compounds {
                let grade = compound.assessment.as_ref();
                let is_known = |grade| pot.assessment.iter().any(|(known, _)| known == grade);
                if let Some(unknown) = grade.filter(|grade| !is_known(*grade)) {
                    let known = pot.assessment.iter().map(|(grade, _)| grade.clone()).collect();
                    let cause = Cause::UnknownId { naming: Naming::Listed, known };
                    problems.add_seen(compound.field("assessment"), unknown, cause);
                }
            }
        }
    }

    /// Every pot that a compound has a limit of its own for is there.
    fn check_limits(&self, problems: &mut Problems) {
        for compound in &self.compounds {
            for (name, limits) in LIMITS.into_iter().zip([&compound.least, &compound.most]) {
                let is_known = |id: &str| self.pots.iter().any(|pot| pot.id == id);
                for (id, _) in limits.iter().filter(|(id, _)| !is_known(id)) {
                    let known = self.pots.iter().map(|pot| pot.id.clone()).collect();
                    let place = format!("{}{}{id}", compound.field(name), compound.separator());
                    problems.add_seen(
                        place,
                        id,
                        Cause::UnknownId { naming: Naming::Listed, known },
                    );
                }
            }
        }
    }
}

fn pots(value: &Value<'_>, problems: &mut Problems) -> Vec<Pot> {
    let place = Place::Field(&Place::Root, "pots");
    let pots: Vec<_> = list(value, &place, problems)
        .unwrap_or_default()
        .iter()
        .enumerate()
        .filter_map(|(index, value)| pot(value, place.index(index), problems))
        .collect();
    let ids = pots.iter().map(|pot| pot.id.as_str());
    refuse_twins(ids, |index| place.index(index).field("id").to_string(), problems);
    pots
}

fn pot(value: &Value<'_>, place: Place<'_>, problems: &mut Problems) -> Option<Pot> {
    const KNOWN: &[&str] = &[
        "id",
        "name",
        "kind",
        "source",
        "amount",
        "weights",
        "assessment",
        "per_household",
        "rate",
        "least",
        "most",
        "round_down_to",
    ];
    let fields = Fields::open(value, place, KNOWN, problems)?;
    let id = fields.id("id", problems).unwrap_or_default().to_owned();
    fields.required("amount", problems);
    let weights = fields
        .required("weights", problems)
        .map(|value| weights(value, &place.field("weights"), problems));
    let assessment = fields
        .get("assessment")
        .map(|value| assessment(value, &place.field("assessment"), problems));
    let round_down_to = fields.number("round_down_to", number::money, problems);
    if round_down_to.is_some_and(|unit| unit.is_zero()) {
        problems.add(place.field("round_down_to"), Cause::BelowOne);
    }
    Some(Pot {
        name: fields.text("name", problems).map(str::to_owned),
        kind: fields.choice("kind", SourceKind::ALL, SourceKind::as_str, problems),
        source: fields.text("source", problems).unwrap_or(&id).to_owned(),
        id,
        amount: fields.number("amount", number::money, problems).unwrap_or_default(),
        weights: weights.unwrap_or_default(),
        assessment: assessment.unwrap_or_default(),
        per_household: fields.number("per_household", number::money, problems),
        rate: fields.number("rate", number::rate, problems),
        least: fields.number("least", number::money, problems),
        most: fields.number("most", number::money, problems),
        round_down_to,
    })
}

/// The weights of the factors, which come to one.
pub(crate) fn weights(
    value: &Value<'_>,
    place: &Place<'_>,
    problems: &mut Problems,
) -> Vec<(Factor, u64)> {
    let mut weights = Vec::new();
    let entries = entries(value, place, problems).unwrap_or_default();
    for (name, value) in entries {
        let place = place.field(name);
        let Some(&factor) = Factor::ALL.iter().find(|factor| factor.as_str() == name) else {
            let known = Factor::ALL.iter().map(|factor| factor.as_str().to_owned()).collect();
            problems.add_seen(place, name, Cause::UnknownId { naming: Naming::Listed, known });
            continue;
        };
        let weight = number(Scalar::of(value), place, number::rate_in_millionths, problems);
        weights.extend(weight.map(|weight| (factor, weight as u64)));
    }
    let sum: u64 = weights.iter().map(|&(_, weight)| weight).sum();
    if weights.len() == entries.len() && sum != MILLION {
        problems.add(place, Cause::TableSum { sum: u128::from(sum) * 100 });
    }
    weights
}

fn assessment(value: &Value<'_>, place: &Place<'_>, problems: &mut Problems) -> Vec<(String, u64)> {
    let entries = entries(value, place, problems).unwrap_or_default().iter();
    entries
        .map(|(grade, value)| {
            let place = place.field(grade);
            let times = number(Scalar::of(value), place, number::multiplier, problems);
            (grade.clone().into_owned(), times.unwrap_or(MILLION))
        })
        .collect()
}

fn compounds(
    fields: &Fields<'_>,
    table: Option<CompoundTable<'_>>,
    problems: &mut Problems,
) -> Vec<Compound> {
    let place = fields.place().field("compounds");
    let mut compounds = Vec::new();
    match (fields.required("compounds", problems), table) {
        (Some(Value::List(list)), _) => {
            compounds.extend(
                list.iter()
                    .enumerate()
                    .filter_map(|(index, value)| compound(value, place.index(index), problems)),
            );
        }
        (Some(Value::Text(_)), Some(table)) => read_table(table, &mut compounds, problems),
        (Some(other), _) => wrong_type(other, &place, Expected::List, problems),
        (None, _) => {}
    }
    let ids = compounds.iter().map(|compound: &Compound| compound.id.as_str());
    refuse_twins(ids, |index| compounds[index].field("id"), problems);
    compounds
}

fn read_table(table: CompoundTable<'_>, compounds: &mut Vec<Compound>, problems: &mut Problems) {
    let text = match utf8(table.bytes) {
        Ok(text) => text,
        Err(problem) => return problems.add(table.file, problem.cause),
    };
    let mut reader = TableReader::new(text);
    let heading = reader.next().map(|heading| heading.to_owned()).unwrap_or_default();
    while let Some(cells) = reader.next() {
        if cells.is_blank() {
            continue;
        }
        let place = Place::Row { file: table.file, row: cells.line };
        if cells.len() != heading.len() {
            let (heading, row) = (heading.len() as u64, cells.len() as u64);
            problems.add(place, Cause::UnevenRow { heading, row });
            continue;
        }
        let named = heading.iter().map(String::as_str).zip(cells.iter());
        let row = row_of(named.filter(|(_, cell)| !cell.is_empty()));
        compounds.extend(compound(&row, place, problems));
    }
}

/// A row of the table as a list would hold it: the columns `least:POT` are in its `least`.
fn row_of<'c>(cells: impl Iterator<Item = (&'c str, &'c str)>) -> Value<'c> {
    let mut row = Vec::new();
    let mut limits = LIMITS.map(|name| (name, Vec::new()));
    for (name, cell) in cells {
        let cell = Value::Text(Cow::Borrowed(cell));
        let of_pot = limits.iter_mut().find_map(|(limit, of_pots)| {
            Some((of_pots, name.strip_prefix(*limit)?.strip_prefix(':')?))
        });
        match of_pot {
            Some((of_pots, pot)) => of_pots.push((Cow::Borrowed(pot), cell)),
            None => row.push((Cow::Borrowed(name), cell)),
        }
    }
    let limits = limits.into_iter().filter(|(_, of_pots)| !of_pots.is_empty());
    row.extend(limits.map(|(name, of_pots)| (Cow::Borrowed(name), Value::Fields(of_pots))));
    Value::Fields(row)
}

fn compound(value: &Value<'_>, place: Place<'_>, problems: &mut Problems) -> Option<Compound> {
    const KNOWN: &[&str] = &[
        "id",
        "name",
        "county",
        "plan",
        "area",
        "households",
        "buildings",
        "compounds",
        "budget",
        "difficulty",
        "performance",
        "assessment",
        "least",
        "most",
    ];
    let fields = Fields::open(value, place, KNOWN, problems)?;
    let [least, most] = LIMITS.map(|name| limits(&fields, name, problems));
    let mut text = |name| fields.text(name, problems).map(str::to_owned);
    let (name, county, plan) = (text("name"), text("county"), text("plan"));
    let assessment = text("assessment");
    Some(Compound {
        id: fields.id("id", problems).unwrap_or_default().to_owned(),
        name,
        county,
        plan,
        aggregates: Aggregates {
            area: fields.number("area", number::total_area, problems),
            households: fields.number("households", number::whole, problems),
            buildings: fields.number("buildings", number::whole, problems),
            compounds: fields.number("compounds", number::whole, problems).unwrap_or(1),
            budget: fields.number("budget", number::money, problems),
        },
        difficulty: fields.number("difficulty", number::multiplier, problems).unwrap_or(MILLION),
        performance: fields.number("performance", number::weight, problems),
        assessment,
        least,
        most,
        is_apart: false,
        used: Vec::new(),
        place: place.to_string(),
    })
}

/// By pot, a limit of a compound's own.
fn limits(fields: &Fields<'_>, name: &str, problems: &mut Problems) -> Vec<(String, Fen)> {
    let place = fields.place().field(name);
    let given = fields.get(name).and_then(|value| entries(value, &place, problems));
    let limits = given.unwrap_or_default().iter().filter_map(|(pot, value)| {
        let amount = number(Scalar::of(value), place.field(pot), number::money, problems)?;
        Some((pot.clone().into_owned(), amount))
    });
    limits.collect()
}

/// Duplicate ids.
fn refuse_twins<'i>(
    ids: impl Iterator<Item = &'i str>,
    place: impl Fn(usize) -> String,
    problems: &mut Problems,
) {
    let mut met = HashMap::new();
    for (index, id) in ids.enumerate().filter(|(_, id)| !id.is_empty()) {
        let first = *met.entry(id).or_insert(index);
        if first != index {
            problems.add_seen(place(index), id, Cause::DuplicateId { first: place(first) });
        }
    }
}
