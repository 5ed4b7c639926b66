//! The fields of a household, and one household's values from a plan or a table.

use super::Vote;
use crate::document::Value;
use crate::number::{self, Rate, Scalar};
use crate::place::Place;
use crate::plan::fields::{self, Fields, number};
use crate::problem::{Cause, Expected, Naming, Problems};

macro_rules! household_fields {
    ($($variant:ident = $name:literal),+ $(,)?) => {
        /// The fields of a household that hold one value: also the columns of a roster table.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Field { $($variant),+ }

        impl Field {
            pub(super) const ALL: &'static [Field] = &[$(Field::$variant),+];
            pub(super) const NAMES: &'static [&'static str] = &[$($name),+];
            pub(super) const IN_PLAN: &'static [&'static str] = &[$($name),+, WEIGHTS, JOINS];

            pub(super) fn name(self) -> &'static str {
                Self::NAMES[self as usize]
            }
        }
    };
}

pub(super) const WEIGHTS: &str = "weights";
pub(super) const JOINS: &str = "joins";

household_fields! {
    Id = "id",
    Name = "name",
    Note = "note",
    Building = "building",
    Unit = "unit",
    Floor = "floor",
    Area = "area",
    Use = "use",
    Hardship = "hardship",
    Payer = "payer",
    PayerShare = "payer_share",
    FundBalance = "fund_balance",
    FundFirst = "fund_first",
    FundInterest = "fund_interest",
    Provident = "provident",
    InKind = "in_kind",
    Owner = "owner",
    Vote = "vote",
}

/// One household's values, from a plan or from a table.
pub(super) trait Row {
    fn scalar(&self, field: Field) -> Option<Scalar<'_>>;
    fn place(&self, field: Field) -> Place<'_>;
    /// The elements of a list, `None` for each that is no text; `None` if there is no list.
    fn texts(&self, field: Field, problems: &mut Problems) -> Option<Vec<Option<&str>>>;
}

impl Row for Fields<'_> {
    fn scalar(&self, field: Field) -> Option<Scalar<'_>> {
        self.get(field.name()).map(Scalar::of)
    }

    fn place(&self, field: Field) -> Place<'_> {
        Fields::place(self).field(field.name())
    }

    fn texts(&self, field: Field, problems: &mut Problems) -> Option<Vec<Option<&str>>> {
        let Some(Value::List(values)) = self.get(field.name()) else {
            return None;
        };
        let place = Row::place(self, field);
        let values = values.iter().enumerate();
        let texts = values.map(|(index, value)| fields::text(value, &place.index(index), problems));
        Some(texts.collect())
    }
}

pub(super) fn value<T>(
    row: &impl Row,
    field: Field,
    read: fn(Scalar<'_>) -> Result<T, Cause>,
    problems: &mut Problems,
) -> Option<T> {
    number(row.scalar(field)?, row.place(field), read, problems)
}

pub(super) fn text<'r>(
    row: &'r impl Row,
    field: Field,
    problems: &mut Problems,
) -> Option<&'r str> {
    let scalar = row.scalar(field)?;
    if let Scalar::Text(text) | Scalar::Cell(text) = scalar {
        return Some(text);
    }
    let cause = Cause::BadType { expected: Expected::Text };
    match scalar.seen() {
        Some(seen) => problems.add_seen(row.place(field), seen, cause),
        None => problems.add(row.place(field), cause),
    }
    None
}

/// Whether a field holds this text.
pub(super) fn is_text(row: &impl Row, field: Field, text: &str) -> bool {
    matches!(row.scalar(field), Some(Scalar::Text(other) | Scalar::Cell(other)) if other == text)
}

/// A text; a missing or empty one is a problem.
pub(super) fn required_text<'r>(
    row: &'r impl Row,
    field: Field,
    problems: &mut Problems,
) -> Option<&'r str> {
    if row.scalar(field).is_none() {
        problems.add(row.place(field), Cause::MissingField);
        return None;
    }
    filled_text(row, field, problems)
}

/// A text; an empty one is a problem, a missing one is not.
pub(super) fn filled_text<'r>(
    row: &'r impl Row,
    field: Field,
    problems: &mut Problems,
) -> Option<&'r str> {
    let text = text(row, field, problems)?;
    if text.is_empty() {
        problems.add(row.place(field), Cause::MissingField);
        return None;
    }
    Some(text)
}

/// The id of a building or a unit; holds no "/", which joins the two.
pub(super) fn slashless_text<'r>(
    row: &'r impl Row,
    field: Field,
    problems: &mut Problems,
) -> Option<&'r str> {
    let text = filled_text(row, field, problems)?;
    if text.contains('/') {
        problems.add_seen(
            row.place(field),
            text,
            Cause::UnknownId { naming: Naming::NoSlash, known: Vec::new() },
        );
        return None;
    }
    Some(text)
}

pub(super) fn vote(row: &impl Row, problems: &mut Problems) -> Option<Vote> {
    let written = text(row, Field::Vote, problems)?;
    let found = Vote::ALL.iter().copied().find(|vote| vote.as_str() == written);
    if found.is_none() {
        let known = Vote::ALL.iter().map(|vote| vote.as_str().to_owned()).collect();
        let cause = Cause::UnknownId { naming: Naming::Listed, known };
        problems.add_seen(row.place(Field::Vote), written, cause);
    }
    found
}

pub(super) fn payer(row: &impl Row, problems: &mut Problems) -> Option<(String, Rate)> {
    let share = value(row, Field::PayerShare, number::rate, problems);
    if row.scalar(Field::Payer).is_none() && row.scalar(Field::PayerShare).is_some() {
        problems.add(row.place(Field::Payer), Cause::MissingField);
    }
    let payer = filled_text(row, Field::Payer, problems)?;
    Some((payer.to_owned(), share.unwrap_or(Rate::ONE)))
}
