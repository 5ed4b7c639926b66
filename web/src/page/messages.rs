//! What the committee must know, above every screen.

use fentan_import::Content;
use fentan_words::{printable, say, say_with};
use yew::{Callback, Html};

use crate::message::{Keeping, Pasted, Refusal, Refused, Request, StepKind, Wrong};
use crate::page::stages::checklist;
use crate::page::top_bar::step_in_words;
use crate::page::{Action, Done, Page, Screen, Stage};
use crate::parts::elements::{act, all, button, element, tag};
use crate::parts::going::link;

/// The most problems listed at once.
const MOST_LISTED: usize = 100;

/// What the committee must know: how the plan is kept, what was pasted, what was not opened,
/// what is wrong with the plan, and whether the engine is still at work.
pub fn messages(page: &Page, send: &Callback<Action>, is_slow: bool) -> Html {
    let language = page.language;
    let working = is_slow.then(|| {
        let text = say(language, "page.working");
        let bar = tag("progress", &["aria-label"], &[&text], "");
        element("p", "working", all(vec![bar, text.into()]))
    });
    let told = [
        working,
        done(page, send),
        keeping(page, send),
        page.pasted.as_ref().map(|pasted| report(page, pasted, send)),
        page.refusal.as_ref().map(|refusal| refused(page, refusal, send)),
    ];
    let status = |parts: Vec<Html>| tag("div", &["role"], &["status"], all(parts));
    all(vec![
        status(told.map(Option::unwrap_or_default).into()),
        status(vec![wrong(page, send).unwrap_or_default()]),
        checklist(page),
    ])
}

fn note(id: &str, class: &str, parts: Vec<Html>) -> Html {
    tag("div", &["id", "class"], &[id, &format!("message {class}")], all(parts))
}

fn close(page: &Page, id: &'static str, send: &Callback<Action>, action: Action) -> Html {
    button(id, say(page.language, "page.close"), Some(act(send, action)))
}

fn keeping(page: &Page, send: &Callback<Action>) -> Option<Html> {
    let language = page.language;
    let key = match page.shelf.keeping {
        Keeping::Kept | Keeping::Pending => return None,
        Keeping::Failed { full: true } => "page.keeping.full",
        Keeping::Failed { full: false } => "page.keeping.failed",
        Keeping::Shared => "page.keeping.shared",
        Keeping::Forked => "page.keeping.forked",
    };
    let mut parts = vec![element("p", "", say(language, key))];
    if matches!(page.shelf.keeping, Keeping::Failed { .. }) {
        let save = act(send, Action::Ask(Request::Save));
        parts.push(button("save-now", say(language, "page.save-plan"), Some(save)));
    }
    let class = if parts.len() > 1 { "bad" } else { "" };
    Some(note("keeping", class, parts))
}

/// What was taken out last or taken back, with a way back.
fn done(page: &Page, send: &Callback<Action>) -> Option<Html> {
    let language = page.language;
    let (key, name, request) = match page.done {
        Done::Nothing => return None,
        Done::Removed => {
            let step = page.standing.undo.as_ref().filter(|step| step.kind == StepKind::Remove)?;
            ("page.removed", step_in_words(page, step), Request::Undo)
        }
        Done::Undone => {
            let step = page.standing.redo.as_ref()?;
            ("page.undone", step_in_words(page, step), Request::Redo)
        }
        Done::Discarded(plan) => {
            let card = page.shelf.discarded.iter().find(|card| card.plan == plan)?;
            ("page.discarded", printable(&card.name), Request::Restore(plan))
        }
    };
    let way = if page.done == Done::Undone { "page.redo" } else { "page.undo" };
    let parts = vec![
        element("p", "", say_with(language, key, &[("name", &name)])),
        button("take-back", say(language, way), Some(act(send, Action::Ask(request)))),
    ];
    Some(note("done", "", parts))
}

/// What became of cells that were pasted.
fn report(page: &Page, pasted: &Pasted, send: &Callback<Action>) -> Html {
    let language = page.language;
    let key = match pasted.content {
        Content::Works => "page.pasted-works",
        Content::Roster => "page.pasted-roster",
    };
    let heading = say_with(language, key, &[("count", &pasted.count.to_string())]);
    let left_out = pasted.report.left_out.iter().take(MOST_LISTED).map(|(why, cells)| {
        let parts = vec![why.as_str().into(), element("small", "", cells.as_str())];
        element("li", "", all(parts))
    });
    let left_out = all(left_out.collect());
    let left_out = match pasted.report.left_out.len() {
        0 => Html::default(),
        count => {
            let words = say_with(language, "page.left-out", &[("count", &count.to_string())]);
            let parts = vec![element("summary", "", words), element("ul", "", left_out)];
            element("details", "", all(parts))
        }
    };
    let parts = vec![
        element("h2", "", heading),
        element("p", "note", pasted.report.understood.join(" · ")),
        left_out,
        close(page, "close-pasted", send, Action::ClosePasted),
    ];
    note("pasted", "", parts)
}

fn refused(page: &Page, refusal: &Refusal, send: &Callback<Action>) -> Html {
    let language = page.language;
    let (key, words) = match &refusal.reason {
        Refused::Words(words) => ("page.refused.problems", words.as_slice()),
        Refused::TooMany => ("page.refused.too-many", &[][..]),
        Refused::TooLarge => ("page.refused.too-large", &[][..]),
        Refused::Unreadable => ("page.refused.unreadable", &[][..]),
        Refused::NotLoaded => ("page.refused.not-loaded", &[][..]),
    };
    let parts = vec![
        element("h2", "", say_with(language, "page.not-opened", &[("file", &refusal.file)])),
        element("p", "", say(language, key)),
        words.iter().map(|words| element("pre", "", words.as_str())).collect(),
        close(page, "close", send, Action::CloseRefusal),
    ];
    note("refused", "bad", parts)
}

/// What is wrong with the plan. A plan that is only not finished is told what comes next.
fn wrong(page: &Page, send: &Callback<Action>) -> Option<Html> {
    let language = page.language;
    let standing = &page.standing;
    if page.screen.stage() == Stage::Shelf {
        return None;
    }
    if !page.is_begun() {
        return Some(next_step(page));
    }
    if standing.wrong.is_empty() {
        return None;
    }
    let count = (standing.wrong.len() + standing.left_out).to_string();
    let listed = standing.wrong.iter().take(MOST_LISTED);
    let list = listed.map(|one| problem(page, one, send)).collect();
    let parts = vec![
        element("h2", "", say_with(language, "page.problems", &[("count", &count)])),
        element("ul", "", all(list)),
    ];
    Some(note("problems", "bad", parts))
}

fn problem(page: &Page, wrong: &Wrong, send: &Callback<Action>) -> Html {
    let parts = vec![
        element("span", "place", wrong.place.as_str()),
        element("span", "words", wrong.words.as_str()),
        link(&say(page.language, "page.go-to"), &wrong.path, send),
    ];
    // What finds a problem finds it by these.
    tag("li", &["data-path", "data-code"], &[&wrong.path, &wrong.code], all(parts))
}

/// What a plan without households needs next.
fn next_step(page: &Page) -> Html {
    let language = page.language;
    let needs_works = !page.has("lines");
    let screen = if needs_works { Screen::Works } else { Screen::Roster };
    let key = if needs_works { "page.next.works" } else { "page.next.roster" };
    let link = tag("a", &["href"], &[screen.address()], say(language, "page.go-to"));
    note("next", "", vec![element("p", "", say(language, key)), link])
}
