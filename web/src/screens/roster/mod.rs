//! The roster.

mod estimate;
mod events;
mod fill;
pub mod homes;
pub mod paste;
pub mod table;

use fentan_words::{say, say_with};
use yew::{Callback, Event, Html, InputEvent, KeyboardEvent, MouseEvent, html};

use crate::message::Column;
use crate::page::{Action, Page};
use crate::parts::editing::Editing;
use crate::parts::elements::{all, element, list, panel, tag};
use crate::parts::open_files::open_files;
use crate::screens::result::law::vote::VotePanel;
use crate::screens::roster::estimate::estimate;
use crate::screens::roster::events::{chosen, clicked, settled, step, typed};
use crate::screens::roster::fill::{fill, pasted};
use crate::screens::roster::table::{JOINS, heading, roster_table};

/// The roster: every household, to be edited, and what each pays.
pub fn roster(page: &Page, editing: &Editing) -> Html {
    let language = page.language;
    let say = |key: &str| say(language, &format!("page.roster.{key}"));
    let paste = does("paste", "", say("paste"));
    let open = open_files("open-roster", language, "page.roster.open", &editing.send);
    let add = does("add", "", say("add"));
    let panel = if page.standing.households == 0 {
        let mut ways = Vec::new();
        for (way, does) in [("paste", paste), ("open", open), ("add", add)] {
            let (name, note) = (format!("way.{way}"), format!("way.{way}-note"));
            let parts = vec![element("h3", "", say(&name)), element("p", "note", say(&note)), does];
            ways.push(element("li", "", all(parts)));
        }
        let parts = vec![element("ul", "ways", all(ways)), estimate(page)];
        panel(language, "households", "page.roster.none", "page.roster.none-note", parts)
    } else {
        let mut views = Vec::new();
        for (view, name) in [("", "homes"), ("dues", "dues")] {
            views.push(toggle("view", view, page.view.is_of_dues == (view == "dues"), say(name)));
        }
        let note = if page.view.is_of_dues { "page.roster.dues-note" } else { "page.roster.note" };
        let parts = vec![
            estimated(page),
            element(
                "div",
                "tools",
                all(vec![element("span", "looks", all(views)), paste, open, add]),
            ),
            element("div", "tools", finder(page, editing)),
            roster_table(page, editing),
        ];
        panel(language, "households", "page.roster.heading", note, parts)
    };
    let send = &editing.send;
    let (in_place, view) = (page.look.clone(), page.view.clone());
    let on_click = {
        let view = view.clone();
        sends(send, move |event: MouseEvent| clicked(&event, language, &view))
    };
    let on_input = sends(send, move |event: InputEvent| {
        typed(&event).or_else(|| chosen(&event, &in_place, &view))
    });
    let on_change = sends(send, |event: Event| settled(&event));
    let on_key = sends(send, |event: KeyboardEvent| step(&event));
    let on_paste = {
        let columns = page.rows.columns.clone();
        let is_shown = |one: &&Column| one.is_used || page.view.added.contains(&one.name);
        let shown = columns.iter().filter(is_shown).map(|column| column.name.clone());
        let shown: Vec<_> = shown.collect();
        sends(send, move |event: Event| pasted(&event, &columns, &shown))
    };
    let roster = html! {
        <div
            id="roster"
            onpaste={on_paste}
            onclick={on_click}
            oninput={on_input}
            onchange={on_change}
            onkeydown={on_key}
        >
            { panel }
        </div>
    };
    let vote = html! { <VotePanel {language} law={editing.law.clone()} send={send.clone()} /> };
    all(vec![roster, vote])
}

fn sends<E: 'static>(
    send: &Callback<Action>,
    action: impl Fn(E) -> Option<Action> + 'static,
) -> Callback<E> {
    let send = send.clone();
    Callback::from(move |event| {
        if let Some(action) = action(event) {
            send.emit(action);
        }
    })
}

/// A button that does what it is named after.
pub fn does(name: &str, value: &str, text: String) -> Html {
    tag("button", &["name", "value"], &[name, value], text)
}

/// A button that is pressed or not.
fn toggle(name: &str, value: &str, is_pressed: bool, text: String) -> Html {
    let pressed = if is_pressed { "true" } else { "false" };
    tag("button", &["name", "value", "aria-pressed"], &[name, value, pressed], text)
}

/// That the roster is not the real one, if so.
fn estimated(page: &Page) -> Html {
    let count = page.rows.estimated;
    if count == 0 {
        return Html::default();
    }
    let values = [("count", count.to_string())];
    let words = say_with(page.language, "page.roster.estimated", &[(values[0].0, &values[0].1)]);
    let confirm = does("confirm", "", say(page.language, "page.roster.confirm"));
    element("div", "estimated", all(vec![element("p", "", words), confirm]))
}

/// What narrows the households down, and more columns.
fn finder(page: &Page, editing: &Editing) -> Html {
    let language = page.language;
    let (rows, look) = (&page.rows, &page.look);
    let search = say(language, "page.roster.search");
    let select = |name: &str, chosen: &str, texts: &[String]| {
        let key = format!("page.roster.{name}s");
        let mut options = vec![(String::new(), say(language, &key))];
        for text in texts {
            let name = say_with(language, &format!("{key}-one"), &[("one", text)]);
            options.push((text.clone(), name));
        }
        let label = say(language, &format!("page.roster.column.{name}"));
        list(&["name", "aria-label", "selectedIndex"], &[name, &label], chosen, options)
    };
    let (found, all_of_them) = (rows.found.to_string(), page.standing.households.to_string());
    let counts = [("found", found.as_str()), ("all", all_of_them.as_str())];
    let found = say_with(language, "page.roster.found", &counts);
    all(vec![
        tag(
            "input",
            &["type", "id", "name", "value", "aria-label", "placeholder"],
            &["search", "search", "search", &look.search, &search, &search],
            "",
        ),
        select("building", &look.building, &rows.buildings),
        select("unit", &look.unit, &rows.units),
        tag("span", &["id", "role"], &["found", "status"], found),
        columns(page, editing),
        if page.view.is_of_dues { Html::default() } else { fill(page, editing) },
    ])
}

/// The columns in which nothing stands yet, to be shown all the same.
fn columns(page: &Page, editing: &Editing) -> Html {
    let mut ticks = Vec::new();
    // Who takes part is said at the line first.
    let is_offered = |column: &&Column| !column.is_used && !column.name.starts_with(JOINS);
    for column in page.rows.columns.iter().filter(is_offered) {
        let is_shown = page.view.added.contains(&column.name);
        ticks.push(toggle("column", &column.name, is_shown, heading(editing, column)));
    }
    if ticks.is_empty() || page.view.is_of_dues {
        return Html::default();
    }
    let summary = element("summary", "", say(page.language, "page.roster.columns"));
    element("details", "columns", all(vec![summary, element("div", "menu", all(ticks))]))
}
