//! What compounds are looked at.

use std::collections::BTreeSet;

use fentan_ledger::{Ledger, Status, report};
use fentan_words::{Language, say};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::html::Scope;
use yew::{Callback, Event, Html, InputEvent, TargetCast, html};

use super::{Message, Screen};

/// The choices, as they stand.
pub fn filter(language: Language, link: &Scope<Screen>, ledger: &Ledger, screen: &Screen) -> Html {
    let filter = &screen.filter;
    let compounds = ledger.compounds();
    let counties: BTreeSet<&String> =
        compounds.iter().filter_map(|one| one.county.as_ref()).collect();
    let years: BTreeSet<u32> = compounds.iter().filter_map(|one| one.year).collect();
    let counties = counties.into_iter().map(|county| (county.clone(), county.clone()));
    let years = years.into_iter().map(|year| (year.to_string(), year.to_string()));
    let statuses =
        Status::ALL.into_iter().map(|one| (one.as_str().to_owned(), report::status(language, one)));
    let county = link.callback(|value| {
        Message::Look(
            |filter, value| filter.county = Some(value).filter(|one| !one.is_empty()),
            value,
        )
    });
    let year = link
        .callback(|value| Message::Look(|filter, value| filter.year = value.parse().ok(), value));
    let status = link.callback(|value| {
        let change = |filter: &mut fentan_ledger::Filter, value: String| {
            filter.status = Status::ALL.into_iter().find(|status| status.as_str() == value);
        };
        Message::Look(change, value)
    });
    let oninput = link.callback(|event: InputEvent| {
        let input: HtmlInputElement = event.target_unchecked_into();
        Message::Look(|filter, value| filter.text = value, input.value())
    });
    let of_county = filter.county.as_deref().unwrap_or_default();
    let of_year = filter.year.map_or_else(String::new, |year| year.to_string());
    let of_status = filter.status.map_or("", Status::as_str);
    html! {
        <p class="tools">
            { choice(language, "county", counties, of_county, county) }
            { choice(language, "year", years, &of_year, year) }
            { choice(language, "status", statuses, of_status, status) }
            <label>
                { say(language, "ledger.page.text") }
                <input id="ledger-text" type="search" value={filter.text.clone()} {oninput} />
            </label>
        </p>
    }
}

/// A choice of what a column holds, or of all.
fn choice(
    language: Language,
    column: &str,
    values: impl Iterator<Item = (String, String)>,
    chosen: &str,
    choose: Callback<String>,
) -> Html {
    let onchange =
        choose.reform(|event: Event| event.target_unchecked_into::<HtmlSelectElement>().value());
    let options = values.map(|(value, text)| {
        let selected = value == chosen;
        html! { <option {value} {selected}>{ text }</option> }
    });
    html! {
        <label>
            { report::column(language, column) }
            <select id={format!("ledger-{column}")} {onchange}>
                <option value="" selected={chosen.is_empty()}>{ say(language, "ledger.page.all") }</option>
                { for options }
            </select>
        </label>
    }
}
