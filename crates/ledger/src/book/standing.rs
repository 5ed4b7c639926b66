//! What the entries of a book come to, kept with each entry so that nothing is counted anew.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use fentan_core::Day;
use fentan_core::collection::Method;

use super::{Entry, Receipt};

/// Which payments are reversed by what, and which transactions were taken.
#[derive(Debug, Clone, Default)]
pub(super) struct Standing {
    /// By payment, what reverses it, the earliest first.
    reversed: BTreeMap<Receipt, BTreeSet<(Day, Receipt)>>,
    /// By transaction, its payments.
    taken: HashMap<(Method, String), BTreeSet<Receipt>>,
}

impl Standing {
    pub(super) fn take(&mut self, receipt: Receipt, entry: &Entry) {
        match entry {
            Entry::Paid(paid) => {
                if let Some(reference) = &paid.reference {
                    let taken = self.taken.entry((paid.method, reference.clone())).or_default();
                    taken.insert(receipt);
                }
            }
            Entry::Reversed(reversed) => {
                let reversals = self.reversed.entry(reversed.receipt).or_default();
                reversals.insert((reversed.date, receipt));
            }
        }
    }

    pub(super) fn reversals(&self, payment: Receipt) -> impl Iterator<Item = (Day, Receipt)> {
        self.reversed.get(&payment).into_iter().flatten().copied()
    }

    pub(super) fn reversed(&self) -> impl Iterator<Item = (Receipt, &BTreeSet<(Day, Receipt)>)> {
        self.reversed.iter().map(|(&payment, reversals)| (payment, reversals))
    }

    pub(super) fn taken(&self, method: Method, reference: &str) -> impl Iterator<Item = Receipt> {
        self.taken.get(&(method, reference.to_owned())).into_iter().flatten().copied()
    }

    /// The payments of each transaction that has several, in order of the first.
    pub(super) fn taken_more_than_once(&self) -> Vec<&BTreeSet<Receipt>> {
        let mut several: Vec<_> = self.taken.values().filter(|taken| taken.len() > 1).collect();
        several.sort_by_key(|taken| taken.first());
        several
    }
}
