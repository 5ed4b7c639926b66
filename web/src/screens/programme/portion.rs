//! What a compound gets of the pots, put to use: written into a copy of its plan, or into the plan that is open.

use fentan_words::{Language, cell, money, printable, say, say_with};
use yew::{Context, Html, MouseEvent, html};

use super::compound::part;
use super::{Message, Screen};
use crate::message::Request;
use crate::page::{Action, Screen as Shown};
use crate::parts::editing::Editing;
use crate::work::programme::portion::{changes, place_of, written_offer};
use crate::work::programme::{Compound, Programme};

/// The part of a compound that is split.
pub fn portion(
    context: &Context<Screen>,
    screen: &Screen,
    programme: &Programme,
    place: usize,
) -> Html {
    let language = context.props().editing.language;
    let text = |key: &str| say(language, &format!("view.programme.{key}"));
    let copy = context.link().callback(|_: MouseEvent| Message::Copy);
    let is_copying = screen.copying.as_ref().is_some_and(Vec::is_empty);
    let refused = screen.copying.iter().flatten();
    html! {
        <>
            <h3>{ text("portion-heading") }</h3>
            if !programme.is_run {
                <p class="note">{ text("copy-note") }</p>
                <p class="tools">
                    <button type="button" id="programme-copy" onclick={copy} disabled={is_copying}>
                        { text("copy") }
                    </button>
                </p>
                <div role="alert">{ for refused.map(|line| html! { <p>{ line }</p> }) }</div>
            }
            { into_the_open_plan(context, programme, place) }
        </>
    }
}

/// What the sources of the open plan give now and would give, and the button that writes it.
fn into_the_open_plan(context: &Context<Screen>, programme: &Programme, place: usize) -> Html {
    let editing = &context.props().editing;
    let language = editing.language;
    let text = |key: &str| say(language, &format!("view.programme.{key}"));
    let plan = &editing.form.document;
    let offers = programme.offers(place);
    let of_programme = match programme.name.as_str() {
        "" => text("unnamed"),
        name => name.to_owned(),
    };
    let Some(changes) = changes(language, plan, &of_programme, &offers) else {
        return Html::default();
    };
    let rows = offers.iter().map(|(id, amount)| {
        let source = place_of(plan, id).unwrap_or_default();
        let path = format!("sources[{source}].name");
        let name = printable(plan.text(&path).unwrap_or(id));
        vec![name, written_offer(language, plan, source), cell(*amount)]
    });
    let heads = ["source", "written-now", "portion-head"].map(text).into();
    let send = editing.send.clone();
    let write = move |_: MouseEvent| {
        send.emit(Action::Ask(Request::Make(changes.clone())));
        send.emit(Action::Show(Shown::Sources));
    };
    let name = name_of(editing);
    html! {
        <>
            { part("programme-portion", text("into-open"), heads, rows.collect()) }
            { for same(context, &programme.compounds[place]).into_iter().map(|line| html! { <p>{ line }</p> }) }
            <p class="tools">
                <button type="button" id="programme-write" onclick={write}>
                    { say_with(language, "view.programme.write", &[("name", &name)]) }
                </button>
            </p>
        </>
    }
}

fn name_of(editing: &Editing) -> String {
    match editing.text("name") {
        "" => say(editing.language, "view.programme.this-plan"),
        name => printable(name),
    }
}

/// The open plan and the compound side by side, and that they differ where they do: it may be another compound's plan.
fn same(context: &Context<Screen>, compound: &Compound) -> Vec<String> {
    let editing = &context.props().editing;
    let language = editing.language;
    let size = |households: u64, budget| sized(language, households, budget);
    let of = (compound.households, compound.budget);
    let (Some((homes, budget)), (Some(households), Some(costs))) = (context.props().size, of)
    else {
        return vec![say(language, "view.programme.not-split-yet")];
    };
    let homes = homes as u64;
    let values = [
        ("name", &*name_of(editing)),
        ("size", &*size(homes, budget)),
        ("compound", &*compound.name),
        ("other", &*size(households, costs)),
    ];
    let mut lines = vec![say_with(language, "view.programme.side-by-side", &values)];
    if (homes, budget) != (households, costs) {
        lines.push(say(language, "view.programme.differ"));
    }
    lines
}

fn sized(language: Language, households: u64, budget: fentan_core::Fen) -> String {
    let values = [("households", &*households.to_string()), ("budget", &*money(budget))];
    say_with(language, "view.programme.size", &values)
}
