//! Finding the heading of a table, or what its columns are without one.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::mapping::{Column, Conclusion, LeftOut, Mapping, Reason};
use crate::number::{self, is_digits};
use crate::table::{Row, Table};
use crate::tidy::{compact, tidy};
use crate::told::{Kind, Told};
use crate::words::{
    DITTOS, HOUSEHOLD_HEADINGS, LIKELY_TOTALS, NOTHING, PARTS, REMARKS, TOTALS, TOTALS_ALONE,
    UNITS_OF_COLUMNS, Words,
};

/// What a column of individual charges is called, the line's id behind it.
pub(crate) const CHARGE: &str = "charge:";
/// What a column of weights is called, its name behind it.
pub(crate) const WEIGHT: &str = "weight:";
/// What a column is called that says yes or no to one hardship, its code behind it.
pub(crate) const HARDSHIP: &str = "hardship:";
/// What a column is called that a flat's vote is marked in, the vote behind it.
pub(crate) const VOTE: &str = "vote:";
/// What a column is called that says whether homes take part in a line, the line's id behind it.
pub(crate) const JOINS: &str = "joins:";
/// The other columns of money.
pub(crate) const MONEY: &[&str] = &[
    "amount",
    "fund_balance",
    "fund_principal",
    "fund_interest",
    "fund_first",
    "provident",
    "in_kind",
    "fund_share",
];
/// The fields that say which home a row is, and its area.
pub(crate) const TELLS_HOMES: &[&str] =
    &["id", "room", "number", "name", "note", "phase", "building", "unit", "floor", "area"];

/// Rows that may hold the heading.
const HEADING_ROWS: usize = 20;
/// Recognized columns that make a row a heading.
const FEWEST_HEADINGS: usize = 2;
/// Columns of merged cells that no value of a household or line takes: it is a title.
const TITLE_COLUMNS: usize = 3;
/// What merged cells say of each row they take. An amount or area over two rows is said of both
/// together, and stays with the first.
const SPREAD: &[&str] = &[
    "phase",
    "building",
    "unit",
    "floor",
    "name",
    "note",
    "payer",
    "payer_share",
    "owner",
    "tier",
    "category",
    "kind",
];

/// The fields of the columns in tables without a heading.
pub(crate) type Shapes = &'static [&'static [&'static str]];

/// What a table of one content looks like.
pub(crate) struct Look {
    pub(crate) headings: Headings,
    pub(crate) shapes: Shapes,
    /// The fields that say which home or line a row is, or where it is.
    pub(crate) subjects: &'static [&'static str],
    /// The field without which a row says nothing.
    pub(crate) figure: &'static str,
    /// Whether a cell may be a field, in tables without a heading.
    pub(crate) fits: fn(field: &str, cell: &str) -> bool,
}

impl Look {
    /// Finds the heading among the first rows, or a shape that every row has.
    pub(crate) fn find(&self, table: &Table) -> Mapping {
        let mut best: Option<(usize, Heading)> = None;
        for index in 0..table.rows.len().min(HEADING_ROWS) {
            let Some(heading) = self.headings.at(table, index) else { continue };
            let most = best.as_ref().map_or(FEWEST_HEADINGS - 1, |(_, best)| best.recognized());
            if heading.recognized() > most {
                best = Some((index, heading));
            }
        }
        match best {
            Some((index, heading)) => self.with_heading(table, index, &heading),
            None => {
                let shape = only_shape(table, self.shapes, self.fits).unwrap_or_default();
                let column =
                    |&field: &&str| Column { field: Some(field.to_owned()), ..Column::default() };
                widened(
                    table,
                    Mapping {
                        sheet: table.name.clone(),
                        columns: shape.iter().map(column).collect(),
                        ..Mapping::default()
                    },
                )
            }
        }
    }

    /// Takes a row for the heading, whatever else might be.
    pub(crate) fn find_at(&self, table: &Table, heading_row: Option<u64>) -> Mapping {
        let index = table.rows.iter().position(|row| Some(row.number) == heading_row);
        match index.and_then(|index| Some((index, self.headings.at(table, index)?))) {
            Some((index, heading)) => self.with_heading(table, index, &heading),
            None => {
                let sheet = table.name.clone();
                widened(table, Mapping { sheet, ..Mapping::default() })
            }
        }
    }
}

