//! The command line of `fentan ledger`.

use clap::builder::{PossibleValuesParser, ValueParser};
use clap::{Arg, ArgAction, Command};
use fentan_ledger::Status;
use fentan_words::{Language, say};

use crate::arguments::{example, formats, worded};

/// What an entry can tell of.
pub(super) const EVENTS: [&str; 8] =
    ["registered", "planned", "under_way", "accepted", "struck_off", "paid", "reversed", "target"];

pub(crate) fn command(language: Language, policy: &Arg, force: &Arg) -> Command {
    let say = |key: &str| say(language, key);
    Command::new("ledger")
        .about(say("ledger.about"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .after_help(example(language, "fentan ledger show 计划结果/ledger.jsonl"))
        .subcommand(worded(language, add(language, policy)))
        .subcommand(worded(
            language,
            Command::new("show")
                .about(say("ledger.show.about"))
                .arg(ledger(language))
                .arg(text(language, "compound"))
                .arg(text(language, "county"))
                .arg(whole(language, "year"))
                .arg(
                    Arg::new("status")
                        .long("status")
                        .value_name("STATUS")
                        .hide_possible_values(true)
                        .value_parser(PossibleValuesParser::new(Status::ALL.map(Status::as_str)))
                        .help(say("ledger.status")),
                )
                .arg(
                    Arg::new("totals")
                        .long("totals")
                        .action(ArgAction::SetTrue)
                        .help(say("ledger.show.totals")),
                )
                .arg(
                    Arg::new("payments")
                        .long("payments")
                        .action(ArgAction::SetTrue)
                        .conflicts_with("totals")
                        .help(say("ledger.show.payments")),
                )
                .arg(day("from", say("ledger.show.from")))
                .arg(day("to", say("ledger.show.to")))
                .arg(formats(language, &["table", "csv", "json"], "ledger.show.format"))
                .after_help(example(language, "fentan ledger show 计划结果/ledger.jsonl --totals")),
        ))
        .subcommand(worded(
            language,
            Command::new("check")
                .about(say("ledger.check.about"))
                .arg(ledger(language))
                .arg(
                    Arg::new("head")
                        .long("head")
                        .value_name("DIGEST")
                        .help(say("ledger.check.head")),
                )
                .after_help(example(language, "fentan ledger check 计划结果/ledger.jsonl")),
        ))
        .subcommand(worded(
            language,
            Command::new("export")
                .about(say("ledger.export.about"))
                .arg(ledger(language))
                .arg(formats(language, &["csv", "xlsx", "parquet"], "ledger.export.format"))
                .arg(path("out", "DIR", say("ledger.export.out")).required(true))
                .arg(force)
                .after_help(example(
                    language,
                    "fentan ledger export 计划结果/ledger.jsonl --format xlsx --out 台账",
                )),
        ))
}

fn add(language: Language, policy: &Arg) -> Command {
    let say = |key: &str| say(language, key);
    Command::new("add")
        .about(say("ledger.add.about"))
        .arg(ledger(language))
        .arg(
            Arg::new("event")
                .long("event")
                .value_name("EVENT")
                .hide_possible_values(true)
                .value_parser(PossibleValuesParser::new(EVENTS))
                .required_unless_present("run")
                .conflicts_with("run")
                .help(say("ledger.add.event")),
        )
        .arg(text(language, "compound").required_unless_present("run").conflicts_with("run"))
        .arg(text(language, "date").required(true))
        .arg(text(language, "by").required(true))
        .arg(path("run", "DIR", say("ledger.add.run")))
        .arg(path("plan", "PLAN", say("ledger.add.plan")))
        .arg(policy.clone())
        .arg(text(language, "name"))
        .arg(text(language, "county"))
        .arg(whole(language, "year"))
        .arg(text(language, "source"))
        // So that a negative one is answered in words.
        .arg(text(language, "amount").allow_hyphen_values(true))
        .arg(whole(language, "entry"))
        .arg(whole(language, "compounds"))
        .arg(
            Arg::new("confirm")
                .long("confirm")
                .action(ArgAction::SetTrue)
                .help(say("ledger.confirm")),
        )
        .after_help(example(
            language,
            "fentan ledger add 计划结果/ledger.jsonl --event paid --compound 北街 --source county --amount 9000.00 \
             --date 2026-08-01 --by 市财政局",
        ))
}

fn ledger(language: Language) -> Arg {
    Arg::new("ledger")
        .value_name("LEDGER")
        .required(true)
        .value_parser(ValueParser::path_buf())
        .help(say(language, "ledger.file"))
}

fn text(language: Language, name: &'static str) -> Arg {
    let help = say(language, &format!("ledger.{name}"));
    Arg::new(name).long(name).value_name(name.to_uppercase()).help(help)
}

fn whole(language: Language, name: &'static str) -> Arg {
    text(language, name).value_parser(clap::value_parser!(u32))
}

fn day(name: &'static str, help: String) -> Arg {
    Arg::new(name).long(name).value_name("DATE").help(help)
}

fn path(name: &'static str, value: &'static str, help: String) -> Arg {
    Arg::new(name).long(name).value_name(value).value_parser(ValueParser::path_buf()).help(help)
}
