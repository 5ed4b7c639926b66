//! Reading and writing JSON: digits are kept as written, and so are duplicate keys.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::{Serialize, Serializer};

use super::{Document, Value};
use crate::problem::{Cause, Problem};

/// Under this key `serde_json` hands over, with all its digits, a number that is no plain integer.
const NUMBER: &str = "$serde_json::private::Number";

/// Reads JSON of as many values as a document may hold.
pub(super) fn read(text: &str) -> Result<Value<'_>, Problem> {
    read_within(text, Document::MOST_VALUES)
}

pub(super) fn read_within(text: &str, most: usize) -> Result<Value<'_>, Problem> {
    let budget = Cell::new(most);
    let mut json = serde_json::Deserializer::from_str(text);
    ReadValue(&budget).deserialize(&mut json).and_then(|value| json.end().map(|()| value)).map_err(
        |error| {
            Problem::of_file(match budget.get() {
                0 => Cause::FileTooLarge,
                _ => Cause::BadSyntax {
                    line: error.line() as u64,
                    column: error.column() as u64,
                    detail: without_position(&error),
                },
            })
        },
    )
}

/// As in JSON, with every number as it was written; one that JSON has no form for becomes a text.
impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null | Value::Moment => serializer.serialize_unit(),
            Value::Boolean(value) => serializer.serialize_bool(*value),
            Value::Text(text) => serializer.serialize_str(text),
            Value::Number(written) => match serde_json::from_str::<serde_json::Number>(written) {
                Ok(number) => number.serialize(serializer),
                Err(_) => serializer.serialize_str(written),
            },
            Value::List(list) => serializer.collect_seq(list),
            Value::Fields(fields) => {
                serializer.collect_map(fields.iter().map(|(key, value)| (key, value)))
            }
        }
    }
}

/// A document without one of its outermost fields.
pub(super) struct Without<'d> {
    pub(super) document: &'d Document<'d>,
    pub(super) name: &'d str,
}

impl Serialize for Without<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.document.root() {
            Value::Fields(fields) => {
                let fields = fields.iter().filter(|(key, _)| key != self.name);
                serializer.collect_map(fields.map(|(key, value)| (key, value)))
            }
            other => other.serialize(serializer),
        }
    }
}

/// The parser's words without the position, which is told apart.
fn without_position(error: &serde_json::Error) -> String {
    let detail = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    detail.strip_suffix(&position).map(str::to_owned).unwrap_or(detail)
}

/// Reads one value and counts it against what a document may hold.
#[derive(Clone, Copy)]
struct ReadValue<'b>(&'b Cell<usize>);

impl<'de> DeserializeSeed<'de> for ReadValue<'_> {
    type Value = Value<'de>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Value<'de>, D::Error> {
        match self.0.get() {
            0 => Err(D::Error::custom("too many values")),
            left => {
                self.0.set(left - 1);
                json.deserialize_any(self)
            }
        }
    }
}

impl<'de> Visitor<'de> for ReadValue<'_> {
    type Value = Value<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value<'de>, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value<'de>, E> {
        Ok(Value::Boolean(value))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value<'de>, E> {
        Ok(Value::Number(Cow::Owned(number.to_string())))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value<'de>, E> {
        Ok(Value::Number(Cow::Owned(number.to_string())))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value<'de>, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(self)? {
            values.push(value);
        }
        Ok(Value::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value<'de>, A::Error> {
        let mut fields = Vec::new();
        while let Some(key) = map.next_key_seed(ReadKey)? {
            if key == NUMBER {
                return map
                    .next_value::<String>()
                    .map(|written| Value::Number(Cow::Owned(written)));
            }
            fields.push((key, map.next_value_seed(self)?));
        }
        Ok(Value::Fields(fields))
    }
}

/// Reads a key, borrowed wherever the file has it without escapes.
struct ReadKey;

impl<'de> DeserializeSeed<'de> for ReadKey {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Cow<'de, str>, D::Error> {
        json.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for ReadKey {
    type Value = Cow<'de, str>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn number_stays(written: &str) {
        assert_eq!(read(written), Ok(Value::Number(Cow::Borrowed(written))));
    }

    #[test]
    fn numbers_keep_their_digits() {
        for written in ["0", "1", "-1", "1.5", "1.10", "123456789012345678901234567890"] {
            number_stays(written);
        }
    }

    #[test]
    fn broken_text_is_refused_with_its_position() {
        for broken in ["", "{", "[1,", "{\"a\":}", "{} {}", "\u{0}", "nul"] {
            assert!(matches!(
                read(broken).expect_err("no document").cause,
                Cause::BadSyntax { line: 1, .. }
            ));
        }
        let deep = "[".repeat(100_000);
        assert!(matches!(read(&deep).expect_err("no document").cause, Cause::BadSyntax { .. }));
    }
}
