//! Scenarios over a programme, side by side.

use std::collections::BTreeSet;

use fentan_core::programme::desk::{Changeable, Together};
use fentan_core::scenario::{Difference, Side};
use fentan_words::{Language, cell, money, say, say_with};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::html::Scope;
use yew::{Event, Html, InputEvent, MouseEvent, TargetCast, html};

use super::compound::part;
use super::table::change;
use super::{Message, Screen};
use crate::work::programme::{Change, Programme, Scenario};

/// How many scenarios stand side by side at most.
const MOST: usize = 3;

/// What a scenario is called.
pub fn case_name(language: Language, case: usize) -> String {
    say(language, &format!("view.programme.case-{}", case + 1))
}

/// The scenarios, and the field for a further change.
pub fn scenarios(
    language: Language,
    link: &Scope<Screen>,
    screen: &Screen,
    programme: &Programme,
) -> Html {
    let text = |key: &str| say(language, &format!("view.programme.{key}"));
    let cases = screen.cases.iter().enumerate().map(|(case, changes)| {
        let refused = screen.told.as_ref().and_then(|told| told.get(case)?.as_ref().err());
        let changes = changes.iter().enumerate().map(|(place, change)| {
            let words = written(language, programme, change);
            let label = say_with(language, "view.programme.take-out", &[("change", &words)]);
            let onclick = link.callback(move |_: MouseEvent| Message::TakeOut(case, place));
            html! {
                <li>
                    { &words }{ " " }
                    <button type="button" aria-label={label.clone()} title={label} {onclick}>{ "×" }</button>
                </li>
            }
        });
        let name = say_with(language, "view.programme.case", &[("name", &case_name(language, case))]);
        html! {
            <div class="case">
                <h3>{ name }</h3>
                <ul>{ for changes }</ul>
                <div role="alert">
                    { for refused.into_iter().flatten().map(|line| html! { <p>{ line }</p> }) }
                </div>
            </div>
        }
    });
    let is_working = !screen.cases.is_empty() && screen.told.is_none();
    let shown: Vec<(usize, &Scenario)> = screen.scenarios().collect();
    html! {
        <section id="programme-scenarios" class="panel" aria-labelledby="programme-scenarios-heading">
            <h2 id="programme-scenarios-heading">{ text("scenarios") }</h2>
            <p class="note">{ text("scenarios-note") }</p>
            { draft(language, link, screen, programme) }
            <div class="cases">{ for cases }</div>
            <p id="programme-scenarios-said" role="status">
                { if is_working { text("working") } else { String::new() } }
            </p>
            if !shown.is_empty() {
                { notes(language, programme, &shown) }
                { by_county(language, &shown) }
                { by_payer(language, &shown) }
            }
        </section>
    }
}

/// What a change changes.
fn what(language: Language, one: &Changeable) -> String {
    let field = one.field.replace('_', "-");
    let (of, group) = match (one.plans, &one.kind) {
        // Names of sources differ between plans.
        (Some(_), Some(kind)) => (say(language, &format!("source-kind.{kind}")), "of-source"),
        (Some(_), None) => (one.name.clone().unwrap_or_else(|| one.id.clone()), "of-source"),
        (None, _) => (one.name.clone().unwrap_or_else(|| one.id.clone()), "of-pot"),
    };
    say_with(language, &format!("view.programme.{group}.{field}"), &[("of", &of)])
}

/// A change in words.
fn written(language: Language, programme: &Programme, (path, to): &Change) -> String {
    let one = programme.changeable.iter().find(|one| one.path == *path);
    let what = one.map_or_else(|| path.clone(), |one| what(language, one));
    say_with(language, "view.programme.change", &[("what", &what), ("to", to)])
}

/// The fields for a change: in which scenario, of what, and what stands there then.
fn draft(language: Language, link: &Scope<Screen>, screen: &Screen, programme: &Programme) -> Html {
    let text = |key: &str| say(language, &format!("view.programme.{key}"));
    let draft = &screen.draft;
    let cases = (0..MOST.min(screen.cases.len() + 1)).map(|case| {
        html! {
            <option value={case.to_string()} selected={case == draft.case}>
                { case_name(language, case) }
            </option>
        }
    });
    let paths = programme.changeable.iter().map(|one| {
        html! {
            <option value={one.path.clone()} selected={one.path == draft.path}>
                { what(language, one) }
            </option>
        }
    });
    let value = |event: Event| event.target_unchecked_into::<HtmlSelectElement>().value();
    let choose_case = link.callback(move |event: Event| {
        Message::Write(|draft, case| draft.case = case.parse().unwrap_or_default(), value(event))
    });
    let choose_path = link.callback(move |event: Event| {
        Message::Write(|draft, path| draft.path = path, value(event))
    });
    let oninput = link.callback(|event: InputEvent| {
        let value = event.target_unchecked_into::<HtmlInputElement>().value();
        Message::Write(|draft, to| draft.to = to, value)
    });
    let chosen = programme.changeable.iter().find(|one| one.path == draft.path);
    let note = chosen.map(|one| {
        let now = one.now.clone().or_else(|| one.plans.map(|_| text("varies")));
        let now = now.map(|now| say_with(language, "view.programme.now", &[("now", &now)]));
        let plans = one.plans.map(|plans| {
            say_with(language, "view.programme.in-plans", &[("count", &plans.to_string())])
        });
        now.into_iter().chain(plans).collect::<Vec<_>>().join(" · ")
    });
    let add = link.callback(|_: MouseEvent| Message::Add);
    html! {
        <>
            <p class="tools">
                <label>
                    { text("which") }
                    <select id="programme-case" onchange={choose_case}>{ for cases }</select>
                </label>
                <label>
                    { text("what") }
                    <select id="programme-what" onchange={choose_path}>{ for paths }</select>
                </label>
                <label>
                    { text("to") }
                    <input
                        id="programme-to"
                        inputmode="decimal"
                        autocomplete="off"
                        aria-describedby="programme-now"
                        value={draft.to.clone()}
                        {oninput}
                    />
                </label>
                <button type="button" id="programme-add" disabled={draft.to.trim().is_empty()} onclick={add}>
                    { text("add") }
                </button>
            </p>
            <p id="programme-now" class="note">{ note.unwrap_or_default() }</p>
        </>
    }
}

