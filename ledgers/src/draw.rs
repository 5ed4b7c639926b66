//! The screen, drawn.

use std::collections::BTreeSet;

use fentan_guest::choose_file;
use fentan_ledger::{Cell, Column, Filter, Kind, Status, Table, report};
use fentan_words::{Language, say, say_with};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::html::Scope;
use yew::{Callback, Context, Event, Html, InputEvent, MouseEvent, TargetCast, html};

use crate::{Ledgers, MOST_MEGABYTES, Message, Opened, State, Trouble, compound};

/// The compounds that are listed.
const LISTED: usize = 200;

/// All of the screen.
pub fn screen(context: &Context<Ledgers>, screen: &Ledgers) -> Html {
    let language = context.props().language;
    let link = context.link();
    let text = |key: &str| say(language, &format!("ledger.page.{key}"));
    let choose =
        choose_file("ledger-file", ".jsonl", text("choose"), link.callback(Message::Choose));
    let (said, parts) = match &screen.state {
        State::Waiting => Default::default(),
        State::Reading => (html! { <p role="status">{ text("reading") }</p> }, Html::default()),
        State::Refused(name, trouble) => {
            let told = refused(language, name, trouble);
            (html! { <p class="note bad" role="alert">{ told }</p> }, Html::default())
        }
        State::Read(opened) => {
            let whole = report::whole(language, opened.ledger.head());
            let said = html! {
                <>
                    <h3>{ opened.name.clone() }</h3>
                    <p class="note" role="status" id="ledger-head">{ whole }</p>
                    { filter(language, link, opened, &screen.filter) }
                </>
            };
            (said, read(language, link, opened, screen))
        }
    };
    html! {
        <>
            <link rel="stylesheet" href="fentan-ledgers.css" />
            <section id="ledger" class="panel" aria-labelledby="ledger-heading">
                <h2 id="ledger-heading">{ text("heading") }</h2>
                <p class="note">{ text("note") }</p>
                <p class="tools">{ choose }</p>
                { said }
            </section>
            { parts }
        </>
    }
}

fn refused(language: Language, name: &str, trouble: &Trouble) -> String {
    match trouble {
        Trouble::TooLarge => {
            let values = [("path", name), ("most", &MOST_MEGABYTES.to_string())];
            say_with(language, "ledger.page.too-large", &values)
        }
        Trouble::Unreadable => say_with(language, "ledger.page.unreadable", &[("path", name)]),
        Trouble::Faulty(faulty) => report::faulty(language, name, faulty),
    }
}

/// What compounds are looked at.
fn filter(language: Language, link: &Scope<Ledgers>, opened: &Opened, filter: &Filter) -> Html {
    let compounds = opened.ledger.compounds();
    let counties: BTreeSet<&String> =
        compounds.iter().filter_map(|one| one.county.as_ref()).collect();
    let years: BTreeSet<u32> = compounds.iter().filter_map(|one| one.year).collect();
    let named = |county: &&String| ((*county).clone(), (*county).clone());
    let counties: Vec<_> = counties.iter().map(named).collect();
    let years: Vec<_> = years.iter().map(|year| (year.to_string(), year.to_string())).collect();
    let statuses = Status::ALL.map(|one| (one.as_str().to_owned(), report::status(language, one)));
    let look = |changed: fn(&mut Filter, String)| {
        let before = filter.clone();
        link.callback(move |value: String| {
            let mut filter = before.clone();
            changed(&mut filter, value);
            Message::Look(filter)
        })
    };
    let county =
        look(|filter, value| filter.county = Some(value).filter(|value| !value.is_empty()));
    let year = look(|filter, value| filter.year = value.parse().ok());
    let status = look(|filter, value| {
        filter.status = Status::ALL.into_iter().find(|status| status.as_str() == value);
    });
    let text = look(|filter, value| filter.text = value);
    let oninput =
        text.reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
    let chosen = [
        filter.county.clone().unwrap_or_default(),
        filter.year.map_or_else(String::new, |year| year.to_string()),
        filter.status.map_or_else(String::new, |status| status.as_str().to_owned()),
    ];
    let [of_county, of_year, of_status] = chosen;
    html! {
        <p class="tools">
            { choice(language, "county", &counties, &of_county, county) }
            { choice(language, "year", &years, &of_year, year) }
            { choice(language, "status", &statuses, &of_status, status) }
            <label>
                { say(language, "ledger.page.text") }
                { " " }
                <input id="ledger-text" type="search" value={filter.text.clone()} {oninput} />
            </label>
        </p>
    }
}

