//! The payments of a ledger, one by one.

use fentan_core::{Day, Fen};

use crate::Entry;

/// A payment, as it was entered.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Payment {
    /// The number of its entry.
    pub entry: u64,
    /// The day.
    pub date: Day,
    /// Who confirmed it.
    pub by: String,
    /// The compound's id.
    pub compound: String,
    /// Who paid: the source's id; `residents` for them.
    pub source: String,
    /// How much.
    pub amount: Fen,
    /// The number of the entry that reversed it.
    pub reversed: Option<u64>,
}

impl Payment {
    pub(crate) fn of(number: u64, entry: &Entry, source: &str, amount: Fen) -> Payment {
        Payment {
            entry: number,
            date: entry.date,
            by: entry.by.clone(),
            compound: entry.compound.clone(),
            source: source.to_owned(),
            amount,
            reversed: None,
        }
    }
}
