//! `fentan programme ask`: questions about a run, answered from what it wrote.

pub(super) mod answer;
mod run;
mod year;

use anyhow::{Context, anyhow};
use clap::builder::{PossibleValuesParser, ValueParser};
use clap::{Arg, ArgMatches, Command};
use fentan_core::Fen;
use fentan_ledger::{Cell, Kind, Table};
use fentan_words::{Language, say, say_with};

use serde_json::Map;

use super::results::Results;
use crate::arguments::{self, example, formats, worded};
use crate::{Failure, output};

use answer::Answer;
use run::Asked;
pub(super) use run::{table, word};

/// What can be asked.
const QUESTIONS: [&str; 9] =
    ["compounds", "homes", "counties", "lines", "sources", "pots", "unused", "findings", "year"];

/// Which figure of a household counts.
const FIGURES: [&str; 3] = ["cash", "due", "share"];

pub(super) fn command(language: Language) -> Command {
    let say = |key: &str| say(language, key);
    let text = |name: &'static str, value: &'static str| {
        Arg::new(name).long(name).value_name(value).help(say(&format!("ask.{name}")))
    };
    let path = |name: &'static str, value: &'static str| {
        text(name, value).value_parser(ValueParser::path_buf())
    };
    let questions = say_with(language, "ask.question", &[("questions", &QUESTIONS.join(" "))]);
    worded(
        language,
        Command::new("ask")
            .about(say("ask.about"))
            .arg(
                Arg::new("dir")
                    .value_name("DIR")
                    .required(true)
                    .value_parser(ValueParser::path_buf())
                    .help(say("ask.dir")),
            )
            .arg(
                Arg::new("question")
                    .value_name("QUESTION")
                    .required(true)
                    .hide_possible_values(true)
                    .value_parser(PossibleValuesParser::new(QUESTIONS))
                    .help(questions),
            )
            .arg(text("over", "YUAN"))
            .arg(
                text("of", "FIGURE")
                    .hide_possible_values(true)
                    .value_parser(PossibleValuesParser::new(FIGURES)),
            )
            .arg(text("county", "COUNTY"))
            .arg(text("compound", "ID"))
            .arg(
                text("severity", "SEVERITY")
                    .hide_possible_values(true)
                    .value_parser(PossibleValuesParser::new(["error", "warning", "note"])),
            )
            .arg(text("check", "ID"))
            .arg(path("ledger", "FILE"))
            .arg(text("year", "YEAR").value_parser(clap::value_parser!(u32).range(1990..=2100)))
            .arg(text("sort", "COLUMN"))
            .arg(text("limit", "N").value_parser(clap::value_parser!(u32)))
            .arg(text("columns", "COLUMNS").value_delimiter(',').action(clap::ArgAction::Append))
            .arg(formats(language, &["table", "csv", "json", "parquet"], "ask.format"))
            .arg(path("out", "FILE"))
            .arg(arguments::force_argument(language))
            .after_help(example(
                language,
                "fentan programme ask 计划结果 homes --over 3000 --county 北街",
            )),
    )
}

pub(super) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let folder = arguments::path(matches, "dir").context("no folder named")?;
    let results = Results::open(language, folder)?;
    let given = |name: &str| matches.get_one::<String>(name).map(String::as_str);
    let over = given("over").map(|written| {
        let seen = || say_with(language, "portion.no-number", &[("seen", written)]);
        written.parse::<Fen>().map_err(|_| anyhow!(seen()))
    });
    let asked = Asked {
        results: &results,
        over: over.transpose()?,
        figure: given("of").unwrap_or(FIGURES[0]),
        county: given("county"),
        compound: given("compound"),
        severity: given("severity"),
        check: given("check"),
    };
    let question = given("question").unwrap_or_default();
    let mut table = match question {
        "compounds" => asked.compounds()?,
        "homes" => {
            let none = || say(language, "ask.no-over");
            asked.homes(asked.over.with_context(none)?)?
        }
        "counties" => asked.counties()?,
        "lines" => asked.lines()?,
        "sources" => asked.sources()?,
        "pots" => asked.pots()?,
        "unused" => asked.unused()?,
        "findings" => asked.findings()?,
        _ => {
            let lacks =
                |name: &str| say_with(language, "cli.wrong-usage.missing", &[("argument", name)]);
            let ledger = arguments::path(matches, "ledger").with_context(|| lacks("--ledger"))?;
            let year = matches.get_one::<u32>("year").with_context(|| lacks("--year"))?;
            asked.year(language, ledger, *year)?
        }
    };
    let total = has_total(question).then(|| table.total());
    if let Some(column) = given("sort") {
        sort(language, &mut table, column)?;
    }
    if let Some(&limit) = matches.get_one::<u32>("limit") {
        table.rows.truncate(limit as usize);
    }
    let mut head = Map::new();
    head.insert(
        "run".to_owned(),
        serde_json::to_value(&results.file).map_err(anyhow::Error::from)?,
    );
    let foot = (question != "findings").then_some("ask.of-run");
    let answer = Answer { language, question, head, over: asked.over, table, total, foot };
    answer.of_columns(&listed(matches, "columns"))?.give(matches)
}

/// All values given for an option.
pub(super) fn listed<'m>(matches: &'m ArgMatches, name: &str) -> Vec<&'m String> {
    matches.get_many::<String>(name).into_iter().flatten().collect()
}

/// Whether the rows of an answer add up to something.
fn has_total(question: &str) -> bool {
    !matches!(question, "homes" | "findings")
}

/// Sorts by a column: amounts and counts the largest first, texts by the alphabet, as they stand where equal.
pub(super) fn sort(language: Language, table: &mut Table, column: &str) -> anyhow::Result<()> {
    let at = answer::place(language, table, column)?;
    if table.columns[at].kind == Kind::Text {
        table.rows.sort_by(|one, other| text(&one[at]).cmp(text(&other[at])));
    } else {
        table.rows.sort_by_key(|row| std::cmp::Reverse(units(&row[at])));
    }
    Ok(())
}

fn text(cell: &Cell) -> &str {
    if let Cell::Text(text) = cell { text } else { "" }
}

fn units(cell: &Cell) -> u128 {
    match cell {
        Cell::Count(count) => u128::from(*count),
        Cell::Money(amount) => amount.0,
        Cell::Text(_) | Cell::Empty => 0,
    }
}

/// Says that something was left out of an answer.
fn complain(language: Language, key: &str, count: usize) {
    if count > 0 {
        output::complain(&say_with(language, key, &[("count", &count.to_string())]));
    }
}