/// What is to be told before the figures count.
fn notes(language: Language, programme: &Programme, shown: &[(usize, &Scenario)]) -> Html {
    let mut notes: Vec<String> = Vec::new();
    for (case, scenario) in shown {
        let name = case_name(language, *case);
        let case = say_with(language, "view.programme.case", &[("name", &name)]);
        for (change, reached, all) in &scenario.reached {
            let change = written(language, programme, change);
            let (reached, others) = (reached.to_string(), all.saturating_sub(*reached).to_string());
            let values = [("change", &*change), ("count", &*reached), ("others", &*others)];
            notes.push(format!(
                "{case} · {}",
                say_with(language, "view.programme.reached", &values)
            ));
        }
        if !scenario.left_out.is_empty() {
            let name = |id: &String| {
                let found = programme.compounds.iter().find(|one| one.id == *id);
                found.map_or_else(|| id.clone(), |one| one.name.clone())
            };
            let names: Vec<String> = scenario.left_out.iter().map(name).collect();
            let values = [("names", &*names.join(" "))];
            notes.push(format!(
                "{case} · {}",
                say_with(language, "view.programme.left-out", &values)
            ));
        }
    }
    notes.into_iter().map(|note| html! { <p class="note">{ note }</p> }).collect()
}

/// A row for each county, and what it comes to in each scenario beside what it is now.
fn by_county(language: Language, shown: &[(usize, &Scenario)]) -> Html {
    let text = |key: &str| say(language, &format!("view.programme.{key}"));
    let mut heads = vec![text("county"), text("now-residents")];
    for (case, _) in shown {
        let name = case_name(language, *case);
        let keys = ["then-residents", "then-change", "then-less", "then-more"];
        heads.extend(
            keys.map(|key| {
                say_with(language, &format!("view.programme.{key}"), &[("name", &name)])
            }),
        );
    }
    let row = |name: String, of: &dyn Fn(&Scenario) -> Option<Together>| {
        let found: Vec<Option<Together>> = shown.iter().map(|(_, one)| of(one)).collect();
        let before = found.iter().flatten().next().map(|one| one.residents.0);
        let mut row = vec![name, before.map_or_else(|| "–".to_owned(), cell)];
        for one in found {
            match one {
                Some(one) => {
                    let (before, after) = one.residents;
                    row.push(cell(after));
                    row.push(change(Difference::between(before, after)));
                    row.extend([one.less, one.more].map(|side| homes(language, side)));
                }
                None => row.extend(["–"; 4].map(str::to_owned)),
            }
        }
        row
    };
    let counties: BTreeSet<&String> =
        shown.iter().flat_map(|(_, one)| one.counties.iter().map(|(county, _)| county)).collect();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for county in counties {
        let of = |scenario: &Scenario| {
            let found = scenario.counties.iter().find(|(one, _)| one == county);
            found.map(|(_, together)| together.clone())
        };
        let name = if county.is_empty() { text("no-county") } else { county.clone() };
        rows.push(row(name, &of));
    }
    rows.push(row(text("total"), &|scenario| Some(scenario.all.clone())));
    part("programme-by-county", text("by-county"), heads, rows)
}

/// How many homes, and by how much together.
fn homes(language: Language, side: Side) -> String {
    if side.households == 0 {
        return "–".to_owned();
    }
    let values = [("count", &*side.households.to_string()), ("amount", &*money(side.amount))];
    say_with(language, "view.programme.homes-by", &values)
}

/// A row for each source of the pots, and for the residents.
fn by_payer(language: Language, shown: &[(usize, &Scenario)]) -> Html {
    let text = |key: &str| say(language, &format!("view.programme.{key}"));
    let mut heads = vec![text("payer"), text("now-pays")];
    heads.extend(shown.iter().map(|(case, _)| {
        let name = case_name(language, *case);
        say_with(language, "view.programme.then-pays", &[("name", &name)])
    }));
    let Some((_, first)) = shown.first() else { return Html::default() };
    let rows = first.payers.iter().enumerate().map(|(place, (name, payer))| {
        let name = match payer.source {
            Some(_) => name.clone(),
            None => text("residents"),
        };
        let mut row = vec![name, cell(payer.before)];
        row.extend(shown.iter().map(|(_, scenario)| {
            scenario.payers.get(place).map_or_else(|| "–".to_owned(), |(_, one)| cell(one.after))
        }));
        row
    });
    part("programme-by-payer", text("by-payer"), heads, rows.collect())
}
