//! One number or two over ranges: a table with a curve, or a heat map.

use fentan_core::Fen;
use fentan_core::scenario::{Measured, Point};
use fentan_words::{measured, money, say, say_with};
use yew::{Callback, Html, MouseEvent, component, html, use_state};

use super::controls::{
    choice, choice_of_varied, input, panel, row, table_box, td, th, th_row, wrong,
};
use super::parts::{Part, control, told};
use super::task::{Task, Told};
use super::use_thread::use_thread;
use super::varied::{Kind, Varied};
use crate::parts::scale::{WIDE, scaled};

/// The most points of a sweep here; the command line takes more.
const MOST_POINTS: usize = 1_000;
/// How many values one number takes at first, and each of two.
const VALUES: [u128; 2] = [20, 8];
/// How many shades a heat map has.
const SHADES: u64 = 5;

/// What is typed of a range: its number, from, to, step; empty where the part proposes one.
type Typed = [String; 4];

/// The part of the screen that sweeps.
#[component]
pub fn Sweep(part: &Part) -> Html {
    let typed = use_state(<[Typed; 2]>::default);
    let chosen = use_state(String::new);
    let swept = use_state(|| None::<[Option<Varied>; 2]>);
    let threaded = use_thread(&part.send);
    let text = |key: &str| say(part.language, &format!("scenarios.sweep.{key}"));

    let Some(first) = part.varied(&typed[0][0]) else { return Html::default() };
    let second = part.varied.iter().find(|one| one.path == typed[1][0]);
    let values = VALUES[usize::from(second.is_some())];
    let ranges = [Some(first), second].map(|varied| {
        let varied = varied?;
        Some((varied, varied.range(values)))
    });
    let written: Vec<_> = ranges
        .iter()
        .zip(typed.iter())
        .filter_map(|(range, typed)| {
            let (varied, proposed) = range.as_ref()?;
            let value = |place: usize| match typed[place + 1].is_empty() {
                true => proposed[place].clone(),
                false => varied.kind.reading().exact("", &typed[place + 1]),
            };
            Some(format!("{}={}..{}/{}", varied.path, value(0), value(1), value(2)))
        })
        .collect();

    let fields = ranges.iter().enumerate().map(|(which, range)| {
        let set = |place: usize| {
            let typed = typed.clone();
            Callback::from(move |text: String| {
                let mut all = (*typed).clone();
                // Another number begins with the range that is proposed for it.
                if place == 0 {
                    all[which] = Typed::default();
                }
                all[which][place] = text;
                typed.set(all);
            })
        };
        let path = range.as_ref().map_or("", |(varied, _)| varied.path.as_str());
        let (key, none) = match which {
            0 => ("parameter", None),
            _ => ("second", Some("–".to_owned())),
        };
        let name = text(key);
        let choice = choice_of_varied(part.language, name, &part.varied, none, path, set(0));
        let inputs = range.as_ref().map(|(varied, proposed)| {
            let unit = varied.kind.unit(part.language);
            let inputs = ["from", "to", "step"].into_iter().enumerate().map(|(place, key)| {
                let typed = &typed[which][place + 1];
                let value = if typed.is_empty() { &proposed[place] } else { typed };
                input(text(key), unit.clone(), value.clone(), set(place + 1))
            });
            inputs.collect::<Html>()
        });
        html! { <div class="limits">{ choice }{ inputs.unwrap_or_default() }</div> }
    });

    let measures = part.measures();
    let ranges: Vec<_> = ranges.iter().flatten().map(|(varied, _)| varied.kind).collect();
    let count = points(&ranges, &written);
    let too_many = count.filter(|&count| count > MOST_POINTS).map(|count| {
        let (count, most) = (count.to_string(), MOST_POINTS.to_string());
        let values = [("count", count.as_str()), ("most", &most)];
        vec![say_with(part.language, "scenarios.sweep.too-many", &values)]
    });
    let start = {
        let measures = measures.iter().map(|(written, _)| written.clone()).collect();
        let task = Task::Sweep { over: written.clone(), measures };
        let (start, swept) = (threaded.start.clone(), swept.clone());
        let over = [Some(first.clone()), second.cloned()];
        Callback::from(move |_: MouseEvent| {
            swept.set(Some(over.clone()));
            start.emit(task.clone());
        })
    };
    let chosen_now = measures.iter().position(|(written, _)| *written == *chosen).unwrap_or(0);
    let choose = {
        let chosen = chosen.clone();
        Callback::from(move |written| chosen.set(written))
    };
    let result = match (told(&threaded), swept.as_ref()) {
        (Some(Told::Swept(points)), Some([Some(first), None])) => {
            curve(part, first, points, &measures, chosen_now)
        }
        (Some(Told::Swept(points)), Some([Some(first), Some(second)])) => {
            heat([first, second], points, &measures, chosen_now)
        }
        _ => Html::default(),
    };
    let measure = measures.get(chosen_now).map_or("", |(written, _)| written);
    let parts = html! {
        <>
            { for fields }
            { wrong(&too_many.clone().unwrap_or_default()) }
            <div class="limits">{ choice(text("measure"), &measures, measure, choose) }</div>
            { control(part.language, text("run"), &threaded, Some(start).filter(|_| too_many.is_none())) }
            { result }
        </>
    };
    panel(part.language, "sweep", parts)
}

