//! What the income of a facility carries for the source that paid for it.

use fentan_core::{Change, Value};
use fentan_words::{money, say, say_with};
use yew::{Html, MouseEvent, html};

use super::controls::{nothing, panel, row, select, table_box, td, th, th_row};
use super::opened::title;
use super::parts::Part;
use super::plan_field::PlanField;
use super::varied::Kind;

/// The fields of an income: what is unquoted in the plan has no kind.
const FIELDS: [(&str, &str, Option<Kind>); 3] = [
    ("years", "years", None),
    ("net_per_year", "net", Some(Kind::Money)),
    ("discount", "discount", Some(Kind::Rate)),
];

/// A new income, to be changed.
const NEW: &str = r#"{"years":10,"net_per_year":"0","discount":"5%"}"#;

/// The part of the screen about private investment.
pub fn investment(part: &Part) -> Html {
    let language = part.language;
    let text = |key: &str| say(language, &format!("scenarios.investment.{key}"));
    let sources = part.opened.list("sources");
    let stated = sources.iter().enumerate().filter(|(_, one)| one.get("income").is_some());
    let rows = stated.map(|(index, source)| {
        let name = title(source);
        let path = format!("sources[{index}].income");
        let mut cells = vec![th_row(name.to_owned())];
        for (field, key, kind) in FIELDS {
            let path = format!("{path}.{field}");
            let value = part.opened.text(&path).to_owned();
            let unit = match (field, kind) {
                ("years", _) => text("years-unit"),
                (_, Some(kind)) => kind.unit(language),
                _ => String::new(),
            };
            cells.push(html! {
                <td>
                    <PlanField {path} name={format!("{name} · {}", text(key))} {value} {unit} {kind}
                        is_whole={kind.is_none()} is_named=false make={part.make.clone()} />
                </td>
            });
        }
        match part.investments.iter().find(|(source, _)| *source == index) {
            Some((_, one)) => {
                let short = one.paid.less(one.carries);
                let payback = one.payback.map(|year| {
                    say_with(language, "scenarios.investment.year", &[("year", &year.to_string())])
                });
                let amount = money(short);
                cells.push(td(money(one.paid)));
                cells.push(html! {
                    <td>
                        { money(one.carries) }
                        if !short.is_zero() {
                            <span class="wrong">
                                { say_with(language, "scenarios.investment.short", &[("amount", &amount)]) }
                            </span>
                        }
                    </td>
                });
                cells.push(td(payback.unwrap_or_else(|| text("never"))));
            }
            None => cells.extend([td("–"), td("–"), td("–")]),
        }
        let label = say_with(language, "scenarios.remove-named", &[("name", name)]);
        let remove = Change::Remove { path };
        let remove = part.make.reform(move |_: MouseEvent| vec![remove.clone()]);
        cells.push(html! {
            <td><button type="button" class="icon" aria-label={label} onclick={remove}>{ "×" }</button></td>
        });
        row(cells)
    });
    let rows: Vec<_> = rows.collect();
    let mut options = vec![nothing(say(language, "scenarios.choose"), true)];
    options.extend(sources.iter().enumerate().filter_map(
        |(index, source): (usize, &Value<'_>)| {
            let value = index.to_string();
            let name = title(source).to_owned();
            source.get("income").is_none().then(|| html! { <option {value}>{ name }</option> })
        },
    ));
    let choose = part.make.reform(|index: String| {
        let path = format!("sources[{index}].income");
        vec![Change::Put { path, json: NEW.to_owned(), at: None }]
    });
    let heads = ["payer", "years", "net", "discount", "paid", "carries", "payback"];
    let mut head: Vec<_> = heads
        .map(|key| th(if key == "payer" { say(language, "term.payer") } else { text(key) }))
        .into();
    head.push(th(""));
    let parts = html! {
        <>
            if !rows.is_empty() {
                { table_box("investment-heading", head, rows) }
            }
            <div class="limits">{ select(text("add"), "", options, choose) }</div>
        </>
    };
    panel(language, "investment", parts)
}
