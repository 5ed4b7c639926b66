//! The canonical form that digests are taken of: JSON by RFC 8785, with every number as a text.

use std::borrow::Cow;
use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord};
use sha2::{Digest as _, Sha256};

use super::Digest;
use crate::document::{Document, Value, utf8};
use crate::plan::RosterFile;
use crate::plan::{CHARGE, JOINS, WEIGHT};

/// So many bytes are hashed at once.
const BLOCK: usize = 1 << 16;

/// By line, what the columns of a roster say that each household is charged.
type Charges<'r> = BTreeMap<&'r str, Vec<(Cow<'static, str>, Value<'static>)>>;

/// Hashes canonical JSON as it is written.
#[derive(Default)]
pub(super) struct Canonical {
    hasher: Sha256,
    unhashed: Vec<u8>,
}

/// What stands under a name of the outermost table, where the roster is apart from it.
enum Part<'v> {
    Value(&'v Value<'v>),
    Lines(&'v Value<'v>),
    Households,
}

impl Canonical {
    pub(super) fn digest(mut self) -> Digest {
        self.hasher.update(&self.unhashed);
        Digest(self.hasher.finalize().into())
    }

    pub(super) fn value(&mut self, value: &Value<'_>) {
        match value {
            // A plan that can be read holds neither.
            Value::Null | Value::Moment => self.raw("null"),
            Value::Boolean(true) => self.raw("true"),
            Value::Boolean(false) => self.raw("false"),
            Value::Text(text) | Value::Number(text) => self.text(text),
            Value::List(list) => self.list(list, Canonical::value),
            Value::Fields(fields) => {
                let fields = fields.iter().map(|(key, value)| (key.as_ref(), value)).collect();
                self.fields(fields, Canonical::value);
            }
        }
    }

    /// A plan and the table that holds its households and what they are charged, as if all of it
    /// stood in the plan.
    pub(super) fn plan(&mut self, document: &Document<'_>, roster: RosterFile<'_>) {
        // What is no text belongs to no plan that can be read.
        let text = utf8(roster.bytes).unwrap_or_default();
        let mut table = ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let heading = table.headers().cloned().unwrap_or_default();
        let charged = heading.iter().filter_map(|name| name.strip_prefix(CHARGE));
        let mut charges: Charges<'_> = charged.map(|line| (line, Vec::new())).collect();
        let mut parts = vec![("households", Part::Households)];
        parts.extend(document.root().fields().iter().map(|(key, value)| match key.as_ref() {
            "lines" => ("lines", Part::Lines(value)),
            key => (key, Part::Value(value)),
        }));
        // By their names the households come before the lines, when all charges are known.
        self.fields(parts, |canonical, part| match part {
            Part::Value(value) => canonical.value(value),
            Part::Lines(lines) => canonical.list(lines.list(), |canonical, line| {
                canonical.value(&with_charges(line, &charges))
            }),
            Part::Households => {
                let rows = table.records().flatten();
                let rows = rows.filter(|row| !row.iter().all(str::is_empty));
                canonical.list(rows, |canonical, row| {
                    canonical.value(&household(&heading, &row, &mut charges));
                });
            }
        });
    }

    fn list<T>(
        &mut self,
        list: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Canonical, T),
    ) {
        self.raw("[");
        for (index, one) in list.into_iter().enumerate() {
            if index > 0 {
                self.raw(",");
            }
            write(self, one);
        }
        self.raw("]");
    }

    /// Fields in the order of their names in UTF-16, as RFC 8785 has it.
    fn fields<T>(&mut self, mut fields: Vec<(&str, T)>, mut write: impl FnMut(&mut Canonical, T)) {
        fields.sort_by(|(one, _), (other, _)| one.encode_utf16().cmp(other.encode_utf16()));
        self.raw("{");
        for (index, (name, value)) in fields.into_iter().enumerate() {
            if index > 0 {
                self.raw(",");
            }
            self.text(name);
            self.raw(":");
            write(self, value);
        }
        self.raw("}");
    }

    /// A quoted text, escaped as serde_json does it, which is as RFC 8785 has it.
    fn text(&mut self, text: &str) {
        // Nothing written into memory fails.
        let _ = serde_json::to_writer(&mut self.unhashed, text);
        if self.unhashed.len() >= BLOCK {
            self.hasher.update(&self.unhashed);
            self.unhashed.clear();
        }
    }

    fn raw(&mut self, text: &str) {
        self.unhashed.extend_from_slice(text.as_bytes());
    }
}

/// A row of the roster as the household it is in a plan; its charges are set aside.
fn household<'r>(
    heading: &StringRecord,
    row: &'r StringRecord,
    charges: &mut Charges<'_>,
) -> Value<'r> {
    let id = heading.iter().position(|name| name == "id").and_then(|column| row.get(column));
    let (mut fields, mut weights, mut joins) = (Vec::new(), Vec::new(), Vec::new());
    for (name, cell) in heading.iter().zip(row).filter(|(_, cell)| !cell.is_empty()) {
        let value = Value::Text(Cow::Borrowed(cell));
        if let Some(charges) = name.strip_prefix(CHARGE).and_then(|line| charges.get_mut(line)) {
            charges.push((Cow::Owned(id.unwrap_or_default().to_owned()), value.into_owned()));
        } else if let Some(column) = name.strip_prefix(WEIGHT) {
            weights.push((Cow::Owned(column.to_owned()), value));
        } else if let Some(line) = name.strip_prefix(JOINS) {
            joins.push((Cow::Owned(line.to_owned()), Value::Boolean(cell == "yes")));
        } else if name == "hardship" && cell.contains('+') {
            let codes = cell.split('+').map(|code| Value::Text(Cow::Borrowed(code)));
            fields.push((Cow::Borrowed("hardship"), Value::List(codes.collect())));
        } else {
            fields.push((Cow::Owned(name.to_owned()), value));
        }
    }
    for (name, values) in [("weights", weights), ("joins", joins)] {
        if !values.is_empty() {
            fields.push((Cow::Borrowed(name), Value::Fields(values)));
        }
    }
    Value::Fields(fields)
}

/// A line of the plan with what the roster charges for it.
fn with_charges<'v>(line: &'v Value<'v>, charges: &Charges<'_>) -> Cow<'v, Value<'v>> {
    let id = line.get("id").and_then(Value::text).unwrap_or_default();
    let Some(added) = charges.get(id) else {
        return Cow::Borrowed(line);
    };
    let mut charged = line.get("charges").map_or(&[][..], Value::fields).to_vec();
    charged.extend(added.iter().cloned());
    let rest = line.fields().iter().filter(|(name, _)| name != "charges").cloned();
    let charged = (Cow::Borrowed("charges"), Value::Fields(charged));
    Cow::Owned(Value::Fields(rest.chain([charged]).collect()))
}
