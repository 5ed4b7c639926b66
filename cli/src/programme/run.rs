//! `fentan programme run`: divides the pots and splits every compound, in bounded memory.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow};
use clap::ArgMatches;
use fentan_core::programme::Programme;
use fentan_ledger::{Chain, Entry, Event};
use fentan_words::{Language, say, say_with};
use sha2::{Digest, Sha256};

use super::compound::{Outcome, Setting, TABLES};
use super::in_order::in_order;
use super::results::RunFile;
use super::rounds::Rounds;
use super::unfinished::{Checkpoint, Unfinished};
use super::{division, out, read, told, unfinished};
use crate::lock::Lock;
use crate::progress::Progress;
use crate::{Failure, PROBLEMS, arguments, files, input, output};

/// After how long what is done is put on the disk, unless the command line says otherwise.
const KEPT_EVERY: Duration = Duration::from_secs(1);

/// The ledger's place behind the tables.
const LEDGER: (&str, &str) = ("ledger.jsonl", "");

/// The files that grow, each with its first line.
fn written() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLES.iter().chain([&LEDGER]).copied()
}

pub(super) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let path = arguments::path(matches, "file").context("no programme named")?;
    let asked = out(matches)?;
    let name = asked.display().to_string();
    let words = || say_with(language, "cli.error.write", &[("path", &name)]);
    // A link is followed: the folder that it leads to is made.
    let folder = &fs::canonicalize(asked).unwrap_or_else(|_| asked.clone());
    fs::create_dir_all(files::parts(folder).0).with_context(words)?;
    let Some(_lock) = Lock::at_once(folder).with_context(words)? else {
        return Err(anyhow!(say_with(language, "programme.busy", &[("path", &name)])).into());
    };
    let names: Vec<&str> = written().map(|(name, _)| name).chain(division::FILES).collect();
    if unfinished::holds_other_files(folder, &names).with_context(words)? {
        let path = unfinished::beside(folder).display().to_string();
        return Err(anyhow!(say_with(language, "cli.error.exists", &[("path", &path)])).into());
    }
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        let exists = say_with(language, "cli.error.exists", &[("path", &name)]);
        return Err(anyhow::Error::msg(exists).into());
    }
    let packs = input::packs(language, matches)?;
    let given = read(language, path)?;
    let setting = Setting { language, folder: &given.folder, packs: &packs };
    let threads = input::threads(matches);

    let mut programme = given.programme;
    let apart = supply(threads, &setting, &mut programme)?;
    let division = programme.divide();
    // Where the division fails no table will tell.
    if division.is_err() {
        apart.iter().for_each(|one| output::complain(one));
    }
    let mut rounds = Rounds { division: division?, held: Vec::new() };
    if matches.get_flag("again") {
        rounds.go_on(threads, &setting, &mut programme)?;
    }
    let mut asked = Sha256::new();
    // What each compound gets depends on plans that are not done yet.
    let portions = rounds.division.pots.iter().flat_map(|pot| &pot.portions);
    let portions: Vec<u8> = portions.flat_map(|one| one.amount.0.to_be_bytes()).collect();
    for bytes in given.bytes.iter().map(Vec::as_slice).chain([
        language.tag().as_bytes(),
        env!("CARGO_PKG_VERSION").as_bytes(),
        format!("{packs:?}").as_bytes(),
        &portions,
    ]) {
        asked.update((bytes.len() as u64).to_be_bytes());
        asked.update(bytes);
    }
    let asked: String = asked.finalize().iter().map(|byte| format!("{byte:02x}")).collect();

    let keep_every = matches.get_one::<u16>("keep-every").map(|&compounds| compounds.into());
    let run =
        Run { setting, file: path, programme: &programme, rounds: &rounds, threads, keep_every };
    let written = run.write(folder, &asked).with_context(words);
    let growing = unfinished::beside(folder);
    if written.is_err() && growing.exists() {
        let path = growing.display().to_string();
        output::complain(&say_with(language, "programme.unfinished", &[("path", &path)]));
    }
    let broken = written?;
    let division = &rounds.division;
    let is_json = matches.get_one::<String>("format").is_some_and(|format| format == "json");
    let found = match is_json {
        true => told::as_json(language, &programme, division, folder, &name)?,
        false => told::of(language, &programme, division, folder, &name, broken)?,
    };
    if broken > 0 {
        return Err(Failure::Told(PROBLEMS));
    }
    arguments::fail_on(matches, found)
}

/// Takes from their plans how large those compounds are of which the programme doesn't say. One whose plan
/// can't be read is set apart; returns what is wrong with each of these.
fn supply(
    threads: usize,
    setting: &Setting<'_>,
    programme: &mut Programme,
) -> Result<Vec<String>, Failure> {
    let wanting = programme.wanting().into_iter();
    let path = |index: usize| Some((index, programme.compounds[index].plan.clone()?));
    let wanting: Vec<(usize, String)> = wanting.filter_map(path).collect();
    let plan = |wanting: &(usize, String)| setting.plan(&wanting.1);
    let mut apart = Vec::new();
    in_order(
        threads,
        0..wanting.len(),
        |at| plan(&wanting[at]),
        |at, plan| {
            let (index, file) = &wanting[at];
            match plan {
                Ok(plan) => programme.supply(*index, &plan),
                Err(failure) => {
                    let id = &programme.compounds[*index].id;
                    let why = failure.in_words(setting.language).join("\n");
                    let values = [("id", id.as_str()), ("path", file), ("what", &why)];
                    apart.push(say_with(setting.language, "programme.broken-one", &values));
                    programme.set_apart(*index);
                }
            }
            anyhow::Ok(())
        },
    )?;
    if !apart.is_empty() {
        let count = apart.len().to_string();
        output::complain(&say_with(setting.language, "programme.apart", &[("count", &count)]));
    }
    Ok(apart)
}

