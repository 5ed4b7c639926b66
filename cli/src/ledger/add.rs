//! `fentan ledger add`: entries behind those there are.

use std::collections::HashMap;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail};
use clap::ArgMatches;
use fentan_core::policy::Severity;
use fentan_core::{Day, Fen, Plan, findings, split};
use fentan_ledger::{Compound, Doubt, Entry, Event, Ledger, Refusal, report};
use fentan_words::{Language, say, say_with};

use crate::arguments::text;
use crate::files::{self, Existing, Files, Readers};
use crate::input::PlanFiles;
use crate::lock::Lock;
use crate::{Failure, PROBLEMS, arguments as given, input, output};

/// The years that a programme may be of.
const YEARS: std::ops::RangeInclusive<u32> = 1990..=2100;

pub(super) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let path = super::path(matches)?;
    let name = path.display().to_string();
    let failure = || say_with(language, "cli.error.write", &[("path", &name)]);
    let (file, _lock) = Lock::wait(path).with_context(failure)?;
    // The first entry makes the ledger.
    let (mut bytes, mut ledger) =
        if file.exists() { super::read(language, &file)? } else { Default::default() };
    files::refuse_other_names(language, &file)?;
    let entries = match given::path(matches, "run") {
        Some(folder) => of_run(language, folder, &ledger, matches)?,
        None => vec![entry(language, matches)?],
    };
    if entries.is_empty() {
        output::complain(&say(language, "ledger.unchanged"));
        return Ok(());
    }
    let mut doubts = Vec::new();
    for entry in &entries {
        doubts.extend(ledger.doubts_of(entry).into_iter().map(|doubt| (&entry.compound, doubt)));
        let line = ledger.append(entry).map_err(|refusal| {
            let why = report::refusal(language, &refusal);
            let values = [("compound", entry.compound.as_str()), ("what", &why)];
            anyhow::Error::msg(say_with(language, "ledger.refusal.of", &values))
        })?;
        bytes.extend_from_slice(line.as_bytes());
    }
    tell_doubts(language, &doubts);
    if !doubts.is_empty() && !matches.get_flag("confirm") {
        output::complain(&say(language, "ledger.doubt.confirm"));
        return Err(Failure::Told(PROBLEMS));
    }
    let (folder, file_name) = files::parts(&file);
    let mut files = Files::begin(language, folder, Readers::All, Existing::Updated)?;
    files.write(file_name, |file| Ok(file.write_all(&bytes)?))?;
    files.finish()?;
    let (count, head) = (entries.len().to_string(), ledger.head().to_string());
    let values = [("count", count.as_str()), ("head", &head)];
    output::complain(&say_with(language, "ledger.added", &values));
    Ok(())
}

/// Tells what is likely to be a slip, by the compound or county that it is about.
fn tell_doubts(language: Language, doubts: &[(&String, Doubt)]) {
    for (compound, doubt) in doubts.iter().take(super::LISTED) {
        let what = report::doubt(language, doubt);
        let values = [("compound", compound.as_str()), ("what", &what)];
        output::complain(&say_with(language, "ledger.doubt.of", &values));
    }
    if doubts.len() > super::LISTED {
        let more = (doubts.len() - super::LISTED).to_string();
        output::complain(&say_with(language, "ledger.doubt.more", &[("count", &more)]));
    }
}

/// What a run found, of compounds that are in the ledger already only plans that are others than
/// theirs.
fn of_run(
    language: Language,
    folder: &Path,
    ledger: &Ledger,
    matches: &ArgMatches,
) -> Result<Vec<Entry>, Failure> {
    let path = folder.join("ledger.jsonl");
    let mut found = Vec::new();
    super::read_with(language, &path, |entry, _| found.push(entry))?;
    let known: HashMap<&str, &Compound> =
        ledger.compounds().iter().map(|one| (one.id.as_str(), one)).collect();
    let is_new = |entry: &Entry| match (&entry.event, known.get(entry.compound.as_str())) {
        (_, None) => true,
        (Event::Registered { .. }, Some(_)) => false,
        (event, Some(compound)) => compound.plan().as_ref() != Some(event),
    };
    let (date, by) = (date(language, matches)?, text(matches, "by").to_owned());
    let entries = found.into_iter().filter(is_new);
    Ok(entries.map(|entry| Entry { date, by: by.clone(), ..entry }).collect())
}

fn date(language: Language, matches: &ArgMatches) -> anyhow::Result<Day> {
    Day::read(text(matches, "date")).map_err(|_| {
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
    let needed_whole = |name: &str| {
        let missing =
            || say_with(language, "cli.wrong-usage.missing", &[("argument", &format!("--{name}"))]);
        matches.get_one::<u32>(name).copied().ok_or_else(|| anyhow::Error::msg(missing()))
    };
    let year = || {
        let year = needed_whole("year")?;
        let wrong =
            || say_with(language, "ledger.refusal.bad-year", &[("seen", &year.to_string())]);
        Some(year).filter(|year| YEARS.contains(year)).ok_or_else(|| anyhow::Error::msg(wrong()))
    };
    let event = match needed("event")?.as_str() {
        "registered" => Event::Registered {
            name: Some(needed("name")?),
            county: Some(needed("county")?),
            year: Some(year()?),
        },
        "planned" => planned(language, matches)?,
        "under_way" => Event::UnderWay {},
        "accepted" => Event::Accepted {},
        "struck_off" => Event::StruckOff {},
        "paid" => {
            Event::Paid { source: needed("source")?, amount: amount(language, &needed("amount")?)? }
        }
        "reversed" => Event::Reversed { entry: needed_whole("entry")?.into() },
        _ => Event::Target { year: year()?, compounds: needed_whole("compounds")?.into() },
    };
    Ok(Entry {
        date: date(language, matches)?,
        by: text(matches, "by").to_owned(),
        compound: text(matches, "compound").to_owned(),
        event,
    })
}

/// Money as a plan writes it, read as one would be.
fn amount(language: Language, written: &str) -> anyhow::Result<Fen> {
    if written.starts_with(['-', '−', '－']) {
        bail!(say(language, "ledger.refusal.negative"));
    }
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
