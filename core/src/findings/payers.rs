//! Payers that can't be told apart by their names.

use std::collections::BTreeMap;

use super::words::compact;
use super::{Detail, Effect, Review};
use crate::money::Fen;
use crate::plan::Source;
use crate::policy::Rule;

impl Review<'_> {
    /// Two payers of one name.
    pub(super) fn payer_twice(&mut self, rule: &Rule) {
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, source) in self.plan.sources().iter().enumerate() {
            let name = source.name.as_deref().map(compact).unwrap_or_default();
            if !name.is_empty() {
                by_name.entry(name).or_default().push(index);
            }
        }
        for sources in by_name.values().filter(|sources| sources.len() > 1) {
            let name = self.plan.sources()[sources[0]].name.clone().unwrap_or_default();
            // The first may pay; what the others pay beside it is in question.
            let amount: Fen = sources[1..].iter().map(|&source| self.paid_by(source)).sum();
            let values = [("name", Detail::Name(name)), ("count", Detail::Count(sources.len()))];
            let path = format!("sources[{}].name", sources[1]);
            self.find_health(rule, path, values, Effect::Stake { amount }, Vec::new());
        }
    }

    /// Payers that nobody gave a name.
    pub(super) fn payer_nameless(&mut self, rule: &Rule) {
        let sources = self.plan.sources().iter().enumerate();
        let nameless: Vec<usize> =
            sources.filter(|(_, source)| is_nameless(source)).map(|(index, _)| index).collect();
        let Some(first) = nameless.first() else {
            return;
        };
        let amount = nameless.iter().map(|&source| self.paid_by(source)).sum();
        let ids = nameless.iter().map(|&source| self.plan.sources()[source].id.clone());
        let values = [("ids", Detail::Names(ids.collect()))];
        let path = format!("sources[{first}].name");
        self.find_health(rule, path, values, Effect::Stake { amount }, Vec::new());
    }

    /// Payers that wait for a programme's portion: what the plan has as their amount stands in for it.
    pub(super) fn portion_awaited(&mut self, rule: &Rule) {
        let sources = self.plan.sources().iter().enumerate();
        for (index, source) in sources.filter(|(_, source)| source.awaits_portion) {
            let name = source.name.as_ref().unwrap_or(&source.id).clone();
            let amount = self.paid_by(index);
            let values = [("name", Detail::Name(name)), ("amount", Detail::Money(amount))];
            let path = format!("sources[{index}].awaits_portion");
            self.find_health(rule, path, values, Effect::Stake { amount }, Vec::new());
        }
    }

    fn paid_by(&self, source: usize) -> Fen {
        self.split.sources.get(source).map_or(Fen::ZERO, |split| split.paid)
    }
}

/// Whether a source has an empty name, or none and an id that only counts.
fn is_nameless(source: &Source) -> bool {
    match &source.name {
        Some(name) => compact(name).is_empty(),
        None => {
            let number = source.id.strip_prefix("source").unwrap_or(&source.id);
            number.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit())
        }
    }
}
