use fentan_core::{Code, Problem, Problems};
use fentan_words::{problem, say, say_with};
use yew::{Html, html};

use super::editing::Editing;
use super::elements::{all, button, element};
use super::field::field;
use crate::fields;
use crate::state::{Action, Reason, Refusal, State, Trouble};

/// The most problems listed at once.
const MOST_LISTED: usize = 100;

/// Why files were not opened, and what is wrong with the plan being edited.
pub fn problem_panel(state: &State, editing: &Editing) -> Html {
    let refusal = state.refusal.as_ref().map(|refusal| refused(editing, refusal));
    let trouble = state.trouble.as_ref().map(|trouble| wrong(state, editing, trouble));
    html! {
        <div role="status">
            if refusal.is_some() || trouble.is_some() {
                <div id="problems" class="panel">{ refusal }{ trouble }</div>
            }
        </div>
    }
}

fn refused(editing: &Editing, refusal: &Refusal) -> Html {
    let language = editing.language;
    let (key, problems) = match &refusal.reason {
        Reason::Problems(problems) => ("page.refused.problems", Some(problems)),
        Reason::Words(_) => ("page.refused.problems", None),
        Reason::UnknownType => ("page.refused.unknown-type", None),
        Reason::TooMany => ("page.refused.too-many", None),
        Reason::RosterInPlan => ("page.refused.roster-in-plan", None),
        Reason::NoPlan => ("page.refused.no-plan", None),
        Reason::TooLarge => ("page.refused.too-large", None),
        Reason::Unreadable => ("page.refused.unreadable", None),
    };
    let heading = say_with(language, "page.not-opened", &[("file", &refusal.file)]);
    let note = say(language, key);
    let list = match &refusal.reason {
        Reason::Words(words) => Some(element("pre", "", words.as_str())),
        _ => problems.map(|problems| list(editing, problems, |_| Html::default())),
    };
    message(editing, heading, note, list, Some(("close", "page.close", Action::CloseRefusal)))
}

fn wrong(state: &State, editing: &Editing, trouble: &Trouble) -> Html {
    let language = editing.language;
    match trouble {
        Trouble::Problems(problems) => {
            let count = (problems.iter().count() + problems.left_out()).to_string();
            let heading = say_with(language, "page.problems", &[("count", &count)]);
            let lacks_roster = problems
                .iter()
                .any(|one| one.path == "households" && one.code() == Code::MissingField);
            let note =
                if lacks_roster { say(language, "page.problems-roster") } else { String::new() };
            let list = list(editing, problems, |one| remedy(state, editing, one));
            let back = state.shown.is_some().then_some(("go-back", "page.go-back", Action::GoBack));
            message(editing, heading, note, Some(list), back)
        }
        Trouble::Fault(fault) => {
            let (expected, found) = (fault.expected.to_string(), fault.found.to_string());
            let values =
                [("path", fault.path.as_str()), ("expected", &expected), ("found", &found)];
            message(editing, say_with(language, "page.fault", &values), String::new(), None, None)
        }
    }
}

fn message(
    editing: &Editing,
    heading: String,
    note: String,
    list: Option<Html>,
    way_out: Option<(&'static str, &str, Action)>,
) -> Html {
    let mut parts = vec![element("h2", "", heading), element("p", "", note)];
    parts.extend(list);
    parts.extend(way_out.map(|(id, key, action)| {
        let onclick = editing.send.reform(move |_| action.clone());
        button(id, say(editing.language, key), Some(onclick))
    }));
    all(parts)
}

fn list(editing: &Editing, problems: &Problems, remedy: impl Fn(&Problem) -> Html) -> Html {
    let language = editing.language;
    let mut entries = Vec::new();
    for one in problems.iter().take(MOST_LISTED) {
        let parts = vec![
            element("code", "", one.path.as_str()),
            element("span", "", problem(language, one)),
            element("code", "code", one.code().as_str()),
            remedy(one),
        ];
        entries.push(element("li", "", all(parts)));
    }
    let unlisted = problems.iter().count().saturating_sub(MOST_LISTED) + problems.left_out();
    if unlisted > 0 {
        let count = unlisted.to_string();
        let text = say_with(language, "problem.left-out", &[("count", &count)]);
        entries.push(element("li", "", text));
    }
    element("ul", "", all(entries))
}

/// The way to the field, or to the first one of a line or a source; or the field itself where
/// the page shows it nowhere else.
fn remedy(state: &State, editing: &Editing, one: &Problem) -> Html {
    let path = one.path.as_str();
    let first = format!("{path}.amount");
    if let Some(path) = [path, &first].into_iter().find(|path| state.shows_field(path)) {
        let href = format!("#{}", fields::input_id(path));
        return html! { <a {href}>{ say(editing.language, "page.go-to") }</a> };
    }
    match editing.draft.text(path) {
        Some(_) => field(editing, path, path.to_owned(), String::new()),
        None => Html::default(),
    }
}
