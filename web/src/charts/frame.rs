//! What all charts are drawn from.

use fentan_core::Fen;
use fentan_words::{Language, say, say_with};
use yew::Html;

use super::scale::decimal;
use crate::components::elements::{all, element, row, table, table_box, tag, td, th, th_row};
use crate::figures::{in_percent, plain};

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
pub fn chart(language: Language, id: &str, mut parts: Vec<Html>, tables: Vec<Html>) -> Html {
    let mut details = vec![element("summary", "", say(language, "charts.same-figures"))];
    details.extend(tables.into_iter().map(|table| table_box(id, table)));
    parts.push(element("details", "", all(details)));
    element("figure", "chart", all(parts))
}

/// A table of names and values, with the keys of its headings and the value of all together.
pub fn values(
    language: Language,
    heads: [&str; 2],
    values: &[(String, String)],
    total: String,
) -> Html {
    let cells = |name: &str, value: &str| vec![th_row(name, "", Vec::new()), td(value)];
    let mut rows = Vec::new();
    for (name, value) in values {
        rows.push(row(cells(name, value)));
    }
    let heads = heads.map(|key| th(say(language, key)));
    let total = cells(&say(language, "term.total"), &total);
    table(vec![row(heads.into())], element("tbody", "", all(rows)), total)
}

/// A picture of this height in pixels, and the room for its readouts below.
pub fn picture(
    language: Language,
    class: &str,
    summary: &str,
    height: u64,
    mut parts: Vec<Html>,
) -> Html {
    parts.push(readout(height, "readout hint", element("p", "", say(language, "charts.point"))));
    let height = (height + READOUT).to_string();
    let keys = &["class", "role", "aria-label", "height"];
    tag("svg", keys, &[class, "img", summary, &height], all(parts))
}

/// A part of a picture of this height, which says its name and its figures when pointed at. A tap
/// gives it the focus; the keyboard leaves it out, as the table holds all figures.
pub fn spot(
    class: &'static str,
    height: u64,
    name: String,
    figures: String,
    mut shapes: Vec<Html>,
) -> Html {
    let title = element("title", "", format!("{name} {figures}"));
    let words = all(vec![element("strong", "", name), element("span", "", figures)]);
    shapes.push(readout(height, "readout", words));
    shapes.insert(0, title);
    tag("g", &["class", "tabindex"], &[class, "-1"], all(shapes))
}

/// A rectangle: across in millionths of the width, down in thousandths of a pixel.
pub fn rect([x, width]: [u64; 2], [y, height]: [u64; 2], class: &str, fill: &str) -> Html {
    let across = |millionths: u64| in_percent(millionths.into());
    let keys = &["x", "y", "width", "height", "class", "fill"];
    let [y, height] = [y, height].map(decimal);
    tag("rect", keys, &[&across(x), &y, &across(width), &height, class, fill], "")
}

fn readout(top: u64, class: &'static str, words: Html) -> Html {
    words_at(["0", "100%"], &top.to_string(), READOUT, class, words)
}

/// HTML in a picture, which wraps or cuts what is too long for its place.
pub fn words_at([x, width]: [&str; 2], y: &str, height: u64, class: &str, words: Html) -> Html {
    let words = tag("div", &["xmlns", "class"], &["http://www.w3.org/1999/xhtml", class], words);
    let keys = &["x", "y", "width", "height"];
    tag("foreignObject", keys, &[x, y, width, &height.to_string()], words)
}
