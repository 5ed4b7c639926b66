//! A roster that comes as a CSV file.

use std::collections::HashSet;

use super::index::ChargeColumn;
use super::read::RosterReader;
use super::row::{Field, Row};
use crate::csv::{Cells, TableReader};
use crate::document::utf8;
use crate::number::{self, Scalar};
use crate::place::Place;
use crate::plan::fields::number;
use crate::problem::{Cause, Expected, Problems};

/// A roster (住户名册) in a CSV file of its own.
///
/// Its first row names the columns as spec §2 names a household's fields; `charge:LINE` holds
/// what a household is charged for an individual line, `weight:COLUMN` its weight in a column,
/// `joins:LINE` whether it takes part in a shared line, `yes` or `no`. Several hardships are joined by
/// `+`. An empty cell is a value left out.
///
/// ```
/// use fentan_core::{Document, Plan, RosterFile};
/// let document = Document::from_toml(b"fentan = 1\n[[lines]]\nid = \"gate\"\namount = \"90\"\n")?;
/// let roster = RosterFile { file: "households.csv", bytes: b"id,area\n101,60\n201,30\n" };
/// let plan = Plan::read(&document, Some(roster))?;
/// assert_eq!(plan.households().len(), 2);
/// # Ok::<(), fentan_core::Problems>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct RosterFile<'r> {
    /// The name of the file, for the paths of problems.
    pub file: &'r str,
    /// Its content: UTF-8, with or without a byte order mark.
    pub bytes: &'r [u8],
}

/// What a column beside the fields holds.
enum Extra {
    /// An index of [`RosterIndex::charges`](super::RosterIndex).
    Charge(usize),
    Weight(String),
    /// The position of what households say of taking part in a line.
    Joins(usize),
}

pub(crate) const CHARGE: &str = "charge:";
pub(crate) const WEIGHT: &str = "weight:";
pub(crate) const JOINS: &str = "joins:";

/// The most households to reserve memory for at first, and the fewest bytes that a row is assumed to have:
/// most rosters then grow without being moved.
const MOST_AT_FIRST: usize = 1024;
const LEAST_ROW: usize = 32;

struct Heading {
    names: Vec<String>,
    /// Columns of charges, weights and joins, by position.
    extras: Vec<(usize, Extra)>,
    /// The position of each field, in the order of [`Field::ALL`].
    positions: [Option<usize>; Field::ALL.len()],
}

struct TableRow<'r> {
    file: &'r str,
    cells: Cells<'r>,
    heading: &'r Heading,
}

impl<'r> TableRow<'r> {
    fn cell(&self, position: usize) -> Option<&'r str> {
        self.cells.get(position).filter(|cell| !cell.is_empty())
    }
}

impl Row for TableRow<'_> {
    fn scalar(&self, field: Field) -> Option<Scalar<'_>> {
        self.cell(self.heading.positions[field as usize]?).map(Scalar::Cell)
    }

    fn place(&self, field: Field) -> Place<'_> {
        Place::Cell { file: self.file, row: self.cells.line, column: field.name() }
    }

    fn texts(&self, field: Field, _: &mut Problems) -> Option<Vec<Option<&str>>> {
        let cell = self.cell(self.heading.positions[field as usize]?)?;
        cell.contains('+').then(|| cell.split('+').map(Some).collect())
    }
}

impl RosterReader {
    /// Reads a roster table; every row that can't be read is a problem.
    pub(in crate::plan) fn read_table(&mut self, roster: RosterFile<'_>, problems: &mut Problems) {
        let text = match utf8(roster.bytes) {
            Ok(text) => text,
            Err(problem) => return problems.add(roster.file, problem.cause),
        };
        self.index.is_readable = true;
        self.index.table = Some((roster.file.to_owned(), Vec::new()));
        self.reserve((text.len() / LEAST_ROW).min(MOST_AT_FIRST));
        let mut reader = TableReader::new(text);
        let Some(names) = reader.next() else {
            self.read_heading(roster.file, 1, Vec::new(), problems);
            return;
        };
        let heading = self.read_heading(roster.file, names.line, names.to_owned(), problems);
        while let Some(cells) = reader.next() {
            if cells.is_blank() {
                continue;
            }
            let place = Place::Row { file: roster.file, row: cells.line };
            if !self.has_room(&place, problems) {
                return;
            }
            let (heading_cells, row_cells) = (heading.names.len() as u64, cells.len() as u64);
            if heading_cells != row_cells {
                problems.add(place, Cause::UnevenRow { heading: heading_cells, row: row_cells });
                continue;
            }
            self.read_row(&TableRow { file: roster.file, cells, heading: &heading }, problems);
        }
    }

