use fentan_core::Fen;
use fentan_words::{say, source_kind};
use yew::Html;

use super::editing::Editing;
use super::elements::{all, element, panel, row, table, table_box, td, td_sum, th, th_row};
use super::field::field;
use crate::fields::{self, LIMITS, POT};
use crate::figures::{percent, plain};
use crate::state::Shown;

/// Every source and the relief pot: what it may pay, to edit, and what it pays.
pub fn source_table(editing: &Editing, shown: &Shown) -> Html {
    let language = editing.language;
    let (plan, split) = (&shown.plan, &shown.split);
    let limit_name = |limit: &str| say(language, &format!("page.limit.{limit}"));
    let input = |name: &str, limit: &str, path: &str| {
        let unit = match limit {
            // A rate counts nothing.
            "rate" => String::new(),
            _ => say(language, &format!("page.unit.{limit}")),
        };
        td(field(editing, path, format!("{name} {}", limit_name(limit)), unit))
    };
    let pays = |cells: &mut Vec<Html>, offer: String, paid: Fen| {
        cells.extend([td(offer), td_sum(paid), td(percent(paid, split.budget))]);
    };

    let mut rows = Vec::new();
    for (index, source) in plan.sources().iter().enumerate() {
        let name = source.name.as_deref().unwrap_or(&source.id);
        let kind = source.kind.map_or_else(String::new, |kind| source_kind(language, kind));
        let wrong = editing.problems_at(&fields::source(index));
        let mut cells = vec![th_row(name, &kind, wrong)];
        for limit in LIMITS {
            cells.push(input(name, limit, &fields::source_limit(index, limit)));
        }
        rows.push(cells);
    }
    if let Some(pot) = &plan.agreements().relief.pot {
        let name = pot.name.as_deref().unwrap_or(&pot.id);
        let head = th_row(name, &say(language, "term.relief-pot"), Vec::new());
        rows.push(vec![head, td(""), input(name, "amount", POT), td(""), td("")]);
    }
    let mut body = Vec::new();
    for (mut cells, source) in rows.into_iter().zip(&split.sources) {
        let offer = source.offer.map_or_else(|| say(language, "term.unlimited"), plain);
        pays(&mut cells, offer, source.paid);
        body.push(row(cells));
    }
    let mut foot = vec![th_row(&say(language, "term.total"), "", Vec::new())];
    foot.extend(LIMITS.map(|_| td("")));
    pays(&mut foot, String::new(), shown.proof.sources);

    let mut heads = vec![say(language, "term.payer")];
    heads.extend(LIMITS.map(limit_name));
    heads.extend(["term.offer", "term.paid", "page.part"].map(|key| say(language, key)));
    let head = vec![row(heads.into_iter().map(th).collect())];
    let table = table(head, element("tbody", "", all(body)), foot);
    let parts = vec![table_box("sources", table)];
    panel(language, "sources", "page.source-table", "page.source-table-note", parts)
}
