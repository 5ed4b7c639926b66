//! One compound of a programme: who pays for its lines, what the checks find, its homes, and one home.

use fentan_words::{Language, cell, money, say, say_with};
use yew::html::Scope;
use yew::{Context, Html, MouseEvent, html};

use super::list::{List, list};
use super::portion::portion;
use super::scenarios::case_name;
use super::table::{Column, words};
use super::{Message, Screen};
use crate::work::programme::{Compound, Detail, HomeDetail, Programme, Status};

/// The id of its heading.
pub const HEADING: &str = "programme-compound-heading";
/// The id of the heading of a home.
pub const HOME_HEADING: &str = "programme-home-heading";

/// The box that homes scroll in, and its heading.
const HOMES: &str = "programme-homes-box";
const HOMES_HEADING: &str = "programme-homes-heading";

/// A compound, and the way back to all.
pub fn compound(
    context: &Context<Screen>,
    screen: &Screen,
    programme: &Programme,
    place: usize,
) -> Html {
    let (language, link) = (context.props().editing.language, context.link());
    let text = |key: &str| say(language, &format!("view.programme.{key}"));
    let one = &programme.compounds[place];
    let back = link.callback(|_: MouseEvent| Message::Show(None));
    let detail = screen.detail.as_ref();
    html! {
        <section id="programme-compound" class="panel" aria-labelledby={HEADING}>
            <p>
                <button type="button" id="programme-back" onclick={back}>{ text("back") }</button>
            </p>
            <h2 id={HEADING} tabindex="-1">{ &one.name }</h2>
            <p class="note">{ place_of(one) }</p>
            { figures(language, screen, programme, place) }
            if let Some(detail) = detail {
                if one.status == Status::Broken {
                    <h3>{ text("problems") }</h3>
                    <ul class="told">{ for detail.problems.iter().map(|one| html! { <li>{ one }</li> }) }</ul>
                }
                if one.status == Status::Split {
                    { payers(language, detail) }
                    { lines(language, detail) }
                    { findings(language, detail) }
                    { portion(context, screen, programme, place) }
                    { homes(language, link, screen, detail) }
                }
            } else {
                <p role="status">{ text("working") }</p>
            }
        </section>
    }
}

fn place_of(one: &Compound) -> String {
    let parts = [one.county.as_str(), if one.name == one.id { "" } else { &one.id }];
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" · ")
}

fn figures(language: Language, screen: &Screen, programme: &Programme, place: usize) -> Html {
    let mut columns = vec![
        Column::Households,
        Column::Budget,
        Column::Residents,
        Column::Median,
        Column::Highest,
    ];
    columns.extend((0..programme.pots.len()).map(Column::Portion));
    columns.push(Column::Unused);
    columns.extend(screen.scenarios().map(|(case, _)| Column::Scenario(case)));
    let cards = columns.into_iter().map(|column| {
        let name = column.name(language, screen, programme);
        card(name, words(language, &column.value(screen, programme, place)))
    });
    html! { <dl class="cards">{ for cards }</dl> }
}

/// A figure below its name.
pub fn card(name: String, value: String) -> Html {
    html! {
        <div class="card">
            <dt>{ name }</dt>
            <dd class="amount">{ value }</dd>
        </div>
    }
}

/// A table under a heading of its own; texts stand in its first column alone.
pub fn part(id: &'static str, heading: String, heads: Vec<String>, rows: Vec<Vec<String>>) -> Html {
    let heads = heads.into_iter().enumerate().map(|(at, head)| {
        html! { <th scope="col" class={(at == 0).then_some("text")}>{ head }</th> }
    });
    let rows = rows.into_iter().map(|row| {
        let cells = row.into_iter().enumerate().map(|(at, cell)| match at {
            0 => html! { <th scope="row">{ cell }</th> },
            _ => html! { <td>{ cell }</td> },
        });
        html! { <tr>{ for cells }</tr> }
    });
    html! {
        <>
            <h3 {id}>{ heading }</h3>
            <div class="table-box" role="group" tabindex="0" aria-labelledby={id}>
                <table>
                    <thead><tr>{ for heads }</tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
        </>
    }
}

fn payers(language: Language, detail: &Detail) -> Html {
    let text = |key: &str| say(language, &format!("view.programme.{key}"));
    let heads = ["source", "offer", "paid", "unused"].map(text).into();
    let rows = detail.payers.iter().map(|payer| {
        let offer = payer.offer.map_or_else(|| text("unlimited"), cell);
        let unused = payer.offer.map(|offer| offer.less(payer.paid)).unwrap_or_default();
        vec![payer.name.clone(), offer, cell(payer.paid), cell(unused)]
    });
    part("programme-payers", text("payers"), heads, rows.collect())
}

