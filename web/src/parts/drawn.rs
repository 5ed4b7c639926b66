//! Draws what the program of law and policy answers, piece by piece.

use fentan_core::Change;
use web_sys::HtmlSelectElement;
use yew::virtual_dom::{AttributeOrProperty, Attributes, VTag};
use yew::{Event, Html, TargetCast, html};

use crate::message::{ATTRIBUTES, Piece};
use crate::page::Action;
use crate::parts::editing::Editing;
use crate::parts::elements::{all, element};
use crate::parts::field::{Label, dot, field, pick, ticks};
use crate::parts::going::link;
use crate::screens::roster::list;
use crate::typed::Reading;

/// Pieces whose paths are within the table at a path; of the plan itself where that is empty.
pub fn drawn(editing: &Editing, within: &str, pieces: &[Piece]) -> Html {
    all(pieces.iter().map(|piece| draw(editing, within, piece)).collect())
}

fn draw(editing: &Editing, within: &str, piece: &Piece) -> Html {
    let at = |path: &str| if within.is_empty() { path.to_owned() } else { dot(within, path) };
    match piece {
        Piece::Text(text) => text.into(),
        Piece::Element { name, attributes, pieces } => {
            let mut tag = VTag::new(name.clone());
            let values = attributes.iter().map(|value| {
                let value = Some(value).filter(|value| !value.is_empty());
                value.map(|value| AttributeOrProperty::Attribute(value.clone().into()))
            });
            let keys = &ATTRIBUTES[..values.len()];
            tag.set_attributes(Attributes::Dynamic { keys, values: values.collect() });
            tag.add_child(drawn(editing, within, pieces));
            tag.into()
        }
        Piece::Link { path, text } => link(text, &at(path), &editing.send),
        Piece::Field { path, name, is_money } => {
            let reading = if *is_money { Reading::Money } else { Reading::Plain };
            let label = Label { name: name.clone(), reading, ..Label::default() };
            field(editing, &at(path), label)
        }
        Piece::Choice { path, name, values } => {
            let path = at(path);
            let mut choices = Vec::new();
            for (json, name) in values {
                let (path, json) = (path.clone(), json.clone());
                let change = match json.is_empty() {
                    true => Change::Clear { path },
                    false => Change::Put { path, json: json.clone(), at: None },
                };
                choices.push((json, name.clone(), vec![change]));
            }
            let value = editing.form.document.value(&path);
            let chosen = value.and_then(|value| serde_json::to_string(value).ok());
            pick(editing, &path, name.clone(), false, &chosen.unwrap_or_default(), choices)
        }
        Piece::Ticks { path, name, values } => {
            ticks(editing, &at(path), name.clone(), values.clone())
        }
        Piece::Question { name, chosen, values } => {
            let onchange = editing.send.reform(|event: Event| {
                Action::Question(event.target_unchecked_into::<HtmlSelectElement>().value())
            });
            let select = list(&["selectedIndex"], &[], chosen, values.clone());
            let parts = vec![element("span", "note", name.as_str()), select];
            html! { <label class="field" {onchange}>{ all(parts) }</label> }
        }
    }
}
