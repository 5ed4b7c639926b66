//! Step 3, relief: who is let off, what the pot carries, who bears the rest.

use super::super::apportion::Apportioner;
use super::{Explainer, allocated, money};
use crate::money::Fen;
use crate::number::Rate;
use crate::plan::Line;
use crate::reason::{Figure, Term, WeightKind};

impl Explainer<'_> {
    /// A household's hardship code and relief rate, where that is above zero.
    pub(super) fn hardship(&self, household: usize) -> Option<(&str, Rate)> {
        let code = self.plan.hardship_of(self.plan.households().get(household)?)?;
        let rate = self.plan.relief_rate(household as u32);
        (!rate.is_zero()).then_some((code, rate))
    }

    /// What a household would be let off of a shared line if the plan did not limit it.
    pub(super) fn full_relief(&self, household: usize, line: usize) -> Option<Fen> {
        self.plan.lines().get(line).filter(|line| line.is_shared())?;
        let (_, rate) = self.hardship(household)?;
        Some(rate.of(self.value(Figure::LineShare { household, line })?))
    }

    /// What a household is let off of a line, where the plan limits it.
    pub(super) fn cut_relief(&self, household: usize, line: usize) -> Option<Term> {
        let most = self.plan.agreements().relief.most?;
        let lines = 0..self.plan.lines().len();
        let full = lines.map(|line| self.full_relief(household, line).unwrap_or_default().0);
        let most = money("relief.most".to_owned(), most);
        Some(allocated(most, WeightKind::Money, &full.collect::<Vec<_>>(), line))
    }

    /// Those of a line who can bear relief.
    pub(super) fn bearers(&self, line: usize) -> Option<Vec<u32>> {
        let of_line = self.plan.lines().get(line)?;
        let beneficiaries = self.beneficiaries(line)?;
        Some(Apportioner::new(self.plan).bearers(of_line, beneficiaries))
    }

    /// Those of a line who bear an amount of relief, each with its part; nobody where the amount
    /// is nothing.
    pub(super) fn borne_of(
        &self,
        line: &Line,
        beneficiaries: &[u32],
        amount: Fen,
    ) -> impl Iterator<Item = (u32, Fen)> {
        let (mut bearers, mut parts) = (Vec::new(), Vec::new());
        if !amount.is_zero() {
            let mut apportioner = Apportioner::new(self.plan);
            bearers = apportioner.bearers(line, beneficiaries);
            parts.resize(bearers.len(), Fen::ZERO);
            // The steps were taken: somebody bears it.
            let _ = apportioner.apportion(line, amount, &bearers, &mut parts);
        }
        bearers.into_iter().zip(parts)
    }

    pub(super) fn pot_payment(&self, line: usize) -> Option<Term> {
        let pot = self.plan.agreements().relief.pot.as_ref()?;
        let of_line = |line| self.value(Figure::ReliefOfLine { line }).unwrap_or_default().0;
        let reliefs: Vec<u128> = (0..self.plan.lines().len()).map(of_line).collect();
        if pot.amount.0 < reliefs.iter().sum() {
            let pot = money("relief.pot.amount".to_owned(), pot.amount);
            return Some(allocated(pot, WeightKind::Money, &reliefs, line));
        }
        let relief = self.figure(Figure::ReliefOfLine { line });
        Some(Term::Sum(relief.into_iter().collect()))
    }
}
