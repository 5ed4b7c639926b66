//! The table of households. Of thousands only those in sight are drawn, and some around them;
//! room is kept above and below for the others.

use fentan_core::Fen;
use fentan_core::internal::quoted;
use fentan_words::{Language, printable, say, say_with};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::{Callback, Event, Html, TargetCast, html};

use crate::message::{Column, Look, Row};
use crate::page::{Action, Page};
use crate::parts::editing::Editing;
use crate::parts::elements::{all, element, list, row, tag, tag_of, td, td_amount, td_sum};
use crate::parts::field::{input_id, keys};
use crate::parts::part::titles;

/// The box that the table scrolls in.
const BOX: &str = "roster-box";
/// How high a row is, in hundredths of a rem, as in the style sheet.
const ROW_HEIGHT: usize = 225;

/// The figures of a household, with the keys of what they are called.
const FIGURES: [(&str, &str); 14] = [
    ("share", "term.share"),
    ("relief", "term.relief"),
    ("borne", "term.borne"),
    ("top_up", "term.top-up"),
    ("individual", "term.individual"),
    ("due", "term.due"),
    ("in_kind", "channel.in_kind"),
    ("public_revenue", "channel.public_revenue"),
    ("maintenance_fund", "channel.maintenance_fund"),
    ("provident_fund", "channel.provident_fund"),
    ("owner_unit", "channel.owner_unit"),
    ("cash", "channel.cash"),
    ("fund_after", "term.fund-after"),
    ("replenish", "term.replenish"),
];

/// Before the id of a shared line, whether a household takes part in it.
pub const JOINS: &str = "joins.";
/// Between the codes of several hardships.
pub const SEVERAL: &str = "+";

/// What a household can say to what is decided.
const VOTES: [&str; 4] = ["yes", "no", "abstain", "undecided"];

/// The households in sight.
pub fn roster_table(page: &Page, editing: &Editing) -> Html {
    let rows = &page.rows;
    let (heads, body, foot) = if page.view.is_of_dues { dues(page) } else { homes(page, editing) };
    let width = heads.len().to_string();
    let below = rows.found.saturating_sub(rows.look.start + rows.rows.len());
    let body = vec![room(rows.look.start, &width), all(body), room(below, &width)];
    let sections = vec![
        element("thead", "", tag("tr", &["aria-rowindex"], &["1"], all(heads))),
        element("tbody", if page.view.is_of_dues { "dues" } else { "" }, all(body)),
        foot.map(|foot| element("tfoot", "", row(foot))).unwrap_or_default(),
    ];
    let count = (rows.found + 1).to_string();
    let stale = if page.view.is_of_dues && page.is_stale() { "true" } else { "" };
    let table = tag("table", &["aria-rowcount", "data-stale"], &[&count, stale], all(sections));
    let none = match rows.found {
        0 => element("p", "none", say(page.language, "page.roster.none-found")),
        _ => Html::default(),
    };
    let onscroll = {
        let (found, send) = (rows.found, editing.send.clone());
        let drawn = (rows.look.start, rows.look.count);
        Callback::from(move |event: Event| {
            let seen = seen(found, &event.target_unchecked_into());
            if let Some((start, count)) = seen.filter(|seen| *seen != drawn) {
                send.emit(Action::Scroll(start, count));
            }
        })
    };
    html! {
        <div
            id={BOX}
            class="table-box"
            role="group"
            tabindex="0"
            aria-labelledby="households-heading"
            {onscroll}
        >
            { table }
            { none }
        </div>
    }
}

/// Goes to the box of the rows: a button of a row that is taken out would pass on to the next row's, which nobody asked for.
pub fn to_box() {
    if let Some(found) = gloo::utils::document().get_element_by_id(BOX) {
        // What is drawn can be focused.
        let _ = found.unchecked_into::<HtmlElement>().focus();
    }
}

