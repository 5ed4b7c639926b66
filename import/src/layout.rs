//! Finding the heading of a table, or what its columns are without one.

use std::collections::{BTreeMap, BTreeSet};

use crate::mapping::{Column, Conclusion, LeftOut, Mapping, Reason};
use crate::number;
use crate::table::{Row, Table};
use crate::tidy::{compact, tidy};
use crate::words::{NOTHING, PARTS, TOTALS, Words};

/// What a column of individual charges is called, the line's id behind it.
pub(crate) const CHARGE: &str = "charge:";
/// What a column of weights is called, its name behind it.
pub(crate) const WEIGHT: &str = "weight:";
/// The other columns of money.
const MONEY: &[&str] = &["amount", "fund_balance", "fund_first", "provident", "in_kind"];

/// Rows that may hold the heading.
const HEADING_ROWS: usize = 20;
/// Recognized columns that make a row a heading.
const FEWEST_HEADINGS: usize = 2;

/// The fields of the columns in tables without a heading.
pub(crate) type Shapes = &'static [&'static [&'static str]];

/// A table whose columns are known.
pub(crate) struct Layout<'t> {
    pub(crate) mapping: Mapping,
    /// The rows below the heading.
    pub(crate) rows: &'t [Row],
    pub(crate) left_out: Vec<LeftOut>,
    /// The rows of the heading: none, one or two.
    heading: &'t [Row],
    /// The position of each field.
    positions: BTreeMap<String, usize>,
}

impl<'t> Layout<'t> {
    /// Finds the heading among the first rows, or a shape that every row has.
    pub(crate) fn find(
        table: &'t Table,
        headings: &Headings,
        shapes: Shapes,
        fits: fn(field: &str, cell: &str) -> bool,
    ) -> Layout<'t> {
        let mut best: Option<(usize, Vec<Column>)> = None;
        for (index, row) in table.rows.iter().take(HEADING_ROWS).enumerate() {
            let columns = headings.columns(row, None);
            let most = best.as_ref().map_or(FEWEST_HEADINGS - 1, |(_, best)| recognized(best));
            if recognized(&columns) > most {
                best = Some((index, columns));
            }
        }
        let mut layout = match best {
            Some((index, columns)) => Layout::with_heading(table, index, columns, headings),
            None => Layout::without_heading(table, shapes, fits),
        };
        let width = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
        let unnamed = || Column { heading: String::new(), field: None, zeros: 0 };
        layout.mapping.columns.resize_with(width, unnamed);
        layout.positions = layout
            .mapping
            .columns
            .iter()
            .enumerate()
            .filter_map(|(position, column)| Some((column.field.clone()?, position)))
            .collect();
        layout
    }

    fn with_heading(
        table: &'t Table,
        index: usize,
        mut columns: Vec<Column>,
        headings: &Headings,
    ) -> Layout<'t> {
        let (above, rows) = table.rows.split_at(index);
        let mut height = 1;
        if let [first, second, ..] = rows
            && let Some(of_both) = headings.columns_of_both(first, &columns, second)
        {
            columns = of_both;
            height = 2;
        }
        let (heading, rows) = rows.split_at(height);
        let zeros = above.iter().flat_map(Row::filled).find_map(zeros_for_all);
        for column in &mut columns {
            column.zeros = match column.field.as_deref() {
                Some(field) if MONEY.contains(&field) => {
                    zeros_of_heading(&column.heading).or(zeros).unwrap_or_default()
                }
                // The heading is the line's id.
                Some(field) if field.starts_with(CHARGE) => zeros.unwrap_or_default(),
                _ => 0,
            };
        }
        let above = above.iter().map(|row| match row.filled().next() {
            Some(_) => LeftOut::new(row, Reason::AboveHeading),
            None => LeftOut::new(row, Reason::Blank),
        });
        let second = heading.iter().skip(1).map(|row| LeftOut::new(row, Reason::SecondHeading));
        Layout {
            mapping: Mapping {
                heading_row: heading.first().map(|row| row.number),
                columns,
                conclusions: BTreeSet::new(),
            },
            left_out: above.chain(second).collect(),
            heading,
            rows,
            positions: BTreeMap::new(),
        }
    }

    fn without_heading(
        table: &'t Table,
        shapes: Shapes,
        fits: fn(field: &str, cell: &str) -> bool,
    ) -> Layout<'t> {
        let mut layout = Layout {
            mapping: Mapping::default(),
            left_out: Vec::new(),
            heading: &[],
            rows: &table.rows,
            positions: BTreeMap::new(),
        };
        match only_shape(table, shapes, fits) {
            Some(fields) => {
                layout.conclude(Conclusion::Positions);
                let column = |&field: &&str| Column {
                    heading: String::new(),
                    field: Some(field.to_owned()),
                    zeros: 0,
                };
                layout.mapping.columns = fields.iter().map(column).collect();
            }
            None => {
                layout.left_out = table
                    .rows
                    .iter()
                    .map(|row| match row.filled().next() {
                        Some(_) => LeftOut::new(row, Reason::NoHeading),
                        None => LeftOut::new(row, Reason::Blank),
                    })
                    .collect();
                layout.rows = &[];
            }
        }
        layout
    }

    pub(crate) fn has(&self, field: &str) -> bool {
        self.positions.contains_key(field)
    }

    /// A row's cell in the column of a field; empty where there is none.
    pub(crate) fn cell<'r>(&self, row: &'r Row, field: &str) -> &'r str {
        self.positions.get(field).map_or("", |&position| row.cell(position))
    }

    /// The zeros that plain money in a field's column stands for.
    pub(crate) fn zeros(&self, field: &str) -> usize {
        self.positions.get(field).map_or(0, |&position| self.zeros_at(position))
    }

    /// The zeros that plain money in a column stands for.
    pub(crate) fn zeros_at(&self, position: usize) -> usize {
        self.mapping.columns.get(position).map_or(0, |column| column.zeros)
    }

    /// The names behind a prefix, each with its column.
    pub(crate) fn behind(&self, prefix: &str) -> Vec<(String, usize)> {
        let columns = self.mapping.columns.iter().enumerate();
        columns
            .filter_map(|(position, column)| {
                let name = column.field.as_deref()?.strip_prefix(prefix)?;
                Some((name.to_owned(), position))
            })
            .collect()
    }

    pub(crate) fn conclude(&mut self, conclusion: Conclusion) {
        self.mapping.conclusions.insert(conclusion);
    }

    pub(crate) fn leave_out(&mut self, row: &Row, reason: Reason) {
        self.left_out.push(LeftOut::new(row, reason));
    }

    /// Why a row says nothing of its own, whatever the table is about. `labels` are where it
    /// would say what it is, `figure` is what it can't do without.
    pub(crate) fn needless(&self, row: &Row, labels: &[&str], figure: &str) -> Option<Reason> {
        let Some(first) = row.filled().next() else {
            return Some(Reason::Blank);
        };
        let any = |is: fn(&str) -> bool| is(first) || labels.iter().any(|label| is(label));
        if self.heading.iter().any(|heading| heading.filled().eq(row.filled())) {
            Some(Reason::HeadingAgain)
        } else if any(is_total) {
            Some(Reason::Total)
        } else if any(is_part) {
            Some(Reason::Part)
        } else if figure.is_empty() && tidy(first).contains(':') {
            Some(Reason::Remark)
        } else {
            None
        }
    }
}

