//! Tables, as the page draws them.

use fentan_core::Fen;
use fentan_pieces::{Content, Piece, element, tag};
use fentan_words::cell;

pub fn td(content: impl Into<Content>) -> Piece {
    element("td", "", content)
}

/// A cell with an amount; nought is a dash.
pub fn td_amount(amount: Fen) -> Piece {
    td(cell(amount))
}

/// A cell with an amount that others of its row add up to.
pub fn td_sum(amount: Fen) -> Piece {
    element("td", "sum", cell(amount))
}

pub fn row(cells: Vec<Piece>) -> Piece {
    element("tr", "", cells)
}

/// The heading of a column.
pub fn th(text: String) -> Piece {
    tag("th", &[("scope", "col")], text)
}

/// The heading of a row.
pub fn th_row(name: &str) -> Piece {
    tag("th", &[("scope", "row")], name)
}

/// A table: its heading, its body, its last row.
pub fn table(head: Vec<Piece>, body: Vec<Piece>, foot: Vec<Piece>) -> Piece {
    let parts = vec![
        element("thead", "", head),
        element("tbody", "", body),
        element("tfoot", "", row(foot)),
    ];
    element("table", "", parts)
}

/// A table in a box that scrolls where the page is too narrow for it.
pub fn table_box(id: &str, table: Piece) -> Piece {
    let heading = format!("{id}-heading");
    let attributes = [
        ("class", "table-box"),
        ("role", "group"),
        ("tabindex", "0"),
        ("aria-labelledby", &heading),
    ];
    tag("div", &attributes, table)
}