/// Brings the first rows into sight.
pub fn to_top() {
    if let Some(scrolling) = gloo::utils::document().get_element_by_id(BOX) {
        scrolling.set_scroll_top(0);
    }
}

/// Brings a household into sight and has the cell of a path written in, once it is drawn;
/// answers whether it was.
pub fn bring_into_sight(household: usize, path: &str) -> bool {
    let document = gloo::utils::document();
    let drawn = |path: &str| document.get_elements_by_name(path).get(0);
    // A cell may be of a column that is not shown.
    let cell = drawn(path).or_else(|| drawn(&format!("households[{household}].id")));
    let Some(cell) = cell.and_then(|cell| cell.dyn_into::<HtmlElement>().ok()) else {
        return false;
    };
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Center);
    cell.scroll_into_view_with_scroll_into_view_options(&options);
    // A cell that is drawn can be focused.
    let _ = cell.focus();
    true
}

/// The households that a box shows, scrolled as it is.
fn seen(found: usize, scrolling: &HtmlElement) -> Option<(usize, usize)> {
    let body = scrolling.query_selector("tbody").ok()??.dyn_into::<HtmlElement>().ok()?;
    let (above, height) = (scrolling.scroll_top(), scrolling.client_height());
    Some(Look::part(found, above, height, body.offset_height()))
}

/// Room for so many rows that are not drawn.
fn room(rows: usize, width: &str) -> Html {
    if rows == 0 {
        return Html::default();
    }
    let height = rows * ROW_HEIGHT;
    let height = format!("{}.{:02}rem", height / 100, height % 100);
    let space = tag("svg", &["width", "height"], &["1", &height], "");
    tag(
        "tr",
        &["class", "aria-hidden"],
        &["room", "true"],
        tag("td", &["colspan"], &[width], space),
    )
}

type Parts = (Vec<Html>, Vec<Html>, Option<Vec<Html>>);

/// What is written of the households.
fn homes(page: &Page, editing: &Editing) -> Parts {
    let rows = &page.rows;
    let mut shown = Vec::new();
    let mut heads = Vec::new();
    for (place, column) in rows.columns.iter().enumerate() {
        if column.is_used || page.view.added.contains(&column.name) {
            let name = heading(editing, column);
            heads.push(head(page, &column.name, &name, is_text(column)));
            shown.push((place, column, name));
        }
    }
    heads.push(element("th", "more", say(page.language, "page.roster.more")));
    let codes = Codes::of(editing);
    let mut body = Vec::with_capacity(rows.rows.len());
    for (at, of) in rows.rows.iter().enumerate() {
        let mut cells = Vec::with_capacity(heads.len());
        for (place, column, name) in &shown {
            cells.push(cell(page, of, *place, column, name, &codes));
        }
        cells.push(element("td", "more", all(buttons(page.language, of))));
        body.push(drawn(rows.look.start + at, of, cells));
    }
    (heads, body, None)
}

/// What the households pay.
fn dues(page: &Page) -> Parts {
    let language = page.language;
    let rows = &page.rows;
    let total = page.outcome.as_ref().map(|outcome| outcome.dues).unwrap_or_default().named();
    let has_accounts = rows.columns.iter().any(|one| one.is_used && one.name == "fund_balance");
    let is_shown = |at: usize| match FIGURES[at].0 {
        "due" | "cash" => true,
        "fund_after" => has_accounts,
        _ => !total[at].1.is_zero(),
    };
    let amount = |at: usize, amount: Fen| match FIGURES[at].0 {
        "due" | "cash" => td_sum(amount),
        _ => td_amount(amount),
    };
    let count = page.standing.households.to_string();
    let count = say_with(language, "page.total-of-all", &[("count", &count)]);
    let mut heads = vec![head(page, "id", &say(language, "page.roster.column.id"), true)];
    let mut foot = vec![tag("th", &["scope"], &["row"], count)];
    let mut shown = Vec::new();
    for (at, (name, key)) in FIGURES.iter().enumerate() {
        if is_shown(at) {
            heads.push(head(page, &format!("={name}"), &say(language, key), false));
            // What is left in all accounts together is nobody's.
            foot.push(if *name == "fund_after" { td("") } else { amount(at, total[at].1) });
            shown.push(at);
        }
    }
    let mut body = Vec::with_capacity(rows.rows.len());
    for (place, of) in rows.rows.iter().enumerate() {
        let state = button(language, "state", of, "figure", printable(of.id()));
        let mut cells = vec![tag("th", &["scope"], &["row"], state)];
        let named = of.dues.map(|dues| dues.named());
        let has_account = of.dues.is_some_and(|dues| dues.fund_after.is_some());
        for &at in &shown {
            cells.push(match named {
                Some(named) if has_account || FIGURES[at].0 != "fund_after" => {
                    amount(at, named[at].1)
                }
                _ => td(""),
            });
        }
        body.push(drawn(rows.look.start + place, of, cells));
    }
    (heads, body, Some(foot))
}

