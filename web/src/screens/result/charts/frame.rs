//! What all charts are drawn from.

use fentan_core::Fen;
use fentan_words::{Language, plain, say, say_with};
use yew::Html;

use crate::parts::elements::{all, element, folded, row, table, table_box, tag, td, th, th_row};
use crate::parts::scale::{decimal, in_percent};

/// The room below a picture for the figures of what is pointed at, in pixels.
pub const READOUT: u64 = 44;

/// An amount in yuan, without decimals if it is whole.
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
    let tables = tables.into_iter().map(|table| table_box(id, table)).collect();
    parts.push(folded("", say(language, "charts.same-figures"), tables));
    element("figure", "chart", all(parts))
}

/// A table of names and values, with the keys of its headings and the value of all together.
pub fn values(
    language: Language,
    heads: [&str; 2],
    values: Vec<(String, Html)>,
    total: &str,
) -> Html {
    let cells = |name: &str, value: Html| vec![th_row(name), td(value)];
    let rows = values.into_iter().map(|(name, value)| row(cells(&name, value))).collect();
    let heads = heads.map(|key| th(say(language, key)));
    let total = cells(&say(language, "term.total"), total.into());
    table(vec![row(heads.into())], rows, total)
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
    tag("svg", keys, &[class, "group", summary, &height], all(parts))
}

/// A part of a picture of this height, which says its name and its figures when pointed at. A tap
/// gives it the focus; the keyboard leaves it out, as the table holds all figures.
pub fn spot(class: &str, height: u64, name: String, figures: String, shapes: Vec<Html>) -> Html {
    let title = element("title", "", format!("{name} {figures}"));
    let words = vec![element("strong", "", name), element("span", "", figures)];
    let parts = vec![title, all(shapes), readout(height, "readout", all(words))];
    tag("g", &["class", "tabindex"], &[class, "-1"], all(parts))
}

/// A rectangle: across in millionths of the width, down in thousandths of a pixel.
pub fn rect([x, width]: [u64; 2], [y, height]: [u64; 2], class: &str, fill: &str) -> Html {
    let across = |millionths: u64| in_percent(millionths.into());
    let place = [across(x), decimal(y), across(width), decimal(height)];
    let [x, y, width, height] = place.each_ref().map(String::as_str);
    let keys = &["x", "y", "width", "height", "class", "fill"];
    tag("rect", keys, &[x, y, width, height, class, fill], "")
}

fn readout(top: u64, class: &str, words: Html) -> Html {
    words_at(["0", "100%"], &top.to_string(), READOUT, class, words)
}

/// HTML in a picture, which wraps or cuts what is too long for its place.
pub fn words_at([x, width]: [&str; 2], y: &str, height: u64, class: &str, words: Html) -> Html {
    let words = tag("div", &["xmlns", "class"], &["http://www.w3.org/1999/xhtml", class], words);
    let keys = &["x", "y", "width", "height"];
    tag("foreignObject", keys, &[x, y, width, &height.to_string()], words)
}
