//! Who pays for what, drawn as ribbons between bars.

use fentan_core::Fen;
use fentan_words::{Language, cell, money, percent, say, say_with};
use yew::Html;

use super::flow::{Flow, FlowLine};
use super::flow_layout::{Bar, FlowLayout, HEADING, LABEL, Ribbon};
use super::frame::{READOUT, chart, picture, rect, spot, values, words_at};
use crate::parts::elements::{all, element, row, table, tag, td_amount, td_sum, th, th_row};
use crate::parts::scale::{HUES, TEXTURES, WIDE, decimal, in_percent};

/// Where the bars of a column begin, in millionths of the width as all that follow: those of the
/// payers, the lines, the residents, and their groups.
const COLUMNS: [u64; 4] = [0, 350_000, 690_000, 988_000];
/// How wide a bar is.
const BAR: u64 = 12_000;
/// Where the labels of a column begin, and how wide they are; the residents in one have none.
const LABELS: [[u64; 2]; 4] = [[12_000, 333_000], [362_000, 326_000], [0, 0], [653_000, 335_000]];
/// The classes of those labels.
const SIDES: [&str; 4] = ["label", "label", "", "label last"];
/// The headings of the columns.
const HEADINGS: [&str; 4] = ["term.sources", "term.lines", "", "term.residents"];

/// Who pays for what, and how the residents' part is made up.
pub fn flow_chart(language: Language, id: &str, flow: &Flow) -> Html {
    let lines = flow.gathered(|count| {
        say_with(language, "charts.other-lines", &[("count", &count.to_string())])
    });
    let residents = flow.total(say(language, "term.residents"));
    let mut parts = vec![drawing(language, FlowLayout::of(flow, &lines, &residents))];
    if let Some(rest) = lines.last().filter(|_| lines.len() < flow.lines.len()) {
        let note = say_with(language, "charts.flow-gathered", &[("name", &rest.name)]);
        parts.push(element("p", "note", note));
    }
    let total = FlowLine { name: say(language, "term.total"), ..residents };
    let tables = vec![by_payer(language, flow, &total), by_group(language, flow, &total)];
    chart(language, id, parts, tables)
}

fn drawing(language: Language, layout: FlowLayout) -> Html {
    let FlowLayout { height, columns, ribbons } = layout;
    let height = height.div_ceil(1000);
    let total = |bars: &[Bar]| bars.iter().map(|bar| bar.amount).sum::<Fen>();
    let (budget, residents) = (total(&columns[1]), total(&columns[2]));
    let totals = [total(&columns[0]), budget, residents, residents];
    let figures = |amount, key, whole| {
        let part = say_with(language, key, &[("percent", &percent(amount, whole))]);
        format!("{} · {part}", money(amount))
    };

    let mut parts = Vec::new();
    for ribbon in &ribbons {
        let from = &columns[ribbon.column][ribbon.from];
        let to = &columns[ribbon.column + 1][ribbon.to];
        // The residents pay for lines; that they stand behind them is for the eye.
        let (payer, line) = if ribbon.column == 1 { (to, from) } else { (from, to) };
        let name = format!("{} → {}", payer.name, line.name);
        let key = ["charts.of-line", "charts.of-line", "charts.of-residents"][ribbon.column];
        let whole = if ribbon.column < 2 { line.amount } else { residents };
        let figures = figures(ribbon.amount, key, whole);
        // What leaves a line is what the residents pay.
        let hue = hue(2 * ribbon.column, ribbon.from);
        parts.push(spot(&hue, height, name, figures, vec![path(ribbon, height)]));
    }
    for (column, bars) in columns.iter().enumerate() {
        let mut shown = bars.iter().enumerate().filter(|(_, bar)| !bar.amount.is_zero()).peekable();
        if let Some((_, first)) = shown.peek() {
            let heading = element("strong", "", say(language, HEADINGS[column]));
            let top = top_of_label(first).min(first.place.start).saturating_sub(HEADING);
            parts.extend(label(column, top, heading, totals[column]));
        }
        for (index, bar) in shown {
            let (key, whole) = match column {
                3 => ("charts.of-residents", residents),
                _ => ("charts.of-budget", budget),
            };
            let figures = figures(bar.amount, key, whole);
            let shapes = shapes(column, index, bar);
            parts.push(spot(&hue(column, index), height, bar.name.clone(), figures, shapes));
        }
    }

    let sources = budget.less(residents);
    let summary = [
        ("budget", &*money(budget)),
        ("sources", &money(sources)),
        ("sources-part", &percent(sources, budget)),
        ("residents", &money(residents)),
        ("residents-part", &percent(residents, budget)),
    ];
    let summary = say_with(language, "charts.flow-summary", &summary);
    picture(language, "flow", &summary, height, parts)
}

