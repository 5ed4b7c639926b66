//! `fentan changes`: why shares differ between two plans.

use std::io;
use std::path::PathBuf;

use clap::builder::ValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command};
use fentan_core::changes::{ChangedAmount, Changes, HouseholdChanged, changes};
use fentan_core::scenario::Base;
use fentan_words::changes::{amount, cause, counts, difference, sentences};
use fentan_words::{Language, defused, printable, say, say_with};

use crate::arguments::{example, formats};
use crate::split::finish;
use crate::tables::{MOST_LISTED, Style};
use crate::{Failure, colours, input, output};

pub(crate) fn command(language: Language, policy: Arg) -> Command {
    let say = |key: &str| say(language, key);
    let file = |name: &'static str, value: &'static str, help: String| {
        Arg::new(name).value_name(value).value_parser(ValueParser::path_buf()).help(help)
    };
    Command::new("changes")
        .about(say("share-changes.about"))
        .arg(file("old", "OLD", say("share-changes.about-old")).required(true))
        .arg(file("new", "NEW", say("share-changes.about-new")).required(true))
        .arg(
            file("old-households", "FILE", say("share-changes.about-old-households"))
                .long("old-households"),
        )
        .arg(file("households", "FILE", say("share-changes.about-households")).long("households"))
        .arg(policy)
        .arg(
            Arg::new("home")
                .long("home")
                .value_name("ID")
                .action(ArgAction::Append)
                .help(say("share-changes.about-home")),
        )
        .arg(formats(language, &["table", "csv", "json"], "share-changes.about-format"))
        .after_help(example(
            language,
            "fentan new 旧方案\nfentan changes 旧方案/plan.toml 我的小区/plan.toml --home 1-1-201",
        ))
}

pub(crate) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let packs = input::packs(language, matches)?;
    let base = |plan: &str, roster: &str| {
        let path = matches.get_one::<PathBuf>(plan).ok_or_else(|| anyhow::anyhow!("no plan"))?;
        let roster = matches.get_one::<PathBuf>(roster);
        input::read_plan_at(language, path, roster, &packs, |plan, document, _| {
            Base::new(plan, document, packs.clone())
        })
    };
    let (old, new) = (base("old", "old-households")?, base("new", "households")?);
    let mut changes = changes(&old, &new).map_err(|error| Failure::of_split(language, error))?;
    let homes: Vec<_> = matches.get_many::<String>("home").into_iter().flatten().collect();
    if let Some(unknown) =
        homes.iter().find(|&&id| changes.households.iter().all(|one| *one.id != **id))
    {
        let unknown = say_with(language, "share-changes.unknown-home", &[("seen", unknown)]);
        return Err(anyhow::Error::msg(unknown).into());
    }
    if !homes.is_empty() {
        changes.households.retain(|one| homes.iter().any(|&id| *one.id == **id));
    }
    match matches.get_one::<String>("format").map_or("table", String::as_str) {
        "json" => output::print(&output::json(&changes)?)?,
        "csv" => output::print(&csv(&changes)?)?,
        _ if homes.is_empty() => output::print(table(language, &changes).as_bytes())?,
        _ => output::print(told(language, &changes).as_bytes())?,
    }
    Ok(())
}

/// A sentence or two for each home.
fn told(language: Language, changes: &Changes) -> String {
    let homes = changes.households.iter();
    let sentences =
        homes.flat_map(|home| sentences(language, &printable(&home.id), &changes.causes, home));
    sentences.map(|sentence| format!("{sentence}\n")).collect()
}

/// The figures of a home that are listed: what is due, and cash where that differs otherwise.
fn listed(home: &HouseholdChanged) -> impl Iterator<Item = (&'static str, &ChangedAmount)> {
    let cash = (home.due.by != home.cash.by).then_some(("cash", &home.cash));
    std::iter::once(("due", &home.due)).chain(cash)
}

fn table(language: Language, changes: &Changes) -> String {
    let style = Style { language, colours: colours() };
    let say = |key: &str| say(language, key);
    if changes.causes.is_empty() {
        return format!("{}\n", say("share-changes.nothing"));
    }
    let causes = changes.causes.iter().map(|parts| cause(language, parts));
    let heads =
        ["share-changes.before", "share-changes.after", "share-changes.difference"].map(say);
    let heads: Vec<_> = heads.into_iter().chain(causes).collect();
    let mut table = style.table(&["term.household", "share-changes.figure"], &heads);
    let mut add = |home: String, figure: &str, changed: &ChangedAmount| {
        let cells = [amount(language, changed.before), amount(language, changed.after)];
        let by = std::iter::once(changed.difference).chain(changed.by.iter().copied());
        let cells = cells.into_iter().chain(by.map(difference));
        table.add_row([home, say(&format!("share-changes.{figure}"))].into_iter().chain(cells));
    };
    for (figure, changed) in [("due", &changes.whole.due), ("cash", &changes.whole.cash)] {
        add(say("share-changes.whole"), figure, changed);
    }
    let moved = || changes.households.iter().filter(|home| !home.is_nothing());
    let is_listed = moved().count() <= MOST_LISTED;
    for home in moved().filter(|_| is_listed) {
        for (figure, changed) in listed(home) {
            add(printable(&home.id), figure, changed);
        }
    }
    let mut text = format!("{table}\n");
    if !is_listed {
        text.push_str(&format!("{}\n", say("cli.unlisted")));
    }
    counts(language, changes).iter().for_each(|line| text.push_str(&format!("{line}\n")));
    text
}

fn csv(changes: &Changes) -> io::Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let causes = changes
        .causes
        .iter()
        .map(|parts| parts.iter().map(|part| part.as_str()).collect::<Vec<_>>().join("+"));
    let heads = ["household", "figure", "before", "after", "difference"].map(str::to_owned);
    table.write_record(heads.into_iter().chain(causes))?;
    for home in &changes.households {
        for (figure, changed) in [("due", &home.due), ("cash", &home.cash)] {
            let given = |amount: Option<fentan_core::Fen>| {
                amount.map(|amount| amount.to_string()).unwrap_or_default()
            };
            let cells =
                [defused(&home.id), figure.to_owned(), given(changed.before), given(changed.after)];
            let by = std::iter::once(changed.difference).chain(changed.by.iter().copied());
            table.write_record(cells.into_iter().chain(by.map(|by| by.to_string())))?;
        }
    }
    finish(table)
}
