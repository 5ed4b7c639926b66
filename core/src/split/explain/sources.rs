//! Step 1, sources: what a source offers, may pay and pays.

use super::super::sources::{Counted, counted, limit};
use super::Explainer;
use super::term::{allocated, money, rounded};
use crate::money::Fen;
use crate::plan::PerPiece;
use crate::reason::{Figure, Quantity, Term, WeightKind};

impl Explainer<'_> {
    pub(super) fn offer(&self, source: usize) -> Option<Term> {
        let plan = self.plan;
        let of = plan.sources().get(source)?;
        let path = |field: &str| format!("sources[{source}].{field}");
        let given = |path: &str, value| Box::new(Term::Given { path: path.to_owned(), value });
        let times = |field: &str, amount: Option<Fen>, count: Box<Term>| {
            amount.map(|amount| Term::Times { amount: Box::new(money(path(field), amount)), count })
        };
        let Counted { households, area } = counted(plan, of);
        let (households, area) = if of.over_served {
            (Quantity::ServedHouseholds(households), Quantity::ServedArea(area))
        } else if households == plan.households().len() as u128 {
            (Quantity::Households(households), Quantity::TotalArea(area))
        } else {
            (Quantity::CountedHouseholds(households), Quantity::TotalArea(area))
        };
        let limits: Vec<Term> = [
            of.amount.map(|amount| money(path("amount"), amount)),
            times("per_household", of.per_household, given("households", households)),
            times("per_area", of.per_area, given("households", area)),
        ]
        .into_iter()
        .flatten()
        .collect();
        (!limits.is_empty()).then_some(Term::Least(limits))
    }

    pub(super) fn set_aside(&self, line: usize) -> Option<(&'static str, Fen)> {
        let line = self.plan.lines().get(line).filter(|line| line.is_shared())?;
        let rates = &self.plan.agreements().residents_at_least;
        let (tier, rate) = rates.iter().find(|(tier, _)| Some(*tier) == line.tier)?;
        Some((tier.as_str(), rate.of(line.amount)))
    }

    /// What is set aside of a line, and what the sources before this one pay on it.
    pub(super) fn taken_before(&self, source: usize, line: usize) -> Vec<Term> {
        let payments = (0..source).map(|source| Figure::Payment { source, line });
        let taken = std::iter::once(Figure::SetAside { line }).chain(payments);
        let terms = taken.filter_map(|figure| self.figure(figure));
        terms.filter(|term| !matches!(term, Term::Figure { value: Fen::ZERO, .. })).collect()
    }

    pub(super) fn limit(&self, source: usize, line: usize) -> Option<Fen> {
        self.position(source, line)?;
        let amount = self.plan.lines()[line].amount;
        let taken: Fen = self.taken_before(source, line).iter().map(Term::amount).sum();
        Some(limit(&self.plan.sources()[source], &self.plan.lines()[line], amount - taken))
    }

    /// The most that a source pays on a line for its pieces, if it is limited so.
    pub(super) fn piece_limit(&self, source: usize, line: usize) -> Option<Term> {
        let of_line = &self.plan.lines()[line];
        let per_piece = self.plan.sources()[source].per_piece.as_ref()?;
        let path = format!("sources[{source}].per_piece");
        let amount = match per_piece {
            PerPiece::Amount(amount) => money(path, *amount),
            PerPiece::ByStoreys(_) => match per_piece.step(of_line) {
                Some(step) => money(format!("{path}[{step}].amount"), per_piece.of(of_line)),
                None => Term::Sum(Vec::new()),
            },
        };
        let amount = match of_line.storeys.filter(|_| per_piece.asks_for_storeys()) {
            Some(storeys) => Term::ByStoreys {
                storeys: Box::new(Term::Given {
                    path: format!("lines[{line}].storeys"),
                    value: Quantity::Storeys(storeys),
                }),
                amount: Box::new(amount),
            },
            None => amount,
        };
        if of_line.pieces == 1 {
            return Some(amount);
        }
        let path = format!("lines[{line}].pieces");
        let count = Term::Given { path, value: Quantity::Pieces(of_line.pieces) };
        Some(Term::Times { amount: Box::new(amount), count: Box::new(count) })
    }

    /// The index of a line among those that a source covers.
    pub(super) fn position(&self, source: usize, line: usize) -> Option<usize> {
        let payments = &self.steps.funding.sources.get(source)?.payments;
        payments.binary_search_by_key(&line, |&(line, _)| line).ok()
    }

    pub(super) fn payment(&self, source: usize, line: usize) -> Option<Term> {
        let position = self.position(source, line)?;
        let lines = self.lines_covered_by(source);
        let limits: Vec<u128> =
            lines.map(|line| self.limit(source, line).unwrap_or_default().0).collect();
        match self.value(Figure::Offer { source }) {
            Some(offer) if offer.0 < limits.iter().sum() => {
                let offer = self.figure(Figure::Offer { source })?;
                Some(allocated(offer, WeightKind::Money, &limits, position))
            }
            _ => self.figure(Figure::Limit { source, line }),
        }
    }

    /// What a line costs that is a part of others.
    pub(super) fn part_of_others(&self, line: usize) -> Option<Term> {
        let rate_of = self.plan.lines().get(line)?.rate_of.as_ref()?;
        let is_counted = |&line: &usize| match &rate_of.lines {
            Some(lines) => lines.contains(&line),
            None => self.plan.lines()[line].rate_of.is_none(),
        };
        let counted = (0..self.plan.lines().len()).filter(is_counted);
        let amounts = counted.filter_map(|line| self.amount(line)).collect();
        Some(rounded(format!("lines[{line}].rate_of.rate"), rate_of.rate, Term::Sum(amounts)))
    }

    /// What is set aside of a line, by the rate of its tier.
    pub(super) fn rate_set_aside(&self, line: usize) -> Option<Term> {
        let (tier, _) = self.set_aside(line)?;
        let rate = self.plan.agreements().residents_at_least.iter();
        let rate = rate.clone().find(|(of, _)| of.as_str() == tier)?.1;
        Some(rounded(format!("residents_at_least.{tier}"), rate, self.amount(line)?))
    }

    /// The most that a source may pay on a line.
    pub(super) fn least_limit(&self, source: usize, line: usize) -> Option<Term> {
        let open = Term::Less(
            Box::new(self.amount(line)?),
            Box::new(Term::Sum(self.taken_before(source, line))),
        );
        let rate = self.plan.sources()[source].rate;
        let by_rate = rate
            .zip(self.amount(line))
            .map(|(rate, amount)| rounded(format!("sources[{source}].rate"), rate, amount));
        let by_pieces = self.piece_limit(source, line);
        let limits: Vec<Term> = by_rate.into_iter().chain(by_pieces).collect();
        Some(match limits.is_empty() {
            true => open,
            false => Term::Least(std::iter::once(open).chain(limits).collect()),
        })
    }

    /// What a source pays on a line in the end; without a give-back there is but one step.
    pub(super) fn paid(&self, source: usize, line: usize) -> Option<Term> {
        let given_back = self.figure(Figure::GiveBack { source, line })?;
        match given_back.amount().is_zero() {
            true => self.payment(source, line),
            false => Some(Term::Less(
                Box::new(self.figure(Figure::Payment { source, line })?),
                Box::new(given_back),
            )),
        }
    }

    /// What the sources leave of a line; what is set aside is left too.
    pub(super) fn uncovered(&self, line: usize) -> Option<Term> {
        let all = self.plan.sources().len();
        let payments = self
            .taken_before(all, line)
            .into_iter()
            .filter(|term| !matches!(term, Term::Figure { figure: Figure::SetAside { .. }, .. }));
        Some(Term::Less(Box::new(self.amount(line)?), Box::new(Term::Sum(payments.collect()))))
    }

    /// What all residents pay of a line in the end.
    pub(super) fn left_to_residents(&self, line: usize) -> Option<Term> {
        let of = |figure| self.figure(figure).filter(|term| !term.amount().is_zero());
        let carried = of(Figure::PotPayment { line });
        let sources = 0..self.plan.sources().len();
        let topped_up = sources.filter_map(|source| of(Figure::GiveBack { source, line }));
        let topped_up: Vec<_> = topped_up.collect();
        if carried.is_none() && topped_up.is_empty() {
            return self.uncovered(line);
        }
        let left = Term::Less(
            Box::new(self.figure(Figure::Uncovered { line })?),
            Box::new(Term::Sum(carried.into_iter().collect())),
        );
        Some(Term::Sum(std::iter::once(left).chain(topped_up).collect()))
    }
}
