//! The command line: commands and options.

use std::env;
use std::io;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, ValueParser};
use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command};
use clap_complete::Shell;
use fentan_core::HouseholdFigure;
use fentan_core::policy::{Check, Severity};
use fentan_core::vote::{Matter, Method};
use fentan_words::{Language, say, say_with};

use crate::files::Existing;
use crate::help::worded_throughout;
pub(crate) use crate::help::{example, worded};
use crate::{
    FOUND, Failure, book, changes, collection, export, ledger, lift, portion, programme, publish,
    reconcile, scenario, who_pays,
};

/// The language asked for by `--lang` or `FENTAN_LANG`, Chinese otherwise.
///
/// Looked for ahead of everything else, since the help itself is worded in it.
pub(crate) fn language() -> Language {
    let arguments: Vec<_> = env::args().collect();
    let asked = arguments.iter().enumerate().find_map(|(index, argument)| {
        match argument.strip_prefix("--lang") {
            Some("") => arguments.get(index + 1).map(String::as_str),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        }
    });
    let from_environment = env::var("FENTAN_LANG").unwrap_or_default();
    Language::of_tag(asked.unwrap_or(&from_environment)).unwrap_or_default()
}

pub(crate) fn command(language: Language) -> Command {
    let say = |key: &str| say(language, key);
    let plan = || {
        Arg::new("plan")
            .value_name("PLAN")
            .required(true)
            .value_parser(ValueParser::path_buf())
            .help(say("cli.plan"))
    };
    let households = || {
        Arg::new("households")
            .long("households")
            .value_name("FILE")
            .value_parser(ValueParser::path_buf())
            .help(say("cli.households"))
    };
    let policy = || {
        Arg::new("policy")
            .long("policy")
            .value_name("FILE")
            .action(ArgAction::Append)
            .value_parser(ValueParser::path_buf())
            .help(say("policy.further"))
    };
    let force = || force_argument(language);
    let root = worded(
        language,
        Command::new("fentan")
            .version(env!("CARGO_PKG_VERSION"))
            .about(say("cli.about"))
            .subcommand_required(true)
            .arg_required_else_help(true)
            .arg(
                Arg::new("version")
                    .short('V')
                    .long("version")
                    .action(ArgAction::Version)
                    .help(say("cli.version")),
            )
            .disable_version_flag(true)
            .disable_help_subcommand(true)
            .after_help(example(language, "fentan new 我的小区\nfentan split 我的小区/plan.toml"))
            .subcommand(worded(
                language,
                Command::new("split")
                    .about(say("cli.split.about"))
                    .arg(plan())
                    .arg(households())
                    .args(portion::arguments(language))
                    .arg(policy())
                    .arg(fails_on(language))
                    .arg(formats(language, &["table", "json", "csv"], "cli.split.format"))
                    .arg(
                        Arg::new("out")
                            .long("out")
                            .value_name("DIR")
                            .value_parser(ValueParser::path_buf())
                            .help(say("cli.split.out")),
                    )
                    .arg(
                        Arg::new("bom")
                            .long("bom")
                            .action(ArgAction::SetTrue)
                            .help(say("cli.split.bom")),
                    )
                    .arg(
                        Arg::new("receipt")
                            .long("receipt")
                            .action(ArgAction::SetTrue)
                            .conflicts_with("run")
                            .help(say("verify.receipt")),
                    )
                    .arg(force())
                    .after_help(example(
                        language,
                        "fentan split 我的小区/plan.toml\nfentan split 我的小区/plan.toml --format csv --out 分摊结果",
                    )),
            ))
            .subcommand(worded(
                language,
                export::command(language, plan())
                    .arg(households())
                    .args(portion::arguments(language))
                    .arg(policy())
                    .arg(force()),
            ))
            .subcommand(worded(
                language,
                Command::new("verify")
                    .about(say("verify.about"))
                    .arg(
                        Arg::new("result")
                            .value_name("RESULT")
                            .required(true)
                            .value_parser(ValueParser::path_buf())
                            .help(say("verify.result")),
                    )
                    .arg(plan().long("plan"))
                    .arg(households())
                    .arg(policy())
                    .after_help(example(
                        language,
                        "fentan split 我的小区/plan.toml --format json --receipt --out 分摊结果\nfentan verify 分摊结果/split.json --plan 我的小区/plan.toml",
                    )),
            ))
            .subcommand(worded(
                language,
                Command::new("check")
                    .about(say("cli.check.about"))
                    .arg(plan())
                    .arg(households())
                    .args(portion::arguments(language))
                    .arg(policy())
                    .arg(fails_on(language))
                    .arg(formats(language, &["table", "json"], "vote.about-format"))
                    .after_help(example(language, "fentan check 我的小区/plan.toml")),
            ))
            .subcommand(worded(
                language,
                mend(language, plan()).arg(households()).arg(policy()),
            ))
            .subcommand(worded(
                language,
                explain(language, plan())
                    .arg(households())
                    .args(portion::arguments(language))
                    .arg(policy()),
            ))
            .subcommand(worded(
                language,
                vote(language, plan())
                    .arg(households())
                    .args(portion::arguments(language))
                    .arg(policy()),
            ))
            .subcommand(worded(language, changes::command(language, policy())))
            .subcommand(worded(
                language,
                lift::command(language, plan()).arg(households()).arg(policy()),
            ))
            .subcommand(worded(language, policies(language, &policy())))
            .subcommand(worded(language, who_pays::command(language, policy())))
            .subcommand(worded(language, programme::command(language, policy())))
            .subcommand(worded(language, ledger::arguments::command(language, &policy(), &force())))
            .subcommands(scenario::arguments::commands(
                language,
                &[plan(), households(), policy()],
            ))
            .subcommands(collection::commands(language, &[plan(), households(), policy()]))
            .subcommand(worded(language, book::command(language, &[plan(), households(), policy()])))
            .subcommand(worded(language, import(language).arg(force())))
            .subcommand(worded(
                language,
                reconcile::command(language, plan(), reading(language))
                    .arg(households())
                    .arg(policy()),
            ))
            .subcommand(worded(
                language,
                publish::command(language, &[plan(), households(), policy()]).arg(force()),
            ))
            .subcommand(worded(
                language,
                Command::new("new")
                    .about(say("cli.new.about"))
                    .arg(
                        Arg::new("dir")
                            .value_name("DIR")
                            .required(true)
                            .value_parser(ValueParser::path_buf())
                            .help(say("cli.new.dir")),
                    )
                    .arg(
                        Arg::new("lift")
                            .long("lift")
                            .action(ArgAction::SetTrue)
                            .help(say("cli.new.lift")),
                    )
                    .after_help(example(language, "fentan new 我的小区\nfentan new 电梯 --lift")),
            ))
            .subcommand(worded(
                language,
                Command::new("completions")
                    .about(say("cli.completions.about"))
                    .arg(
                        Arg::new("shell")
                            .value_name("SHELL")
                            .required(true)
                            .hide_possible_values(true)
                            .value_parser(clap::value_parser!(Shell))
                            .help(say("cli.completions.shell")),
                    )
                    .after_help(example(
                        language,
                        "fentan completions bash > ~/.local/share/bash-completion/completions/fentan",
                    )),
            ))
            .subcommand(worded(
                language,
                Command::new("help")
                    .about(say("cli.help-of"))
                    .arg(
                        Arg::new("command")
                            .value_name("COMMAND")
                            .num_args(0..)
                            .help(say("cli.help-command")),
                    )
                    .after_help(example(language, "fentan help split\nfentan help policy list")),
            )),
    );
    worded_throughout(language, root, "")
}

