//! A sheet as it fills with cells, within the bounds of all sheets together.

use std::collections::{BTreeMap, BTreeSet};

use super::{Unreadable, bounds};
use crate::table::{Merged, Row, Table};

/// What may still be read of a file.
pub(super) struct Room {
    cells: usize,
    text: usize,
}

impl Default for Room {
    fn default() -> Self {
        Room { cells: bounds::MOST_CELLS, text: bounds::MOST_TEXT }
    }
}

impl Room {
    /// Whether so many texts of so many bytes in all may be kept for cells to refer to.
    pub(super) fn holds(texts: usize, bytes: usize) -> Result<(), Unreadable> {
        let fits = texts <= bounds::MOST_CELLS && bytes <= bounds::MOST_TEXT;
        if fits { Ok(()) } else { Err(Unreadable::TooLarge) }
    }
}

/// Cells by row and column, from 0.
#[derive(Default)]
pub(super) struct Grid {
    rows: BTreeMap<u64, Vec<String>>,
    merged: Vec<Merged>,
    hidden_rows: BTreeSet<u64>,
    hidden_columns: BTreeSet<usize>,
    /// Whether a filter hides the rows.
    pub(super) is_filtered: bool,
    indents: BTreeMap<(u64, usize), u8>,
    struck_rows: BTreeSet<u64>,
}

/// What a style does to a cell besides the format of its number.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    /// How far it moves a text to the right.
    pub(super) indent: u8,
    /// Whether it strikes the cell out.
    pub(super) is_struck: bool,
}

impl Grid {
    /// Puts a text into a cell. Empty ones take no room.
    pub(super) fn put(
        &mut self,
        room: &mut Room,
        (row, column): (u64, usize),
        text: String,
    ) -> Result<(), Unreadable> {
        if text.trim().is_empty() {
            return Ok(());
        }
        if row >= bounds::MOST_ROWS || column >= bounds::MOST_COLUMNS {
            return Err(Unreadable::Broken);
        }
        let cells = self.rows.entry(row).or_default();
        let added = (column + 1).saturating_sub(cells.len());
        room.cells = room.cells.checked_sub(added).ok_or(Unreadable::TooLarge)?;
        room.text = room.text.checked_sub(text.len()).ok_or(Unreadable::TooLarge)?;
        if added > 0 {
            cells.resize(column + 1, String::new());
        }
        if let Some(cell) = cells.get_mut(column) {
            *cell = text;
        }
        Ok(())
    }

    /// Merges cells into their first.
    pub(super) fn merge(&mut self, merged: Merged) -> Result<(), Unreadable> {
        if self.merged.len() == bounds::MOST_CELLS {
            return Err(Unreadable::TooLarge);
        }
        self.merged.push(merged);
        Ok(())
    }

    /// Hides a row, from 0.
    pub(super) fn hide_row(&mut self, row: u64) -> Result<(), Unreadable> {
        if row < bounds::MOST_ROWS {
            self.hidden_rows.insert(row);
        }
        if self.hidden_rows.len() > bounds::MOST_ROWS as usize {
            return Err(Unreadable::TooLarge);
        }
        Ok(())
    }

    /// Hides columns, from 0, both ends included.
    pub(super) fn hide_columns(&mut self, first: usize, last: usize) {
        self.hidden_columns.extend(first..=last.min(bounds::MOST_COLUMNS - 1));
    }

    /// Moves the text of a cell to the right, or strikes it out.
    pub(super) fn look(&mut self, (row, column): (u64, usize), look: Look) {
        if look.indent > 0 && self.indents.len() < bounds::MOST_CELLS {
            self.indents.insert((row + 1, column), look.indent);
        }
        if look.is_struck && row < bounds::MOST_ROWS {
            self.struck_rows.insert(row);
        }
    }

    /// The rows that hold something, as a table.
    pub(super) fn into_table(self, name: String, hidden: bool) -> Table {
        let holds = |row: &u64| self.rows.contains_key(row);
        let hidden_rows = self.hidden_rows.iter().filter(|row| holds(row)).map(|row| row + 1);
        let hidden_rows = hidden_rows.collect();
        let struck_rows = self.struck_rows.iter().filter(|row| holds(row)).map(|row| row + 1);
        let struck_rows = struck_rows.collect();
        let rows = self.rows.into_iter().map(|(row, cells)| Row { number: row + 1, cells });
        Table {
            name,
            hidden,
            rows: rows.collect(),
            merged: self.merged,
            hidden_rows,
            is_filtered: self.is_filtered,
            hidden_columns: self.hidden_columns.into_iter().collect(),
            struck_rows,
            indents: self.indents,
        }
    }
}
