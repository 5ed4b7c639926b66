//! `fentan policy`: the packs at hand, and one that is checked.

use std::fmt::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::ArgMatches;
use fentan_core::Packs;
use fentan_core::internal::decimal;
use fentan_core::policy::{Pack, Provision, Verified, Wording};
use fentan_words::{
    Language, check, listed, pipeline, printable, provision, say, say_with, severity, subject,
};

use crate::files::{self, Existing, Readers};
use crate::tables::Style;
use crate::{Failure, colours, input, output, who_pays};

pub(crate) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    match matches.subcommand() {
        Some(("show", matches)) => show(language, matches),
        Some(("check", matches)) => check_file(language, matches),
        Some(("new", matches)) => new(language, matches),
        Some((_, matches)) => list(language, matches),
        None => Ok(()),
    }
}

fn in_words(language: Language, wording: &Wording) -> String {
    printable(fentan_words::in_words(language, wording))
}

fn list(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let packs = input::packs(language, matches)?;
    let style = Style { language, colours: colours() };
    let clauses = [say(language, "policy.clauses")];
    let mut table = style.table(&["policy.id", "policy.place", "policy.name"], &clauses);
    let on = who_pays::day(language, matches)?;
    let held = match matches.get_one::<String>("place") {
        Some(place) => packs.at(place).packs,
        None => packs.iter().collect(),
    };
    let in_force = |pack: &&Pack| on.is_none_or(|on| pack.is_in_force(on));
    for pack in held.into_iter().filter(in_force) {
        table.add_row([
            printable(pack.id()),
            in_words(language, &pack.place),
            in_words(language, &pack.name),
            pack.provisions.len().to_string(),
        ]);
    }
    Ok(output::print(format!("{table}\n").as_bytes())?)
}

/// Writes a pack to fill in.
fn new(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let path = matches.get_one::<PathBuf>("file").context("no file named")?;
    let template = match language {
        Language::Chinese => include_str!("../starter/policy.zh.toml"),
        Language::English => include_str!("../starter/policy.en.toml"),
    };
    // An id that holds neither "/" nor what TOML would take for more than a text.
    let id: String = path
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default()
        .chars()
        .map(|character| if character.is_alphanumeric() { character } else { '-' })
        .collect();
    let pack = template.replace("@id", &id);
    files::write(language, path, pack.into_bytes(), Readers::All, Existing::Kept)?;
    let made = say_with(language, "policy.made", &[("path", &path.display().to_string())]);
    Ok(output::print(format!("{made}\n").as_bytes())?)
}

fn check_file(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let path = matches.get_one::<PathBuf>("file").context("no file named")?;
    let bytes = input::read(language, path, input::MOST_PACK)?;
    let pack = Packs::default().check(&input::document(path, &bytes)?)?;
    let right = say_with(
        language,
        "policy.right",
        &[
            ("name", &in_words(language, &pack.name)),
            ("clauses", &pack.provisions.len().to_string()),
            ("checks", &pack.rules.len().to_string()),
        ],
    );
    Ok(output::print(format!("{right}\n").as_bytes())?)
}

fn show(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let id = matches.get_one::<String>("id").context("no pack named")?;
    let packs = input::packs(language, matches)?;
    let Some(pack) = packs.find(id) else {
        let known: Vec<_> = packs.iter().map(|pack| pack.id().to_owned()).collect();
        let values = [("seen", id.as_str()), ("known", &listed(language, &known))];
        return Err(anyhow::Error::msg(say_with(language, "policy.unknown", &values)).into());
    };
    let style = Style { language, colours: colours() };
    Ok(output::print(shown(&style, pack).as_bytes())?)
}

/// All that is in a pack. Writing to a text can't fail.
fn shown(style: &Style, pack: &Pack) -> String {
    let language = style.language;
    let say = |key: &str| say(language, key);
    let mut text = String::new();
    let _ = writeln!(text, "{}", style.bold(&in_words(language, &pack.name)));
    let _ = writeln!(text, "{}: {}", say("policy.place"), in_words(language, &pack.place));
    if let Some(within) = pack.within() {
        let _ = writeln!(text, "{}: {within}", say("policy.within"));
    }
    let mut section = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            let _ = writeln!(text, "\n{}\n{}", style.bold(&say(title)), lines.join("\n"));
        }
    };
    let clauses = pack.provisions.iter().map(|one| clause(language, one));
    section("policy.clauses", clauses.collect());
    let defaults = pack.defaults();
    let defaults = defaults.iter().map(|(path, value, clauses)| {
        format!("{path} = {}  [{}]", printable(value), listed(language, clauses))
    });
    section("policy.defaults", defaults.collect());
    let rules = pack.rules.iter().map(|rule| {
        let weight = severity(language, rule.severity);
        let (id, title) = (rule.check.as_str(), check(language, rule.check));
        format!("{id}: {weight}: {title}  [{}]", listed(language, &rule.clauses))
    });
    section("policy.checks", rules.collect());
    let departments = pack.departments.iter().map(|department| {
        let pipelines = department.pipelines.iter().map(|&one| pipeline(language, one));
        let subjects = department.subjects.iter().map(|&one| subject(language, one));
        let mut works: Vec<_> = pipelines.chain(subjects).collect();
        if works.is_empty() {
            works.push(say("policy.every-line"));
        }
        let name = in_words(language, &department.name);
        let (works, clauses) = (listed(language, &works), listed(language, &department.clauses));
        format!("{name}: {works}  [{clauses}]")
    });
    section("policy.departments", departments.collect());
    let charges = pack.charges.iter().map(|charge| {
        let items = charge.items.iter().map(|one| say(&format!("item.{}", one.as_str())));
        let items = listed(language, &items.collect::<Vec<_>>());
        let payer = say(&format!("payer.{}", charge.payer.as_str()));
        format!("{items}: {payer}  [{}]", listed(language, &charge.clauses))
    });
    section("policy.charges", charges.collect());
    let pots = pack.pots.iter().map(|pot| {
        let weights = pot.weights.iter().map(|(factor, weight)| {
            format!("{} = {}", factor.as_str(), decimal((*weight).into(), 6))
        });
        let weights = listed(language, &weights.collect::<Vec<_>>());
        format!("{}: {weights}  [{}]", printable(&pot.id), listed(language, &pot.clauses))
    });
    section("policy.pots", pots.collect());
    text
}

fn clause(language: Language, one: &Provision) -> String {
    let say = |key: &str| say(language, key);
    let verified = match one.verified {
        Verified::Text => say("policy.verified-text"),
        Verified::Report => say("policy.verified-report"),
    };
    let mut text = format!("{}  {}", one.id, printable(&provision(language, one)));
    if let Some(quote) = &one.quote {
        let _ = write!(text, "\n    “{}”", printable(quote));
    }
    let _ = write!(text, "\n    {} {} · {verified}", say("policy.published"), one.published);
    for (name, date) in
        [("policy.from", &one.from), ("policy.amended", &one.amended), ("policy.until", &one.until)]
    {
        if let Some(date) = date {
            let _ = write!(text, " · {} {date}", say(name));
        }
    }
    text
}
