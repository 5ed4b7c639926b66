//! The version before, which statements compare with: `fentan export --since`.

use std::path::PathBuf;

use clap::builder::ValueParser;
use clap::{Arg, ArgMatches};
use fentan_core::Packs;
use fentan_core::changes::{Changes, changes};
use fentan_core::scenario::Base;
use fentan_words::{Language, say};

use crate::{Failure, input};

/// The arguments.
pub(super) fn arguments(language: Language) -> [Arg; 2] {
    [
        Arg::new("since")
            .long("since")
            .value_name("FILE")
            .value_parser(ValueParser::path_buf())
            .help(say(language, "cli.export.since")),
        Arg::new("since-name")
            .long("since-name")
            .value_name("TEXT")
            .requires("since")
            .help(say(language, "cli.export.since-name")),
    ]
}

/// The version before.
pub(super) struct Since {
    path: PathBuf,
    name: String,
}

impl Since {
    /// The one that the command line names; `None` where it names none.
    pub(super) fn asked(language: Language, matches: &ArgMatches) -> Option<Since> {
        let path = matches.get_one::<PathBuf>("since")?;
        let name = matches.get_one::<String>("since-name").cloned();
        let name = name.unwrap_or_else(|| say(language, "papers.statement.posted-before"));
        Some(Since { path: path.clone(), name })
    }

    /// What it is called on paper.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// An error where no statement is written, or not of one plan by itself.
    pub(super) fn check(
        &self,
        language: Language,
        tells: bool,
        is_of_one: bool,
    ) -> Result<(), Failure> {
        let wrong = match (tells, is_of_one) {
            (false, _) => "cli.export.since-no-statements",
            (true, false) => "cli.export.since-of-one",
            (true, true) => return Ok(()),
        };
        Err(anyhow::Error::msg(say(language, wrong)).into())
    }

    /// Why shares differ between it and the plan.
    pub(super) fn changes(
        &self,
        language: Language,
        now: &Base,
        packs: &Packs,
    ) -> Result<Changes, Failure> {
        let before =
            input::read_plan_at(language, &self.path, None, packs, |plan, document, _| {
                Base::new(plan, document, packs.clone())
            })?;
        changes(&before, now).map_err(|error| Failure::of_split(language, error))
    }
}
