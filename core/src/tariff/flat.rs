//! A flat, as somebody who looks at a tariff describes it.

use super::{Basis, Line, Tariff};
use crate::document::{Document, Value};
use crate::number::{self, Area, Scalar};
use crate::place::Place;
use crate::plan::fields::{Fields, entries, list, number, text};
use crate::plan::{Counts, ShareBy, Table};
use crate::problem::{Cause, Naming, Problems};

/// One flat, to be estimated by a tariff. The person who asks describes it; it is not kept.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Flat {
    /// Its building; missing if the tariff lacks it.
    pub building: Option<String>,
    /// Its unit of that building.
    pub unit: Option<String>,
    /// Its floor.
    pub floor: Option<i32>,
    /// Its exclusive area.
    pub area: Area,
    /// What it is used for, an index of the tariff's uses.
    pub used_as: Option<usize>,
    /// The ground of its relief, an index of the tariff's relief rates; of several the greatest.
    pub hardship: Option<usize>,
    /// By column of the tariff, its weight in millionths.
    pub(super) weights: Vec<Option<u64>>,
    /// The lines that serve it as one of the homes that are not told, as indices of the tariff's.
    pub served: Vec<usize>,
}

impl Flat {
    /// Reads a flat: `building`, `unit`, `floor`, `area`, `use`, `hardship`, `weights` as a plan writes
    /// them, and `served`, the ids of lines that serve homes one by one, this among them.
    ///
    /// An empty building is one that the tariff lacks; where a line serves some buildings only, it
    /// must be said.
    ///
    /// # Errors
    /// Every problem found, with the codes of spec §5 and paths from the flat on.
    pub fn read(document: &Document<'_>, tariff: &Tariff) -> Result<Flat, Problems> {
        const KNOWN: &[&str] =
            &["building", "unit", "floor", "area", "use", "hardship", "weights", "served"];
        let mut problems = Problems::default();
        for path in document.duplicate_keys() {
            problems.add(path, Cause::DuplicateKey);
        }
        let Some(fields) = Fields::open(document.root(), Place::Root, KNOWN, &mut problems) else {
            return Err(problems);
        };
        fields.required("area", &mut problems);
        let building = building(&fields, tariff, &mut problems);
        let flat = Flat {
            unit: unit(&fields, building, tariff, &mut problems),
            building: building.map(str::to_owned),
            floor: fields.number("floor", number::floor, &mut problems),
            area: fields.number("area", number::area, &mut problems).unwrap_or_default(),
            used_as: used_as(&fields, tariff, &mut problems),
            hardship: hardship(&fields, tariff, &mut problems),
            weights: weights(&fields, tariff, &mut problems),
            served: served(&fields, tariff, &mut problems),
        };
        if problems.is_empty() {
            flat.check(&fields, tariff, &mut problems);
        }
        problems.refuse(flat)
    }

    /// What it counts for.
    pub(super) fn counts(&self, tariff: &Tariff) -> Counts {
        self.used_as.map_or(Counts::IN_FULL, |index| tariff.uses[index].counts())
    }

    /// Notes what a line needs that serves the flat and can't be told without it.
    fn check(&self, fields: &Fields<'_>, tariff: &Tariff, problems: &mut Problems) {
        let mut of_floor = None;
        for (index, line) in tariff.lines.iter().enumerate() {
            let Some(shared) = line.shared.as_ref().filter(|line| line.serves.holds(self, index))
            else {
                continue;
            };
            match shared.share_by {
                ShareBy::Column(column)
                    if shared.basis != Basis::Withheld && self.weights[column].is_none() =>
                {
                    let place = fields.place().field("weights");
                    let line = line.id.clone();
                    let cause = Cause::MissingWeight { line };
                    problems.add(place.field(&tariff.columns[column]), cause);
                }
                // A flat without a weight within its floor has no part of the line.
                ShareBy::Floors(_, within) if self.counts(tariff).within(within) == 0 => {}
                ShareBy::Coefficient(table)
                | ShareBy::CoefficientTimesArea(table)
                | ShareBy::Floors(table, _) => {
                    of_floor =
                        of_floor.or_else(|| self.lacks(&shared.basis, &tariff.tables[table]));
                }
                _ => {}
            }
        }
        if let Some(cause) = of_floor {
            problems.add(fields.place().field("floor"), cause);
        }
    }

    /// What is wrong with its floor for a line that is shared by this table.
    fn lacks(&self, basis: &Basis, table: &Table) -> Option<Cause> {
        let Some(floor) = self.floor else {
            return Some(Cause::MissingField);
        };
        let is_known = match basis {
            Basis::Floors(floors) => floors.iter().any(|one| one.floor == floor),
            _ => table.coefficient(floor).is_some(),
        };
        (!is_known).then(|| Cause::NoCoefficient {
            floors: vec![floor],
            on_floors: Box::default(),
            floorless: Box::default(),
        })
    }
}

