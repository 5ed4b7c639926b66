//! What the entries of one compound come to.

use std::collections::BTreeMap;

use fentan_core::{Day, Fen};

use crate::{Entry, Event};

/// How far a compound has come, in the only order there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// 已登记.
    Registered,
    /// 方案已定.
    Planned,
    /// 施工中.
    UnderWay,
    /// 已验收.
    Accepted,
    /// 已销号.
    StruckOff,
}

impl Status {
    /// Every status, in order.
    pub const ALL: [Status; 5] = [
        Status::Registered,
        Status::Planned,
        Status::UnderWay,
        Status::Accepted,
        Status::StruckOff,
    ];

    /// The status as tables and entries write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Registered => "registered",
            Status::Planned => "planned",
            Status::UnderWay => "under_way",
            Status::Accepted => "accepted",
            Status::StruckOff => "struck_off",
        }
    }
}

/// A compound as its entries have it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Compound {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: Option<String>,
    /// The county or district it lies in.
    pub county: Option<String>,
    /// The year of its programme.
    pub year: Option<u32>,
    /// How far it has come.
    pub status: Status,
    /// By status it has reached: when, and who confirmed it.
    pub reached: BTreeMap<Status, (Day, String)>,
    /// How many households.
    pub households: u64,
    /// The works budget.
    pub budget: Fen,
    /// The residents' share.
    pub residents: Fen,
    /// What each source is to pay.
    pub planned: BTreeMap<String, Fen>,
    /// What each source has paid, without what was reversed.
    pub paid: BTreeMap<String, Fen>,
    /// How many findings of law and policy stand against its plan.
    pub findings: u64,
}

/// Why an entry can't be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The compound isn't in the ledger.
    NotRegistered,
    /// The compound is in the ledger already.
    RegisteredBefore,
    /// The compound is not at the status that the entry comes after.
    OutOfOrder {
        /// Where it is.
        status: Status,
    },
    /// Money from somebody who is no source of its plan.
    UnknownSource,
    /// No payment of the compound has the number of the entry that is to be reversed.
    NoPayment,
    /// The payment is reversed already.
    ReversedBefore,
    /// A date that is no day of the calendar, or not written as `2020-07-07`.
    NoDate,
    /// An amount or a number that no programme has.
    TooLarge,
    /// Nobody confirms it, or it is about nothing.
    Blank,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{self:?}")
    }
}

impl std::error::Error for Refusal {}

/// The largest amount, which is more than all money there is, and the largest count: what millions of
/// them come to can be worked out.
const MOST_FEN: u128 = 10_u128.pow(18);
const MOST_COUNT: u64 = 10_u64.pow(12);

/// What holds of an entry whatever stands before it.
pub(crate) fn check(entry: &Entry) -> Result<(), Refusal> {
    if entry.by.is_empty() || entry.compound.is_empty() {
        return Err(Refusal::Blank);
    }
    let (amounts, counts): (Vec<Fen>, Vec<u64>) = match &entry.event {
        Event::Planned { households, budget, residents, sources, findings } => {
            let amounts = [*budget, *residents].into_iter().chain(sources.values().copied());
            (amounts.collect(), vec![*households, *findings])
        }
        Event::Paid { amount, .. } => (vec![*amount], Vec::new()),
        Event::Target { compounds, .. } => (Vec::new(), vec![*compounds]),
        _ => Default::default(),
    };
    let is_too_large = amounts.iter().any(|amount| amount.0 > MOST_FEN)
        || counts.iter().any(|&count| count > MOST_COUNT);
    if is_too_large { Err(Refusal::TooLarge) } else { Ok(()) }
}

impl Compound {
    /// The plan that holds for it now, as an event; `None` before there is one.
    pub fn plan(&self) -> Option<Event> {
        (self.status >= Status::Planned).then(|| Event::Planned {
            households: self.households,
            budget: self.budget,
            residents: self.residents,
            sources: self.planned.clone(),
            findings: self.findings,
        })
    }

    pub(crate) fn registered(entry: &Entry) -> Compound {
        let (name, county, year) = match &entry.event {
            Event::Registered { name, county, year } => (name.clone(), county.clone(), *year),
            _ => (None, None, None),
        };
        let confirmed = (entry.date, entry.by.clone());
        Compound {
            id: entry.compound.clone(),
            name,
            county,
            year,
            status: Status::Registered,
            reached: BTreeMap::from([(Status::Registered, confirmed)]),
            households: 0,
            budget: Fen::ZERO,
            residents: Fen::ZERO,
            planned: BTreeMap::new(),
            paid: BTreeMap::new(),
            findings: 0,
        }
    }

    pub(crate) fn take(&mut self, entry: &Entry) -> Result<(), Refusal> {
        match &entry.event {
            Event::Planned { households, budget, residents, sources, findings } => {
                let is_open = self.status < Status::Accepted;
                self.allow(is_open)?;
                self.households = *households;
                (self.budget, self.residents) = (*budget, *residents);
                self.planned = sources.clone();
                self.findings = *findings;
                self.reach(self.status.max(Status::Planned), entry);
            }
            Event::UnderWay {} => self.step(Status::Planned, Status::UnderWay, entry)?,
            Event::Accepted {} => self.step(Status::UnderWay, Status::Accepted, entry)?,
            Event::StruckOff {} => self.step(Status::Accepted, Status::StruckOff, entry)?,
            Event::Paid { source, amount } => {
                let is_payable = (Status::Planned..Status::StruckOff).contains(&self.status);
                self.allow(is_payable)?;
                if source != RESIDENTS && !self.planned.contains_key(source) {
                    return Err(Refusal::UnknownSource);
                }
                *self.paid.entry(source.clone()).or_default() += *amount;
            }
            Event::Registered { .. } | Event::Reversed { .. } | Event::Target { .. } => {}
        }
        Ok(())
    }

    fn step(&mut self, from: Status, to: Status, entry: &Entry) -> Result<(), Refusal> {
        self.allow(self.status == from)?;
        self.reach(to, entry);
        Ok(())
    }

    fn allow(&self, is_allowed: bool) -> Result<(), Refusal> {
        if is_allowed { Ok(()) } else { Err(Refusal::OutOfOrder { status: self.status }) }
    }

    fn reach(&mut self, status: Status, entry: &Entry) {
        self.status = status;
        self.reached.entry(status).or_insert_with(|| (entry.date, entry.by.clone()));
    }
}

/// Who pays, where no source does.
pub const RESIDENTS: &str = "residents";
