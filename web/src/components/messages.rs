use fentan_words::{say, say_with};
use yew::{Callback, Html, MouseEvent, html};

use super::elements::{all, button, element};
use super::going::link;
use crate::message::{Keeping, Pasted, Refusal, Refused, Wrong};
use crate::page::{Action, Page, Screen};

/// The most problems listed at once.
const MOST_LISTED: usize = 100;

/// What the committee must know: how the plan is kept, what was pasted, what was not opened,
/// what is wrong with the plan, and whether the engine is still at work.
pub fn messages(page: &Page, send: &Callback<Action>, is_slow: bool) -> Html {
    let language = page.language;
    html! {
        <>
            <div role="status">
                if is_slow {
                    <p class="working">
                        <progress aria-label={say(language, "page.working")} />
                        { say(language, "page.working") }
                    </p>
                }
                { keeping(page, send) }
                { page.pasted.as_ref().map(|pasted| report(page, pasted, send)) }
                { page.refusal.as_ref().map(|refusal| refused(page, refusal, send)) }
            </div>
            <div role="status">{ wrong(page, send) }</div>
        </>
    }
}

fn note(id: &'static str, class: &'static str, parts: Vec<Html>) -> Html {
    html! { <div {id} class={format!("message {class}")}>{ all(parts) }</div> }
}

fn close(page: &Page, id: &'static str, send: &Callback<Action>, action: Action) -> Html {
    let onclick = send.reform(move |_: MouseEvent| action.clone());
    button(id, say(page.language, "page.close"), Some(onclick))
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
        let onclick = send.reform(|_| Action::Save(crate::message::Saved::Plan));
        parts.push(button("save-now", say(language, "page.save-plan"), Some(onclick)));
    }
    let class = if parts.len() > 1 { "bad" } else { "" };
    Some(note("keeping", class, parts))
}

/// What became of cells that were pasted.
fn report(page: &Page, pasted: &Pasted, send: &Callback<Action>) -> Html {
    let language = page.language;
    let part = match pasted.part {
        crate::message::Part::Works => "page.pasted-works",
        crate::message::Part::Roster => "page.pasted-roster",
    };
    let heading = say_with(language, part, &[("count", &pasted.count.to_string())]);
    let left_out = pasted.left_out.iter().take(MOST_LISTED).map(|(why, cells)| {
        html! { <li>{ why }{ element("small", "", cells.as_str()) }</li> }
    });
    let left_out: Vec<Html> = left_out.collect();
    let left_out_count = pasted.left_out.len().to_string();
    let parts = vec![
        element("h2", "", heading),
        element("p", "note", pasted.understood.join(" · ")),
        html! {
            if !left_out.is_empty() {
                <details>
                    <summary>{ say_with(language, "page.left-out", &[("count", &left_out_count)]) }</summary>
                    <ul>{ for left_out }</ul>
                </details>
            }
        },
        close(page, "close-pasted", send, Action::ClosePasted),
    ];
    note("pasted", "", parts)
}

fn refused(page: &Page, refusal: &Refusal, send: &Callback<Action>) -> Html {
    let language = page.language;
    let (key, words) = match &refusal.reason {
        Refused::Words(words) => ("page.refused.problems", words.as_slice()),
        Refused::UnknownType => ("page.refused.unknown-type", &[][..]),
        Refused::TooMany => ("page.refused.too-many", &[][..]),
        Refused::TooLarge => ("page.refused.too-large", &[][..]),
        Refused::Unreadable => ("page.refused.unreadable", &[][..]),
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
    if standing.households == 0 {
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
    html! {
        <li>
            <span class="words">{ &wrong.words }</span>
            <span class="code">{ format!("{} · {}", wrong.path, wrong.code) }</span>
            { link(&say(page.language, "page.go-to"), &wrong.path, send) }
        </li>
    }
}

/// What a plan without households needs next.
fn next_step(page: &Page) -> Html {
    let language = page.language;
    let has_lines =
        page.form.as_ref().is_some_and(|form| form.document.text("lines[0].id").is_some());
    let screen = if has_lines { Screen::Roster } else { Screen::Works };
    let key = if has_lines { "page.next.roster" } else { "page.next.works" };
    let link = html! { <a href={screen.address()}>{ say(language, "page.go-to") }</a> };
    note("next", "", vec![element("p", "", say(language, key)), link])
}
