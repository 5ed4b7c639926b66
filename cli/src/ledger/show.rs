//! `fentan ledger show`: the compounds of a ledger, or their totals, as a table.

use anyhow::anyhow;
use clap::ArgMatches;
use fentan_core::Day;
use fentan_ledger::{Cell, Filter, Kind, Refusal, Status, Table, report};
use fentan_words::{Language, printable, say, say_with};
use serde_json::json;

use super::export;
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
        from: day(language, matches, "from")?,
        to: day(language, matches, "to")?,
        ..Filter::default()
    };
    let mut table = if matches.get_flag("totals") {
        ledger.totals(&filter)
    } else if matches.get_flag("payments") {
        ledger.payments_table(&filter)
    } else {
        ledger.table(&filter)
    };
    let column = table.columns.iter().position(|column| column.name == "compound");
    if let (Some(asked), Some(column)) = (matches.get_one::<String>("compound"), column) {
        let asked = Cell::Text(asked.clone());
        table.rows.retain(|row| row.get(column) == Some(&asked));
    }
    match matches.get_one::<String>("format").map(String::as_str) {
        Some("csv") => return Ok(output::print(&export::csv(&table)?)?),
        Some("json") => {
            let shown =
                json!({ "head": ledger.head().to_string(), "rows": export::objects(&table) });
            return Ok(output::print(&output::versioned(&shown)?)?);
        }
        _ => {}
    }
    let mut text = drawn(language, &table);
    if filter.from.is_some() || filter.to.is_some() {
        let day = |day: Option<Day>| day.map_or_else(|| "…".to_owned(), |day| day.to_string());
        let (from, to) = (day(filter.from), day(filter.to));
        text += &say_with(language, "ledger.show.period", &[("from", &from), ("to", &to)]);
        text.push('\n');
    }
    text += &format!("{}\n", ledger.head());
    Ok(output::print(text.as_bytes())?)
}

/// A day that the command line names.
fn day(language: Language, matches: &ArgMatches, name: &str) -> anyhow::Result<Option<Day>> {
    let Some(written) = matches.get_one::<String>(name) else {
        return Ok(None);
    };
    let day = Day::read(written);
    day.map(Some).map_err(|_| anyhow!(report::refusal(language, &Refusal::NoDate)))
}

/// The table with what its rows come to.
fn drawn(language: Language, table: &Table) -> String {
    let style = Style { language, colours: colours() };
    // Who confirmed is for the tables that are exported: it would fill the terminal.
    let confirmed = Status::ALL.map(|status| format!("{}_by", status.as_str()));
    let shown: Vec<usize> = (0..table.columns.len())
        .filter(|&column| !confirmed.contains(&table.columns[column].name))
        .collect();
    let mut drawn = style.table(
        &[],
        &shown
            .iter()
            .map(|&column| report::column(language, &table.columns[column].name))
            .map(|title| printable(&title))
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
            printable(&text)
        }));
    }
    if !table.rows.is_empty() {
        let total = table.total();
        drawn.add_row(shown.iter().enumerate().map(|(position, &column)| match position {
            0 => say(language, "ledger.show.total"),
            _ => report::cell(language, &table.columns[column].name, &total[column]),
        }));
    }
    format!("{drawn}\n")
}
