use fentan_words::{Language, say};
use yew::{Html, html};

/// The parts of the page, by their addresses in it, and what they are called.
const PARTS: [(&str, &str); 5] = [
    ("#who-pays", "page.who-pays"),
    ("#lines", "page.line-table"),
    ("#sources", "page.source-table"),
    ("#households", "page.household-table"),
    ("#proof", "page.proof"),
];

/// The product, the plan's name, and what can be done with it.
pub fn top_bar(language: Language, name: String, actions: [Html; 3]) -> Html {
    html! {
        <header class="top">
            <div class="product">
                <strong>{ say(language, "page.product") }</strong>
                <span>{ say(language, "page.tagline") }</span>
            </div>
            <div class="actions">{ for actions }</div>
            <h1 id="plan">{ name }</h1>
            <nav aria-label={say(language, "page.sections")}>
                { for PARTS.map(|(href, key)| html! { <a {href}>{ say(language, key) }</a> }) }
            </nav>
        </header>
    }
}
