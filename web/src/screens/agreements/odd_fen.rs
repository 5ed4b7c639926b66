//! Who gets the odd fen: rules to choose from, each with what it does to two households.

use std::rc::Rc;

use fentan_core::plan::OddFen;
use fentan_core::{Change, Document, Value};
use fentan_words::{Language, money, say, say_with};
use yew::{Callback, Event, Html, MouseEvent, Properties, component, html, use_effect_with};

use crate::message::Request;
use crate::page::{Action, Form};
use crate::parts::drawing::Drawing;
use crate::parts::elements::button;
use crate::parts::field::{Entered, entry, input_id};
use crate::parts::part::part;
use crate::screens::scenarios::task::{OddFenEffect, Task, Told};
use crate::screens::scenarios::use_thread::{Standing, use_thread};

/// Where the rule is written, and where what was drawn.
const PATH: &str = "odd_fen";
const LOTS: &str = "odd_fen.lots";

/// Who gets the odd fen.
pub fn odd_fen(drawing: &mut Drawing<'_>) {
    let editing = drawing.editing;
    let by_default = editing.fills(PATH).next().map_or("", |fill| &*fill.value);
    let chosen = match editing.form.document.value(PATH) {
        None if by_default.is_empty() => OddFen::default().as_str(),
        None => by_default,
        Some(Value::Text(word)) => word,
        Some(_) => "lots",
    };
    drawing.open("", "");
    drawing.path = PATH.to_owned();
    drawing.put(html! {
        <Rules
            language={editing.language}
            chosen={chosen.to_owned()}
            form={Rc::clone(&editing.form)}
            send={editing.send.clone()}
        />
    });
    if chosen == "lots" {
        let written = Entered::Written(vec![LOTS.to_owned()]);
        drawing.put(entry(editing, LOTS, editing.text(LOTS), "page.odd-fen.drawn", written));
    } else {
        drawing.put(Html::default());
    }
    drawing.problems();
    part(drawing, "odd-fen");
}

/// What the rules are drawn from.
#[derive(Clone, PartialEq, Properties)]
struct Given {
    language: Language,
    /// The rule that counts.
    chosen: String,
    form: Rc<Form>,
    send: Callback<Action>,
}

/// The rules, and on request what each does to two households.
#[component]
fn Rules(given: &Given) -> Html {
    let Given { language, chosen, form, send } = given;
    let language = *language;
    let threaded = use_thread(send);
    let stop = threaded.stop.clone();
    // What was shown is of the plan as it was; the rule itself changes nothing of it.
    use_effect_with(without_rule(&form.document), move |_| stop.emit(()));
    let effect = match &threaded.standing {
        Standing::Done(told) => match told.as_ref() {
            Told::OddFen(effect) => Some(effect),
            _ => None,
        },
        _ => None,
    };
    let words = OddFen::WORDS.map(|(word, _)| word);
    let rules = words.into_iter().chain(["lots"]).enumerate().map(|(at, word)| {
        let change = match word {
            "lots" => {
                Change::Put { path: PATH.to_owned(), json: r#"{"lots":""}"#.to_owned(), at: None }
            }
            _ => Change::Write { path: PATH.to_owned(), text: word.to_owned() },
        };
        let onchange =
            send.reform(move |_: Event| Action::Ask(Request::Change(vec![change.clone()])));
        let does = effect.and_then(|effect| owed(language, effect, at));
        html! {
            <label>
                <input type="radio" name={PATH} value={word} checked={chosen == word} {onchange} />
                <span>
                    { say(language, &["page.odd-fen.", word].concat()) }
                    if let Some(does) = does { <small>{ does }</small> }
                </span>
            </label>
        }
    });
    let start = threaded.start.reform(|_: MouseEvent| Task::OddFen);
    let said = match (&threaded.standing, effect) {
        (Standing::Idle, _) => String::new(),
        (Standing::Running(..), _) => say(language, "page.working"),
        (_, None) => say(language, "page.odd-fen.failed"),
        (_, Some(OddFenEffect { differing: 0, .. })) => say(language, "page.odd-fen.alike"),
        (_, Some(OddFenEffect { differing, .. })) => {
            let count = differing.to_string();
            say_with(language, "page.odd-fen.differing", &[("count", &count)])
        }
    };
    html! {
        <>
            <fieldset id={input_id(PATH)} class="odd-fen" aria-labelledby="odd-fen-heading">
                { for rules }
            </fieldset>
            <p class="tools">
                { button("odd-fen-show", say(language, "page.odd-fen.show"), Some(start)) }
                <span role="status">{ said }</span>
            </p>
        </>
    }
}

fn without_rule(document: &Document<'static>) -> Document<'static> {
    document.apart_from(&[PATH])
}

/// What two households owe by a rule.
fn owed(language: Language, effect: &OddFenEffect, rule: usize) -> Option<String> {
    let due = effect.due.get(rule)?;
    let each = effect.households.iter().zip(due).map(|(household, due)| {
        let values = [("household", household.as_str()), ("due", &*money(*due))];
        say_with(language, "page.odd-fen.owes", &values)
    });
    let each: Vec<_> = each.collect();
    (!each.is_empty()).then(|| each.join(&say(language, "page.odd-fen.between")))
}