fn mend(language: Language, plan: Arg) -> Command {
    let ids = Check::ALL.iter().map(|check| check.as_str());
    Command::new("mend")
        .about(say(language, "mend.about"))
        .arg(plan)
        .arg(
            Arg::new("finding")
                .value_name("FINDING")
                .action(ArgAction::Append)
                .num_args(0..)
                .hide_possible_values(true)
                .value_parser(PossibleValuesParser::new(ids))
                .help(say(language, "mend.about-finding")),
        )
        .arg(
            Arg::new("yes")
                .long("yes")
                .action(ArgAction::SetTrue)
                .requires("finding")
                .help(say(language, "mend.about-yes")),
        )
        .after_help(example(
            language,
            "fentan mend 我的小区/plan.toml\nfentan mend 我的小区/plan.toml line-place --yes",
        ))
}

fn explain(language: Language, plan: Arg) -> Command {
    let say = |key: &str| say(language, key);
    let id = |name: &'static str| {
        Arg::new(name).long(name).value_name("ID").help(say(&format!("cli.explain.{name}")))
    };
    let figures = HouseholdFigure::ALL.iter().map(|figure| figure.as_str());
    Command::new("explain")
        .about(say("cli.explain.about"))
        .arg(plan)
        .arg(id("household"))
        .arg(id("line"))
        .arg(id("source").conflicts_with("household"))
        .group(
            ArgGroup::new("asked")
                .args(["household", "line", "source"])
                .required(true)
                .multiple(true),
        )
        .arg(
            Arg::new("figure")
                .long("figure")
                .value_name("FIGURE")
                .requires("household")
                .conflicts_with("line")
                .hide_possible_values(true)
                .value_parser(PossibleValuesParser::new(figures.clone()))
                .help(say_with(
                    language,
                    "cli.explain.figure",
                    &[("figures", &figures.collect::<Vec<_>>().join(" "))],
                )),
        )
        .arg(
            Arg::new("depth")
                .long("depth")
                .value_name("N")
                .value_parser(clap::value_parser!(u8).range(1..=9))
                .help(say("cli.explain.depth")),
        )
        .arg(formats(language, &["table", "json"], "vote.about-format"))
        .after_help(example(
            language,
            "fentan explain 我的小区/plan.toml --household 1-1-102 --figure relief",
        ))
}