fn building<'v>(fields: &Fields<'v>, tariff: &Tariff, problems: &mut Problems) -> Option<&'v str> {
    let is_asked = tariff
        .lines
        .iter()
        .filter_map(|line| line.shared.as_ref())
        .any(|line| !line.serves.buildings.is_empty() || !line.serves.units.is_empty());
    if is_asked {
        fields.required("building", problems);
    }
    let building = fields.text("building", problems).filter(|id| !id.is_empty())?;
    if tariff.buildings.iter().all(|one| one.id != building) {
        let known = tariff.buildings.iter().map(|one| one.id.clone()).collect();
        let cause = Cause::UnknownId { naming: Naming::Building, known };
        problems.add_seen(fields.place().field("building"), building, cause);
    }
    Some(building)
}

fn unit(
    fields: &Fields<'_>,
    building: Option<&str>,
    tariff: &Tariff,
    problems: &mut Problems,
) -> Option<String> {
    let building = tariff.buildings.iter().find(|one| Some(one.id.as_str()) == building);
    let is_asked = building.is_some_and(|building| {
        let in_it = |unit: &String| unit.split_once('/').is_some_and(|(id, _)| id == building.id);
        let lines = tariff.lines.iter().filter_map(|line| line.shared.as_ref());
        lines.flat_map(|line| &line.serves.units).any(in_it)
    });
    if is_asked {
        fields.required("unit", problems);
    }
    let unit = fields.text("unit", problems).filter(|id| !id.is_empty())?;
    if let Some(building) = building.filter(|building| !building.units.iter().any(|id| id == unit))
    {
        let known = building.units.clone();
        let cause = Cause::UnknownId { naming: Naming::Listed, known };
        problems.add_seen(fields.place().field("unit"), unit, cause);
    }
    Some(unit.to_owned())
}

fn used_as(fields: &Fields<'_>, tariff: &Tariff, problems: &mut Problems) -> Option<usize> {
    let name = fields.text("use", problems).filter(|name| !name.is_empty())?;
    let found = tariff.uses.iter().position(|one| one.name == name);
    if found.is_none() {
        let known = tariff.uses.iter().map(|one| one.name.clone()).collect();
        let cause = Cause::UnknownId { naming: Naming::Use, known };
        problems.add_seen(fields.place().field("use"), name, cause);
    }
    found
}

/// The one with the greatest rate, of a code or a list of them.
fn hardship(fields: &Fields<'_>, tariff: &Tariff, problems: &mut Problems) -> Option<usize> {
    let place = fields.place().field("hardship");
    let mut found = Vec::new();
    match fields.get("hardship")? {
        Value::List(codes) => {
            for (index, code) in codes.iter().enumerate() {
                let place = place.index(index);
                let code = text(code, &place, problems);
                found.extend(code.and_then(|code| relief_of(code, place, tariff, problems)));
            }
        }
        code => {
            let code = text(code, &place, problems).filter(|code| !code.is_empty());
            found.extend(code.and_then(|code| relief_of(code, place, tariff, problems)));
        }
    }
    let rate = |index: usize| tariff.relief.rates[index].1;
    found.into_iter().reduce(|one, other| if rate(one).is_below(rate(other)) { other } else { one })
}

fn relief_of(
    code: &str,
    place: Place<'_>,
    tariff: &Tariff,
    problems: &mut Problems,
) -> Option<usize> {
    let rates = &tariff.relief.rates;
    let found = rates.iter().position(|(known, _)| known == code);
    if found.is_none() {
        let known = rates.iter().map(|(code, _)| code.clone()).collect();
        let cause = Cause::UnknownId { naming: Naming::Hardship, known };
        problems.add_seen(place, code, cause);
    }
    found
}

fn weights(fields: &Fields<'_>, tariff: &Tariff, problems: &mut Problems) -> Vec<Option<u64>> {
    let mut weights = vec![None; tariff.columns.len()];
    let place = fields.place().field("weights");
    let given = fields.get("weights").and_then(|value| entries(value, &place, problems));
    for (column, value) in given.unwrap_or_default() {
        let place = place.field(column);
        let weight = number(Scalar::of(value), place, number::weight, problems);
        match tariff.columns.iter().position(|known| known == column) {
            Some(index) => weights[index] = weight,
            None => {
                let known = tariff.columns.clone();
                let cause = Cause::UnknownId { naming: Naming::Column, known };
                problems.add_seen(place, column, cause);
            }
        }
    }
    weights
}

fn served(fields: &Fields<'_>, tariff: &Tariff, problems: &mut Problems) -> Vec<usize> {
    let serves_homes = |line: &Line| line.shared.as_ref().is_some_and(|line| line.serves.homes);
    let place = fields.place().field("served");
    let given = fields.get("served").and_then(|value| list(value, &place, problems));
    let named = given.unwrap_or_default().iter().enumerate();
    let mut found = Vec::new();
    for (index, id) in named {
        let Some(id) = text(id, &place.index(index), problems) else {
            continue;
        };
        match tariff.lines.iter().position(|line| line.id == id && serves_homes(line)) {
            Some(line) => found.push(line),
            None => {
                let lines = tariff.lines.iter().filter(|line| serves_homes(line));
                let known = lines.map(|line| line.id.clone()).collect();
                let cause = Cause::UnknownId { naming: Naming::Listed, known };
                problems.add_seen(place.index(index), id, cause);
            }
        }
    }
    found
}
