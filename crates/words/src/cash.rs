//! Cash over time, in words.

use fentan_core::collection::{Cash, CashMonth, CashOf, Month};
use fentan_core::{Fen, Plan};

use crate::{Language, channel, listed, money, say, say_with};

/// A month, as people call it.
pub fn month(language: Language, month: Month) -> String {
    let number = match language {
        Language::Chinese => month.month().to_string(),
        Language::English => format!("{:02}", month.month()),
    };
    let values = [("year", &*month.year().to_string()), ("month", &*number)];
    say_with(language, "cash.of-month", &values)
}

/// What a line is called.
fn line<'p>(plan: &'p Plan, id: &'p str) -> &'p str {
    let line = plan.lines().iter().find(|line| line.id == id);
    line.and_then(|line| line.name.as_deref()).unwrap_or(id)
}

/// What is spent in a month, by the name of the line.
pub fn lines(plan: &Plan, month: &CashMonth) -> Vec<(String, Fen)> {
    month.lines.iter().map(|one| (line(plan, &one.id).to_owned(), one.amount)).collect()
}

/// Who pays in a month, by name: sources, the residents' channels, and their cash.
pub fn payers(language: Language, plan: &Plan, month: &CashMonth) -> Vec<(String, Fen)> {
    named(language, plan, &month.sources, &month.channels, month.cash)
}

fn named(
    language: Language,
    plan: &Plan,
    sources: &[CashOf],
    channels: &[CashOf],
    cash: Fen,
) -> Vec<(String, Fen)> {
    let sources = sources.iter().map(|one| (source(plan, &one.id).to_owned(), one.amount));
    let channels = channels.iter().map(|one| (channel(language, &one.id), one.amount));
    let cash = (!cash.is_zero()).then(|| (say(language, "cash.residents"), cash));
    sources.chain(channels).chain(cash).collect()
}

fn source<'p>(plan: &'p Plan, id: &'p str) -> &'p str {
    let source = plan.sources().iter().find(|source| source.id == id);
    let pot = plan.agreements().relief.pot.as_ref().filter(|pot| pot.id == id);
    let name = source.map(|source| &source.name).or(pot.map(|pot| &pot.name));
    name.and_then(Option::as_deref).unwrap_or(id)
}

/// What is to be said of the cash: how much is missing when, until when and what helps, what is held,
/// and what is not scheduled.
pub fn sentences(language: Language, plan: &Plan, cash: &Cash) -> Vec<String> {
    let mut said = Vec::new();
    match cash.gap_on {
        Some(on) => {
            let of = Month::of(on);
            let values = [
                ("month", &*month(language, of)),
                ("gap", &money(cash.gap)),
                ("on", &on.to_string()),
            ];
            said.push(say_with(language, "cash.most", &values));
            let mut after = cash.months.iter().filter(|one| one.month >= of);
            let closes = after.find(|one| one.short.is_zero());
            let short = cash.months.last().map(|last| money(last.short)).unwrap_or_default();
            said.push(match closes {
                Some(one) => {
                    let closes = month(language, one.month);
                    say_with(language, "cash.closes", &[("month", &closes)])
                }
                None => say_with(language, "cash.never-closes", &[("short", &short)]),
            });
            said.push(say(language, "cash.how"));
        }
        None if cash.months.is_empty() => {}
        None => said.push(say(language, "cash.no-gap")),
    }
    if !cash.held.is_zero() {
        said.push(say_with(language, "cash.held", &[("held", &money(cash.held))]));
    }
    let rest = &cash.unscheduled;
    let lines = rest.lines.iter().map(|one| (line(plan, &one.id).to_owned(), one.amount));
    let payers = named(language, plan, &rest.sources, &rest.channels, rest.cash);
    for (key, list) in
        [("cash.unscheduled-lines", lines.collect()), ("cash.unscheduled-payers", payers)]
    {
        if !list.is_empty() {
            let list = list.iter().map(|(name, amount)| {
                let values = [("name", name.as_str()), ("amount", &money(*amount))];
                say_with(language, "cash.named", &values)
            });
            let list = listed(language, &list.collect::<Vec<_>>());
            said.push(say_with(language, key, &[("list", &list)]));
        }
    }
    said
}
