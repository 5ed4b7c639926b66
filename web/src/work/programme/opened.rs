//! Opening a programme: its plans are read once, its pots divided and every compound split.

use fentan_core::policy::Severity;
use fentan_core::programme::desk::{Desk, DeskChange, Outcomes, one_by_one};
use fentan_core::programme::{CompoundTable, Programme as Given, percentile};
use fentan_core::scenario::Base;
use fentan_core::{Error, Fen, Packs, Plan, RosterFile, findings};
use fentan_words::{Language, printable, say_with};

use super::files::{Files, document, lines};
use super::{Compound, Pot, Programme, Source, Status};

/// The roster that is read where the plan holds none.
const ROSTER: &str = "households.csv";

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
        let refused = |problems| lines(language, &problems);
        let bytes = files.get(&files.path).unwrap_or_default();
        let read = document(&files.path, bytes).map_err(refused)?;
        let table = read.text("compounds").map(str::to_owned);
        let table = table.map(|name| (Files::beside(&files.path, &name), name));
        let table = match &table {
            Some((path, name)) => {
                let bytes = files.get(path).ok_or_else(|| vec![missing(language, path)])?;
                Some(CompoundTable { file: name, bytes })
            }
            None => None,
        };
        let given = Given::read(&read, table).map_err(refused)?;
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
        let outcomes = desk.outcomes(&[], &one_by_one).map_err(refused)?;
        let mut opened = Opened { desk, packs, outcomes, unread, scenarios: Vec::new() };
        let programme = opened.told(&mut |index| progress(all / 2 + index, all));
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
    ) -> Result<(Plan, fentan_core::Split), Vec<String>> {
        let unread = || self.unread.get(index).cloned().unwrap_or_default();
        let split = self.desk.compound(&[], &self.outcomes, index).ok_or_else(unread)?;
        split.map_err(|error| match error {
            Error::Problems(problems) => lines(language, &problems),
            Error::Unreconciled(unreconciled) => vec![unreconciled.to_string()],
        })
    }

    /// All that the page shows of it.
    fn told(&mut self, progress: &mut dyn FnMut(usize)) -> Programme {
        let Outcomes { programme, division, compounds: outcomes, .. } = &self.outcomes;
        let pots = programme.pots.iter().zip(&division.pots).map(|(pot, divided)| Pot {
            name: printable(pot.name.as_ref().unwrap_or(&pot.id)),
            amount: pot.amount,
            left: divided.left,
        });
        let mut told = Programme {
            name: printable(programme.name.as_deref().unwrap_or_default()),
            year: programme.year,
            pots: pots.collect(),
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
            progress(index);
            let portions = division.pots.iter().map(|pot| pot.portions[index].amount);
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
                paid: Vec::new(),
                errors: 0,
                warnings: 0,
            };
            let split = self.desk.compound(&[], &self.outcomes, index).and_then(Result::ok);
            if let (Some(outcome), Some((plan, split))) = (&outcomes[index], split) {
                compound.status = Status::Split;
                compound.households = Some(outcome.cash.len() as u64);
                compound.budget = Some(outcome.budget);
                compound.residents = outcome.residents;
                compound.median = percentile(&outcome.sorted, 50);
                compound.cash.clone_from(&outcome.sorted);
                for source in plan.sources() {
                    if told.sources.iter().all(|known| known.id != source.id) {
                        told.sources.push(Source {
                            id: source.id.clone(),
                            name: printable(source.name.as_ref().unwrap_or(&source.id)),
                            kind: source.kind.map(|kind| kind.as_str().to_owned()),
                        });
                    }
                }
                compound.paid =
                    told.sources.iter().map(|source| outcome.paid_by(&source.id)).collect();
                for one in findings(&plan, &split, &self.packs) {
                    compound.errors += usize::from(one.severity == Severity::Error);
                    compound.warnings += usize::from(one.severity == Severity::Warning);
                }
            }
            told.compounds.push(compound);
        }
        // A source may first stand in a later plan.
        for compound in &mut told.compounds {
            compound.paid.resize(told.sources.len(), Fen::ZERO);
        }
        told
    }
}

/// A plan with the roster that it holds, or the one beside it.
fn base(language: Language, files: &Files, path: &str, packs: &Packs) -> Result<Base, Vec<String>> {
    let refused = |problems| lines(language, &problems);
    let bytes = files.get(path).ok_or_else(|| vec![missing(language, path)])?;
    let document = document(path, bytes).map_err(refused)?;
    let roster = match document.has_households() {
        true => None,
        false => files.get(&Files::beside(path, ROSTER)),
    };
    let roster = roster.map(|bytes| RosterFile { file: ROSTER, bytes });
    let plan = Plan::read_with(&document, roster, packs).map_err(refused)?;
    Ok(Base::new(plan, &document, packs.clone()))
}

fn missing(language: Language, path: &str) -> String {
    say_with(language, "view.programme.missing", &[("path", &printable(path))])
}
