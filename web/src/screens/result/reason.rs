//! Why a figure is what it is.

use fentan_words::say;
use yew::{Callback, Event, Html};

use crate::message::Reason;
use crate::page::{Action, Page};
use crate::parts::dialog::dialog;
use crate::parts::elements::{act, all, button, element, tag, tag_of};
use crate::screens::result::figure_button;

/// Why a figure is what it is. A figure in it that has a reason of its own is stepped into; the
/// way back stands above.
pub fn reasons(page: &Page, send: &Callback<Action>) -> Option<Html> {
    let language = page.language;
    let (reason, before) = page.reasons.split_last()?;
    let way = before.iter().enumerate().map(|(at, reason)| {
        let back = act(send, Action::StepBack(at + 1));
        element("li", "", button("", reason.title.clone(), Some(back)))
    });
    let way: Vec<Html> = way.collect();
    let parts = vec![
        tag(
            "nav",
            &["aria-label"],
            &[&say(language, "page.roster.way-back")],
            element("ol", "", all(way)),
        ),
        step(page, before.len(), reason, send),
    ];
    Some(dialog(
        "reasons",
        say(language, "page.why"),
        say(language, "page.roster.close"),
        send.reform(|_: Event| Action::StepBack(0)),
        parts,
    ))
}

fn step(page: &Page, at: usize, reason: &Reason, send: &Callback<Action>) -> Html {
    let language = page.language;
    let inputs = reason.inputs.iter().map(|(name, value, figure)| {
        let value = match figure {
            Some(figure) => {
                let explain = act(send, Action::Explain(figure.clone(), at + 1));
                figure_button(value.clone(), explain)
            }
            None => value.as_str().into(),
        };
        element(
            "li",
            "",
            all(vec![element("span", "", name.as_str()), element("span", "number", value)]),
        )
    });
    let inputs: Vec<Html> = inputs.collect();
    let listed = |key: &'static str, items: Vec<Html>| {
        if items.is_empty() {
            return Html::default();
        }
        let heading = element("h4", "", say(language, &format!("page.roster.reason.{key}")));
        all(vec![heading, element("ul", key, all(items))])
    };
    let texts =
        |texts: &[String]| texts.iter().map(|text| element("li", "", text.as_str())).collect();
    let parts = vec![
        tag("h3", &["tabindex"], &["-1"], reason.title.as_str()),
        element("p", "amount", reason.value.as_str()),
        element("p", "formula", format!("= {}", reason.formula)),
        listed("inputs", inputs),
        listed("rounding", texts(&reason.rounding)),
        listed("clauses", texts(&reason.clauses)),
    ];
    // Another step is another element: the focus must not stay in the one before.
    tag_of(at, "section", &[], &[], all(parts))
}