/// The one shape that every row has, totals and empty rows aside.
fn only_shape(
    table: &Table,
    shapes: Shapes,
    fits: fn(field: &str, cell: &str) -> bool,
) -> Option<&'static [&'static str]> {
    let mut rows = table
        .rows
        .iter()
        .filter(|row| row.filled().next().is_some_and(|first| !is_total(first)))
        .peekable();
    rows.peek()?;
    let mut left: Vec<_> = shapes.to_vec();
    for row in rows {
        left.retain(|shape| {
            row.filled().count() == shape.len()
                && shape.iter().enumerate().all(|(column, field)| fits(field, row.cell(column)))
        });
    }
    match left[..] {
        [shape] => Some(shape),
        _ => None,
    }
}

fn recognized(columns: &[Column]) -> usize {
    columns.iter().filter(|column| column.field.is_some()).count()
}

/// What headings stand for.
pub(crate) struct Headings {
    /// The headings of fields.
    pub(crate) words: &'static Words,
    /// What headings begin with that name something of the plan.
    pub(crate) prefixes: &'static [&'static str],
}

impl Headings {
    /// What the headings of a row stand for, with the row under it where that belongs to them;
    /// of two columns with one field the better heading's.
    fn columns(&self, row: &Row, under: Option<&Row>) -> Vec<Column> {
        let mut columns = Vec::new();
        let mut best: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        let mut spanning = "";
        let width = row.cells.len().max(under.map_or(0, |under| under.cells.len()));
        for position in 0..width {
            let over = row.cell(position);
            let under = under.map_or("", |under| under.cell(position));
            if !over.is_empty() {
                spanning = over;
            }
            let (heading, found) = if under.is_empty() {
                (over.to_owned(), self.field(over))
            } else {
                let whole = format!("{}{under}", name_and_unit(&tidy(spanning)).0);
                (format!("{spanning} {under}"), self.field(&whole).or_else(|| self.field(under)))
            };
            if let Some((field, rank)) = found {
                let best = best.entry(field).or_insert((rank, position));
                *best = (rank, position).min(*best);
            }
            columns.push(Column { heading, field: None, zeros: 0 });
        }
        for (field, (_, position)) in best {
            if let Some(column) = columns.get_mut(position) {
                column.field = Some(field);
            }
        }
        columns
    }

