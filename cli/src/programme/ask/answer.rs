//! An answer as a table of at most 80 columns, CSV, JSON or Parquet.

use anyhow::anyhow;
use clap::ArgMatches;
use comfy_table::{CellAlignment, ColumnConstraint, Width};
use fentan_core::Fen;
use fentan_ledger::{Cell, Column, Kind, Table};
use fentan_words::{Language, money, printable, say, say_with};
use serde_json::{Map, Value, json};

use crate::files::{self, Readers};
use crate::ledger::export;
use crate::tables::Style;
use crate::{Failure, arguments, colours, output};

/// As wide as a terminal is at least.
const WIDTH: usize = 80;

/// Texts that may run over several lines, and the least of them that a line holds.
const WRAPPED: [&str; 2] = ["message", "name"];
const LEAST: usize = 24;

/// Columns whose cells do not add up.
const NO_SUM: [&str; 5] = ["median", "p90", "highest", "median_before", "median_after"];

/// The answer to a question.
pub(in crate::programme) struct Answer<'a> {
    pub(in crate::programme) language: Language,
    pub(in crate::programme) question: &'a str,
    /// What JSON says beside the rows.
    pub(in crate::programme) head: Map<String, Value>,
    pub(in crate::programme) over: Option<Fen>,
    pub(in crate::programme) table: Table,
    /// What all rows come to, those that a limit leaves out too.
    pub(in crate::programme) total: Option<Vec<Cell>>,
    /// What is said below the table, by its key.
    pub(in crate::programme) foot: Option<&'static str>,
}

/// The place of a column by its name.
pub(super) fn place(language: Language, table: &Table, name: &str) -> anyhow::Result<usize> {
    let found = table.columns.iter().position(|column| column.name == name);
    found.ok_or_else(|| {
        let known: Vec<_> = table.columns.iter().map(|column| column.name.clone()).collect();
        let values = [("seen", name), ("known", &*known.join(" "))];
        anyhow!(say_with(language, "ask.unknown-column", &values))
    })
}

impl<'a> Answer<'a> {
    /// The answer with these columns in this order; all where none is named.
    pub(in crate::programme) fn of_columns(
        mut self,
        names: &[&String],
    ) -> anyhow::Result<Shown<'a>> {
        let no_sum = |column: &Column| {
            NO_SUM.contains(&column.name.as_str())
                || (column.name == "compounds" && self.question != "counties")
        };
        for (cell, column) in self.total.iter_mut().flatten().zip(&self.table.columns) {
            if no_sum(column) {
                *cell = Cell::Empty;
            }
        }
        if !names.is_empty() {
            let places = names.iter().map(|name| place(self.language, &self.table, name));
            let places = places.collect::<anyhow::Result<Vec<_>>>()?;
            let chosen = |row: &[Cell]| places.iter().map(|&at| row[at].clone()).collect();
            let columns = places.iter().map(|&at| self.table.columns[at].clone()).collect();
            let rows = self.table.rows.iter().map(|row| chosen(row)).collect();
            self.total = self.total.map(|total| chosen(&total));
            self.table = Table { columns, rows };
        }
        Ok(Shown { answer: self, is_chosen: !names.is_empty() })
    }
}

/// An answer with the columns that are shown.
pub(in crate::programme) struct Shown<'a> {
    answer: Answer<'a>,
    /// Whether the command line names the columns: they are then shown however wide they are.
    is_chosen: bool,
}

