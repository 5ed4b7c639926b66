//! The least or the greatest value that meets conditions, with its proof.

use fentan_core::scenario::Condition;
use fentan_words::{Language, measure, say, say_with};
use yew::{Callback, Html, MouseEvent, component, html, use_state};

use crate::elements::{
    button, choice, choice_of_varied, input, panel, row, table_box, td, th, th_row,
};
use crate::list::added;
use crate::parts::{Part, control, of, shown, told};
use crate::task::{Sought, Task, Told, Trial};
use crate::thread::use_thread;

/// A condition as it is entered.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entered {
    measure: String,
    sign: String,
    value: String,
}

/// Nobody pays more than a round sum.
impl Default for Entered {
    fn default() -> Self {
        let [measure, sign, value] = ["highest_cash", "<=", "3000"].map(str::to_owned);
        Entered { measure, sign, value }
    }
}

/// The part of the screen that seeks.
#[component]
pub fn Seek(part: &Part) -> Html {
    let path = use_state(String::new);
    let which = use_state(|| "least".to_owned());
    let conditions = use_state(|| vec![Entered::default()]);
    let threaded = use_thread();
    let language = part.language;
    let text = |key: &str| say(language, &format!("scenarios.seek.{key}"));
    let Some(varied) = part.varied(&path) else { return Html::default() };

    let measures = part.measures();
    let ends = ["least", "greatest"].map(|end| (end.to_owned(), text(end)));
    let signs =
        [("<=", "at-most"), (">=", "at-least")].map(|(sign, key)| (sign.to_owned(), text(key)));
    let set_which = {
        let which = which.clone();
        Callback::from(move |end| which.set(end))
    };
    let set_path = {
        let path = path.clone();
        Callback::from(move |chosen| path.set(chosen))
    };
    let rows = conditions.iter().enumerate().map(|(index, condition)| {
        let set = |change: fn(&mut Entered, String)| {
            let conditions = conditions.clone();
            Callback::from(move |text: String| {
                let mut all = (*conditions).clone();
                if let Some(one) = all.get_mut(index) {
                    change(one, text);
                }
                conditions.set(all);
            })
        };
        let remove = {
            let conditions = conditions.clone();
            Callback::from(move |_: MouseEvent| {
                let mut all = (*conditions).clone();
                all.remove(index);
                conditions.set(all);
            })
        };
        let is_count = condition.measure.starts_with("over.");
        let unit = if is_count { String::new() } else { say(language, "scenarios.unit.money") };
        html! {
            <div class="limits">
                { choice(text("such-that"), &measures, &condition.measure, set(|one, text| one.measure = text)) }
                { choice(text("bound"), &signs, &condition.sign, set(|one, text| one.sign = text)) }
                { input(text("value"), unit, condition.value.clone(), set(|one, text| one.value = text)) }
                if conditions.len() > 1 {
                    { button(say(language, "scenarios.remove"), remove) }
                }
            </div>
        }
    });
    let another = {
        let conditions = conditions.clone();
        Callback::from(move |_: MouseEvent| {
            let mut all = (*conditions).clone();
            all.push(Entered::default());
            conditions.set(all);
        })
    };
    let start = {
        let exact = |one: &Entered| {
            let value = fentan_import::number::money(&one.value);
            let value = if one.measure.starts_with("over.") { one.value.as_str() } else { &value };
            format!("{}{}{value}", one.measure, one.sign)
        };
        let task = Task::Seek {
            path: varied.path.clone(),
            greatest: *which == "greatest",
            conditions: conditions.iter().map(exact).collect(),
        };
        let (plan, start) = (part.opened.plan.clone(), threaded.start.clone());
        Callback::from(move |_: MouseEvent| start.emit((plan.clone(), task.clone())))
    };
    let result = match told(&threaded) {
        Some(Told::Sought(sought)) => found(part, sought),
        _ => Html::default(),
    };
    let name = text("of");
    let parts = html! {
        <>
            <div class="limits">
                { choice(text("which"), &ends, &which, set_which) }
                { choice_of_varied(language, name, &part.varied, None, &varied.path, set_path) }
            </div>
            { for rows }
            <p class="tools">{ button(text("add"), another) }</p>
            { control(language, text("run"), &threaded, Some(start)) }
            { result }
        </>
    };
    panel(language, "seek", parts)
}