fn vote(language: Language, plan: Arg) -> Command {
    let say_values = |key: &str, name: &str, values: &[&str]| {
        say_with(language, key, &[(name, &values.join(" "))])
    };
    let matters: Vec<_> = Matter::ALL.iter().map(|matter| matter.as_str()).collect();
    let methods: Vec<_> = Method::ALL.iter().map(|method| method.as_str()).collect();
    let choice = |name: &'static str, values: &[&'static str], help: String| {
        Arg::new(name)
            .long(name)
            .value_name(name.to_uppercase())
            .default_value(values[0])
            .hide_default_value(true)
            .hide_possible_values(true)
            .value_parser(PossibleValuesParser::new(values.to_vec()))
            .help(help)
    };
    Command::new("vote")
        .about(say(language, "vote.about"))
        .arg(plan)
        .arg(choice("matter", &matters, say_values("vote.about-matter", "matters", &matters)))
        .arg(choice("method", &methods, say_values("vote.about-method", "methods", &methods)))
        .arg(Arg::new("line").long("line").value_name("ID").help(say(language, "vote.about-line")))
        .arg(choice("format", &["table", "json"], say(language, "vote.about-format")))
        .after_help(example(language, "fentan vote 我的小区/plan.toml --matter raise_fund"))
}

fn import(language: Language) -> Command {
    let say = |key: &str| say(language, key);
    let file = |name: &'static str, key: &str| {
        Arg::new(name).value_name("FILE").value_parser(ValueParser::path_buf()).help(say(key))
    };
    Command::new("import")
        .about(say("import.about"))
        .arg(file("file", "import.about-file").required(true))
        .arg(
            Arg::new("works")
                .long("works")
                .action(ArgAction::SetTrue)
                .help(say("import.about-works")),
        )
        .arg(file("out", "import.about-out").long("out"))
        .arg(file("into", "import.about-into").long("into").conflicts_with("out"))
        .arg(
            Arg::new("yes")
                .long("yes")
                .action(ArgAction::SetTrue)
                .requires("into")
                .help(say("import.about-yes")),
        )
        .arg(file("plan", "import.about-plan").long("plan").value_name("PLAN"))
        .args(reading(language))
        .arg(
            Arg::new("accept")
                .long("accept")
                .action(ArgAction::SetTrue)
                .help(say("import.about-accept")),
        )
        .after_help(example(
            language,
            "fentan import 名册.xlsx\nfentan import 名册.xlsx --out 我的小区/households.csv --force",
        ))
}

/// How the sheets of an office's file are read.
fn reading(language: Language) -> [Arg; 4] {
    let say = |key: &str| say(language, key);
    let many = |name: &'static str, value: &'static str, key: &str| {
        Arg::new(name).long(name).value_name(value).action(ArgAction::Append).help(say(key))
    };
    [
        many("sheet", "NAME", "import.about-sheet"),
        Arg::new("heading-row")
            .long("heading-row")
            .value_name("N")
            .value_parser(clap::value_parser!(u64))
            .help(say("import.about-heading-row")),
        many("map", "C=FIELD", "import.about-map"),
        Arg::new("mapping")
            .long("mapping")
            .value_name("FILE")
            .value_parser(ValueParser::path_buf())
            .help(say("import.about-mapping")),
    ]
}

