//! Scenarios beside what they are compared with: a table, and charts in pairs.

use fentan_core::Fen;
use fentan_core::scenario::{Comparison, Measured, Scenario};
use fentan_words::{Language, change, measured, money, plain, say, say_with};
use yew::{Callback, Html, html};

use super::comparing::{MOST_HOUSEHOLDS, as_it_stands};
use super::controls::{choice, input, panel, row, table_box, td, th, th_row, wrong};
use super::link::copied;
use super::opened::{Opened, title};
use super::outcome::{Asked, Cash, Drawn, Outcome, affordable};
use crate::parts::scale::{HUES, WIDE, in_percent, scaled};

/// The part of the screen that compares.
pub fn compare(
    language: Language,
    opened: &Opened,
    asked: &Asked,
    outcome: &Outcome,
    ask: &Callback<Asked>,
) -> Html {
    let Some(comparison) = outcome.comparison.as_ref().filter(|one| !one.scenarios.is_empty())
    else {
        return Html::default();
    };
    let drawn = outcome.drawn.as_ref().map(|drawn| {
        let name = title_of(comparison, drawn.place);
        html! {
            <>
                { payers(language, asked, opened, comparison, drawn.place) }
                { drawn.cash.as_ref().map(|cash| cash_chart(language, name, cash)).unwrap_or_default() }
                { households(language, drawn) }
            </>
        }
    });
    let compared = compared(language, opened, outcome);
    let link = compared.iter().filter(|one| !one.changes.is_empty()).cloned();
    let parts = html! {
        <>
            { choices(language, opened, asked, outcome, &compared, ask) }
            { table(language, asked, opened, comparison) }
            { copied(language, "all", &link.collect::<Vec<_>>(), &outcome.named) }
            { drawn.unwrap_or_default() }
        </>
    };
    panel(language, "compare", parts)
}

/// The scenarios that are compared, as the plan holds them.
fn compared(language: Language, opened: &Opened, outcome: &Outcome) -> Vec<Scenario> {
    let written = |place: usize| Scenario::read(opened.scenarios().get(place)?).ok();
    let places = outcome.compared.iter();
    places.filter_map(|place| place.map_or_else(|| Some(as_it_stands(language)), written)).collect()
}

fn title_of(comparison: &Comparison, place: usize) -> &str {
    let one = comparison.scenarios.get(place);
    one.map_or("", |one| one.name.as_deref().unwrap_or(&one.id))
}

/// What the scenarios are compared with, as it is called.
fn pinned_title(language: Language, opened: &Opened, asked: &Asked) -> String {
    let named = asked.pinned.as_deref().and_then(|pinned| {
        let of =
            |one: &&fentan_core::Value<'_>| one.get("id").and_then(|id| id.text()) == Some(pinned);
        opened.scenarios().iter().find(of).map(title)
    });
    named.map_or_else(|| say(language, "compare.base"), str::to_owned)
}

fn choices(
    language: Language,
    opened: &Opened,
    asked: &Asked,
    outcome: &Outcome,
    compared: &[Scenario],
    ask: &Callback<Asked>,
) -> Html {
    let text = |key: &str| say(language, &format!("scenarios.compare.{key}"));
    let ids = opened.scenarios().iter().filter_map(|one| {
        let id = one.get("id")?.text()?;
        Some((id.to_owned(), title(one).to_owned()))
    });
    let base = (String::new(), say(language, "compare.base"));
    let pinnable: Vec<_> = std::iter::once(base).chain(ids).collect();
    let of = asked.clone();
    let pin = ask.reform(move |id: String| Asked {
        pinned: Some(id).filter(|id| !id.is_empty()),
        ..of.clone()
    });
    let of = asked.clone();
    let afford = ask.reform(move |affordable: String| Asked { affordable, ..of.clone() });
    let of = asked.clone();
    let show = ask.reform(move |id: String| Asked { shown: Some(id), ..of.clone() });
    let drawn = outcome.drawn.as_ref().and_then(|drawn| compared.get(drawn.place));
    let shown = drawn.map(|one| one.id.as_str());
    let compared: Vec<_> =
        compared.iter().map(|one| (one.id.clone(), one.title().to_owned())).collect();
    let typed = asked.affordable.as_str();
    let misread = !typed.is_empty() && affordable(typed).is_none();
    let misread =
        misread.then(|| vec![say_with(language, "problem.bad-number", &[("seen", typed)])]);
    html! {
        <div class="limits">
            { choice(text("pinned"), &pinnable, asked.pinned.as_deref().unwrap_or_default(), pin) }
            { input(text("affordable"), say(language, "scenarios.unit.money"), typed.to_owned(), afford) }
            if compared.len() > 1 {
                { choice(text("shown"), &compared, shown.unwrap_or_default(), show) }
            }
            { wrong(&misread.unwrap_or_default()) }
        </div>
    }
}

