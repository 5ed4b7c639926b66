//! Households merged into a roster that is there, by their ids. Columns and rows that the file doesn't
//! have stay as they are.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Context;
use csv::{ReaderBuilder, StringRecord, Terminator, WriterBuilder};
use fentan_core::internal::plain_cell;
use fentan_import::Imported;
use fentan_words::{Language, defused, say_with};

use super::changes::{Changed, Changes, is_same};
use super::{MOST_FILE, written};
use crate::rewritten::MARK;
use crate::{Failure, input};

const ID: &str = "id";

/// A CSV file, cell by cell.
struct Table {
    heading: Vec<String>,
    rows: Vec<Vec<String>>,
    /// Which column holds the ids.
    id: usize,
}

/// The roster with what was read, and what changes.
pub(super) fn merged(
    language: Language,
    imported: &Imported,
    into: &Path,
) -> Result<(Vec<u8>, Changes), Failure> {
    let path = into.display().to_string();
    let failed = |key: &str, seen: &str| {
        anyhow::Error::msg(say_with(language, key, &[("path", &path), ("seen", seen)]))
    };
    let bytes = input::read(language, into, MOST_FILE)?;
    let text = std::str::from_utf8(&bytes);
    let text = text.map_err(|_| failed("import.merge.no-roster", ""))?;
    let table = |text: &str| read(text).ok_or_else(|| failed("import.merge.no-roster", ""));
    let mut old = table(text)?;
    let new = written::roster(imported);
    let new = table(std::str::from_utf8(&new).context("UTF-8")?)?;

    let mut places: HashMap<String, usize> = HashMap::new();
    for (place, row) in old.rows.iter().enumerate() {
        let id = plain_cell(&row[old.id]).to_owned();
        if places.insert(id, place).is_some() {
            return Err(failed("import.merge.twice", &row[old.id]).into());
        }
    }
    let changes = old.take_in(&new, &mut places);
    Ok((old.write(text), changes))
}

/// A roster's file with other cells, each of the household of an id and the column of a name; a column
/// that is missing is added. `None` if a household is missing.
pub(crate) fn with_cells(text: &str, cells: &[(&str, String, &str)]) -> Option<Vec<u8>> {
    let mut table = read(text)?;
    let places = table.rows.iter().enumerate();
    let places: HashMap<String, usize> =
        places.map(|(place, row)| (plain_cell(&row[table.id]).to_owned(), place)).collect();
    for (id, column, cell) in cells {
        let column = table.column(column);
        table.rows[*places.get(*id)?][column] = defused(cell);
    }
    Some(table.write(text))
}

fn read(text: &str) -> Option<Table> {
    let text = text.strip_prefix(MARK).unwrap_or(text);
    let mut reader = ReaderBuilder::new().from_reader(text.as_bytes());
    let cells = |record: &StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
    let heading = cells(reader.headers().ok()?);
    let id = heading.iter().position(|name| name == ID)?;
    let rows = reader.records().map(|record| record.map(|record| cells(&record)));
    Some(Table { rows: rows.collect::<Result<_, _>>().ok()?, heading, id })
}

impl Table {
    /// The place of a column; one that is missing is added.
    fn column(&mut self, name: &str) -> usize {
        let known = self.heading.iter().position(|one| one == name);
        known.unwrap_or_else(|| {
            self.heading.push(name.to_owned());
            self.rows.iter_mut().for_each(|row| row.push(String::new()));
            self.heading.len() - 1
        })
    }

    /// Takes in the rows of another table, given where each id stands in this one.
    fn take_in(&mut self, new: &Table, places: &mut HashMap<String, usize>) -> Changes {
        let mut changes = Changes::default();
        let columns: Vec<usize> = new.heading.iter().map(|name| self.column(name)).collect();
        let mut is_met = vec![false; self.rows.len()];
        for row in &new.rows {
            let id = plain_cell(&row[new.id]);
            let place = *places.entry(id.to_owned()).or_insert_with(|| {
                let mut blank = vec![String::new(); self.heading.len()];
                blank[self.id] = defused(id);
                self.rows.push(blank);
                is_met.push(true);
                changes.added.push(id.to_owned());
                self.rows.len() - 1
            });
            let is_new = is_met[place];
            is_met[place] = true;
            for (cell, &column) in row.iter().zip(&columns) {
                let old = &mut self.rows[place][column];
                let (before, after) = (plain_cell(old), plain_cell(cell));
                // What the file doesn't say is no change.
                if after.is_empty() || is_same(before, after) {
                    continue;
                }
                if !is_new {
                    changes.changed.push(Changed {
                        of: id.to_owned(),
                        field: self.heading[column].clone(),
                        old: before.to_owned(),
                        new: after.to_owned(),
                    });
                }
                *old = defused(after);
            }
        }
        let rows = self.rows.iter().zip(&is_met).filter(|(_, is_met)| !**is_met);
        let missing = rows.map(|(row, _)| plain_cell(&row[self.id]).to_owned());
        changes.missing = missing.filter(|id| !id.is_empty()).collect();
        changes
    }

    /// The table as the file was written: with its byte order mark and its ends of lines.
    fn write(&self, before: &str) -> Vec<u8> {
        let mark = if before.starts_with(MARK) { MARK } else { "" };
        let is_windows = before.contains("\r\n");
        let terminator = if is_windows { Terminator::CRLF } else { Terminator::Any(b'\n') };
        let mut writer =
            WriterBuilder::new().terminator(terminator).from_writer(mark.as_bytes().to_vec());
        // Memory takes whatever is written.
        let _ = writer.write_record(&self.heading);
        for row in &self.rows {
            let _ = writer.write_record(row);
        }
        writer.into_inner().unwrap_or_default()
    }
}
