//! `fentan ledger show`: the compounds of a ledger, or their totals, as a table.

use clap::ArgMatches;
use fentan_ledger::{Cell, Filter, Kind, Ledger, Status, Table, report};
use fentan_words::Language;

use crate::tables::Style;
use crate::{Failure, colours, output};

pub(super) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let (_, ledger) = super::read(language, super::path(matches)?)?;
    let status = matches.get_one::<String>("status");
    let filter = Filter {
        county: matches.get_one::<String>("county").cloned(),
        year: matches.get_one::<u32>("year").copied(),
        status: status
            .and_then(|status| Status::ALL.into_iter().find(|one| one.as_str() == status)),
        ..Filter::default()
    };
    let table = if matches.get_flag("totals") {
        ledger.totals(&filter)
    } else {
        let mut table = ledger.table(&filter);
        if let Some(asked) = matches.get_one::<String>("compound") {
            let asked = Cell::Text(asked.clone());
            table.rows.retain(|row| row.first() == Some(&asked));
        }
        table
    };
    match matches.get_one::<String>("format").map(String::as_str) {
        Some("csv") => output::print(&fentan_tabular::csv(&table)?)?,
        _ => output::print(drawn(language, &ledger, &table).as_bytes())?,
    }
    Ok(())
}

fn drawn(language: Language, ledger: &Ledger, table: &Table) -> String {
    let style = Style { language, colours: colours() };
    // Who confirmed is for the tables that are exported: it would fill the terminal.
    let shown: Vec<usize> = (0..table.columns.len())
        .filter(|&column| !table.columns[column].name.ends_with("_by"))
        .collect();
    let mut drawn = style.table(
        &[],
        &shown
            .iter()
            .map(|&column| report::column(language, &table.columns[column].name))
            .map(|title| output::printable(&title))
            .collect::<Vec<_>>(),
    );
    for (position, &column) in shown.iter().enumerate() {
        if table.columns[column].kind == Kind::Text
            && let Some(column) = drawn.column_mut(position)
        {
            column.set_cell_alignment(comfy_table::CellAlignment::Left);
        }
    }
    for row in &table.rows {
        drawn.add_row(shown.iter().map(|&column| {
            let text = report::cell(language, &table.columns[column].name, &row[column]);
            output::printable(&text)
        }));
    }
    format!("{drawn}\n{}\n", ledger.head())
}
