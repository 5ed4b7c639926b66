//! What the parts are drawn from. One function for each shape keeps the page small: every
//! `html!` is code that every visitor loads.

use fentan_core::Fen;
use fentan_words::{Language, say};
use yew::{Callback, Html, MouseEvent, html};

use crate::figures::cell;

/// An element of a class, which may be empty.
pub fn element(tag: &'static str, class: &'static str, content: impl Into<Html>) -> Html {
    draw(tag, class, content.into())
}

fn draw(tag: &'static str, class: &'static str, content: Html) -> Html {
    let class = Some(class).filter(|class| !class.is_empty());
    html! { <@{tag} {class}>{ content }</@> }
}

/// One after another.
pub fn all(parts: Vec<Html>) -> Html {
    parts.into_iter().collect()
}

/// A cell.
pub fn td(content: impl Into<Html>) -> Html {
    element("td", "", content)
}

/// A cell with an amount; nought is a dash.
pub fn td_amount(amount: Fen) -> Html {
    element("td", "", cell(amount))
}

/// A cell with an amount that others of its row add up to.
pub fn td_sum(amount: Fen) -> Html {
    element("td", "sum", cell(amount))
}

/// A row of a table.
pub fn row(cells: Vec<Html>) -> Html {
    element("tr", "", all(cells))
}

/// The heading of a column.
pub fn th(text: String) -> Html {
    html! { <th scope="col">{ text }</th> }
}

/// The heading of a row: a name, something about it, and what is wrong with the row as a whole.
pub fn th_row(name: &str, about: &str, wrong: Vec<String>) -> Html {
    let wrong = wrong.into_iter().map(|problem| element("span", "wrong", problem)).collect();
    html! { <th scope="row">{ name }{ element("small", "", about) }{ all(wrong) }</th> }
}

/// A table: its heading, its body, its last row.
pub fn table(head: Vec<Html>, body: Html, foot: Vec<Html>) -> Html {
    let parts = vec![element("thead", "", all(head)), body, element("tfoot", "", row(foot))];
    element("table", "", all(parts))
}

/// A table in a box that scrolls where the page is too narrow for it.
pub fn table_box(id: &str, table: Html) -> Html {
    html! {
        <div class="table-box" role="group" tabindex="0" aria-labelledby={heading_id(id)}>
            { table }
        </div>
    }
}

/// A part of the page, with the keys of its heading and of the note below.
pub fn panel(
    language: Language,
    id: &'static str,
    heading: &str,
    note: &str,
    parts: Vec<Html>,
) -> Html {
    html! {
        <section {id} class="panel" aria-labelledby={heading_id(id)}>
            <h2 id={heading_id(id)}>{ say(language, heading) }</h2>
            { element("p", "note", say(language, note)) }
            { all(parts) }
        </section>
    }
}

fn heading_id(id: &str) -> String {
    format!("{id}-heading")
}

/// A button; one that does nothing now is disabled.
pub fn button(id: &'static str, text: String, onclick: Option<Callback<MouseEvent>>) -> Html {
    html! { <button {id} type="button" disabled={onclick.is_none()} {onclick}>{ text }</button> }
}
