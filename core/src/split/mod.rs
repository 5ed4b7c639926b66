//! The split (分摊), spec §3: its seven steps in order, each in a file of its own.

mod apportion;
mod channels;
mod due;
mod explain;
mod maintenance_fund;
mod minimum;
mod most_relief;
mod odd_fen;
mod reconcile;
mod relief;
mod result;
mod shares;
mod sources;

use std::fmt;

use crate::money::Fen;
use crate::plan::Plan;
use crate::problem::Problems;

use channels::{Payments, Round};
use due::Due;
use maintenance_fund::Account;
use minimum::TopUps;
use relief::Reliefs;
use shares::Shares;
use sources::Funding;

pub(crate) use apportion::{Portions, weights_by_floor};
pub use explain::{Explainer, LinePart};
pub(crate) use most_relief::{STEP, step_above};
pub use reconcile::Unreconciled;
pub use result::{FundDrawn, HouseholdSplit, LineSplit, Paid, SourceSplit, Split};
pub(crate) use sources::{counted, served};

/// Splits a plan: who pays each line, and how each household pays its part.
///
/// # Errors
/// [`Error::Problems`] with `no-weight` or `relief-unborne` for each line that can't be split.
/// [`Error::Unreconciled`] if the result does not add up to the fen. That is a fault of this engine;
/// no such result is returned.
pub fn split(plan: &Plan) -> Result<Split, Error> {
    let split = Split::assemble(plan, &Steps::take(plan)?);
    reconcile::check(&split)?;
    Ok(split)
}

/// The results of the seven steps.
struct Steps<'p> {
    funding: Funding,
    shares: Shares<'p>,
    reliefs: Reliefs,
    top_ups: TopUps,
    dues: Vec<Due>,
    payments: Payments,
    accounts: Vec<Account>,
}

impl<'p> Steps<'p> {
    fn take(plan: &'p Plan) -> Result<Steps<'p>, Problems> {
        Steps::take_watched(plan, &mut |_| {})
    }

    /// Takes the steps, and shows each round of the public revenue.
    fn take_watched(
        plan: &'p Plan,
        watch: &mut dyn FnMut(&Round<'_>),
    ) -> Result<Steps<'p>, Problems> {
        let funding = sources::pay(plan);
        let shares = shares::share(plan, &funding)?;
        let reliefs = relief::relieve(plan, &shares)?;
        let top_ups = minimum::top_up(plan, &funding, &shares, &reliefs);
        let dues = due::add_up(&shares, &reliefs, &top_ups);
        let payments = channels::pay(plan, &dues, watch);
        let accounts = maintenance_fund::replenish(plan, &payments);
        Ok(Steps { funding, shares, reliefs, top_ups, dues, payments, accounts })
    }
}

/// The results of the first two steps, which depend on no household in need.
pub(crate) struct BeforeRelief<'p> {
    /// By source: the lines that it covers, with what it pays on each.
    pub(crate) payments: Vec<Vec<(usize, Fen)>>,
    /// By line: what no source pays.
    pub(crate) uncovered: Vec<Fen>,
    /// By line: its beneficiaries in roster order, with the share of each.
    pub(crate) shares: Vec<(&'p [u32], Vec<Fen>)>,
}

impl<'p> BeforeRelief<'p> {
    /// Takes the two steps.
    ///
    /// # Errors
    /// `no-weight`.
    pub(crate) fn of(plan: &'p Plan) -> Result<Self, Problems> {
        let funding = sources::pay(plan);
        let shares = shares::share(plan, &funding)?;
        let lines = shares.lines.into_iter();
        Ok(BeforeRelief {
            payments: funding.sources.into_iter().map(|source| source.payments).collect(),
            uncovered: funding.uncovered,
            shares: lines.map(|line| (line.beneficiaries, line.shares)).collect(),
        })
    }
}

/// The reason that a plan has no split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The plan can't be split as it stands.
    Problems(Problems),
    /// The result does not add up: a fault of the engine, never of the plan.
    Unreconciled(Unreconciled),
}

impl From<Problems> for Error {
    fn from(problems: Problems) -> Self {
        Error::Problems(problems)
    }
}

impl From<Unreconciled> for Error {
    fn from(unreconciled: Unreconciled) -> Self {
        Error::Unreconciled(unreconciled)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Problems(problems) => problems.fmt(formatter),
            Error::Unreconciled(unreconciled) => unreconciled.fmt(formatter),
        }
    }
}

impl std::error::Error for Error {}