impl Shown<'_> {
    /// Prints the answer, or writes it into a file.
    pub(in crate::programme) fn give(&self, matches: &ArgMatches) -> Result<(), Failure> {
        let Answer { language, table, .. } = &self.answer;
        let format = matches.get_one::<String>("format").map_or("table", String::as_str);
        let out = arguments::path(matches, "out");
        let bytes = match format {
            "csv" => export::csv(table)?,
            "json" => output::versioned(&self.json())?,
            "parquet" => export::parquet(*language, table)?,
            _ => self.drawn(out.is_none() && colours()).into_bytes(),
        };
        match out {
            Some(path) => {
                let existing = arguments::force(matches);
                Ok(files::write(*language, path, bytes, Readers::Owner, existing)?)
            }
            None => Ok(output::print(&bytes)?),
        }
    }

    fn json(&self) -> Value {
        let Answer { question, head, over, table, total, .. } = &self.answer;
        let mut answer = json!({
            "question": question,
            "rows": export::objects(table),
        });
        for (name, value) in head {
            answer[name] = value.clone();
        }
        if let Some(over) = over {
            answer["over"] = json!(over.to_string());
        }
        if let Some(total) = total {
            let mut total = export::object(table, total);
            total.retain(|_, value| !value.is_null());
            answer["total"] = json!(total);
        }
        answer
    }

    fn drawn(&self, colours: bool) -> String {
        let Answer { language, table, foot, .. } = &self.answer;
        let style = Style { language: *language, colours };
        let all = table.columns.len();
        let mut drawn = self.draw(&style, all);
        let mut shown = all;
        if !self.is_chosen {
            let widths = drawn.column_max_content_widths();
            let widths: Vec<usize> = widths.into_iter().map(usize::from).collect();
            let is_wrapped = |at: usize| WRAPPED.contains(&table.columns[at].name.as_str());
            let least = |at: usize| if is_wrapped(at) { widths[at].min(LEAST) } else { widths[at] };
            // Each cell has a space on either side, and the table something at its edges.
            let cells = |count: usize, of: &dyn Fn(usize) -> usize| -> usize {
                (0..count).map(|at| of(at) + 2).sum()
            };
            let line = drawn.lines().next().map_or(0, |line| line.chars().count());
            let edges = line.saturating_sub(cells(all, &|at| widths[at]));
            let width = |count, of: &dyn Fn(usize) -> usize| cells(count, of) + edges;
            while shown > 1 && width(shown, &least) > WIDTH {
                shown -= 1;
            }
            drawn = self.draw(&style, shown);
            let mut spare = WIDTH.saturating_sub(width(shown, &least));
            for at in (0..shown).filter(|&at| is_wrapped(at)) {
                let more = spare.min(widths[at] - least(at));
                spare -= more;
                let fixed = u16::try_from(least(at) + more + 2).unwrap_or(u16::MAX);
                if let Some(column) = drawn.column_mut(at) {
                    column.set_constraint(ColumnConstraint::UpperBoundary(Width::Fixed(fixed)));
                }
            }
        }
        let mut text = format!("{drawn}\n");
        if table.rows.is_empty() {
            text = format!("{}\n", say(*language, "ask.nothing"));
        } else if shown < all {
            let left: Vec<&str> =
                table.columns[shown..].iter().map(|column| column.name.as_str()).collect();
            let left = left.join(" ");
            text += &format!("{}\n  {left}\n", say(*language, "ask.left-out"));
        }
        if let Some(foot) = foot {
            text += &(say(*language, foot) + "\n");
        }
        text
    }

    /// The table of the first columns.
    fn draw(&self, style: &Style, count: usize) -> comfy_table::Table {
        let Answer { language, table, total, over, .. } = &self.answer;
        let columns = &table.columns[..count];
        let title = |column: &Column| match (column.name.as_str(), over) {
            ("over", Some(over)) => {
                say_with(*language, "ask.column.over", &[("over", &money(*over))])
            }
            (name, _) => say(*language, &key(name)),
        };
        // Texts stand to the left, their titles too where they come first.
        let first = columns.iter().take_while(|column| column.kind == Kind::Text).count();
        let (names, amounts) = columns.split_at(first);
        let names: Vec<String> = names.iter().map(|column| key(&column.name)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut drawn = style.table(&names, &amounts.iter().map(title).collect::<Vec<_>>());
        for (at, column) in columns.iter().enumerate() {
            if column.kind == Kind::Text
                && !matches!(column.name.as_str(), "rank" | "percentile" | "change")
                && let Some(column) = drawn.column_mut(at)
            {
                column.set_cell_alignment(CellAlignment::Left);
            }
        }
        let cell = |column: &Column, cell: &Cell| match (column.name.as_str(), cell) {
            (_, Cell::Empty) => String::new(),
            ("severity" | "status", Cell::Text(text)) => {
                say(*language, &format!("ask.word.{text}"))
            }
            ("payer", Cell::Text(text)) if text == fentan_ledger::RESIDENTS => {
                say(*language, "term.residents")
            }
            (_, Cell::Text(text)) => printable(text),
            (_, Cell::Count(count)) => count.to_string(),
            (_, Cell::Money(amount)) => money(*amount),
        };
        for row in &table.rows {
            drawn.add_row(columns.iter().zip(row).map(|(column, one)| cell(column, one)));
        }
        if let Some(total) = total.as_ref().filter(|_| !table.rows.is_empty()) {
            let cells = columns.iter().zip(total).enumerate();
            drawn.add_row(cells.map(|(at, (column, one))| match (at, one) {
                (0, Cell::Empty) => say(*language, "term.total"),
                _ => cell(column, one),
            }));
        }
        drawn
    }
}

/// The key of a column's title.
fn key(column: &str) -> String {
    format!("ask.column.{}", column.replace('_', "-"))
}
