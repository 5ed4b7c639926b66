//! Files that commands read.

use std::fs::File;
use std::io::{self, Read};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::Context;
use clap::ArgMatches;
use fentan_core::scenario::Base;
use fentan_core::{Document, Packs, Plan, RosterFile};
use fentan_words::{Language, say_with};
use sha2::{Digest, Sha256};

use crate::{Failure, arguments, files, output};

/// The most megabytes of a plan and of a roster that are read: enough for a million households
/// in the one and ten million in the other. A policy pack is small.
pub(crate) const MOST_PLAN: u64 = 512;
const MOST_ROSTER: u64 = 2048;
pub(crate) const MOST_PACK: u64 = 8;

/// The roster that is read where the plan holds none.
const ROSTER: &str = "households.csv";

/// How many threads work: as many as the command line says, or as this machine runs at once.
pub(crate) fn threads(matches: &ArgMatches) -> usize {
    let cores = || thread::available_parallelism().map_or(1, NonZero::get);
    matches.get_one::<u16>("threads").map_or_else(cores, |&threads| threads.into())
}

/// The policy packs of the engine, and those that the command line adds to them.
pub(crate) fn packs(language: Language, matches: &ArgMatches) -> Result<Packs, Failure> {
    let mut packs = Packs::default();
    for path in matches.get_many::<PathBuf>("policy").into_iter().flatten() {
        let name = path.display().to_string();
        let added = read_pack(language, path, &mut packs);
        if let Err(Failure::Problems(_)) = added {
            output::complain(&say_with(language, "policy.in-file", &[("path", &name)]));
        }
        added?;
    }
    Ok(packs)
}

/// Reads a policy pack and adds it to those at hand.
fn read_pack(language: Language, path: &Path, packs: &mut Packs) -> Result<(), Failure> {
    let bytes = read(language, path, MOST_PACK)?;
    packs.add(&document(path, &bytes)?)?;
    Ok(())
}

/// Reads a file by its ending; without one a plan that begins with a brace is JSON.
pub(crate) fn document<'b>(path: &Path, bytes: &'b [u8]) -> Result<Document<'b>, Failure> {
    Ok(Document::read_named(&path.to_string_lossy(), bytes)?)
}

/// Reads the plan that the command line names, with its roster.
pub(crate) fn plan(
    language: Language,
    matches: &ArgMatches,
    packs: &Packs,
) -> Result<Plan, Failure> {
    read_plan(language, matches, packs, |plan, _, _| plan)
}

/// Reads the same as the base of scenarios, with the policy packs that the command line adds.
pub(crate) fn base(language: Language, matches: &ArgMatches) -> Result<Base, Failure> {
    let packs = packs(language, matches)?;
    read_plan(language, matches, &packs, |plan, document, _| {
        Base::new(plan, document, packs.clone())
    })
}

/// Reads the plan that the command line names with its roster, and makes something of it and of
/// what was read.
pub(crate) fn read_plan<T>(
    language: Language,
    matches: &ArgMatches,
    packs: &Packs,
    made: impl FnOnce(Plan, &Document<'_>, Option<RosterFile<'_>>) -> T,
) -> Result<T, Failure> {
    let path = arguments::path(matches, "plan").context("no plan named")?;
    let asked = arguments::path(matches, "households");
    read_plan_at(language, path, asked, packs, made)
}

/// The same of one of several plans, with the roster named or the one beside it.
pub(crate) fn read_plan_at<T>(
    language: Language,
    path: &Path,
    roster: Option<&PathBuf>,
    packs: &Packs,
    made: impl FnOnce(Plan, &Document<'_>, Option<RosterFile<'_>>) -> T,
) -> Result<T, Failure> {
    let files = PlanFiles::read(language, path, roster)?;
    let document = files.document()?;
    let roster = files.roster();
    Ok(made(Plan::read_with(&document, roster, packs)?, &document, roster))
}

/// The files of a plan.
pub(crate) struct PlanFiles {
    path: PathBuf,
    plan: Vec<u8>,
    roster: Option<(String, Vec<u8>)>,
    roster_path: Option<PathBuf>,
}

impl PlanFiles {
    /// Reads a plan's file, and its roster: the one asked for, or else the one beside it where the
    /// plan holds none.
    pub(crate) fn read(
        language: Language,
        path: &Path,
        asked: Option<&PathBuf>,
    ) -> Result<PlanFiles, Failure> {
        let plan = read(language, path, MOST_PLAN)?;
        let mut files = PlanFiles { path: path.to_owned(), plan, roster: None, roster_path: None };
        let is_beside = |beside: &PathBuf| beside.is_file() && files.holds_no_roster();
        let roster = asked.cloned().or_else(|| Some(beside(path)).filter(is_beside));
        if let Some(roster) = roster {
            let name = roster.file_name().unwrap_or(roster.as_os_str()).to_string_lossy();
            files.roster = Some((name.into_owned(), read(language, &roster, MOST_ROSTER)?));
            files.roster_path = Some(roster);
        }
        Ok(files)
    }

    /// Most plans without a roster don't so much as name one, and need not be read for it.
    fn holds_no_roster(&self) -> bool {
        const NAME: &[u8] = b"households";
        !self.plan.windows(NAME.len()).any(|bytes| bytes == NAME)
            || self.document().is_ok_and(|document| !document.has_households())
    }

    pub(crate) fn document(&self) -> Result<Document<'_>, Failure> {
        document(&self.path, &self.plan)
    }

    /// What the plan's file holds.
    pub(crate) fn plan(&self) -> &[u8] {
        &self.plan
    }

    /// The path of the roster's file.
    pub(crate) fn roster_path(&self) -> Option<&Path> {
        self.roster_path.as_deref()
    }

    pub(crate) fn roster(&self) -> Option<RosterFile<'_>> {
        self.roster.as_ref().map(|(file, bytes)| RosterFile { file, bytes })
    }

    /// The SHA-256 of what the files hold.
    pub(crate) fn digest(&self) -> String {
        let mut sha = Sha256::new();
        sha.update((self.plan.len() as u64).to_be_bytes());
        sha.update(&self.plan);
        sha.update(self.roster.as_ref().map(|(_, bytes)| bytes.as_slice()).unwrap_or_default());
        sha.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

pub(crate) fn beside(plan: &Path) -> PathBuf {
    plan.with_file_name(ROSTER)
}

pub(crate) fn read(
    language: Language,
    path: &Path,
    most_megabytes: u64,
) -> anyhow::Result<Vec<u8>> {
    let name = path.display().to_string();
    let most = most_megabytes << 20;
    let mut bytes = Vec::new();
    files::note_read(path);
    let result = if name == files::STANDARD_INPUT {
        io::stdin().lock().take(most + 1).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(most + 1).read_to_end(&mut bytes))
    };
    result.with_context(|| say_with(language, "cli.error.read", &[("path", &name)]))?;
    if bytes.len() as u64 > most {
        anyhow::bail!(say_with(
            language,
            "cli.error.too-large",
            &[("path", &name), ("most", &most_megabytes.to_string())],
        ));
    }
    Ok(bytes)
}
