//! Who gets the odd fen (尾差), spec §1.

use super::fields::{Fields, text};
use crate::document::Value;
use crate::place::Place;
use crate::problem::{Cause, Expected, Naming, Problems};

/// Who gets the fen that are left over where a line is rounded to households.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum OddFen {
    /// One each to the largest fractional parts, equal ones to the earlier in the roster.
    #[default]
    LargestRemainder,
    /// One each to the earliest in the roster that have a weight.
    First,
    /// All to the last in the roster that has a weight.
    Last,
    /// One each to the largest fractional parts, equal ones to the smaller lot (摇号); this is
    /// what was drawn in public.
    Lots(String),
}

impl OddFen {
    /// The rules that are a word, as a plan writes them.
    pub const WORDS: [(&'static str, OddFen); 3] = [
        ("largest_remainder", OddFen::LargestRemainder),
        ("first", OddFen::First),
        ("last", OddFen::Last),
    ];

    /// The rule as a plan writes it; for lots the name of their field.
    pub fn as_str(&self) -> &'static str {
        Self::WORDS.iter().find(|(_, rule)| rule == self).map_or("lots", |&(word, _)| word)
    }
}

/// Reads `odd_fen`.
pub(crate) fn read(value: &Value<'_>, place: Place<'_>, problems: &mut Problems) -> OddFen {
    match value {
        Value::Text(word) => {
            let found = OddFen::WORDS.into_iter().find(|(known, _)| known == word);
            if found.is_none() {
                let known = OddFen::WORDS.map(|(word, _)| word.to_owned()).to_vec();
                let cause = Cause::UnknownId { naming: Naming::Listed, known };
                problems.add_seen(place, word, cause);
            }
            found.map(|(_, rule)| rule).unwrap_or_default()
        }
        Value::Fields(_) => lots(value, place, problems).unwrap_or_default(),
        _ => {
            problems.add(place, Cause::BadType { expected: Expected::OddFen });
            OddFen::default()
        }
    }
}

fn lots(value: &Value<'_>, place: Place<'_>, problems: &mut Problems) -> Option<OddFen> {
    let fields = Fields::open(value, place, &["lots"], problems)?;
    let seed = text(fields.required("lots", problems)?, &place.field("lots"), problems)?;
    if seed.trim().is_empty() {
        problems.add(place.field("lots"), Cause::MissingField);
    }
    Some(OddFen::Lots(seed.to_owned()))
}
