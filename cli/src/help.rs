//! The words of the help, and of what is wrong with a command line: clap's own are English.

use std::env;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command};
use fentan_words::{Language, listed, say, say_with};

use crate::{Failure, arguments, output};

/// Names in the examples, in Chinese and in English.
const NAMES: [(&str, &str); 20] = [
    ("我的小区", "our-homes"),
    ("我的城市", "our-city"),
    ("电梯", "our-lift"),
    ("名册.xlsx", "roster.xlsx"),
    ("收款.csv", "payments.csv"),
    ("收款.book", "payments.book"),
    ("另一台.book", "other.book"),
    ("微信账单.csv", "wechat.csv"),
    ("付了两次", "twice"),
    ("旧方案", "our-homes-before"),
    ("我的计划", "our-programme"),
    ("改造计划.toml", "programme.toml"),
    ("计划结果", "run"),
    ("分摊结果", "result"),
    ("台账", "ledger"),
    ("文书", "papers"),
    ("北街", "north"),
    ("市财政局", "treasury"),
    ("青岛", "Qingdao"),
    ("杭州", "Hangzhou"),
];

/// Commands to try, below the help of a command. All of them work in their order on the plan that `fentan new` makes.
pub(crate) fn example(language: Language, commands: &str) -> String {
    let mut text = say(language, "cli.example");
    for command in commands.lines() {
        text.push_str("\n  ");
        text.push_str(command);
    }
    if language == Language::English {
        for (chinese, english) in NAMES {
            text = text.replace(chinese, english);
        }
    }
    text
}

/// Words what clap puts into every command's help.
pub(crate) fn worded(language: Language, command: Command) -> Command {
    let say = |key: &str| say(language, key);
    command
        .disable_help_flag(true)
        .arg(
            Arg::new("lang")
                .long("lang")
                .value_name("LANG")
                .help(say("cli.lang"))
                .hide_possible_values(true)
                .value_parser(clap::builder::PossibleValuesParser::new(["zh", "en"])),
        )
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help).help(say("cli.help")))
}

/// Words the headings, the usage and the names of values, of a command and of all below it. `above` are the commands above
/// it, with a blank behind each.
pub(crate) fn worded_throughout(language: Language, command: Command, above: &str) -> Command {
    let path = format!("{above}{}", command.get_name());
    let below = format!("{path} ");
    let command = command
        .mut_args(|argument| with_value_names(language, argument))
        .mut_subcommands(|command| worded_throughout(language, command, &below));
    let command = match command.has_subcommands() {
        true => command.subcommand_value_name(value_name(language, "COMMAND")),
        false => command,
    };
    let usage = command.clone().bin_name(path).render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").trim_end();
    let usage = usage.replace("[OPTIONS]", &say(language, "cli.usage-options"));
    let template = template(language, &command);
    command.override_usage(usage).help_template(template)
}

fn template(language: Language, command: &Command) -> String {
    let say = |key: &str| say(language, key);
    let mut template = format!("{{about-with-newline}}\n{}{{usage}}\n", say("cli.usage-heading"));
    for (is_there, heading, tag) in [
        (command.get_positionals().next().is_some(), "cli.arguments", "{positionals}"),
        (command.has_subcommands(), "cli.commands", "{subcommands}"),
        (true, "cli.options", "{options}"),
    ] {
        if is_there {
            template.push_str(&format!("\n{}\n{tag}\n", say(heading)));
        }
    }
    // It begins with the lines that part it from what stands before.
    template.truncate(template.trim_end().len());
    template.push_str("{after-help}\n");
    template
}

fn with_value_names(language: Language, argument: Arg) -> Arg {
    match argument.get_value_names() {
        Some(names) => {
            let names: Vec<_> = names.iter().map(|name| value_name(language, name)).collect();
            argument.value_names(names)
        }
        None => argument,
    }
}

/// What a value is called: the locale's `cli.value.c-field` for `C=FIELD`; the name itself where there is none.
fn value_name(language: Language, name: &str) -> String {
    let key = name.to_lowercase().replace(['=', '_'], "-");
    let key = format!("cli.value.{key}");
    let said = say(language, &key);
    if said == key { name.to_owned() } else { said }
}

/// `fentan help [COMMAND]…`: a command's help.
pub(crate) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let mut command = &mut arguments::command(language);
    for name in matches.get_many::<String>("command").into_iter().flatten() {
        let known = command.get_subcommands().any(|one| one.get_name() == name);
        let (Some(found), true) = (command.find_subcommand_mut(name), known) else {
            let unknown = say_with(language, "cli.wrong-usage.command", &[("seen", name)]);
            return Err(anyhow::Error::msg(unknown).into());
        };
        command = found;
    }
    Ok(command.print_help()?)
}

/// Prints help or version, or says what is wrong with the command line.
pub(crate) fn answer(language: Language, error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        // A closed output needs no answer.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = error.print();
        return ExitCode::FAILURE;
    }
    let command = asked_for(&arguments::command(language));
    output::complain(&wrong(language, error));
    output::complain(&say_with(language, "cli.wrong-usage.see-help", &[("command", &command)]));
    ExitCode::FAILURE
}

/// What is wrong with the command line, with what was probably meant.
fn wrong(language: Language, error: &clap::Error) -> String {
    let words = |kind| match error.get(kind) {
        Some(ContextValue::Strings(all)) => listed(language, all),
        Some(one) => one.to_string(),
        None => String::new(),
    };
    let (seen, argument) = (words(ContextKind::InvalidValue), words(ContextKind::InvalidArg));
    let with = |key: &str, values: &[(&str, &str)]| {
        say_with(language, &format!("cli.wrong-usage.{key}"), values)
    };
    let (mut wrong, meant) = match error.kind() {
        ErrorKind::UnknownArgument => {
            (with("unknown", &[("seen", &argument)]), words(ContextKind::SuggestedArg))
        }
        ErrorKind::InvalidSubcommand => {
            let seen = words(ContextKind::InvalidSubcommand);
            (with("command", &[("seen", &seen)]), words(ContextKind::SuggestedSubcommand))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if seen.is_empty() => {
            (with("no-value", &[("argument", &argument)]), String::new())
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let mut wrong = with("value", &[("seen", &seen), ("argument", &argument)]);
            let choices = words(ContextKind::ValidValue);
            if !choices.is_empty() {
                wrong.push_str(&with("choices", &[("choices", &choices)]));
            }
            (wrong, words(ContextKind::SuggestedValue))
        }
        ErrorKind::MissingRequiredArgument => {
            (with("missing", &[("argument", &argument)]), String::new())
        }
        ErrorKind::ArgumentConflict => {
            let other = words(ContextKind::PriorArg);
            let key = if other == argument { "twice" } else { "conflict" };
            (with(key, &[("argument", &argument), ("other", &other)]), String::new())
        }
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            (with("count", &[("argument", &argument)]), String::new())
        }
        ErrorKind::InvalidUtf8 => (with("no-text", &[]), String::new()),
        _ => (with("other", &[]), String::new()),
    };
    if !meant.is_empty() {
        wrong.push_str(&with("meant", &[("meant", &meant)]));
    }
    wrong
}

/// The command that was asked for, as far as it is known: what says how to use it.
fn asked_for(command: &Command) -> String {
    let mut path = command.get_name().to_owned();
    let mut found = command;
    for argument in env::args().skip(1) {
        if let Some(below) = found.get_subcommands().find(|one| one.get_name() == argument) {
            path.push(' ');
            path.push_str(&argument);
            found = below;
        }
    }
    path
}
