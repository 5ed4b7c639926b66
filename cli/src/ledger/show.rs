//! `fentan ledger show`: the compounds of a ledger, or their totals, as a table.

use clap::ArgMatches;
use fentan_ledger::{Cell, Kind, Ledger, Status, Table};
use fentan_words::{Language, money, say};

use crate::tables::Style;
use crate::{Failure, colours, output};

pub(super) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let (_, ledger) = super::read(language, super::path(matches)?)?;
    let mut table = if matches.get_flag("totals") { ledger.totals() } else { ledger.table() };
    for column in ["compound", "county", "status"] {
        if let Some(asked) = matches.get_one::<String>(column) {
            keep(&mut table, column, &Cell::Text(asked.clone()));
        }
    }
    if let Some(&year) = matches.get_one::<u32>("year") {
        keep(&mut table, "year", &Cell::Count(year.into()));
    }
    match matches.get_one::<String>("format").map(String::as_str) {
        Some("csv") => output::print(&fentan_tabular::csv(&table)?)?,
        _ => output::print(drawn(language, &ledger, &table).as_bytes())?,
    }
    Ok(())
}

/// Only the rows that have this in a column; a table without the column stays.
fn keep(table: &mut Table, column: &str, asked: &Cell) {
    if let Some(position) = table.columns.iter().position(|one| one.name == column) {
        table.rows.retain(|row| row.get(position) == Some(asked));
    }
}

fn drawn(language: Language, ledger: &Ledger, table: &Table) -> String {
    let style = Style { language, colours: colours() };
    let title = |name: &str| match name.split_once(':') {
        Some((what, source)) => {
            format!(
                "{} {}",
                say(language, &format!("ledger.column.{what}")),
                output::printable(source)
            )
        }
        None if Status::ALL.iter().any(|status| status.as_str() == name) => {
            say(language, &format!("ledger.status-{name}"))
        }
        None => say(language, &format!("ledger.column.{}", name.replace('_', "-"))),
    };
    // Who confirmed is for the tables that are exported: it would fill the terminal.
    let shown: Vec<usize> = (0..table.columns.len())
        .filter(|&column| !table.columns[column].name.ends_with("_by"))
        .collect();
    let mut drawn = style.table(
        &[],
        &shown.iter().map(|&column| title(&table.columns[column].name)).collect::<Vec<_>>(),
    );
    for (position, &column) in shown.iter().enumerate() {
        if table.columns[column].kind == Kind::Text
            && let Some(column) = drawn.column_mut(position)
        {
            column.set_cell_alignment(comfy_table::CellAlignment::Left);
        }
    }
    for row in &table.rows {
        drawn.add_row(shown.iter().map(|&column| match &row[column] {
            Cell::Empty => String::new(),
            Cell::Text(text) if table.columns[column].name == "status" => {
                say(language, &format!("ledger.status-{text}"))
            }
            Cell::Text(text) => output::printable(text),
            Cell::Count(count) => count.to_string(),
            Cell::Money(amount) => money(*amount),
        }));
    }
    format!("{drawn}\n{}\n", ledger.head())
}
