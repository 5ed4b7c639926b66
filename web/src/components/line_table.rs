use fentan_core::{Fen, Line, Works};
use fentan_words::{Language, say, share_by, tier};
use yew::Html;

use super::editing::Editing;
use super::elements::{
    all, element, panel, row, table, table_box, td, td_amount, td_sum, th, th_row,
};
use super::field::field;
use super::who_pays::line_name;
use crate::fields;
use crate::figures::{cell, plain};
use crate::state::Shown;

/// Every line by payer, with the amounts of shared lines to edit.
pub fn line_table(editing: &Editing, shown: &Shown) -> Html {
    let language = editing.language;
    let (plan, split, ledger) = (&shown.plan, &shown.split, &shown.ledger);
    let has_top_ups = plan.agreements().minimum.is_some();
    let cells = |head: Html, amount: Html, paid: &[Fen], top_up: Fen, total: Fen| {
        let mut cells = vec![head, amount];
        cells.extend(paid.iter().map(|&amount| td_amount(amount)));
        if has_top_ups {
            cells.push(element("td", "within", cell(top_up)));
        }
        cells.push(td_sum(total));
        cells
    };

    let mut heads = vec![say(language, "term.line"), say(language, "page.amount")];
    heads.extend(ledger.names(&say(language, "term.residents")));
    if has_top_ups {
        heads.push(say(language, "page.of-which-top-up"));
    }
    heads.push(say(language, "term.total"));

    let mut rows = Vec::new();
    for (index, (line, line_split)) in plan.lines().iter().zip(&split.lines).enumerate() {
        let name = line_name(line);
        let wrong = editing.problems_at(&fields::line(index));
        let head = th_row(name, &about(language, line), wrong);
        let amount = match line.works {
            Works::Shared { .. } => {
                let label = format!("{name} {}", say(language, "term.amount"));
                td(field(editing, &fields::line_amount(index), label, String::new()))
            }
            _ => td(plain(line.amount)),
        };
        let paid = &ledger.lines[index];
        rows.push(row(cells(head, amount, paid, line_split.top_up, line.amount)));
    }
    let foot = cells(
        th_row(&say(language, "term.total"), "", Vec::new()),
        td_sum(split.budget),
        &ledger.totals,
        shown.proof.top_ups,
        split.budget,
    );
    let head = vec![row(heads.into_iter().map(th).collect())];
    let table = table(head, element("tbody", "", all(rows)), foot);
    let parts = vec![table_box("lines", table)];
    panel(language, "lines", "page.line-table", "page.line-table-note", parts)
}

/// A line's tier and how it is shared.
fn about(language: Language, line: &Line) -> String {
    let shared = match line.works {
        Works::Shared { share_by: by, .. } => share_by(language, by),
        _ => say(language, "share-by.charges"),
    };
    match line.tier {
        Some(class) => format!("{} · {shared}", tier(language, class)),
        None => shared,
    }
}
