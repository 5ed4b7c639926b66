//! The ledger of a programme (台账) [五(三)]: what happened to each compound, entry by entry, and
//! what it comes to. [`book`] is the book of payments (收款账) of one plan.
//!
//! A ledger is a file of lines that only ever grows. Each line holds one [`Entry`], the digest of
//! the line before, and its own digest: [`Ledger::read`] tells where a line was changed, taken out or
//! put between, unless all lines behind it were written anew. Against that a [`Head`] noted elsewhere
//! helps.
//!
//! ```
//! use fentan_core::Day;
//! use fentan_ledger::{Entry, Event, Ledger};
//! let date = Day::read("2020-07-07")?;
//! let entry = |event| Entry { date, by: "住建局".into(), compound: "north".into(), event };
//! let mut ledger = Ledger::default();
//! let mut file = ledger.append(&entry(Event::Registered {
//!     name: None, county: Some("华龙区".into()), year: Some(2020),
//! }))?;
//! assert_eq!(Ledger::read(file.as_bytes())?.compounds().len(), 1);
//! file = file.replace("华龙区", "清丰县");
//! assert_eq!(Ledger::read(file.as_bytes()).unwrap_err().line, 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![forbid(unsafe_code)]

pub mod book;
mod chain;
mod compound;
mod doubt;
mod filter;
mod payment;
pub mod report;
mod tables;

use std::collections::BTreeMap;

use fentan_core::{Day, Fen};
use serde::{Deserialize, Serialize};

pub use chain::{Chain, Fault, Faulty, Head};
pub use compound::{Compound, RESIDENTS, Refusal, Status};
pub use doubt::Doubt;
pub use filter::Filter;
pub use payment::Payment;
pub use tables::{Cell, Column, Kind, Table};

/// One thing that happened, when, and who confirmed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The day.
    pub date: Day,
    /// Who confirmed it.
    pub by: String,
    /// The compound's id; of a target the county's name.
    pub compound: String,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

/// What can happen to a compound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was registered (登记).
    Registered {
        /// What it is called.
        name: Option<String>,
        /// The county or district it lies in.
        county: Option<String>,
        /// The year of its programme.
        year: Option<u32>,
    },
    /// Its plan was settled, or settled anew before it was accepted.
    Planned {
        /// How many households.
        households: u64,
        /// The works budget.
        budget: Fen,
        /// The residents' share.
        residents: Fen,
        /// What each source is to pay.
        sources: BTreeMap<String, Fen>,
        /// How many findings of law and policy stand against it.
        findings: u64,
    },
    /// The works began (开工).
    UnderWay {},
    /// The works were accepted (验收).
    Accepted {},
    /// It was struck off (销号).
    StruckOff {},
    /// A source paid.
    Paid {
        /// The source's id; `residents` for them.
        source: String,
        /// How much.
        amount: Fen,
    },
    /// A payment was entered that was none, or not that (冲销): it counts no longer.
    Reversed {
        /// The number of its entry.
        entry: u64,
    },
    /// A county is to have so many compounds accepted for a year.
    Target {
        /// The year.
        year: u32,
        /// How many compounds.
        compounds: u64,
    },
}

/// A ledger that has been read and found whole.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    head: Head,
    compounds: Vec<Compound>,
    by_id: BTreeMap<String, usize>,
    /// By county and year, how many compounds are to be accepted.
    targets: BTreeMap<(String, u32), u64>,
    payments: Vec<Payment>,
    /// The date of the last entry.
    last: Option<Day>,
    /// What is doubtful, with the number of its entry.
    doubts: Vec<(u64, Doubt)>,
}

impl Ledger {
    /// Reads a ledger and follows its chain.
    ///
    /// # Errors
    /// The first line that is not what it was when it was written, or that could not have been.
    pub fn read(bytes: &[u8]) -> Result<Ledger, Faulty> {
        Ledger::read_with(bytes, |_, _| ())
    }

    /// Reads a ledger as [`Ledger::read`] does, and hands over its entries in order, each with the
    /// head as it was with it.
    ///
    /// # Errors
    /// Those of [`Ledger::read`].
    pub fn read_with(bytes: &[u8], mut each: impl FnMut(Entry, Head)) -> Result<Ledger, Faulty> {
        let mut ledger = Ledger::default();
        for (line, bytes) in (1..).zip(bytes.split_inclusive(|&byte| byte == b'\n')) {
            let faulty = |fault| Faulty { line, fault };
            let (entry, head) = chain::follow(ledger.head, bytes).map_err(faulty)?;
            ledger.take(&entry).map_err(|refusal| faulty(Fault::Refused(refusal)))?;
            ledger.head = head;
            each(entry, head);
        }
        Ok(ledger)
    }

    /// Adds an entry and answers the line to be written behind the others.
    ///
    /// # Errors
    /// What the compound's entries so far don't allow; nothing is then added.
    pub fn append(&mut self, entry: &Entry) -> Result<String, Refusal> {
        self.take(entry)?;
        let (line, head) = chain::line(self.head, entry);
        self.head = head;
        Ok(line)
    }

    /// Where the chain ends: to be noted elsewhere, since nothing in a file tells that its last
    /// lines were cut off.
    pub fn head(&self) -> Head {
        self.head
    }

    /// The compounds in the order they were registered.
    pub fn compounds(&self) -> &[Compound] {
        &self.compounds
    }

    /// The payments in the order they were entered, those that were reversed among them.
    pub fn payments(&self) -> &[Payment] {
        &self.payments
    }

    /// By county and year, how many compounds are to be accepted.
    pub fn targets(&self) -> &BTreeMap<(String, u32), u64> {
        &self.targets
    }

    fn take(&mut self, entry: &Entry) -> Result<(), Refusal> {
        compound::check(entry)?;
        let number = self.head.lines + 1;
        let doubts = self.doubts_of(entry);
        let index = self.by_id.get(&entry.compound).copied();
        match (index, &entry.event) {
            (_, Event::Target { year, compounds }) => {
                self.targets.insert((entry.compound.clone(), *year), *compounds);
            }
            (None, Event::Registered { .. }) => {
                self.by_id.insert(entry.compound.clone(), self.compounds.len());
                self.compounds.push(Compound::registered(entry));
            }
            (None, _) => return Err(Refusal::NotRegistered),
            (Some(_), Event::Registered { .. }) => return Err(Refusal::RegisteredBefore),
            (Some(index), Event::Reversed { entry: reversed }) => {
                let payment = self.payments.iter_mut().find(|one| one.entry == *reversed);
                let payment = payment.filter(|one| one.compound == entry.compound);
                let payment = payment.ok_or(Refusal::NoPayment)?;
                if payment.reversed.is_some() {
                    return Err(Refusal::ReversedBefore);
                }
                payment.reversed = Some(number);
                let paid = &mut self.compounds[index].paid;
                *paid.entry(payment.source.clone()).or_default() -= payment.amount;
            }
            (Some(index), event) => {
                self.compounds[index].take(entry)?;
                if let Event::Paid { source, amount } = event {
                    self.payments.push(Payment::of(number, entry, source, *amount));
                }
            }
        }
        self.last = Some(entry.date);
        self.doubts.extend(doubts.into_iter().map(|doubt| (number, doubt)));
        Ok(())
    }
}
