//! A programme that is open: its pots divided and its compounds split in the worker, which holds the plans and
//! answers what is asked of them.

mod detail;
mod files;
mod opened;
pub mod portion;
mod run;
mod scenarios;

use std::cell::RefCell;

use fentan_core::Fen;
use fentan_core::programme::by_source;
use fentan_core::programme::desk::{Changeable, PayerDifference, Together};
use fentan_words::Language;
use serde::{Deserialize, Serialize};

use super::thread::Given;
use super::written;
use crate::message::TextFile;
use opened::Opened;
use run::Run;

/// A change of a scenario: a path, and what stands there instead.
pub type Change = (String, String);

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Order {
    /// A programme is opened. The file that comes along holds files one after another: the path of each, and how many
    /// bytes it has. One alone may be a zip file.
    Open(Vec<(String, u64)>, Language),
    /// The plan of a compound is copied, by its place, with these amounts as what its sources give. Files come along as
    /// for [`Order::Open`].
    Copy(Vec<(String, u64)>, usize, Vec<(String, Fen)>, Language),
    /// A compound is told, by its place; with what each home pays in the scenarios asked about last.
    Compound(usize, Language),
    /// A home of a compound is told, both by their places.
    Home(usize, usize, Language),
    /// Scenarios are laid beside the programme as it stands.
    Scenarios(Vec<Vec<Change>>, Language),
}

/// What is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Told {
    /// How many of how many steps of opening are done.
    Progress(usize, usize),
    /// The programme is open.
    Opened(Box<Programme>),
    /// It can't be opened: why, a line for each thing that is wrong.
    Refused(Vec<String>),
    /// A copy of a plan, to be opened.
    Copied(TextFile),
    /// A compound.
    Compound(Box<Detail>),
    /// A home.
    Home(Box<HomeDetail>),
    /// Each scenario; or why it can't be.
    Scenarios(Vec<Result<Scenario, Vec<String>>>),
}

/// A programme.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Programme {
    /// What it is called; empty where it has no name.
    pub name: String,
    /// The year it is for.
    pub year: Option<u32>,
    /// Its pots.
    pub pots: Vec<Pot>,
    /// The sources of all plans, each id once.
    pub sources: Vec<Source>,
    /// Its compounds.
    pub compounds: Vec<Compound>,
    /// What a scenario can change.
    pub changeable: Vec<Changeable>,
    /// Whether it is a run's folder, which holds no plans.
    pub is_run: bool,
}

/// A pot.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Pot {
    /// What it is called.
    pub name: String,
    /// The source of a plan whose offer a portion of it becomes.
    pub source: String,
    /// What there is to divide.
    pub amount: Fen,
    /// What stays in it.
    pub left: Fen,
}

/// A source of plans.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Source {
    /// Its id in plans.
    pub id: String,
    /// What the first plan with it calls it.
    pub name: String,
    /// Whose money it is there.
    pub kind: Option<String>,
}

/// How far a compound came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Status {
    /// Its plan is split.
    Split,
    /// It has no plan: it is divided to and no more.
    #[default]
    Divided,
    /// It has a plan that can't be read or split.
    Broken,
}

/// A compound.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Compound {
    /// Its id.
    pub id: String,
    /// What it is called: its id where it has no name.
    pub name: String,
    /// Its county; empty where it has none.
    pub county: String,
    /// How far it came.
    pub status: Status,
    /// How many households there are, where that is known.
    pub households: Option<u64>,
    /// The works budget, where that is known.
    pub budget: Option<Fen>,
    /// What the residents owe; zero of one that is not split.
    pub residents: Fen,
    /// What half of the homes pay at most in cash.
    pub median: Fen,
    /// What each home pays in cash, ascending.
    pub cash: Vec<Fen>,
    /// By pot, what it gets.
    pub portions: Vec<Fen>,
    /// By pot, what its plan leaves of that.
    pub unused: Vec<Fen>,
    /// By source, what it pays: zero where the plan has none of that id.
    pub paid: Vec<Fen>,
    /// How many findings are conflicts.
    pub errors: usize,
    /// How many are warnings.
    pub warnings: usize,
}

impl Programme {
    /// What a compound is offered by the source of its plan that pots name.
    pub fn offers(&self, compound: usize) -> Vec<(&str, Fen)> {
        let portions = self.compounds.get(compound).map(|one| one.portions.as_slice());
        let portions = portions.unwrap_or_default().iter().copied();
        by_source(self.pots.iter().map(|pot| pot.source.as_str()).zip(portions))
    }
}

impl Compound {
    /// What is left of all its portions.
    pub fn all_unused(&self) -> Fen {
        self.unused.iter().copied().sum()
    }

    /// How many homes pay more than this in cash.
    pub fn over(&self, most: Fen) -> usize {
        self.cash.len() - self.cash.partition_point(|&one| one <= most)
    }
}

