//! Scenarios over a programme: `fentan programme compare`, `sweep`, `seek`.

mod compare;
mod seek;
mod sweep;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::Context;
use clap::builder::{PossibleValuesParser, ValueParser};
use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command};
use fentan_core::Plan;
use fentan_core::programme::desk::{Desk, DeskChange};
use fentan_core::scenario::Base;
use fentan_words::{Language, say, say_with};

use super::in_order::in_order;
use crate::arguments::{self, example, formats, worded};
use crate::input::{self, PlanFiles};
use crate::progress::Progress;
use crate::{Failure, output};

/// By what a comparison is listed.
const BY: [&str; 4] = ["county", "compound", "home", "source"];

/// The commands about scenarios of a programme.
pub(super) fn commands(language: Language, policy: &Arg) -> [Command; 3] {
    let say = |key: &str| say(language, key);
    let file = || {
        Arg::new("file")
            .value_name("FILE")
            .required(true)
            .value_parser(ValueParser::path_buf())
            .help(say("programme.file"))
    };
    let threads = || {
        Arg::new("threads")
            .long("threads")
            .value_name("N")
            .value_parser(clap::value_parser!(u16).range(1..))
            .help(say("programme.run.threads"))
    };
    let many = |name: &'static str, value: &'static str, help: String| {
        Arg::new(name).long(name).value_name(value).action(ArgAction::Append).help(help)
    };
    let common = |command: Command| command.arg(file()).arg(threads()).arg(policy.clone());
    let compare = common(Command::new("compare"))
        .about(say("desk.compare.about"))
        .arg(many("set", "PATH=VALUE", say("desk.set")).required(true))
        .arg(
            Arg::new("by")
                .long("by")
                .value_name("BY")
                .hide_possible_values(true)
                .value_parser(PossibleValuesParser::new(BY))
                .help(say("desk.by")),
        )
        .arg(Arg::new("county").long("county").value_name("COUNTY").help(say("ask.county")))
        .arg(Arg::new("compound").long("compound").value_name("ID").help(say("ask.compound")))
        .arg(Arg::new("sort").long("sort").value_name("COLUMN").help(say("ask.sort")))
        .arg(
            Arg::new("limit")
                .long("limit")
                .value_name("N")
                .value_parser(clap::value_parser!(u32))
                .help(say("ask.limit")),
        )
        .arg(many("columns", "COLUMNS", say("ask.columns")).value_delimiter(','))
        .arg(formats(language, &["table", "csv", "json", "parquet"], "ask.format"))
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("FILE")
                .value_parser(ValueParser::path_buf())
                .help(say("ask.out")),
        )
        .arg(arguments::force_argument(language))
        .after_help(example(
            language,
            "fentan programme compare 改造计划.toml --set pots.county.amount=20000",
        ));
    let sweep = common(Command::new("sweep"))
        .about(say("desk.sweep.about"))
        .arg(many("over", "RANGE", say("desk.over")).required(true))
        .arg(many("measure", "MEASURE", say("desk.measure")))
        .arg(formats(language, &["table", "csv", "json"], "compare.format"))
        .after_help(example(
            language,
            "fentan programme sweep 改造计划.toml --over pots.county.amount=5000..20000/5000",
        ));
    let sought = |name: &'static str| {
        Arg::new(name).long(name).value_name("PARAMETER").help(say(&format!("desk.{name}")))
    };
    let seek = common(Command::new("seek"))
        .about(say("desk.seek.about"))
        .arg(sought("least"))
        .arg(sought("greatest"))
        .group(ArgGroup::new("sought").args(["least", "greatest"]).required(true))
        .arg(many("such-that", "CONDITION", say("desk.such-that")).required(true))
        .arg(
            Arg::new("most")
                .long("most")
                .value_name("N")
                .value_parser(clap::value_parser!(u32))
                .help(say("desk.most")),
        )
        .arg(formats(language, &["table", "json"], "seek.format"))
        .after_help(example(
            language,
            "fentan programme seek 改造计划.toml --least pots.county.amount --such-that 'max.median_cash<=3000'",
        ));
    [compare, sweep, seek].map(|command| worded(language, command))
}

/// Runs one of them.
pub(super) fn run(language: Language, name: &str, matches: &ArgMatches) -> Result<(), Failure> {
    let answer = match name {
        "compare" => compare::run(language, matches),
        "sweep" => sweep::run(language, matches),
        _ => seek::run(language, matches),
    };
    let is_json = matches.get_one::<String>("format").is_some_and(|format| format == "json");
    if let (Err(Failure::Problems(problems)), true) = (&answer, is_json) {
        output::json_problems(language, problems)?;
    }
    answer
}

/// Reads the programme and the plans of all its compounds.
fn desk(language: Language, matches: &ArgMatches) -> Result<Desk, Failure> {
    let path = arguments::path(matches, "file").context("no programme named")?;
    let packs = input::packs(language, matches)?;
    let given = super::read(language, path)?;
    let all = given.programme.compounds.len();
    let plan = |index: usize| -> Option<Result<Base, Failure>> {
        let file = given.programme.compounds[index].plan.as_ref()?;
        let read = || {
            let files = PlanFiles::read(language, &given.folder.join(file), None)?;
            let document = files.document()?;
            let plan = Plan::read_with(&document, files.roster(), &packs)?;
            Ok(Base::new(plan, &document, packs.clone()))
        };
        Some(read())
    };
    let mut plans = Vec::with_capacity(all);
    let mut progress = Progress::of(all as u64);
    in_order(input::threads(matches), 0..all, plan, |index, plan| {
        let plan = plan.map(|plan| {
            plan.map_err(|failure| {
                let compound = &given.programme.compounds[index];
                let why = failure.in_words(language).join("\n");
                let file = compound.plan.as_deref().unwrap_or_default();
                let values = [("id", compound.id.as_str()), ("path", file), ("what", &why)];
                output::complain(&say_with(language, "programme.broken-one", &values));
            })
        });
        plans.push(plan);
        progress.at(index as u64 + 1);
        anyhow::Ok(())
    })?;
    drop(progress);
    Ok(Desk::new(given.programme, plans))
}

/// Has work done by so many threads, each taking the next that nobody has begun.
fn each(threads: usize) -> impl Fn(usize, &(dyn Fn(usize) + Sync)) {
    move |count, work| {
        let next = AtomicUsize::new(0);
        let go_on = || loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= count {
                return;
            }
            work(index);
        };
        if threads <= 1 {
            return go_on();
        }
        thread::scope(|scope| {
            for _ in 0..threads.min(count) {
                scope.spawn(go_on);
            }
        });
    }
}

/// Says in how many plans a change of plans leads somewhere, where that is not all of them.
fn tell_reach<'c>(
    language: Language,
    desk: &Desk,
    changes: impl IntoIterator<Item = &'c DeskChange>,
) {
    let plans = desk.programme().compounds.iter().filter(|one| one.plan.is_some()).count();
    for change in changes.into_iter().filter(|change| change.is_of_plans()) {
        let reached = desk.reached(change);
        if reached < plans {
            let (reached, all) = (reached.to_string(), plans.to_string());
            let values = [("path", change.path()), ("count", &reached), ("all", &all)];
            output::complain(&say_with(language, "desk.reached", &values));
        }
    }
}
