//! Reading TOML, with the digits of numbers as written.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use super::{Document, Value, position};
use crate::place::Place;
use crate::problem::{Cause, Problem};

/// The beginning of the parser's message for a duplicate key.
const DUPLICATE_KEY: &str = "duplicate key";

/// TOML is for plans written by hand, and its parser holds a multiple of the text in memory.
const MOST_BYTES: usize = 32 << 20;

/// Reads TOML; returns the document and the paths of its duplicate keys.
pub(super) fn read(text: &str) -> Result<(Value<'_>, Vec<String>), Problem> {
    if text.len() > MOST_BYTES {
        return Err(Problem::of_file(Cause::FileTooLarge));
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut duplicate_keys = Vec::new();
    for error in &errors {
        if error.message().starts_with(DUPLICATE_KEY) {
            duplicate_keys.push(duplicate_path(text, table.get_ref(), error));
        } else {
            return Err(syntax(text, error));
        }
    }
    let mut budget = Document::MOST_VALUES;
    let root = fields(table.into_inner(), &mut budget)?;
    Ok((root, duplicate_keys))
}

fn syntax(text: &str, error: &Error) -> Problem {
    let offset = error.span().map_or(text.len(), |span| span.start);
    let (line, column) = position(text.as_bytes(), offset);
    Problem::of_file(Cause::BadSyntax { line, column, detail: error.message().to_owned() })
}

fn value<'i>(parsed: DeValue<'i>, budget: &mut usize) -> Result<Value<'i>, Problem> {
    *budget = budget.checked_sub(1).ok_or_else(|| Problem::of_file(Cause::FileTooLarge))?;
    Ok(match parsed {
        DeValue::String(text) => Value::Text(text),
        DeValue::Integer(number) if number.radix() == 10 => {
            Value::Number(Cow::Owned(number.as_str().to_owned()))
        }
        DeValue::Integer(number) => Value::Number(Cow::Owned(number.to_string())),
        DeValue::Float(number) => Value::Number(Cow::Owned(number.as_str().to_owned())),
        DeValue::Boolean(value) => Value::Boolean(value),
        DeValue::Datetime(_) => Value::Moment,
        DeValue::Array(list) => Value::List(
            list.into_iter()
                .map(|element| value(element.into_inner(), budget))
                .collect::<Result<_, _>>()?,
        ),
        DeValue::Table(table) => fields(table, budget)?,
    })
}

/// The table's fields, in the order of the file.
fn fields<'i>(table: DeTable<'i>, budget: &mut usize) -> Result<Value<'i>, Problem> {
    let mut entries: Vec<_> = table.into_iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    let fields = entries
        .into_iter()
        .map(|(key, parsed)| Ok((key.into_inner(), value(parsed.into_inner(), budget)?)));
    Ok(Value::Fields(fields.collect::<Result<_, _>>()?))
}

/// The path of a duplicate key: that of the nearest key before it of the same name.
fn duplicate_path(text: &str, table: &DeTable<'_>, error: &Error) -> String {
    let span = error.span().unwrap_or_default();
    let key = text.get(span.clone()).unwrap_or_default().trim_matches(['"', '\'']);
    let mut nearest = None;
    find_key(table, &Place::Root, key, &span, &mut nearest);
    nearest.map_or_else(|| key.to_owned(), |(_, path)| path)
}

fn find_key(
    table: &DeTable<'_>,
    place: &Place<'_>,
    key: &str,
    before: &Range<usize>,
    nearest: &mut Option<(usize, String)>,
) {
    for (name, value) in table {
        let start = name.span().start;
        let place = place.field(name.get_ref());
        if name.get_ref() == key
            && start < before.start
            && nearest.as_ref().is_none_or(|(found, _)| *found < start)
        {
            *nearest = Some((start, place.to_string()));
        }
        find_key_in(value, &place, key, before, nearest);
    }
}

fn find_key_in(
    value: &Spanned<DeValue<'_>>,
    place: &Place<'_>,
    key: &str,
    before: &Range<usize>,
    nearest: &mut Option<(usize, String)>,
) {
    match value.get_ref() {
        DeValue::Table(table) => find_key(table, place, key, before, nearest),
        DeValue::Array(list) => {
            for (index, element) in list.iter().enumerate() {
                find_key_in(element, &place.index(index), key, before, nearest);
            }
        }
        _ => {}
    }
}
