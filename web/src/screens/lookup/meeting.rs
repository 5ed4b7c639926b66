//! What a meeting sees: one chart or one household at a time, in type that is read from ten metres.

use fentan_words::{money, percent, say};
use gloo::utils::{document, document_element};
use web_sys::{HtmlInputElement, SubmitEvent};
use yew::{Context, Html, InputEvent, TargetCast, html};

use super::home::{of_home, whys};
use super::told::Told;
use super::{Lookup, Message, per_area};
use crate::packed::Packed;
use crate::screens::result::charts;
use crate::screens::result::who_pays::who_pays;

/// How many slides come before those of households: the whole, who pays, cash, floors.
pub const CHARTS: usize = 4;

/// How many slides there are.
pub fn slides(told: Option<&Told>) -> usize {
    let homes = told.map_or(0, |told| told.homes.len());
    // Two side by side have a slide of their own with the reasons.
    CHARTS + if homes == 2 { 3 } else { homes }
}

/// Has the page fill the screen, or no more. A browser that can't leaves it in its window.
pub fn fill_screen(fills: bool) {
    if fills {
        let _ = document_element().request_fullscreen();
    } else {
        document().exit_fullscreen();
    }
}

/// Draws the slide that is shown.
pub fn draw(lookup: &Lookup, context: &Context<Lookup>) -> Html {
    let given = context.props();
    let text = |key: &str| say(given.language, &["view.lookup.", key].concat());
    let link = context.link();
    let turn = |by: isize| link.callback(move |_| Message::Turn(by));
    let onsubmit = link.callback(|event: SubmitEvent| {
        event.prevent_default();
        Message::Enter
    });
    let oninput = link.callback(|event: InputEvent| {
        Message::Door(event.target_unchecked_into::<HtmlInputElement>().value())
    });
    let end = link.callback(|_| Message::Meet(false));
    let last = slides(lookup.told.as_ref());
    let number = format!("{} / {last}", lookup.slide + 1);
    html! {
        <section id="meeting-view" class="meeting" aria-label={text("meeting")}>
            <div class="slide">{ slide(lookup, context) }</div>
            <form class="tools" {onsubmit}>
                <button type="button" onclick={turn(-1)} aria-label={text("back")}>{ "‹" }</button>
                <span class="number" role="status">{ number }</span>
                <button type="button" onclick={turn(1)} aria-label={text("on")}>{ "›" }</button>
                <label><span>{ text("search") }</span><input id="meeting-door" autocomplete="off" size="9" value={lookup.door.clone()} {oninput} /></label>
                <button>{ text("show") }</button>
                <button id="meeting-end" type="button" onclick={end}>{ text("end") }</button>
            </form>
        </section>
    }
}

fn slide(lookup: &Lookup, context: &Context<Lookup>) -> Html {
    let given = context.props();
    let language = given.language;
    let text = |key: &str| say(language, &["view.lookup.", key].concat());
    let unknown = || html! { <p class="none">{ text("unknown") }</p> };
    if lookup.slide >= CHARTS {
        let homes = lookup.told.as_ref().map_or(&[][..], |told| &told.homes);
        return match (homes.get(lookup.slide - CHARTS), &lookup.told) {
            // Names are for the committee.
            (Some(home), _) => {
                html! { <article class="home">{ of_home(language, home, false) }</article> }
            }
            (None, Some(told)) if homes.len() == 2 => whys(language, told),
            _ => unknown(),
        };
    }
    let Some(outcome) = &given.outcome else { return unknown() };
    let figures = given.figures.as_ref().and_then(Packed::open);
    let proof = &outcome.proof;
    match (lookup.slide, figures) {
        (0, _) => {
            let amounts = [
                ("page.sources-together", proof.sources),
                ("page.residents-together", proof.residents),
            ];
            let amounts = amounts.map(|(key, amount)| {
                html! {
                    <div><dt>{ say(language, key) }</dt>
                        <dd>{ money(amount) }<small>{ percent(amount, proof.budget) }</small></dd></div>
                }
            });
            let median = per_area(language, outcome.cash.median_per_area);
            html! {
                <div class="total">
                    <h2>{ given.plan.clone() }</h2>
                    <dl>
                        <div><dt>{ say(language, "term.budget") }</dt><dd>{ money(proof.budget) }</dd></div>
                        { for amounts }
                        <div><dt>{ say(language, "page.cash-median") }</dt>
                            <dd>{ money(outcome.cash.median) }<small>{ median }</small></dd></div>
                    </dl>
                </div>
            }
        }
        (1, _) => who_pays(language, outcome),
        (slide, Some(figures)) => charts::draw_one(language, &figures, slide - 2),
        _ => Html::default(),
    }
}