    /// The columns where the row under the heading divides some of its columns further.
    fn columns_of_both(&self, row: &Row, columns: &[Column], under: &Row) -> Option<Vec<Column>> {
        const LABELS: &[&str] = &["id", "room", "number", "name", "building", "unit"];
        let is_label =
            |column: &Column| column.field.as_deref().is_some_and(|field| LABELS.contains(&field));
        let mut labels = columns.iter().enumerate().filter(|(_, column)| is_label(column));
        let is_heading = labels.all(|(position, _)| under.cell(position).is_empty())
            && under.filled().all(|cell| number::read_money(cell, 0).is_none());
        let of_both = self.columns(row, Some(under));
        let divides = of_both
            .iter()
            .enumerate()
            .any(|(position, column)| column.field.is_some() && !under.cell(position).is_empty());
        (is_heading && divides).then_some(of_both)
    }

    /// The field a heading stands for, and the heading's rank among those of the field.
    fn field(&self, heading: &str) -> Option<(String, usize)> {
        let tidied = tidy(heading);
        if let Some(prefix) = self.prefixes.iter().find(|prefix| tidied.starts_with(**prefix)) {
            // What it names is an id, and stays as typed.
            let named = heading.split_once([':', '：'])?.1.trim();
            return (!named.is_empty()).then(|| (format!("{prefix}{named}"), 0));
        }
        let name = compact(name_and_unit(&tidied).0);
        let name = name.trim_matches(|one: char| one.is_ascii_punctuation());
        self.words.find(name).map(|(field, rank)| (field.to_owned(), rank))
    }
}

/// Takes `金额(万元)`, `金额/万元`, `面积m2` apart into name and unit.
fn name_and_unit(heading: &str) -> (&str, &str) {
    if let Some(split) = heading.split_once(['(', '[', '/', ':', ',']) {
        return split;
    }
    let unit = ["m2", "万元"].into_iter().find(|unit| heading.ends_with(unit)).unwrap_or_default();
    (heading.strip_suffix(unit).unwrap_or(heading), unit)
}

/// The zeros that a heading says its money stands for, wherever it says so: taken for yuan, a
/// column of 万元 would be wrong ten-thousandfold.
fn zeros_of_heading(heading: &str) -> Option<usize> {
    const UNITS: &[(&str, usize)] =
        &[("亿", 8), ("千万", 7), ("百万", 6), ("万", 4), ("千元", 3), ("元", 0)];
    UNITS.iter().find(|(unit, _)| heading.contains(unit)).map(|&(_, zeros)| zeros)
}

/// The zeros that a note above the heading says all money stands for: `单位：万元`, `预算表（万元）`;
/// an amount such as 总投资 500 万元 says nothing.
fn zeros_for_all(cell: &str) -> Option<usize> {
    let cell = tidy(cell);
    let mut before = "";
    let mut most = None;
    for part in cell.split(['(', ')', ':', '、', ',', ';', '。', ' ']) {
        if !before.ends_with(|one: char| one.is_ascii_digit()) {
            most = most.max(number::zeros(part.rsplit("单位").next().unwrap_or(part)));
        }
        before = part;
    }
    most
}

/// Whether a cell says that its row adds up others: 合计, 3号楼小计, 合计：264户.
fn is_total(cell: &str) -> bool {
    let compacted = compact(cell);
    let label = compacted.split(['(', ':']).next().unwrap_or_default();
    TOTALS.words().any(|total| {
        let behind = label.strip_prefix(total);
        let counts = behind.is_some_and(|rest| rest.starts_with(|one: char| one.is_ascii_digit()));
        counts || label.ends_with(total)
    })
}

