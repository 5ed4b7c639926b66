//! Step 2, shares: a line's uncovered part over its beneficiaries [四(三)].

use super::apportion::Apportioner;
use super::sources::Funding;
use crate::money::Fen;
use crate::plan::Plan;
use crate::problem::{Cause, Problems};

/// What each beneficiary of each line is to pay.
pub(super) struct Shares<'p> {
    pub(super) lines: Vec<LineShares<'p>>,
}

/// The shares of one line.
pub(super) struct LineShares<'p> {
    /// Who benefits, as indices of the roster in its order.
    pub(super) beneficiaries: &'p [u32],
    /// What each of them is to pay.
    pub(super) shares: Vec<Fen>,
    pub(super) is_shared: bool,
}

impl LineShares<'_> {
    /// Each beneficiary with its share.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, Fen)> {
        let households = self.beneficiaries.iter().map(|&index| index as usize);
        households.zip(self.shares.iter().copied())
    }

    /// The share of a household; `None` if it does not benefit.
    pub(super) fn of(&self, household: u32) -> Option<Fen> {
        // If all households benefit, the index of each is its own.
        let own = household as usize;
        let position = match self.beneficiaries.get(own) {
            Some(&at) if at == household => own,
            _ => self.beneficiaries.binary_search(&household).ok()?,
        };
        self.shares.get(position).copied()
    }
}

pub(super) fn share<'p>(plan: &'p Plan, funding: &Funding) -> Result<Shares<'p>, Problems> {
    let mut apportioner = Apportioner::new(plan);
    let mut problems = Problems::default();
    let mut lines = Vec::with_capacity(plan.lines().len());
    for (index, line) in plan.lines().iter().enumerate() {
        let uncovered = funding.uncovered[index];
        let beneficiaries = plan.beneficiaries(line);
        let mut shares = vec![Fen::ZERO; beneficiaries.len()];
        if apportioner.apportion_to_all(line, uncovered, &mut shares).is_err() {
            let amount = uncovered;
            problems.add(format_args!("lines[{index}]"), Cause::NoWeight { amount });
        }
        lines.push(LineShares { beneficiaries, shares, is_shared: line.is_shared() });
    }
    problems.refuse(Shares { lines })
}
