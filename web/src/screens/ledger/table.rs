//! Tables, and the figures above them.

use fentan_ledger::{Cell, Kind, Table, report};
use fentan_words::Language;
use yew::{Html, html};

/// A column of a table.
#[derive(Debug)]
pub struct Head {
    /// What it is called.
    pub title: String,
    /// Whether it holds texts: figures stand at its end, one digit below the other.
    pub is_text: bool,
}

/// A table under the heading with this id. The first cell of each row tells what the row is about.
pub fn table(heading: &'static str, heads: &[Head], rows: impl Iterator<Item = Vec<Html>>) -> Html {
    let class =
        |position: usize| heads.get(position).is_some_and(|head| head.is_text).then_some("text");
    let titles = heads.iter().enumerate().map(|(position, head)| {
        html! { <th scope="col" class={class(position)}>{ &head.title }</th> }
    });
    let rows = rows.map(|row| {
        let cells = row.into_iter().enumerate().map(|(position, cell)| match position {
            0 => html! { <th scope="row">{ cell }</th> },
            _ => html! { <td class={class(position)}>{ cell }</td> },
        });
        html! { <tr>{ for cells }</tr> }
    });
    html! {
        <div class="table-box" role="group" tabindex="0" aria-labelledby={heading}>
            <table>
                <thead><tr>{ for titles }</tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
        </div>
    }
}

/// The columns of a ledger's table at these places, in words.
pub fn heads(language: Language, table: &Table, places: &[usize]) -> Vec<Head> {
    let columns = places.iter().filter_map(|&place| table.columns.get(place));
    columns
        .map(|column| Head {
            title: report::column(language, &column.name),
            is_text: column.kind == Kind::Text,
        })
        .collect()
}

/// The cells of a row of a ledger's table at these places, in words.
pub fn cells(language: Language, table: &Table, places: &[usize], row: &[Cell]) -> Vec<String> {
    let word = |&place: &usize| {
        let column = table.columns.get(place)?;
        Some(report::cell(language, &column.name, row.get(place)?))
    };
    places.iter().filter_map(word).collect()
}

/// A table of one row, as figures beside each other.
pub fn figures(language: Language, table: &Table) -> Html {
    let row = table.rows.first().into_iter().flatten();
    let figures = table.columns.iter().zip(row).map(|(column, cell)| {
        html! {
            <div class="card">
                <dt>{ report::column(language, &column.name) }</dt>
                <dd class="amount">{ report::cell(language, &column.name, cell) }</dd>
            </div>
        }
    });
    html! { <dl class="cards">{ for figures }</dl> }
}
