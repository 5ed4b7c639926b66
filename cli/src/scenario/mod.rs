//! What a plan would come to: compare, sweep, seek, stress, and scenarios as links.

pub(crate) mod arguments;
pub(crate) mod compare;
pub(crate) mod link;
pub(crate) mod seek;
pub(crate) mod stress;
pub(crate) mod sweep;

use clap::ArgMatches;
use fentan_core::Problems;
use fentan_core::scenario::Scenario;
use fentan_words::{Language, say_with};

use crate::{Failure, output};

/// The scenarios of a plan that the command line names.
fn named(
    language: Language,
    scenarios: &[Scenario],
    ids: &[&String],
) -> Result<Vec<Scenario>, Failure> {
    let found = ids.iter().map(|&id| {
        let found = scenarios.iter().find(|scenario| scenario.id == *id);
        let unknown = || say_with(language, "compare.unknown", &[("seen", id)]);
        found.cloned().ok_or_else(|| anyhow::Error::msg(unknown()).into())
    });
    found.collect()
}

/// All values given for an option.
fn all<'m>(matches: &'m ArgMatches, name: &str) -> Vec<&'m String> {
    matches.get_many::<String>(name).into_iter().flatten().collect()
}

fn format(matches: &ArgMatches) -> &str {
    matches.get_one::<String>("format").map_or("table", String::as_str)
}

/// Problems stand on standard output too where JSON was asked for.
fn answered(
    language: Language,
    matches: &ArgMatches,
    answer: Result<(), Failure>,
) -> Result<(), Failure> {
    if let (Err(Failure::Problems(problems)), "json") = (&answer, format(matches)) {
        output::json_problems(language, problems)?;
    }
    answer
}

/// Problems of the command line itself, which are no problems of the plan: exit status 1.
fn misused(language: Language, problems: &Problems) -> Failure {
    let lines: Vec<_> =
        problems.iter().map(|problem| fentan_words::problem_line(language, problem)).collect();
    Failure::Other(anyhow::Error::msg(lines.join("; ")))
}
