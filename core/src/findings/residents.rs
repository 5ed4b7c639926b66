//! What residents pay, and from what: least parts, relief, public revenue, the provident fund.

use super::{Detail, Review};
use crate::money::Fen;
use crate::plan::Channel;
use crate::policy::Rule;

impl Review<'_> {
    pub(super) fn provident_own_share(&mut self, rule: &Rule) {
        let households = self.plan.households().iter().zip(&self.split.households);
        let (mut count, mut stated, mut drawn) = (0, Fen::ZERO, Fen::ZERO);
        for (household, split) in households {
            if household.provident > split.paid.provident_fund
                && !split.paid.provident_fund.is_zero()
            {
                count += 1;
                stated += household.provident;
                drawn += split.paid.provident_fund;
            }
        }
        if count > 0 {
            let values = [
                ("count", Detail::Count(count)),
                ("stated", Detail::Money(stated)),
                ("drawn", Detail::Money(drawn)),
            ];
            self.find(rule, "households", values);
        }
    }

    pub(super) fn revenue_net(&mut self, rule: &Rule) {
        for (index, channel) in self.plan.channels().iter().enumerate() {
            let Channel::PublicRevenue { amount, .. } = *channel else {
                continue;
            };
            if amount.is_zero() {
                continue;
            }
            let revenue = self.stated(rule, "public_revenue", |compound| compound.public_revenue);
            if let Some(revenue) = revenue
                && amount > revenue.gross.less(revenue.cost)
            {
                let values = [
                    ("amount", Detail::Money(amount)),
                    ("net", Detail::Money(revenue.gross.less(revenue.cost))),
                    ("gross", Detail::Money(revenue.gross)),
                    ("cost", Detail::Money(revenue.cost)),
                ];
                self.find(rule, format!("channels[{index}].amount"), values);
            }
        }
    }

    /// Over all lines of a tier; the relief pot counts as the residents, as in the split.
    pub(super) fn residents_at_least(&mut self, rule: &Rule) {
        for &(tier, rate) in &rule.rates {
            let (mut least, mut residents) = (Fen::ZERO, Fen::ZERO);
            for (_, line, split) in self.lines() {
                if line.is_shared() && line.tier == Some(tier) {
                    let paid: Fen = split.paid.iter().map(|&(_, paid)| paid).sum();
                    least += rate.of(split.amount);
                    residents += split.amount - paid;
                }
            }
            if residents < least {
                let values = [
                    ("tier", Detail::Tier(tier)),
                    ("rate", Detail::Rate(rate)),
                    ("least", Detail::Money(least)),
                    ("residents", Detail::Money(residents)),
                ];
                self.find(rule, format!("residents_at_least.{}", tier.as_str()), values);
            }
        }
    }

    pub(super) fn relief_payer(&mut self, rule: &Rule) {
        let amount: Fen = self.split.households.iter().map(|household| household.borne).sum();
        if !amount.is_zero() {
            self.find(rule, "relief.pot", [("amount", Detail::Money(amount))]);
        }
    }
}
