//! Who pays, in all and by line.

use fentan_core::Fen;
use fentan_words::{Language, money, percent, say};
use yew::Html;

use crate::message::Outcome;
use crate::parts::bar::{bar, swatch};
use crate::parts::elements::{all, element, panel};

/// Who pays, in all and by line.
pub fn who_pays(language: Language, outcome: &Outcome) -> Html {
    let by_payer = &outcome.by_payer;
    let names = by_payer.names(&say(language, "term.residents"));
    let bar = |title: &str, amounts: &[Fen]| bar(title, &names, &by_payer.payers, amounts);
    let mut legend = Vec::new();
    for (index, (payer, name)) in by_payer.payers.iter().zip(&names).enumerate() {
        let total = by_payer.totals[index];
        let parts = vec![
            swatch(index, payer),
            element("span", "name", name.as_str()),
            element("span", "number", money(total)),
            element("span", "number part", percent(total, outcome.proof.budget)),
        ];
        legend.push(element("li", "", all(parts)));
    }
    let mut lines = Vec::new();
    for line in &by_payer.lines {
        let parts = vec![
            element("span", "", line.name.as_str()),
            bar(&line.name, &line.paid),
            element("span", "number", money(line.amount)),
        ];
        lines.push(element("li", "", all(parts)));
    }
    let parts = vec![
        element("div", "whole", bar(&say(language, "page.all-lines"), &by_payer.totals)),
        element("ul", "legend", all(legend)),
        element("h3", "", say(language, "page.by-line")),
        element("ul", "bars", all(lines)),
    ];
    panel(language, "who-pays", "page.who-pays", "page.rounded", parts)
}
