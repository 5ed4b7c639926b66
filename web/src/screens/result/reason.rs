//! Why a figure is what it is. The engine words it, the page draws it step by step.

use fentan_core::{Explainer, Figure, Plan};
use fentan_words::{Explanation, Input, Language, say, say_with};
use yew::{Callback, Event, Html};

use crate::packed::Packed;
use crate::page::{Action, Page};
use crate::parts::dialog::dialog;
use crate::parts::elements::{act, all, button, element, tag, tag_of};
use crate::screens::result::figure_button;
use crate::session::Session;

/// The reason of a figure of the open plan; none if the plan has no such figure.
pub fn reason(session: &Session, figure: &Packed<Figure>) -> Option<Packed<Explanation>> {
    let (language, plan) = (session.language(), session.plan()?);
    let reason = Explainer::new(plan).ok()?.reason(figure.open()?)?;
    let mut worded = fentan_words::reason(language, plan, &reason);
    for input in &mut worded.inputs {
        input.name = name(language, plan, input);
    }
    Some(Packed::of(&worded))
}

/// The name of an input, with the policy pack that it came from, if it did.
fn name(language: Language, plan: &Plan, input: &Input) -> String {
    let filled = input.path.as_ref().and_then(|path| plan.filled_at(path));
    let pack = filled.map(|filled| [("pack", filled.pack.as_str())]);
    let from = pack.map(|pack| say_with(language, "policy.filled-from", &pack));
    from.map_or_else(|| input.name.clone(), |from| format!("{} · {from}", input.name))
}

/// Why a figure is what it is. A figure in it that has a reason of its own is stepped into; the
/// way back stands above.
pub fn reasons(page: &Page, send: &Callback<Action>) -> Option<Html> {
    let language = page.language;
    let reasons: Vec<_> = page.reasons.iter().filter_map(Packed::open).collect();
    let (reason, before) = reasons.split_last()?;
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

fn step(page: &Page, at: usize, reason: &Explanation, send: &Callback<Action>) -> Html {
    let language = page.language;
    let inputs = reason.inputs.iter().map(|Input { name, value, figure, .. }| {
        let value = match figure {
            Some(figure) => {
                let explain = act(send, Action::Explain(Packed::of(figure), at + 1));
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

#[cfg(test)]
mod tests {
    use fentan_core::Document;

    use super::*;

    const GATE: &str = r#"{ "fentan": 1, "lines": [{ "id": "gate", "amount": "100" }],
        "households": [{ "id": "1", "area": "60" }, { "id": "2", "area": "60" }] }"#;

    fn explanation(figure: Figure) -> Option<Explanation> {
        let document = Document::from_json(GATE.as_bytes()).expect("JSON").into_owned();
        let session = Session::open(Language::English, document);
        reason(&session, &Packed::of(&figure))?.open()
    }

    #[test]
    fn a_reason_names_the_figures_that_it_is_made_of() {
        let share = explanation(Figure::LineShare { household: 0, line: 0 }).expect("a reason");
        assert_eq!(share.value, "¥50.00");
        let figures: Vec<_> = share.inputs.iter().filter_map(|input| input.figure).collect();
        assert!(figures.contains(&Figure::Uncovered { line: 0 }), "{figures:?}");
        let left = explanation(Figure::Uncovered { line: 0 }).expect("a reason");
        assert_eq!(left.inputs[0].path.as_deref(), Some("lines[0].amount"));
        assert!(explanation(Figure::LineShare { household: 2, line: 0 }).is_none());
    }

    #[test]
    fn other_programs_are_told_an_input_by_name_and_value() {
        let share = explanation(Figure::LineShare { household: 0, line: 0 }).expect("a reason");
        let json = serde_json::to_value(&share.inputs).expect("JSON");
        let keys = json[0].as_object().map(|input| input.keys().cloned().collect::<Vec<_>>());
        assert_eq!(keys, Some(vec!["name".to_owned(), "value".to_owned()]));
    }
}
