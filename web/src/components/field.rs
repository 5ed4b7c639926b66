use web_sys::HtmlInputElement;
use yew::{Html, InputEvent, TargetCast, html};

use super::editing::Editing;
use super::elements::{all, element};
use crate::fields;
use crate::state::Action;

/// An input for the value at a path of the plan, as it is written there, with the unit it
/// counts and what is wrong with it. The label is for those who don't see what stands around.
pub fn field(editing: &Editing, path: &str, label: String, unit: String) -> Html {
    let id = fields::input_id(path);
    let note = format!("{id}-problem");
    let problems: Vec<Html> = editing.problems_at(path).into_iter().map(Html::from).collect();
    let wrong = !problems.is_empty();
    let oninput = {
        let path = path.to_owned();
        editing.send.reform(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            Action::Edit { path: path.clone(), text }
        })
    };
    html! {
        <span class="field">
            <input
                {id}
                name={path.to_owned()}
                inputmode="decimal"
                autocomplete="off"
                value={editing.draft.text(path).unwrap_or_default().to_owned()}
                disabled={!editing.open}
                aria-label={label}
                aria-invalid={wrong.then_some("true")}
                aria-describedby={wrong.then(|| note.clone())}
                {oninput}
            />
            { element("span", "unit", unit) }
            if wrong {
                <span class="wrong" id={note}>{ all(problems) }</span>
            }
        </span>
    }
}
