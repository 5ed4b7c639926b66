//! The top of the page: the plan, its file, the language, the screens.

use fentan_words::{Language, printable, say};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::{Callback, Html};

use crate::message::{Keeping, Request};
use crate::page::{Action, Page, Screen, Stage};
use crate::parts::editing::Editing;
use crate::parts::elements::{act, all, button, element, tag, tag_that};
use crate::parts::field::{Label, field};
use crate::parts::open_files::open_files;

/// The product, the plan, what can be done with it, and the way to its parts.
pub fn top_bar(page: &Page, editing: &Editing) -> Html {
    let language = page.language;
    let send = &editing.send;
    let does = |action| Some(act(send, action));
    let standing = &page.standing;
    let name = Label { name: say(language, "page.plan-name"), is_hidden: true, ..Label::default() };
    let actions = vec![
        button(
            "undo",
            say(language, "page.undo"),
            does(Action::Ask(Request::Undo)).filter(|_| standing.can_undo),
        ),
        button(
            "redo",
            say(language, "page.redo"),
            does(Action::Ask(Request::Redo)).filter(|_| standing.can_redo),
        ),
        open_files("open", language, "page.open", send),
        button("save-plan", say(language, "page.save-plan"), does(Action::Ask(Request::Save))),
        other_language(language, send),
    ];
    let product = vec![
        element("strong", "", say(language, "page.product")),
        element("span", "", say(language, "page.tagline")),
    ];
    let product = stage_link(page, Stage::Shelf, all(product));
    let plan = vec![
        tag("h1", &["id"], &["plan"], field(editing, "name", name)),
        shelf(page, send),
        keeping(page),
    ];
    let parts = vec![
        product,
        element("div", "actions", all(actions)),
        element("div", "plan", all(plan)),
        navigation(page),
    ];
    element("header", "top", all(parts))
}

/// The way to the stages of the plan, and to the views of the stage shown.
fn navigation(page: &Page) -> Html {
    let stages = Stage::OF_A_PLAN.into_iter().filter(|stage| stage.views().next().is_some());
    let stages = stages.map(|stage| {
        let name = say(page.language, &["page.stage.", stage.key()].concat());
        let wrong = wrong_on(page, |screen| screen.stage() == stage);
        element("li", "", stage_link(page, stage, all(vec![name.into(), wrong])))
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

/// Has the tab of the screen stand in the middle, where there are more than fit.
pub fn bring_tab_into_sight() {
    let tab = gloo::utils::document().query_selector(".views [aria-current]").ok().flatten();
    let tab = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok());
    if let Some(tab) = tab
        && let Some(tabs) = tab.closest("ul").ok().flatten()
    {
        let room = tabs.client_width() - tab.offset_width();
        tabs.set_scroll_left(tab.offset_left() - room / 2);
    }
}

/// The way to a view, with how many problems it holds.
fn view_link(page: &Page, screen: Screen) -> Html {
    let name = say(page.language, &["page.screen.", &screen.address()[1..]].concat());
    let wrong = wrong_on(page, |one| one == screen);
    let current = if screen == page.screen { "page" } else { "" };
    let keys = &["href", "aria-current"];
    tag("a", keys, &[screen.address(), current], all(vec![name.into(), wrong]))
}

/// How many problems there are on some screens; nothing where there are none.
fn wrong_on(page: &Page, is_one: impl Fn(Screen) -> bool) -> Html {
    let wrong = page.standing.wrong.iter().filter(|one| is_one(Screen::of_path(&one.path)));
    match wrong.count() {
        0 => Html::default(),
        count => element("span", "count", count.to_string()),
    }
}

/// The other plans, and new ones.
fn shelf(page: &Page, send: &Callback<Action>) -> Html {
    let language = page.language;
    let does = |action| Some(act(send, action));
    let plans = page.shelf.plans.iter().map(|card| {
        let plan = card.plan;
        let open = does(Action::Ask(Request::Open(plan))).filter(|_| plan != page.shelf.open);
        let name = if card.name.is_empty() {
            say(language, "page.unnamed")
        } else {
            printable(&card.name)
        };
        let name = if card.is_readable { name } else { ["⚠ ", &name].concat() };
        let discard = say(language, "page.discard");
        let label = format!("{discard} {name}");
        let kept = card.kept.replace('T', " ").chars().take(16).collect::<String>();
        let keys = &["type", "class", "aria-label"];
        let values = ["button", "quiet", &label];
        let parts = vec![
            button("", name, open),
            element("small", "", kept),
            tag_that(
                act(send, Action::Ask(Request::Discard(plan))),
                "button",
                keys,
                &values,
                discard,
            ),
        ];
        element("li", "", all(parts))
    });
    let new = vec![
        button("new-plan", say(language, "page.new"), does(Action::Ask(Request::New))),
        button("copy-plan", say(language, "page.copy"), does(Action::Ask(Request::Copy))),
        button("example", say(language, "page.example"), does(Action::Ask(Request::Example))),
    ];
    let menu = vec![element("p", "", all(new)), element("ul", "", all(plans.collect()))];
    let parts = vec![
        element("summary", "", say(language, "page.plans")),
        element("div", "menu", all(menu)),
    ];
    element("details", "shelf", all(parts))
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
