//! What all charts are drawn from.

use fentan_core::Fen;
use fentan_pieces::{Content, Piece, element, folded, tag};
use fentan_words::{Language, plain, say, say_with};

use crate::elements::{row, table, table_box, td, th, th_row};
use crate::in_percent;
use crate::scale::decimal;

/// The room below a picture for the figures of what is pointed at, in pixels.
pub const READOUT: u64 = 44;

/// An amount in yuan, without decimals where it is whole.
pub fn yuan(amount: Fen) -> String {
    let amount = plain(amount);
    amount.strip_suffix(".00").map(str::to_owned).unwrap_or(amount)
}

/// A number of households.
pub fn homes(language: Language, count: usize) -> String {
    say_with(language, "charts.homes", &[("count", &count.to_string())])
}

/// A chart in the panel of this id: its parts, and below, to unfold, the same figures as tables.
pub fn chart(language: Language, id: &str, mut parts: Vec<Piece>, tables: Vec<Piece>) -> Piece {
    let tables = tables.into_iter().map(|table| table_box(id, table)).collect();
    parts.push(folded("", say(language, "charts.same-figures"), tables));
    element("figure", "chart", parts)
}

/// A table of names and values, with the keys of its headings and the value of all together.
pub fn values(
    language: Language,
    heads: [&str; 2],
    values: &[(String, String)],
    total: String,
) -> Piece {
    let cells = |name: &str, value: &str| vec![th_row(name), td(value)];
    let mut rows = Vec::new();
    for (name, value) in values {
        rows.push(row(cells(name, value)));
    }
    let heads = heads.map(|key| th(say(language, key)));
    let total = cells(&say(language, "term.total"), &total);
    table(vec![row(heads.into())], rows, total)
}

/// A picture of this height in pixels, and the room for its readouts below.
pub fn picture(
    language: Language,
    class: &str,
    summary: &str,
    height: u64,
    mut parts: Vec<Piece>,
) -> Piece {
    parts.push(readout(height, "readout hint", element("p", "", say(language, "charts.point"))));
    let height = (height + READOUT).to_string();
    let attributes =
        [("class", class), ("role", "img"), ("aria-label", summary), ("height", &height)];
    tag("svg", &attributes, parts)
}

/// A part of a picture of this height, which says its name and its figures when pointed at. A tap
/// gives it the focus; the keyboard leaves it out, as the table holds all figures.
pub fn spot(
    class: &str,
    height: u64,
    name: String,
    figures: String,
    mut shapes: Vec<Piece>,
) -> Piece {
    let title = element("title", "", format!("{name} {figures}"));
    let words = vec![element("strong", "", name), element("span", "", figures)];
    shapes.push(readout(height, "readout", words));
    shapes.insert(0, title);
    tag("g", &[("class", class), ("tabindex", "-1")], shapes)
}

/// A rectangle: across in millionths of the width, down in thousandths of a pixel.
pub fn rect([x, width]: [u64; 2], [y, height]: [u64; 2], class: &str, fill: &str) -> Piece {
    let across = |millionths: u64| in_percent(millionths.into());
    let (x, width) = (across(x), across(width));
    let (y, height) = (decimal(y), decimal(height));
    let place = [("x", &*x), ("y", &y), ("width", &width), ("height", &height)];
    tag("rect", &[&place[..], &[("class", class), ("fill", fill)]].concat(), "")
}

fn readout(top: u64, class: &str, words: impl Into<Content>) -> Piece {
    words_at(["0", "100%"], &top.to_string(), READOUT, class, words)
}

/// HTML in a picture, which wraps or cuts what is too long for its place.
pub fn words_at(
    [x, width]: [&str; 2],
    y: &str,
    height: u64,
    class: &str,
    words: impl Into<Content>,
) -> Piece {
    let words = tag("div", &[("xmlns", "http://www.w3.org/1999/xhtml"), ("class", class)], words);
    let height = height.to_string();
    let place = [("x", x), ("y", y), ("width", width), ("height", &height)];
    tag("foreignObject", &place, words)
}
