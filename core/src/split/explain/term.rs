//! Terms that every step uses.

use crate::allocate::{SpareFen, Standing};
use crate::money::Fen;
use crate::number::Rate;
use crate::reason::{Quantity, SpareRule, Term, WeightKind};

pub(super) fn money(path: String, value: Fen) -> Term {
    Term::Given { path, value: Quantity::Money(value) }
}

pub(super) fn rounded(path: String, rate: Rate, of: Term) -> Term {
    let rate = Box::new(Term::Given { path, value: Quantity::Rate(rate) });
    Term::Rounded { rate, of: Box::new(of) }
}

pub(super) fn allocated(total: Term, kind: WeightKind, weights: &[u128], index: usize) -> Term {
    let Standing { before, spare } =
        Standing::of(total.amount(), weights, index, SpareFen::LargestRemainder);
    Term::Allocated {
        total: Box::new(total),
        kind,
        weight: weights[index],
        weights: weights.iter().sum(),
        factor: None,
        rule: SpareRule::LargestRemainder,
        before,
        spare,
    }
}
