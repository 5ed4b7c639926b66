use fentan_core::Fen;
use fentan_words::{Language, money, say};
use yew::Html;

use super::bar::{bar, swatch};
use super::elements::{all, element, panel};
use crate::message::Outcome;
use fentan_words::percent;

/// Who pays, in all and by line.
pub fn who_pays(language: Language, outcome: &Outcome) -> Html {
    let ledger = &outcome.ledger;
    let names = ledger.names(&say(language, "term.residents"));
    let bar = |title: &str, amounts: &[Fen]| bar(title, &names, &ledger.payers, amounts);
    let mut legend = Vec::new();
    for (index, (payer, name)) in ledger.payers.iter().zip(&names).enumerate() {
        let total = ledger.totals[index];
        let parts = vec![
            swatch(index, payer),
            element("span", "name", name.as_str()),
            element("span", "number", money(total)),
            element("span", "number part", percent(total, outcome.proof.budget)),
        ];
        legend.push(element("li", "", all(parts)));
    }
    let mut lines = Vec::new();
    for line in &ledger.lines {
        let parts = vec![
            element("span", "", line.name.as_str()),
            bar(&line.name, &line.paid),
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