/// A choice of what a column holds, or of all.
fn choice(
    language: Language,
    column: &str,
    values: &[(String, String)],
    chosen: &str,
    choose: Callback<String>,
) -> Html {
    let onchange =
        choose.reform(|event: Event| event.target_unchecked_into::<HtmlSelectElement>().value());
    let options = values.iter().map(|(value, text)| {
        html! { <option value={value.clone()} selected={value == chosen}>{ text }</option> }
    });
    html! {
        <label>
            { report::column(language, column) }
            { " " }
            <select id={format!("ledger-{column}")} {onchange}>
                <option value="" selected={chosen.is_empty()}>{ say(language, "ledger.page.all") }</option>
                { for options }
            </select>
        </label>
    }
}

/// The totals, the compound that is shown, and the compounds.
fn read(language: Language, link: &Scope<Ledgers>, opened: &Opened, screen: &Ledgers) -> Html {
    let ledger = &opened.ledger;
    let indices: Vec<usize> = ledger
        .compounds()
        .iter()
        .enumerate()
        .filter(|(_, compound)| screen.filter.takes(compound))
        .map(|(index, _)| index)
        .collect();
    let count = indices.len();
    let heading = say_with(language, "ledger.page.compounds", &[("count", &count.to_string())]);
    let listed = say_with(language, "ledger.page.shown", &[("shown", &LISTED.to_string())]);
    let shown = screen.shown.map(|index| {
        let close = link.callback(|_: MouseEvent| Message::Show(None));
        compound::compound(language, opened, index, &screen.heading, close)
    });
    // Days and who confirmed them stand in a compound's history.
    let is_of_history = |column: &Column| {
        let status = column.name.strip_suffix("_by").unwrap_or(&column.name);
        Status::ALL.iter().any(|one| one.as_str() == status)
    };
    let table = ledger.table(&screen.filter);
    let open = |place: usize, text: String| {
        let index = indices.get(place).copied();
        let onclick = link.callback(move |_: MouseEvent| Message::Show(index));
        html! { <button type="button" class="figure" {onclick}>{ text }</button> }
    };
    let shows = |column: &Column| !is_of_history(column);
    let compounds = drawn(language, "ledger-compounds-heading", &table, shows, open);
    let totals = ledger.totals(&screen.filter);
    let as_it_is = |_: usize, text: String| Html::from(text);
    let totals = drawn(language, "ledger-totals-heading", &totals, |_| true, as_it_is);
    html! {
        <>
            <section id="ledger-totals" class="panel" aria-labelledby="ledger-totals-heading">
                <h2 id="ledger-totals-heading">{ say(language, "ledger.page.totals") }</h2>
                { totals }
            </section>
            { shown.unwrap_or_default() }
            <section id="ledger-compounds" class="panel" aria-labelledby="ledger-compounds-heading">
                <h2 id="ledger-compounds-heading">{ heading }</h2>
                if count > LISTED {
                    <p class="note">{ listed }</p>
                }
                { compounds }
            </section>
        </>
    }
}

/// A table of the ledger: the columns that are shown, and what the first cell of each row becomes.
fn drawn(
    language: Language,
    heading: &'static str,
    table: &Table,
    is_shown: impl Fn(&Column) -> bool,
    first: impl Fn(usize, String) -> Html,
) -> Html {
    let columns: Vec<(usize, &Column)> =
        table.columns.iter().enumerate().filter(|(_, column)| is_shown(column)).collect();
    let class = |column: &Column| (column.kind == Kind::Text).then_some("text");
    let heads = columns.iter().map(|(_, column)| {
        let title = report::column(language, &column.name);
        html! { <th scope="col" class={class(column)}>{ title }</th> }
    });
    let rows = table.rows.iter().take(LISTED).enumerate().map(|(place, row)| {
        let cells = columns.iter().map(|&(position, column)| {
            let cell = row.get(position).unwrap_or(&Cell::Empty);
            let text = report::cell(language, &column.name, cell);
            if position == 0 {
                html! { <th scope="row">{ first(place, text) }</th> }
            } else {
                html! { <td class={class(column)}>{ text }</td> }
            }
        });
        html! { <tr>{ for cells }</tr> }
    });
    html! {
        <div class="table-box" role="group" tabindex="0" aria-labelledby={heading}>
            <table><thead><tr>{ for heads }</tr></thead><tbody>{ for rows }</tbody></table>
        </div>
    }
}
