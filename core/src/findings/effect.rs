//! What a finding does in yuan.

use serde::Serialize;

use super::Review;
use crate::money::Fen;
use crate::plan::Plan;
use crate::split::{Split, split};

/// What a finding does in yuan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Effect {
    /// What households owe changes where the finding is mended.
    Moves {
        /// Those who then owe less.
        less: Moved,
        /// Those who then owe more.
        more: Moved,
    },
    /// The money in question, where nobody knows yet how it will be mended.
    Stake {
        /// How much it is.
        amount: Fen,
    },
}

/// Households who owe more or less, and by how much in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[non_exhaustive]
pub struct Moved {
    /// How many they are.
    pub households: usize,
    /// By how much in all.
    pub amount: Fen,
}

impl Moved {
    fn add(&mut self, amount: Fen) {
        if !amount.is_zero() {
            self.households += 1;
            self.amount += amount;
        }
    }
}

impl Review<'_> {
    /// What mending does: the split of the plan as it then is, beside the split as it stands. A plan
    /// that can't be split leaves what is at stake.
    pub(super) fn effect_of(&self, mended: &Plan, stake: Fen) -> Effect {
        match split(mended) {
            Ok(then) => moves(self.split, &then),
            Err(_) => Effect::Stake { amount: stake },
        }
    }
}

fn moves(now: &Split, then: &Split) -> Effect {
    let (less, more) = moves_between(now, then);
    Effect::Moves { less, more }
}

/// Those who owe less, and those who owe more, by the second split than by the first.
pub(crate) fn moves_between(now: &Split, then: &Split) -> (Moved, Moved) {
    let (mut less, mut more) = (Moved::default(), Moved::default());
    for (now, then) in now.households.iter().zip(&then.households) {
        less.add(now.due.less(then.due));
        more.add(then.due.less(now.due));
    }
    (less, more)
}
