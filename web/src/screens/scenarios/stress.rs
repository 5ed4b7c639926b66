//! What comes out where lines overrun and sources fall short, drawn many times.

use fentan_core::internal::quoted;
use fentan_core::scenario::{Fan, Percentiles, Swing};
use fentan_core::{Change, Fen, Value};
use fentan_words::{money, say, say_with};
use yew::{Callback, Html, MouseEvent, component, html};

use super::controls::{nothing, panel, row, select, table_box, td, th, th_row};
use super::opened::title;
use super::parts::{Part, control, told};
use super::plan_field::PlanField;
use super::task::{Task, Told};
use super::use_thread::use_thread;
use super::varied::Kind;
use crate::parts::scale::{WIDE, in_percent, scaled};

/// What may be said of a line and of a source, with what counts where it is not.
const OF_LINES: [(&str, &str); 3] = [("least", "0%"), ("likely", ""), ("most", "")];
const OF_SOURCES: [(&str, &str); 2] = [("chance", ""), ("pays", "0%")];

/// The part of the screen that stresses.
#[component]
pub fn Stress(part: &Part) -> Html {
    let threaded = use_thread(&part.send);
    let language = part.language;
    let text = |key: &str| say(language, &format!("scenarios.stress.{key}"));
    let stress = part.opened.document.value("stress");
    let json = stress.and_then(|stress| serde_json::to_string(stress).ok());
    let is_stated = ["lines", "sources"]
        .iter()
        .any(|list| part.opened.names(&format!("stress.{list}")).next().is_some());
    let start = json.filter(|_| is_stated).map(|stress| {
        let start = threaded.start.clone();
        let task = Task::Stress { stress };
        Callback::from(move |_: MouseEvent| start.emit(task.clone()))
    });
    let number = |field: &str, default: &str| {
        let path = format!("stress.{field}");
        html! {
            <PlanField
                path={path.clone()}
                name={text(field)}
                value={part.opened.text(&path).to_owned()}
                default={default.to_owned()}
                is_whole=true
                make={part.make.clone()}
            />
        }
    };
    let result = match told(&threaded) {
        Some(Told::Stressed(drawn, alone)) => {
            html! { <>{ fan(part, drawn) }{ swings(part, drawn, alone) }</> }
        }
        _ => Html::default(),
    };
    let parts = html! {
        <>
            { inputs(part, "lines", "add-line", &OF_LINES, r#"{"least":"0%","most":"10%"}"#) }
            { inputs(part, "sources", "add-source", &OF_SOURCES, r#"{"chance":"10%"}"#) }
            <div class="limits">{ number("draws", "1000") }{ number("seed", "1") }</div>
            { control(language, text("run"), &threaded, start) }
            { result }
        </>
    };
    panel(language, "stress", parts)
}

/// What may go wrong with the lines, or with the sources.
fn inputs(
    part: &Part,
    list: &'static str,
    add: &str,
    fields: &[(&'static str, &'static str)],
    new: &'static str,
) -> Html {
    let text = |key: &str| say(part.language, &format!("scenarios.stress.{key}"));
    let stated: Vec<_> = part.opened.names(&format!("stress.{list}")).map(str::to_owned).collect();
    let of = |id: &str| {
        let named = |one: &&Value<'_>| one.get("id").and_then(Value::text) == Some(id);
        part.opened.list(list).iter().find(named)
    };
    let rows = stated.iter().map(|id| {
        let path = format!("stress.{list}.{}", quoted(id));
        let name = of(id).map_or(id.as_str(), title).to_owned();
        let fields = fields.iter().map(|&(field, default)| {
            let path = format!("{path}.{field}");
            let value = part.opened.text(&path).to_owned();
            let label = format!("{name} · {}", text(field));
            html! {
                <td>
                    <PlanField {path} name={label} {value} default={default} kind={Kind::Rate}
                        is_named=false make={part.make.clone()} />
                </td>
            }
        });
        let fields: Vec<_> = fields.collect();
        let label = say_with(part.language, "scenarios.remove-named", &[("name", &name)]);
        let remove = Change::Clear { path };
        let remove = part.make.reform(move |_: MouseEvent| vec![remove.clone()]);
        let mut cells = vec![th_row(name.clone())];
        cells.extend(fields);
        cells.push(html! {
            <td><button type="button" class="icon" aria-label={label} onclick={remove}>{ "×" }</button></td>
        });
        row(cells)
    });
    let rows: Vec<_> = rows.collect();
    let mut options = vec![nothing(say(part.language, "scenarios.choose"), true)];
    options.extend(part.opened.list(list).iter().filter_map(|one| {
        let id = one.get("id").and_then(Value::text)?;
        let value = id.to_owned();
        (!stated.contains(&value))
            .then(|| html! { <option {value}>{ title(one).to_owned() }</option> })
    }));
    let choose = part.make.reform(move |id: String| {
        let path = format!("stress.{list}.{}", quoted(&id));
        vec![Change::Put { path, json: new.to_owned(), at: None }]
    });
    let heading = format!("stress-{list}-heading");
    let mut head = vec![th("")];
    head.extend(fields.iter().map(|(field, _)| th(text(field))));
    head.push(th(""));
    html! {
        <>
            <h3 id={heading.clone()}>{ text(list) }</h3>
            if !rows.is_empty() {
                { table_box(&heading, head, rows) }
            }
            <div class="limits" id={format!("stress-{add}")}>{ select(text(add), "", options, choose) }</div>
        </>
    }
}

/// What each payer and the residents pay over all draws.
fn fan(part: &Part, fan: &Fan) -> Html {
    let language = part.language;
    let text = |key: &str| say(language, &format!("scenarios.stress.{key}"));
    let payers = fan.payers.iter();
    let mut rows: Vec<_> =
        payers.map(|one| (one.name.clone().unwrap_or_else(|| one.id.clone()), one.paid)).collect();
    rows.push((say(language, "measure.residents"), fan.residents));
    // What one household pays is drawn to a scale of its own: all payers would dwarf it.
    let households = [("median_cash", fan.median_cash), ("highest_cash", fan.highest_cash)];
    let households =
        households.map(|(name, spread)| (say(language, &format!("measure.{name}")), spread));
    let scale = |rows: &[(String, Percentiles)]| {
        rows.iter().map(|(_, one)| one.ninetieth.max(one.base)).max().unwrap_or_default()
    };
    let (payers_most, households_most) = (scale(&rows), scale(&households));
    let bars = |rows: &[(String, Percentiles)], most: Fen| -> Html {
        rows.iter().map(|(name, spread)| interval(part, name, spread, most)).collect()
    };
    let table = rows.iter().chain(&households).map(|(name, one)| {
        let amounts = [one.base, one.tenth, one.half, one.ninetieth];
        let cells = amounts.map(|amount| td(money(amount)));
        row(std::iter::once(th_row(name.clone())).chain(cells).collect())
    });
    let (draws, seed) = (fan.draws.to_string(), fan.seed.to_string());
    let drawn = say_with(language, "stress.drawn", &[("draws", &draws), ("seed", &seed)]);
    let failed = fan.failed.to_string();
    let heads =
        ["compare.figure", "compare.base", "stress.tenth", "stress.half", "stress.ninetieth"];
    html! {
        <>
            <h3 id="fan-heading">{ text("fan") }</h3>
            <p class="note">{ drawn }{ " · " }{ text("fan-note") }</p>
            if fan.failed > 0 {
                <p class="note">{ say_with(language, "stress.failed", &[("count", &failed)]) }</p>
            }
            <figure class="chart">
                <ul class="bars">{ bars(&rows, payers_most) }</ul>
                <ul class="bars">{ bars(&households, households_most) }</ul>
                <details>
                    <summary>{ say(language, "scenarios.compare.same-figures") }</summary>
                    { table_box("fan-heading", heads.map(|key| th(say(language, key))).into(), table.collect()) }
                </details>
            </figure>
        </>
    }
}

/// A bar from the 10th to the 90th percentile, with the median and the plan's own amount.
fn interval(part: &Part, name: &str, spread: &Percentiles, most: Fen) -> Html {
    let at = |amount: Fen| in_percent(scaled(WIDE, amount, most).into());
    let width = in_percent(
        (scaled(WIDE, spread.ninetieth, most) - scaled(WIDE, spread.tenth, most)).into(),
    );
    let (tenth, ninetieth) = (money(spread.tenth), money(spread.ninetieth));
    let about = [("name", name), ("tenth", &tenth), ("ninetieth", &ninetieth)];
    let label = say_with(part.language, "scenarios.stress.about", &about);
    html! {
        <li>
            <span>{ name.to_owned() }</span>
            <svg class="interval" role="img" aria-label={label}>
                <rect class="track" y="45%" width="100%" height="10%" />
                <rect class="residents" x={at(spread.tenth)} y="20%" {width} height="60%" />
                <line class="half" x1={at(spread.half)} x2={at(spread.half)} y1="5%" y2="95%" />
                <circle cx={at(spread.base)} cy="50%" r="3.5" />
            </svg>
            <span class="number">{ money(spread.half) }<small>{ format!("{tenth} – {ninetieth}") }</small></span>
        </li>
    }
}

/// What each input does alone, the largest first.
fn swings(part: &Part, fan: &Fan, swings: &[Swing]) -> Html {
    let language = part.language;
    let text = |key: &str| say(language, &format!("scenarios.stress.{key}"));
    let base = fan.residents.base;
    let owed = || swings.iter().flat_map(|one| [one.low.1, one.high.1]).flatten().chain([base]);
    let least = owed().min().unwrap_or_default();
    let span = owed().max().unwrap_or_default().less(least);
    let place = |amount: Fen| scaled(WIDE, amount.less(least), span);
    let title = |one: &Swing| one.name.clone().unwrap_or_else(|| one.input.clone());
    let bars = swings.iter().map(|one| {
        let ends = [one.low.1, one.high.1].map(|owed| place(owed.unwrap_or(base)));
        let (from, to) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
        let middle = in_percent(place(base).into());
        html! {
            <li>
                <span>{ title(one) }<small>{ format!("{} – {}", one.low.0, one.high.0) }</small></span>
                <svg class="interval" aria-hidden="true">
                    <rect class="residents" x={in_percent(from.into())} y="20%"
                        width={in_percent((to - from).into())} height="60%" />
                    <line x1={middle.clone()} x2={middle} y1="0" y2="100%" />
                </svg>
                <span class="number">{ money(one.swing) }</span>
            </li>
        }
    });
    let rows = swings.iter().map(|one| {
        let unsplittable = || say(language, "seek.unsplittable");
        let owed = |amount: Option<Fen>| td(amount.map_or_else(unsplittable, money));
        row(vec![
            th_row(title(one)),
            td(one.low.0.clone()),
            owed(one.low.1),
            td(one.high.0.clone()),
            owed(one.high.1),
            td(money(one.swing)),
        ])
    });
    let heads = [
        "stress.input",
        "stress.low",
        "term.residents",
        "stress.high",
        "term.residents",
        "stress.swing",
    ];
    html! {
        <>
            <h3 id="tornado-heading">{ text("tornado") }</h3>
            <p class="note">{ text("tornado-note") }</p>
            <figure class="chart">
                <ul class="bars">{ for bars }</ul>
                <details>
                    <summary>{ say(language, "scenarios.compare.same-figures") }</summary>
                    { table_box("tornado-heading", heads.map(|key| th(say(language, key))).into(), rows.collect()) }
                </details>
            </figure>
        </>
    }
}
