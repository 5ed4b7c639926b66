//! Ledgers: entries added, shown, checked, exported.

mod add;
pub(crate) mod arguments;
pub(crate) mod export;
mod show;

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::ArgMatches;
use fentan_ledger::{Entry, Head, Ledger, report};
use fentan_words::{Language, say_with};

use crate::{Failure, arguments as given, input, output};

/// The most megabytes of a ledger.
const MOST_LEDGER: u64 = 2048;

/// The most entries that are listed as likely to be slips.
const LISTED: usize = 100;

pub(crate) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    match matches.subcommand() {
        Some(("add", matches)) => add::run(language, matches),
        Some(("show", matches)) => show::run(language, matches),
        Some(("check", matches)) => check(language, matches),
        Some(("export", matches)) => export::run(language, matches),
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
    let doubts: Vec<_> = ledger.doubts().collect();
    for (line, doubt) in doubts.iter().take(LISTED) {
        let what = report::doubt(language, doubt);
        let values = [("line", &*line.to_string()), ("what", &what)];
        told += &(say_with(language, "ledger.doubt.at", &values) + "\n");
    }
    if doubts.len() > LISTED {
        let more = (doubts.len() - LISTED).to_string();
        told += &(say_with(language, "ledger.doubt.more", &[("count", &more)]) + "\n");
    }
    Ok(output::print(told.as_bytes())?)
}
