//! The tariff of the plan, to be made public: saved, with what it leaves out and why.

use fentan_core::tariff::{Edition, LeftOut, Tariff};
use fentan_core::{Document, Packs, Plan};
use fentan_guest::Given;
use fentan_words::{Language, left_out, say};
use js_sys::Uint8Array;
use serde::Deserialize;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{HtmlInputElement, InputEvent};
use yew::{Component, Context, Html, TargetCast, html};

use super::not_written;
use super::screen::{file_name, not_begun, today};
use super::work::{Told, Work, save};

/// What the worker is asked for, and the ending of the file.
const TARIFF: &str = "tariff";
const JSON: &str = "json";

/// Writes the tariff of a plan given as JSON: an edition of it, as of a date.
///
/// # Errors
/// Why it was not written, in words.
#[wasm_bindgen]
pub fn publish(plan: &str, language: &str, edition: &str, date: &str) -> Result<Vec<u8>, String> {
    let language = Language::of_tag(language).unwrap_or_default();
    // What is no number is refused as an edition below the first.
    let number = edition.trim().parse().unwrap_or_default();
    let edition =
        Edition::read(number, date).map_err(|error| not_written(language, error.into()))?;
    let tariff = Document::from_json(plan.as_bytes())
        .and_then(|document| Plan::read_without_scenarios(&document, None, &Packs::default()))
        .map_err(fentan_core::Error::from)
        .and_then(|plan| Tariff::publish(&plan, &Packs::default(), &edition))
        .map_err(|error| not_written(language, error))?;
    serde_json::to_vec_pretty(&tariff.to_document()).map_err(|error| error.to_string())
}

/// The group of the screen that saves it.
pub(super) struct Publication {
    /// Which edition it will be, as it is written.
    edition: String,
    writing: Option<Work>,
    /// What the one saved last leaves out.
    left_out: Vec<LeftOut>,
    failure: Option<String>,
}

pub(super) enum Message {
    Number(String),
    Publish,
    Told(Told),
}

impl Component for Publication {
    type Message = Message;
    type Properties = Given;

    fn create(_: &Context<Self>) -> Publication {
        let edition = "1".to_owned();
        Publication { edition, writing: None, left_out: Vec::new(), failure: None }
    }

    fn changed(&mut self, context: &Context<Self>, before: &Given) -> bool {
        if context.props().plan != before.plan {
            self.left_out.clear();
            self.failure = None;
        }
        true
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        let Given { plan, language, .. } = context.props();
        match message {
            Message::Number(edition) => self.edition = edition,
            Message::Publish => {
                self.left_out.clear();
                self.failure = None;
                let link = context.link().clone();
                let tell = move |told| link.send_message(Message::Told(told));
                let (date, language) = (today(), language.tag());
                let fields = [
                    ("plan", &**plan),
                    ("what", TARIFF),
                    ("language", language),
                    ("edition", &self.edition),
                    ("date", &date),
                ];
                self.writing = Work::begin(&fields, tell);
                if self.writing.is_none() {
                    self.failure = Some(not_begun(context.props().language));
                }
            }
            Message::Told(Told::Done(..)) => return false,
            Message::Told(Told::File(file)) => {
                self.writing = None;
                let name = file_name(plan, &say(*language, "tariff.name"), JSON);
                match save(&name, "application/json", &file) {
                    Some(()) => self.left_out = left_out_of(&file),
                    None => self.failure = Some(not_begun(*language)),
                }
            }
            Message::Told(Told::Failed(failure)) => {
                self.writing = None;
                let failure = Some(failure).filter(|failure| !failure.is_empty());
                self.failure = Some(failure.unwrap_or_else(|| not_begun(*language)));
            }
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let language = context.props().language;
        let say = |key: &str| say(language, key);
        let link = context.link();
        let number = link.callback(|event: InputEvent| {
            Message::Number(event.target_unchecked_into::<HtmlInputElement>().value())
        });
        let publish = link.callback(|_| Message::Publish);
        let failure = self.failure.as_ref();
        let left_out = self.left_out.iter().map(|&what| {
            html! { <li>{ left_out(language, what) }</li> }
        });
        html! {
            <div id="paper-tariff" role="group" aria-labelledby="paper-tariff-name">
                <h3 id="paper-tariff-name">{ say("tariff.name") }</h3>
                <p>{ say("tariff.about") }</p>
                <p class="note">{ say("tariff.readers") }</p>
                <div class="tools">
                    <label>
                        { say("tariff.edition") }
                        { " " }
                        <input class="number" inputmode="numeric" size="3" maxlength="9"
                            value={ self.edition.clone() } oninput={ number } />
                    </label>
                    <button type="button" data-format={ JSON } disabled={ self.writing.is_some() }
                        onclick={ publish }>{ say("tariff.save") }</button>
                </div>
                if let Some(failure) = failure {
                    <p class="message bad" role="alert">{ failure.clone() }</p>
                }
                <div role="status">
                    if !self.left_out.is_empty() {
                        <p>{ say("tariff.not-published") }</p>
                        <ul>{ for left_out }</ul>
                    }
                </div>
            </div>
        }
    }
}

/// What a tariff says that it leaves out.
fn left_out_of(file: &Uint8Array) -> Vec<LeftOut> {
    #[derive(Deserialize)]
    struct Published {
        left_out: Vec<String>,
    }
    let published = serde_json::from_slice::<Published>(&file.to_vec()).map(|one| one.left_out);
    let named = |name: &String| LeftOut::ALL.iter().copied().find(|one| one.as_str() == name);
    published.unwrap_or_default().iter().filter_map(named).collect()
}