    fn read_heading(
        &mut self,
        file: &str,
        row: u64,
        names: Vec<String>,
        problems: &mut Problems,
    ) -> Heading {
        let mut positions = [None; Field::ALL.len()];
        let mut extras = Vec::new();
        let mut met = HashSet::new();
        for (position, name) in names.iter().map(String::as_str).enumerate() {
            let place = Place::Cell { file, row, column: name };
            if !met.insert(name) {
                problems.add_seen(place, name, Cause::DuplicateKey);
            }
            let field = Field::ALL.iter().find(|field| field.name() == name);
            if let Some(&field) = field {
                positions[field as usize] = Some(position);
            } else if let Some(line) = name.strip_prefix(CHARGE) {
                self.index.charges.push(ChargeColumn {
                    line: line.to_owned(),
                    place: place.to_string(),
                    charges: Vec::new(),
                });
                extras.push((position, Extra::Charge(self.index.charges.len() - 1)));
            } else if let Some(column) = name.strip_prefix(WEIGHT) {
                extras.push((position, Extra::Weight(column.to_owned())));
            } else if let Some(line) = name.strip_prefix(JOINS) {
                let column = self.roster.joins.add(line, Some(place.to_string()));
                extras.push((position, Extra::Joins(column)));
            } else {
                let known = Field::ALL.iter().map(|field| field.name().to_owned());
                let known = known
                    .chain([CHARGE, WEIGHT, JOINS].map(|prefix| format!("{prefix}…")))
                    .collect();
                problems.add_seen(place, name, Cause::UnknownField { known });
            }
        }
        for field in [Field::Id, Field::Area] {
            if positions[field as usize].is_none() {
                let column = field.name();
                problems.add(Place::Cell { file, row, column }, Cause::MissingField);
            }
        }
        Heading { names, extras, positions }
    }

    fn read_row(&mut self, row: &TableRow<'_>, problems: &mut Problems) {
        let TableRow { file, cells, heading } = *row;
        // A column that is missing was said once, at the heading.
        let missing = |field: Field| heading.positions[field as usize].is_none();
        if missing(Field::Id) || missing(Field::Area) {
            return;
        }
        let index = self.roster.all.len() as u32;
        if let Some((_, rows)) = &mut self.index.table {
            rows.push(cells.line);
        }
        self.read(row, problems);
        for (position, extra) in &heading.extras {
            let Some(cell) = row.cell(*position) else {
                continue;
            };
            let scalar = Scalar::Cell(cell);
            let column = &heading.names[*position];
            let place = Place::Cell { file, row: cells.line, column };
            match extra {
                Extra::Charge(charge) => {
                    if let Some(money) = number(scalar, place, number::money, problems) {
                        self.index.charges[*charge].charges.push((index, money));
                    }
                }
                Extra::Weight(column) => {
                    let weight = number(scalar, place, number::weight, problems);
                    self.add_weight(column, weight);
                }
                Extra::Joins(column) => match cell {
                    "yes" => self.join(*column, true),
                    "no" => self.join(*column, false),
                    _ => {
                        let cause = Cause::BadType { expected: Expected::YesOrNo };
                        problems.add_seen(place, cell, cause);
                    }
                },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, Plan};

    #[track_caller]
    fn path_of_the_problem(roster: &str) -> String {
        let document = Document::from_json(br#"{ "fentan": 1, "lines": [] }"#).expect("JSON");
        let roster = RosterFile { file: "h.csv", bytes: roster.as_bytes() };
        let problems = Plan::read(&document, Some(roster)).expect_err("a problem");
        problems.iter().next().expect("a problem").path.clone()
    }

    #[test]
    fn empty_lines_count_as_rows_of_the_file() {
        assert_eq!(path_of_the_problem("id,area\n101,x\n"), "h.csv:2:area");
        assert_eq!(path_of_the_problem("id,area\n\n\n101,x\n"), "h.csv:4:area");
        assert_eq!(path_of_the_problem("id,area\r\n\r\n101,x\r\n"), "h.csv:3:area");
        assert_eq!(path_of_the_problem("\u{feff}\nid,area\n101,x\n"), "h.csv:3:area");
        assert_eq!(path_of_the_problem("id,area\n\"1\n01\",60\n102,x\n"), "h.csv:4:area");
    }
}
