//! Step 6, channels: what pays before what, and how much.

use super::Explainer;
use super::term::{allocated, money, rounded};
use crate::money::Fen;
use crate::plan::Channel;
use crate::reason::{Figure, HouseholdFigure, Term, WeightKind};

/// The channels that pay before a given one, in the order in which they pay.
type Before = Vec<HouseholdFigure>;

impl Explainer<'_> {
    /// The owner unit and the plan's channels, in the order in which they pay.
    fn paying(&self) -> Before {
        let channels = self.plan.channels().iter().map(|channel| match channel {
            Channel::InKind => HouseholdFigure::InKind,
            Channel::PublicRevenue { .. } => HouseholdFigure::PublicRevenue,
            Channel::MaintenanceFund { .. } => HouseholdFigure::MaintenanceFund,
            Channel::ProvidentFund => HouseholdFigure::ProvidentFund,
        });
        std::iter::once(HouseholdFigure::OwnerUnit).chain(channels).collect()
    }

    /// The channels that pay before a channel; `None` if the plan doesn't have it.
    pub(super) fn before(&self, channel: HouseholdFigure) -> Option<Before> {
        let mut paying = self.paying();
        let turn = paying.iter().position(|&one| one == channel)?;
        paying.truncate(turn);
        Some(paying)
    }

    /// The unpaid part of a due after the channels before. The shared part is paid first, so that it is
    /// what the due is above all payments.
    pub(super) fn unpaid(
        &self,
        household: usize,
        due: HouseholdFigure,
        before: &Before,
    ) -> Option<Term> {
        let paid =
            before.iter().map(|&figure| self.of(household, figure)).collect::<Option<_>>()?;
        Some(Term::Above(Box::new(self.of(household, due)?), Box::new(Term::Sum(paid))))
    }

    /// The plan's public revenue: which channel, how much, and whether it goes round again.
    pub(super) fn pool(&self) -> Option<(usize, Fen, bool)> {
        self.plan.channels().iter().enumerate().find_map(|(turn, channel)| match channel {
            Channel::PublicRevenue { amount, over_owing } => Some((turn, *amount, *over_owing)),
            _ => None,
        })
    }

    pub(super) fn public_revenue(&self, household: usize) -> Option<Term> {
        let Some((turn, amount, over_owing)) = self.pool() else {
            return Some(Term::Sum(Vec::new()));
        };
        if !over_owing {
            let before = self.before(HouseholdFigure::PublicRevenue)?;
            let owed = self.unpaid(household, HouseholdFigure::SharedDue, &before)?;
            let pool = money(format!("channels[{turn}].amount"), amount);
            let households = self.plan.households().iter();
            let areas: Vec<u128> =
                households.map(|household| household.area.millionths().into()).collect();
            let part = allocated(pool, WeightKind::Area, &areas, household);
            return Some(Term::Least(vec![part, owed]));
        }
        let rounds = 0..self.rounds.len();
        Some(self.sum(rounds.map(|round| Figure::RevenueInRound { household, round })))
    }

    pub(super) fn pool_in_round(&self, round: usize) -> Option<Term> {
        let Some(before) = round.checked_sub(1) else {
            let (turn, amount, _) = self.pool()?;
            return Some(money(format!("channels[{turn}].amount"), amount));
        };
        let owing = self.rounds.get(before)?.owing.iter();
        let taken = owing.map(|&household| Figure::RevenueInRound { household, round: before });
        Some(Term::Less(
            Box::new(self.figure(Figure::PoolInRound { round: before })?),
            Box::new(self.sum(taken)),
        ))
    }

    pub(super) fn revenue_in_round(&self, household: usize, round: usize) -> Option<Term> {
        let in_round = self.rounds.get(round)?;
        let position = in_round.owing.binary_search(&household).ok()?;
        let pool = self.figure(Figure::PoolInRound { round })?;
        let before = self.before(HouseholdFigure::PublicRevenue)?;
        let owed = self.unpaid(household, HouseholdFigure::SharedDue, &before)?;
        let earlier = (0..round).map(|round| Figure::RevenueInRound { household, round });
        Some(Term::Least(vec![
            allocated(pool, WeightKind::Area, &in_round.areas, position),
            Term::Less(Box::new(owed), Box::new(self.sum(earlier))),
        ]))
    }

    /// What the owner unit pays of a household's due.
    pub(super) fn owner_unit(&self, household: usize) -> Option<Term> {
        let Some((_, rate)) = &self.plan.households().get(household)?.payer else {
            return Some(Term::Sum(Vec::new()));
        };
        let due = self.of(household, HouseholdFigure::SharedDue)?;
        Some(rounded(format!("households[{household}].payer_share"), *rate, due))
    }

    /// What a channel pays that is an amount of the household's own: the amount, as far as
    /// something is still unpaid.
    pub(super) fn own_amount(
        &self,
        household: usize,
        channel: HouseholdFigure,
        field: &str,
        amount: Fen,
    ) -> Option<Term> {
        let Some(before) = self.before(channel) else {
            return Some(Term::Sum(Vec::new()));
        };
        Some(Term::Least(vec![
            money(format!("households[{household}].{field}"), amount),
            self.unpaid(household, HouseholdFigure::Due, &before)?,
        ]))
    }

    /// What a household pays itself after all channels.
    pub(super) fn cash(&self, household: usize) -> Option<Term> {
        let of = |figure| self.of(household, figure);
        let paid = self.paying().into_iter().map(of).collect::<Option<_>>()?;
        Some(Term::Less(Box::new(of(HouseholdFigure::Due)?), Box::new(Term::Sum(paid))))
    }
}
