//! A table of text cells, whatever it was read from.

use std::borrow::Cow;
use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord};

/// The rows of a sheet, of pasted cells or of a CSV file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// The sheet's name; empty where it has none.
    pub name: String,
    /// Whether its workbook does not show it.
    pub hidden: bool,
    /// The rows, in order.
    pub rows: Vec<Row>,
    /// The cells that are merged into one.
    pub merged: Vec<Merged>,
    /// The rows that are not shown, by [`Row::number`], in order.
    pub hidden_rows: Vec<u64>,
    /// Whether a filter hides them.
    pub is_filtered: bool,
    /// The columns that are not shown, from 0, in order.
    pub hidden_columns: Vec<usize>,
    /// The rows with a cell that is struck out, by [`Row::number`], in order.
    pub struck_rows: Vec<u64>,
    /// How far texts are moved to the right by their format, where they are, by row and column.
    pub indents: BTreeMap<(u64, usize), u8>,
}

/// Cells that are merged into the first of them, which alone holds something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merged {
    /// The first and last row, by [`Row::number`].
    pub rows: (u64, u64),
    /// The first and last column, from 0.
    pub columns: (usize, usize),
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Where it stands, from 1: the row of the sheet, or the line of the text that it begins on.
    pub number: u64,
    /// What its cells hold, as typed; the first is the leftmost column.
    pub cells: Vec<String>,
}

impl Row {
    /// The cell in a column, without blanks around it; empty where the row is too short.
    pub(crate) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| unmarked(cell.trim()))
    }

    /// The only cell that holds something.
    pub(crate) fn only(&self) -> Option<&str> {
        let mut filled = self.filled();
        filled.next().filter(|_| filled.next().is_none())
    }

    /// The cells that hold something.
    pub(crate) fn filled(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|cell| unmarked(cell.trim())).filter(|cell| !cell.is_empty())
    }
}

/// A text without the mark before it that makes a spreadsheet take it for a text: '62.35, '-101.
fn unmarked(text: &str) -> &str {
    let rest = text.strip_prefix('\'').filter(|rest| !rest.ends_with('\''));
    rest.filter(|rest| rest.starts_with(|one: char| one.is_ascii_digit() || "=+-@".contains(one)))
        .unwrap_or(text)
}

/// What may stand between cells; the first is taken where two are as frequent.
const DELIMITERS: [u8; 3] = [b'\t', b';', b','];
/// Rows looked at to tell what stands between cells.
const SAMPLE: usize = 100;

impl Table {
    /// Reads cells pasted from a spreadsheet (tabs between them) or CSV (commas or semicolons).
    /// A cell in quotes may hold line breaks. Empty lines are no rows.
    ///
    /// ```
    /// use fentan_import::Table;
    /// let table = Table::from_text("户号\t\"建筑\n面积\"\n");
    /// assert_eq!(table.rows[0].cells, ["户号", "建筑\n面积"]);
    /// ```
    pub fn from_text(text: &str) -> Table {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let delimiter = delimiter(text);
        // Where quotes are not in pairs they are inches or ditto marks, and enclose nothing.
        let pairs = text.bytes().filter(|&byte| byte == b'"').count() % 2 == 0;
        let table = read(text, delimiter, pairs);
        // A pasted cell holds no tab: one that does has swallowed the next.
        let swallowed = |row: &Row| row.cells.iter().any(|cell| cell.contains('\t'));
        if delimiter == b'\t' && table.rows.iter().any(swallowed) {
            return read(text, delimiter, false);
        }
        table
    }
}

fn read(text: &str, delimiter: u8, quoting: bool) -> Table {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .quoting(quoting)
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let mut rows = Vec::new();
    // Text in memory, rows of any length: there is nothing to fail.
    while reader.read_record(&mut record).unwrap_or(false) {
        let number = record.position().map_or(0, |position| first_line(text, position));
        let cells = record.iter().map(|cell| as_text(cell).into_owned());
        rows.push(Row { number, cells: cells.collect() });
    }
    Table { rows, ..Table::default() }
}

/// What a spreadsheet shows of a cell that a program wrote so that it stays a text: `="0101"`.
fn as_text(cell: &str) -> Cow<'_, str> {
    let inner = cell.trim().strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    match inner.map(|inner| inner.replace("\"\"", "\u{0}")) {
        Some(text) if !text.contains('"') => Cow::Owned(text.replace('\0', "\"")),
        _ => Cow::Borrowed(cell),
    }
}

