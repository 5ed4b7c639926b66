//! How the residents' cash is collected (收款): the calls and their due days; spec §9.

use std::collections::HashMap;

use super::fields::{Fields, list};
use crate::day::Day;
use crate::document::Value;
use crate::money::Fen;
use crate::number::{self, Rate};
use crate::place::Place;
use crate::problem::{Cause, Problems};

/// How the residents' cash is collected.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Collection {
    /// The calls (分期), at least one, in the order of their due days.
    pub calls: Vec<Call>,
    /// What the calls of a household add up to is rounded up to a multiple of this, in fen.
    pub round_up_to: Option<Fen>,
}

/// A call for a part of each household's cash (分期收款).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Call {
    /// Unique among the calls.
    pub id: String,
    /// The last day to pay it on.
    pub due: Day,
    /// The part of the cash; the parts of all calls sum to one.
    pub part: Rate,
}

/// Reads `collection`.
pub(super) fn read(value: &Value<'_>, problems: &mut Problems) -> Option<Collection> {
    let place = Place::Field(&Place::Root, "collection");
    let fields = Fields::open(value, place, &["calls", "round_up_to"], problems)?;
    let round_up_to = fields.number("round_up_to", number::money_above_zero, problems);
    let place = fields.place().field("calls");
    let calls = fields.required("calls", problems)?;
    let calls = list(calls, &place, problems)?.iter().enumerate();
    let calls: Vec<ReadCall> =
        calls.map(|(index, value)| read_call(value, place.index(index), problems)).collect();
    check_ids(&calls, &place, problems);
    check_order(&calls, &place, problems);
    let parts: Option<Vec<Rate>> = calls.iter().map(|call| call.part).collect();
    if parts.is_some_and(|parts| !Rate::are_one(&parts)) {
        problems.add(place, Cause::PartsOfCalls);
    }
    let calls =
        calls.into_iter().map(|call| Some(Call { id: call.id, due: call.due?, part: call.part? }));
    Some(Collection { calls: calls.collect::<Option<_>>()?, round_up_to })
}

/// A call as far as it can be read.
struct ReadCall {
    id: String,
    due: Option<Day>,
    part: Option<Rate>,
}

fn read_call(value: &Value<'_>, place: Place<'_>, problems: &mut Problems) -> ReadCall {
    let mut call = ReadCall { id: String::new(), due: None, part: None };
    let Some(fields) = Fields::open(value, place, &["id", "due", "part"], problems) else {
        return call;
    };
    call.id = fields.id("id", problems).unwrap_or_default().to_owned();
    fields.required("due", problems);
    call.due = fields.existing_day("due", problems);
    fields.required("part", problems);
    call.part = fields.number("part", number::rate, problems);
    call
}

fn check_ids(calls: &[ReadCall], place: &Place<'_>, problems: &mut Problems) {
    let mut first = HashMap::with_capacity(calls.len());
    for (index, call) in calls.iter().enumerate().filter(|(_, call)| !call.id.is_empty()) {
        let first = *first.entry(call.id.as_str()).or_insert(index);
        if first != index {
            let first = place.index(first).field("id").to_string();
            let cause = Cause::DuplicateId { first };
            problems.add_seen(place.index(index).field("id"), &call.id, cause);
        }
    }
}

/// A due day is not before the one before it.
fn check_order(calls: &[ReadCall], place: &Place<'_>, problems: &mut Problems) {
    for (index, pair) in calls.windows(2).enumerate() {
        if let (Some(before), Some(due)) = (pair[0].due, pair[1].due)
            && due < before
        {
            let place = place.index(index + 1);
            problems.add_seen(place.field("due"), &due.to_string(), Cause::DueBefore { before });
        }
    }
}
