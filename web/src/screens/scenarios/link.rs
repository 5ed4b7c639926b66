//! Scenarios passed on as a link, and taken in from one.

use std::collections::BTreeMap;

use fentan_core::scenario::Scenario;
use fentan_core::{Change, Document};
use fentan_words::{Language, problem_at, say, say_with};
use gloo::utils::window;
use web_sys::HtmlInputElement;
use yew::{Callback, FocusEvent, Html, MouseEvent, TargetCast, html};

use super::controls::{button, wrong};
use super::list::in_list;
use super::opened::Opened;

/// What the address of a link holds.
const LINK: &str = "#scenario=";
/// The address of this screen.
const SCREEN: &str = "#scenarios";

/// The scenarios of the link that is open, or what is wrong with it; `None` where no link is.
pub fn offered(language: Language) -> Option<Result<Vec<Scenario>, Vec<String>>> {
    let address = window().location().hash().unwrap_or_default();
    if !address.starts_with(LINK) {
        return None;
    }
    let nothing = Document::default();
    let words = |problems: fentan_core::Problems| {
        problems.iter().map(|problem| problem_at(language, problem, &nothing)).collect()
    };
    Some(Scenario::from_link(&address).map_err(words))
}

/// Leaves the link.
pub fn dismiss() {
    // A browser always takes an address within the page.
    let _ = window().location().set_hash(SCREEN);
}

/// What a link offers: to be taken into the plan, or left.
pub fn offer(
    language: Language,
    opened: &Opened,
    offered: &Result<Vec<Scenario>, Vec<String>>,
    make: &Callback<Vec<Change>>,
) -> Html {
    let no = button(say(language, "scenarios.dismiss"), Callback::from(|_: MouseEvent| dismiss()));
    match offered {
        Err(lines) => html! {
            <div class="message bad" role="alert">
                <h2>{ say(language, "scenarios.offered-wrong") }</h2>
                { wrong(lines) }
                { no }
            </div>
        },
        Ok(scenarios) => {
            let names: Vec<_> = scenarios.iter().map(Scenario::title).collect();
            let separator = say(language, "scenarios.separator");
            let count = scenarios.len().to_string();
            let values = [("count", count.as_str()), ("names", &names.join(&separator))];
            let changes = taken_in(opened, scenarios);
            let yes = make.reform(move |_: MouseEvent| {
                dismiss();
                changes.clone()
            });
            html! {
                <div class="message" role="status">
                    <p>{ say_with(language, "scenarios.offered", &values) }</p>
                    <button type="button" class="button" onclick={yes}>
                        { say(language, "scenarios.take-in") }
                    </button>
                    { no }
                </div>
            }
        }
    }
}

/// The changes that take scenarios into a plan: under ids that it does not have yet.
fn taken_in(opened: &Opened, scenarios: &[Scenario]) -> Vec<Change> {
    let mut taken: Vec<String> = Vec::new();
    let ids = opened.scenarios().iter().filter_map(|one| one.get("id")?.text());
    taken.extend(ids.map(str::to_owned));
    let mut opened = opened.changed(&[]);
    let mut changes = Vec::new();
    for scenario in scenarios {
        let mut scenario = scenario.clone();
        let id = std::mem::take(&mut scenario.id);
        let free = |id: &String| !taken.contains(id);
        let others = (2..).map(|number: usize| format!("{id}-{number}"));
        let id = std::iter::once(id.clone()).chain(others).find(free).unwrap_or(id);
        taken.push(id.clone());
        scenario.id = id;
        let json = serde_json::to_string(&scenario).unwrap_or_default();
        let change = in_list(&opened, json);
        opened = opened.changed(std::slice::from_ref(&change));
        changes.push(change);
    }
    changes
}

/// Scenarios as a link, folded until it is wanted; none while a text of theirs names a household.
pub fn copied(
    language: Language,
    class: &'static str,
    scenarios: &[Scenario],
    named: &BTreeMap<String, String>,
) -> Html {
    if let Some(text) = scenarios.iter().find_map(|one| named.get(&one.id)) {
        let words = say_with(language, "scenarios.link-names", &[("text", text)]);
        return html! { <p class="note">{ words }</p> };
    }
    let address = window().location().href().unwrap_or_default();
    let page = address.split('#').next().unwrap_or_default();
    let link = format!("{page}{}", Scenario::link(scenarios));
    let text = link.clone();
    let copy = Callback::from(move |_: MouseEvent| {
        // Where it may not copy, the link stands in the field to be copied by hand.
        let _ = window().navigator().clipboard().write_text(&text);
    });
    let onfocus = |event: FocusEvent| event.target_unchecked_into::<HtmlInputElement>().select();
    let key = if class.is_empty() { "scenarios.link" } else { "scenarios.link-all" };
    html! {
        <details class={format!("more link {class}")}>
            <summary>{ say(language, key) }</summary>
            <p class="note">{ say(language, "scenarios.link-note") }</p>
            <p class="tools">
                <input readonly=true aria-label={say(language, key)} value={link} {onfocus} />
                { button(say(language, "scenarios.copy"), copy) }
            </p>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use fentan_core::Document;

    use super::*;

    #[test]
    fn scenarios_of_a_link_come_under_ids_of_their_own() {
        let document = Document::from_json(br#"{ "scenarios": [{ "id": "a", "changes": [] }] }"#);
        let opened = Opened::of(document.expect("JSON").into_owned());
        let same = Scenario::setting("a", &[("minimum.per_area".into(), "1".into())]);
        let changes = taken_in(&opened, &[same.clone(), same]);
        let after = opened.changed(&changes);
        let ids = after.scenarios().iter().filter_map(|one| one.get("id")?.text());
        assert_eq!(ids.collect::<Vec<_>>(), ["a", "a-2", "a-3"]);
        let none = Opened::of(Document::default());
        let changes = taken_in(&none, &[Scenario::setting("a", &[]), Scenario::setting("b", &[])]);
        assert_eq!(none.changed(&changes).scenarios().len(), 2);
    }
}
