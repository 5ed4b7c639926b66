use fentan_words::{Language, say};
use yew::{Callback, Html, MouseEvent, html};

use super::editing::Editing;
use super::elements::{all, button};
use super::field::{Label, field};
use super::open_files::open_files;
use crate::message::{Keeping, Saved};
use crate::page::{Action, Page, Screen};

/// The product, the plan, what can be done with it, and the way to its parts.
pub fn top_bar(page: &Page, editing: &Editing) -> Html {
    let language = page.language;
    let send = &editing.send;
    let does = |action: Action| Some(send.reform(move |_: MouseEvent| action.clone()));
    let standing = &page.standing;
    let name = Label { name: say(language, "page.plan-name"), is_hidden: true, ..Label::default() };
    let actions = vec![
        button(
            "undo",
            say(language, "page.undo"),
            does(Action::Undo).filter(|_| standing.can_undo),
        ),
        button(
            "redo",
            say(language, "page.redo"),
            does(Action::Redo).filter(|_| standing.can_redo),
        ),
        open_files("open", language, "page.open", send),
        button("save-plan", say(language, "page.save-plan"), does(Action::Save(Saved::Plan))),
        other_language(language, send),
    ];
    html! {
        <header class="top">
            <div class="product">
                <strong>{ say(language, "page.product") }</strong>
                <span>{ say(language, "page.tagline") }</span>
            </div>
            <div class="actions">{ all(actions) }</div>
            <div class="plan">
                <h1 id="plan">{ field(editing, "name", name) }</h1>
                { shelf(page, send) }
                { keeping(page) }
            </div>
            <nav aria-label={say(language, "page.sections")}>
                { for Screen::ALL.map(|screen| tab(page, screen)) }
            </nav>
        </header>
    }
}

/// The way to a screen, with how many problems it holds.
fn tab(page: &Page, screen: Screen) -> Html {
    let name = say(page.language, &format!("page.screen.{}", &screen.address()[1..]));
    let wrong = page.standing.wrong.iter().filter(|one| Screen::of_path(&one.path) == screen);
    let count = wrong.count();
    html! {
        <a
            href={screen.address()}
            aria-current={(screen == page.screen).then_some("page")}
        >
            { name }
            if count > 0 {
                <span class="count">{ count }</span>
            }
        </a>
    }
}

/// The other plans, and new ones.
fn shelf(page: &Page, send: &Callback<Action>) -> Html {
    let language = page.language;
    let does = |action: Action| Some(send.reform(move |_: MouseEvent| action.clone()));
    let plans = page.shelf.plans.iter().map(|card| {
        let plan = card.plan;
        let open = does(Action::Open(plan)).filter(|_| plan != page.shelf.open);
        let name = if card.name.is_empty() { say(language, "page.unnamed") } else { card.name.clone() };
        let discard = say(language, "page.discard");
        let label = format!("{discard} {name}");
        let onclick = does(Action::Discard(plan));
        let kept = card.kept.replace('T', " ").chars().take(16).collect::<String>();
        html! {
            <li>
                <button type="button" disabled={open.is_none()} onclick={open}>{ name }</button>
                <small>{ kept }</small>
                <button type="button" class="quiet" aria-label={label} {onclick}>{ discard }</button>
            </li>
        }
    });
    html! {
        <details class="shelf">
            <summary>{ say(language, "page.plans") }</summary>
            <div class="menu">
                <p>
                    { button("new-plan", say(language, "page.new"), does(Action::New)) }
                    { button("copy-plan", say(language, "page.copy"), does(Action::Copy)) }
                    { button("example", say(language, "page.example"), does(Action::Example)) }
                </p>
                <ul>{ for plans }</ul>
            </div>
        </details>
    }
}

/// How the plan is kept.
fn keeping(page: &Page) -> Html {
    let kept = match page.shelf.keeping {
        Keeping::Failed { .. } => "not-kept",
        Keeping::Pending => "pending",
        _ if page.is_busy() => "pending",
        _ => "kept",
    };
    let text = say(page.language, &format!("page.{kept}"));
    html! { <small class="keeping" data-kept={kept}>{ text }</small> }
}

/// A button that has the page speak the other language.
fn other_language(language: Language, send: &Callback<Action>) -> Html {
    let (other, name) = match language {
        Language::Chinese => (Language::English, "English"),
        Language::English => (Language::Chinese, "中文"),
    };
    let onclick = send.reform(move |_: MouseEvent| Action::Speak(other));
    html! {
        <button id="language" type="button" lang={other.tag()} {onclick}>
            { name }
        </button>
    }
}