/// The class of a bar: of a payer; of a line; of the residents.
fn hue(column: usize, index: usize) -> String {
    match column {
        0 => format!("spot payer-{}", index % HUES),
        1 => "spot line".to_owned(),
        _ => "spot residents".to_owned(),
    }
}

/// A ribbon, as wide as the picture has room for it.
fn path(ribbon: &Ribbon, height: u64) -> Html {
    let Ribbon { column, start, end, .. } = ribbon;
    let (left, right) = (COLUMNS[*column] + BAR, COLUMNS[column + 1]);
    let middle = (left + right) / 2;
    let (top, bottom) = (start.start, start.end());
    let (end_top, end_bottom) = (end.start, end.end());
    let d = format!(
        "M{left} {top}C{middle} {top} {middle} {end_top} {right} {end_top}V{end_bottom}\
         C{middle} {end_bottom} {middle} {bottom} {left} {bottom}Z"
    );
    let view_box = format!("0 0 {WIDE} {}", 1000 * (height + READOUT));
    let path = tag("path", &["d"], &[&d], "");
    tag("svg", &["viewBox", "preserveAspectRatio"], &[&view_box, "none"], path)
}

/// A bar with its texture and its label.
fn shapes(column: usize, index: usize, bar: &Bar) -> Vec<Html> {
    let painted =
        |fill: &str| rect([COLUMNS[column], BAR], [bar.place.start, bar.place.length], "", fill);
    let mut shapes = vec![painted("")];
    let texture = index % TEXTURES;
    if column == 0 && texture > 0 {
        shapes.push(painted(&format!("url(#texture-{texture})")));
    }
    shapes.extend(label(column, top_of_label(bar), bar.name.as_str().into(), bar.amount));
    shapes
}

/// A name over an amount, beside the bars of a column.
fn label(column: usize, top: u64, name: Html, amount: Fen) -> Option<Html> {
    let [x, width] = LABELS[column];
    if width == 0 {
        return None;
    }
    let words = vec![element("span", "", name), element("small", "", money(amount))];
    let across = [x, width].map(|millionths| in_percent(millionths.into()));
    let across = across.each_ref().map(String::as_str);
    Some(words_at(across, &decimal(top), LABEL / 1000, SIDES[column], all(words)))
}

fn top_of_label(bar: &Bar) -> u64 {
    (bar.place.start + bar.place.length / 2).saturating_sub(LABEL / 2)
}

/// Every line by payer.
fn by_payer(language: Language, flow: &Flow, total: &FlowLine) -> Html {
    let mut heads = vec![th(say(language, "term.line"))];
    heads.extend(flow.payers.iter().cloned().map(th));
    heads.extend(["term.residents", "term.total"].map(|key| th(say(language, key))));
    let cells = |line: &FlowLine| {
        let mut cells = vec![th_row(&line.name)];
        cells.extend(line.paid.iter().chain([&line.residents]).map(|&amount| td_amount(amount)));
        cells.push(td_sum(line.amount()));
        cells
    };
    let rows = flow.lines.iter().map(|line| row(cells(line)));
    table(vec![row(heads)], rows.collect(), cells(total))
}

/// What the residents pay, by group.
fn by_group(language: Language, flow: &Flow, total: &FlowLine) -> Html {
    let mut groups = Vec::new();
    for group in &flow.groups {
        groups.push((group.name.clone(), cell(group.amount).into()));
    }
    values(language, ["term.residents", "term.amount"], groups, &cell(total.residents))
}
