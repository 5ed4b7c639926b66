//! A field of the plan.

use fentan_core::Change;
use web_sys::HtmlInputElement;
use yew::{Callback, Event, Html, InputEvent, Properties, TargetCast, component, html, use_state};

use super::varied::Kind;
use crate::typed::Reading;

/// What a field of the plan is.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct PlanFieldOf {
    /// The path of what it shows.
    pub path: String,
    /// What it is called.
    pub name: String,
    /// What is written there.
    pub value: String,
    /// What the plan has without the scenario: `+500` changes it.
    #[prop_or_default]
    pub base: String,
    /// What counts where nothing is.
    #[prop_or_default]
    pub default: String,
    /// What it counts, in words.
    #[prop_or_default]
    pub unit: String,
    /// How it is read: as words where this is none.
    #[prop_or_default]
    pub kind: Option<Kind>,
    /// Whether the plan holds it unquoted: a whole number.
    #[prop_or_default]
    pub is_whole: bool,
    /// Whether its name is shown, and not only said.
    #[prop_or(true)]
    pub is_named: bool,
    /// Where changes go.
    pub make: Callback<Vec<Change>>,
}

/// A field of the plan, which is changed when the field is left: other parts of the screen would
/// otherwise follow half a number.
#[component]
pub fn PlanField(of: &PlanFieldOf) -> Html {
    let typed = use_state(|| None::<String>);
    let reckoned = use_state(String::new);
    let oninput = {
        let typed = typed.setter();
        move |event: InputEvent| {
            typed.set(Some(event.target_unchecked_into::<HtmlInputElement>().value()));
        }
    };
    let onchange = {
        let (typed, reckoned, of) = (typed.setter(), reckoned.setter(), of.clone());
        move |event: Event| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            let reading = of.kind.map_or(Reading::PLAIN, Kind::reading);
            reckoned.set(reading.reckoned(&of.base, &text));
            let text = reading.exact(&of.base, &text);
            typed.set(None);
            let path = of.path.clone();
            of.make.emit(vec![match (text.is_empty(), text.parse::<u64>()) {
                (true, _) => Change::Clear { path },
                (_, Ok(whole)) if of.is_whole => {
                    Change::Put { path, json: whole.to_string(), at: None }
                }
                _ => Change::Write { path, text },
            }]);
        }
    };
    let is_number = of.kind.is_some() || of.is_whole;
    let value = typed.as_ref().unwrap_or(&of.value).clone();
    html! {
        <label class="field">
            if of.is_named {
                <span class="label">{ &of.name }</span>
            }
            <input
                class={is_number.then_some("number")}
                name={of.path.clone()}
                inputmode={is_number.then_some("decimal")}
                autocomplete="off"
                placeholder={of.default.clone()}
                aria-label={(!of.is_named).then(|| of.name.clone())}
                {value}
                {oninput}
                {onchange}
            />
            <span class="unit">{ &of.unit }</span>
            if !reckoned.is_empty() {
                <span class="from" role="status">{ (*reckoned).clone() }</span>
            }
        </label>
    }
}