fn policies(language: Language, further: &Arg) -> Command {
    let say = |key: &str| say(language, key);
    Command::new("policy")
        .about(say("policy.about"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .after_help(example(language, "fentan policy show puyang-2020"))
        .subcommand(worded(
            language,
            Command::new("list")
                .about(say("policy.list.about"))
                .arg(
                    Arg::new("place")
                        .long("place")
                        .value_name("PLACE")
                        .help(say("policy.list.place")),
                )
                .arg(Arg::new("on").long("on").value_name("DAY").help(say("policy.list.on")))
                .arg(further)
                .after_help(example(language, "fentan policy list --place 杭州 --on 2026-05-01")),
        ))
        .subcommand(worded(
            language,
            Command::new("show")
                .about(say("policy.show.about"))
                .arg(Arg::new("id").value_name("ID").required(true).help(say("policy.show.id")))
                .arg(further)
                .after_help(example(language, "fentan policy show puyang-2020")),
        ))
        .subcommand(worded(
            language,
            Command::new("new")
                .about(say("policy.new.about"))
                .arg(
                    Arg::new("file")
                        .value_name("FILE")
                        .required(true)
                        .value_parser(ValueParser::path_buf())
                        .help(say("policy.new.file")),
                )
                .after_help(example(language, "fentan policy new 我的城市.toml")),
        ))
        .subcommand(worded(
            language,
            Command::new("check")
                .about(say("policy.check.about"))
                .arg(
                    Arg::new("file")
                        .value_name("FILE")
                        .required(true)
                        .value_parser(ValueParser::path_buf())
                        .help(say("policy.check.file")),
                )
                .after_help(example(language, "fentan policy check 我的城市.toml")),
        ))
}

/// `--format`: one of these, the first where none is asked for.
pub(crate) fn formats(language: Language, formats: &[&'static str], help: &str) -> Arg {
    Arg::new("format")
        .long("format")
        .value_name("FORMAT")
        .default_value(formats[0])
        .hide_default_value(true)
        .hide_possible_values(true)
        .value_parser(PossibleValuesParser::new(formats.to_vec()))
        .help(say(language, help))
}

pub(crate) fn complete(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    if let Some(&shell) = matches.get_one::<Shell>("shell") {
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut command(language), "fentan", &mut script);
        io::Write::write_all(&mut io::stdout(), &script)?;
    }
    Ok(())
}

/// `--force`.
pub(crate) fn force_argument(language: Language) -> Arg {
    Arg::new("force").long("force").action(ArgAction::SetTrue).help(say(language, "cli.force"))
}

/// What becomes of files that are there already: `--force`.
pub(crate) fn force(matches: &ArgMatches) -> Existing {
    if matches.get_flag("force") { Existing::Replaced } else { Existing::Kept }
}

/// `--fail-on`: which findings end the program with a status of their own.
pub(crate) fn fails_on(language: Language) -> Arg {
    Arg::new("fail-on")
        .long("fail-on")
        .value_name("SEVERITY")
        .hide_possible_values(true)
        .value_parser(PossibleValuesParser::new(["error", "warning"]))
        .help(say(language, "cli.fail-on"))
}

/// Fails where the gravest finding is as grave as `--fail-on` says.
pub(crate) fn fail_on(matches: &ArgMatches, gravest: Option<Severity>) -> Result<(), Failure> {
    let least = match matches.get_one::<String>("fail-on").map(String::as_str) {
        Some("error") => Severity::Error,
        Some(_) => Severity::Warning,
        None => return Ok(()),
    };
    // The gravest comes first.
    match gravest {
        Some(gravest) if gravest <= least => Err(Failure::Told(FOUND)),
        _ => Ok(()),
    }
}

/// A text; empty where it may be left out and is.
pub(crate) fn text<'m>(matches: &'m ArgMatches, name: &str) -> &'m str {
    matches.get_one::<String>(name).map_or("", String::as_str)
}

/// A path that clap has made sure of, or one that may be left out.
pub(crate) fn path<'m>(matches: &'m ArgMatches, name: &str) -> Option<&'m PathBuf> {
    matches.get_one::<PathBuf>(name)
}
