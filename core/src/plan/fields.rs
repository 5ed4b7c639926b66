//! Reading the fields of a table; every problem is noted with its path.

use std::collections::HashSet;

use crate::day::{Day, NoDay, PartialDay};
use crate::document::Value;
use crate::number::Scalar;
use crate::place::Place;
use crate::problem::{Cause, Expected, Naming, Problems};

impl<'v> Scalar<'v> {
    pub(crate) fn of(value: &'v Value<'_>) -> Scalar<'v> {
        match value {
            Value::Text(text) => Scalar::Text(text),
            Value::Number(written) => Scalar::Number(written),
            _ => Scalar::Other,
        }
    }
}

/// The fields of one table of the plan, all of them known to the format.
pub(crate) struct Fields<'v> {
    fields: &'v [(std::borrow::Cow<'v, str>, Value<'v>)],
    place: Place<'v>,
}

impl<'v> Fields<'v> {
    /// Opens a table whose fields are `known`; other fields and duplicate keys are problems.
    pub(crate) fn open(
        value: &'v Value<'v>,
        place: Place<'v>,
        known: &[&str],
        problems: &mut Problems,
    ) -> Option<Fields<'v>> {
        let fields = entries(value, &place, problems)?;
        for (key, _) in fields {
            if !known.contains(&key.as_ref()) {
                problems.add_seen(
                    place.field(key),
                    key,
                    Cause::UnknownField {
                        known: known.iter().map(|&name| name.to_owned()).collect(),
                    },
                );
            }
        }
        Some(Fields { fields, place })
    }

    pub(crate) fn place(&self) -> &Place<'v> {
        &self.place
    }

    pub(crate) fn get(&self, name: &str) -> Option<&'v Value<'v>> {
        self.fields.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// A field that must not be missing.
    pub(crate) fn required(&self, name: &str, problems: &mut Problems) -> Option<&'v Value<'v>> {
        let value = self.get(name);
        if value.is_none() {
            problems.add(self.place.field(name), Cause::MissingField);
        }
        value
    }

    /// A number in the form that `read` reads, where it is given.
    pub(crate) fn number<T>(
        &self,
        name: &str,
        read: fn(Scalar<'_>) -> Result<T, Cause>,
        problems: &mut Problems,
    ) -> Option<T> {
        let scalar = Scalar::of(self.get(name)?);
        number(scalar, self.place.field(name), read, problems)
    }

    /// True or false, where it is given.
    pub(crate) fn boolean(&self, name: &str, problems: &mut Problems) -> Option<bool> {
        match self.get(name)? {
            Value::Boolean(value) => Some(*value),
            other => {
                wrong_type(other, &self.place.field(name), Expected::Boolean, problems);
                None
            }
        }
    }

    /// A text, where it is given.
    pub(crate) fn text(&self, name: &str, problems: &mut Problems) -> Option<&'v str> {
        text(self.get(name)?, &self.place.field(name), problems)
    }

    /// A day, where it is given.
    pub(crate) fn day(&self, name: &str, problems: &mut Problems) -> Option<Day> {
        self.date(name, Day::read, Expected::Day, problems)
    }

    /// A day that exists, where it is given; one that is none is a number written wrong.
    pub(crate) fn existing_day(&self, name: &str, problems: &mut Problems) -> Option<Day> {
        let written = self.text(name, problems)?;
        let day = Day::read(written).ok();
        if day.is_none() {
            problems.add_seen(self.place.field(name), written, Cause::NoDay);
        }
        day
    }

    /// A year, a month or a day, where it is given.
    pub(crate) fn partial_day(&self, name: &str, problems: &mut Problems) -> Option<PartialDay> {
        self.date(name, PartialDay::read, Expected::Date, problems)
    }

    fn date<T>(
        &self,
        name: &str,
        read: fn(&str) -> Result<T, NoDay>,
        expected: Expected,
        problems: &mut Problems,
    ) -> Option<T> {
        let written = self.text(name, problems)?;
        let date = read(written).ok();
        if date.is_none() {
            problems.add_seen(self.place.field(name), written, Cause::BadType { expected });
        }
        date
    }

    /// An id; a missing or empty one is a problem.
    pub(crate) fn id(&self, name: &str, problems: &mut Problems) -> Option<&'v str> {
        let value = self.required(name, problems)?;
        let id = text(value, &self.place.field(name), problems)?;
        if id.is_empty() {
            problems.add(self.place.field(name), Cause::MissingField);
            return None;
        }
        Some(id)
    }

    /// One of an enumeration's values, where it is given.
    pub(crate) fn choice<T: Copy>(
        &self,
        name: &str,
        all: &[T],
        as_str: fn(T) -> &'static str,
        problems: &mut Problems,
    ) -> Option<T> {
        let value = self.get(name)?;
        choice(value, &self.place.field(name), all, as_str, problems)
    }

    /// A list of an enumeration's values, where it is given.
    pub(crate) fn choices<T: Copy>(
        &self,
        name: &str,
        all: &[T],
        as_str: fn(T) -> &'static str,
        problems: &mut Problems,
    ) -> Option<Vec<T>> {
        let place = self.place.field(name);
        let list = list(self.get(name)?, &place, problems)?;
        Some(
            list.iter()
                .enumerate()
                .filter_map(|(index, value)| {
                    choice(value, &place.index(index), all, as_str, problems)
                })
                .collect(),
        )
    }
}

