//! Step 3, relief: who is let off, what the pot carries, who bears the rest.

use super::super::apportion::Apportioner;
use super::Explainer;
use super::shares::floors;
use super::term::{allocated, money, rounded};
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

    /// The relief of a household on a line that is cut to the limit of the plan.
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

    /// Those of a line who bear an amount of relief, each with its part; empty if the amount is zero.
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

    /// What a household is let off of a line, by its rate and before any limit.
    pub(super) fn rounded_relief(
        &self,
        figure: Figure,
        household: usize,
        line: usize,
    ) -> Option<Term> {
        let (code, rate) = self.hardship(household)?;
        let share = self.figure(Figure::LineShare { household, line })?;
        self.value(figure)?;
        Some(rounded(format!("relief.rates.{code}"), rate, share))
    }

    /// What a household is let off of a line.
    pub(super) fn line_relief(&self, household: usize, line: usize) -> Option<Term> {
        match self.steps.reliefs.is_cut(household as u32) {
            true => self.cut_relief(household, line),
            false => self.rounded_relief(Figure::LineRelief { household, line }, household, line),
        }
    }

    /// What all are let off of a line.
    pub(super) fn relief_of_line(&self, line: usize) -> Option<Term> {
        let households = self.beneficiaries(line)?.iter().map(|&index| index as usize);
        let relieved = households.filter(|&index| self.hardship(index).is_some());
        Some(self.sum(relieved.map(|household| Figure::LineRelief { household, line })))
    }

    /// What others bear of what is let off of a line.
    pub(super) fn borne_of_line(&self, line: usize) -> Option<Term> {
        let carried = self.figure(Figure::PotPayment { line });
        Some(Term::Less(
            Box::new(self.figure(Figure::ReliefOfLine { line })?),
            Box::new(Term::Sum(carried.into_iter().collect())),
        ))
    }

    /// A floor's part of what is borne of a line.
    pub(super) fn floor_borne(&self, line: usize, floor: i32) -> Option<Term> {
        let total = self.figure(Figure::BorneOfLine { line })?;
        self.of_floor(line, floor, total, &self.bearers(line)?)
    }

    /// A household's part of what is borne of a line.
    pub(super) fn line_borne(&self, household: usize, line: usize) -> Option<Term> {
        let bearers = self.bearers(line)?;
        bearers.binary_search(&(household as u32)).ok()?;
        let total = match floors(&self.plan.lines()[line]) {
            Some(_) => Figure::FloorBorne { line, floor: self.floor(household)? },
            None => Figure::BorneOfLine { line },
        };
        self.part(line, household, self.figure(total)?, &bearers)
    }
}
