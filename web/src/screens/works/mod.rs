//! The works budget.

mod joins;
mod tables;

use fentan_core::{Change, Fen};
use fentan_import::Content;
use fentan_words::{money, percent, say_with};
use yew::Html;

use crate::message::Outcome;
use crate::page::{Action, Page};
use crate::parts::bar::{bar, swatch};
use crate::parts::drawing::Drawing;
use crate::parts::editing::Editing;
use crate::parts::elements::{act, all, button, tag};
use crate::parts::field::{
    self, Blank, Entered, Label, dot, entry, keys, length, list, rate, ticks, ticks_or, words,
};
use crate::parts::part::{
    adder, append, at, begin_fold, fold, free_id, key, mentions, note_and_id, order, part, quote,
    title,
};
use crate::screens::result::law::line;
use crate::screens::works::tables::{new_path, new_table, tables};
use crate::typed::Reading;

/// The groups of work, by their names in a plan.
pub const CATEGORIES: [&str; 4] = ["infrastructure", "environment", "services", "management"];
/// How necessary work is.
pub const TIERS: [&str; 3] = ["basic", "improved", "upgraded"];
/// Pipes and cables.
pub const PIPELINES: [&str; 6] = ["water", "drainage", "power", "gas", "heating", "telecom"];
/// Who pays for a line.
pub const KINDS: [&str; 2] = ["shared", "individual"];

