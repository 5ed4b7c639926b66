//! One compound: the money of each source, and what happened.

use std::collections::BTreeSet;

use fentan_core::Fen;
use fentan_ledger::{Compound, Event, RESIDENTS, Table, report};
use fentan_words::{Language, money, say};
use yew::html::Scope;
use yew::{Html, MouseEvent, html};

use crate::table::{Head, figures, table};
use crate::{Ledgers, Message, Opened};

/// The id of its heading.
pub const HEADING: &str = "ledger-compound-heading";

/// A compound of an open ledger, and the way back to all.
pub fn compound(
    language: Language,
    link: &Scope<Ledgers>,
    opened: &Opened,
    compound: &Compound,
) -> Html {
    let title = match &compound.name {
        Some(name) => format!("{name} ({})", compound.id),
        None => compound.id.clone(),
    };
    let place = [compound.county.clone(), compound.year.map(|year| year.to_string())];
    let place = place.into_iter().flatten().chain([report::status(language, compound.status)]);
    let place = place.collect::<Vec<_>>().join(" · ");
    let back = link.callback(|_: MouseEvent| Message::Back);
    html! {
        <section id="ledger-compound" class="panel" aria-labelledby={HEADING}>
            <p>
                <button type="button" id="ledger-back" onclick={back}>
                    { say(language, "ledger.page.back") }
                </button>
            </p>
            <h2 id={HEADING} tabindex="-1">{ title }</h2>
            <p class="note">{ place }</p>
            { figures(language, &Table::sum(&[compound])) }
            { sources(language, compound) }
            { history(language, opened, &compound.id) }
        </section>
    }
}

fn sources(language: Language, compound: &Compound) -> Html {
    let sources: BTreeSet<&str> =
        compound.planned.keys().chain(compound.paid.keys()).map(String::as_str).collect();
    let sources = sources.into_iter().filter(|source| *source != RESIDENTS);
    let rows = sources.chain([RESIDENTS]).map(|source| {
        let planned = match source {
            RESIDENTS => Some(compound.residents),
            _ => compound.planned.get(source).copied(),
        };
        let paid = compound.paid.get(source).copied();
        let amount = |amount: Option<Fen>| money(amount.unwrap_or_default());
        [report::payer(language, source), amount(planned), amount(paid)].map(Html::from).into()
    });
    let heads = [("page.source", true), ("column.planned", false), ("column.paid", false)];
    part(language, "ledger-money", "money", &heads, rows)
}

fn history(language: Language, opened: &Opened, id: &str) -> Html {
    let is_of_it = |entry: &fentan_ledger::Entry| {
        // A target's compound is a county.
        entry.compound == id && !matches!(entry.event, Event::Target { .. })
    };
    let entries = (1_u64..).zip(&opened.entries).filter(|(_, entry)| is_of_it(entry));
    let rows = entries.map(|(line, entry)| {
        let event = report::event(language, entry);
        [entry.date.to_string(), event, entry.by.clone(), line.to_string()].map(Html::from).into()
    });
    let heads =
        [("page.date", true), ("page.event", true), ("page.by", true), ("page.line", false)];
    part(language, "ledger-history", "history", &heads, rows)
}

/// A table with a heading of its own; the heads are texts of the ledger, and whether texts stand
/// below.
fn part(
    language: Language,
    id: &'static str,
    name: &str,
    heads: &[(&str, bool)],
    rows: impl Iterator<Item = Vec<Html>>,
) -> Html {
    let head = |&(key, is_text): &(&str, bool)| Head {
        title: say(language, &format!("ledger.{key}")),
        is_text,
    };
    let heads: Vec<Head> = heads.iter().map(head).collect();
    html! {
        <>
            <h3 {id}>{ say(language, &format!("ledger.page.{name}")) }</h3>
            { table(id, &heads, rows) }
        </>
    }
}
