//! The schedule (资金计划): when lines are spent, and when who pays; spec §9.
//!
//! It is read apart from the plan, by those who ask for it: no split depends on it, and a page that
//! opens a plan need not load its reader.

use super::cash::Month;
use crate::day::{Day, PartialDay};
use crate::document::{Document, Value};
use crate::number::{self, Rate, Scalar};
use crate::place::Place;
use crate::plan::Plan;
use crate::plan::fields::{Fields, entries, list, number, text};
use crate::problem::{Cause, Naming, Problems};

/// The channels other than cash that residents pay by: the members of [`Paid`](crate::Paid).
pub const CHANNELS: [&str; 5] =
    ["in_kind", "public_revenue", "maintenance_fund", "provident_fund", "owner_unit"];

/// What stands for the day of acceptance.
const ACCEPTED: &str = "accepted";

/// The most months over which lines are spent evenly.
const MOST_MONTHS: u32 = 120;

/// A part of an amount, and the day it is spent or paid on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Part {
    /// The day; of a month its last one.
    pub on: Day,
    /// The part; those of an amount sum to one.
    pub part: Rate,
}

/// When the lines of a plan are spent, and when who pays: the parts of each, none where nothing says
/// when.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Schedule {
    /// By line of the plan.
    pub lines: Vec<Vec<Part>>,
    /// By source of the plan, the relief pot last.
    pub sources: Vec<Vec<Part>>,
    /// By channel of [`CHANNELS`].
    pub channels: [Vec<Part>; CHANNELS.len()],
}

impl Schedule {
    /// Reads the `schedule` of a document that the plan was read from; without one nothing is
    /// scheduled.
    ///
    /// # Errors
    /// Every problem found, below `schedule`.
    pub fn read(document: &Document<'_>, plan: &Plan) -> Result<Schedule, Problems> {
        let mut problems = Problems::default();
        let pot = usize::from(plan.agreements().relief.pot.is_some());
        let mut schedule = Schedule {
            lines: vec![Vec::new(); plan.lines().len()],
            sources: vec![Vec::new(); plan.sources().len() + pot],
            channels: Default::default(),
        };
        if let Some(value) = document.root().get("schedule") {
            read(value, plan, &mut schedule, &mut problems);
        }
        problems.refuse(schedule)
    }
}

fn read(
    value: &Value<'_>,
    plan: &Plan,
    schedule: &mut Schedule,
    problems: &mut Problems,
) -> Option<()> {
    const KNOWN: &[&str] = &["works", ACCEPTED, "lines", "sources", "channels"];
    let place = Place::Field(&Place::Root, "schedule");
    let fields = Fields::open(value, place, KNOWN, problems)?;
    let accepted = date(&fields, ACCEPTED, problems);
    let mut reader = Reader { accepted: accepted.map(|(_, day)| day), asks: false };
    let works = fields.get("works").and_then(|value| read_works(value, &place, problems));
    let sources = plan.sources().iter().map(|source| &source.id);
    let sources = sources.chain(plan.agreements().relief.pot.iter().map(|pot| &pot.id));
    let sources: Vec<&str> = sources.map(String::as_str).collect();
    let lines: Vec<&str> = plan.lines().iter().map(|line| line.id.as_str()).collect();
    for (field, naming, ids, scheduled) in [
        ("lines", Naming::Line, &lines[..], &mut schedule.lines[..]),
        ("sources", Naming::Listed, &sources, &mut schedule.sources),
        ("channels", Naming::Listed, &CHANNELS, &mut schedule.channels),
    ] {
        let Some(value) = fields.get(field) else { continue };
        let place = place.field(field);
        for (id, value) in entries(value, &place, problems).unwrap_or_default() {
            let place = place.field(id);
            let Some(index) = ids.iter().position(|known| known == id) else {
                let known = ids.iter().map(|&id| id.to_owned()).collect();
                problems.add_seen(place, id, Cause::UnknownId { naming, known });
                continue;
            };
            scheduled[index] = reader.parts(value, &place, problems).unwrap_or_default();
        }
    }
    if reader.asks && !fields.has(ACCEPTED) {
        problems.add(place.field(ACCEPTED), Cause::MissingField);
    }
    for parts in schedule.lines.iter_mut().filter(|parts| parts.is_empty()) {
        *parts = works.clone().unwrap_or_default();
    }
    Some(())
}

