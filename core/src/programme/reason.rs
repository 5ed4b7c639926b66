//! The reason of a portion.

use serde::Serialize;

use super::{Division, Factor, Held, Programme};
use crate::money::Fen;

/// Why a compound gets what it gets of a pot, as data; weights are whole numbers of any size, as
/// decimal digits.
///
/// Where nothing holds the portion it is `shared` × `weight` ÷ `weights`, rounded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PortionReason {
    /// What it gets.
    pub amount: Fen,
    /// What decides it: its weight, or a limit.
    #[serde(serialize_with = "as_str")]
    pub held: Held,
    /// The parts that its weight comes from.
    pub factors: Vec<FactorTerm>,
    /// What its assessment multiplies that by, in millionths.
    pub assessment: u64,
    /// Its weight.
    pub weight: String,
    /// The weights of all that are not held at a limit.
    pub weights: String,
    /// What those share.
    pub shared: Fen,
    /// What the portion was rounded down to a multiple of.
    pub round_down_to: Option<Fen>,
}

/// What a compound has in one factor, beside all of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FactorTerm {
    /// The factor's name.
    pub factor: &'static str,
    /// Its weight in millionths.
    pub weight: u64,
    /// What the compound has, times its fiscal difficulty where that counts, in millionths
    /// (an area: in millionths of millionths).
    pub value: String,
    /// What all compounds have.
    pub all: String,
}

fn as_str<S: serde::Serializer>(held: &Held, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(held.as_str())
}

impl Programme {
    /// Why a compound gets what it gets of a pot; `None` where there is no such pot or compound.
    pub fn reason(
        &self,
        division: &Division,
        pot: usize,
        compound: usize,
    ) -> Option<PortionReason> {
        let (of_pot, divided) = (self.pots.get(pot)?, division.pots.get(pot)?);
        let (of_compound, portion) =
            (self.compounds.get(compound)?, divided.portions.get(compound)?);
        let term = |&(factor, weight, all): &(Factor, u64, u128)| FactorTerm {
            factor: factor.as_str(),
            weight,
            value: of_compound.value(factor).to_string(),
            all: all.to_string(),
        };
        let (shared, weights) = &divided.shared;
        Some(PortionReason {
            amount: portion.amount,
            held: portion.held,
            factors: divided.sums.iter().map(term).collect(),
            assessment: of_pot.times(of_compound.assessment.as_deref()),
            weight: divided.weights.get(compound)?.to_string(),
            weights: weights.to_string(),
            shared: *shared,
            round_down_to: of_pot.round_down_to,
        })
    }
}
