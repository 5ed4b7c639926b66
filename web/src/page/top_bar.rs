//! The top of the page: the plan, its file, the language, the screens.

use fentan_words::{Language, printable, say};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::{Callback, Html};

use crate::message::{Keeping, Request};
use crate::page::{Action, Page, Screen};
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
    let plan = vec![
        tag("h1", &["id"], &["plan"], field(editing, "name", name)),
        shelf(page, send),
        keeping(page),
    ];
    let tabs = Screen::ALL.map(|screen| tab(page, screen));
    let parts = vec![
        element("div", "product", all(product)),
        element("div", "actions", all(actions)),
        element("div", "plan", all(plan)),
        tag("nav", &["aria-label"], &[&say(language, "page.sections")], all(tabs.into())),
    ];
    element("header", "top", all(parts))
}

/// Has the tab of the screen stand in the middle, where there are more than fit.
pub fn bring_tab_into_sight() {
    let tab = gloo::utils::document().query_selector(".top nav [aria-current]").ok().flatten();
    let tab = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok());
    if let Some(tab) = tab
        && let Some(tabs) = tab.parent_element()
    {
        let room = tabs.client_width() - tab.offset_width();
        tabs.set_scroll_left(tab.offset_left() - room / 2);
    }
}

/// The way to a screen, with how many problems it holds.
fn tab(page: &Page, screen: Screen) -> Html {
    let name = say(page.language, &format!("page.screen.{}", &screen.address()[1..]));
    let wrong = page.standing.wrong.iter().filter(|one| Screen::of_path(&one.path) == screen);
    let count = match wrong.count() {
        0 => Html::default(),
        count => element("span", "count", count.to_string()),
    };
    let current = if screen == page.screen { "page" } else { "" };
    let keys = &["href", "aria-current"];
    tag("a", keys, &[screen.address(), current], all(vec![name.into(), count]))
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
