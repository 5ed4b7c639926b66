//! The sums that must agree, added up again.

use fentan_core::Fen;
use fentan_words::{Language, money, say, say_with};
use yew::Html;

use crate::message::Outcome;
use crate::parts::elements::{all, element, panel, tag};

/// The sums that must agree, added up again.
pub fn proof(language: Language, outcome: &Outcome) -> Html {
    let proof = &outcome.proof;
    let equation = |whole: Fen, one: Fen, other: Fen| {
        format!("{} = {} + {}", money(whole), money(one), money(other))
    };
    let checked = |key: &str, (checked, all): (usize, usize)| {
        let (checked, all) = (checked.to_string(), all.to_string());
        say_with(language, key, &[("checked", &checked), ("all", &all)])
    };
    let (lines, households) = (proof.lines, proof.households);
    let rows = [
        (
            "page.proof-budget",
            equation(proof.budget, proof.sources, proof.residents),
            proof.budget_holds(),
        ),
        (
            "page.proof-residents",
            equation(proof.due, proof.left_by_lines, proof.top_ups),
            proof.residents_hold(),
        ),
        ("page.proof-lines", checked("page.checked-lines", lines), lines.0 == lines.1),
        (
            "page.proof-households",
            checked("page.checked-households", households),
            households.0 == households.1,
        ),
    ];
    let rows = rows.into_iter().map(|(key, sum, holds)| {
        let (class, mark, verdict) =
            if holds { ("holds", "✓", "page.holds") } else { ("fails", "✗", "page.fails") };
        let verdict = say(language, verdict);
        let parts = vec![
            tag("span", &["class", "role", "aria-label"], &["mark", "img", &verdict], mark),
            element("span", "claim", say(language, key)),
            element("span", "number", sum),
        ];
        element("li", class, all(parts))
    });
    let parts = vec![element("ul", "proof", all(rows.collect()))];
    panel(language, "proof", "page.proof", "page.proof-note", parts)
}
