//! The canonical form that digests are taken of: JSON by RFC 8785, with every number as a text.

use sha2::{Digest as _, Sha256};

use super::Digest;
use crate::document::{Document, Value};
use crate::plan::{RosterFile, RosterRows};

/// How many bytes are hashed at once.
const BLOCK: usize = 1 << 16;

/// Hashes canonical JSON as it is written.
#[derive(Default)]
pub(super) struct Canonical {
    hasher: Sha256,
    unhashed: Vec<u8>,
}

/// The value of an outermost field of a plan whose roster is in a file of its own.
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

    /// Fields without the one of this name.
    pub(super) fn without(&mut self, value: &Value<'_>, name: &str) {
        let fields = value.fields().iter().filter(|(key, _)| key != name);
        self.fields(fields.map(|(key, value)| (key.as_ref(), value)).collect(), Canonical::value);
    }

    /// A plan with a roster file, as if the roster were in the plan.
    pub(super) fn plan(&mut self, document: &Document<'_>, roster: RosterFile<'_>) {
        let mut rows = RosterRows::of(roster);
        let mut parts = vec![("households", Part::Households)];
        parts.extend(document.root().fields().iter().map(|(key, value)| match key.as_ref() {
            "lines" => ("lines", Part::Lines(value)),
            key => (key, Part::Value(value)),
        }));
        // By their names the households come before the lines, when all charges are known.
        self.fields(parts, |canonical, part| match part {
            Part::Value(value) => canonical.value(value),
            Part::Lines(lines) => canonical.list(lines.list(), |canonical, line| {
                canonical.value(&rows.with_charges(line));
            }),
            Part::Households => canonical.households(&mut rows),
        });
    }

    fn households(&mut self, rows: &mut RosterRows<'_>) {
        self.raw("[");
        let mut is_first = true;
        rows.for_each(|household| {
            if !std::mem::take(&mut is_first) {
                self.raw(",");
            }
            self.value(&household);
        });
        self.raw("]");
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
        // Writing into memory does not fail.
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
