//! Tables as CSV, read row by row without a text of its own for any cell.

use csv_core::{ReadRecordResult, Reader};

use crate::text::plain_cell;

/// Reads a CSV table that is in memory; its rows may be of any length.
pub(crate) struct TableReader<'t> {
    reader: Reader,
    text: &'t str,
    /// How much of the text was read.
    read: usize,
    /// The cells of the row read last, one behind the other, and where each of them ends.
    cells: Vec<u8>,
    ends: Vec<usize>,
}

/// A row of a table.
#[derive(Clone, Copy)]
pub(crate) struct Cells<'r> {
    cells: &'r str,
    ends: &'r [usize],
    /// The line of the file that it begins on, from 1.
    pub(crate) line: u64,
}

impl<'t> TableReader<'t> {
    pub(crate) fn new(text: &'t str) -> TableReader<'t> {
        let (cells, ends) = (vec![0; 1024], vec![0; 32]);
        TableReader { reader: Reader::new(), text, read: 0, cells, ends }
    }

    /// The next row that is not an empty line.
    pub(crate) fn next(&mut self) -> Option<Cells<'_>> {
        let line = self.reader.line() + self.empty_lines();
        let (mut written, mut ended) = (0, 0);
        loop {
            // At the end of the text the row ends.
            let rest = self.text.as_bytes().get(self.read..).unwrap_or_default();
            let (cells, ends) = (&mut self.cells[written..], &mut self.ends[ended..]);
            let (result, read, more, ends) = self.reader.read_record(rest, cells, ends);
            (self.read, written, ended) = (self.read + read, written + more, ended + ends);
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.cells.resize(2 * self.cells.len(), 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(2 * self.ends.len(), 0),
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return None,
            }
        }
        // Parts of a text, cut at characters of one byte, are text.
        let cells = std::str::from_utf8(&self.cells[..written]).unwrap_or_default();
        Some(Cells { cells, ends: &self.ends[..ended], line })
    }

    /// How many lines are empty before the next row.
    fn empty_lines(&self) -> u64 {
        let rest = self.text.as_bytes().get(self.read..).unwrap_or_default();
        let breaks = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        breaks.filter(|&&byte| byte == b'\n').count() as u64
    }
}

impl<'r> Cells<'r> {
    pub(crate) fn len(self) -> usize {
        self.ends.len()
    }

    /// A cell as spec §2 reads it: see [`plain_cell`].
    pub(crate) fn get(self, position: usize) -> Option<&'r str> {
        let end = *self.ends.get(position)?;
        let start = position.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.cells.get(start..end).map(plain_cell)
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = &'r str> {
        (0..self.len()).filter_map(move |position| self.get(position))
    }

    /// Whether all cells are empty, as in the rows that spreadsheets leave behind.
    pub(crate) fn is_blank(self) -> bool {
        self.cells.is_empty()
    }

    /// A copy of each cell.
    pub(crate) fn to_owned(self) -> Vec<String> {
        self.iter().map(str::to_owned).collect()
    }
}
