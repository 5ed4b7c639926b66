use clap::ArgMatches;
use fentan_core::scenario::Scenario;
use fentan_words::{Language, printable, say_with};

use crate::{Failure, input, output};

pub(crate) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let base = input::base(language, matches)?;
    let ids = super::all(matches, "id");
    let scenarios = super::named(language, base.plan().scenarios(), &ids)?;
    let named = scenarios.iter().find_map(|one| one.names_household(base.plan()));
    if let Some(text) = named {
        let words = say_with(language, "scenario.link.names", &[("text", &printable(&text))]);
        return Err(anyhow::Error::msg(words).into());
    }
    Ok(output::print(format!("{}\n", Scenario::link(&scenarios)).as_bytes())?)
}