struct Run<'r> {
    setting: Setting<'r>,
    /// The programme's file.
    file: &'r Path,
    programme: &'r Programme,
    rounds: &'r Rounds,
    threads: usize,
    /// After how many compounds what is done is put on the disk.
    keep_every: Option<usize>,
}

impl Run<'_> {
    /// Writes the folder; answers how many compounds were set apart.
    fn write(&self, folder: &Path, asked: &str) -> anyhow::Result<usize> {
        let files: Vec<(&str, &[u8])> =
            written().map(|(name, heading)| (name, heading.as_bytes())).collect();
        let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
        let resumed = Unfinished::resume(folder, &names, asked)?;
        let resumed = resumed.filter(|(_, checkpoint)| self.is_unchanged(folder, checkpoint.done));
        let (mut unfinished, mut checkpoint) = match resumed {
            Some((unfinished, checkpoint)) => {
                let done = checkpoint.done.to_string();
                let key = "programme.resumed";
                output::complain(&say_with(self.setting.language, key, &[("done", &done)]));
                (unfinished, checkpoint)
            }
            None => {
                if unfinished::beside(folder).exists() {
                    output::complain(&say(self.setting.language, "programme.anew"));
                }
                let mut unfinished = Unfinished::begin(folder, &files)?;
                let lengths = unfinished.lengths()?;
                let asked = asked.to_owned();
                let checkpoint =
                    Checkpoint { asked, done: 0, broken: 0, lengths, lines: 0, digest: [0; 32] };
                (unfinished, checkpoint)
            }
        };
        let of = RunFile::of(self.programme, self.file, folder);
        division::write(self.programme, self.rounds, &of, &unfinished)?;
        self.split_all(&mut unfinished, &mut checkpoint)?;
        unfinished.finish()?;
        Ok(checkpoint.broken)
    }

    /// Whether the plans that are done are still the same.
    fn is_unchanged(&self, folder: &Path, done: usize) -> bool {
        let Ok(split) = unfinished::digests(folder) else {
            return false;
        };
        let done = self.programme.compounds.get(..done).unwrap_or_default();
        let is_same = |index: usize| {
            let plan = done[index].plan.as_ref();
            let now = plan.and_then(|path| self.setting.digest(path)).unwrap_or_default();
            split.get(index) == Some(&now)
        };
        let unless_changed = |_, is_same| if is_same { Ok(()) } else { Err(anyhow!("changed")) };
        in_order(self.threads, 0..done.len(), is_same, unless_changed).is_ok()
    }

    fn split_all(
        &self,
        unfinished: &mut Unfinished,
        checkpoint: &mut Checkpoint,
    ) -> anyhow::Result<()> {
        let all = self.programme.compounds.len();
        let mut progress = Progress::of(all as u64);
        let mut chain = Chain::behind(checkpoint.head());
        let mut kept = Instant::now();
        let split = |index| self.split(index);
        in_order(self.threads, checkpoint.done..all, split, |index, outcome: Outcome| {
            for (file, rows) in outcome.tables.iter().enumerate() {
                unfinished.add(file, rows)?;
            }
            let lines = self.entries(index, outcome.planned, &mut chain);
            unfinished.add(TABLES.len(), lines.as_bytes())?;
            checkpoint.done += 1;
            checkpoint.broken += usize::from(outcome.is_broken);
            progress.at(checkpoint.done as u64);
            let is_due = match self.keep_every {
                Some(compounds) => checkpoint.done.is_multiple_of(compounds),
                None => kept.elapsed() > KEPT_EVERY,
            };
            if is_due {
                checkpoint.lengths = unfinished.lengths()?;
                (checkpoint.lines, checkpoint.digest) = (chain.head().lines, chain.head().digest);
                unfinished.keep(checkpoint)?;
                kept = Instant::now();
            }
            anyhow::Ok(())
        })
    }

    fn split(&self, index: usize) -> Outcome {
        let offers = self.programme.offers(&self.rounds.division, index);
        self.setting.split(&self.programme.compounds[index], &offers)
    }

    /// What the ledger says of a compound: that it is registered, and planned where it could be
    /// split.
    fn entries(&self, index: usize, planned: Option<Event>, chain: &mut Chain) -> String {
        let compound = &self.programme.compounds[index];
        let registered = Event::Registered {
            name: compound.name.clone(),
            county: compound.county.clone(),
            year: self.programme.year,
        };
        let events = [Some(registered), planned].into_iter().flatten();
        events
            .map(|event| {
                chain.line(&Entry {
                    date: self.programme.date,
                    by: self.programme.by.clone(),
                    compound: compound.id.clone(),
                    event,
                })
            })
            .collect()
    }
}
