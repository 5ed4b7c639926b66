use fentan_core::{Fen, Line};
use fentan_words::{Language, money, say};
use yew::Html;

use super::bar::{bar, swatch};
use super::elements::{all, element, panel};
use crate::figures::percent;
use crate::state::Shown;

/// Who pays, in all and by line.
pub fn who_pays(language: Language, shown: &Shown) -> Html {
    let ledger = &shown.ledger;
    let names = ledger.names(&say(language, "term.residents"));
    let bar = |title: &str, amounts: &[Fen]| bar(title, &names, &ledger.payers, amounts);
    let mut legend = Vec::new();
    for (index, (payer, name)) in ledger.payers.iter().zip(&names).enumerate() {
        let total = ledger.totals[index];
        let parts = vec![
            swatch(index, payer, name.clone()),
            element("span", "name", name.as_str()),
            element("span", "number", money(total)),
            element("span", "number part", percent(total, shown.split.budget)),
        ];
        legend.push(element("li", "", all(parts)));
    }
    let mut lines = Vec::new();
    for (line, amounts) in shown.plan.lines().iter().zip(&ledger.lines) {
        let name = line_name(line);
        let parts = vec![
            element("span", "", name),
            bar(name, amounts),
            element("span", "number", money(line.amount)),
        ];
        lines.push(element("li", "", all(parts)));
    }
    let parts = vec![
        element("div", "whole", bar(&say(language, "page.all-lines"), &ledger.totals)),
        element("ul", "legend", all(legend)),
        element("h3", "", say(language, "page.by-line")),
        element("ul", "bars", all(lines)),
    ];
    panel(language, "who-pays", "page.who-pays", "page.rounded", parts)
}

/// What a line is called, or its id where it has no name.
pub fn line_name(line: &Line) -> &str {
    line.name.as_deref().unwrap_or(&line.id)
}
