//! Lines that are a part of others, such as a reserve (预备费).

use std::collections::{HashMap, HashSet};

use super::{Line, MOST_KNOWN, RateOf, over_budget};
use crate::document::Value;
use crate::number::{self, MOST_MONEY};
use crate::place::Place;
use crate::plan::fields::{Fields, list, text};
use crate::problem::{Cause, Naming, Problems};

/// Reads `rate_of`, and calculates what such lines cost.
pub(super) fn read_parts_of_others(
    values: &[Value<'_>],
    lines: &mut [Line],
    problems: &mut Problems,
) {
    let is_part = |index: usize| values[index].get("rate_of").is_some();
    if !(0..lines.len()).any(is_part) {
        return;
    }
    let counted = || (0..lines.len()).filter(|&index| !is_part(index));
    let known = counted().take(MOST_KNOWN).map(|index| lines[index].id.clone()).collect();
    let counted = counted().rev().map(|index| (lines[index].id.clone(), index));
    let counted = Counted { lines: counted.collect(), known };
    for index in 0..lines.len() {
        if let Some(value) = values[index].get("rate_of").filter(|_| lines[index].is_shared()) {
            let place = Place::Field(&Place::Root, "lines");
            let place = place.index(index);
            lines[index].rate_of = read_part(value, place.field("rate_of"), &counted, problems);
        }
    }
    follow(lines);
    for (index, line) in lines.iter().enumerate() {
        if line.rate_of.is_some() && line.amount > MOST_MONEY {
            problems.add(format_args!("lines[{index}].rate_of"), over_budget(MOST_MONEY));
        }
    }
}

/// The lines that `rate_of` may name.
struct Counted {
    /// Index by id; of duplicate ids the first.
    lines: HashMap<String, usize>,
    known: Vec<String>,
}

fn read_part(
    value: &Value<'_>,
    place: Place<'_>,
    counted: &Counted,
    problems: &mut Problems,
) -> Option<RateOf> {
    let fields = Fields::open(value, place, &["rate", "lines"], problems)?;
    fields.required("rate", problems);
    let rate = fields.number("rate", number::rate, problems);
    let place = place.field("lines");
    let Some(named) = fields.get("lines") else {
        return Some(RateOf { rate: rate?, lines: None });
    };
    let (mut found, mut met) = (Vec::new(), HashSet::new());
    for (index, id) in list(named, &place, problems)?.iter().enumerate() {
        let place = place.index(index);
        let Some(id) = text(id, &place, problems) else {
            continue;
        };
        match counted.lines.get(id) {
            Some(&line) if met.insert(line) => found.push(line),
            Some(_) => problems.add_seen(place, id, Cause::DuplicateKey),
            None => {
                let (naming, known) = (Naming::CountedLine, counted.known.clone());
                let cause = Cause::UnknownId { naming, known };
                problems.add_seen(place, id, cause);
            }
        }
    }
    Some(RateOf { rate: rate?, lines: Some(found) })
}

/// Sets the amount of each line that is a part of others.
pub(in crate::plan) fn follow(lines: &mut [Line]) {
    let all = lines.iter().filter(|line| line.rate_of.is_none()).map(|line| line.amount).sum();
    for index in 0..lines.len() {
        if let Some(part) = &lines[index].rate_of {
            let of = match &part.lines {
                Some(others) => others.iter().map(|&other| lines[other].amount).sum(),
                None => all,
            };
            lines[index].amount = part.rate.of(of);
        }
    }
}
