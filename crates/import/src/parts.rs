//! The tables that stand in one sheet: side by side, each with its headings, or one below the
//! other with headings of its own.

use std::borrow::Cow;

use crate::layout::{Heading, Layout, Look, widened, zeros_for_all};
use crate::mapping::{Mapping, Part};
use crate::number;
use crate::table::{Row, Table};
use crate::tidy::compact;
use crate::told::{Kind, Told};

/// One table, cut out of its sheet where it doesn't fill it.
pub(crate) struct Cut<'t> {
    /// The index of its sheet among those that are read.
    pub(crate) sheet: usize,
    pub(crate) table: Cow<'t, Table>,
    pub(crate) mapping: Mapping,
}

/// All tables of the sheets, in order.
pub(crate) fn cut<'t>(sheets: &[(&'t Table, Mapping)]) -> Vec<Cut<'t>> {
    let mut all = Vec::new();
    for (sheet, &(table, ref mapping)) in sheets.iter().enumerate() {
        for one in mapping.all() {
            let table = match &one.part {
                None => Cow::Borrowed(table),
                Some(part) => Cow::Owned(table_of(table, part)),
            };
            let mapping = Mapping { further: Vec::new(), ..one.clone() };
            all.push(Cut { sheet, table, mapping });
        }
    }
    all
}

/// Tells where a table begins that stands beside or below another.
pub(crate) fn tell_further(layout: &mut Layout<'_>, is_further: bool) {
    if let Some(row) = layout.mapping.heading_row.filter(|_| is_further) {
        let told = Told::new(Kind::FurtherTable, &layout.table.name).rows([row]);
        layout.told.push(told);
    }
}

fn table_of(table: &Table, part: &Part) -> Table {
    let (first, last) = part.rows;
    let is_in = |row: u64| (first..=last).contains(&row);
    let rows = table.rows.iter().filter(|row| is_in(row.number)).map(|row| {
        let cells = row.cells.iter().enumerate().map(|(column, cell)| {
            if part.has_column(column) { cell.clone() } else { String::new() }
        });
        Row { number: row.number, cells: cells.collect() }
    });
    let rows = rows.collect();
    let merged = table.merged.iter().filter(|one| is_in(one.rows.0));
    let merged = merged.filter(|one| part.has_column(one.columns.0)).copied().collect();
    Table { rows, merged, ..table.clone_frame() }
}

impl Table {
    /// The table without its cells.
    fn clone_frame(&self) -> Table {
        Table {
            name: self.name.clone(),
            hidden: self.hidden,
            hidden_rows: self.hidden_rows.clone(),
            is_filtered: self.is_filtered,
            hidden_columns: self.hidden_columns.clone(),
            struck_rows: self.struck_rows.clone(),
            indents: self.indents.clone(),
            ..Table::default()
        }
    }
}

impl Look {
    /// How a sheet is read whose heading stands at an index, with the tables beside and below.
    pub(crate) fn with_heading(&self, table: &Table, index: usize, heading: &Heading) -> Mapping {
        let mut all = Vec::new();
        let mut starts = vec![(index, 0)];
        let mut bottom = index + heading.height;
        let mut headings = vec![fields(heading)];
        let mut repeated = Vec::new();
        while let Some((next, found)) = self.next_heading(table, bottom) {
            bottom = next + found.height;
            let of_found = fields(&found);
            if headings.last() == Some(&of_found) {
                let rows = table.rows.iter().skip(next).take(found.height);
                repeated.extend(rows.map(|row| row.number));
            } else {
                let from = starts.last().map_or(0, |&(heading, _)| heading + 1);
                starts.push((next, start_above(table, from, next)));
                headings.push(of_found);
            }
        }
        let mut zeros = None;
        for (at, &(index, start)) in starts.iter().enumerate() {
            let Some(heading) = self.headings.at(table, index) else { continue };
            let end = starts.get(at + 1).map_or(table.rows.len(), |&(_, next)| next);
            let above = table.rows.get(start..index).unwrap_or_default();
            // A note below may say the unit too.
            let below = table.rows.get(index + heading.height..end).unwrap_or_default();
            let is_note = |row: &&Row| {
                row.filled().count() <= 2
                    && row.filled().all(|cell| number::read_money(cell, 0).is_none())
            };
            let below =
                || below.iter().filter(is_note).flat_map(Row::filled).find_map(zeros_for_all);
            let above = || above.iter().flat_map(Row::filled).find_map(zeros_for_all);
            zeros = above().or(zeros).or_else(below);
            let parts = self.side_by_side(&heading);
            let is_whole = starts.len() == 1 && parts.is_none();
            for columns in parts.unwrap_or_else(|| vec![vec![(0, usize::MAX)]]) {
                let number = |at: usize| table.rows.get(at).map_or(u64::MAX, |row| row.number);
                let part = Part {
                    rows: (number(start), number(end).saturating_sub(1)),
                    columns: columns.clone(),
                };
                let mut mapping = Mapping {
                    sheet: table.name.clone(),
                    heading_row: table.rows.get(index).map(|row| row.number),
                    heading_rows: heading.height,
                    columns: heading.best(|column| part.has_column(column)),
                    zeros,
                    repeated: repeated.clone(),
                    part: (!is_whole).then_some(part),
                    further: Vec::new(),
                };
                mapping.count_zeros();
                all.push(widened(table, mapping));
            }
        }
        let mut all = all.into_iter();
        let first = all.next().unwrap_or_default();
        Mapping { further: all.collect(), ..first }
    }

