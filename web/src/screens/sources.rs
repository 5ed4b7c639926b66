//! Who pays before the residents.

use fentan_core::Change;
use fentan_words::{money, printable, say_with};
use yew::Html;

use crate::by_payer::Payer;
use crate::message::Outcome;
use crate::page::Page;
use crate::parts::drawing::Drawing;
use crate::parts::editing::Editing;
use crate::parts::elements::element;
use crate::parts::field::{self, Blank, dot, length, list, rate, ticks, words};
use crate::parts::part::{
    adder, append, at, begin_fold, fold, free_id, key, mentions, note_and_id, order, part, quote,
    remover, title, titles,
};
use crate::screens::works::{CATEGORIES, KINDS, PIPELINES, TIERS};
use crate::typed::Reading;

/// The kinds of sources.
const SOURCES: [&str; 9] = [
    "central",
    "provincial",
    "city",
    "county",
    "pipeline_owner",
    "original_owner",
    "social_capital",
    "donation",
    "other",
];

/// What bounds a source.
const LIMITS: [Blank; 5] = [
    rate("rate", "page.limit.rate", ""),
    field::money("amount", "page.limit.amount", "page.unit.amount"),
    field::money("per_household", "page.limit.per_household", "page.unit.per_household"),
    field::money("per_area", "page.limit.per_area", "page.unit.per_area"),
    field::money("per_piece", "page.limit.per_piece", "page.unit.per_piece"),
];

/// A step of what is paid for a piece, by the storeys of its building.
const STEP: [Blank; 2] = [
    Blank { reading: Reading::NUMBER, ..words("storeys_to", "page.sources.storeys-to") },
    field::money("amount", "page.limit.per_piece", "page.unit.per_piece"),
];

/// What a source can name of lines: the field, what it is called, where the names of the values
/// are, and the values.
const COVERS: [(&str, &str, &str, &[&str]); 4] = [
    ("covers.tiers", "page.sources.tiers", "tier", &TIERS),
    ("covers.categories", "page.sources.categories", "category", &CATEGORIES),
    ("covers.pipelines", "page.sources.pipelines", "pipeline", &PIPELINES),
    ("covers.kinds", "page.sources.kinds", "page.kind", &KINDS),
];

/// Who pays before the residents, in order.
pub fn sources(page: &Page, editing: &Editing) -> Html {
    let mut drawing = Drawing::new(editing);
    drawing.open("", "");
    drawing.open("ol", "parts");
    for source in 0..length(editing, "sources") {
        card(&mut drawing, page.outcome.as_deref(), source);
    }
    drawing.close();
    drawing.path = "sources".to_owned();
    drawing.fills();
    drawing.say("h3", "", "page.sources.add");
    drawing.open("div", "tools");
    for kind in SOURCES {
        let pipelines = if kind == "pipeline_owner" { &PIPELINES[..] } else { &[""] };
        for pipeline in pipelines {
            add(&mut drawing, kind, pipeline);
        }
    }
    drawing.close();
    part(&mut drawing, "sources");
    drawing.finish()
}

