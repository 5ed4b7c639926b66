use std::rc::Rc;

use fentan_words::{Language, channel, say, say_with};
use web_sys::HtmlInputElement;
use yew::{Callback, Html, InputEvent, TargetCast, html};

use super::elements::{all, button, element, panel, row, table, table_box, td, th, th_row};
use super::household_rows::amounts;
use super::part::{Part, View};
use crate::figures::cell;
use crate::state::{Action, Search, Shown};

const HOME: [&str; 4] = ["term.building", "page.unit-number", "term.floor", "term.area"];
const DUE: [&str; 6] =
    ["term.share", "term.relief", "term.borne", "term.top-up", "term.individual", "term.due"];
const PAID: [&str; 6] =
    ["in_kind", "public_revenue", "maintenance_fund", "provident_fund", "owner_unit", "cash"];
const FUND: [&str; 2] = ["term.fund-after", "term.replenish"];
const GROUPS: [(&str, usize); 4] = [
    ("page.group.home", HOME.len()),
    ("page.group.due", DUE.len()),
    ("page.group.paid", PAID.len()),
    ("page.group.fund", FUND.len()),
];

/// Every household: what is due, and how it is paid.
pub fn household_table(
    language: Language,
    shown: &Rc<Shown>,
    search: &Search,
    send: &Callback<Action>,
) -> Html {
    let count = shown.split.households.len().to_string();
    let household = say(language, "term.household");
    let mut groups = vec![html! { <th rowspan="2" scope="col">{ household }</th> }];
    for (key, span) in GROUPS {
        let name = say(language, key);
        groups.push(html! { <th scope="colgroup" colspan={span.to_string()}>{ name }</th> });
    }
    let mut heads = Vec::new();
    heads.extend(HOME.iter().chain(&DUE).map(|key| th(say(language, key))));
    heads.extend(PAID.map(|name| th(channel(language, name))));
    heads.extend(FUND.map(|key| th(say(language, key))));

    let total = say_with(language, "page.total-of-all", &[("count", &count)]);
    let mut foot = vec![th_row(&total, "", Vec::new())];
    foot.extend(HOME.map(|_| td("")));
    amounts(&mut foot, &shown.dues);
    foot.extend([td(""), td(cell(shown.dues.replenish))]);

    let part = Part::HouseholdRows(search.on_page());
    let rows = html! { <View {language} shown={Rc::clone(shown)} {part} /> };
    let head = vec![element("tr", "groups", all(groups)), row(heads)];
    let mut parts = vec![
        tools(language, &count, search, send),
        table_box("households", table(head, rows, foot)),
    ];
    if search.found.is_empty() {
        parts.push(element("p", "none", say(language, "page.none-found")));
    }
    panel(language, "households", "page.household-table", "page.household-table-note", parts)
}

/// The search and the pages.
fn tools(language: Language, count: &str, search: &Search, send: &Callback<Action>) -> Html {
    let oninput = send.reform(|event: InputEvent| {
        Action::Search(event.target_unchecked_into::<HtmlInputElement>().value())
    });
    let turn = |id: &'static str, key: &str, to: Option<usize>| {
        let onclick = to.map(|page| send.reform(move |_| Action::Turn(page)));
        button(id, say(language, key), onclick)
    };
    let found = search.found.len().to_string();
    let found = say_with(language, "page.found", &[("found", &found), ("all", count)]);
    let (page, pages) = ((search.page + 1).to_string(), search.pages().to_string());
    let page = say_with(language, "page.page-of", &[("page", &page), ("pages", &pages)]);
    let next = Some(search.page + 1).filter(|&next| next < search.pages());
    let turns = vec![
        turn("previous", "page.previous", search.page.checked_sub(1)),
        element("span", "", page),
        turn("next", "page.next", next),
    ];
    html! {
        <div class="tools">
            <label for="search">{ say(language, "page.search") }</label>
            <input id="search" autocomplete="off" value={search.text.clone()} {oninput} />
            <span role="status">{ found }</span>
            { element("span", "turn", all(turns)) }
        </div>
    }
}
