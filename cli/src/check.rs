use clap::ArgMatches;
use fentan_words::{Language, money, say_with};

use crate::{Failure, input, output};

pub(crate) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let plan = input::plan(language, matches)?;
    let split = fentan_core::split(&plan).map_err(|error| Failure::of_split(language, error))?;
    let right = say_with(
        language,
        "cli.right",
        &[
            ("lines", &plan.lines().len().to_string()),
            ("sources", &plan.sources().len().to_string()),
            ("households", &plan.households().len().to_string()),
            ("budget", &money(split.budget)),
            ("residents", &money(split.residents)),
        ],
    );
    Ok(output::print(format!("{right}\n").as_bytes())?)
}
