//! What a city asks of the maintenance fund and of the public revenue beyond national law.

use super::{Detail, Review};
use crate::money::Fen;
use crate::number::Rate;
use crate::plan::Channel;
use crate::policy::Rule;

/// What is in the accounts of those whose balance and first instalment are known.
struct Accounts {
    balance: Fen,
    first: Fen,
    /// What is left once the plan has drawn.
    after: Fen,
}

impl Review<'_> {
    fn accounts(&self) -> Option<Accounts> {
        let mut all = Accounts { balance: Fen::ZERO, first: Fen::ZERO, after: Fen::ZERO };
        for (index, household) in self.plan.households().iter().enumerate() {
            if let (Some(balance), Some(first)) =
                (household.fund_balance, self.plan.first_instalment(index))
            {
                all.balance += balance;
                all.first += first;
                all.after += balance.less(self.split.households[index].paid.maintenance_fund);
            }
        }
        (!all.first.is_zero()).then_some(all)
    }

    /// As much of the revenue net of cost goes into the fund as the rule says; what the works take of
    /// it can't.
    pub(super) fn revenue_to_fund(&mut self, rule: &Rule) {
        let (bounds, accounts) = (&rule.bounds, self.accounts());
        let taken: Fen = self.plan.channels().iter().map(revenue_of).sum();
        let stated = self.plan.compound().and_then(|compound| compound.public_revenue);
        let to_fund = stated.and_then(|revenue| revenue.to_fund);
        let (Some(rate), false) = (rule.rate, taken.is_zero() && to_fund.is_none()) else {
            return;
        };
        if bounds.before_assembly {
            let assembly =
                self.stated(rule, "owners_assembly", |compound| compound.owners_assembly);
            if assembly != Some(false) {
                return;
            }
        }
        let is_full = accounts.as_ref().is_some_and(|all| all.balance >= all.first);
        let is_below = |rate: Rate| {
            accounts.as_ref().is_some_and(|all| is_part_below(all.balance, all.first, rate))
        };
        if (bounds.until_full && is_full) || bounds.below.is_some_and(|rate| !is_below(rate)) {
            return;
        }
        let Some(revenue) = self.stated(rule, "public_revenue", |compound| compound.public_revenue)
        else {
            return;
        };
        let net = revenue.gross.less(revenue.cost);
        let left = revenue.to_fund.unwrap_or_else(|| net.less(taken)).min(net.less(taken));
        let (part, bar) = (left.0 * rate.denominator(), net.0 * rate.numerator());
        if part < bar || (bounds.strict && part == bar && !net.is_zero()) {
            let values = [
                ("net", Detail::Money(net)),
                ("taken", Detail::Money(taken)),
                ("left", Detail::Money(left)),
                ("rate", Detail::Rate(rate)),
                ("least", Detail::Money(rate.up(net))),
            ];
            self.find(rule, "compound.public_revenue", values);
        }
    }

    /// Accounts below the rule's part of the first instalment from which the plan draws.
    pub(super) fn fund_closed(&mut self, rule: &Rule) {
        let Some(rate) = rule.rate else {
            return;
        };
        let (mut homes, mut drawn) = (Vec::new(), Fen::ZERO);
        for (index, household) in self.plan.households().iter().enumerate() {
            let paid = self.split.households[index].paid.maintenance_fund;
            let balance = household.fund_balance.unwrap_or_default();
            let first = self.plan.first_instalment(index);
            if !paid.is_zero() && first.is_some_and(|first| is_part_below(balance, first, rate)) {
                homes.push(household.id.to_string());
                drawn += paid;
            }
        }
        if !homes.is_empty() {
            let values = [
                ("count", Detail::Count(homes.len())),
                ("homes", Detail::Homes(homes)),
                ("rate", Detail::Rate(rate)),
                ("drawn", Detail::Money(drawn)),
            ];
            self.find(rule, "channels", values);
        }
    }

    /// What is left in all accounts together, beside the reserve of the first instalments.
    pub(super) fn reserve(&mut self, rule: &Rule) {
        let (Some(rate), Some(all)) = (rule.rate, self.accounts()) else {
            return;
        };
        if all.after < all.balance && is_part_below(all.after, all.first, rate) {
            let values = [
                ("after", Detail::Money(all.after)),
                ("rate", Detail::Rate(rate)),
                ("reserve", Detail::Money(rate.up(all.first))),
            ];
            self.find(rule, "channels", values);
        }
    }

    pub(super) fn management_cost(&mut self, rule: &Rule) {
        let revenue = self.plan.compound().and_then(|compound| compound.public_revenue);
        let (Some(rate), Some(revenue)) = (rule.rate, revenue) else {
            return;
        };
        if revenue.cost.0 * rate.denominator() > revenue.gross.0 * rate.numerator() {
            let values = [
                ("cost", Detail::Money(revenue.cost)),
                ("gross", Detail::Money(revenue.gross)),
                ("rate", Detail::Rate(rate)),
            ];
            self.find(rule, "compound.public_revenue.cost", values);
        }
    }
}

fn revenue_of(channel: &Channel) -> Fen {
    match *channel {
        Channel::PublicRevenue { amount, .. } => amount,
        _ => Fen::ZERO,
    }
}

fn is_part_below(part: Fen, whole: Fen, rate: Rate) -> bool {
    part.0 * rate.denominator() < whole.0 * rate.numerator()
}
