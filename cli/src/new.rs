//! `fentan new`: a plan and a roster to fill in.

use std::fs;

use anyhow::Context;
use clap::ArgMatches;
use fentan_words::{Language, say_with};

use crate::files::{self, Existing, Readers};
use crate::{Failure, arguments, output};

/// The rosters: of a compound, and of a staircase that adds a lift.
const HOMES: &str = include_str!("../starter/households.csv");
const LIFT: &str = include_str!("../starter/lift.csv");

pub(crate) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let folder = arguments::path(matches, "dir").context("no folder named")?;
    let path = folder.display().to_string();
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        let exists = say_with(language, "cli.error.exists", &[("path", &path)]);
        return Err(anyhow::Error::msg(exists).into());
    }
    let (plan, roster) = match (matches.get_flag("lift"), language) {
        (false, Language::Chinese) => (include_str!("../starter/plan.zh.toml"), HOMES),
        (false, Language::English) => (include_str!("../starter/plan.en.toml"), HOMES),
        (true, Language::Chinese) => (include_str!("../starter/lift.zh.toml"), LIFT),
        (true, Language::English) => (include_str!("../starter/lift.en.toml"), LIFT),
    };
    // Excel and WPS take a CSV for UTF-8 only with a byte order mark.
    let roster = ["\u{feff}", roster].concat();
    let files = [("plan.toml", plan.into()), ("households.csv", roster.into())];
    files::write_all(language, folder, files, Readers::Owner, Existing::Kept)?;
    let made = say_with(language, "cli.made", &[("path", &path)]);
    Ok(output::print(format!("{made}\n").as_bytes())?)
}