/// Reads `works`: each month from the first to the last spends one part of as many.
fn read_works(
    value: &Value<'_>,
    schedule: &Place<'_>,
    problems: &mut Problems,
) -> Option<Vec<Part>> {
    let place = schedule.field("works");
    let fields = Fields::open(value, place, &["from", "to"], problems)?;
    fields.required("from", problems);
    let from = date(&fields, "from", problems);
    fields.required("to", problems);
    let to = date(&fields, "to", problems);
    let ((from, first), (to, last)) = (from?, to?);
    let (first, last) = (Month::of(first).number(), Month::of(last).number());
    let place = place.field("to");
    let Some(months) = (last + 1).checked_sub(first).filter(|&count| count > 0) else {
        problems.add_seen(place, &to.to_string(), Cause::EndBeforeBeginning { from });
        return None;
    };
    if months > MOST_MONTHS {
        let cause = Cause::TooLarge { most: MOST_MONTHS.into() };
        problems.add_seen(place, &to.to_string(), cause);
        return None;
    }
    let part = Rate::fraction(1, months.into());
    let days = (first..=last).filter_map(|number| Month::numbered(number).last_day());
    Some(days.map(|on| Part { on, part }).collect())
}

/// A date as it was written, and its day: of a month the last one.
fn date(fields: &Fields<'_>, name: &str, problems: &mut Problems) -> Option<(PartialDay, Day)> {
    read_date(fields.text(name, problems)?, fields.place().field(name), problems)
}

fn read_date(
    written: &str,
    place: Place<'_>,
    problems: &mut Problems,
) -> Option<(PartialDay, Day)> {
    let date = PartialDay::read(written).ok();
    let date = date.and_then(|date| Some((date, date.last_known()?)));
    if date.is_none() {
        problems.add_seen(place, written, Cause::NoDay);
    }
    date
}

/// Reads parts.
struct Reader {
    /// The day of acceptance, where that can be read.
    accepted: Option<Day>,
    /// Whether a part is spent or paid on that day.
    asks: bool,
}

impl Reader {
    /// Parts that sum to one.
    fn parts(
        &mut self,
        value: &Value<'_>,
        place: &Place<'_>,
        problems: &mut Problems,
    ) -> Option<Vec<Part>> {
        let values = list(value, place, problems)?.iter().enumerate();
        let read: Vec<(Option<Day>, Option<Rate>)> =
            values.map(|(index, value)| self.part(value, place.index(index), problems)).collect();
        let rates: Option<Vec<Rate>> = read.iter().map(|&(_, part)| part).collect();
        if rates.is_some_and(|rates| !Rate::are_one(&rates)) {
            problems.add(place, Cause::PartsOfCalls);
        }
        read.into_iter().map(|(on, part)| Some(Part { on: on?, part: part? })).collect()
    }

    fn part(
        &mut self,
        value: &Value<'_>,
        place: Place<'_>,
        problems: &mut Problems,
    ) -> (Option<Day>, Option<Rate>) {
        let Some(fields) = Fields::open(value, place, &["on", "part"], problems) else {
            return (None, None);
        };
        let on = fields.required("on", problems);
        let on = on.and_then(|value| text(value, &place.field("on"), problems));
        let on = on.and_then(|written| match written {
            ACCEPTED => {
                self.asks = true;
                self.accepted
            }
            written => read_date(written, place.field("on"), problems).map(|(_, day)| day),
        });
        let part = fields.required("part", problems);
        let part = part.and_then(|value| {
            number(Scalar::of(value), place.field("part"), number::rate, problems)
        });
        (on, part)
    }
}