/// A row, in place so far from the first of those found.
fn drawn(place: usize, of: &Row, cells: Vec<Html>) -> Html {
    tag_of(of.index, "tr", &["aria-rowindex"], &[&(place + 2).to_string()], all(cells))
}

/// A heading that sorts.
fn head(page: &Page, column: &str, name: &str, is_text: bool) -> Html {
    let sort = page.look.sort.as_ref().filter(|sort| sort.column == column);
    let (order, mark) = match sort.map(|sort| sort.descending) {
        None => ("", ""),
        Some(false) => ("ascending", "▲"),
        Some(true) => ("descending", "▼"),
    };
    let mark = tag("span", &["aria-hidden"], &["true"], mark);
    let button = tag("button", &["name", "value"], &["sort", column], all(vec![name.into(), mark]));
    let class = if is_text { "text" } else { "" };
    tag("th", &["scope", "aria-sort", "class"], &["col", order, class], button)
}

/// Whether what stands in a column is neither number nor amount.
fn is_text(column: &Column) -> bool {
    let name = column.name.as_str();
    matches!(name, "id" | "use" | "hardship" | "payer" | "owner" | "vote")
        || name.starts_with(JOINS)
}

/// What a column is called, with the unit of what stands in it.
pub fn heading(editing: &Editing, column: &Column) -> String {
    if let Some(line) = column.line {
        let name = editing.text(&format!("lines[{line}].name"));
        let name = if name.is_empty() { column.name.split(':').next_back() } else { Some(name) };
        let name = name.unwrap_or_default();
        return say_with(editing.language, "page.roster.charge", &[("line", name)]);
    }
    if let Some(id) = column.name.strip_prefix(JOINS) {
        let lines = titles(editing, "lines");
        let line = lines.iter().find(|(one, _)| quoted(one) == id);
        let name = line.map_or(id, |(_, name)| name);
        return say_with(editing.language, "page.roster.joins", &[("line", name)]);
    }
    let key = format!("page.roster.column.{}", column.name);
    let name = say(editing.language, &key);
    // A weight may be of any name.
    if name == key { column.name.replace("weights.", "").replace('"', "") } else { name }
}

/// What a plan says of hardships and uses, to choose from.
struct Codes {
    hardships: Vec<String>,
    uses: Vec<String>,
}

impl Codes {
    fn of(editing: &Editing) -> Codes {
        let mut hardships = keys(editing, "relief.rates");
        let all = hardships.clone();
        for (at, one) in all.iter().enumerate() {
            let others = all.iter().skip(at + 1);
            hardships.extend(others.map(|other| [one, SEVERAL, other].concat()));
        }
        Codes { hardships, uses: keys(editing, "uses") }
    }

