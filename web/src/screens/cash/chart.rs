//! The months, drawn: what is received and spent in each, and how much is missing. Each bar has a
//! texture as well as a colour, and the tables below hold the same figures.

use fentan_core::Fen;
use fentan_words::{Language, money, say, say_with};
use yew::Html;

use crate::parts::elements::{all, element, tag};
use crate::parts::scale::{WIDE, in_percent, scaled};
use crate::work::account::Cash;

/// The months that are drawn.
const MOST: usize = 36;
/// The height of a month, in pixels.
const MONTH: usize = 64;
/// The bars of a month: class, texture, the place below its top.
const BARS: [(&str, &str, usize); 3] =
    [("received", "", 22), ("spent", "url(#texture-1)", 34), ("gap", "url(#texture-2)", 46)];
/// How high a bar is.
const HEIGHT: &str = "10";

/// Draws the months.
pub fn draw(language: Language, cash: &Cash) -> Html {
    let shown = &cash.months[..cash.months.len().min(MOST)];
    let amounts = |[spent, received, _, gap]: [Fen; 4]| [received, spent, gap];
    let most = shown.iter().flat_map(|one| amounts(one.amounts)).max().unwrap_or_default();
    let mut parts = Vec::new();
    for (index, month) in shown.iter().enumerate() {
        let top = index * MONTH;
        let [.., in_hand, gap] = month.amounts;
        let (key, class, amount) = match gap.is_zero() {
            true => ("chart-left", "end", in_hand),
            false => ("chart-gap", "end gap", gap),
        };
        let stands = say_with(language, &format!("view.cash.{key}"), &[("amount", &money(amount))]);
        parts.push(text("", "0", top + 16, &month.name));
        parts.push(text(class, "100%", top + 16, &stands));
        for ((class, texture, below), amount) in BARS.into_iter().zip(amounts(month.amounts)) {
            if !amount.is_zero() {
                let width = in_percent(scaled(WIDE, amount, most).max(WIDE / 200).into());
                parts.push(bar(
                    class,
                    texture,
                    &width,
                    top + below,
                    &named(language, class, amount),
                ));
            }
        }
    }
    let legend = BARS.map(|(class, texture, _)| {
        let swatch = tag(
            "svg",
            &["class", "aria-hidden"],
            &["swatch", "true"],
            bar(class, texture, "100%", 0, ""),
        );
        element("span", "", all(vec![swatch, say(language, &format!("cash.{class}")).into()]))
    });
    let height = (shown.len() * MONTH).to_string();
    let summary = cash.said.first().map(String::as_str).unwrap_or_default();
    let drawing =
        tag("svg", &["role", "aria-label", "height"], &["img", summary, &height], all(parts));
    let mut chart = vec![element("p", "cash-legend", all(legend.into())), drawing];
    if shown.len() < cash.months.len() {
        let count = [("count", &*MOST.to_string())];
        chart.push(element("p", "note", say_with(language, "view.cash.chart-many", &count)));
    }
    tag("figure", &["id", "class"], &["cash-chart", "chart"], all(chart))
}

fn named(language: Language, what: &str, amount: Fen) -> String {
    let name = say(language, &format!("cash.{what}"));
    say_with(language, "cash.named", &[("name", &name), ("amount", &money(amount))])
}

fn bar(class: &str, texture: &str, width: &str, top: usize, name: &str) -> Html {
    let top = top.to_string();
    let rect = |class: &str, fill: &str| {
        let keys = &["class", "y", "width", "height", "fill"];
        tag("rect", keys, &[class, &top, width, HEIGHT, fill], "")
    };
    let mut parts = vec![rect(class, "")];
    if !texture.is_empty() {
        parts.push(rect("", texture));
    }
    if !name.is_empty() {
        parts.insert(0, element("title", "", name.to_owned()));
    }
    element("g", "", all(parts))
}

fn text(class: &str, x: &str, y: usize, words: &str) -> Html {
    tag("text", &["class", "x", "y"], &[class, x, &y.to_string()], words.to_owned())
}