fn found(part: &Part, sought: &Sought) -> Html {
    let language = part.language;
    let varied = part.varied.iter().find(|one| one.path == sought.path);
    let value = |written: &str| match varied {
        Some(varied) => {
            let base = part.opened.base.as_ref();
            let units =
                base.and_then(|base| crate::varied::units(&base.borrow(), &varied.path, written));
            units.map_or_else(|| written.to_owned(), |units| varied.kind.shown(units))
        }
        None => written.to_owned(),
    };
    let proof = of(language, &sought.proof).iter().map(|line| html! { <li>{ line }</li> });
    let name = varied.map_or(sought.path.as_str(), |varied| &varied.name);
    let headline = match &sought.found {
        Some(found) => html! {
            <p class="found"><span>{ name.to_owned() }</span><strong>{ value(&found.value) }</strong></p>
        },
        None => {
            html! { <p class="found">{ say_with(language, "seek.none", &[("path", name)]) }</p> }
        }
    };
    let keep = sought.found.as_ref().map(|found| {
        let shown = value(&found.value);
        let values = [("parameter", name), ("value", &shown)];
        let title = say_with(language, "scenarios.seek.kept-name", &values);
        let change = serde_json::json!({ "set": sought.path, "to": found.value });
        let changes = added(&part.opened, &title, &[change.to_string()]);
        let keep = part.make.reform(move |_: MouseEvent| changes.clone());
        html! { <p class="tools">{ button(say(language, "scenarios.seek.keep"), keep) }</p> }
    });
    let mut head = vec![th(""), th(say(language, "seek.value"))];
    head.extend(sought.conditions.iter().map(|one| th(worded(language, one))));
    let trials = [("found", &sought.found), ("beside", &sought.beside)];
    let rows = trials.into_iter().filter_map(|(key, trial)| {
        let Trial { value: written, measures, met } = trial.as_ref()?;
        let mut cells =
            vec![th_row(say(language, &format!("scenarios.seek.{key}"))), td(value(written))];
        for index in 0..sought.conditions.len() {
            let measured = measures.as_ref().and_then(|all| all.get(index));
            let is_met = met.get(index).copied().unwrap_or(false);
            let (mark, class, key) = match is_met {
                true => ("✓", "met", "seek.yes"),
                false => ("✗", "failed", "seek.no"),
            };
            let unsplittable = || say(language, "seek.unsplittable");
            cells.push(html! {
                <td class={class}>
                    <span role="img" aria-label={format!("{}: {}", say(language, "seek.met"), say(language, key))}>
                        { mark }
                    </span>
                    { measured.map_or_else(unsplittable, |&amount| shown(amount)) }
                </td>
            });
        }
        Some(row(cells))
    });
    html! {
        <div class="sought" role="status">
            { headline }
            if sought.found.is_some() {
                { table_box("seek-heading", head, rows.collect()) }
            }
            <ul class="proof-of">{ for proof }</ul>
            { keep.unwrap_or_default() }
        </div>
    }
}

/// A condition in words.
fn worded(language: Language, written: &str) -> String {
    let Ok(condition) = Condition::read(written) else { return written.to_owned() };
    let sign = match condition.bound {
        fentan_core::scenario::Bound::AtMost => "≤",
        fentan_core::scenario::Bound::AtLeast => "≥",
    };
    let value = fentan_words::measured(condition.value);
    format!("{} {sign} {value}", measure(language, &condition.measure))
}
