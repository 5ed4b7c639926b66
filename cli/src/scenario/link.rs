use clap::ArgMatches;
use fentan_core::scenario::Scenario;
use fentan_words::Language;

use crate::{Failure, input, output};

pub(crate) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let base = input::base(language, matches)?;
    let ids = super::all(matches, "id");
    let scenarios = super::named(language, base.plan().scenarios(), &ids)?;
    Ok(output::print(format!("{}\n", Scenario::link(&scenarios)).as_bytes())?)
}
