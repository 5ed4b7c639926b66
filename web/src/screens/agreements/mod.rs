//! What the residents agreed on, and how they pay.

mod odd_fen;
mod uses;

use fentan_core::Change;
use yew::Html;

use crate::page::Page;
use crate::parts::drawing::Drawing;
use crate::parts::editing::Editing;
use crate::parts::field::{
    self, Blank, Entered, Label, dot, entry, keys, length, named, rate, ticks, words,
};
use crate::parts::part::{adder, append, at, free_id, order, part, quote, remover, title, titles};
use crate::typed::Reading;

/// Grounds of relief that have a name.
const HARDSHIPS: [&str; 4] = ["dibao", "tekun", "low_income", "disabled"];

/// How a household can pay: what is entered for it, and what it holds at first.
const CHANNELS: [(&str, &[Blank], &str); 4] = [
    ("in_kind", &[], r#"{"kind":"in_kind"}"#),
    (
        "public_revenue",
        &[field::money("amount", "page.channels.amount", "page.unit.amount")],
        r#"{"kind":"public_revenue","amount":"0"}"#,
    ),
    (
        "maintenance_fund",
        &[rate("keep", "page.channels.keep", "0%")],
        r#"{"kind":"maintenance_fund"}"#,
    ),
    ("provident_fund", &[], r#"{"kind":"provident_fund"}"#),
];

const MAINTENANCE: [Blank; 4] = [
    rate("threshold", "page.maintenance.threshold", "30%"),
    rate("target", "page.maintenance.target", "100%"),
    field::money("target_per_area", "page.maintenance.per-area", "page.unit.per_area"),
    field::money("first_per_area", "page.maintenance.first", "page.unit.per_area"),
];
const AT_LEAST: [Blank; 3] = [
    rate("basic", "tier.basic", "0%"),
    rate("improved", "tier.improved", "0%"),
    rate("upgraded", "tier.upgraded", "0%"),
];
const MINIMUM: [Blank; 2] = [
    field::money("per_household", "page.limit.per_household", "page.unit.per_household"),
    field::money("per_area", "page.limit.per_area", "page.unit.per_area"),
];
/// The most that a household is let off.
const MOST: [Blank; 1] = [field::money("most", "page.relief.most", "page.unit.per_household")];
const POT: [Blank; 2] =
    [words("name", "term.name"), field::money("amount", "term.amount", "page.unit.amount")];

/// What the residents agree on, and how they pay.
pub fn agreements(_: &Page, editing: &Editing) -> Html {
    let mut drawing = Drawing::new(editing);
    drawing.open("", "");
    relief(&mut drawing);
    part(&mut drawing, "relief");
    uses::uses(&mut drawing);
    odd_fen::odd_fen(&mut drawing);
    for (id, path, blanks) in [
        ("minimum", "minimum", &MINIMUM[..]),
        ("channels", "channels", &[]),
        ("maintenance", "maintenance", &MAINTENANCE),
        ("at-least", "residents_at_least", &AT_LEAST),
    ] {
        drawing.open("", "");
        if id == "channels" {
            channels(&mut drawing);
        }
        drawing.path = path.to_owned();
        drawing.open("div", "limits");
        drawing.fields(blanks);
        drawing.close();
        drawing.problems();
        if id == "minimum" {
            let legend = editing.say("page.minimum.reduces");
            let sources = titles(editing, "sources");
            drawing.put(ticks(editing, "minimum.reduces", legend, sources));
        }
        part(&mut drawing, id);
    }
    drawing.finish()
}

/// Who is let off how much, and who carries that.
fn relief(drawing: &mut Drawing<'_>) {
    let editing = drawing.editing;
    let rates = "relief.rates";
    let codes = keys(editing, rates);
    drawing.open("ul", "rates");
    for code in &codes {
        let path = named(rates, code);
        let is_known = HARDSHIPS.contains(&code.as_str());
        let name = if is_known { editing.say(&dot("hardship", code)) } else { code.clone() };
        drawing.open("li", "");
        let label = Label {
            name: name.clone(),
            unit: editing.say("page.unit.rate"),
            reading: Reading::RATE,
            ..Label::default()
        };
        drawing.put(field::field(editing, &path, label));
        remover(drawing, &path, &name, vec![Change::Clear { path: path.clone() }]);
        drawing.close();
    }
    drawing.close();
    drawing.path = "relief".to_owned();
    drawing.fills();
    drawing.open("div", "tools");
    for code in HARDSHIPS {
        if codes.iter().all(|one| one != code) {
            let path = dot(rates, code);
            let put = Change::Write { path: path.clone(), text: "100%".to_owned() };
            new(drawing, "hardship", code, put, path);
        }
    }
    let other = Entered::Named(rates.to_owned(), Err("100%"), Vec::new());
    drawing.put(entry(editing, "relief.other", "", "page.relief.other", other));
    drawing.close();
    drawing.open("div", "limits");
    drawing.fields(&MOST);
    drawing.close();
    drawing.say("h3", "", "term.relief-pot");
    drawing.say("p", "note", "page.relief.pot-note");
    drawing.open("div", "limits");
    let path = "relief.pot".to_owned();
    if editing.form.document.value(&path).is_some() {
        drawing.path = path.clone();
        drawing.fields(&POT);
        let name = title(editing, &path);
        remover(drawing, &path, &name, vec![Change::Clear { path: path.clone() }]);
    } else {
        let then = dot(&path, "amount");
        let (id, name) = (free_id(editing, "relief"), quote(&editing.say("term.relief-pot")));
        let json = format!(r#"{{"id":"{id}","name":{name},"amount":"0"}}"#);
        new(drawing, "term", "relief-pot", Change::Put { path, json, at: None }, then);
    }
    drawing.close();
}

/// A button that adds what is called by a name among texts.
fn new(drawing: &mut Drawing<'_>, names: &str, name: &str, change: Change, then: String) {
    let name = drawing.editing.say(&dot(names, name));
    adder(drawing, ["＋ ", &name].concat(), vec![change], then);
}

/// How a household pays, in order.
fn channels(drawing: &mut Drawing<'_>) {
    let editing = drawing.editing;
    let mut missing = CHANNELS.to_vec();
    let count = length(editing, "channels");
    drawing.open("ol", "parts");
    for channel in 0..count {
        drawing.path = at("channels", channel);
        let kind = drawing.written("kind");
        let found = missing.iter().position(|(one, ..)| *one == kind);
        let (_, blanks, _) = found.map(|found| missing.remove(found)).unwrap_or_default();
        let name = editing.say(&dot("channel", kind));
        drawing.open("li", "");
        drawing.open("div", "head");
        drawing.text("span", "index", &(channel + 1).to_string());
        drawing.text("strong", "", &name);
        drawing.open("span", "limits");
        drawing.fields(blanks);
        if kind == "maintenance_fund" {
            let names = ["page.channels.first", "page.channels.principal", "page.channels"];
            drawing.choice("first", names, &["interest"]);
        }
        if kind == "public_revenue" {
            let names = ["page.channels.over", "page.channels.all", "page.channels"];
            drawing.choice("over", names, &["owing"]);
        }
        drawing.close();
        order(drawing, "channels", channel, &name, &[]);
        drawing.close();
        drawing.path.push_str(".kind");
        drawing.problems();
        drawing.close();
    }
    drawing.close();
    drawing.say("p", "note", "page.channels.cash");
    drawing.open("div", "tools");
    for (kind, _, json) in missing {
        let then =
            dot(&at("channels", count), if kind == "maintenance_fund" { "keep" } else { "amount" });
        new(drawing, "channel", kind, append(editing, "channels", json.to_owned()), then);
    }
    drawing.close();
}
