//! Private investment [四(四)]: whether its income carries what it pays.

use super::{Detail, Review};
use crate::policy::Rule;
use crate::scenario::investments;

impl Review<'_> {
    pub(super) fn investment_carries(&mut self, rule: &Rule) {
        for investment in investments(self.plan, self.split) {
            let source = &self.plan.sources()[investment.source];
            let Some(income) = source.income.filter(|_| investment.paid > investment.carries)
            else {
                continue;
            };
            let name = source.name.as_ref().unwrap_or(&source.id).clone();
            let values = [
                ("source", Detail::Name(name)),
                ("paid", Detail::Money(investment.paid)),
                ("carries", Detail::Money(investment.carries)),
                ("years", Detail::Count(income.years as usize)),
                ("rate", Detail::Rate(income.discount)),
            ];
            self.find(rule, format!("sources[{}].income", investment.source), values);
        }
    }
}