/// A compound, told.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Detail {
    /// Its place among the compounds.
    pub compound: usize,
    /// Why it can't be split.
    pub problems: Vec<String>,
    /// Who pays: the sources of its plan.
    pub payers: Vec<Payer>,
    /// Its lines.
    pub lines: Vec<Line>,
    /// What the checks find: how grave it is, and what.
    pub findings: Vec<(String, String)>,
    /// Its homes, in roster order.
    pub homes: Vec<Home>,
}

/// A payer of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Payer {
    /// What it is called.
    pub name: String,
    /// What it offers; missing if unlimited.
    pub offer: Option<Fen>,
    /// What it pays.
    pub paid: Fen,
}

/// A line of a plan, and who pays it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Line {
    /// What it is called.
    pub name: String,
    /// What it costs.
    pub amount: Fen,
    /// By payer, what it pays.
    pub paid: Vec<Fen>,
    /// What the residents pay.
    pub residents: Fen,
}

/// What a home pays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Home {
    /// Its id.
    pub id: String,
    /// Its share of shared lines.
    pub share: Fen,
    /// What it owes.
    pub due: Fen,
    /// What it pays in cash.
    pub cash: Fen,
    /// By scenario, what it pays in cash there; missing where the compound can't be split.
    pub then: Vec<Option<Fen>>,
}

/// A home, told.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct HomeDetail {
    /// Its place in the roster.
    pub home: usize,
    /// Its id.
    pub id: String,
    /// Its figures, each with its reason: `fentan explain` tells the same.
    pub figures: Vec<Explained>,
    /// What it shares of each line that it takes part in.
    pub lines: Vec<(String, Fen)>,
}

/// A figure with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Explained {
    /// What it is.
    pub title: String,
    /// How much.
    pub value: String,
    /// What it is worked out by.
    pub formula: String,
}

/// A scenario beside the programme as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Scenario {
    /// Changes that lead somewhere in some plans alone: in how many of how many.
    pub reached: Vec<(Change, usize, usize)>,
    /// The compounds that can be split only before, or only after.
    pub left_out: Vec<String>,
    /// The counties by name, and what their compounds come to.
    pub counties: Vec<(String, Together)>,
    /// All together.
    pub all: Together,
    /// What the pots' sources and the residents pay, named.
    pub payers: Vec<(String, PayerDifference)>,
    /// By compound, what the residents owe before and after; missing where it can't be split.
    pub residents: Vec<Option<(Fen, Fen)>>,
    /// By pot, what stays in it.
    pub left: Vec<Fen>,
}

/// What is open.
enum Open {
    /// A programme with its plans.
    Programme(Box<Opened>),
    /// A run's folder.
    Run(Run),
}

thread_local! {
    /// What was opened last.
    static OPEN: RefCell<Option<Open>> = const { RefCell::new(None) };
}

/// Does what is asked of the programme.
pub fn perform(given: Given<'_>, tell: &mut dyn FnMut(Vec<u8>)) {
    let Ok(order) = postcard::from_bytes::<Order>(given.asked) else { return };
    let mut tell = |told: Told| tell(written(&told));
    if let Order::Open(parts, language) = order {
        let progress = &mut |done, all| tell(Told::Progress(done, all));
        let files = files::Files::of(language, parts, given.file);
        let opened = files.and_then(|files| match files.is_run {
            true => Run::read(language, &files).map(|(run, told)| (Open::Run(run), told)),
            false => Opened::read(language, &files, progress)
                .map(|(opened, told)| (Open::Programme(Box::new(opened)), told)),
        });
        match opened {
            Ok((open, programme)) => {
                tell(Told::Opened(Box::new(programme)));
                OPEN.set(Some(open));
            }
            Err(lines) => tell(Told::Refused(lines)),
        }
        return;
    }
    if let Order::Copy(parts, compound, offers, language) = order {
        let files = files::Files::of(language, parts, given.file);
        let copy = files.and_then(|files| portion::copy(language, &files, compound, &offers));
        return tell(copy.map_or_else(Told::Refused, Told::Copied));
    }
    OPEN.with_borrow_mut(|open| {
        let told = open.as_mut().and_then(|open| answer(open, order));
        told.into_iter().for_each(tell);
    });
}

/// What there is to tell.
fn answer(open: &mut Open, order: Order) -> Option<Told> {
    Some(match (order, open) {
        (Order::Compound(index, language), Open::Programme(opened)) => {
            Told::Compound(Box::new(opened.compound(language, index)))
        }
        (Order::Compound(index, _), Open::Run(run)) => {
            Told::Compound(Box::new(run.compound(index)))
        }
        (Order::Home(index, home, language), Open::Programme(opened)) => {
            Told::Home(Box::new(opened.home(language, index, home)?))
        }
        (Order::Home(index, home, language), Open::Run(run)) => {
            Told::Home(Box::new(run.home(language, index, home)?))
        }
        (Order::Scenarios(scenarios, language), Open::Programme(opened)) => {
            Told::Scenarios(opened.scenarios(language, scenarios))
        }
        (Order::Scenarios(..), Open::Run(_)) | (Order::Open(..) | Order::Copy(..), _) => {
            return None;
        }
    })
}
