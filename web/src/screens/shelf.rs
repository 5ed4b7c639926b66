//! The shelf: how to begin a plan, the plans there are, and the wastebasket.

use fentan_words::{Language, printable, say, say_with};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, MouseEvent};

use crate::lazy;
use crate::message::{Card, Read, Refusal, Refused, Request};
use crate::page::{Action, Page};
use crate::parts::editing::Editing;
use crate::parts::elements::{act, all, button, element, folded, tag, tag_that};
use crate::parts::open_files::open_files;

/// The tables to fill in that visitors can save, made by the build: the key of its name, and its address.
const SAMPLES: [(&str, &str); 2] =
    [("shelf.sample-works", "samples/works.xlsx"), ("shelf.sample-roster", "samples/roster.xlsx")];

/// Draws the shelf.
pub fn draw(page: &Page, editing: &Editing) -> Html {
    let language = page.language;
    let say = |key: &str| say(language, key);
    let send = &editing.send;
    let begin_anew = act(send, Action::Ask(Request::New));
    let doors = [
        ("new", button("begin-new", say("shelf.new"), Some(begin_anew))),
        ("files", open_files("begin-open", language, "shelf.files", send)),
        ("example", button("example", say("shelf.example"), Some(open_example(language, send)))),
    ];
    let doors = doors.into_iter().map(|(name, way)| {
        let note = say(&["shelf.", name, "-note"].concat());
        element("li", "", all(vec![way, element("p", "note", note)]))
    });
    let samples = SAMPLES.into_iter().map(|(key, address)| {
        let name = say(key);
        tag("a", &["href", "download"], &[address, &[&name, ".xlsx"].concat()], name)
    });
    let samples = vec![say("shelf.samples").into(), all(samples.collect())];
    let mut parts = vec![
        element("h1", "", say("shelf.heading")),
        element("ul", "ways", all(doors.collect())),
        element("p", "note samples", all(samples)),
    ];
    if !page.shelf.plans.is_empty() {
        let plans = page.shelf.plans.iter().map(|card| plan(page, editing, card));
        parts.push(element("h2", "", say("shelf.plans")));
        parts.push(element("ul", "plans", all(plans.collect())));
    }
    if !page.shelf.discarded.is_empty() {
        let count = page.shelf.discarded.len().to_string();
        let summary = say_with(language, "shelf.wastebasket", &[("count", &count)]);
        let cards = page.shelf.discarded.iter().map(|card| discarded(page, editing, card));
        let list = element("ul", "plans", all(cards.collect()));
        parts.push(folded("wastebasket", summary, vec![list]));
    }
    tag("section", &["id", "class"], &["shelf", "panel"], all(parts))
}

/// Opens the example, which is loaded first.
fn open_example(language: Language, send: &Callback<Action>) -> Callback<MouseEvent> {
    let send = send.clone();
    Callback::from(move |_| {
        let send = send.clone();
        spawn_local(async move {
            send.emit(match lazy::example().await {
                Some(plan) => {
                    let read = Read { plan: Some(plan), roster: None };
                    Action::Ask(Request::Read(Box::new(read)))
                }
                None => {
                    let file = say(language, "shelf.example");
                    Action::Refuse(Refusal { file, reason: Refused::NotLoaded })
                }
            });
        });
    })
}

/// What a plan is called on the shelf: plans of one name are told apart by a number.
fn name(page: &Page, card: &Card) -> String {
    let name = match card.name.as_str() {
        "" => say(page.language, "shelf.unnamed"),
        name => printable(name),
    };
    match page.place_of_name(card.plan) {
        Some(place) => {
            let place = place.to_string();
            say_with(page.language, "page.same-name", &[("name", &name), ("place", &place)])
        }
        None => name,
    }
}

/// A time of the browser's clock, to the minute.
fn time(text: &str) -> String {
    text.replace('T', " ").chars().take(16).collect()
}

fn plan(page: &Page, editing: &Editing, card: &Card) -> Html {
    let (language, send) = (page.language, &editing.send);
    let name = name(page, card);
    let name = if card.is_readable { name } else { ["⚠ ", &name].concat() };
    let is_open = card.plan == page.shelf.open;
    let mut notes = vec![time(&card.kept)];
    if is_open {
        notes.push(say(language, "shelf.open"));
    }
    let label = say_with(language, "shelf.more", &[("name", &name)]);
    let discard = vec![tag_that(
        act(send, Action::Ask(Request::Discard(card.plan))),
        "button",
        &["type", "name"],
        &["button", "discard"],
        say(language, "shelf.discard"),
    )];
    let more = vec![
        tag("summary", &["aria-label", "title"], &[&label, &label], "⋯"),
        element("div", "menu", all(discard)),
    ];
    let parts = vec![
        tag_that(
            act(send, Action::Ask(Request::Open(card.plan))),
            "button",
            &["type", "name"],
            &["button", "open"],
            name,
        ),
        element("small", "", notes.join(" · ")),
        element("details", "of-a-plan", all(more)),
    ];
    tag("li", &["data-place"], &[&card.plan.to_string()], all(parts))
}

fn discarded(page: &Page, editing: &Editing, card: &Card) -> Html {
    let (language, send) = (page.language, &editing.send);
    let does = |name: &str, request: Request| {
        let key = ["shelf.", name].concat();
        let label = [&say(language, &key), " ", &printable(&card.name)].concat();
        tag_that(
            act(send, Action::Ask(request)),
            "button",
            &["type", "name", "aria-label"],
            &["button", name, &label],
            say(language, &key),
        )
    };
    let when = say_with(language, "shelf.discarded-at", &[("time", &time(&card.discarded))]);
    let parts = vec![
        element("span", "", name(page, card)),
        element("small", "", when),
        does("restore", Request::Restore(card.plan)),
        does("purge", Request::Purge(card.plan)),
    ];
    element("li", "", all(parts))
}
