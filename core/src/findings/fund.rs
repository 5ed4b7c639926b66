//! The maintenance fund: what it may not pay, when it is filled up, how sold public housing
//! shares; 165号令.

use super::pipelines::is_the_companys;
use super::{Detail, Review, name_of, residents_pay};
use crate::money::Fen;
use crate::number::Rate;
use crate::policy::Rule;

impl Review<'_> {
    /// The fund pays households' shares, not lines: where it pays at all, and residents pay for a
    /// line it is barred from, the two have to be kept apart.
    pub(super) fn fund_barred(&mut self, rule: &Rule) {
        let drawn = self.split.households.iter().map(|household| household.paid.maintenance_fund);
        let drawn: Fen = drawn.sum();
        if drawn.is_zero() {
            return;
        }
        for (index, line, split) in self.lines().filter(|(_, line, _)| is_the_companys(rule, line))
        {
            let amount = residents_pay(split);
            if line.is_shared() && !amount.is_zero() {
                let values = [
                    ("line", name_of(line)),
                    ("amount", Detail::Money(amount)),
                    ("drawn", Detail::Money(drawn)),
                ];
                self.find(rule, format!("lines[{index}]"), values);
            }
        }
    }

    pub(super) fn fund_threshold(&mut self, rule: &Rule) {
        let threshold = self.plan.maintenance().threshold;
        if let Some(rate) = rule.rate.filter(|&rate| threshold.is_below(rate)) {
            let values = [("threshold", Detail::Rate(threshold)), ("rate", Detail::Rate(rate))];
            self.find(rule, "maintenance.threshold", values);
        }
    }

    pub(super) fn fund_replenish(&mut self, rule: &Rule) {
        let replenish = self.split.households.iter().filter_map(|household| household.replenish);
        let replenish = replenish.filter(|amount| !amount.is_zero());
        let count = replenish.clone().count();
        if count > 0 {
            let amount = Detail::Money(replenish.sum());
            self.find(rule, "households", [("count", Detail::Count(count)), ("amount", amount)]);
        }
    }

    pub(super) fn fund_account(&mut self, rule: &Rule) {
        let households = self.plan.households().iter();
        let count = households.filter(|household| household.fund_balance.is_none()).count();
        if count > 0 {
            self.find(rule, "households", [("count", Detail::Count(count))]);
        }
    }

    /// Where a unit pays a part of a flat's share, that part is the ratio of the deposits.
    pub(super) fn deposits(&mut self, rule: &Rule) {
        let partly_paid = self.plan.households().iter().filter_map(|household| {
            let (_, share) = household.payer.as_ref()?;
            (*share != Rate::ONE).then_some((household, *share))
        });
        if partly_paid.clone().next().is_none() {
            return;
        }
        let Some(deposits) = self.stated(rule, "deposits", |compound| compound.deposits) else {
            return;
        };
        let Some(ratio) = Rate::of_parts(deposits.seller, deposits.owners) else {
            return;
        };
        let mut others = partly_paid.filter(|(_, share)| *share != ratio);
        if let Some((first, share)) = others.next() {
            let values = [
                ("household", Detail::Name(first.id.to_string())),
                ("share", Detail::Rate(share)),
                ("ratio", Detail::Rate(ratio)),
                ("count", Detail::Count(1 + others.count())),
            ];
            self.find(rule, "households", values);
        }
    }
}