    /// What can be chosen in a column, after what an empty cell is called; `None` where anything can
    /// be written.
    fn choices(&self, column: &Column) -> Option<(&'static str, Vec<&str>)> {
        fn codes(codes: &[String]) -> Vec<&str> {
            codes.iter().map(String::as_str).collect()
        }
        match column.name.as_str() {
            "hardship" => Some(("page.roster.none-chosen", codes(&self.hardships))),
            "use" => Some(("page.roster.home-use", codes(&self.uses))),
            "vote" => Some(("page.roster.none-chosen", VOTES.into())),
            name if name.starts_with(JOINS) => Some(("page.roster.takes-part", vec!["no"])),
            _ => None,
        }
    }
}

/// What a code of a column is called.
fn called(language: Language, column: &Column, code: &str) -> String {
    let group = if column.name.starts_with(JOINS) { "joins" } else { column.name.as_str() };
    let one = |code: &str| {
        let key = format!("{group}.{code}");
        let name = say(language, &key);
        if name == key { code.to_owned() } else { name }
    };
    code.split(SEVERAL).map(one).collect::<Vec<_>>().join(" + ")
}

/// A cell to write in.
fn cell(
    page: &Page,
    of: &Row,
    place: usize,
    column: &Column,
    heading: &str,
    codes: &Codes,
) -> Html {
    let path = column.path(of);
    let typing = page.typing.as_ref().filter(|(typed, _)| *typed == path);
    let value = typing.map_or(&of.cells[place], |(_, text)| text).as_str();
    let label = format!("{heading} {}", of.id());
    let wrong = of.wrong.iter().filter(|(name, _)| *name == column.name);
    let wrong: Vec<Html> = wrong.map(|(_, words)| element("span", "", words.as_str())).collect();
    let problem_id = if wrong.is_empty() { String::new() } else { input_id(&path) };
    let problem = problem_id.as_str();
    let invalid = if wrong.is_empty() { "" } else { "true" };
    let control = if let Some((empty, values)) = codes.choices(column) {
        let mut options = vec![(String::new(), say(page.language, empty))];
        let mut add = |code: &str| {
            options.push((code.to_owned(), called(page.language, column, code)));
        };
        values.iter().for_each(|code| add(code));
        // A code that is no longer agreed on is told with its problem.
        if !value.is_empty() && !values.contains(&value) {
            add(value);
        }
        list(
            &["name", "aria-label", "aria-invalid", "aria-describedby", "selectedIndex"],
            &[&path, &label, invalid, problem],
            value,
            options,
        )
    } else {
        let (class, mode) = match column.name.as_str() {
            "building" | "unit" | "floor" => ("number short", ""),
            _ if is_text(column) => ("", ""),
            _ => ("number", "decimal"),
        };
        tag(
            "input",
            &[
                "name",
                "class",
                "inputmode",
                "value",
                "aria-label",
                "aria-invalid",
                "aria-describedby",
            ],
            &[&path, class, mode, value, &label, invalid, problem],
            "",
        )
    };
    let (class, problem) = match problem {
        "" => ("", Html::default()),
        problem => ("flawed", tag("span", &["id", "class"], &[problem, "wrong"], all(wrong))),
    };
    let content = all(vec![control, problem]);
    if column.name == "id" {
        tag("th", &["scope", "class"], &["row", class], content)
    } else {
        element("td", class, content)
    }
}

/// What can be done with a household.
fn buttons(language: Language, of: &Row) -> Vec<Html> {
    let mut buttons = Vec::with_capacity(3);
    for does in ["state", "add", "remove"] {
        let name = say(language, &format!("page.roster.{does}-one"));
        buttons.push(button(language, does, of, "", name));
    }
    buttons
}

fn button(language: Language, does: &str, of: &Row, class: &str, text: String) -> Html {
    let label = format!("{} {}", say(language, &format!("page.roster.{does}-one")), of.id());
    let disabled = if does == "state" && of.dues.is_none() { "disabled" } else { "" };
    tag(
        "button",
        &["class", "name", "value", "aria-label", "disabled"],
        &[class, does, &of.index.to_string(), &label, disabled],
        text,
    )
}