/// The lines with who pays them.
fn lines(language: Language, detail: &Detail) -> Html {
    let text = |key: &str| say(language, &format!("view.programme.{key}"));
    let mut heads = vec![text("line"), text("amount")];
    heads.extend(detail.payers.iter().map(|payer| payer.name.clone()));
    heads.push(text("residents"));
    let mut rows: Vec<Vec<String>> = Vec::new();
    for line in &detail.lines {
        let mut row = vec![line.name.clone(), cell(line.amount)];
        row.extend(line.paid.iter().map(|&amount| cell(amount)));
        row.push(cell(line.residents));
        rows.push(row);
    }
    let mut total = vec![text("total"), cell(detail.lines.iter().map(|line| line.amount).sum())];
    total.extend(detail.payers.iter().map(|payer| cell(payer.paid)));
    total.push(cell(detail.lines.iter().map(|line| line.residents).sum()));
    rows.push(total);
    part("programme-lines", text("lines"), heads, rows)
}

fn findings(language: Language, detail: &Detail) -> Html {
    let text = |key: &str| say(language, &format!("view.programme.{key}"));
    let found = detail.findings.iter().map(|(severity, finding)| {
        html! { <li><b>{ severity }</b>{ " " }{ finding }</li> }
    });
    html! {
        <>
            <h3>{ text("findings") }</h3>
            if detail.findings.is_empty() {
                <p>{ text("nothing-found") }</p>
            } else {
                <ul id="programme-findings-list" class="told">{ for found }</ul>
            }
        </>
    }
}

/// The id of what tells a home.
pub fn opener(home: usize) -> String {
    format!("programme-home-{home}")
}

fn homes(language: Language, link: &Scope<Screen>, screen: &Screen, detail: &Detail) -> Html {
    let text = |key: &str| say(language, &format!("view.programme.{key}"));
    let mut heads = vec![html! { <th scope="col" class="text">{ text("home") }</th> }];
    let th = |text: String| html! { <th scope="col">{ text }</th> };
    heads.extend(["share", "due", "cash"].map(|key| th(text(key))));
    heads.extend((0..screen.cases.len()).map(|case| {
        let name = case_name(language, case);
        th(say_with(language, "view.programme.then-cash", &[("name", &name)]))
    }));
    let row = |place: usize| {
        let home = &detail.homes[place];
        let onclick = link.callback(move |_: MouseEvent| Message::Home(Some(place)));
        let mut cells = vec![html! {
            <th scope="row">
                <button type="button" id={opener(place)} class="figure" {onclick}>{ &home.id }</button>
            </th>
        }];
        let td = |text: String| html! { <td>{ text }</td> };
        cells.extend([home.share, home.due, home.cash].map(|amount| td(cell(amount))));
        cells.extend((0..screen.cases.len()).map(|case| {
            let then = home.then.get(case).copied().flatten();
            td(then.map_or_else(|| "–".to_owned(), cell))
        }));
        cells
    };
    let scroll = link.callback(|(start, count)| Message::ScrollHomes(start, count));
    let homes = List {
        id: HOMES,
        heading: HOMES_HEADING,
        heads,
        count: detail.homes.len(),
        seen: screen.homes_seen,
        scroll,
        row: &row,
    };
    html! {
        <>
            if let Some(told) = &screen.home {
                { home(language, link, told) }
            }
            <h3 id={HOMES_HEADING}>{ text("homes") }</h3>
            { list(homes) }
        </>
    }
}

/// One home: its figures with their reasons, and what it shares of each line.
fn home(language: Language, link: &Scope<Screen>, told: &HomeDetail) -> Html {
    let text = |key: &str| say(language, &format!("view.programme.{key}"));
    let close = link.callback(|_: MouseEvent| Message::Home(None));
    let figures = told.figures.iter().map(|figure| {
        html! {
            <li><b>{ &figure.title }</b>{ " " }<span class="number">{ &figure.value }</span>
                if !figure.formula.is_empty() { <small>{ format!("= {}", figure.formula) }</small> }</li>
        }
    });
    let rows = told.lines.iter().map(|(line, share)| vec![line.clone(), money(*share)]).collect();
    let heads = ["line", "share"].map(text).into();
    html! {
        <div id="programme-home" class="message">
            <h3 id={HOME_HEADING} tabindex="-1">
                { say_with(language, "view.programme.home-heading", &[("id", &told.id)]) }
            </h3>
            <ul class="told">{ for figures }</ul>
            if !told.lines.is_empty() {
                <div>{ part("programme-home-lines", text("home-lines"), heads, rows) }</div>
            }
            <p><button type="button" id="programme-home-close" onclick={close}>{ text("close-home") }</button></p>
        </div>
    }
}
