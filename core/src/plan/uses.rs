//! What homes are used for (用途), and what they count for by it; spec §2.

use super::Household;
use super::Within;
use super::fields::{Fields, entries};
use crate::document::Value;
use crate::number::{self, Factor};
use crate::place::Place;
use crate::problem::Problems;

/// A use of homes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Use {
    /// Its name in the plan.
    pub name: String,
    /// The factor of the weights of such a home.
    pub factor: Factor,
    /// Whether such a home counts as a household: in offers, where lines are shared by household,
    /// and for the minimum.
    pub household: bool,
    /// Whether such a home takes part in the vote.
    pub votes: bool,
}

impl Use {
    pub(crate) fn counts(&self) -> Counts {
        Counts { factor: self.factor, is_household: self.household }
    }
}

/// How a home counts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counts {
    pub(crate) factor: Factor,
    pub(crate) is_household: bool,
}

impl Counts {
    /// Of a home without a use.
    pub(crate) const IN_FULL: Counts = Counts { factor: Factor::ONE, is_household: true };

    /// In millionths, by which its weight is multiplied.
    pub(crate) fn factor(self) -> u128 {
        self.factor.millionths().into()
    }

    /// The same where all households weigh alike.
    pub(crate) fn as_household(self) -> u128 {
        if self.is_household { self.factor() } else { 0 }
    }

    /// The same within a floor.
    pub(crate) fn within(self, within: Within) -> u128 {
        match within {
            Within::Area => self.factor(),
            Within::Household => self.as_household(),
        }
    }
}

/// The uses of a roster's homes, as the plan has them.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct UsesOfHomes<'u> {
    pub(crate) uses: &'u [Use],
    /// By use of the roster: the index of the plan's use; `None` if the plan lacks it.
    pub(crate) used_as: &'u [Option<usize>],
}

impl UsesOfHomes<'_> {
    pub(crate) fn counts(self, household: &Household) -> Counts {
        let of = household.used_as.and_then(|index| self.used_as[index as usize]);
        of.map_or(Counts::IN_FULL, |index| self.uses[index].counts())
    }
}

/// Reads `uses`.
pub(crate) fn read(value: &Value<'_>, place: Place<'_>, problems: &mut Problems) -> Vec<Use> {
    entries(value, &place, problems)
        .unwrap_or_default()
        .iter()
        .map(|(name, value)| read_use(name, value, place.field(name), problems))
        .collect()
}

fn read_use(name: &str, value: &Value<'_>, place: Place<'_>, problems: &mut Problems) -> Use {
    const KNOWN: &[&str] = &["household", "factor", "votes"];
    let fields = Fields::open(value, place, KNOWN, problems);
    let mut is = |field| fields.as_ref().and_then(|fields| fields.boolean(field, problems));
    let (household, votes) = (is("household"), is("votes"));
    let factor = fields.and_then(|fields| fields.number("factor", number::factor, problems));
    Use {
        name: name.to_owned(),
        factor: factor.unwrap_or(Factor::ONE),
        household: household.unwrap_or(true),
        votes: votes.unwrap_or(true),
    }
}
