//! `fentan`, the calculator on the command line.

#![forbid(unsafe_code)]

mod arguments;
mod book;
mod changes;
mod check;
mod collection;
mod explain;
mod export;
mod files;
mod help;
mod import;
mod input;
mod ledger;
mod lift;
mod lock;
mod mend;
mod new;
mod output;
mod policy;
mod portion;
mod programme;
mod progress;
mod publish;
mod reconcile;
mod review;
mod rewritten;
mod scenario;
mod split;
mod tables;
mod verify;
mod vote;
mod who_pays;

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use clap::ArgMatches;
use fentan_core::{Error, Problems};
use fentan_words::{Language, say_with};
use mimalloc::MiMalloc;

/// A roster is many small texts and vectors for one compound after the other: the C library's
/// allocator gives their memory back and asks for it again with each.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Exit statuses: all went well, something failed, the plan has problems.
const DONE: u8 = 0;
const FAILED: u8 = 1;
const PROBLEMS: u8 = 2;
/// There are findings as grave as `--fail-on` says.
const FOUND: u8 = 3;

fn main() -> ExitCode {
    let language = arguments::language();
    let matches = match arguments::command(language).try_get_matches() {
        Ok(matches) => matches,
        Err(error) => return help::answer(language, &error),
    };
    match run(language, &matches) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => ExitCode::from(failure.tell(language)),
    }
}

fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    match matches.subcommand() {
        Some(("split", matches)) => split::run(language, matches),
        Some(("verify", matches)) => verify::run(language, matches),
        Some(("check", matches)) => check::run(language, matches),
        Some(("mend", matches)) => mend::run(language, matches),
        Some(("export", matches)) => export::run(language, matches),
        Some(("explain", matches)) => explain::run(language, matches),
        Some(("changes", matches)) => changes::run(language, matches),
        Some(("vote", matches)) => vote::run(language, matches),
        Some(("policy", matches)) => policy::run(language, matches),
        Some(("who-pays", matches)) => who_pays::run(language, matches),
        Some(("lift", matches)) => lift::run(language, matches),
        Some(("reconcile", matches)) => reconcile::run(language, matches),
        Some(("import", matches)) => import::run(language, matches),
        Some(("programme", matches)) => programme::run(language, matches),
        Some(("ledger", matches)) => ledger::run(language, matches),
        Some((name @ ("collect" | "settle" | "join" | "cash"), matches)) => {
            collection::run(language, name, matches)
        }
        Some(("book", matches)) => book::run(language, matches),
        Some(("publish", matches)) => publish::run(language, matches),
        Some(("new", matches)) => new::run(language, matches),
        Some(("help", matches)) => help::run(language, matches),
        Some(("completions", matches)) => arguments::complete(language, matches),
        Some((name, matches)) => scenario::arguments::run(language, name, matches)
            .unwrap_or_else(|| unreachable!("clap asks for one of the commands")),
        None => unreachable!("clap asks for one of the commands"),
    }
}

/// Why a command did not do its work.
enum Failure {
    /// The plan has problems: exit status 2.
    Problems(Problems),
    /// Anything else: exit status 1.
    Other(anyhow::Error),
    /// What has been told already, with its exit status.
    Told(u8),
}

impl From<Problems> for Failure {
    fn from(problems: Problems) -> Self {
        Failure::Problems(problems)
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Failure::Other(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Other(error.into())
    }
}

impl Failure {
    /// Tells it on standard error, and gives the exit status.
    fn tell(self, language: Language) -> u8 {
        match self {
            Failure::Problems(problems) => {
                output::problems(language, &problems);
                PROBLEMS
            }
            // Whoever reads the output has closed it: `fentan split … | head`.
            Failure::Other(error) if is_broken_pipe(&error) => DONE,
            Failure::Other(error) => {
                let detail = output::detail(language, &error);
                output::complain(&say_with(language, "cli.error.failed", &[("detail", &detail)]));
                FAILED
            }
            Failure::Told(status) => status,
        }
    }

    /// It in words, a line each.
    fn in_words(&self, language: Language) -> Vec<String> {
        match self {
            Failure::Problems(problems) => fentan_words::problem_lines(language, problems),
            Failure::Other(error) => vec![output::detail(language, error)],
            Failure::Told(_) => Vec::new(),
        }
    }

    fn of_split(language: Language, error: Error) -> Failure {
        match error {
            Error::Problems(problems) => Failure::Problems(problems),
            Error::Unreconciled(unreconciled) => {
                let detail = unreconciled.to_string();
                Failure::Other(anyhow::Error::msg(say_with(
                    language,
                    "cli.error.unreconciled",
                    &[("detail", &detail)],
                )))
            }
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn colours() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}
