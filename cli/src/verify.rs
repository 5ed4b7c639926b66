//! `fentan verify`: whether a result is a plan's.

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use fentan_core::receipt::verify;
use fentan_core::{Document, Problems};
use fentan_words::{Language, printable, problem, say_with, verification};

use crate::{FAILED, Failure, arguments, input, output};

pub(crate) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let packs = input::packs(language, matches)?;
    let path = arguments::path(matches, "result").map(PathBuf::as_path).unwrap_or(Path::new("-"));
    let bytes = input::read(language, path, input::MOST_PLAN)?;
    let result =
        Document::from_json(&bytes).map_err(|problems| unreadable(language, path, &problems))?;
    let verified = input::read_plan(language, matches, &packs, |plan, document, roster| {
        fentan_core::split(&plan).map(|split| verify(&result, document, roster, &split))
    })?;
    let verified = verified.map_err(|error| Failure::of_split(language, error))?;
    let line = printable(&verification(language, &verified));
    output::print(format!("{line}\n").as_bytes())?;
    if verified.holds() { Ok(()) } else { Err(Failure::Told(FAILED)) }
}

/// A result that is no JSON is no problem of the plan.
fn unreadable(language: Language, path: &Path, problems: &Problems) -> Failure {
    let detail: Vec<_> = problems.iter().map(|one| problem(language, one)).collect();
    let values = [("path", &*path.display().to_string()), ("detail", &detail.join("\n"))];
    Failure::Other(anyhow::Error::msg(say_with(language, "verify.result-problems", &values)))
}
