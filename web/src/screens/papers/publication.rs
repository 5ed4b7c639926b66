//! The tariff of the plan, to be made public: saved, with what it leaves out and why.

use fentan_core::tariff::LeftOut;
use fentan_words::{left_out, say};
use serde::Deserialize;
use web_sys::{HtmlInputElement, InputEvent};
use yew::{Component, Context, Html, TargetCast, html};

use super::{Given, file_name, not_begun, today};
use crate::parts::file::save;
use crate::work::papers::Told;
use crate::work::tariff::Order;
use crate::work::{Heard, Task, Work};

/// The ending of the file.
const JSON: &str = "json";

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
    Heard(Heard),
}

impl Component for Publication {
    type Message = Message;
    type Properties = Given;

    fn create(_: &Context<Self>) -> Publication {
        let edition = "1".to_owned();
        Publication { edition, writing: None, left_out: Vec::new(), failure: None }
    }

    fn changed(&mut self, context: &Context<Self>, before: &Given) -> bool {
        if context.props().form != before.form {
            self.left_out.clear();
            self.failure = None;
        }
        true
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        let Given { form, language, send, .. } = context.props();
        match message {
            Message::Number(edition) => self.edition = edition,
            Message::Publish => {
                self.left_out.clear();
                self.failure = None;
                let order =
                    Order { edition: self.edition.clone(), date: today(), language: *language };
                let hear = context.link().callback(Message::Heard);
                self.writing = Some(Work::begin_on_plan(Task::Tariff, &order, send, hear));
            }
            Message::Heard(heard) => match Told::of(heard, *language) {
                None | Some(Told::Progress(..)) => return false,
                Some(Told::File(file)) => {
                    self.writing = None;
                    let name = file_name(form, &say(*language, "tariff.name"), JSON);
                    match save(&name, "application/json", &file) {
                        Some(()) => self.left_out = left_out_of(&file),
                        None => self.failure = Some(not_begun(*language)),
                    }
                }
                Some(Told::Failed(failure)) => {
                    self.writing = None;
                    self.failure = Some(failure);
                }
            },
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
fn left_out_of(file: &[u8]) -> Vec<LeftOut> {
    #[derive(Deserialize)]
    struct Published {
        left_out: Vec<String>,
    }
    let published = serde_json::from_slice::<Published>(file).map(|one| one.left_out);
    let named = |name: &String| LeftOut::ALL.iter().copied().find(|one| one.as_str() == name);
    published.unwrap_or_default().iter().filter_map(named).collect()
}
