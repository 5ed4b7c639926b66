//! The screen of one charge: at a place, who must pay for it, and by which clause. It needs no plan; its
//! address carries place and charge, to be passed on as a link.

use fentan_core::Packs;
use fentan_core::policy::charge::{Item, Ruling};
use fentan_core::policy::{Verified, Wording};
use fentan_words::{Language, in_words, money, provision, say, say_with};
use gloo::utils::window;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::{Component, Context, Event, Html, InputEvent, Properties, TargetCast, html};

use crate::page::Page;
use crate::parts::editing::Editing;

/// What stands between the parts of the address: the charge, and behind it the place.
const LINK: &str = "#who-pays=";

/// What the screen is given.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Given {
    /// The plan that is open, whose own pack counts too, and the language to draw the screen in.
    pub editing: Editing,
}

/// Draws the screen.
pub fn draw(_: &Page, editing: &Editing) -> Html {
    html! { <Screen editing={editing.clone()} /> }
}

/// The screen.
pub struct Screen {
    packs: Packs,
    place: String,
    item: Item,
}

/// What happens on the screen.
pub enum Message {
    /// A place was typed.
    Place(String),
    /// A charge was chosen.
    Item(String),
}

impl Component for Screen {
    type Message = Message;
    type Properties = Given;

    fn create(_: &Context<Self>) -> Screen {
        let address = window().location().hash().unwrap_or_default();
        let asked = address.strip_prefix(LINK).and_then(|asked| asked.split_once('/'));
        let (item, place) = asked.unwrap_or_default();
        let place = js_sys::decode_uri_component(place).map(String::from).unwrap_or_default();
        let item = Item::ALL.iter().copied().find(|one| one.as_str() == item);
        Screen { packs: Packs::default(), place, item: item.unwrap_or(Item::GasMeter) }
    }

    fn update(&mut self, _: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Place(place) => self.place = place,
            Message::Item(item) => {
                let found = Item::ALL.iter().copied().find(|one| one.as_str() == item);
                self.item = found.unwrap_or(self.item);
            }
        }
        // The address is the link; no step back for every key.
        let address = self.link();
        if let Ok(history) = window().history() {
            // A browser always takes an address within the page.
            let _ =
                history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&address));
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let Given { editing } = context.props();
        let language = editing.language;
        let packs = self.packs.with_own(editing.form.document.value("own_policy"));
        let link = context.link();
        let text = |key: &str| say(language, &format!("view.who-pays.{key}"));
        let items = Item::ALL.iter().map(|&item| {
            html! {
                <option value={item.as_str()} selected={item == self.item}>
                    { say(language, &format!("item.{}", item.as_str())) }
                </option>
            }
        });
        let oninput = link.callback(|event: InputEvent| {
            Message::Place(event.target_unchecked_into::<HtmlInputElement>().value())
        });
        let onchange = link.callback(|event: Event| {
            Message::Item(event.target_unchecked_into::<HtmlSelectElement>().value())
        });
        html! {
            <>
                <link rel="stylesheet" href="account.css" />
                <section id="who-pays" class="panel" aria-labelledby="who-pays-heading">
                    <h2 id="who-pays-heading">{ text("heading") }</h2>
                    <p class="note">{ text("note") }</p>
                    <div class="account-form">
                        <label>{ text("place") }
                            <input id="who-pays-place" autocomplete="off" value={self.place.clone()}
                                placeholder={text("place-example")} {oninput} /></label>
                        <label>{ text("item") }
                            <select id="who-pays-item" {onchange}>{ for items }</select></label>
                    </div>
                    <div id="who-pays-answer" aria-live="polite">{ self.answer(language, &packs) }</div>
                    <p class="note">{ say(language, "who-pays.no-advice") }</p>
                    <p class="tools">
                        <a id="who-pays-link" href={self.link()}>{ text("link") }</a>
                    </p>
                </section>
            </>
        }
    }
}

impl Screen {
    fn link(&self) -> String {
        let place = String::from(js_sys::encode_uri_component(self.place.trim()));
        [LINK, self.item.as_str(), "/", &place].concat()
    }

    fn answer(&self, language: Language, packs: &Packs) -> Html {
        let place = self.place.trim();
        if place.is_empty() {
            return html! { <p>{ say(language, "view.who-pays.no-place") }</p> };
        }
        let answer = packs.who_pays(place, self.item, None);
        let line = |key: &str, values: &[(&str, &str)]| {
            html! { <p>{ say_with(language, &format!("who-pays.{key}"), values) }</p> }
        };
        let rulings = answer.rulings.iter().map(|one| ruling(language, packs, one));
        html! {
            <>
                if !answer.is_known_place { { line("unknown-place", &[("place", place)]) } }
                if answer.rulings.is_empty() { { line("none", &[]) } }
                if answer.rulings.len() > 1 { { line("order", &[]) } }
                { for rulings }
            </>
        }
    }
}

/// What a pack says of it.
fn ruling(language: Language, packs: &Packs, ruling: &Ruling<'_>) -> Html {
    let charge = ruling.charge;
    let with = |key: &str, name: &str, value: &str| {
        say_with(language, &format!("who-pays.{key}"), &[(name, value)])
    };
    let worded = |wording: &Wording| in_words(language, wording).to_owned();
    let mut payer = vec![say(language, &format!("payer.{}", charge.payer.as_str()))];
    match charge.residents {
        Some(rate) if rate.is_zero() => payer.push(say(language, "who-pays.nothing")),
        Some(rate) => payer.push(with("residents", "rate", &rate.written())),
        None => {}
    }
    if let Some(amount) = charge.per_household {
        payer.push(with("per-household", "amount", &money(amount)));
    }
    let mut lines = Vec::new();
    lines.extend(charge.note.as_ref().map(|note| with("depends", "note", &worded(note))));
    lines.extend(
        charge.fund.map(|fund| {
            with("fund", "use", &say(language, &format!("fund-use.{}", fund.as_str())))
        }),
    );
    lines.push(with("place-of", "place", in_words(language, &ruling.pack.place)));
    lines.extend(charge.ask.as_ref().map(|ask| with("ask", "ask", &worded(ask))));
    let clauses = charge.clauses.iter().filter_map(|id| packs.clause(id));
    let clauses = clauses.map(|clause| {
        let key = match clause.verified {
            Verified::Text => "who-pays.clause-text",
            Verified::Report => "who-pays.clause-report",
        };
        let cited = say_with(language, key, &[("clause", &provision(language, clause))]);
        let quote = clause.quote.as_ref().map(|quote| html! { <blockquote>{ quote }</blockquote> });
        html! { <li>{ cited }{ quote }</li> }
    });
    let payer = with("payer", "payer", &payer.join(" · "));
    html! {
        <article class="message">
            <h3>{ payer }</h3>
            { for lines.into_iter().map(|line| html! { <p>{ line }</p> }) }
            <h4>{ say(language, "view.who-pays.clauses") }</h4>
            <ul>{ for clauses }</ul>
        </article>
    }
}
