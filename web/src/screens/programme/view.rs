//! The screen, drawn.

use fentan_core::Fen;
use fentan_words::{Language, cell, money, say, say_with};
use gloo::file::FileList;
use web_sys::{File, HtmlInputElement};
use yew::html::Scope;
use yew::{Callback, Context, Event, Html, TargetCast, html};

use super::compound::{card, compound, part};
use super::filter::filter;
use super::scenarios::scenarios;
use super::table::{HEADING, table};
use super::tiles::tiles;
use super::{MOST_MEGABYTES, Message, Refused, Screen, State, path_of};
use crate::work::programme::{Compound, Programme, Status};

/// The most broken compounds that are named.
const NAMED: usize = 12;

/// All of the screen.
pub fn screen(context: &Context<Screen>, screen: &Screen) -> Html {
    let language = context.props().editing.language;
    let link = context.link();
    let text = |key: &str| say(language, &format!("view.programme.{key}"));
    let mut said = String::new();
    let (mut refusal, mut parts) = <(Vec<String>, Html)>::default();
    match &screen.state {
        State::Waiting => {}
        State::Reading(done, all) => {
            let values = [("done", &*done.to_string()), ("all", &*all.to_string())];
            said = say_with(language, "view.programme.reading", &values);
        }
        State::Refused(why) => refusal = refused(language, why),
        State::Open(programme) => {
            said = opened(language, programme);
            refusal.extend(broken(language, programme));
            parts = match screen.shown.filter(|&one| one < programme.compounds.len()) {
                Some(place) => compound(context, screen, programme, place),
                None => all(language, link, screen, programme),
            };
        }
    }
    html! {
        <>
            <link rel="stylesheet" href="programme.css" />
            <section id="programme" class="panel" aria-labelledby="programme-heading">
                <h2 id="programme-heading">{ text("heading") }</h2>
                <p class="note">{ text("note") }</p>
                <p class="tools">
                    { choose(link, true, text("open-folder")) }
                    { choose(link, false, text("open-zip")) }
                </p>
                <p id="programme-said" class="note" role="status">{ said }</p>
                <div id="programme-refusal" role="alert">
                    { for refusal.into_iter().map(|line| html! { <p>{ line }</p> }) }
                </div>
            </section>
            { parts }
        </>
    }
}

/// A button that has a folder chosen, or a zip file of one.
fn choose(link: &Scope<Screen>, is_folder: bool, text: String) -> Html {
    let onchange: Callback<Event> = link.callback(|event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        let files = input.files().map(|files| FileList::from(files).to_vec()).unwrap_or_default();
        let files = files.iter().map(|file| {
            let file: &File = file.as_ref();
            (path_of(file), file.clone())
        });
        let files = files.collect();
        // Else choosing the same again would change nothing.
        input.set_value("");
        Message::Choose(files)
    });
    let input = match is_folder {
        true => html! {
            <input id="programme-folder" type="file" webkitdirectory=true multiple=true {onchange} />
        },
        false => html! { <input id="programme-zip" type="file" accept=".zip" {onchange} /> },
    };
    html! { <label class="button">{ input }{ text }</label> }
}

fn refused(language: Language, why: &Refused) -> Vec<String> {
    match why {
        Refused::TooLarge => {
            let most = MOST_MEGABYTES.to_string();
            vec![say_with(language, "view.programme.too-large", &[("most", &most)])]
        }
        Refused::BrokeOff => vec![say(language, "view.programme.broke-off")],
        Refused::Told(lines) => lines.clone(),
    }
}

/// What is open.
fn opened(language: Language, programme: &Programme) -> String {
    let name = match programme.name.as_str() {
        "" => say(language, "view.programme.unnamed"),
        name => name.to_owned(),
    };
    let split = programme.compounds.iter().filter(|one| one.status == Status::Split).count();
    let (count, split) = (programme.compounds.len().to_string(), split.to_string());
    let values = [("name", &*name), ("count", &*count), ("split", &*split)];
    say_with(language, "view.programme.said", &values)
}

/// The compounds that can't be split, named.
fn broken(language: Language, programme: &Programme) -> Option<String> {
    let broken = programme.compounds.iter().filter(|one| one.status == Status::Broken);
    let mut names: Vec<String> = broken.map(|one| one.name.clone()).collect();
    if names.is_empty() {
        return None;
    }
    let count = names.len().to_string();
    if names.len() > NAMED {
        names.truncate(NAMED);
        names.push(say(language, "view.programme.and-more"));
    }
    let values = [("count", &*count), ("names", &*names.join(" "))];
    Some(say_with(language, "view.programme.broken", &values))
}

/// All compounds that the filter takes, and what they come to.
fn all(language: Language, link: &Scope<Screen>, screen: &Screen, programme: &Programme) -> Html {
    let text = |key: &str| say(language, &format!("view.programme.{key}"));
    let (all, count) = (programme.compounds.len().to_string(), screen.found.len().to_string());
    html! {
        <>
            <section id="programme-together" class="panel" aria-labelledby="programme-together-heading">
                <h2 id="programme-together-heading">{ text("together") }</h2>
                { filter(language, link, programme, &screen.filter) }
                <p id="programme-count" class="note" role="status">
                    { say_with(language, "view.programme.count", &[("all", &all), ("count", &count)]) }
                </p>
                { together(language, screen, programme) }
                { tiles(language, link, screen, programme) }
            </section>
            <section id="programme-compounds" class="panel" aria-labelledby={HEADING}>
                <h2 id={HEADING}>{ text("compounds") }</h2>
                { table(language, link, screen, programme) }
            </section>
            if programme.is_run {
                <p class="note">{ text("no-plans") }</p>
            } else {
                { scenarios(language, link, screen, programme) }
            }
        </>
    }
}

/// What the compounds that are looked at come to.
fn together(language: Language, screen: &Screen, programme: &Programme) -> Html {
    let text = |key: &str| say(language, &format!("view.programme.{key}"));
    let found = || screen.found.iter().map(|&place| &programme.compounds[place]);
    let sum = |of: &dyn Fn(&Compound) -> Fen| money(found().map(of).sum());
    let households: u64 = found().filter_map(|one| one.households).sum();
    let mut cards = vec![
        card(text("households"), households.to_string()),
        card(text("budget"), sum(&|one| one.budget.unwrap_or_default())),
        card(text("residents"), sum(&|one| one.residents)),
    ];
    if let Ok(Some(over)) = screen.filter.over() {
        let name = say_with(language, "view.programme.over-homes", &[("over", &money(over))]);
        let homes: usize = found().map(|one| one.over(over)).sum();
        cards.push(card(name, homes.to_string()));
    }
    // What stays in a pot is nobody's.
    let is_all = screen.found.len() == programme.compounds.len();
    let rows = programme.pots.iter().enumerate().map(|(pot, of)| {
        let amount = |of: &dyn Fn(&Compound) -> Option<&Fen>| -> Fen {
            found().filter_map(of).copied().sum()
        };
        let divided = amount(&|one| one.portions.get(pot));
        let unused = amount(&|one| one.unused.get(pot));
        let mut row = vec![of.name.clone(), cell(of.amount), cell(divided), cell(unused)];
        row.push(if is_all { cell(of.left) } else { String::new() });
        row
    });
    let heads = ["pot", "amount", "divided", "unused", "left"].map(text).into();
    html! {
        <>
            <dl class="cards">{ for cards }</dl>
            { part("programme-pots", text("pots"), heads, rows.collect()) }
        </>
    }
}
