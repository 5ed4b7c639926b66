use fentan_core::Fen;
use fentan_words::{Language, money, money_in_wan, say, say_with};
use yew::{Html, html};

use super::elements::{all, element};
use crate::figures::percent;
use crate::state::Shown;

/// The figures that everybody asks for first.
pub fn summary(language: Language, shown: &Shown) -> Html {
    let split = &shown.split;
    let count = split.households.len().to_string();
    let count = say_with(language, "page.households-count", &[("count", &count)]);
    let of_budget =
        |part| say_with(language, "page.of-budget", &[("percent", &percent(part, split.budget))]);
    let (sources, residents) = (shown.proof.sources, split.residents);
    let cards = [
        ("budget", "term.budget", Some(split.budget), count),
        ("sources-together", "page.sources-together", Some(sources), of_budget(sources)),
        ("residents", "page.residents-together", Some(residents), of_budget(residents)),
        ("cash-median", "page.cash-median", shown.cash.map(|cash| cash.median), String::new()),
        ("cash-highest", "page.cash-highest", shown.cash.map(|cash| cash.highest), String::new()),
    ];
    let cards = cards.into_iter();
    let cards = cards.map(|(id, key, amount, note)| card(language, id, key, amount, note));
    html! { <dl id="summary" class="cards">{ for cards }</dl> }
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
    let parts = vec![
        element("dt", "", say(language, key)),
        html! { <dd class="amount" {id}>{ amount.map_or_else(String::new, money) }</dd> },
        element("dd", "note", all(notes)),
    ];
    element("div", "card", all(parts))
}