/// The line a record begins on; its position is before the empty lines above it.
fn first_line(text: &str, position: &csv::Position) -> u64 {
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let before = text.as_bytes().get(start..).unwrap_or_default();
    let breaks = before.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    position.line() + breaks.filter(|&&byte| byte == b'\n').count() as u64
}

/// The delimiter on most rows.
fn delimiter(text: &str) -> u8 {
    let mut rows_with = [0; DELIMITERS.len()];
    let mut met = [false; DELIMITERS.len()];
    let (mut rows, mut quoted) = (0, false);
    for byte in text.bytes().chain([b'\n']) {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => {
                for (count, met) in rows_with.iter_mut().zip(&mut met) {
                    *count += usize::from(std::mem::take(met));
                }
                rows += 1;
                if rows == SAMPLE {
                    break;
                }
            }
            _ if !quoted => {
                if let Some(found) = DELIMITERS.iter().position(|&one| one == byte) {
                    met[found] = true;
                }
            }
            _ => {}
        }
    }
    let most = rows_with.iter().copied().max().unwrap_or_default();
    let found = rows_with.iter().position(|&count| count == most);
    found.map_or(b'\t', |found| DELIMITERS[found])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn holds(text: &str, expected: &[(u64, &[&str])]) {
        let table = Table::from_text(text);
        let rows: Vec<_> = table
            .rows
            .iter()
            .map(|row| (row.number, row.cells.iter().map(String::as_str).collect::<Vec<_>>()))
            .collect();
        let expected: Vec<_> = expected.iter().map(|&(row, cells)| (row, cells.to_vec())).collect();
        assert_eq!(rows, expected);
    }

    #[test]
    fn pasted_cells() {
        holds("a\tb\r\n1\t2\r\n", &[(1, &["a", "b"]), (2, &["1", "2"])]);
        holds("a\t\t\n\t\t\n", &[(1, &["a", "", ""]), (2, &["", "", ""])]);
        holds(
            "1,234.5\t2,000\n3,456.7\t1,000",
            &[(1, &["1,234.5", "2,000"]), (2, &["3,456.7", "1,000"])],
        );
        holds("a", &[(1, &["a"])]);
        holds("", &[]);
    }

    #[test]
    fn separated_by_commas_or_semicolons() {
        holds("\u{feff}a,b\n1,\"x,\"\"y\"\"\"\n", &[(1, &["a", "b"]), (2, &["1", "x,\"y\""])]);
        holds("a;b\n1;2,5\n", &[(1, &["a", "b"]), (2, &["1", "2,5"])]);
        holds("a,b\n\"1;2\",3\n", &[(1, &["a", "b"]), (2, &["1;2", "3"])]);
    }

    #[test]
    fn formulas_that_are_but_a_text_are_that_text() {
        holds("=\"0101\",=\"62.35\"\n", &[(1, &["0101", "62.35"])]);
        holds("=\"a\"\"b\"\t=\"a\"&\"b\"\n", &[(1, &["a\"b", "=\"a\"&\"b\""])]);
    }

    #[test]
    fn rows_are_counted_in_lines() {
        holds(
            "a,b\n\n\"x\ny\",1\r\n\r\nc,2",
            &[(1, &["a", "b"]), (3, &["x\ny", "1"]), (6, &["c", "2"])],
        );
        holds("\n\na,b", &[(3, &["a", "b"])]);
    }

    #[test]
    fn a_quoted_cell_may_hold_line_breaks() {
        holds("\"建筑\n面积\"\tb\n1\t2", &[(1, &["建筑\n面积", "b"]), (3, &["1", "2"])]);
    }

    #[test]
    fn stray_quotes_swallow_nothing() {
        holds("a\tb\n\"\t1\nc\t2", &[(1, &["a", "b"]), (2, &["\"", "1"]), (3, &["c", "2"])]);
        holds(
            "a\tb\n\"\t1\nc\t2\n\"\t3",
            &[(1, &["a", "b"]), (2, &["\"", "1"]), (3, &["c", "2"]), (4, &["\"", "3"])],
        );
        holds(
            "a,b\n5\" pipe,1\nc,2",
            &[(1, &["a", "b"]), (2, &["5\" pipe", "1"]), (3, &["c", "2"])],
        );
    }
}