fn is_part(cell: &str) -> bool {
    let cell = compact(cell);
    PARTS.words().any(|part| cell.starts_with(part))
}

/// Whether a cell says in so many words that there is nothing to enter.
pub(crate) fn is_nothing(cell: &str) -> bool {
    NOTHING.meaning(cell).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{HOUSEHOLD_HEADINGS, WORKS_HEADINGS};

    #[track_caller]
    fn stands_for(heading: &str, expected: &str) {
        let headings = Headings { words: &HOUSEHOLD_HEADINGS, prefixes: &["weight:", "charge:"] };
        let found = headings.field(heading);
        assert_eq!(found.map(|(field, _)| field).unwrap_or_default(), expected, "{heading}");
    }

    #[test]
    fn headings_are_known_however_they_are_typed() {
        stands_for("户号", "id");
        stands_for(" 户 号 ", "id");
        stands_for("*房号", "room");
        stands_for("建筑面积（㎡）", "area");
        stands_for("建筑面积\n(平方米)", "area");
        stands_for("建筑面积㎡", "area");
        stands_for("面积/m²", "area");
        stands_for("首期交存额万元", "fund_first");
        stands_for("Area (m2)", "area");
        stands_for("Household No.", "id");
        stands_for("PAYER_SHARE", "payer_share");
        stands_for("payer share", "payer_share");
        stands_for("维修资金余额（元）", "fund_balance");
        stands_for("单元", "unit");
        stands_for("人口（人）", "weight:heads");
        stands_for("weight:parking", "weight:parking");
        stands_for("charge：Windows", "charge:Windows");
        stands_for("charge: 外窗（南）", "charge:外窗（南）");
        for unknown in ["", "套内建筑面积", "公摊面积", "层数", "联系电话", "weight:", "（㎡）"]
        {
            stands_for(unknown, "");
        }
    }

    #[test]
    fn a_heading_or_a_note_above_it_says_the_unit_of_money() {
        assert_eq!(zeros_of_heading("金额（万元）"), Some(4));
        assert_eq!(zeros_of_heading("金额/万元"), Some(4));
        assert_eq!(zeros_of_heading("金额（单位：万元）"), Some(4));
        assert_eq!(zeros_of_heading("金额（万元，含税）"), Some(4));
        assert_eq!(zeros_of_heading("金额（含税）（万）"), Some(4));
        assert_eq!(zeros_of_heading("金额百万元"), Some(6));
        assert_eq!(zeros_of_heading("金额（元）"), Some(0));
        assert_eq!(zeros_of_heading("金额"), None);
        assert_eq!(zeros_of_heading("金额（含税）"), None);
        assert_eq!(zeros_for_all("单位：万元"), Some(4));
        assert_eq!(zeros_for_all("金额单位: 人民币万元"), Some(4));
        assert_eq!(zeros_for_all("（单位：万元、平方米）"), Some(4));
        assert_eq!(zeros_for_all("编制单位：万元建筑公司"), None);
        assert_eq!(zeros_for_all("改造工程预算（万元）"), Some(4));
        assert_eq!(zeros_for_all("单位：人民币（万元）"), Some(4));
        assert_eq!(zeros_for_all("单位 万元"), Some(4));
        assert_eq!(zeros_for_all("单位：元"), Some(0));
        assert_eq!(zeros_for_all("总投资 500 万元"), None);
        assert_eq!(zeros_for_all("总投资500万元"), None);
    }

    #[test]
    fn totals_are_told_by_their_label() {
        for total in [
            "合计",
            "总 计",
            "3号楼小计",
            "合计：264户",
            "合计（元）",
            "合计264户",
            "Total",
            "共计",
        ] {
            assert!(is_total(total), "{total}");
        }
        for other in ["总计量表改造", "设计", "合计划线", "1-1-101", ""] {
            assert!(!is_total(other), "{other}");
        }
    }

    #[test]
    fn of_two_columns_with_one_field_the_better_heading_is_taken() {
        let cells = ["面积", "产权面积", "金额", "金额"].map(str::to_owned).to_vec();
        let row = Row { number: 1, cells };
        let fields = |words| -> Vec<_> {
            let headings = Headings { words, prefixes: &[] };
            headings.columns(&row, None).into_iter().map(|column| column.field).collect()
        };
        let field = |name: &str| Some(name.to_owned());
        assert_eq!(fields(&HOUSEHOLD_HEADINGS), [None, field("area"), None, None]);
        assert_eq!(fields(&WORKS_HEADINGS), [None, None, field("amount"), None]);
    }
}