/// A button that adds a source, with what it pays for as a rule: public money for basic works
/// (国办发〔2020〕23号), an owner of pipelines for its own, investors for services [四(二)(四)].
fn add(drawing: &mut Drawing<'_>, kind: &str, pipeline: &str) {
    let editing = drawing.editing;
    let mut name = editing.say(&dot("source-kind", kind));
    let (list, value) = match kind {
        "central" | "provincial" => ("tiers", "basic"),
        "social_capital" => ("categories", "services"),
        "pipeline_owner" => {
            let of = editing.say(&dot("pipeline", pipeline));
            name = say_with(editing.language, "page.sources.owner", &[("pipeline", &of)]);
            ("pipelines", pipeline)
        }
        _ => ("", ""),
    };
    let covers = match list {
        "" => String::new(),
        _ => format!(r#","covers":{{"{list}":["{value}"]}}"#),
    };
    let id = free_id(editing, "source");
    let json = format!(r#"{{"id":"{id}","name":{},"kind":"{kind}"{covers}}}"#, quote(&name));
    let change = append(editing, "sources", json);
    let then = dot(&at("sources", length(editing, "sources")), "rate");
    adder(drawing, name, vec![change], then);
}

fn card(drawing: &mut Drawing<'_>, outcome: Option<&Outcome>, source: usize) {
    let editing = drawing.editing;
    drawing.path = at("sources", source);
    let name = title(editing, &drawing.path);
    let mut named_at = Vec::new();
    mentions(editing, drawing.written("id"), "minimum.reduces", &mut named_at);
    drawing.open("li", "");
    drawing.open("div", "head");
    drawing.text("span", "index", &(source + 1).to_string());
    drawing.fields(&[words("name", "term.name")]);
    drawing.choice("kind", ["term.kind", "page.list.none", "source-kind"], &SOURCES);
    drawing.open("dl", "gives");
    if let Some(outcome) = outcome {
        gives(drawing, outcome, source, &name);
    }
    drawing.close();
    order(drawing, "sources", source, &name, &named_at);
    drawing.close();
    drawing.open("div", "limits");
    // Where it is a list of steps, the steps stand below.
    let by_storeys = length(editing, &dot(&drawing.path, "per_piece")) > 0;
    drawing.fields(if by_storeys { &LIMITS[..4] } else { &LIMITS });
    drawing.close();
    if by_storeys {
        steps(drawing);
    } else {
        drawing.put(Html::default());
    }
    // A note stands where it is seen: it may say whose money the amount is.
    drawing.put(match drawing.written("note") {
        "" => Html::default(),
        note => element("p", "note wide", printable(note)),
    });
    drawing.problems();
    begin_fold(drawing);
    drawing.say("p", "note wide", "page.sources.covers-note");
    let mut summary = Vec::new();
    for (field, legend, names, values) in COVERS {
        let path = dot(&drawing.path, field);
        let name = |value: &str| editing.say(&dot(names, value));
        let mut choices = Vec::new();
        for value in values {
            choices.push(((*value).to_owned(), name(value)));
        }
        let mut ticked = list(editing, &path);
        for value in &mut ticked {
            *value = name(value);
        }
        if !ticked.is_empty() {
            summary.push(ticked.join(&editing.say("page.list.comma")));
        }
        drawing.put(ticks(editing, &path, editing.say(legend), choices));
    }
    let lines = dot(&drawing.path, "covers.lines");
    if editing.form.document.value(&lines).is_some() {
        let count = list(editing, &lines).len().to_string();
        summary.push(say_with(editing.language, "page.sources.named", &[("count", &count)]));
    }
    if summary.is_empty() {
        summary.push(editing.say("page.sources.everything"));
    }
    counted(drawing, by_storeys);
    let legend = editing.say("page.sources.lines");
    drawing.put(ticks(editing, &lines, legend, titles(editing, "lines")));
    note_and_id(drawing, named_at);
    let what = summary.join(" · ");
    fold(drawing, &say_with(editing.language, "page.sources.covers", &[("what", &what)]));
    drawing.close_as(key(editing, "sources", source));
}

/// What a source pays for a piece, step by step of the storeys.
fn steps(drawing: &mut Drawing<'_>) {
    let editing = drawing.editing;
    let source = std::mem::take(&mut drawing.path);
    let path = dot(&source, "per_piece");
    let count = length(editing, &path);
    drawing.open("ul", "steps");
    for step in 0..count {
        drawing.path = at(&path, step);
        drawing.open("li", "limits");
        drawing.fields(&STEP);
        let name =
            say_with(editing.language, "page.sources.step", &[("number", &(step + 1).to_string())]);
        let own = drawing.path.clone();
        let change = match count {
            1 => Change::Remove { path: path.clone() },
            _ => Change::Remove { path: own.clone() },
        };
        remover(drawing, &own, &name, vec![change]);
        drawing.close();
    }
    drawing.open("li", "");
    // The last may be without a bound, and stays the last.
    let new = at(&path, count.saturating_sub(1));
    let add = Change::Insert { path: new.clone(), json: r#"{"amount":""}"#.to_owned() };
    adder(drawing, editing.say("page.sources.add-step"), vec![add], dot(&new, "storeys_to"));
    drawing.close();
    drawing.close();
    drawing.path = path;
    drawing.problems();
    drawing.path = source;
}

/// Whose number and area count, and whether pieces are paid for by storeys.
fn counted(drawing: &mut Drawing<'_>, by_storeys: bool) {
    let editing = drawing.editing;
    drawing.open("div", "wide");
    let names = ["page.sources.over", "page.sources.over-plan", "page.sources"];
    drawing.choice("over", names, &["served"]);
    let path = dot(&drawing.path, "per_piece");
    // A step without an amount is told as a problem: zero would be one in silence.
    let step = |text: &str| [r#"{"amount":"#, &quote(text), "}"].concat();
    let put = |json: String| Change::Put { path: path.clone(), json, at: None };
    let (amount, chosen) = match by_storeys {
        true => (editing.text(&dot(&at(&path, 0), "amount")), "storeys"),
        false => (editing.text(&path), ""),
    };
    let alike = match amount {
        "" => Change::Clear { path: path.clone() },
        amount => put(quote(amount)),
    };
    let choices = vec![
        (String::new(), editing.say("page.sources.alike"), vec![alike]),
        (
            "storeys".to_owned(),
            editing.say("page.sources.by-storeys"),
            vec![put(["[", &step(amount), "]"].concat())],
        ),
    ];
    drawing.pick("per_piece", "page.sources.pieces", chosen, choices);
    drawing.close();
}

/// What a source may pay in all and what it pays, as the last split has it.
fn gives(drawing: &mut Drawing<'_>, outcome: &Outcome, source: usize, name: &str) {
    // Sources that were moved since the last split are not where it has them.
    if let Some(Payer::Source { name: payer }) = outcome.by_payer.payers.get(source)
        && payer == name
    {
        drawing.say("dt", "", "term.offer");
        match outcome.offers.get(source) {
            Some(Some(offer)) => drawing.text("dd", "amount", &money(*offer)),
            _ => drawing.say("dd", "", "term.unlimited"),
        }
        drawing.say("dt", "", "term.paid");
        drawing.text("dd", "amount", &money(outcome.by_payer.totals[source]));
    }
}
