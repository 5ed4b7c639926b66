//! What is allowed and yet likely to be a slip.

use std::collections::BTreeSet;

use fentan_core::internal::is_hidden;
use fentan_core::{Day, Fen};

use crate::{Entry, Event, Ledger, RESIDENTS};

/// Why an entry is likely to be a slip.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Doubt {
    /// With it a source has paid more than it is to pay.
    Overpaid {
        /// The source's id; `residents` for them.
        source: String,
        /// What it is to pay.
        owed: Fen,
        /// What it has paid then.
        paid: Fen,
    },
    /// It is dated before the entry that stands before it.
    Earlier {
        /// The date of the entry before.
        last: Day,
    },
    /// What residents and sources are to pay does not come to the budget.
    Unbalanced {
        /// The budget.
        budget: Fen,
        /// What they come to.
        sum: Fen,
    },
    /// A target of a county in which no compound is registered, while others are.
    UnknownCounty {
        /// The county.
        county: String,
        /// The counties in which there are compounds.
        known: Vec<String>,
    },
    /// A text begins or ends with a space or holds characters that nobody sees: it will be taken for
    /// another one.
    Unclear {
        /// The text.
        text: String,
    },
}

impl Ledger {
    /// Why an entry that would be added now is likely to be a slip.
    pub fn doubts_of(&self, entry: &Entry) -> Vec<Doubt> {
        let mut doubts = Vec::new();
        let later = self.last.filter(|&last| entry.date < last);
        doubts.extend(later.map(|last| Doubt::Earlier { last }));
        let compound = self.by_id.get(&entry.compound).map(|&index| &self.compounds[index]);
        let mut texts = vec![&entry.compound, &entry.by];
        match &entry.event {
            Event::Registered { name, county, .. } => texts.extend(name.iter().chain(county)),
            Event::Planned { budget, residents, sources, .. } => {
                let sum = *residents + sources.values().copied().sum();
                if sum != *budget {
                    doubts.push(Doubt::Unbalanced { budget: *budget, sum });
                }
            }
            Event::Paid { source, amount } => {
                let owed = compound.and_then(|one| match source.as_str() {
                    RESIDENTS => Some(one.residents),
                    _ => one.planned.get(source).copied(),
                });
                let before = compound.and_then(|one| one.paid.get(source)).copied();
                let paid = before.unwrap_or_default() + *amount;
                let over = owed.filter(|&owed| paid > owed);
                doubts.extend(over.map(|owed| Doubt::Overpaid {
                    source: source.clone(),
                    owed,
                    paid,
                }));
            }
            Event::Target { .. } => {
                let known = self.counties();
                if !known.is_empty() && !known.contains(entry.compound.as_str()) {
                    doubts.push(Doubt::UnknownCounty {
                        county: entry.compound.clone(),
                        known: known.into_iter().map(str::to_owned).collect(),
                    });
                }
            }
            Event::UnderWay {} | Event::Accepted {} | Event::StruckOff {} => {}
            Event::Reversed { .. } => {}
        }
        let is_unclear = |text: &&&String| text.trim() != **text || text.chars().any(is_hidden);
        let unclear = texts.iter().filter(is_unclear);
        doubts.extend(unclear.map(|text| Doubt::Unclear { text: (*text).clone() }));
        doubts
    }

    /// The numbers of the entries that are likely to be slips, and why. A county of which compounds
    /// were registered later is none.
    pub fn doubts(&self) -> impl Iterator<Item = (u64, &Doubt)> {
        let counties = self.counties();
        let is_open = move |doubt: &Doubt| match doubt {
            Doubt::UnknownCounty { county, .. } => !counties.contains(county.as_str()),
            _ => true,
        };
        self.doubts
            .iter()
            .filter(move |(_, doubt)| is_open(doubt))
            .map(|(line, doubt)| (*line, doubt))
    }

    /// The counties in which there are compounds.
    fn counties(&self) -> BTreeSet<&str> {
        self.compounds.iter().filter_map(|one| one.county.as_deref()).collect()
    }
}