    /// The next row below that is a heading.
    fn next_heading(&self, table: &Table, from: usize) -> Option<(usize, Heading)> {
        (from..table.rows.len()).find_map(|index| {
            let row = table.rows.get(index)?;
            let filled = row.filled().count();
            let has_figures = row.filled().any(|cell| number::read_money(cell, 0).is_some());
            // Most rows hold figures, and are no headings.
            if filled < 2 || has_figures {
                return None;
            }
            let heading = self.headings.at(table, index)?;
            let columns = heading.best(|_| true);
            let has = |fields: &[&str]| {
                let mut known = columns.iter().filter_map(|one| one.field.as_deref());
                known.any(|field| fields.contains(&field))
            };
            (has(self.subjects) && has(&[self.figure])).then_some((index, heading))
        })
    }

    /// The columns of each of several tables that stand side by side: a heading that says what a
    /// row is about stands again, and the figure behind it too.
    fn side_by_side(&self, heading: &Heading) -> Option<Vec<Vec<(usize, usize)>>> {
        let is_subject = |field: &Option<(String, usize)>| {
            field.as_ref().is_some_and(|(field, _)| self.subjects.contains(&&**field))
        };
        let is_figure = |field: &Option<(String, usize)>| {
            field.as_ref().is_some_and(|(field, _)| field == self.figure)
        };
        for (first, (name, field)) in heading.columns.iter().enumerate() {
            if !is_subject(field) {
                continue;
            }
            let name = compact(name);
            let starts: Vec<_> = heading
                .columns
                .iter()
                .enumerate()
                .filter(|(_, (other, _))| compact(other) == name)
                .map(|(position, _)| position)
                .collect();
            if starts.len() < 2 {
                continue;
            }
            let ends = starts.iter().skip(1).map(|&start| start - 1).chain([usize::MAX]);
            let parts: Vec<_> = starts.iter().copied().zip(ends).collect();
            let has_figure = |&(start, end): &(usize, usize)| {
                let own = heading.columns.iter().enumerate();
                let mut own = own.filter(|(at, _)| (start..=end).contains(at));
                own.any(|(_, (_, field))| is_figure(field))
            };
            if !parts.iter().all(has_figure) {
                continue;
            }
            let shared = first.checked_sub(1).map(|last| (0, last));
            return Some(
                parts.into_iter().map(|own| shared.into_iter().chain([own]).collect()).collect(),
            );
        }
        None
    }
}

/// Which column is which field.
fn fields(heading: &Heading) -> Vec<(usize, String)> {
    let columns = heading.best(|_| true).into_iter().enumerate();
    columns.filter_map(|(at, column)| Some((at, column.field?))).collect()
}

/// Where a table begins whose heading stands at an index: with the titles and notes right above it.
fn start_above(table: &Table, from: usize, heading: usize) -> usize {
    let is_title = |row: &Row| row.filled().count() <= 1;
    let rows = table.rows.get(from..heading).unwrap_or_default();
    heading - rows.iter().rev().take_while(|row| is_title(row)).count()
}
