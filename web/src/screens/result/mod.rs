//! The result: who pays what, in charts and in tables, what law and policy say of it, and why each
//! figure is what it is.

pub mod charts;
pub mod law;
mod proof;
pub mod reason;
pub mod saving;
pub mod statement;
pub mod who_pays;

use fentan_core::Figure;
use fentan_words::{Language, cell, money, percent, plain, printable, say};
use yew::{Callback, Html, MouseEvent, html};

use crate::by_payer::Payer;
use crate::message::{Outcome, Request};
use crate::packed::Packed;
use crate::page::{Action, Page};
use crate::parts::editing::Editing;
use crate::parts::elements::{
    act, all, button, element, panel, row, table, table_box, tag, tag_that, td, td_sum, th, th_row,
};
use charts::ChartPanels;
use law::review::ReviewPanel;
use proof::proof;
use who_pays::who_pays;

/// Who pays what: to look at, in tables, and added up again; with what was found, and charts.
pub fn result(page: &Page, editing: &Editing) -> Html {
    let (language, send) = (page.language, &editing.send);
    let Some(outcome) = page.outcome.as_deref() else {
        return element("p", "none", say(language, "page.no-result"));
    };
    let panels = {
        let (law, send) = (editing.law.clone(), send.clone());
        html! {
            <>
                <ReviewPanel {language} {law} {send} />
                <ChartPanels {language} figures={page.charts.clone()} />
            </>
        }
    };
    let is_fresh = !page.is_stale();
    let save = is_fresh.then(|| act(send, Action::Ask(Request::SaveSplit)));
    let tools = vec![
        tag("a", &["class", "href"], &["button", "#papers"], say(language, "page.to-papers")),
        button("save", say(language, "page.save"), save),
        button("print", say(language, "page.print"), Some(Callback::from(print))),
    ];
    let parts = vec![
        print_head(page),
        element("p", "tools", all(tools)),
        who_pays(language, outcome),
        panels,
        line_table(language, outcome, send),
        source_table(language, outcome, send),
        proof(language, outcome),
    ];
    let stale = if is_fresh { "" } else { "data-stale" };
    tag("div", &["id", "data-stale"], &["result", stale], all(parts))
}

/// The name of the plan and the day, on paper alone.
pub fn print_head(page: &Page) -> Html {
    let name = page.form.as_ref().and_then(|form| form.document.text("name")).unwrap_or_default();
    let now = js_sys::Date::new_0();
    let day = format!("{}-{:02}-{:02}", now.get_full_year(), now.get_month() + 1, now.get_date());
    element("p", "on-paper", [&printable(name), " · ", &day].concat())
}

/// Prints what is on screen.
pub fn print(_: MouseEvent) {
    // A browser that can't print does nothing.
    let _ = gloo::utils::window().print();
}

/// An amount that opens its reason.
pub fn explained(amount: String, figure: Figure, send: &Callback<Action>) -> Html {
    figure_button(amount, act(send, Action::Explain(Packed::of(&figure), 0)))
}

/// A figure that opens something.
pub fn figure_button(amount: String, does: Callback<MouseEvent>) -> Html {
    tag_that(does, "button", &["type", "class"], &["button", "figure"], amount)
}

/// Every line by payer.
fn line_table(language: Language, outcome: &Outcome, send: &Callback<Action>) -> Html {
    let by_payer = &outcome.by_payer;
    let has_top_ups = !outcome.proof.top_ups.is_zero();
    // What the residents pay is asked for first, and stands where no page is too narrow for it.
    let names = by_payer.names(&say(language, "term.residents"));
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.rotate_right(1.min(names.len()));
    let mut heads = vec![say(language, "term.line"), say(language, "page.amount")];
    heads.extend(order.iter().map(|&payer| names[payer].clone()));
    if has_top_ups {
        heads.push(say(language, "page.of-which-top-up"));
    }
    let rows = by_payer.lines.iter().enumerate().map(|(line, of)| {
        let mut cells = vec![th_row(&of.name), td_sum(of.amount)];
        for &payer in &order {
            let amount = of.paid[payer];
            let figure = match &by_payer.payers[payer] {
                Payer::Source { .. } => Figure::Paid { source: payer, line },
                Payer::Pot { .. } => Figure::PotPayment { line },
                Payer::Residents => Figure::Residents { line },
            };
            cells.push(match amount.is_zero() {
                true => td(cell(amount)),
                false => td(explained(plain(amount), figure, send)),
            });
        }
        if has_top_ups {
            cells.push(element("td", "within", cell(of.top_up)));
        }
        row(cells)
    });
    let rows = rows.collect();
    let mut foot = vec![th_row(&say(language, "term.total"))];
    foot.push(td_sum(outcome.proof.budget));
    foot.extend(
        order.iter().filter_map(|&payer| by_payer.totals.get(payer)).map(|&amount| td_sum(amount)),
    );
    if has_top_ups {
        foot.push(element("td", "within", cell(outcome.proof.top_ups)));
    }
    let head = vec![row(heads.into_iter().map(th).collect())];
    let table = table(head, rows, foot);
    let parts = vec![table_box("lines", table)];
    panel(language, "lines", "page.line-table", "page.line-table-note", parts)
}

/// What each source may pay in all and what it pays.
fn source_table(language: Language, outcome: &Outcome, send: &Callback<Action>) -> Html {
    let by_payer = &outcome.by_payer;
    let names = by_payer.names("");
    let rows = outcome.offers.iter().enumerate().map(|(source, offer)| {
        let paid = by_payer.totals[source];
        let offer = match offer {
            Some(offer) => explained(plain(*offer), Figure::Offer { source }, send),
            None => say(language, "term.unlimited").into(),
        };
        row(vec![
            th_row(&names[source]),
            td(offer),
            td_sum(paid),
            td(percent(paid, outcome.proof.budget)),
        ])
    });
    let rows = rows.collect();
    let foot = vec![
        th_row(&say(language, "term.total")),
        td(""),
        td_sum(outcome.proof.sources),
        td(percent(outcome.proof.sources, outcome.proof.budget)),
    ];
    let heads = ["term.payer", "term.offer", "term.paid", "page.part"];
    let head = vec![row(heads.map(|key| th(say(language, key))).into())];
    let pool = outcome.pool_left.map(|left| {
        let text = format!("{} {}", say(language, "page.pool-left"), money(left));
        element("p", "note", text)
    });
    let table = table(head, rows, foot);
    let parts = vec![table_box("sources", table), pool.unwrap_or_default()];
    panel(language, "sources", "page.source-table", "page.source-table-note", parts)
}
