//! What compounds are looked at.

use std::collections::BTreeSet;

use fentan_core::Fen;
use fentan_words::{Language, say};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::html::Scope;
use yew::{Event, Html, InputEvent, TargetCast, html};

use super::{Message, Screen};
use crate::work::programme::{Compound, Programme, Source, Status};

/// Which compounds are looked at; nothing is asked where a part is empty.
#[derive(Debug, Default)]
pub struct Filter {
    /// The county.
    pub county: Option<String>,
    /// Above what a home pays in cash, as it was typed.
    pub over: String,
    /// What the checks find: one of `FINDINGS`.
    pub findings: String,
    /// The id of a source that pays something.
    pub source: String,
    /// A part of the name or the id.
    pub text: String,
}

/// What can be asked of findings, and of what is as noteworthy.
const FINDINGS: [&str; 5] = ["has-errors", "has-any", "has-none", "has-unused", "broken-only"];

impl Filter {
    /// Above what a home pays; an error where that is no amount.
    pub fn over(&self) -> Result<Option<Fen>, ()> {
        let written = self.over.trim().replace([',', '，'], "");
        if written.is_empty() {
            return Ok(None);
        }
        written.parse().map(Some).map_err(|_| ())
    }

    /// The compounds that it takes, by their places.
    pub fn found(&self, programme: &Programme) -> impl Iterator<Item = usize> {
        let over = self.over().ok().flatten();
        let source = programme.sources.iter().position(|one| one.id == self.source);
        let text = self.text.trim().to_lowercase();
        let compounds = programme.compounds.iter().enumerate();
        let taken = compounds.filter(move |(_, one)| self.takes(one, over, source, &text));
        taken.map(|(place, _)| place)
    }

    fn takes(&self, one: &Compound, over: Option<Fen>, source: Option<usize>, text: &str) -> bool {
        self.county.as_ref().is_none_or(|county| *county == one.county)
            && over.is_none_or(|over| one.over(over) > 0)
            && source.is_none_or(|source| one.paid.get(source).is_some_and(|paid| !paid.is_zero()))
            && match self.findings.as_str() {
                "has-errors" => one.errors > 0,
                "has-any" => one.errors + one.warnings > 0,
                "has-none" => one.status == Status::Split && one.errors + one.warnings == 0,
                "has-unused" => !one.all_unused().is_zero(),
                "broken-only" => one.status == Status::Broken,
                _ => true,
            }
            && (text.is_empty()
                || [&one.name, &one.id].iter().any(|name| name.to_lowercase().contains(text)))
    }
}

/// What a source is called in all plans together: by whose money it is, as names differ between plans.
pub fn source_name(language: Language, source: &Source) -> String {
    match &source.kind {
        Some(kind) => say(language, &format!("source-kind.{kind}")),
        None => source.name.clone(),
    }
}

/// The choices, as they stand.
pub fn filter(
    language: Language,
    link: &Scope<Screen>,
    programme: &Programme,
    filter: &Filter,
) -> Html {
    let text = |key: &str| say(language, &format!("view.programme.{key}"));
    let counties: BTreeSet<&str> =
        programme.compounds.iter().map(|one| one.county.as_str()).collect();
    let counties = counties.into_iter().map(|county| {
        let name = if county.is_empty() { text("no-county") } else { county.to_owned() };
        // Nothing chosen is all counties: a mark stands before each.
        (format!("={county}"), name)
    });
    let county = |filter: &mut Filter, value: String| {
        filter.county = value.strip_prefix('=').map(str::to_owned);
    };
    let chosen = filter.county.as_ref().map(|county| format!("={county}")).unwrap_or_default();
    let findings = FINDINGS.iter().map(|&one| (one.to_owned(), text(one)));
    let sources = programme.sources.iter().map(|source| {
        let name = source_name(language, source);
        let is_another = |one: &&Source| source_name(language, one) == name;
        let name = match programme.sources.iter().filter(is_another).count() {
            0 | 1 => name,
            _ => format!("{name} · {}", source.name),
        };
        (source.id.clone(), name)
    });
    let typed = |change: fn(&mut Filter, String)| {
        link.callback(move |event: InputEvent| {
            Message::Look(change, event.target_unchecked_into::<HtmlInputElement>().value())
        })
    };
    let wrong = filter.over().is_err();
    html! {
        <>
            <p class="tools">
                { choice(link, "county", text("county"), text("all"), counties, &chosen, county) }
                { choice(link, "findings", text("findings"), text("all"), findings, &filter.findings, |filter, value| filter.findings = value) }
                { choice(link, "source", text("source"), text("all"), sources, &filter.source, |filter, value| filter.source = value) }
                <label>
                    { text("over") }
                    <input
                        id="programme-over"
                        inputmode="decimal"
                        autocomplete="off"
                        aria-invalid={wrong.to_string()}
                        aria-describedby="programme-over-wrong"
                        value={filter.over.clone()}
                        oninput={typed(|filter, value| filter.over = value)}
                    />
                </label>
                <label>
                    { text("text") }
                    <input
                        id="programme-text"
                        type="search"
                        value={filter.text.clone()}
                        oninput={typed(|filter, value| filter.text = value)}
                    />
                </label>
            </p>
            <p id="programme-over-wrong" role="alert">
                { if wrong { text("over-wrong") } else { String::new() } }
            </p>
        </>
    }
}

/// A choice of what a column holds, or of all.
fn choice(
    link: &Scope<Screen>,
    name: &str,
    label: String,
    all: String,
    values: impl Iterator<Item = (String, String)>,
    chosen: &str,
    change: fn(&mut Filter, String),
) -> Html {
    let onchange = link.callback(move |event: Event| {
        Message::Look(change, event.target_unchecked_into::<HtmlSelectElement>().value())
    });
    let options = values.map(|(value, text)| {
        let selected = value == chosen;
        html! { <option {value} {selected}>{ text }</option> }
    });
    html! {
        <label>
            { label }
            <select id={format!("programme-{name}")} {onchange}>
                <option value="" selected={chosen.is_empty()}>{ all }</option>
                { for options }
            </select>
        </label>
    }
}
