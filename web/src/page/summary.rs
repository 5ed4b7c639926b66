//! The figures that stand above every screen.

use fentan_core::Fen;
use fentan_words::{Language, money, money_in_wan, say, say_with};
use yew::Html;

use crate::page::{Page, Screen, Stage};
use crate::parts::elements::{all, element, tag};
use fentan_words::percent;

/// The figures that everybody asks for first: in cards above the result, elsewhere in a line; nothing before there is a
/// result.
pub fn summary(page: &Page) -> Html {
    let language = page.language;
    if page.outcome.is_none() || page.screen.stage() == Stage::Shelf {
        return Html::default();
    }
    let outcome = page.outcome.as_deref();
    let count = page.standing.households.to_string();
    let count = say_with(language, "page.households-count", &[("count", &count)]);
    let of_budget = |part: Fen| {
        let budget = outcome.map_or(Fen::ZERO, |outcome| outcome.proof.budget);
        say_with(language, "page.of-budget", &[("percent", &percent(part, budget))])
    };
    let proof = outcome.map(|outcome| &outcome.proof);
    let cash = outcome.map(|outcome| &outcome.cash).filter(|cash| cash.homes > 0);
    let amounts = [
        ("budget", "term.budget", proof.map(|proof| proof.budget), count),
        (
            "sources-together",
            "page.sources-together",
            proof.map(|proof| proof.sources),
            proof.map_or_else(String::new, |proof| of_budget(proof.sources)),
        ),
        (
            "residents",
            "page.residents-together",
            proof.map(|proof| proof.residents),
            proof.map_or_else(String::new, |proof| of_budget(proof.residents)),
        ),
        ("cash-median", "page.cash-median", cash.map(|cash| cash.median), String::new()),
        ("cash-highest", "page.cash-highest", cash.map(|cash| cash.highest), String::new()),
    ];
    let cards = amounts.into_iter();
    let cards = cards.map(|(id, key, amount, note)| card(language, id, key, amount, note));
    let cards = all(cards.collect());
    let (stale, words) = match page.is_stale() {
        true => ("data-stale", tag("p", &["id"], &["stale"], say(language, "page.stale"))),
        false => ("", Html::default()),
    };
    let keys = &["id", "class", "data-stale"];
    let class = if page.screen == Screen::Result { "cards" } else { "line" };
    all(vec![tag("dl", keys, &["summary", class, stale], cards), words])
}

fn card(
    language: Language,
    id: &'static str,
    key: &str,
    amount: Option<Fen>,
    note: String,
) -> Html {
    // Ten thousands are how Chinese counts money, and no unit of English.
    let rounded = amount.filter(|_| language == Language::Chinese).and_then(money_in_wan);
    let notes = vec![element("span", "", rounded.unwrap_or_default()), element("span", "", note)];
    let amount = amount.map_or_else(|| "–".to_owned(), money);
    let parts = vec![
        element("dt", "", say(language, key)),
        tag("dd", &["class", "id"], &["amount", id], amount),
        element("dd", "note", all(notes)),
    ];
    element("div", "card", all(parts))
}
