//! A scenario over a programme beside what it changes: who gains, by compound and by home.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Desk, Outcome, Outcomes};
use crate::money::Fen;
use crate::scenario::{Difference, Side};

/// A scenario beside the programme as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DeskComparison {
    /// The compounds that can be split both before and after, in the programme's order.
    pub compounds: Vec<CompoundDifference>,
    /// The compounds that can be split only before, or only after, by id; they are in no figure.
    pub left_out: Vec<String>,
}

/// What a compound comes to before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CompoundDifference {
    /// Its id.
    pub compound: String,
    /// Its county.
    pub county: Option<String>,
    /// By source that pots name, in their order: what it pays before and after.
    pub paid: Vec<(String, Fen, Fen)>,
    /// What the residents owe.
    pub residents: (Fen, Fen),
    /// What half of the households pay at most in cash.
    pub median: (Fen, Fen),
    /// Who pays less in cash.
    pub less: Side,
    /// Who pays more.
    pub more: Side,
    /// The households that pay more or less, in roster order.
    pub homes: Vec<HomeDifference>,
}

/// What a household pays in cash before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct HomeDifference {
    /// Its id.
    pub household: Arc<str>,
    /// Before.
    pub before: Fen,
    /// After.
    pub after: Fen,
    /// From one to the other.
    pub difference: Difference,
}

/// What several compounds come to together, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Together {
    /// What the residents owe.
    pub residents: (Fen, Fen),
    /// Who pays less in cash.
    pub less: Side,
    /// Who pays more.
    pub more: Side,
}

impl Together {
    /// Of these compounds.
    pub fn of<'c>(compounds: impl IntoIterator<Item = &'c CompoundDifference>) -> Together {
        let mut found = Together::default();
        for one in compounds {
            found.residents.0 += one.residents.0;
            found.residents.1 += one.residents.1;
            found.less.join(one.less);
            found.more.join(one.more);
        }
        found
    }
}

/// The compounds of each county, by its name; those without one first, under an empty name.
pub fn by_county<'c>(
    compounds: &[&'c CompoundDifference],
) -> Vec<(&'c str, Vec<&'c CompoundDifference>)> {
    let mut counties: BTreeMap<&str, Vec<&CompoundDifference>> = BTreeMap::new();
    for &one in compounds {
        counties.entry(one.county.as_deref().unwrap_or_default()).or_default().push(one);
    }
    counties.into_iter().collect()
}

/// What a payer pays before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PayerDifference {
    /// The id of a source that pots name; missing of the residents.
    pub source: Option<String>,
    /// Before.
    pub before: Fen,
    /// After.
    pub after: Fen,
}

/// What the sources that pots name pay for these compounds, in the order of the pots, and last the residents.
pub fn by_payer(compounds: &[&CompoundDifference]) -> Vec<PayerDifference> {
    let mut payers: Vec<PayerDifference> = Vec::new();
    let of_pots = compounds.iter().flat_map(|one| &one.paid);
    let of_pots = of_pots.map(|(source, before, after)| (Some(source), *before, *after));
    let residents = compounds.iter().map(|one| (None, one.residents.0, one.residents.1));
    for (source, before, after) in of_pots.chain(residents) {
        match payers.iter_mut().find(|known| known.source.as_ref() == source) {
            Some(known) => {
                known.before += before;
                known.after += after;
            }
            None => payers.push(PayerDifference { source: source.cloned(), before, after }),
        }
    }
    payers
}

impl Desk {
    /// Compares outcomes of this programme.
    pub fn compare(&self, before: &Outcomes, after: &Outcomes) -> DeskComparison {
        let mut comparison = DeskComparison { compounds: Vec::new(), left_out: Vec::new() };
        for (index, compound) in self.given.compounds.iter().enumerate() {
            match (&before.compounds[index], &after.compounds[index]) {
                (Some(was), Some(is)) => {
                    comparison.compounds.push(self.difference(index, was, is));
                }
                (None, None) => {}
                _ => comparison.left_out.push(compound.id.clone()),
            }
        }
        comparison
    }

    fn difference(&self, index: usize, was: &Outcome, is: &Outcome) -> CompoundDifference {
        let compound = &self.given.compounds[index];
        let mut paid: Vec<(String, Fen, Fen)> = Vec::new();
        for pot in &self.given.pots {
            if paid.iter().all(|(source, ..)| *source != pot.source) {
                let source = &pot.source;
                paid.push((source.clone(), was.paid_by(source), is.paid_by(source)));
            }
        }
        let median = |outcome: &Outcome| super::super::percentile(&outcome.sorted, 50);
        let mut found = CompoundDifference {
            compound: compound.id.clone(),
            county: compound.county.clone(),
            paid,
            residents: (was.residents, is.residents),
            median: (median(was), median(is)),
            less: Side::default(),
            more: Side::default(),
            homes: Vec::new(),
        };
        let ids = self.households(index);
        for (household, (&before, &after)) in ids.into_iter().zip(was.cash.iter().zip(&is.cash)) {
            let difference = Difference::between(before, after);
            if difference.is_zero() {
                continue;
            }
            if difference.is_less() {
                found.less.add(difference)
            } else {
                found.more.add(difference)
            }
            found.homes.push(HomeDifference { household, before, after, difference });
        }
        found
    }

    /// The ids of a compound's households, in roster order.
    fn households(&self, index: usize) -> Vec<Arc<str>> {
        let Some(base) = &self.compounds[index].base else {
            return Vec::new();
        };
        let base = base.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        base.plan().households().iter().map(|household| Arc::clone(&household.id)).collect()
    }
}
