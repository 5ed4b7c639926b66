//! What sources offer and give back: whether it is for those whom it counts, and whether it is
//! enough for the minimum.

use super::{Detail, Review};
use crate::plan::{Minimum, Source};
use crate::policy::Rule;
use crate::split::{BeforeRelief, served};

impl Review<'_> {
    /// The minimum that the sources can't make up to every household.
    pub(super) fn minimum_short(&mut self, rule: &Rule) {
        let minimum = self.plan.agreements().minimum.as_ref();
        let short = self.split.minimum_short.filter(|short| !short.is_zero());
        let Some((minimum, short)) = minimum.zip(short) else {
            return;
        };
        let values = [
            ("amount", Detail::Money(short)),
            ("count", Detail::Count(self.below(minimum))),
            ("sources", Detail::Names(self.giving_back_all(minimum))),
        ];
        self.find(rule, "minimum", values);
    }

    /// How many households pay less than the minimum for shared lines, top-ups included.
    fn below(&self, minimum: &Minimum) -> usize {
        let plan = self.plan;
        let mut benefits = vec![false; plan.households().len()];
        for line in plan.lines().iter().filter(|line| line.is_shared()) {
            for &household in plan.beneficiaries(line) {
                benefits[household as usize] = true;
            }
        }
        let households = plan.households().iter().zip(&self.split.households).enumerate();
        let below = households.filter(|&(index, (household, split))| {
            let pays = split.share + split.borne + split.top_up - split.relief;
            benefits[index] && plan.has_minimum(index) && pays < minimum.of(household.area)
        });
        below.count()
    }

    /// The sources that give back all they pay on shared lines.
    fn giving_back_all(&self, minimum: &Minimum) -> Vec<String> {
        let Ok(before) = BeforeRelief::of(self.plan) else {
            return Vec::new();
        };
        let gives_all = |&&source: &&usize| {
            let id = &self.plan.sources()[source].id;
            let still_pays = self.lines().any(|(_, line, split)| {
                line.is_shared() && split.paid.iter().any(|(payer, _)| payer == id)
            });
            let paid = before.payments[source]
                .iter()
                .any(|&(line, amount)| self.plan.lines()[line].is_shared() && !amount.is_zero());
            paid && !still_pays
        };
        let giving = minimum.reduces.iter().filter(gives_all);
        giving.map(|&source| name_of(&self.plan.sources()[source])).collect()
    }

    /// Offers by household that count the whole plan, for lines that fewer than half of it share.
    pub(super) fn few_served(&mut self, rule: &Rule) {
        for (index, source) in self.plan.sources().iter().enumerate() {
            if source.per_household.is_none() || source.over_served {
                continue;
            }
            let counted = self.split_counts(source);
            let Some((served, all)) = counted.filter(|&(served, all)| 2 * served < all) else {
                continue;
            };
            let values = [
                ("source", Detail::Name(name_of(source))),
                ("served", Detail::Count(served)),
                ("count", Detail::Count(all)),
            ];
            self.find(rule, format!("sources[{index}].per_household"), values);
        }
    }

    /// How many households a source's lines serve, and how many it counts; `None` where it pays
    /// nothing.
    fn split_counts(&self, source: &Source) -> Option<(usize, usize)> {
        let paid = self.split.sources.iter().find(|split| split.id == source.id)?.paid;
        let counts = |counted: u128| usize::try_from(counted).ok();
        let all = counts(crate::split::counted(self.plan, source).households)?;
        let served = counts(served(self.plan, source).households)?;
        (!paid.is_zero()).then_some((served, all))
    }
}

fn name_of(source: &Source) -> String {
    source.name.as_ref().unwrap_or(&source.id).clone()
}
