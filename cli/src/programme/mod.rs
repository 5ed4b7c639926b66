//! Programmes: dividing pots over compounds, and splitting every one of them.
//!
//! In a run, threads split compounds by turns, their rows are written in the programme's order
//! meanwhile, and about once a second all of it is put on the disk with a checkpoint. The folder grows
//! beside its place and is renamed when it is whole. Rows are written straight into bytes: formatting
//! a cell as a text of its own takes longer than splitting it.

mod ask;
mod compound;
mod desk;
mod division;
mod in_order;
mod new;
pub(crate) mod results;
mod rounds;
mod rows;
mod run;
mod told;
mod unfinished;

use std::path::{Path, PathBuf};

use clap::builder::ValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command};
use fentan_core::programme::{CompoundTable, Programme};
use fentan_words::{Language, say};

use crate::arguments::{example, worded};
use crate::{Failure, arguments, input};

/// The most megabytes of a table of compounds.
const MOST_TABLE: u64 = 512;

pub(crate) fn command(language: Language, policy: Arg) -> Command {
    let say = |key: &str| say(language, key);
    Command::new("programme")
        .about(say("programme.about"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .after_help(example(language, "fentan programme run 改造计划.toml --out 计划结果"))
        .subcommand(worded(
            language,
            Command::new("new")
                .about(say("programme.new.about"))
                .arg(
                    Arg::new("dir")
                        .value_name("DIR")
                        .required(true)
                        .value_parser(ValueParser::path_buf())
                        .help(say("cli.new.dir")),
                )
                .after_help(example(language, "fentan programme new 我的计划")),
        ))
        .subcommand(worded(
            language,
            Command::new("run")
                .about(say("programme.run.about"))
                .arg(
                    Arg::new("file")
                        .value_name("FILE")
                        .required(true)
                        .value_parser(ValueParser::path_buf())
                        .help(say("programme.file")),
                )
                .arg(
                    Arg::new("out")
                        .long("out")
                        .value_name("DIR")
                        .required(true)
                        .value_parser(ValueParser::path_buf())
                        .help(say("programme.run.out")),
                )
                .arg(
                    Arg::new("threads")
                        .long("threads")
                        .value_name("N")
                        .value_parser(clap::value_parser!(u16).range(1..))
                        .help(say("programme.run.threads")),
                )
                .arg(
                    Arg::new("again")
                        .long("again")
                        .action(ArgAction::SetTrue)
                        .help(say("programme.run.again")),
                )
                .arg(arguments::fails_on(language))
                .arg(arguments::formats(language, &["table", "json"], "programme.run.format"))
                .arg(
                    // For tests, which must not depend on how long a second is.
                    Arg::new("keep-every")
                        .long("keep-every")
                        .value_name("COMPOUNDS")
                        .value_parser(clap::value_parser!(u16).range(1..))
                        .hide(true),
                )
                .arg(policy.clone())
                .after_help(example(language, "fentan programme run 改造计划.toml --out 计划结果")),
        ))
        .subcommand(ask::command(language))
        .subcommands(desk::commands(language, &policy))
}

pub(crate) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    match matches.subcommand() {
        Some(("new", matches)) => new::run(language, matches),
        Some(("ask", matches)) => ask::run(language, matches),
        Some((name @ ("compare" | "sweep" | "seek"), matches)) => {
            desk::run(language, name, matches)
        }
        Some((_, matches)) => run::run(language, matches),
        None => unreachable!("clap asks for one of the commands"),
    }
}

/// A programme as its file and its table have it.
pub(crate) struct Given {
    pub(crate) programme: Programme,
    /// Where the plans' paths lead from.
    pub(crate) folder: PathBuf,
    /// The bytes of file and table, by which a run knows that they are the same.
    bytes: [Vec<u8>; 2],
}

pub(crate) fn read(language: Language, path: &Path) -> Result<Given, Failure> {
    let bytes = input::read(language, path, input::MOST_PLAN)?;
    let document = input::document(path, &bytes)?;
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    let file = document.text("compounds").map(str::to_owned);
    let table = match &file {
        Some(file) => input::read(language, &folder.join(file), MOST_TABLE)?,
        None => Vec::new(),
    };
    let of_table = file.as_ref().map(|file| CompoundTable { file, bytes: &table });
    let programme = Programme::read(&document, of_table)?;
    drop(document);
    Ok(Given { programme, folder, bytes: [bytes, table] })
}

/// The folder that the command line names.
fn out(matches: &ArgMatches) -> anyhow::Result<&PathBuf> {
    arguments::path(matches, "out").ok_or_else(|| anyhow::anyhow!("no folder named"))
}
