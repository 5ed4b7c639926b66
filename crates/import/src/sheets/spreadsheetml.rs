//! Workbooks as XML (SpreadsheetML), which Excel 2003 brought and surveying programs still write.

use std::collections::HashMap;
use std::mem;

use quick_xml::events::BytesStart;

use super::figure::{Figure, Format};
use super::grid::{Grid, Look, Room};
use super::xml::{Reader, Xml, attribute, count, name};
use super::{Unreadable, bounds};
use crate::table::{Merged, Table};

/// What such a workbook names at its beginning.
const NAMESPACE: &str = "urn:schemas-microsoft-com:office:spreadsheet";
/// The bytes that are looked through for it.
const BEGINNING: usize = 4096;

/// Whether a text is a workbook as XML.
pub(super) fn is_one(text: &str) -> bool {
    let beginning = text.char_indices().take_while(|(at, _)| *at < BEGINNING).last();
    let end = beginning.map_or(0, |(at, one)| at + one.len_utf8());
    text.get(..end).is_some_and(|text| text.contains(NAMESPACE) && text.contains("Workbook"))
}

/// What cells of a style look like.
#[derive(Clone, Copy, Default)]
struct Style {
    format: Format,
    look: Look,
}

/// A cell as its element is read.
#[derive(Default)]
struct Cell {
    column: u64,
    across: u64,
    down: u64,
    style: Style,
    kind: String,
    formula: bool,
    text: String,
}

#[derive(Default)]
struct Reading {
    tables: Vec<Table>,
    styles: HashMap<String, Style>,
    style: String,
    room: Room,
    sheet: Option<(String, bool, Grid)>,
    row: u64,
    column: u64,
    cell: Option<Cell>,
    in_data: bool,
    in_comment: bool,
    in_visible: bool,
    columns_defined: u64,
}

pub(super) fn open(text: &str) -> Result<Vec<Table>, Unreadable> {
    Xml::new(text.as_bytes()).read(Reading::default())
}

impl Reader for Reading {
    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), Unreadable> {
        let get = |name| Ok(attribute(start, name)?.unwrap_or_default());
        match name(start) {
            "Style" => {
                self.style = get("ID")?;
                self.styles.insert(self.style.clone(), Style::default());
            }
            "NumberFormat" => {
                let code = get("Format")?;
                if let Some(style) = self.styles.get_mut(&self.style) {
                    style.format = format_of(&code);
                }
            }
            "Alignment" => {
                let indent = get("Indent")?.parse().unwrap_or_default();
                if let Some(style) = self.styles.get_mut(&self.style) {
                    style.look.indent = indent;
                }
            }
            "Font" => {
                let is_struck = &*get("StrikeThrough")? == "1";
                if let Some(style) = self.styles.get_mut(&self.style) {
                    style.look.is_struck = is_struck;
                }
            }
            "Worksheet" => {
                self.sheet = Some((get("Name")?, false, Grid::default()));
                (self.row, self.columns_defined) = (0, 0);
            }
            "Visible" => self.in_visible = true,
            "AutoFilterColumn" => {
                if let Some((.., grid)) = &mut self.sheet {
                    grid.is_filtered = true;
                }
            }
            "Column" => self.column(start)?,
            "Row" => {
                self.row = count(start, "Index", self.row + 1)?.saturating_sub(1);
                self.column = 0;
                if let (Some((.., grid)), "1") = (&mut self.sheet, &*get("Hidden")?) {
                    grid.hide_row(self.row)?;
                }
            }
            "Cell" => {
                self.column = count(start, "Index", self.column + 1)?.saturating_sub(1);
                let style = self.styles.get(&get("StyleID")?).copied().unwrap_or_default();
                self.cell = Some(Cell {
                    column: self.column,
                    across: count(start, "MergeAcross", 0)?,
                    down: count(start, "MergeDown", 0)?,
                    style,
                    formula: attribute(start, "Formula")?.is_some(),
                    ..Cell::default()
                });
            }
            "Comment" => self.in_comment = true,
            "Data" if !self.in_comment => {
                self.in_data = true;
                if let Some(cell) = &mut self.cell {
                    cell.kind = get("Type")?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.in_visible && text.contains("Hidden") {
            if let Some((_, hidden, _)) = &mut self.sheet {
                *hidden = true;
            }
        } else if let Some(cell) = &mut self.cell
            && self.in_data
        {
            cell.text.push_str(text);
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Unreadable> {
        match name {
            "Data" => self.in_data = false,
            "Comment" => self.in_comment = false,
            "Visible" => self.in_visible = false,
            "Cell" => self.end_cell()?,
            "Row" => self.row = self.row.saturating_add(1),
            "Worksheet" => {
                if let Some((name, hidden, grid)) = self.sheet.take() {
                    self.tables.push(grid.into_table(name, hidden));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn tables(self) -> Vec<Table> {
        self.tables
    }
}

impl Reading {
    fn column(&mut self, start: &BytesStart<'_>) -> Result<(), Unreadable> {
        let first = count(start, "Index", self.columns_defined + 1)?.saturating_sub(1);
        let last = first.saturating_add(count(start, "Span", 0)?);
        self.columns_defined = last.saturating_add(1);
        let most = bounds::MOST_COLUMNS as u64;
        if let Some((.., grid)) = &mut self.sheet
            && attribute(start, "Hidden")?.as_deref() == Some("1")
            && first < most
        {
            grid.hide_columns(first as usize, last.min(most) as usize);
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Unreadable> {
        let (Some(mut cell), Some((.., grid))) = (self.cell.take(), &mut self.sheet) else {
            return Ok(());
        };
        let most = bounds::MOST_COLUMNS as u64;
        let column = usize::try_from(cell.column).unwrap_or(usize::MAX);
        if cell.across > 0 || cell.down > 0 {
            let last_row = self.row.saturating_add(cell.down).min(bounds::MOST_ROWS);
            let last = cell.column.saturating_add(cell.across).min(most);
            grid.merge(Merged {
                rows: (self.row + 1, last_row + 1),
                columns: (column, usize::try_from(last).unwrap_or(usize::MAX)),
            })?;
        }
        grid.look((self.row, column), cell.style.look);
        self.column = cell.column.saturating_add(cell.across).saturating_add(1);
        let text = mem::take(&mut cell.text);
        grid.put(&mut self.room, (self.row, column), shown(&cell, text))
    }
}

/// What a cell shows.
fn shown(cell: &Cell, text: String) -> String {
    match &*cell.kind {
        "Number" => match text.trim().parse().ok().and_then(Figure::of) {
            Some(figure) => figure.shown(cell.style.format, false),
            None => text,
        },
        "DateTime" => date(&text, cell.style.format).unwrap_or(text),
        "Boolean" => if text.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(),
        "" if cell.formula && text.is_empty() => "=".to_owned(),
        _ => text,
    }
}

fn format_of(code: &str) -> Format {
    match code {
        "Percent" => Format::Percent,
        "General Date" | "Long Date" | "Medium Date" | "Short Date" => Format::Date,
        code => Format::of_code(code),
    }
}

/// `2025-01-02T00:00:00.000` as a date in words.
fn date(value: &str, format: Format) -> Option<String> {
    let mut parts = value.split('T').next()?.split('-').map(|part| part.parse::<u16>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    Some(match format {
        Format::MonthAndDay => format!("{month}月{day}日"),
        _ => format!("{year}年{month}月{day}日"),
    })
}
