//! Opening a programme: its plans are read once, its pots divided and every compound split.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use fentan_core::policy::Severity;
use fentan_core::programme::desk::{Desk, DeskChange, Outcomes};
use fentan_core::programme::percentile;
use fentan_core::scenario::Base;
use fentan_core::{Document, Error, Fen, Packs, Plan, RosterFile, Split, findings};
use fentan_words::{Language, printable, say_with};

use super::files::{Files, lines};
use super::portion::programme;
use super::{Compound, Pot, Programme, Source, Status};

/// The roster that is read where the plan holds none.
pub(super) const ROSTER: &str = "households.csv";

/// A programme with its plans.
pub struct Opened {
    pub(super) desk: Desk,
    pub(super) packs: Packs,
    /// What it comes to as it stands.
    pub(super) outcomes: Outcomes,
    /// By compound, why its plan can't be read.
    pub(super) unread: Vec<Vec<String>>,
    /// The scenarios asked about last, as far as they can be.
    pub(super) scenarios: Vec<(Vec<DeskChange>, Option<Outcomes>)>,
}

impl Opened {
    /// Reads a programme.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn read(
        language: Language,
        files: &Files,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<(Opened, Programme), Vec<String>> {
        let given = programme(language, files)?;
        let packs = Packs::default();
        let all = 2 * given.compounds.len();
        let (mut plans, mut unread) = (Vec::new(), Vec::new());
        for (index, compound) in given.compounds.iter().enumerate() {
            progress(index, all);
            let plan = compound.plan.as_ref().map(|path| {
                let path = Files::beside(&files.path, path);
                base(language, files, &path, &packs)
            });
            unread.push(match &plan {
                Some(Err(why)) => why.clone(),
                _ => Vec::new(),
            });
            plans.push(plan.map(|plan| plan.map_err(drop)));
        }
        let desk = Desk::new(given, plans);
        let seen = Mutex::new(Seen::default());
        let see = |index: usize, plan: &Plan, split: &Split| {
            seen.lock().unwrap_or_else(PoisonError::into_inner).take(index, plan, split, &packs);
        };
        let progress = RefCell::new(progress);
        let one_by_one = |count: usize, work: &(dyn Fn(usize) + Sync)| {
            for index in 0..count {
                progress.borrow_mut()(all / 2 + index, all);
                work(index);
            }
        };
        let outcomes = desk.outcomes_seen(&one_by_one, &see);
        let outcomes = outcomes.map_err(|problems| lines(language, &problems))?;
        let seen = seen.into_inner().unwrap_or_else(PoisonError::into_inner);
        let opened = Opened { desk, packs, outcomes, unread, scenarios: Vec::new() };
        let programme = opened.told(seen);
        Ok((opened, programme))
    }

    /// The plan of a compound as it is split, and its split; why it can't be in words.
    ///
    /// # Errors
    /// What is wrong with it; nothing where there is no plan.
    pub(super) fn split(
        &self,
        language: Language,
        index: usize,
    ) -> Result<(Plan, Split), Vec<String>> {
        let unread = || self.unread.get(index).cloned().unwrap_or_default();
        let split = self.desk.compound(&[], &self.outcomes, index).ok_or_else(unread)?;
        split.map_err(|error| match error {
            Error::Problems(problems) => lines(language, &problems),
            Error::Unreconciled(unreconciled) => vec![unreconciled.to_string()],
        })
    }

    /// All that the page shows of it.
    fn told(&self, seen: Seen) -> Programme {
        let Outcomes { programme, division, compounds: outcomes, .. } = &self.outcomes;
        let pots = programme.pots.iter().zip(&division.pots).map(|(pot, divided)| Pot {
            name: printable(pot.name.as_ref().unwrap_or(&pot.id)),
            source: pot.source.clone(),
            amount: pot.amount,
            left: divided.left,
        });
        let mut told = Programme {
            name: printable(programme.name.as_deref().unwrap_or_default()),
            year: programme.year,
            pots: pots.collect(),
            sources: seen.sources,
            changeable: self.desk.changeable(),
            ..Programme::default()
        };
        let mut unused = vec![vec![Fen::ZERO; programme.pots.len()]; programme.compounds.len()];
        let paid = |compound: usize, source: &str| {
            outcomes[compound].as_ref().map(|outcome| outcome.paid_by(source))
        };
        for one in programme.unused(division, paid) {
            unused[one.compound][one.pot] = one.left();
        }
        for (index, (of, unused)) in programme.compounds.iter().zip(unused).enumerate() {
            let portions = division.pots.iter().map(|pot| pot.portions[index].amount);
            let outcome = outcomes[index].as_ref();
            let paid = |source: &Source| outcome.map_or(Fen::ZERO, |one| one.paid_by(&source.id));
            let (errors, warnings) = seen.found.get(&index).copied().unwrap_or_default();
            let mut compound = Compound {
                id: of.id.clone(),
                name: printable(of.name.as_ref().unwrap_or(&of.id)),
                county: printable(of.county.as_deref().unwrap_or_default()),
                status: if of.plan.is_some() { Status::Broken } else { Status::Divided },
                households: of.aggregates.households,
                budget: of.aggregates.budget,
                residents: Fen::ZERO,
                median: Fen::ZERO,
                cash: Vec::new(),
                portions: portions.collect(),
                unused,
                paid: told.sources.iter().map(paid).collect(),
                errors,
                warnings,
            };
            if let Some(outcome) = outcome {
                compound.status = Status::Split;
                compound.households = Some(outcome.cash.len() as u64);
                compound.budget = Some(outcome.budget);
                compound.residents = outcome.residents;
                compound.median = percentile(&outcome.sorted, 50);
                compound.cash.clone_from(&outcome.sorted);
            }
            told.compounds.push(compound);
        }
        told
    }
}

/// What was seen of plans while they were split.
#[derive(Default)]
struct Seen {
    /// The sources of all plans, each id once.
    sources: Vec<Source>,
    /// By compound, how many findings are conflicts and warnings.
    found: HashMap<usize, (usize, usize)>,
}

impl Seen {
    fn take(&mut self, index: usize, plan: &Plan, split: &Split, packs: &Packs) {
        for source in plan.sources() {
            if self.sources.iter().all(|known| known.id != source.id) {
                self.sources.push(Source {
                    id: source.id.clone(),
                    name: printable(source.name.as_ref().unwrap_or(&source.id)),
                    kind: source.kind.map(|kind| kind.as_str().to_owned()),
                });
            }
        }
        let found = findings(plan, split, packs);
        let count = |severity| found.iter().filter(|one| one.severity == severity).count();
        self.found.insert(index, (count(Severity::Error), count(Severity::Warning)));
    }
}

/// A plan with the roster that it holds, or the one beside it.
fn base(language: Language, files: &Files, path: &str, packs: &Packs) -> Result<Base, Vec<String>> {
    let refused = |problems| lines(language, &problems);
    let bytes = files.get(path).ok_or_else(|| vec![missing(language, path)])?;
    let document = Document::read_named(path, bytes).map_err(refused)?;
    let roster = match document.has_households() {
        true => None,
        false => files.get(&Files::beside(path, ROSTER)),
    };
    let roster = roster.map(|bytes| RosterFile { file: ROSTER, bytes });
    let plan = Plan::read_with(&document, roster, packs).map_err(refused)?;
    Ok(Base::new(plan, &document, packs.clone()))
}

pub(super) fn missing(language: Language, path: &str) -> String {
    say_with(language, "view.programme.missing", &[("path", &printable(path))])
}
