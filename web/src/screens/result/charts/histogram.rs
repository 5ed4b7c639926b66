//! How many households pay how much in cash.

use fentan_core::Fen;
use fentan_words::{Language, money, say, say_with};
use yew::Html;

use super::Distribution;
use super::frame::{chart, homes, picture, rect, spot, values, yuan};
use crate::parts::bins::Bins;
use crate::parts::elements::{all, element, tag};
use crate::parts::scale::{WIDE, decimal, in_percent, scaled};
use crate::screens::lookup::address::of_group;
use crate::screens::lookup::told::Group;

/// The height of a line of text, in thousandths of a pixel as all that follow.
const LINE: u64 = 20_000;
/// Where the highest bar ends: above are the marked amounts, a line each, and a count.
const TOP: u64 = 4 * LINE;
/// Where the bars stand.
const GROUND: u64 = 260_000;
/// The least that a bar measures.
const LEAST: u64 = 2_000;
/// Where the picture ends, below the amounts of the axis.
const BOTTOM: u64 = GROUND + LINE + 4_000;

/// Draws what households pay in cash, and how many of them pay how much.
pub fn histogram(language: Language, id: &str, distribution: &Distribution, bins: &Bins) -> Html {
    let mut parts = vec![figures(language, distribution)];
    if !distribution.highest.is_zero() {
        parts.push(drawing(language, distribution, bins));
    }
    let mut rows = Vec::new();
    for (bin, count) in bins.counts.iter().enumerate() {
        let group = Group::Cash(bins.edge(bin), bins.edge(bin + 1));
        let count = match count {
            0 => count.to_string().into(),
            _ => tag("a", &["href"], &[&of_group(group)], count.to_string()),
        };
        rows.push((range(language, bins, bin), count));
    }
    let heads = ["channel.cash", "term.households"];
    let table = values(language, heads, rows, &distribution.homes.to_string());
    chart(language, id, parts, vec![table])
}

fn figures(language: Language, distribution: &Distribution) -> Html {
    let highest = of_group(Group::Highest);
    let figures = [
        ("charts.median", money(distribution.median).into()),
        ("charts.ninetieth", money(distribution.ninetieth).into()),
        // Everybody asks whose it is.
        ("charts.highest", tag("a", &["href"], &[&highest], money(distribution.highest))),
        ("charts.median-per-area", money(distribution.median_per_area).into()),
        ("charts.without-cash", homes(language, distribution.without_cash).into()),
    ];
    let figures = figures.map(|(key, value): (&str, Html)| {
        let parts = vec![element("dt", "", say(language, key)), element("dd", "", value)];
        element("div", "", all(parts))
    });
    element("dl", "figures", all(figures.into()))
}

fn drawing(language: Language, distribution: &Distribution, bins: &Bins) -> Html {
    let end = bins.edge(bins.counts.len());
    let most = bins.counts.iter().copied().max().unwrap_or_default();
    let wide = |amount: Fen| scaled(WIDE, amount, end);
    let across = |amount: Fen| in_percent(wide(amount).into());
    let marked = [
        ("charts.median", distribution.median),
        ("charts.ninetieth", distribution.ninetieth),
        ("charts.highest", distribution.highest),
    ];

    // Words stand to the right of what they mark, and in the right half to its left: the lines
    // then run clear of the words below.
    let is_right = |amount: Fen| 2 * amount.0 > end.0;
    let left = marked.iter().filter(|(_, amount)| !is_right(*amount)).count();
    let down = |index: usize| LINE * if index < left { index } else { left + 2 - index } as u64;

    let mut parts = Vec::new();
    for (index, (_, amount)) in marked.into_iter().enumerate() {
        parts.push(line("marked", across(amount), across(amount), down(index), GROUND));
    }
    // These are too wide for the bars of a narrow screen.
    let count_class = if most < 100 { "" } else { "wide" };
    for (bin, &homes_here) in bins.counts.iter().enumerate() {
        let place = [wide(bins.edge(bin)), wide(bins.width)];
        let from = |top| [top, GROUND - top];
        let mut shapes = vec![rect(place, from(TOP - LINE), "hit", "")];
        if homes_here > 0 {
            let (part, whole) = (Fen(homes_here as u128), Fen(most as u128));
            let top = GROUND - scaled(GROUND - TOP, part, whole).max(LEAST);
            shapes.push(rect(place, from(top), "", ""));
            let middle = across(bins.edge(bin) + Fen(bins.width.0 / 2));
            shapes.push(text(count_class, middle, top - LINE / 4, homes_here.to_string()));
        }
        let range = range(language, bins, bin);
        let homes = homes(language, homes_here);
        let spot = spot("spot residents", BOTTOM / 1000, range, homes, shapes);
        let group = Group::Cash(bins.edge(bin), bins.edge(bin + 1));
        // The table below has the same way for the keyboard.
        let keys = &["href", "tabindex"];
        parts.push(match homes_here {
            0 => spot,
            _ => tag("a", keys, &[&of_group(group), "-1"], spot),
        });
    }
    parts.push(line("", across(Fen::ZERO), across(end), GROUND, GROUND));
    // As many amounts as a narrow screen has room for.
    let step = if bins.counts.len() > 10 { 5 } else { 2 };
    for bin in (0..bins.counts.len()).step_by(step) {
        let class = if bin == 0 { "start" } else { "" };
        let edge = bins.edge(bin);
        parts.push(text(class, across(edge), GROUND + LINE, yuan(edge)));
    }
    for (index, (key, amount)) in marked.into_iter().enumerate() {
        let class = if is_right(amount) { "marked end" } else { "marked start" };
        let words = format!("{} {}", say(language, key), money(amount));
        parts.push(text(class, across(amount), down(index) + LINE * 3 / 4, words));
    }
    let summary = [
        ("homes", &*distribution.homes.to_string()),
        ("median", &money(distribution.median)),
        ("ninetieth", &money(distribution.ninetieth)),
        ("highest", &money(distribution.highest)),
    ];
    let summary = say_with(language, "charts.cash-summary", &summary);
    picture(language, "histogram", &summary, BOTTOM / 1000, parts)
}

/// The range of a bin, in words.
fn range(language: Language, bins: &Bins, bin: usize) -> String {
    let edge = |bin| format!("¥{}", yuan(bins.edge(bin)));
    let (from, to) = (edge(bin), edge(bin + 1));
    say_with(language, "charts.range", &[("from", &from), ("to", &to)])
}

fn text(class: &str, x: String, y: u64, words: String) -> Html {
    tag("text", &["class", "x", "y"], &[class, &x, &decimal(y)], words)
}

fn line(class: &str, from: String, to: String, top: u64, end: u64) -> Html {
    let (top, end) = (decimal(top), decimal(end));
    tag("line", &["class", "x1", "x2", "y1", "y2"], &[class, &from, &to, &top, &end], "")
}
