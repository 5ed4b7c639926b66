//! Scenarios as sentences to fill in: another amount of a source, dearer works, and what a source must pay so that nobody
//! pays more than a sum.

use fentan_core::scenario::Sought;
use fentan_words::{say, say_with};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::{Callback, Event, Html, InputEvent, MouseEvent, TargetCast, component, html, use_state};

use super::controls::{button, panel, wrong};
use super::list::added;
use super::parts::{Part, control, told};
use super::task::{Task, Told};
use super::use_thread::use_thread;
use super::varied::{Group, Kind, Varied};

/// What is filled into a sentence: which number of the plan, and how much.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Blanks {
    path: String,
    amount: String,
}

/// The sentences.
#[component]
pub fn Sentences(part: &Part) -> Html {
    let more = use_state(Blanks::default);
    let dearer = use_state(Blanks::default);
    let least = use_state(Blanks::default);
    let threaded = use_thread(&part.send);
    let language = part.language;
    let text = |key: &str| say(language, &["scenarios.sentences.", key].concat());
    let amounts = |group: Group| -> Vec<&Varied> {
        let is_amount = |one: &&Varied| {
            one.group == group
                && matches!(one.kind, Kind::Money | Kind::PerHousehold | Kind::PerArea)
        };
        part.varied.iter().filter(is_amount).collect()
    };
    let (sources, lines) = (amounts(Group::Sources), amounts(Group::Lines));
    let set = |state: &yew::UseStateHandle<Blanks>, write: fn(&mut Blanks, String)| {
        let state = state.clone();
        Callback::from(move |text: String| {
            let mut blanks = (*state).clone();
            write(&mut blanks, text);
            state.set(blanks);
        })
    };
    let choose = |of: &[&Varied], blanks: &yew::UseStateHandle<Blanks>, label: String| {
        let chosen = chosen(of, &blanks.path).map(|one| one.path.as_str());
        let options = of.iter().map(|one| {
            let selected = Some(one.path.as_str()) == chosen;
            html! { <option key={one.path.clone()} value={one.path.clone()} {selected}>{ one.name.clone() }</option> }
        });
        let onchange = set(blanks, |blanks, path| blanks.path = path)
            .reform(|event: Event| event.target_unchecked_into::<HtmlSelectElement>().value());
        html! { <select aria-label={label} {onchange}>{ for options }</select> }
    };
    let blank = |blanks: &yew::UseStateHandle<Blanks>, id: &'static str, label: String| {
        let oninput = set(blanks, |blanks, amount| blanks.amount = amount)
            .reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
        let value = blanks.amount.clone();
        html! { <input {id} class="number" inputmode="decimal" autocomplete="off" size="8" aria-label={label} {value} {oninput} /> }
    };
    let add = |scenario: Option<(String, String)>| {
        let does = scenario.map(|(name, change)| {
            let changes = added(&part.opened, &name, &[change]);
            part.make.reform(move |_: MouseEvent| changes.clone())
        });
        let disabled = does.is_none();
        html! { <button type="button" {disabled} onclick={does.unwrap_or_default()}>{ text("add") }</button> }
    };
    // What can't be understood is told, once something is written.
    let misread = |blanks: &Blanks, is_read: bool| {
        let is_wrong = !is_read && !blanks.amount.trim().is_empty();
        let seen = [("seen", blanks.amount.as_str())];
        let lines = is_wrong.then(|| vec![say_with(language, "problem.bad-number", &seen)]);
        wrong(&lines.unwrap_or_default())
    };
    let of_more = chosen(&sources, &more.path).and_then(|one| part.more(one, &more.amount));
    let of_dearer = chosen(&lines, &dearer.path).and_then(|one| part.dearer(one, &dearer.amount));
    let sought_in = chosen(&sources, &least.path);
    let most = Kind::Money.reading().exact("", &least.amount);
    let is_most = Kind::Money.units(&most).is_some();
    let start = sought_in.filter(|_| is_most).map(|one| {
        let task = Task::Seek {
            path: one.path.clone(),
            greatest: false,
            conditions: vec![["highest_cash<=", &most].concat()],
        };
        let start = threaded.start.clone();
        Callback::from(move |_: MouseEvent| start.emit(task.clone()))
    });
    let result = match (told(&threaded), sought_in) {
        (Some(Told::Sought(sought)), Some(varied)) => part.answer(varied, sought),
        _ => Html::default(),
    };
    let yuan = || say(language, "scenarios.unit.money");
    let parts = html! {
        <ul class="sentences">
            if !sources.is_empty() {
                <li id="sentence-more">
                    { choose(&sources, &more, text("who")) }
                    <span>{ text("more") }</span>
                    { blank(&more, "sentence-more-amount", text("more")) }
                    <span>{ yuan() }</span>
                    { add(of_more.clone()) }
                    { misread(&more, of_more.is_some()) }
                </li>
            }
            if !lines.is_empty() {
                <li id="sentence-dearer">
                    { choose(&lines, &dearer, text("what")) }
                    <span>{ text("dearer") }</span>
                    { blank(&dearer, "sentence-dearer-percent", text("dearer")) }
                    <span>{ "%" }</span>
                    { add(of_dearer.clone()) }
                    { misread(&dearer, of_dearer.is_some()) }
                </li>
            }
            if !sources.is_empty() {
                <li id="sentence-least">
                    <span>{ text("nobody-over") }</span>
                    { blank(&least, "sentence-least-amount", text("nobody-over")) }
                    <span>{ yuan() }{ text("then") }</span>
                    { choose(&sources, &least, text("who")) }
                    <span>{ text("must-pay") }</span>
                    { control(language, text("work-out"), &threaded, start) }
                    { misread(&least, is_most) }
                    { result }
                </li>
            }
        </ul>
    };
    panel(language, "sentences", parts)
}

