//! What the parts of the screen are drawn from.

use fentan_words::{Language, say};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::{
    Callback, Event, Html, InputEvent, MouseEvent, Properties, TargetCast, component, html,
    use_effect_with, use_node_ref,
};

use super::varied::Varied;

/// A part of the screen: its heading, what it is about, and what is in it. The keys of the texts are
/// those of `scenarios.ID`.
pub fn panel(language: Language, id: &'static str, parts: Html) -> Html {
    let heading = format!("{id}-heading");
    html! {
        <section {id} class="panel" aria-labelledby={heading.clone()}>
            <h2 id={heading}>{ say(language, &format!("scenarios.{id}.title")) }</h2>
            <p class="note">{ say(language, &format!("scenarios.{id}.note")) }</p>
            { parts }
        </section>
    }
}

/// A table in a box that scrolls where the page is too narrow for it, named by a heading's id.
pub fn table_box(heading: &str, head: Vec<Html>, rows: Vec<Html>) -> Html {
    html! {
        <div class="table-box" role="group" tabindex="0" aria-labelledby={heading.to_owned()}>
            <table>
                <thead><tr>{ for head }</tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
        </div>
    }
}

/// The heading of a column.
pub fn th(text: impl Into<Html>) -> Html {
    html! { <th scope="col">{ text.into() }</th> }
}

/// The heading of a row.
pub fn th_row(text: impl Into<Html>) -> Html {
    html! { <th scope="row">{ text.into() }</th> }
}

/// A cell.
pub fn td(text: impl Into<Html>) -> Html {
    html! { <td>{ text.into() }</td> }
}

/// A row of a table.
pub fn row(cells: Vec<Html>) -> Html {
    html! { <tr>{ for cells }</tr> }
}

/// A button.
pub fn button(text: String, does: Callback<MouseEvent>) -> Html {
    html! { <button type="button" onclick={does}>{ text }</button> }
}

/// A choice: what it is called, the values with what they are called, and the one chosen.
pub fn choice(
    name: String,
    values: &[(String, String)],
    chosen: &str,
    choose: Callback<String>,
) -> Html {
    let options = values.iter().map(|(value, text)| {
        html! { <option value={value.clone()} selected={value == chosen}>{ text }</option> }
    });
    select(name, chosen, options.collect(), choose)
}

/// A choice among the numbers that can be varied, by the groups that they stand in. What stands
/// first is chosen by an empty value.
pub fn choice_of_varied(
    language: Language,
    name: String,
    varied: &[Varied],
    first: Option<String>,
    chosen: &str,
    choose: Callback<String>,
) -> Html {
    let mut options: Vec<_> =
        first.map(|text| nothing(text, chosen.is_empty())).into_iter().collect();
    options.extend(options_of_varied(language, varied, chosen));
    select(name, chosen, options, choose)
}

/// The numbers that can be varied, as options by their groups.
pub fn options_of_varied(language: Language, varied: &[Varied], chosen: &str) -> Vec<Html> {
    let groups = varied.chunk_by(|one, next| one.group == next.group);
    let groups = groups.map(|group| {
        let label = say(language, group.first().map_or("", |one| one.group.key()));
        let options = group.iter().map(|one| {
            let selected = one.path == chosen;
            html! { <option value={one.path.clone()} {selected}>{ one.name.clone() }</option> }
        });
        html! { <optgroup {label}>{ for options }</optgroup> }
    });
    groups.collect()
}

/// The option that stands for nothing.
pub fn nothing(text: String, selected: bool) -> Html {
    html! { <option value="" {selected}>{ text }</option> }
}

/// A select with these options. Where nothing is chosen, what is chosen next is done at once, and it
/// says so again.
pub fn select(name: String, chosen: &str, options: Vec<Html>, choose: Callback<String>) -> Html {
    let options = options.into_iter().collect::<Html>();
    html! { <Select {name} chosen={chosen.to_owned()} {options} {choose} /> }
}

/// What a select is given.
#[derive(Debug, Clone, PartialEq, Properties)]
struct Choosing {
    name: String,
    chosen: String,
    options: Html,
    choose: Callback<String>,
}

/// A select that says what is chosen, whatever came in among its options or went: the attribute of an
/// option counts for nothing once one was chosen by hand, and the value can be set only once its option
/// is there.
#[component]
fn Select(given: &Choosing) -> Html {
    let drawn = use_node_ref();
    let select = drawn.clone();
    let now = (given.chosen.clone(), given.options.clone());
    use_effect_with(now, move |(chosen, _)| {
        if let Some(select) = select.cast::<HtmlSelectElement>() {
            select.set_value(chosen);
        }
    });
    let is_done = given.chosen.is_empty();
    let onchange = given.choose.reform(move |event: Event| {
        let select = event.target_unchecked_into::<HtmlSelectElement>();
        let value = select.value();
        if is_done {
            select.set_value("");
        }
        value
    });
    html! {
        <label class="field">
            <span class="label">{ given.name.clone() }</span>
            <select ref={drawn} {onchange}>{ given.options.clone() }</select>
        </label>
    }
}

/// An input for a text that is the screen's own.
pub fn input(name: String, unit: String, value: String, typed: Callback<String>) -> Html {
    let oninput =
        typed.reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
    html! {
        <label class="field">
            <span class="label">{ name }</span>
            <input class="number" inputmode="decimal" autocomplete="off" {value} {oninput} />
            <span class="unit">{ unit }</span>
        </label>
    }
}

/// Lines that say what is wrong.
pub fn wrong(lines: &[String]) -> Html {
    if lines.is_empty() {
        return Html::default();
    }
    let lines = lines.iter().map(|line| html! { <li>{ line }</li> });
    html! { <div class="wrong" role="alert"><ul>{ for lines }</ul></div> }
}
