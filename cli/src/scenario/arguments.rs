use clap::builder::ValueParser;
use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command};
use fentan_words::{Language, say, say_with};

use super::sweep::MEASURES;
use crate::Failure;
use crate::arguments::{example, formats, worded};

/// What every command takes: the plan, its roster, further policy packs.
pub(crate) type PlanArguments = [Arg; 3];

/// The commands about scenarios.
pub(crate) fn commands(language: Language, plan: &PlanArguments) -> Vec<Command> {
    let commands = [
        compare(language).args(plan),
        sweep(language).args(plan),
        seek(language).args(plan),
        stress(language).args(plan),
        scenario(language, plan),
    ];
    commands.map(|command| worded(language, command)).to_vec()
}

/// Runs one of them; `None` where it is none.
pub(crate) fn run(
    language: Language,
    name: &str,
    matches: &ArgMatches,
) -> Option<Result<(), Failure>> {
    Some(match name {
        "compare" => super::compare::run(language, matches),
        "sweep" => super::sweep::run(language, matches),
        "seek" => super::seek::run(language, matches),
        "stress" => super::stress::run(language, matches),
        "scenario" => match matches.subcommand() {
            Some((_, matches)) => super::link::run(language, matches),
            None => return None,
        },
        _ => return None,
    })
}

fn repeated(name: &'static str, value: &'static str, help: String) -> Arg {
    Arg::new(name).long(name).value_name(value).action(ArgAction::Append).help(help)
}

fn compare(language: Language) -> Command {
    let say = |key: &str| say(language, key);
    Command::new("compare")
        .about(say("compare.about"))
        .arg(repeated("scenario", "ID", say("compare.scenario")))
        .arg(repeated("set", "PATH=VALUE", say("compare.set")))
        .arg(Arg::new("link").long("link").value_name("LINK").help(say("compare.link")))
        .arg(affordable(language))
        .arg(formats(language, &["table", "csv", "json"], "compare.format"))
        .after_help(example(
            language,
            "fentan compare 我的小区/plan.toml\nfentan compare 我的小区/plan.toml --set sources.county.per_household=3500 --affordable 3000",
        ))
}

fn affordable(language: Language) -> Arg {
    Arg::new("affordable")
        .long("affordable")
        .value_name("YUAN")
        .value_parser(ValueParser::string())
        .help(say(language, "compare.affordable"))
}

fn sweep(language: Language) -> Command {
    let measures =
        MEASURES.iter().chain(&["cash", "p90_cash", "cash_per_area", "over.YUAN", "paid.ID"]);
    let measures = measures.copied().collect::<Vec<_>>().join(" ");
    Command::new("sweep")
        .about(say(language, "sweep.about"))
        .arg(repeated("over", "RANGE", say(language, "sweep.over")).required(true))
        .arg(repeated(
            "measure",
            "MEASURE",
            say_with(language, "sweep.measure", &[("measures", &measures)]),
        ))
        .arg(formats(language, &["table", "csv", "json"], "compare.format"))
        .after_help(example(
            language,
            "fentan sweep 我的小区/plan.toml --over sources.county.per_household=2000..4000/500",
        ))
}

fn seek(language: Language) -> Command {
    let say = |key: &str| say(language, key);
    let sought = |name: &'static str| {
        Arg::new(name).long(name).value_name("PARAMETER").help(say(&format!("seek.{name}")))
    };
    Command::new("seek")
        .about(say("seek.about"))
        .arg(sought("least"))
        .arg(sought("greatest"))
        .group(ArgGroup::new("sought").args(["least", "greatest"]).required(true))
        .arg(repeated("such-that", "CONDITION", say("seek.such-that")).required(true))
        .arg(
            Arg::new("most")
                .long("most")
                .value_name("N")
                .value_parser(clap::value_parser!(u32))
                .help(say("seek.most")),
        )
        .arg(formats(language, &["table", "json"], "seek.format"))
        .after_help(example(
            language,
            "fentan seek 我的小区/plan.toml --least sources.county.per_household --such-that 'highest_cash<=3000'",
        ))
}

fn stress(language: Language) -> Command {
    let say = |key: &str| say(language, key);
    let number = |name: &'static str| Arg::new(name).long(name).value_name("N");
    Command::new("stress")
        .about(say("stress.about"))
        .arg(
            number("draws")
                .value_parser(
                    clap::value_parser!(u32)
                        .range(1..=i64::from(fentan_core::scenario::Stress::MOST_DRAWS)),
                )
                .help(say("stress.draws")),
        )
        .arg(number("seed").value_parser(clap::value_parser!(u64)).help(say("stress.seed")))
        .arg(
            number("threads")
                .value_parser(clap::value_parser!(u16).range(1..))
                .help(say("stress.threads")),
        )
        .arg(formats(language, &["table", "csv", "json"], "compare.format"))
        .after_help(example(language, "fentan stress 我的小区/plan.toml --draws 1000 --seed 1"))
}

fn scenario(language: Language, plan: &PlanArguments) -> Command {
    let say = |key: &str| say(language, key);
    let id =
        Arg::new("id").value_name("ID").required(true).num_args(1..).help(say("scenario.link.id"));
    let link = Command::new("link")
        .about(say("scenario.link.about"))
        .args(plan)
        .arg(id)
        .after_help(example(language, "fentan scenario link 我的小区/plan.toml more"));
    Command::new("scenario")
        .about(say("scenario.about"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand_help_heading(say("cli.commands"))
        .subcommand_value_name("COMMAND")
        .disable_help_subcommand(true)
        .after_help(example(language, "fentan scenario link 我的小区/plan.toml more"))
        .subcommand(worded(language, link))
}