/// How many points there are; `None` where a range can't be read, which the task then says.
fn points(kinds: &[Kind], written: &[String]) -> Option<usize> {
    let counts = kinds.iter().zip(written).map(|(kind, written)| {
        let (_, range) = written.split_once('=')?;
        let (values, step) = range.split_once('/')?;
        let (from, to) = values.split_once("..")?;
        let [from, to, step] = [kind.units(from)?, kind.units(to)?, kind.units(step)?];
        to.checked_sub(from)?.checked_div(step)?.checked_add(1)
    });
    let mut counts = counts;
    let product = counts.try_fold(1u128, |all, count| all.checked_mul(count?))?;
    Some(usize::try_from(product).unwrap_or(usize::MAX))
}

/// An amount in its smallest steps, so that money and counts are drawn alike.
fn units(amount: Measured) -> Fen {
    match amount {
        Measured::Money(amount) => amount,
        Measured::Count(count) => Fen(count as u128),
    }
}

fn measured_at(point: &Point, measure: usize) -> Option<Measured> {
    point.measures.as_ref()?.get(measure).copied()
}

/// The least and the greatest of a measure over all points.
fn extent(points: &[Point], measure: usize) -> Option<[Measured; 2]> {
    let all = || points.iter().filter_map(|point| measured_at(point, measure));
    Some([all().min_by_key(|&one| units(one))?, all().max_by_key(|&one| units(one))?])
}

/// A value of a number as people read it, from how the engine writes it.
fn value(varied: &Varied, written: &str) -> String {
    match varied.kind {
        Kind::Rate => percent(written),
        Kind::Number => written.to_owned(),
        _ => {
            let fen = written.replace('.', "").parse().unwrap_or_default();
            let shown = money(Fen(fen));
            shown.strip_suffix(".00").map(str::to_owned).unwrap_or(shown)
        }
    }
}

/// A rate as the engine writes it, in percent: the point moves by two places.
fn percent(written: &str) -> String {
    let (whole, fraction) = written.split_once('.').unwrap_or((written, ""));
    let digits = format!("{fraction:0<2}");
    let (hundredths, rest) = digits.split_at(2);
    let whole = format!("{whole}{hundredths}");
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let rest = rest.trim_end_matches('0');
    if rest.is_empty() { format!("{whole}%") } else { format!("{whole}.{rest}%") }
}