fn table(language: Language, asked: &Asked, opened: &Opened, comparison: &Comparison) -> Html {
    let titles = (0..comparison.scenarios.len()).flat_map(|place| {
        [title_of(comparison, place).to_owned(), say(language, "compare.change")]
    });
    let mut head =
        vec![th(say(language, "compare.figure")), th(pinned_title(language, opened, asked))];
    head.extend(titles.map(th));
    let line = |name: String, values: Vec<Option<Measured>>| {
        let base = values.first().copied().flatten();
        let mut cells = vec![th_row(name)];
        for (index, value) in values.into_iter().enumerate() {
            cells.push(td(value.map(measured).unwrap_or_default()));
            if index > 0 {
                let change = value.map(|value| change(base, value)).unwrap_or_default();
                cells.push(html! { <td class="within">{ change }</td> });
            }
        }
        row(cells)
    };
    let mut rows = Vec::new();
    for payer in &comparison.payers {
        let name = payer.name.as_ref().unwrap_or(&payer.id).clone();
        rows.push(line(name, payer.paid.iter().map(|paid| paid.map(Measured::Money)).collect()));
    }
    let scenarios = comparison.scenarios.iter().map(|one| &one.totals);
    let totals: Vec<_> = std::iter::once(&comparison.base).chain(scenarios).collect();
    for (index, (name, value)) in comparison.base.named().into_iter().enumerate() {
        if value.is_some() {
            let amount = comparison.affordable.map(money).unwrap_or_default();
            let name = say_with(language, &format!("measure.{name}"), &[("amount", &amount)]);
            rows.push(line(name, totals.iter().map(|totals| totals.named()[index].1).collect()));
        }
    }
    let named = comparison.scenarios.first().map(|one| one.changes()).into_iter().flatten();
    for (index, (name, _)) in named.enumerate() {
        let mut cells = vec![th_row(say(language, &format!("compare.{name}"))), td("")];
        for one in &comparison.scenarios {
            cells.extend([td(measured(one.changes()[index].1)), td("")]);
        }
        rows.push(row(cells));
    }
    table_box("compare-heading", head, rows)
}

/// What each payer pays: two bars, one below the other.
fn payers(
    language: Language,
    asked: &Asked,
    opened: &Opened,
    comparison: &Comparison,
    shown: usize,
) -> Html {
    let mut rows: Vec<(String, Fen, Fen, &'static str)> = Vec::new();
    for (index, payer) in comparison.payers.iter().enumerate() {
        let paid = |column: usize| payer.paid.get(column).copied().flatten().unwrap_or_default();
        let name = payer.name.as_ref().unwrap_or(&payer.id).clone();
        let class = PAYERS[index % PAYERS.len()];
        rows.push((name, paid(0), paid(shown + 1), class));
    }
    let Some(after) = comparison.scenarios.get(shown) else { return Html::default() };
    let (before, after) = (&comparison.base, &after.totals);
    rows.push((say(language, "term.residents"), before.residents, after.residents, "residents"));
    let most = rows.iter().map(|(_, one, other, _)| *one.max(other)).max().unwrap_or_default();
    let bar = |amount: Fen, y: &'static str, class: String| {
        let width = in_percent(scaled(WIDE, amount, most).into());
        html! { <rect x="0" {y} {width} height="45%" {class} /> }
    };
    let items = rows.iter().map(|(name, before, after, class)| {
        let change = change(Some(Measured::Money(*before)), Measured::Money(*after));
        html! {
            <li>
                <span>{ name }</span>
                <svg class="pair" aria-hidden="true">
                    { bar(*before, "0", format!("{class} faint")) }
                    { bar(*after, "50%", (*class).to_owned()) }
                </svg>
                <span class="number">{ money(*after) }<small>{ change }</small></span>
            </li>
        }
    });
    let name = title_of(comparison, shown);
    let pinned = pinned_title(language, opened, asked);
    let change = change(Some(Measured::Money(before.residents)), Measured::Money(after.residents));
    let values = [
        ("name", name),
        ("pinned", &pinned),
        ("residents", &money(after.residents)),
        ("change", &change),
    ];
    html! {
        <>
            <h3>{ say(language, "scenarios.compare.payers") }</h3>
            <p class="note">{ say_with(language, "scenarios.compare.summary", &values) }</p>
            <p class="key pairs" aria-hidden="true">
                <span class="faint">{ pinned }</span><span>{ name.to_owned() }</span>
            </p>
            <ul class="bars">{ for items }</ul>
        </>
    }
}

/// The classes of payers' colours.
const PAYERS: [&str; HUES] = [
    "payer-0", "payer-1", "payer-2", "payer-3", "payer-4", "payer-5", "payer-6", "payer-7",
    "payer-8", "payer-9", "payer-10",
];