/// The number chosen, or the first.
fn chosen<'v>(of: &[&'v Varied], path: &str) -> Option<&'v Varied> {
    of.iter().find(|one| one.path == path).or(of.first()).copied()
}

impl Part {
    /// A scenario in which a source gives so much more: its name, and its change as JSON.
    fn more(&self, varied: &Varied, amount: &str) -> Option<(String, String)> {
        let more =
            varied.kind.units(&varied.kind.reading().exact("", amount)).filter(|more| *more > 0)?;
        let shown = varied.kind.shown(more);
        let values = [("name", varied.name.as_str()), ("amount", &shown)];
        let name = say_with(self.language, "scenarios.sentences.more-name", &values);
        Some((name, setting(varied, varied.now.checked_add(more)?)))
    }

    /// A scenario in which works cost so many percent more, to the nearest fen.
    fn dearer(&self, varied: &Varied, percent: &str) -> Option<(String, String)> {
        // Millionths of a percent.
        let hundred: u128 = 100_000_000;
        let typed = percent.trim().trim_end_matches(['%', '％']).trim();
        let more = Kind::Number
            .units(&Kind::Number.reading().exact("", typed))
            .filter(|more| *more > 0)?;
        let to = (varied.now.checked_mul(hundred + more)? + hundred / 2) / hundred;
        let values = [("name", varied.name.as_str()), ("percent", typed)];
        let name = say_with(self.language, "scenarios.sentences.dearer-name", &values);
        Some((name, setting(varied, to)))
    }

    /// What a source must pay, with the scenario of it.
    fn answer(&self, varied: &Varied, sought: &Sought) -> Html {
        let Some(found) = &sought.found else {
            let path = [("path", varied.name.as_str())];
            return html! { <p class="found" role="status">{ say_with(self.language, "seek.none", &path) }</p> };
        };
        let units = varied.kind.units(&found.value);
        let value = units.map_or_else(|| found.value.clone(), |units| varied.kind.shown(units));
        let now = varied.shown_now();
        let values = [("name", varied.name.as_str()), ("value", &value), ("now", &now)];
        let words = say_with(self.language, "scenarios.sentences.answer", &values);
        let title = say_with(
            self.language,
            "scenarios.seek.kept-name",
            &[("parameter", varied.name.as_str()), ("value", &value)],
        );
        let change = serde_json::json!({ "set": sought.parameter, "to": found.value });
        let changes = added(&self.opened, &title, &[change.to_string()]);
        let keep = self.make.reform(move |_: MouseEvent| changes.clone());
        html! {
            <div role="status">
                <p class="found"><strong>{ words }</strong></p>
                <p class="tools">{ button(say(self.language, "scenarios.seek.keep"), keep) }</p>
            </div>
        }
    }
}

/// The change of a scenario that puts another value in place of a number, as JSON.
fn setting(varied: &Varied, to: u128) -> String {
    serde_json::json!({ "set": varied.path, "to": varied.kind.written(to) }).to_string()
}
