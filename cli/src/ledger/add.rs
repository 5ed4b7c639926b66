//! `fentan ledger add`: entries behind those there are.

use std::path::Path;

use anyhow::Context;
use clap::ArgMatches;
use fentan_core::policy::Severity;
use fentan_core::{Day, Fen, Plan, findings, split};
use fentan_ledger::{Entry, Event, Ledger, Refusal, report};
use fentan_words::{Language, say, say_with};

use crate::input::PlanFiles;
use crate::{Failure, arguments as given, input, output};

pub(super) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let path = super::path(matches)?;
    // The first entry makes the ledger.
    let (mut bytes, mut ledger) =
        if path.exists() { super::read(language, path)? } else { Default::default() };
    let entries = match given::path(matches, "run") {
        Some(folder) => of_run(language, folder, &ledger, matches)?,
        None => vec![entry(language, matches)?],
    };
    for entry in &entries {
        let line = ledger.append(entry).map_err(|refusal| {
            let why = report::refusal(language, &refusal);
            let values = [("compound", entry.compound.as_str()), ("what", &why)];
            anyhow::Error::msg(say_with(language, "ledger.refusal.of", &values))
        })?;
        bytes.extend_from_slice(line.as_bytes());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let folder = folder.unwrap_or(Path::new("."));
    output::write_all(language, folder, &[(&name, bytes)])?;
    let (count, head) = (entries.len().to_string(), ledger.head().to_string());
    let values = [("count", count.as_str()), ("head", &head)];
    output::complain(&say_with(language, "ledger.added", &values));
    Ok(())
}

/// What a run found, of compounds that are in the ledger already only their plans.
fn of_run(
    language: Language,
    folder: &Path,
    ledger: &Ledger,
    matches: &ArgMatches,
) -> Result<Vec<Entry>, Failure> {
    let path = folder.join("ledger.jsonl");
    let mut found = Vec::new();
    super::read_with(language, &path, |entry, _| found.push(entry))?;
    let is_known = |id: &str| ledger.compounds().iter().any(|one| one.id == id);
    let is_new = |entry: &Entry| {
        !matches!(entry.event, Event::Registered { .. }) || !is_known(&entry.compound)
    };
    let (date, by) = (date(language, matches)?, text(matches, "by"));
    let entries = found.into_iter().filter(is_new);
    Ok(entries.map(|entry| Entry { date, by: by.clone(), ..entry }).collect())
}

fn text(matches: &ArgMatches, name: &str) -> String {
    matches.get_one::<String>(name).cloned().unwrap_or_default()
}

fn date(language: Language, matches: &ArgMatches) -> anyhow::Result<Day> {
    Day::read(&text(matches, "date")).map_err(|_| {
        let why = report::refusal(language, &Refusal::NoDate);
        anyhow::Error::msg(format!("--date: {why}"))
    })
}

fn entry(language: Language, matches: &ArgMatches) -> Result<Entry, Failure> {
    let needed = |name: &str| {
        let missing =
            || say_with(language, "cli.wrong-usage.missing", &[("argument", &format!("--{name}"))]);
        matches.get_one::<String>(name).cloned().ok_or_else(|| anyhow::Error::msg(missing()))
    };
    let whole = |name: &str| matches.get_one::<u32>(name).copied();
    let needed_whole = |name: &str| {
        let missing =
            || say_with(language, "cli.wrong-usage.missing", &[("argument", &format!("--{name}"))]);
        whole(name).ok_or_else(|| anyhow::Error::msg(missing()))
    };
    let event = match needed("event")?.as_str() {
        "registered" => Event::Registered {
            name: matches.get_one::<String>("name").cloned(),
            county: matches.get_one::<String>("county").cloned(),
            year: whole("year"),
        },
        "planned" => planned(language, matches)?,
        "under_way" => Event::UnderWay {},
        "accepted" => Event::Accepted {},
        "struck_off" => Event::StruckOff {},
        "paid" => {
            Event::Paid { source: needed("source")?, amount: amount(language, &needed("amount")?)? }
        }
        _ => Event::Target {
            year: needed_whole("year")?,
            compounds: needed_whole("compounds")?.into(),
        },
    };
    Ok(Entry {
        date: date(language, matches)?,
        by: text(matches, "by"),
        compound: text(matches, "compound"),
        event,
    })
}

/// Money as a plan writes it, read as one would be.
fn amount(language: Language, written: &str) -> anyhow::Result<Fen> {
    written
        .parse()
        .with_context(|| say_with(language, "ledger.refusal.no-amount", &[("seen", written)]))
}

/// What a plan comes to.
fn planned(language: Language, matches: &ArgMatches) -> Result<Event, Failure> {
    let path = given::path(matches, "plan");
    let path = path.with_context(|| say(language, "ledger.refusal.no-plan"))?;
    let packs = input::packs(language, matches)?;
    let files = PlanFiles::read(language, path, None)?;
    let plan = Plan::read_with(&files.document()?, files.roster(), &packs)?;
    let split = split(&plan).map_err(|error| Failure::of_split(language, error))?;
    let against = |one: &&fentan_core::Finding| one.severity != Severity::Note;
    Ok(Event::Planned {
        households: split.households.len() as u64,
        budget: split.budget,
        residents: split.residents,
        sources: split.sources.iter().map(|one| (one.id.clone(), one.paid)).collect(),
        findings: findings(&plan, &split, &packs).iter().filter(against).count() as u64,
    })
}