/// A mapping with a column for every cell of the widest row.
pub(crate) fn widened(table: &Table, mut mapping: Mapping) -> Mapping {
    let width = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
    mapping.columns.resize_with(width, Column::default);
    mapping
}

/// A row taken for the heading: the rows that it takes, and for each column what stands there and
/// the field that it stands for, with its rank among the headings of that field.
pub(crate) struct Heading {
    pub(crate) height: usize,
    pub(crate) columns: Vec<(String, Option<(String, usize)>)>,
}

impl Heading {
    /// How many fields it names.
    pub(crate) fn recognized(&self) -> usize {
        recognized(&self.best(|_| true))
    }

    /// The columns of a part; of two with one field the better heading's.
    pub(crate) fn best(&self, is_own: impl Fn(usize) -> bool) -> Vec<Column> {
        let mut best: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        let mut columns = Vec::new();
        for (position, (heading, found)) in self.columns.iter().enumerate() {
            if !is_own(position) {
                columns.push(Column::default());
                continue;
            }
            if let Some((field, rank)) = found {
                let best = best.entry(field).or_insert((*rank, position));
                *best = (*rank, position).min(*best);
            }
            columns.push(Column { heading: heading.clone(), ..Column::default() });
        }
        for (field, (_, position)) in best {
            if let Some(column) = columns.get_mut(position) {
                column.field = Some(field.to_owned());
            }
        }
        settle_payer(&mut columns);
        // Which line homes take part in, the heading doesn't say.
        for column in columns.iter_mut().filter(|one| one.field.as_deref() == Some(TAKES_PART)) {
            column.field = None;
        }
        columns
    }
}

/// Who owned the flats pays where a column says what share; else the column is left aside.
fn settle_payer(columns: &mut [Column]) {
    let has = |name: &str| columns.iter().any(|one| one.field.as_deref() == Some(name));
    let pays = has("payer_share") && !has("payer");
    for column in columns.iter_mut().filter(|one| one.field.as_deref() == Some(OWNER_UNIT)) {
        column.field = pays.then(|| "payer".to_owned());
    }
}

/// What headings of a unit that owns or owned the flats stand for.
pub(crate) const OWNER_UNIT: &str = "owner_unit";

/// What headings stand for that say whether a home takes part in a line.
const TAKES_PART: &str = "joins";

/// Whether a heading asks if a home takes part in something.
pub(crate) fn asks_to_take_part(heading: &str) -> bool {
    let headings = Headings { words: &HOUSEHOLD_HEADINGS, prefixes: &[] };
    if headings.field(heading).is_some_and(|(field, _)| field == TAKES_PART) {
        return true;
    }
    let heading = compact(heading);
    heading.starts_with("是否")
        && ["参加", "参与", "参建", "加装"].iter().any(|one| heading.contains(one))
}

/// A table whose columns are known.
pub(crate) struct Layout<'t> {
    pub(crate) table: &'t Table,
    pub(crate) mapping: &'t Mapping,
    /// The rows below the heading.
    pub(crate) rows: &'t [Row],
    pub(crate) left_out: Vec<LeftOut>,
    pub(crate) conclusions: BTreeSet<Conclusion>,
    pub(crate) told: Vec<Told>,
    /// The rows of homes, each with a row that names a further owner.
    pub(crate) joined: Vec<(u64, u64)>,
    /// The rows above the heading, and those of the heading.
    above: &'t [Row],
    heading: &'t [Row],
    /// The column that says in what unit the amount of each row is.
    unit_column: Option<usize>,
    /// The position of each field.
    positions: BTreeMap<&'t str, usize>,
    /// The merged cells in the columns of what they say of each row, from the top: the first and
    /// last row, and the text.
    spread: BTreeMap<&'t str, Vec<(u64, u64, &'t str)>>,
    /// The rows that a title takes, merged.
    titles: BTreeSet<u64>,
    /// What cells stand for, by row and column, where it is not what is in them.
    stands_for: HashMap<(u64, usize), &'t str>,
}