/// How many households pay how much in cash, before and after: pairs of bars.
fn cash_chart(language: Language, name: &str, cash: &Cash) -> Html {
    let counts = &cash.counts;
    let ranges = counts[0].len().min(counts[1].len()).max(1);
    let most = counts.iter().flatten().copied().max().unwrap_or_default();
    let range = |bin: usize| {
        let yuan = |amount: Fen| money(amount).trim_end_matches(".00").to_owned();
        let (from, to) = (yuan(cash.edge(bin)), yuan(cash.edge(bin + 1)));
        say_with(language, "scenarios.compare.range", &[("from", &from), ("to", &to)])
    };
    // A bin is this wide, and each of its two bars a part of that.
    let wide = WIDE / ranges as u64;
    let bars = (0..ranges).flat_map(|bin| {
        let x = wide * bin as u64;
        [
            (x + wide / 10, counts[0][bin], "residents faint"),
            (x + wide / 2, counts[1][bin], "residents"),
        ]
    });
    let across = |millionths: u64| in_percent(millionths.into());
    let bars = bars.map(|(x, count, class)| {
        let height = scaled(WIDE, Fen(count as u128), Fen(most as u128));
        html! {
            <rect
                x={across(x)}
                y={across(WIDE - height)}
                width={across(wide * 2 / 5)}
                height={across(height)}
                {class}
            />
        }
    });
    let rows = (0..ranges).map(|bin| {
        let count = |side: usize| td(counts[side][bin].to_string());
        row(vec![th_row(range(bin)), count(0), count(1)])
    });
    let text = |key: &str| say(language, &format!("scenarios.compare.{key}"));
    let head = vec![th(text("cash")), th(text("before")), th(name.to_owned())];
    let axis = [cash.edge(0), cash.edge(ranges / 2), cash.edge(ranges)];
    let axis = axis.map(|amount| {
        html! { <span>{ plain(amount).trim_end_matches(".00").to_owned() }</span> }
    });
    html! {
        <>
            <h3 id="compare-cash-heading">{ text("cash") }</h3>
            <figure class="chart">
                <svg class="paired" role="img" aria-labelledby="compare-cash-heading">{ for bars }</svg>
                <p class="axis" aria-hidden="true">{ for axis }</p>
                <details>
                    <summary>{ text("same-figures") }</summary>
                    { table_box("compare-cash-heading", head, rows.collect()) }
                </details>
            </figure>
        </>
    }
}

/// The households that pay more or less, the largest differences first.
fn households(language: Language, drawn: &Drawn) -> Html {
    let text = |key: &str| say(language, &format!("scenarios.compare.{key}"));
    let heading = html! { <h3 id="who-heading">{ text("who") }</h3> };
    let count: usize = drawn.sides.iter().sum();
    if count == 0 {
        return html! { <>{ heading }<p class="note">{ text("nobody") }</p></> };
    }
    let rows = drawn.households.iter().map(|one| {
        let sign = if one.difference.is_less() { "−" } else { "+" };
        let mut difference = vec![html! { { format!("{sign}{}", money(one.difference.size())) } }];
        if one.by_rounding {
            difference.push(html! { <small>{ text("rounding") }</small> });
        }
        let cells = vec![
            th_row(one.id.to_string()),
            td(money(one.before)),
            td(money(one.after)),
            html! { <td class="difference">{ for difference }</td> },
        ];
        row(cells)
    });
    let keys = ["household", "before", "after", "difference"];
    let table = table_box("who-heading", keys.map(|key| th(text(key))).into(), rows.collect());
    let values = [("count", count.to_string())];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    let summary = say_with(language, "scenarios.compare.households", &values);
    let most = MOST_HOUSEHOLDS.to_string();
    html! {
        <>
            { heading }
            { sides(language, drawn.sides) }
            <details class="more">
                <summary>{ summary }</summary>
                if count > MOST_HOUSEHOLDS {
                    <p class="note">{ say_with(language, "scenarios.compare.first", &[("count", &most)]) }</p>
                }
                { table }
            </details>
        </>
    }
}

/// How many households pay less, more, and differ by rounding alone: a bar.
fn sides(language: Language, [less, more, alone]: [usize; 3]) -> Html {
    let sides = [("less", "less", less), ("more", "more", more), ("by-rounding", "alone", alone)];
    let whole = Fen((less + more + alone) as u128);
    let mut before = 0;
    let segments = sides.map(|(_, class, count)| {
        let x = in_percent(scaled(WIDE, Fen(before as u128), whole).into());
        let width = in_percent(scaled(WIDE, Fen(count as u128), whole).into());
        before += count;
        html! { <rect {x} {width} height="100%" {class} /> }
    });
    let legend = sides.map(|(key, class, count)| {
        let homes = say_with(language, "scenarios.compare.homes", &[("count", &count.to_string())]);
        html! {
            <li>
                <svg class="swatch" aria-hidden="true"><rect width="100%" height="100%" {class} /></svg>
                <span class="name">{ say(language, &format!("compare.{key}")) }</span>
                <span class="number">{ homes }</span>
            </li>
        }
    });
    html! {
        <>
            <svg class="bar sides" aria-hidden="true">{ for segments }</svg>
            <ul class="legend">{ for legend }</ul>
        </>
    }
}