/// The entries of a table; duplicate keys are problems.
pub(crate) fn entries<'v>(
    value: &'v Value<'v>,
    place: &Place<'_>,
    problems: &mut Problems,
) -> Option<&'v [(std::borrow::Cow<'v, str>, Value<'v>)]> {
    let Value::Fields(fields) = value else {
        wrong_type(value, place, Expected::Fields, problems);
        return None;
    };
    let mut met = HashSet::with_capacity(fields.len());
    for (key, _) in fields {
        if !met.insert(key.as_ref()) {
            problems.add_seen(place.field(key), key, Cause::DuplicateKey);
        }
    }
    Some(fields)
}

pub(crate) fn list<'v>(
    value: &'v Value<'v>,
    place: &Place<'_>,
    problems: &mut Problems,
) -> Option<&'v [Value<'v>]> {
    match value {
        Value::List(list) => Some(list),
        _ => {
            wrong_type(value, place, Expected::List, problems);
            None
        }
    }
}

pub(crate) fn text<'v>(
    value: &'v Value<'v>,
    place: &Place<'_>,
    problems: &mut Problems,
) -> Option<&'v str> {
    match value {
        Value::Text(text) => Some(text),
        _ => {
            wrong_type(value, place, Expected::Text, problems);
            None
        }
    }
}

pub(crate) fn number<T>(
    scalar: Scalar<'_>,
    place: Place<'_>,
    read: fn(Scalar<'_>) -> Result<T, Cause>,
    problems: &mut Problems,
) -> Option<T> {
    read(scalar)
        .map_err(|cause| match scalar.seen() {
            Some(seen) => problems.add_seen(place, seen, cause),
            None => problems.add(place, cause),
        })
        .ok()
}

pub(crate) fn wrong_type(
    value: &Value<'_>,
    place: &Place<'_>,
    expected: Expected,
    problems: &mut Problems,
) {
    let cause = Cause::BadType { expected };
    match Scalar::of(value).seen() {
        Some(seen) => problems.add_seen(place, seen, cause),
        None => problems.add(place, cause),
    }
}

fn choice<T: Copy>(
    value: &Value<'_>,
    place: &Place<'_>,
    all: &[T],
    as_str: fn(T) -> &'static str,
    problems: &mut Problems,
) -> Option<T> {
    let Value::Text(seen) = value else {
        wrong_type(value, place, Expected::Text, problems);
        return None;
    };
    let found = all.iter().copied().find(|&one| as_str(one) == seen);
    if found.is_none() {
        let known = all.iter().map(|&one| as_str(one).to_owned()).collect();
        problems.add_seen(place, seen, Cause::UnknownId { naming: Naming::Listed, known });
    }
    found
}
