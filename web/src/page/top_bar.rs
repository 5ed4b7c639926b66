//! The top of the page: the plan, its file, the language, the screens.

use fentan_words::{Language, printable, say, say_with};
use yew::{Callback, Html};

use crate::message::{Keeping, Request, Step};
use crate::page::{Action, Page, Screen, Stage};
use crate::parts::editing::Editing;
use crate::parts::elements::{act, all, button, element, tag, tag_that};
use crate::parts::field::{Label, field};
use crate::parts::open_files::open_files;

/// The product, the plan, what can be done with it, and the way to its parts.
pub fn top_bar(page: &Page, editing: &Editing) -> Html {
    let (language, send) = (page.language, &editing.send);
    let product = element("strong", "", say(language, "page.product"));
    let mut parts = vec![stage_link(page, Stage::Shelf, product)];
    if page.screen.stage() == Stage::Shelf {
        parts.push(element("p", "plan", say(language, "page.tagline")));
    } else {
        let name = say(language, "page.plan-name");
        let name = Label { name, is_hidden: true, ..Label::default() };
        let plan = vec![tag("h1", &["id"], &["plan"], field(editing, "name", name)), keeping(page)];
        let standing = &page.standing;
        parts.push(element("div", "plan", all(plan)));
        parts.push(step(page, send, "undo", "↶", standing.undo.as_ref(), Request::Undo));
        parts.push(step(page, send, "redo", "↷", standing.redo.as_ref(), Request::Redo));
    }
    parts.push(menu(page, send));
    parts.push(navigation(page));
    element("header", "top", all(parts))
}

/// A button that takes a step back or makes it again, and says which.
fn step(
    page: &Page,
    send: &Callback<Action>,
    id: &'static str,
    sign: &'static str,
    step: Option<&Step>,
    request: Request,
) -> Html {
    let name = say(page.language, &["page.", id].concat());
    let (does, disabled) = match step {
        Some(step) => ([&name, " · ", &step_in_words(page, step)].concat(), ""),
        None => (name.clone(), "disabled"),
    };
    let content = vec![sign.into(), element("span", "", name)];
    let keys = &["id", "type", "class", "title", "aria-label", "disabled"];
    let values = [id, "button", "step", &does, &does, disabled];
    tag_that(act(send, Action::Ask(request)), "button", keys, &values, all(content))
}

/// What a step did: where, what, and to what.
pub fn step_in_words(page: &Page, step: &Step) -> String {
    let place = Screen::of_path(&step.path).name(page.language);
    let kind = say(page.language, &["page.did.", step.kind.key()].concat());
    [place, kind, printable(&step.name)].join(" ")
}

/// What is done now and then.
fn menu(page: &Page, send: &Callback<Action>) -> Html {
    let language = page.language;
    let does = |id: &str, key: &str, request| {
        button(id, say(language, key), Some(act(send, Action::Ask(request))))
    };
    let items = vec![
        other_language(language, send),
        // The script of the page does it, before any program is loaded.
        button("larger", say(language, "page.larger"), Some(Callback::noop())),
        open_files("open", language, "page.open", send),
        does("save-plan", "page.save-plan", Request::Save),
        does("new-plan", "page.new", Request::New),
        does("copy-plan", "page.copy", Request::Copy),
    ];
    let label = say(language, "page.menu");
    let parts = vec![
        tag("summary", &["aria-label", "title"], &[&label, &label], "☰"),
        element("div", "menu", all(items)),
    ];
    tag("details", &["id", "class"], &["menu", "shelf"], all(parts))
}

/// The way to the stages of the plan, and to the views of the stage shown.
fn navigation(page: &Page) -> Html {
    // Before there is a plan there are no stages of one.
    let is_first = page.shelf.plans.is_empty() && page.screen.stage() == Stage::Shelf;
    let stages = Stage::OF_A_PLAN.into_iter();
    let stages = stages.filter(|stage| !is_first && stage.views().next().is_some());
    let stages = stages.map(|stage| {
        let name = say(page.language, &["page.stage.", stage.key()].concat());
        let state = element("small", "", page.state_in_words(stage));
        element("li", "", stage_link(page, stage, all(vec![element("b", "", name), state])))
    });
    let views = page.screen.stage().views();
    let views = views.map(|screen| element("li", "", view_link(page, screen)));
    let parts = vec![
        element("ol", "stages", all(stages.collect())),
        element("ul", "views", all(views.collect())),
    ];
    tag("nav", &["aria-label"], &[&say(page.language, "page.sections")], all(parts))
}

/// The way to a stage: to the first of its views.
fn stage_link(page: &Page, stage: Stage, content: Html) -> Html {
    let address = stage.views().next().map_or("", Screen::address);
    let current = if stage == page.screen.stage() { "true" } else { "" };
    let keys = &["href", "data-stage", "aria-current"];
    tag("a", keys, &[address, stage.key(), current], content)
}

/// The way to a view, with how many problems it holds.
fn view_link(page: &Page, screen: Screen) -> Html {
    // What is not finished is not wrong.
    let wrong = page.standing.wrong.iter().filter(|_| page.is_begun());
    let wrong = match wrong.filter(|one| Screen::of_path(&one.path) == screen).count() {
        0 => Html::default(),
        count => element("span", "count", count.to_string()),
    };
    let current = if screen == page.screen { "page" } else { "" };
    let keys = &["href", "aria-current"];
    let name = screen.name(page.language).into();
    tag("a", keys, &[screen.address(), current], all(vec![name, wrong]))
}

/// How the plan is kept.
fn keeping(page: &Page) -> Html {
    let kept = match page.shelf.keeping {
        Keeping::Failed { .. } => "not-kept",
        Keeping::Pending => "pending",
        _ if page.is_busy() => "pending",
        _ => "kept",
    };
    let text = say(page.language, &["page.", kept].concat());
    // Plans of one name are told apart where one of them is worked on.
    let text = match page.place_of_name(page.shelf.open) {
        Some(place) => {
            let place = place.to_string();
            say_with(page.language, "page.same-name", &[("name", &text), ("place", &place)])
        }
        None => text,
    };
    tag("small", &["class", "data-kept"], &["keeping", kept], text)
}

/// A button that has the page speak the other language.
fn other_language(language: Language, send: &Callback<Action>) -> Html {
    let (other, name) = match language {
        Language::Chinese => (Language::English, "English"),
        Language::English => (Language::Chinese, "中文"),
    };
    let keys = &["id", "type", "lang"];
    let values = ["language", "button", other.tag()];
    tag_that(act(send, Action::Speak(other)), "button", keys, &values, name)
}
