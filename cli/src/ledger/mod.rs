//! Ledgers: entries added, shown, checked, exported.

mod add;
pub(crate) mod arguments;
mod show;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::ArgMatches;
use fentan_ledger::{Entry, Filter, Head, Ledger, Table, report};
use fentan_words::{Language, say_with};

use crate::{Failure, arguments as given, input, output};

/// The most megabytes of a ledger.
const MOST_LEDGER: u64 = 2048;

pub(crate) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    match matches.subcommand() {
        Some(("add", matches)) => add::run(language, matches),
        Some(("show", matches)) => show::run(language, matches),
        Some(("check", matches)) => check(language, matches),
        Some(("export", matches)) => export(language, matches),
        _ => unreachable!("clap asks for one of the commands"),
    }
}

/// The ledger that the command line names.
fn path(matches: &ArgMatches) -> anyhow::Result<&PathBuf> {
    given::path(matches, "ledger").context("no ledger named")
}

/// Reads a ledger; one that is not whole is refused with the line where it breaks.
fn read(language: Language, path: &Path) -> Result<(Vec<u8>, Ledger), Failure> {
    read_with(language, path, |_, _| ())
}

/// Reads a ledger likewise, and hands over its entries in order, each with the head as it was with it.
fn read_with(
    language: Language,
    path: &Path,
    each: impl FnMut(Entry, Head),
) -> Result<(Vec<u8>, Ledger), Failure> {
    let bytes = input::read(language, path, MOST_LEDGER)?;
    let ledger = Ledger::read_with(&bytes, each).map_err(|faulty| {
        let told = report::faulty(language, &path.display().to_string(), &faulty);
        Failure::Other(anyhow::Error::msg(told))
    })?;
    Ok((bytes, ledger))
}

fn check(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let path = path(matches)?;
    let mut heads = Vec::new();
    let (_, ledger) = read_with(language, path, |_, head| heads.push(head))?;
    let mut told = report::whole(language, ledger.head()) + "\n";
    if let Some(noted) = matches.get_one::<String>("head") {
        let noted = report::noted(language, noted, &heads).map_err(anyhow::Error::msg)?;
        told += &(noted + "\n");
    }
    Ok(output::print(told.as_bytes())?)
}

fn export(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let (_, ledger) = read(language, path(matches)?)?;
    let folder = given::path(matches, "out").context("no folder named")?;
    let format = matches.get_one::<String>("format").map_or("csv", String::as_str);
    let all = Filter::default();
    let tables = [("compounds", ledger.table(&all)), ("totals", ledger.totals(&all))];
    let written = match format {
        "xlsx" => vec![("ledger.xlsx".to_owned(), fentan_tabular::xlsx(&tables)?)],
        "parquet" => each(&tables, format, |table| Ok(fentan_tabular::parquet(table)?))?,
        _ => each(&tables, format, |table| Ok(fentan_tabular::csv(table)?))?,
    };
    fs::create_dir_all(folder)?;
    let files: Vec<(&str, Vec<u8>)> =
        written.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    output::write_all(language, folder, &files)?;
    for (name, _) in files {
        let path = folder.join(name).display().to_string();
        output::complain(&say_with(language, "cli.written", &[("path", &path)]));
    }
    Ok(())
}

/// A file for each table.
fn each(
    tables: &[(&str, Table)],
    ending: &str,
    written: impl Fn(&Table) -> anyhow::Result<Vec<u8>>,
) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let files = tables.iter();
    files.map(|(name, table)| Ok((format!("{name}.{ending}"), written(table)?))).collect()
}
