//! What the parts of the screen share that have a thread of their own do their work.

use std::rc::Rc;

use fentan_core::scenario::Investment;
use fentan_core::{Change, Fen};
use fentan_words::{Language, say, say_with};
use yew::{Callback, Html, MouseEvent, Properties, html};

use super::controls::{button, wrong};
use super::opened::Opened;
use super::task::{Both, Told};
use super::use_thread::{Standing, Threaded};
use super::varied::Varied;
use crate::page::Action;

/// What a part of the screen is given.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Part {
    /// The language to draw it in.
    pub language: Language,
    /// The plan.
    pub opened: Rc<Opened>,
    /// The numbers of it that can be varied.
    pub varied: Rc<Vec<Varied>>,
    /// What a household can pay in cash, where that was stated.
    pub affordable: Option<Fen>,
    /// What incomes carry, each with the place of its source.
    pub investments: Rc<Vec<(usize, Investment)>>,
    /// Makes changes of the plan.
    pub make: Callback<Vec<Change>>,
    /// Where actions of the page go.
    pub send: Callback<Action>,
}

impl Part {
    /// The number at a path; the first of all where there is none.
    pub fn varied(&self, path: &str) -> Option<&Varied> {
        self.varied.iter().find(|one| one.path == path).or(self.varied.first())
    }

    /// The measures there are, as they are written and as they are called.
    pub fn measures(&self) -> Vec<(String, String)> {
        let mut written: Vec<String> =
            ["highest_cash", "p90_cash", "median_cash", "cash", "cash_per_area", "residents"]
                .map(str::to_owned)
                .into();
        written.extend(self.affordable.map(|most| format!("over.{most}")));
        let called = |written: String| {
            let measure = fentan_core::scenario::Measure::read(&written).ok()?;
            Some((written, fentan_words::measure(self.language, &measure)))
        };
        let mut measures: Vec<_> = written.into_iter().filter_map(called).collect();
        let pot = self.opened.document.value("relief.pot").into_iter();
        for payer in self.opened.list("sources").iter().chain(pot) {
            let id = payer.get("id").and_then(|id| id.text()).unwrap_or_default();
            let called =
                say_with(self.language, "measure.paid", &[("payer", super::opened::title(payer))]);
            measures.push((format!("paid.{id}"), called));
        }
        measures
    }
}

/// The lines in a language.
pub fn of(language: Language, both: &Both) -> &[String] {
    let [chinese, english] = both;
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// The button that starts a task, how far it is, the button that stops it, and why it failed.
pub fn control(
    language: Language,
    text: String,
    threaded: &Threaded,
    start: Option<Callback<MouseEvent>>,
) -> Html {
    let say = |key: &str| say(language, &format!("scenarios.thread.{key}"));
    let working = match &threaded.standing {
        Standing::Running(done, of) => {
            let (done, of) = (done.to_string(), of.to_string());
            let is_known = of != "0";
            let key = if is_known { "progress" } else { "tried" };
            let values = [("done", done.as_str()), ("of", of.as_str())];
            let words = say_with(language, &format!("scenarios.thread.{key}"), &values);
            let max = is_known.then(|| of.clone());
            let value = is_known.then(|| done.clone());
            html! {
                <>
                    <progress {max} {value} aria-label={say("working")} />
                    <span>{ words }</span>
                    { button(say("cancel"), threaded.stop.reform(|_| ())) }
                </>
            }
        }
        _ => Html::default(),
    };
    let refused = match &threaded.standing {
        Standing::Failed => vec![say("failed")],
        Standing::Done(told) => match told.as_ref() {
            Told::Refused(both) => of(language, both).to_vec(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    let disabled = start.is_none();
    html! {
        <>
            <p class="tools">
                <button type="button" class="button" {disabled} onclick={start.unwrap_or_default()}>{ text }</button>
                { working }
            </p>
            { wrong(&refused) }
        </>
    }
}

/// What a task told at its end.
pub fn told(threaded: &Threaded) -> Option<&Told> {
    match &threaded.standing {
        Standing::Done(told) => Some(told),
        _ => None,
    }
}