/// What a line can be: the field, what it is called, and its values.
const ASPECTS: [(&str, &str, &[&str]); 3] = [
    ("category", "page.works.category", &CATEGORIES),
    ("tier", "page.works.tier", &TIERS),
    ("pipeline", "page.works.pipeline", &PIPELINES),
];
/// Who can be among the beneficiaries: the field, what it is called, and what they are.
const BENEFICIARIES: [(&str, &str, &str); 4] = [
    ("buildings", "page.works.buildings", "page.works.in-buildings"),
    ("units", "page.works.units", "page.works.in-units"),
    ("households", "page.works.households", "page.works.in-households"),
    ("except", "page.works.except", "page.works.but"),
];
/// What is counted of a line.
const PIECES: [Blank; 2] = [
    Blank { reading: Reading::NUMBER, default: "1", ..words("pieces", "page.works.pieces") },
    Blank { reading: Reading::NUMBER, ..words("storeys", "page.works.storeys") },
];
/// The rate of a line that is a part of others.
const PART: [Blank; 1] = [rate("rate_of.rate", "page.works.part", "")];
/// Ways of sharing, each with what a plan holds of it besides the table.
const WAYS: [(&str, &str); 7] = [
    ("area", ""),
    ("household", ""),
    ("column", ""),
    ("coefficient", ""),
    ("coefficient-times-area", r#","times":"area""#),
    ("floors-by-area", r#","within":"area""#),
    ("floors-by-household", r#","within":"household""#),
];

/// The works budget, and the tables of coefficients that its lines are shared by.
pub fn works(page: &Page, editing: &Editing) -> Html {
    let outcome = page.outcome.as_deref();
    let names = outcome
        .map(|outcome| outcome.by_payer.names(&editing.say("term.residents")))
        .unwrap_or_default();
    let drawing = &mut Drawing::new(editing);
    drawing.open("", "");
    drawing.open("ul", "key");
    for (index, payer) in outcome.iter().flat_map(|one| &one.by_payer.payers).enumerate() {
        drawing.open("li", "");
        drawing.put(swatch(index, payer));
        drawing.text("span", "", &names[index]);
        drawing.close();
    }
    drawing.close();
    drawing.open("ol", "parts");
    for line in 0..length(editing, "lines") {
        card(drawing, outcome, &names, line);
    }
    drawing.close();
    drawing.open("div", "head total");
    drawing.text("span", "index", "");
    drawing.say("strong", "", "term.total");
    let total = written_total(editing, outcome).map(money).unwrap_or_default();
    drawing.text("strong", "cost", &total);
    drawing.close();
    drawing.open("div", "tools");
    let add = [r#"{"id":""#, &free_id(editing, "line"), r#""}"#].concat();
    let add = append(editing, "lines", add);
    let name = dot(&at("lines", length(editing, "lines")), "name");
    adder(drawing, editing.say("page.works.add"), vec![add], name);
    let paste = act(&editing.send, Action::Pasting(Some(Content::Works)));
    drawing.put(button("paste-works", editing.say("page.paste.open"), Some(paste)));
    drawing.close();
    part(drawing, "works");
    tables(drawing);
    drawing.put(weights(editing));
    std::mem::replace(drawing, Drawing::new(editing)).finish()
}

/// What the lines cost together, as it is written; `None` where that can't be read. What is a part of
/// others costs what the last split has for it.
fn written_total(editing: &Editing, outcome: Option<&Outcome>) -> Option<Fen> {
    let mut total = Fen::ZERO;
    for index in 0..length(editing, "lines") {
        let line = at("lines", index);
        total += match is_part(editing, &line) {
            true => outcome?.by_payer.lines.get(index)?.amount,
            false => fen(editing.text(&dot(&line, "amount")))?,
        };
        let charges = dot(&line, "charges");
        for home in keys(editing, &charges) {
            total += fen(editing.text(&field::named(&charges, &home)))?;
        }
    }
    Some(total)
}

/// Whether a line is a part of others.
fn is_part(editing: &Editing, line: &str) -> bool {
    editing.form.document.value(&dot(line, "rate_of")).is_some()
}

/// Yuan with at most two decimals; nothing is zero.
fn fen(yuan: &str) -> Option<Fen> {
    let (yuan, fen) = yuan.split_once('.').unwrap_or((yuan, ""));
    let digits: u64 = format!("0{yuan}{fen:0<2}").parse().ok().filter(|_| fen.len() <= 2)?;
    Some(Fen(digits.into()))
}

fn card(drawing: &mut Drawing<'_>, outcome: Option<&Outcome>, names: &[String], line: usize) {
    let editing = drawing.editing;
    drawing.path = at("lines", line);
    let name = title(editing, &drawing.path);
    let is_individual = drawing.written("kind") == "individual";
    let id = drawing.written("id");
    let mut named_at = Vec::new();
    for source in 0..length(editing, "sources") {
        mentions(editing, id, &dot(&at("sources", source), "covers.lines"), &mut named_at);
    }
    let by_payer = outcome.map(|outcome| &outcome.by_payer);
    // Lines that were moved since the last split are not where it has them.
    let paid =
        by_payer.and_then(|by_payer| by_payer.lines.get(line)).filter(|paid| paid.name == name);
    drawing.open("li", "");
    drawing.open("div", "head");
    drawing.text("span", "index", &(line + 1).to_string());
    drawing.fields(&[words("name", "term.line")]);
    drawing.open("span", "cost");
    match paid {
        _ if !is_individual && !is_part(editing, &drawing.path) => {
            drawing.fields(&[field::money("amount", "term.amount", "page.unit.amount")]);
        }
        Some(paid) => drawing.text("span", "", &money(paid.amount)),
        None => {}
    }
    drawing.close();
    drawing.open("span", "pays");
    if let (Some(by_payer), Some(paid)) = (by_payer, paid) {
        drawing.put(bar(&paid.name, names, &by_payer.payers, &paid.paid));
        let residents = paid.paid.last().copied().unwrap_or_default();
        let part = percent(residents, paid.amount);
        drawing.text("small", "", &[&editing.say("term.residents"), " ", &part].concat());
    }
    drawing.close();
    order(drawing, "lines", line, &name, &named_at);
    drawing.close();
    // Before there is a roster nobody carries any line, which the page says once.
    match editing.standing.households {
        0 => drawing.put(Html::default()),
        _ => drawing.problems(),
    }
    begin_fold(drawing);
    kind(drawing, is_individual);
    let mut summary = Vec::new();
    for (aspect, name, values) in ASPECTS {
        let value = drawing.written(aspect);
        if !value.is_empty() {
            summary.push(editing.say(&dot(aspect, value)));
        }
        drawing.choice(aspect, [name, "page.list.none", aspect], values);
    }
    drawing.draw(line::draw);
    if is_individual {
        summary.push(editing.say("page.works.charges"));
        // What comes after keeps its place.
        for _ in 0..4 {
            drawing.put(Html::default());
        }
    } else {
        amount(drawing, &mut summary);
        scope(drawing, &mut summary);
        drawing.draw(joins::draw);
        sharing(drawing, &mut summary);
    }
    note_and_id(drawing, named_at);
    fold(drawing, &summary.join(" · "));
    drawing.close_as(key(editing, "lines", line));
}

/// Whether all pay for a line or each household for its own: each has fields of its own.
fn kind(drawing: &mut Drawing<'_>, is_individual: bool) {
    let editing = drawing.editing;
    let of = |field: &str| dot(&drawing.path, field);
    let mut shared = Vec::new();
    let mut individual = Vec::new();
    for field in ["kind", "charges", "final_charges"] {
        shared.push(Change::Remove { path: of(field) });
    }
    for field in ["amount", "rate_of", "pieces", "storeys", "scope", "share_by", "final", "life"] {
        individual.push(Change::Remove { path: of(field) });
    }
    let text = KINDS[1].to_owned();
    individual.push(Change::Write { path: of("kind"), text: text.clone() });
    individual.push(Change::Put { path: of("charges"), json: "{}".to_owned(), at: None });
    let choices = vec![
        (String::new(), editing.say("page.kind.shared"), shared),
        (text, editing.say("page.kind.individual"), individual),
    ];
    let chosen = if is_individual { KINDS[1] } else { "" };
    drawing.pick("kind", "page.works.kind", chosen, choices);
}

/// What a shared line costs: an amount, or a part of other lines; and how many pieces it is.
fn amount(drawing: &mut Drawing<'_>, summary: &mut Vec<String>) {
    let editing = drawing.editing;
    let path = dot(&drawing.path, "rate_of");
    let is_part = is_part(editing, &drawing.path);
    let remove = |path: &str| Change::Remove { path: path.to_owned() };
    let amount = dot(&drawing.path, "amount");
    let json = r#"{"rate":"5%"}"#.to_owned();
    let choices = vec![
        (String::new(), editing.say("page.works.amount-given"), vec![remove(&path)]),
        (
            "part".to_owned(),
            editing.say("page.works.amount-part"),
            vec![remove(&amount), Change::Put { path: path.clone(), json, at: None }],
        ),
    ];
    drawing.open("div", "wide");
    drawing.pick("rate_of", "page.works.amount", if is_part { "part" } else { "" }, choices);
    if is_part {
        let rate = editing.text(&dot(&path, "rate")).to_owned();
        summary.push(say_with(editing.language, "page.works.is-part", &[("rate", &rate)]));
        drawing.fields(&PART);
        let own = drawing.written("id");
        let mut others = Vec::new();
        for index in 0..length(editing, "lines") {
            let line = at("lines", index);
            let id = editing.text(&dot(&line, "id"));
            if id != own && !self::is_part(editing, &line) {
                others.push((id.to_owned(), title(editing, &line)));
            }
        }
        let legend = editing.say("page.works.part-of");
        drawing.put(ticks(editing, &dot(&path, "lines"), legend, others));
    } else {
        drawing.put(Html::default());
        drawing.put(Html::default());
    }
    drawing.fields(&PIECES);
    drawing.close();
}

/// Who benefits from a line.
fn scope(drawing: &mut Drawing<'_>, summary: &mut Vec<String>) {
    let editing = drawing.editing;
    let path = dot(&drawing.path, "scope");
    let is_some = editing.form.document.value(&path).is_some();
    let everybody = editing.say("page.works.everybody");
    let put = Change::Put { path: path.clone(), json: "{}".to_owned(), at: None };
    let choices = vec![
        (String::new(), everybody.clone(), vec![Change::Remove { path: path.clone() }]),
        ("some".to_owned(), editing.say("page.works.some"), vec![put]),
    ];
    drawing.open("div", "wide");
    drawing.pick("scope", "page.works.scope", if is_some { "some" } else { "" }, choices);
    if !is_some {
        summary.push(everybody);
    }
    let comma = editing.say("page.list.comma");
    for (names, name, named) in BENEFICIARIES {
        if !is_some {
            drawing.put(Html::default());
            continue;
        }
        let path = dot(&path, names);
        let listed = list(editing, &path).join(&comma);
        if !listed.is_empty() {
            summary.push(say_with(editing.language, named, &[("names", &listed)]));
        }
        let known: Vec<(String, String)> = match names {
            "buildings" => {
                editing.rows.buildings.iter().map(|one| (one.clone(), one.clone())).collect()
            }
            "units" => {
                editing.rows.all_units.iter().map(|one| (one.clone(), unit(editing, one))).collect()
            }
            _ => {
                drawing.put(entry(editing, &path, &listed, name, Entered::List(path.clone())));
                continue;
            }
        };
        // Without a building the scope stays, for others to be ticked.
        let empty = Change::Put { path: path.clone(), json: "[]".to_owned(), at: None };
        drawing.put(ticks_or(editing, &path, editing.say(name), known, empty));
    }
    drawing.close();
}

/// What a unit is called that a plan writes as `3/1`.
fn unit(editing: &Editing, written: &str) -> String {
    let Some((building, unit)) = written.split_once('/') else { return written.to_owned() };
    let said = |key: &str, one: &str| say_with(editing.language, key, &[("one", one)]);
    [said("page.roster.buildings-one", building), said("page.roster.units-one", unit)].join(" ")
}

/// The way in which a line is shared, by its name among texts.
fn way(editing: &Editing, path: &str) -> &'static str {
    let text = |field: &str| editing.text(&dot(path, field));
    let is_there = |field: &str| editing.form.document.value(&dot(path, field)).is_some();
    match (editing.text(path), text("times"), text("within")) {
        ("household", _, _) => "household",
        _ if is_there("column") => "column",
        _ if !is_there("table") => "area",
        (_, "area", _) => "coefficient-times-area",
        (_, _, "area") => "floors-by-area",
        (_, _, "household") => "floors-by-household",
        _ => "coefficient",
    }
}

/// How a line is shared.
fn sharing(drawing: &mut Drawing<'_>, summary: &mut Vec<String>) {
    let editing = drawing.editing;
    let path = dot(&drawing.path, "share_by");
    let way = way(editing, &path);
    let tables = keys(editing, "tables");
    let table = drawing.written("share_by.table");
    let column = columns(editing).next().unwrap_or_default();
    let mut choices = Vec::new();
    for (way, rest) in WAYS {
        let mut changes = Vec::new();
        let json = match way {
            "area" | "household" => quote(way),
            "column" => [r#"{"column":"#, &quote(&column), "}"].concat(),
            _ => {
                // A line that is shared by a table needs one.
                let new = new_path(editing);
                let name = match (table, tables.first()) {
                    ("", Some(first)) => first,
                    ("", None) => {
                        let (path, json) = (new.clone(), new_table(editing));
                        changes.push(Change::Put { path, json, at: None });
                        new.trim_start_matches("tables.")
                    }
                    (table, _) => table,
                };
                [r#"{"table":"#, &quote(name), rest, "}"].concat()
            }
        };
        changes.push(Change::Put { path: path.clone(), json, at: None });
        choices.push((way.to_owned(), editing.say(&dot("share-by", way)), changes));
    }
    summary.push(editing.say(&dot("share-by", way)));
    drawing.open("div", "wide");
    drawing.pick("share_by", "page.works.share", way, choices);
    match way {
        "area" | "household" => drawing.put(Html::default()),
        "column" => {
            let name = editing.say("page.works.column");
            let label = Label { name, options: "weight-columns", ..Label::default() };
            drawing.put(field::field(editing, &dot(&path, "column"), label));
        }
        _ => {
            let mut choices = Vec::new();
            for text in tables {
                let write = Change::Write { path: dot(&path, "table"), text: text.clone() };
                choices.push((text.clone(), text, vec![write]));
            }
            drawing.pick("share_by.table", "page.works.table", table, choices);
        }
    }
    drawing.close();
}

/// The columns of weights that the roster has.
fn columns(editing: &Editing) -> impl Iterator<Item = String> {
    let columns = editing.rows.columns.iter().filter_map(|one| one.name.strip_prefix("weights."));
    columns.map(|one| one.trim_matches('"').to_owned())
}

/// The columns of weights, to choose from.
fn weights(editing: &Editing) -> Html {
    let columns = columns(editing).map(|column| tag("option", &["value"], &[&column], ""));
    tag("datalist", &["id"], &["weight-columns"], all(columns.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yuan_are_read_as_fen() {
        let cases = [
            ("680000.00", Some(68_000_000)),
            ("12.5", Some(1250)),
            ("7", Some(700)),
            ("", Some(0)),
        ];
        for (yuan, read) in cases {
            assert_eq!(fen(yuan), read.map(Fen), "{yuan}");
        }
        assert_eq!([fen("1.005"), fen("68万"), fen("-1")], [None; 3]);
    }
}