impl<'t> Layout<'t> {
    /// The table as a mapping has it.
    pub(crate) fn new(table: &'t Table, mapping: &'t Mapping) -> Layout<'t> {
        let columns = mapping.columns.iter().enumerate();
        let positions: BTreeMap<_, _> = columns
            .filter_map(|(position, column)| Some((column.field.as_deref()?, position)))
            .collect();
        let first = mapping
            .heading_row
            .map_or(0, |number| table.rows.partition_point(|row| row.number < number));
        let (above, rows) = table.rows.split_at(first);
        let height = mapping.heading_row.map_or(0, |_| mapping.heading_rows.min(rows.len()));
        let (heading, rows) = rows.split_at(height);
        let mut layout = Layout {
            table,
            mapping,
            rows,
            left_out: Vec::new(),
            conclusions: BTreeSet::new(),
            told: Vec::new(),
            joined: Vec::new(),
            above,
            heading,
            unit_column: None,
            positions,
            spread: BTreeMap::new(),
            titles: BTreeSet::new(),
            stands_for: HashMap::new(),
        };
        let blank_or = |row: &Row, reason| match row.filled().next() {
            Some(_) => reason,
            None => Reason::Blank,
        };
        for row in above {
            layout.leave_out(row, blank_or(row, Reason::AboveHeading));
        }
        for row in heading.iter().skip(1) {
            layout.leave_out(row, Reason::SecondHeading);
        }
        if layout.positions.is_empty() {
            for row in rows {
                layout.leave_out(row, blank_or(row, Reason::NoHeading));
            }
            layout.rows = &[];
        } else if heading.is_empty() {
            layout.conclude(Conclusion::Positions);
        }
        layout.spread_merged();
        layout.make_whole();
        layout.fill_dittos();
        layout
    }

    /// Finds what marks for "as above" stand for.
    fn fill_dittos(&mut self) {
        let positions: Vec<_> = self.positions.values().copied().collect();
        let is_ditto = |cell: &str| DITTOS.words().any(|ditto| ditto == cell);
        for position in positions {
            if !self.rows.iter().any(|row| is_ditto(row.cell(position))) {
                continue;
            }
            let mut above = "";
            for row in self.rows {
                let cell = self.cell_at(row, position);
                if !self.may_be_value(row) {
                    continue;
                }
                if is_ditto(cell) {
                    self.stands_for.insert((row.number, position), above);
                    self.conclude(Conclusion::Ditto);
                    if above.is_empty() {
                        let told = Told::new(Kind::DittoOfNothing, &self.table.name);
                        self.told.push(told.rows([row.number]).column(position));
                    }
                } else if !cell.is_empty() {
                    above = cell;
                }
            }
        }
    }

    /// Takes the decimal off whole numbers that say which home it is (101.0), as programs write
    /// them that know a column by its numbers alone: where no decimal of the column is another.
    fn make_whole(&mut self) {
        for field in ["phase", "building", "unit", "floor", "room", "id", "number", "owner"] {
            let Some(position) = self.position(field) else { continue };
            let with_point = |cell: &&str| cell.contains('.');
            let cells = || self.rows.iter().map(|row| row.cell(position));
            if !cells().any(|cell| with_point(&cell))
                || !cells().filter(with_point).all(|cell| whole(cell).is_some())
            {
                continue;
            }
            for row in self.rows {
                if let Some(whole) = whole(row.cell(position)) {
                    self.stands_for.insert((row.number, position), whole);
                    self.conclusions.insert(Conclusion::WholeNumbers);
                }
            }
        }
    }

    fn spread_merged(&mut self) {
        for merged in &self.table.merged {
            let (first, last) = merged.rows;
            let (left, right) = merged.columns;
            if right.saturating_sub(left) + 1 >= TITLE_COLUMNS && first == last {
                self.titles.insert(first);
            }
            let rows = &self.table.rows;
            let row = rows.binary_search_by_key(&first, |row| row.number).ok();
            let Some(row) = row.and_then(|row| rows.get(row)).filter(|_| first < last) else {
                continue;
            };
            for &field in SPREAD {
                if self.positions.get(field) == Some(&left) {
                    let texts = self.spread.entry(field).or_default();
                    texts.push((first, last, row.cell(left)));
                }
            }
        }
        for texts in self.spread.values_mut() {
            texts.sort_unstable();
        }
    }

    /// The text of merged cells that begin above a row and take it in.
    fn spread(&self, row: &Row, field: &str) -> Option<&'t str> {
        let texts = self.spread.get(field)?;
        let after = texts.partition_point(|&(first, ..)| first <= row.number);
        let &(_, last, text) = texts.get(after.checked_sub(1)?)?;
        (row.number <= last).then_some(text)
    }

    /// Whether one cell of a field is merged over both rows.
    pub(crate) fn is_merged_over(&self, first: &Row, other: &Row, field: &str) -> bool {
        let Some(position) = self.position(field) else { return false };
        self.table.merged.iter().any(|merged| {
            let rows = merged.rows.0..=merged.rows.1;
            let columns = merged.columns.0..=merged.columns.1;
            columns.contains(&position)
                && rows.contains(&first.number)
                && rows.contains(&other.number)
        })
    }

    /// Whether a column holds anything below its heading.
    pub(crate) fn holds_anything(&self, position: usize) -> bool {
        let is_outside = self.mapping.part.as_ref().is_some_and(|part| !part.has_column(position));
        !is_outside && self.rows.iter().any(|row| !row.cell(position).is_empty())
    }

    pub(crate) fn has(&self, field: &str) -> bool {
        self.positions.contains_key(field)
    }

    /// The position of a field's column.
    pub(crate) fn position(&self, field: &str) -> Option<usize> {
        self.positions.get(field).copied()
    }

    /// A row's cell in the column of a field, that of merged cells included; empty where there
    /// is none.
    pub(crate) fn cell(&self, row: &'t Row, field: &str) -> &'t str {
        let Some(position) = self.position(field) else { return "" };
        match self.cell_at(row, position) {
            "" => self.spread(row, field).unwrap_or_default(),
            cell => cell,
        }
    }

    /// A row's cell in a column, as it is meant.
    pub(crate) fn cell_at(&self, row: &'t Row, position: usize) -> &'t str {
        match self.stands_for.get(&(row.number, position)) {
            Some(cell) => cell,
            None => row.cell(position),
        }
    }

    /// How far a row's text in the column of a field is moved to the right: by blanks before it or
    /// by its format.
    pub(crate) fn indent(&self, row: &Row, field: &str) -> usize {
        let Some(position) = self.position(field) else { return 0 };
        let cell = row.cells.get(position).map_or("", String::as_str);
        let blanks = |one: &char| one.is_whitespace() && !matches!(one, '\n' | '\r');
        // A blank of full width is as wide as two.
        let width = |one: char| if one == '\u{3000}' { 2 } else { 1 };
        let before: usize = cell.chars().take_while(blanks).map(width).sum();
        let format = self.table.indents.get(&(row.number, position)).copied().unwrap_or_default();
        before + 2 * usize::from(format)
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
    pub(crate) fn behind<'p>(
        &self,
        prefix: &'p str,
    ) -> impl Iterator<Item = (&'t str, usize)> + use<'t, 'p> {
        let columns = self.mapping.columns.iter().enumerate();
        columns.filter_map(move |(position, column)| {
            Some((column.field.as_deref()?.strip_prefix(prefix)?, position))
        })
    }

    pub(crate) fn conclude(&mut self, conclusion: Conclusion) {
        self.conclusions.insert(conclusion);
    }

    pub(crate) fn leave_out(&mut self, row: &Row, reason: Reason) {
        self.left_out.push(LeftOut::new(self.table, row, reason));
    }

    /// Leaves a row out for what stands in a column.
    pub(crate) fn leave_out_for(&mut self, row: &Row, reason: Reason, column: Option<usize>) {
        self.left_out.push(LeftOut { column, ..LeftOut::new(self.table, row, reason) });
    }

    /// Whether a row is the heading again, as on every printed page.
    pub(crate) fn is_heading_again(&self, row: &Row) -> bool {
        self.mapping.repeated.contains(&row.number)
            || self.heading.iter().any(|one| one.filled().eq(row.filled()))
    }

    /// Whether a row may be a home or line: it is neither the heading again nor a total.
    pub(crate) fn may_be_value(&self, row: &Row) -> bool {
        !self.is_heading_again(row) && !row.filled().next().is_some_and(is_total)
    }

    /// Why a row says nothing of its own, whatever the table is about. `labels` are where it
    /// would say what it is, `figure` is what it can't do without.
    pub(crate) fn needless(&self, row: &Row, labels: &[&str], figure: &str) -> Option<Reason> {
        let Some(first) = row.filled().next() else {
            return Some(Reason::Blank);
        };
        let any = |is: fn(&str) -> bool| labels.iter().any(|label| is(label));
        let again = |rows: &[Row]| rows.iter().any(|one| one.filled().eq(row.filled()));
        if self.is_heading_again(row) || row.only().is_some() && again(self.above) {
            Some(Reason::HeadingAgain)
        } else if any(is_total) {
            Some(Reason::Total)
        } else if any(is_part) {
            Some(Reason::Part)
        } else if !figure.contains(|one: char| one.is_ascii_digit()) && is_remark(first)
            || is_remark(first) && is_remark(figure)
        {
            Some(Reason::Remark)
        } else {
            None
        }
    }

    /// Whether a row is but one text over several columns.
    pub(crate) fn is_title(&self, row: &Row) -> bool {
        row.only().is_some() && self.titles.contains(&row.number)
    }

    /// All that stands above the heading, cell by cell, with the rows; a figure in the cell behind
    /// what it is (总投资（万元）：) together with it.
    pub(crate) fn said_above(&self) -> Vec<(u64, String)> {
        let mut said = Vec::new();
        for row in self.above {
            let mut before: Option<&str> = None;
            for cell in row.filled() {
                said.push((row.number, cell.to_owned()));
                if number::read_money(cell, 0).is_some()
                    && let Some(label) = before
                {
                    let label = tidy(label);
                    let (name, unit) = name_and_unit(label.trim_end_matches(':'));
                    let unit = unit.trim_end_matches(')');
                    let unit = number::zeros(unit).map_or("", |_| unit);
                    said.push((row.number, format!("{name}:{cell}{unit}")));
                }
                before = Some(cell);
            }
        }
        said
    }

    /// The rows with one text alone, above the heading and below it.
    pub(crate) fn titles_with_rows(&self) -> impl Iterator<Item = (u64, &'t str)> + use<'t> {
        let all = self.above.iter().chain(self.rows);
        all.filter_map(|row| Some((row.number, row.only()?)))
    }

    /// Finds the column that says for each row whether its amount is in 元 or 万元.
    pub(crate) fn find_units(&mut self) {
        let columns = self.mapping.columns.iter().enumerate();
        let mut aside = columns.filter(|(_, column)| column.field.is_none());
        let found = aside.find(|&(at, _)| {
            let rows = || self.rows.iter().filter(|row| self.may_be_value(row));
            let cells = || rows().map(|row| row.cell(at)).filter(|cell| !cell.is_empty());
            let zeros = number::zeros;
            cells().all(|cell| zeros(cell).is_some())
                && cells().any(|cell| zeros(cell).is_some_and(|zeros| zeros > 0))
        });
        self.unit_column = found.map(|(at, _)| at);
        if self.unit_column.is_some() {
            self.conclude(Conclusion::UnitsOfRows);
        }
    }

    /// The zeros that plain money in the column of amounts stands for in a row.
    pub(crate) fn zeros_of_amount(&self, row: &Row) -> usize {
        let own = self.unit_column.and_then(|at| number::zeros(row.cell(at)));
        own.unwrap_or_else(|| self.zeros("amount"))
    }

    /// The titles above the heading.
    pub(crate) fn titles_above(&self) -> impl Iterator<Item = &'t str> + use<'t> {
        self.above.iter().filter_map(Row::only)
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
    /// What the row at an index is, taken for a heading.
    pub(crate) fn at(&self, table: &Table, index: usize) -> Option<Heading> {
        let row = table.rows.get(index)?;
        let heading = Heading { height: 1, columns: self.columns(row, None) };
        let under = table.rows.get(index + 1);
        let of_both = under.and_then(|under| self.columns_of_both(row, &heading, under));
        let mut heading = of_both.unwrap_or(heading);
        while let Some(under) = table.rows.get(index + heading.height) {
            if is_row_of_units(under) {
                for (position, (text, _)) in heading.columns.iter_mut().enumerate() {
                    let unit = under.cell(position);
                    if !unit.is_empty() && !text.contains(unit) {
                        text.push_str(&format!(" {unit}"));
                    }
                }
            } else if !is_row_of_numbers(under) {
                break;
            }
            heading.height += 1;
        }
        Some(heading)
    }

    /// What the headings of a row stand for, with the row under it where that belongs to them.
    fn columns(&self, row: &Row, under: Option<&Row>) -> Vec<(String, Option<(String, usize)>)> {
        let mut columns = Vec::new();
        let mut spanning = "";
        let width = row.cells.len().max(under.map_or(0, |under| under.cells.len()));
        for position in 0..width {
            let over = row.cell(position);
            let under = under.map_or("", |under| under.cell(position));
            if !over.is_empty() {
                spanning = over;
            }
            columns.push(if under.is_empty() {
                (over.to_owned(), self.field(over))
            } else {
                let over = tidy(spanning);
                let over = name_and_unit(&over).0;
                let found = [format!("{over}{under}"), under.to_owned(), format!("{under}{over}")];
                let found = found.iter().find_map(|whole| self.field(whole));
                (format!("{spanning} {under}").trim().to_owned(), found)
            });
        }
        columns
    }

    /// The heading where the row under it divides some of its columns further.
    fn columns_of_both(&self, row: &Row, heading: &Heading, under: &Row) -> Option<Heading> {
        const LABELS: &[&str] = &["id", "room", "number", "name", "building", "unit"];
        let columns = heading.best(|_| true);
        let is_label =
            |column: &Column| column.field.as_deref().is_some_and(|field| LABELS.contains(&field));
        let mut labels = columns.iter().enumerate().filter(|(_, column)| is_label(column));
        // 房屋坐落 over 楼号, 单元 and 房号 is divided like any other.
        let is_heading = labels.all(|(position, _)| {
            let under = under.cell(position);
            under.is_empty() || self.field(under).is_some()
        }) && under.filled().all(|cell| number::read_money(cell, 0).is_none());
        let of_both = Heading { height: 2, columns: self.columns(row, Some(under)) };
        let divides =
            of_both.best(|_| true).iter().enumerate().any(|(position, column)| {
                column.field.is_some() && !under.cell(position).is_empty()
            });
        let divides = divides || divides_others(row, &columns, under);
        // A title over a heading divides nothing.
        let is_over = recognized(&columns) >= FEWEST_HEADINGS;
        let is_more = of_both.recognized() >= recognized(&columns);
        (is_over && is_heading && divides && is_more).then_some(of_both)
    }

    /// The field a heading stands for, and the heading's rank among those of the field.
    pub(crate) fn field(&self, heading: &str) -> Option<(String, usize)> {
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

/// Whether the row under a heading divides what isn't known of it, and says nothing in the columns
/// that are: 资金来源 over 中央, 省级 and 居民.
fn divides_others(row: &Row, columns: &[Column], under: &Row) -> bool {
    let is_known = |position: usize| columns.get(position).is_some_and(|one| one.field.is_some());
    let filled = || (0..under.cells.len()).filter(|&position| !under.cell(position).is_empty());
    filled().all(|position| !is_known(position))
        && filled().any(|position| position > 0 && row.cell(position).is_empty())
}

/// Whether a row numbers the columns of the heading above it: 1 2 3 4, 甲 乙 1 2, A B C=A+B.
fn is_row_of_numbers(row: &Row) -> bool {
    const FEWEST: usize = 3;
    const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
    let (mut numbers, mut letters, mut stems) = (0, 0, 0);
    let mut filled = 0;
    for cell in row.filled() {
        filled += 1;
        let cell = compact(cell);
        let cell = cell.trim_start_matches(['(', '<', '[']).trim_end_matches([')', '>', ']']);
        let label = cell.split('=').next().unwrap_or_default();
        let mut ones = label.chars();
        let only = ones.next().filter(|_| ones.next().is_none());
        let next = |count: usize, first: char| {
            u32::try_from(count).ok().and_then(|count| char::from_u32(first as u32 + count))
        };
        if label.parse() == Ok(numbers + 1) {
            numbers += 1;
        } else if only.is_some() && only == next(letters, 'a') {
            letters += 1;
        } else if only.is_some() && only == STEMS.chars().nth(stems) {
            stems += 1;
        } else {
            return false;
        }
    }
    filled >= FEWEST
}

/// Whether a row says the units of the columns above it and nothing else: ㎡, 万元.
fn is_row_of_units(row: &Row) -> bool {
    let is_unit = |cell: &str| {
        let cell = compact(cell);
        let cell = cell.trim_start_matches('(').trim_end_matches(')');
        let cell = cell.strip_prefix("单位:").unwrap_or(cell);
        number::zeros(cell).is_some() || UNITS_OF_COLUMNS.find(cell).is_some()
    };
    row.filled().next().is_some() && row.filled().all(is_unit)
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
pub(crate) fn zeros_of_heading(heading: &str) -> Option<usize> {
    const UNITS: &[(&str, usize)] =
        &[("亿", 8), ("千万", 7), ("百万", 6), ("万", 4), ("千元", 3), ("元", 0)];
    UNITS.iter().find(|(unit, _)| heading.contains(unit)).map(|&(_, zeros)| zeros)
}

/// The zeros that a note above the heading says all money stands for: `单位：万元`, `预算表（万元）`;
/// an amount such as 总投资 500 万元 says nothing.
pub(crate) fn zeros_for_all(cell: &str) -> Option<usize> {
    let cell = tidy(cell);
    let mut before = "";
    let mut most = None;
    for part in cell.split(['(', ')', ':', '、', ',', ';', '。', ' ']) {
        if !before.ends_with(|one: char| one.is_ascii_digit()) {
            let unit = part.rsplit("单位").next().unwrap_or(part);
            most = most.max(number::zeros(unit.trim_start_matches(['均', '都', '为', '是'])));
        }
        before = part;
    }
    most
}

/// Whether a cell says that its row adds up others: 合计, 3号楼小计, 合计：264户.
pub(crate) fn is_total(cell: &str) -> bool {
    let compacted = compact(cell);
    let label = total_label(&compacted);
    let counts_homes = label.strip_prefix('共').and_then(|rest| rest.strip_suffix('户'));
    TOTALS.words().any(|total| {
        let behind = label.strip_prefix(total);
        let counts = behind.is_some_and(|rest| rest.starts_with(|one: char| one.is_ascii_digit()));
        counts || ends_with(label, total)
    }) || counts_homes.is_some_and(is_digits)
        || TOTALS_ALONE.words().any(|total| label == total)
}

/// Whether a cell may say so: 总投资, 工程总造价.
pub(crate) fn is_likely_total(cell: &str) -> bool {
    let compacted = compact(cell);
    let label = total_label(&compacted);
    LIKELY_TOTALS.words().any(|total| ends_with(label, total))
}

/// What names a total, without what it adds up: 合计（1+2）, 总计：3.
fn total_label(compacted: &str) -> &str {
    compacted.split(['(', ':', '=', '[']).next().unwrap_or_default()
}

/// A name such as @SUM(A1) adds up nothing.
fn ends_with(label: &str, total: &str) -> bool {
    let before = label.strip_suffix(total);
    before.is_some_and(|rest| !(total.is_ascii() && rest.ends_with(|one: char| one.is_ascii())))
}

/// A whole number without the decimal behind it.
fn whole(cell: &str) -> Option<&str> {
    let (whole, fraction) = cell.split_once('.')?;
    let is_whole = is_digits(whole.strip_prefix('-').unwrap_or(whole));
    (is_whole && !fraction.is_empty() && fraction.bytes().all(|digit| digit == b'0'))
        .then_some(whole)
}

/// Whether a cell begins what is said about the table as a whole: 制表人：张三, 注：…, 第2页.
pub(crate) fn is_remark(cell: &str) -> bool {
    let cell = compact(cell);
    let page = cell.strip_prefix('第').and_then(|rest| rest.split_once('页'));
    cell.contains(':')
        || page.is_some_and(|(number, _)| is_digits(number))
        || REMARKS.words().any(|word| cell.starts_with(word))
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
    use crate::words::WORKS_HEADINGS;

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
        for other in ["总计量表改造", "设计", "合计划线", "1-1-101", "@SUM(A1)", ""] {
            assert!(!is_total(other), "{other}");
        }
    }

    #[test]
    fn of_two_columns_with_one_field_the_better_heading_is_taken() {
        let cells = ["面积", "产权面积", "金额", "金额"].map(str::to_owned).to_vec();
        let row = Row { number: 1, cells };
        let fields = |words| -> Vec<_> {
            let headings = Headings { words, prefixes: &[] };
            let heading = Heading { height: 1, columns: headings.columns(&row, None) };
            heading.best(|_| true).into_iter().map(|column| column.field).collect()
        };
        let field = |name: &str| Some(name.to_owned());
        assert_eq!(fields(&HOUSEHOLD_HEADINGS), [None, field("area"), None, None]);
        assert_eq!(fields(&WORKS_HEADINGS), [None, None, field("amount"), None]);
    }
}
