//! ODS workbooks (OpenDocument 1.2), which LibreOffice and newer WPS write.

use std::collections::HashSet;
use std::mem;

use quick_xml::events::BytesStart;

use super::figure::{Figure, Format};
use super::grid::{Grid, Look, Room};
use super::package::Package;
use super::xml::{Node, Reader, attribute, count, name};
use super::{Unreadable, bounds};
use crate::table::{Merged, Table};

/// The most blanks that one element may stand for.
const MOST_BLANKS: u64 = 1000;

/// A cell as its element is read.
#[derive(Default)]
struct Cell {
    repeated: u64,
    kind: String,
    value: String,
    formula: bool,
    is_struck: bool,
    text: String,
    has_paragraph: bool,
}

pub(super) fn open(package: &mut Package<'_>) -> Result<Vec<Table>, Unreadable> {
    if is_encrypted(package)? {
        return Err(Unreadable::Password);
    }
    package.required("content.xml")?.read(Reading::default())
}

fn is_encrypted(package: &mut Package<'_>) -> Result<bool, Unreadable> {
    let Some(mut part) = package.part("META-INF/manifest.xml")? else { return Ok(false) };
    loop {
        match part.next()? {
            Node::Start(start) if name(&start) == "encryption-data" => return Ok(true),
            Node::Eof => return Ok(false),
            _ => {}
        }
    }
}

#[derive(Default)]
struct Reading {
    tables: Vec<Table>,
    /// The styles of sheets that are not shown.
    hidden: HashSet<String>,
    /// The styles of cells that are struck out.
    struck: HashSet<String>,
    style: String,
    room: Room,
    /// The sheet that is read: its name, whether it is hidden, its cells.
    sheet: Option<(String, bool, Grid)>,
    /// How deep in tables: a cell may hold another.
    depth: usize,
    row: u64,
    rows_repeated: u64,
    /// Whether the row that is read is shown, in the words of the format.
    visibility: String,
    columns_defined: u64,
    column: u64,
    /// The cells of the row that is read, with their columns.
    cells: Vec<(u64, u64, String)>,
    /// Whether a cell of the row that is read is struck out.
    is_struck: bool,
    cell: Option<Cell>,
    /// How deep in a comment, which is no part of its cell's text.
    comment: usize,
    in_paragraph: bool,
}

