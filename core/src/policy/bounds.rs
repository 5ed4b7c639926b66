//! What the checks of overruns, of the maintenance fund, of votes and of floors are made against.

use super::Check;
use crate::document::Value;
use crate::money::Fen;
use crate::number::{self, Rate, Scalar};
use crate::place::Place;
use crate::plan::Subject;
use crate::plan::fields::{Fields, entries, list, number};
use crate::problem::{Cause, Problems};
use crate::vote::Matter;

/// The values of a rule beyond its year, rate, tiers, pipelines and chapters; each left out unless
/// the pack states it.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Bounds {
    /// An amount beside the rate: over by so much.
    pub amount: Option<Fen>,
    /// Whether rate and amount must both be passed; else one is enough.
    pub both: bool,
    /// Whether the rate itself does not count: “高于”, not “以上”.
    pub strict: bool,
    /// The rule holds while the fund is below this part of the first instalments.
    pub below: Option<Rate>,
    /// The rule holds until the fund has reached the first instalments.
    pub until_full: bool,
    /// The rule holds until there is an owners' assembly.
    pub before_assembly: bool,
    /// The matters that are voted on.
    pub matters: Vec<Matter>,
    /// The subjects of lines that it is about; of any where it names none.
    pub subjects: Vec<Subject>,
    /// Whether owners are counted, and not their area.
    pub heads_only: bool,
    /// What each floor pays at least and at most, by storeys.
    pub intervals: Vec<Interval>,
    /// How aid rises and falls with what the residents pay.
    pub effort: Option<Effort>,
}

/// How a city's aid rises and falls with what the residents pay.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Effort {
    /// The most that a square metre counts for.
    pub per_area: Fen,
    /// What each percent above the residents' least part adds to the ratio of the aid.
    pub up: Rate,
    /// What each percent below it takes off.
    pub down: Rate,
    /// The most that is added.
    pub cap: Rate,
}

/// What each floor pays at least and at most of a lift, for buildings of so many storeys.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Interval {
    /// The storeys of the building.
    pub storeys: u32,
    /// Floors, lowest first, each with its least and its most part of the whole.
    pub floors: Vec<(i32, Rate, Rate)>,
}

/// The fields of a check beyond those that it must have.
pub(super) fn optional(check: Check) -> &'static [&'static str] {
    match check {
        Check::TrueUp => &["amount", "both", "strict"],
        Check::RevenueToFund => &["strict", "below", "until_full", "before_assembly"],
        Check::OldThreshold => &["subjects", "heads_only"],
        _ => &[],
    }
}

/// Reads the values of a check, those that `fields` holds.
pub(super) fn read(fields: &Fields<'_>, problems: &mut Problems) -> Bounds {
    let mut is_so = |name| fields.boolean(name, problems).unwrap_or_default();
    let (both, strict, heads_only) = (is_so("both"), is_so("strict"), is_so("heads_only"));
    let (until_full, before_assembly) = (is_so("until_full"), is_so("before_assembly"));
    let matters = fields.choices("matters", Matter::ALL, Matter::as_str, problems);
    let subjects = fields.choices("subjects", Subject::ALL, Subject::as_str, problems);
    Bounds {
        amount: fields.number("amount", number::money, problems),
        both,
        strict,
        below: fields.number("below", number::rate, problems),
        until_full,
        before_assembly,
        matters: matters.unwrap_or_default(),
        subjects: subjects.unwrap_or_default(),
        heads_only,
        intervals: intervals(fields, problems).unwrap_or_default(),
        effort: effort(fields, problems),
    }
}

fn effort(fields: &Fields<'_>, problems: &mut Problems) -> Option<Effort> {
    let per_area = fields.number("per_area", number::money, problems);
    let mut rate = |name| fields.number(name, number::rate, problems);
    let (up, down, cap) = (rate("up"), rate("down"), rate("cap"));
    Some(Effort { per_area: per_area?, up: up?, down: down?, cap: cap? })
}

fn intervals(fields: &Fields<'_>, problems: &mut Problems) -> Option<Vec<Interval>> {
    const KNOWN: &[&str] = &["storeys", "least", "most"];
    let place = fields.place().field("intervals");
    let values = list(fields.get("intervals")?, &place, problems)?;
    let mut all = Vec::with_capacity(values.len());
    for (index, value) in values.iter().enumerate() {
        let Some(fields) = Fields::open(value, place.index(index), KNOWN, problems) else {
            continue;
        };
        for name in KNOWN {
            fields.required(name, problems);
        }
        let storeys = fields.number("storeys", number::storeys, problems).unwrap_or_default();
        let mut parts = |name| by_floor(fields.get(name), fields.place().field(name), problems);
        let (least, most) = (parts("least"), parts("most"));
        let mut floors = Vec::with_capacity(least.len());
        for (floor, least) in least {
            match most.iter().find(|(of, _)| *of == floor) {
                Some(&(_, most)) if !most.is_below(least) => floors.push((floor, least, most)),
                Some(_) => problems.add(fields.place().field("most"), Cause::RangeOrder),
                None => problems.add(fields.place().field("most"), Cause::MissingField),
            }
        }
        floors.sort_unstable_by_key(|&(floor, ..)| floor);
        all.push(Interval { storeys, floors });
    }
    Some(all)
}

/// Parts by floor.
fn by_floor(
    value: Option<&Value<'_>>,
    place: Place<'_>,
    problems: &mut Problems,
) -> Vec<(i32, Rate)> {
    let fields = value.and_then(|value| entries(value, &place, problems)).unwrap_or_default();
    let mut floors = Vec::with_capacity(fields.len());
    for (key, value) in fields {
        let place = place.field(key);
        let floor = number(Scalar::Cell(key), place, number::floor, problems);
        let rate = number(Scalar::of(value), place, number::rate, problems);
        floors.extend(floor.zip(rate));
    }
    floors
}

impl Bounds {
    /// Whether a final cost is over the budget by as much as asks for a new application.
    pub(crate) fn is_overrun(&self, rate: Option<Rate>, budget: Fen, cost: Fen) -> bool {
        let over = cost.less(budget);
        if over.is_zero() {
            return false;
        }
        let by_rate = rate.map(|rate| {
            let (part, bar) = (over.0 * rate.denominator(), budget.0 * rate.numerator());
            if self.strict { part > bar } else { part >= bar }
        });
        let by_amount =
            self.amount.map(|amount| if self.strict { over > amount } else { over >= amount });
        match (by_rate, by_amount) {
            (Some(rate), Some(amount)) if self.both => rate && amount,
            (rate, amount) => rate.unwrap_or_default() || amount.unwrap_or_default(),
        }
    }
}
