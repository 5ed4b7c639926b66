//! Ledgers: entries added, shown, checked, exported.

mod add;
pub(crate) mod arguments;
mod show;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::ArgMatches;
use fentan_ledger::{Fault, Faulty, Ledger, Refusal, Table};
use fentan_words::{Language, say, say_with};

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
    let bytes = input::read(language, path, MOST_LEDGER)?;
    let ledger = Ledger::read(&bytes).map_err(|faulty| broken(language, path, &faulty))?;
    Ok((bytes, ledger))
}

fn broken(language: Language, path: &Path, faulty: &Faulty) -> Failure {
    let (line, path) = (faulty.line.to_string(), path.display().to_string());
    let what = match &faulty.fault {
        Fault::BrokenOff => say(language, "ledger.fault.broken-off"),
        Fault::Changed => say(language, "ledger.fault.changed"),
        Fault::Unchained => say(language, "ledger.fault.unchained"),
        Fault::Unreadable(detail) => {
            say_with(language, "ledger.fault.unreadable", &[("detail", detail)])
        }
        Fault::Refused(refusal) => refused(language, refusal),
    };
    let values = [("path", path.as_str()), ("line", &line), ("what", &what)];
    Failure::Other(anyhow::Error::msg(say_with(language, "ledger.fault.at", &values)))
}

/// Why an entry can't be added, and what to do.
fn refused(language: Language, refusal: &Refusal) -> String {
    match refusal {
        Refusal::NotRegistered => say(language, "ledger.refusal.not-registered"),
        Refusal::RegisteredBefore => say(language, "ledger.refusal.registered-before"),
        Refusal::OutOfOrder { status } => {
            let status = say(language, &format!("ledger.status-{}", status.as_str()));
            say_with(language, "ledger.refusal.out-of-order", &[("status", &status)])
        }
        Refusal::UnknownSource => say(language, "ledger.refusal.unknown-source"),
        Refusal::NoDate => say(language, "ledger.refusal.no-date"),
        Refusal::Blank => say(language, "ledger.refusal.blank"),
    }
}

fn check(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let path = path(matches)?;
    let (_, ledger) = read(language, path)?;
    let (lines, head) = (ledger.head().lines.to_string(), ledger.head().to_string());
    if let Some(asked) = matches.get_one::<String>("head").filter(|asked| **asked != head) {
        let values = [("asked", asked.as_str()), ("head", &head)];
        let other = say_with(language, "ledger.fault.other-head", &values);
        return Err(anyhow::Error::msg(other).into());
    }
    let values = [("lines", lines.as_str()), ("head", &head)];
    Ok(output::print((say_with(language, "ledger.whole", &values) + "\n").as_bytes())?)
}

fn export(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let (_, ledger) = read(language, path(matches)?)?;
    let folder = given::path(matches, "out").context("no folder named")?;
    let format = matches.get_one::<String>("format").map_or("csv", String::as_str);
    let tables = [("compounds", ledger.table()), ("totals", ledger.totals())];
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