fn curve(
    part: &Part,
    varied: &Varied,
    points: &[Point],
    measures: &[(String, String)],
    measure: usize,
) -> Html {
    let (Some([least, most]), Some((_, name))) = (extent(points, measure), measures.get(measure))
    else {
        return Html::default();
    };
    let span = units(most) - units(least);
    let last = points.len().saturating_sub(1).max(1) as u64;
    // In thousandths of the box, so that the line fits it at any width.
    let mut path = String::new();
    let mut is_broken = true;
    for (index, point) in points.iter().enumerate() {
        let Some(amount) = measured_at(point, measure) else {
            is_broken = true;
            continue;
        };
        let x = WIDE / 1000 * index as u64 / last;
        let y = WIDE / 1000 - scaled(WIDE / 1000, units(amount) - units(least), span);
        path += &format!("{}{x} {y}", if is_broken { "M" } else { "L" });
        is_broken = false;
    }
    let at = |point: Option<&Point>| {
        point.and_then(|point| point.at.first()).map(|at| value(varied, at)).unwrap_or_default()
    };
    let (from, to) = (at(points.first()), at(points.last()));
    let of = |point: Option<&Point>| {
        point.and_then(|point| measured_at(point, measure)).map(measured).unwrap_or("–".to_owned())
    };
    let (begin, end) = (of(points.first()), of(points.last()));
    let values = [
        ("measure", name.as_str()),
        ("parameter", &varied.name),
        ("from", &from),
        ("to", &to),
        ("first", &begin),
        ("last", &end),
    ];
    let summary = say_with(part.language, "scenarios.sweep.summary", &values);
    let mut head = vec![th(varied.name.clone())];
    head.extend(measures.iter().map(|(_, called)| th(called.clone())));
    let rows = points.iter().map(|point| {
        let mut cells =
            vec![th_row(point.at.first().map(|at| value(varied, at)).unwrap_or_default())];
        for index in 0..measures.len() {
            let unsplittable = || say(part.language, "seek.unsplittable");
            cells.push(td(measured_at(point, index).map_or_else(unsplittable, measured)));
        }
        row(cells)
    });
    html! {
        <figure class="chart">
            <figcaption>{ summary.clone() }</figcaption>
            <div class="curve">
                <p class="scale" aria-hidden="true"><span>{ measured(most) }</span><span>{ measured(least) }</span></p>
                <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" role="img" aria-label={summary}>
                    <path d={path} />
                </svg>
                <p class="axis" aria-hidden="true"><span>{ from }</span><span>{ to }</span></p>
            </div>
            { table_box("sweep-heading", head, rows.collect()) }
        </figure>
    }
}

/// A table whose cells are the stronger coloured, the more their measure is.
fn heat(
    [first, second]: [&Varied; 2],
    points: &[Point],
    measures: &[(String, String)],
    measure: usize,
) -> Html {
    let (Some([least, most]), Some((_, name))) = (extent(points, measure), measures.get(measure))
    else {
        return Html::default();
    };
    let span = units(most) - units(least);
    let rows = points.chunk_by(|one, next| one.at.first() == next.at.first());
    let heads = rows.clone().next().unwrap_or_default().iter();
    let heads = heads.map(|point| point.at.get(1).map(|at| value(second, at)).unwrap_or_default());
    let mut head = vec![th(html! { <>{ &first.name }<br />{ "× " }{ &second.name }</> })];
    head.extend(heads.map(th));
    let rows = rows.map(|points| {
        let at = points.first().and_then(|point| point.at.first());
        let mut cells = vec![th_row(at.map(|at| value(first, at)).unwrap_or_default())];
        for point in points {
            cells.push(match measured_at(point, measure) {
                Some(amount) => {
                    let shade = scaled(SHADES, units(amount) - units(least), span).min(SHADES - 1);
                    html! { <td class={format!("shade-{shade}")}>{ measured(amount) }</td> }
                }
                None => td("–"),
            });
        }
        row(cells)
    });
    html! {
        <figure class="chart heat">
            <figcaption>{ name.clone() }</figcaption>
            { table_box("sweep-heading", head, rows.collect()) }
        </figure>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_shown_in_percent() {
        for (written, shown) in
            [("0", "0%"), ("1", "100%"), ("0.5", "50%"), ("0.005", "0.5%"), ("0.125", "12.5%")]
        {
            assert_eq!(percent(written), shown);
        }
    }
}