impl Reader for Reading {
    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), Unreadable> {
        match name(start) {
            "style" => self.style = attribute(start, "name")?.unwrap_or_default(),
            "table-properties" if attribute(start, "display")?.as_deref() == Some("false") => {
                self.hidden.insert(mem::take(&mut self.style));
            }
            "text-properties" => {
                let line = attribute(start, "text-line-through-style")?;
                if line.is_some_and(|line| line != "none") {
                    self.struck.insert(self.style.clone());
                }
            }
            "table" => {
                self.depth += 1;
                if self.depth == 1 {
                    let style = attribute(start, "style-name")?.unwrap_or_default();
                    let name = attribute(start, "name")?.unwrap_or_default();
                    self.sheet = Some((name, self.hidden.contains(&style), Grid::default()));
                    self.row = 0;
                    self.columns_defined = 0;
                }
            }
            _ if self.depth != 1 => {}
            "table-row" => {
                self.rows_repeated = count(start, "number-rows-repeated", 1)?;
                self.column = 0;
                self.visibility = attribute(start, "visibility")?.unwrap_or_default();
            }
            "table-column" => {
                let first = self.columns_defined;
                let count = count(start, "number-columns-repeated", 1)?;
                self.columns_defined = first.saturating_add(count);
                let hidden = attribute(start, "visibility")?.is_some_and(|one| one != "visible");
                if hidden && count > 0 && first < bounds::MOST_COLUMNS as u64 {
                    let last = self.columns_defined.saturating_sub(1);
                    let last = last.min(bounds::MOST_COLUMNS as u64);
                    if let Some((.., grid)) = &mut self.sheet {
                        grid.hide_columns(first as usize, last as usize);
                    }
                }
            }
            "table-cell" | "covered-table-cell" => self.cell = Some(self.begun(start)?),
            "annotation" => self.comment += 1,
            _ if self.comment > 0 => {}
            "p" => {
                if let Some(cell) = &mut self.cell {
                    if mem::replace(&mut cell.has_paragraph, true) {
                        cell.text.push('\n');
                    }
                    self.in_paragraph = true;
                }
            }
            "s" => {
                let blanks = count(start, "c", 1)?.min(MOST_BLANKS);
                self.text(&" ".repeat(blanks as usize));
            }
            "tab" => self.text("\t"),
            "line-break" => self.text("\n"),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let Some(cell) = &mut self.cell
            && self.in_paragraph
            && self.comment == 0
            && self.depth == 1
        {
            cell.text.push_str(text);
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Unreadable> {
        match name {
            "table" => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0
                    && let Some((name, hidden, grid)) = self.sheet.take()
                {
                    self.tables.push(grid.into_table(name, hidden));
                }
            }
            _ if self.depth != 1 => {}
            "annotation" => self.comment = self.comment.saturating_sub(1),
            "p" => self.in_paragraph = false,
            "table-cell" | "covered-table-cell" => {
                if let Some(cell) = self.cell.take() {
                    let after = self.column.saturating_add(cell.repeated);
                    let is_struck = cell.is_struck;
                    let text = cell.shown();
                    if !text.trim().is_empty() {
                        self.is_struck |= is_struck;
                        self.cells.push((self.column, after, text));
                    }
                    self.column = after;
                }
            }
            "table-row" => self.end_row()?,
            _ => {}
        }
        Ok(())
    }

    fn tables(self) -> Vec<Table> {
        self.tables
    }
}

impl Reading {
    fn begun(&mut self, start: &BytesStart<'_>) -> Result<Cell, Unreadable> {
        let get = |name| Ok(attribute(start, name)?.unwrap_or_default());
        let kind = get("value-type")?;
        let value = match &*kind {
            "string" => get("string-value")?,
            "date" => get("date-value")?,
            "boolean" => get("boolean-value")?,
            _ => get("value")?,
        };
        let (rows, columns) =
            (count(start, "number-rows-spanned", 1)?, count(start, "number-columns-spanned", 1)?);
        if (rows > 1 || columns > 1)
            && let Some((.., grid)) = &mut self.sheet
        {
            let last = |first: u64, span: u64, most: u64| {
                first.saturating_add(span.saturating_sub(1)).min(most)
            };
            let last_column = last(self.column, columns, bounds::MOST_COLUMNS as u64);
            grid.merge(Merged {
                rows: (self.row + 1, last(self.row, rows, bounds::MOST_ROWS) + 1),
                columns: (self.column as usize, last_column as usize),
            })?;
        }
        let repeated = count(start, "number-columns-repeated", 1)?;
        let formula = attribute(start, "formula")?.is_some();
        let style = attribute(start, "style-name")?.unwrap_or_default();
        let is_struck = self.struck.contains(&style);
        Ok(Cell { repeated, kind, value, formula, is_struck, ..Cell::default() })
    }

    /// Puts the cells of a row into as many rows as it stands for.
    fn end_row(&mut self) -> Result<(), Unreadable> {
        let after = self.row.saturating_add(self.rows_repeated);
        let cells = mem::take(&mut self.cells);
        if let Some((.., grid)) = &mut self.sheet
            && !cells.is_empty()
        {
            let is_hidden = matches!(&*self.visibility, "collapse" | "filter");
            grid.is_filtered |= self.visibility == "filter";
            let look = Look { is_struck: mem::take(&mut self.is_struck), ..Look::default() };
            for row in self.row..after {
                grid.look((row, 0), look);
                if is_hidden {
                    grid.hide_row(row)?;
                }
                for (first, after, text) in &cells {
                    for column in *first..*after {
                        let column = usize::try_from(column).unwrap_or(usize::MAX);
                        grid.put(&mut self.room, (row, column), text.clone())?;
                    }
                }
            }
        }
        self.row = after;
        Ok(())
    }
}

impl Cell {
    /// What the cell shows.
    fn shown(self) -> String {
        let format = match &*self.kind {
            "percentage" => Format::Percent,
            "float" | "currency" => Format::Plain,
            // Month and day alone are shown so; a year that nobody typed stands in the value.
            "date" if self.text.contains('月') && !self.text.contains('年') => return self.text,
            "date" => return date(&self.value).unwrap_or(self.text),
            "boolean" => return self.value.to_ascii_uppercase(),
            "string" if !self.value.is_empty() => return self.value,
            "" if self.formula && self.text.is_empty() => return "=".to_owned(),
            _ => return self.text,
        };
        match self.value.trim().parse().ok().and_then(Figure::of) {
            Some(figure) => figure.shown(format, false),
            None => self.value,
        }
    }
}

/// `2025-01-02T00:00:00` as a date in words.
fn date(value: &str) -> Option<String> {
    let day = value.split('T').next()?;
    let mut parts = day.split('-').map(|part| part.parse::<u16>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    parts.next().is_none().then(|| format!("{year}年{month}月{day}日"))
}
