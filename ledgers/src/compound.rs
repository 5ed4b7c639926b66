//! One compound: the money of each source, and what happened.

use std::collections::BTreeSet;

use fentan_core::Fen;
use fentan_ledger::{Compound, Event, RESIDENTS, report};
use fentan_words::{Language, money, say};
use yew::{Callback, Html, MouseEvent, NodeRef, html};

use crate::Opened;

/// A compound of a ledger, by its place among all.
pub fn compound(
    language: Language,
    opened: &Opened,
    index: usize,
    heading: &NodeRef,
    close: Callback<MouseEvent>,
) -> Html {
    let Some(compound) = opened.ledger.compounds().get(index) else { return Html::default() };
    let title = match &compound.name {
        Some(name) => format!("{name} ({})", compound.id),
        None => compound.id.clone(),
    };
    let place = [compound.county.clone(), compound.year.map(|year| year.to_string())];
    let place = place.into_iter().flatten().chain([report::status(language, compound.status)]);
    let place = place.collect::<Vec<_>>().join(" · ");
    html! {
        <section id="ledger-compound" class="panel" aria-labelledby="ledger-compound-heading">
            <h2 id="ledger-compound-heading" key={index} tabindex="-1" ref={heading.clone()}>{ title }</h2>
            <p class="note">{ place }</p>
            { sources(language, compound) }
            { history(language, opened, &compound.id) }
            <p class="tools">
                <button type="button" id="ledger-close" onclick={close}>
                    { say(language, "ledger.page.close") }
                </button>
            </p>
        </section>
    }
}

fn sources(language: Language, compound: &Compound) -> Html {
    let row = |source: &str, planned: Option<Fen>| {
        let paid = compound.paid.get(source).copied();
        let amount = |amount: Option<Fen>| amount.map(money).unwrap_or_default();
        vec![report::payer(language, source), amount(planned), amount(paid)]
    };
    let sources: BTreeSet<&String> = compound.planned.keys().chain(compound.paid.keys()).collect();
    let sources = sources.into_iter().filter(|source| *source != RESIDENTS);
    let mut rows: Vec<_> =
        sources.map(|source| row(source, compound.planned.get(source).copied())).collect();
    rows.push(row(RESIDENTS, Some(compound.residents)));
    let heads = ["page.source", "column.planned", "column.paid"];
    table(language, "money", &heads, rows)
}

fn history(language: Language, opened: &Opened, id: &str) -> Html {
    let entries = (1..)
        .zip(&opened.entries)
        .filter(|(_, entry)| entry.compound == id && !matches!(entry.event, Event::Target { .. }));
    let rows = entries.map(|(line, entry): (u64, _)| {
        let event = report::event(language, entry);
        vec![line.to_string(), entry.date.clone(), event, entry.by.clone()]
    });
    let heads = ["page.number", "page.date", "page.event", "page.by"];
    table(language, "history", &heads, rows.collect())
}

/// A table with a heading of its own; `heads` are texts of the ledger.
fn table(language: Language, name: &str, heads: &[&str], rows: Vec<Vec<String>>) -> Html {
    let id = format!("ledger-{name}");
    let heads = heads.iter().map(|head| say(language, &format!("ledger.{head}")));
    let heads = heads.map(|head| html! { <th scope="col">{ head }</th> });
    let rows = rows.into_iter().map(|row| {
        let cells = row.into_iter().enumerate().map(|(position, text)| match position {
            0 => html! { <th scope="row">{ text }</th> },
            _ => html! { <td>{ text }</td> },
        });
        html! { <tr>{ for cells }</tr> }
    });
    html! {
        <>
            <h3 id={id.clone()}>{ say(language, &format!("ledger.page.{name}")) }</h3>
            <div class="table-box" role="group" tabindex="0" aria-labelledby={id}>
                <table><thead><tr>{ for heads }</tr></thead><tbody>{ for rows }</tbody></table>
            </div>
        </>
    }
}
