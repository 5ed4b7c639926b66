//! `fentan publish`: a tariff without households.

use clap::builder::ValueParser;
use clap::{Arg, ArgMatches, Command, value_parser};
use fentan_core::tariff::{Edition, Tariff};
use fentan_words::{Language, say};

use crate::files::{self, Readers};
use crate::{Failure, arguments, input, output};

pub(crate) fn command(language: Language, shared: &[Arg]) -> Command {
    let say = |key: &str| say(language, key);
    Command::new("publish")
        .about(say("tariff.about"))
        .args(shared)
        .arg(
            Arg::new("date")
                .long("date")
                .value_name("DATE")
                .required(true)
                .help(say("tariff.date")),
        )
        .arg(
            Arg::new("edition")
                .long("edition")
                .value_name("N")
                .default_value("1")
                .hide_default_value(true)
                .value_parser(value_parser!(u64).range(1..))
                .help(say("tariff.edition")),
        )
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("FILE")
                .value_parser(ValueParser::path_buf())
                .help(say("tariff.out")),
        )
        .after_help(arguments::example(
            language,
            "fentan publish 我的小区/plan.toml --date 2026-11-27 --out tariff.json",
        ))
}

pub(crate) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let packs = input::packs(language, matches)?;
    let plan = input::plan(language, matches, &packs)?;
    let number = matches.get_one("edition").copied().unwrap_or(1);
    let date = matches.get_one::<String>("date").map(String::as_str).unwrap_or_default();
    let edition = Edition::read(number, date)?;
    let tariff = Tariff::publish(&plan, &packs, &edition)
        .map_err(|error| Failure::of_split(language, error))?;
    let json = output::json(&tariff.to_document())?;
    match arguments::path(matches, "out") {
        None => output::print(&json)?,
        Some(path) => {
            files::write(language, path, json, Readers::All, arguments::force(matches))?;
        }
    }
    output::complain(&say(language, "tariff.not-published"));
    for what in &tariff.left_out {
        output::complain(&format!("- {}", fentan_words::left_out(language, *what)));
    }
    Ok(())
}
