//! `fentan ledger export`: the tables of a ledger as CSV, a workbook, Parquet.

mod columnar;
mod workbook;

use anyhow::Context;
use clap::ArgMatches;
use fentan_ledger::{Cell, Filter, Table};
use fentan_words::{Language, defused};
use serde_json::{Map, Value};

use crate::files::{self, Readers};
use crate::{Failure, arguments as given};

pub(crate) use columnar::parquet;
use workbook::xlsx;

pub(super) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let (_, ledger) = super::read(language, super::path(matches)?)?;
    let folder = given::path(matches, "out").context("no folder named")?;
    let format = matches.get_one::<String>("format").map_or("csv", String::as_str);
    let all = Filter::default();
    let tables = [
        ("compounds", ledger.table(&all)),
        ("totals", ledger.totals(&all)),
        ("payments", ledger.payments_table(&all)),
    ];
    let written = match format {
        "xlsx" => vec![("ledger.xlsx".to_owned(), xlsx(&tables)?)],
        "parquet" => each(&tables, format, |table| parquet(language, table))?,
        _ => each(&tables, format, csv)?,
    };
    files::write_all(language, folder, written, Readers::All, given::force(matches))?;
    Ok(())
}

/// A file for each table; named after the ledger, so that none is taken for a table of a programme.
fn each(
    tables: &[(&str, Table)],
    ending: &str,
    written: impl Fn(&Table) -> anyhow::Result<Vec<u8>>,
) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let files = tables.iter();
    files.map(|(name, table)| Ok((format!("ledger-{name}.{ending}"), written(table)?))).collect()
}

/// A table as CSV, money with two decimals, an empty cell where there is nothing; texts are
/// [`defused`].
pub(crate) fn csv(table: &Table) -> anyhow::Result<Vec<u8>> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    writer.write_record(table.columns.iter().map(|column| defused(&column.name)))?;
    for row in &table.rows {
        writer.write_record(row.iter().map(|cell| defused(&text(cell))))?;
    }
    Ok(writer.into_inner()?)
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Count(count) => count.to_string(),
        Cell::Money(amount) => amount.to_string(),
    }
}

/// The rows of a table as objects by column: money as a text, `null` where there is nothing.
pub(crate) fn objects(table: &Table) -> Vec<Map<String, Value>> {
    table.rows.iter().map(|row| object(table, row)).collect()
}

/// Cells of a table as an object by column.
pub(crate) fn object(table: &Table, row: &[Cell]) -> Map<String, Value> {
    let value = |cell: &Cell| match cell {
        Cell::Empty => Value::Null,
        Cell::Text(text) => Value::from(text.as_str()),
        Cell::Count(count) => Value::from(*count),
        Cell::Money(amount) => Value::from(amount.to_string()),
    };
    let cells = table.columns.iter().zip(row);
    cells.map(|(column, cell)| (column.name.clone(), value(cell))).collect()
}
