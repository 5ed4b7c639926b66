//! Who pays before the residents [四(一), 四(二), 四(四)].

use std::collections::HashMap;

use super::fields::{Fields, list, text};
use super::income;
use super::{Category, Covers, Kind, Line, Pipeline, Source, SourceKind, Tier};
use crate::document::Value;
use crate::number;
use crate::place::Place;
use crate::problem::{Cause, Naming, Problems};

/// Reads `sources`.
pub(crate) fn read(
    value: &Value<'_>,
    place: Place<'_>,
    lines: &[Line],
    problems: &mut Problems,
) -> Vec<Source> {
    let by_id: HashMap<&str, usize> =
        lines.iter().enumerate().map(|(index, line)| (line.id.as_str(), index)).collect();
    let sources: Vec<_> = list(value, &place, problems)
        .unwrap_or_default()
        .iter()
        .enumerate()
        .map(|(index, value)| read_source(value, place.index(index), lines, &by_id, problems))
        .collect();
    let mut first = HashMap::with_capacity(sources.len());
    for (index, source) in sources.iter().enumerate().filter(|(_, source)| !source.id.is_empty()) {
        let first = *first.entry(source.id.as_str()).or_insert(index);
        if first != index {
            let first = place.index(first).field("id").to_string();
            let cause = Cause::DuplicateId { first };
            problems.add_seen(place.index(index).field("id"), &source.id, cause);
        }
    }
    sources
}

fn read_source(
    value: &Value<'_>,
    place: Place<'_>,
    lines: &[Line],
    by_id: &HashMap<&str, usize>,
    problems: &mut Problems,
) -> Source {
    const LIMITS: &[&str] = &["rate", "amount", "per_household", "per_area"];
    const KNOWN: &[&str] = &[
        "id",
        "name",
        "note",
        "kind",
        "covers",
        "rate",
        "amount",
        "per_household",
        "per_area",
        "income",
    ];
    let mut source = Source {
        id: String::new(),
        name: None,
        note: None,
        kind: None,
        covers: Covers::default(),
        rate: None,
        amount: None,
        per_household: None,
        per_area: None,
        income: None,
    };
    let Some(fields) = Fields::open(value, place, KNOWN, problems) else {
        return source;
    };
    source.id = fields.id("id", problems).unwrap_or_default().to_owned();
    source.name = fields.text("name", problems).map(str::to_owned);
    source.note = fields.text("note", problems).map(str::to_owned);
    source.kind = fields.choice("kind", SourceKind::ALL, SourceKind::as_str, problems);
    source.rate = fields.number("rate", number::rate, problems);
    source.amount = fields.number("amount", number::money, problems);
    source.per_household = fields.number("per_household", number::money, problems);
    source.per_area = fields.number("per_area", number::money, problems);
    source.income = income::read(&fields, problems);
    if !LIMITS.iter().any(|limit| fields.has(limit)) {
        problems.add(place, Cause::NoLimit);
    }
    if let Some(value) = fields.get("covers") {
        source.covers = read_covers(value, place.field("covers"), lines, by_id, problems);
    }
    source
}

fn read_covers(
    value: &Value<'_>,
    place: Place<'_>,
    lines: &[Line],
    by_id: &HashMap<&str, usize>,
    problems: &mut Problems,
) -> Covers {
    const KNOWN: &[&str] = &["tiers", "categories", "pipelines", "kinds", "lines"];
    let Some(fields) = Fields::open(value, place, KNOWN, problems) else {
        return Covers::default();
    };
    let mut covers = Covers {
        tiers: fields.choices("tiers", Tier::ALL, Tier::as_str, problems),
        categories: fields.choices("categories", Category::ALL, Category::as_str, problems),
        pipelines: fields.choices("pipelines", Pipeline::ALL, Pipeline::as_str, problems),
        kinds: fields.choices("kinds", Kind::ALL, Kind::as_str, problems),
        lines: None,
    };
    let place = place.field("lines");
    let named = fields.get("lines").and_then(|value| list(value, &place, problems));
    covers.lines = named.map(|named| {
        let mut indices = Vec::with_capacity(named.len());
        for (index, id) in named.iter().enumerate() {
            let place = place.index(index);
            let Some(id) = text(id, &place, problems) else {
                continue;
            };
            let (naming, known) = match by_id.get(id) {
                Some(&line) if covers.takes_in(lines[line].kind()) || lines[line].is_shared() => {
                    indices.push(line);
                    continue;
                }
                Some(_) => (Naming::CoveredLine, Vec::new()),
                None => (Naming::Line, lines.iter().map(|line| line.id.clone()).collect()),
            };
            problems.add_seen(place, id, Cause::UnknownId { naming, known });
        }
        indices
    });
    covers
}
