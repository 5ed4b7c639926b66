//! What the residents agreed on, and how they pay.

use fentan_core::Fen;
use fentan_core::plan::{Channel, Kind, Target};
use fentan_words::{channel, listed, money, plain, rate, say, tier};

use super::Chapter;
use crate::block::{Column, Row, Table};
use crate::csv::CHANNELS;
use crate::papers::{line_name, source_name};

impl Chapter<'_> {
    /// A paragraph for each agreement.
    pub(super) fn agreements(&self) -> Vec<String> {
        let at_least = self.at_least();
        let all = [Some(self.sharing()), at_least, self.minimum()];
        all.into_iter().flatten().chain(self.relief()).collect()
    }

    fn sharing(&self) -> String {
        let papers = self.papers;
        let mut rules: Vec<(Kind, String, Vec<String>)> = Vec::new();
        for line in papers.plan.lines() {
            let (kind, rule) = (line.kind(), papers.sharing(line));
            match rules.iter_mut().find(|(_, known, _)| *known == rule) {
                Some((_, _, lines)) => lines.push(line_name(line)),
                None => rules.push((kind, rule, vec![line_name(line)])),
            }
        }
        let rules: Vec<_> = rules
            .iter()
            .map(|(kind, rule, lines)| {
                let key = match kind {
                    Kind::Shared => "sharing-rule",
                    Kind::Individual => "sharing-charges",
                };
                let (count, lines) = (lines.len().to_string(), listed(papers.language, lines));
                let values = [("rule", rule.as_str()), ("count", &count), ("lines", &lines)];
                self.say_with(key, &values)
            })
            .collect();
        self.say_with("sharing", &[("rules", &rules.join(&papers.say("papers.separator")))])
    }

    fn at_least(&self) -> Option<String> {
        let rates = &self.papers.plan.agreements().residents_at_least;
        let rates = rates.iter().map(|(of, one)| {
            let name = tier(self.papers.language, *of);
            self.say_with("rate", &[("name", &name), ("rate", &rate(*one))])
        });
        let rates: Vec<_> = rates.collect();
        (!rates.is_empty())
            .then(|| self.say_with("at-least", &[("rates", &listed(self.papers.language, &rates))]))
    }

    fn minimum(&self) -> Option<String> {
        let papers = self.papers;
        let minimum = papers.plan.agreements().minimum.as_ref()?;
        let amount = |key: &str, amount: Option<Fen>| {
            amount.map(|amount| self.say_with(key, &[("amount", &money(amount))]))
        };
        let amounts =
            [amount("per-household", minimum.per_household), amount("per-area", minimum.per_area)];
        let amounts: Vec<_> = amounts.into_iter().flatten().collect();
        let sources = minimum.reduces.iter().filter_map(|&one| papers.plan.sources().get(one));
        let sources: Vec<_> = sources.map(source_name).collect();
        let top_up = papers.split.households.iter().map(|one| one.top_up).sum();
        let values = [
            ("minimum", &*listed(papers.language, &amounts)),
            ("sources", &listed(papers.language, &sources)),
            ("top-up", &money(top_up)),
        ];
        Some(self.say_with("minimum", &values))
    }

    fn relief(&self) -> Vec<String> {
        let (papers, split) = (self.papers, self.papers.split);
        let rates = &papers.plan.agreements().relief.rates;
        if rates.is_empty() {
            return Vec::new();
        }
        let rates = rates.iter().map(|(code, one)| {
            let key = format!("hardship.{code}");
            let said = say(papers.language, &key);
            let name = if said == key { code.clone() } else { said };
            self.say_with("rate", &[("name", &name), ("rate", &rate(*one))])
        });
        let rates = listed(papers.language, &rates.collect::<Vec<_>>());
        let rates = self.say_with("relief", &[("rates", &rates)]);
        let most = papers.plan.agreements().relief.most;
        let most = most.map(|most| self.say_with("relief-most", &[("most", &money(most))]));
        let relief: Fen = split.households.iter().map(|one| one.relief).sum();
        let borne = split.households.iter().map(|one| one.borne).sum();
        let (relief_sum, pot, borne) = (money(relief), money(self.pot), money(borne));
        let values = [("relief", relief_sum.as_str()), ("pot", &pot), ("borne", &borne)];
        let sum = match (self.merged, relief.is_zero()) {
            (true, _) => Some(self.say("relief-merged")),
            (false, true) => None,
            (false, false) => Some(self.say_with("relief-sum", &values)),
        };
        [Some(rates), most, sum].into_iter().flatten().collect()
    }

    /// How they pay, in words.
    pub(super) fn channels_text(&self) -> String {
        let channels = self.papers.plan.channels().iter();
        let channels = channels.map(|one| channel(self.papers.language, one.as_str()));
        let channels = listed(self.papers.language, &channels.collect::<Vec<_>>());
        if self.papers.plan.channels().is_empty() {
            return self.say("cash-text");
        }
        self.say_with("channels-text", &[("channels", &channels)])
    }

    /// By channel, what all households pay by it; nothing where that would tell what relief comes
    /// to.
    pub(super) fn channels(&self) -> Option<Table> {
        if self.merged {
            return None;
        }
        let papers = self.papers;
        let households = &papers.split.households;
        let total = |name: &str| {
            let amount = CHANNELS.iter().find(|(known, _)| *known == name).map(|(_, of)| of);
            let of_all = amount.map(|of| households.iter().map(|one| of(&one.paid)).sum());
            of_all.unwrap_or(Fen::ZERO)
        };
        let unit = !total("owner_unit").is_zero();
        let names = unit.then_some("owner_unit").into_iter();
        let names = names.chain(papers.plan.channels().iter().map(|one| Channel::as_str(*one)));
        let mut rows: Vec<_> = names
            .chain(["cash"])
            .map(|name| Row::of([channel(papers.language, name), plain(total(name))]))
            .collect();
        let all = plain(papers.split.residents);
        rows.push(Row::total([papers.say("papers.total"), all]));
        Some(papers.table_of_yuan(
            vec![
                Column::text(self.say("channel"), 60),
                Column::amount(papers.say("papers.amount"), 40),
            ],
            rows,
        ))
    }

    /// What is to be paid into the maintenance fund, where anything is.
    pub(super) fn fund(&self) -> Option<String> {
        let rules = self.papers.plan.maintenance();
        let amounts = self.papers.split.households.iter().filter_map(|one| one.replenish);
        let amounts: Vec<_> = amounts.filter(|amount| !amount.is_zero()).collect();
        let amount = amounts.iter().copied().sum();
        let (key, target) = match rules.target {
            Target::OfFirst(part) => ("fund-text", rate(part)),
            Target::PerArea(amount) => ("fund-text-per-area", money(amount)),
            _ => return None,
        };
        let values = [
            ("threshold", &*rate(rules.threshold)),
            ("target", &target),
            ("count", &amounts.len().to_string()),
            ("amount", &self.papers.in_full(amount)),
        ];
        (!amounts.is_empty()).then(|| self.say_with(key, &values))
    }
}
