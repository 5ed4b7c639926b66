//! Cash over time (资金计划): month by month what is spent and received, and what is missing;
//! spec §9.

use std::fmt;

use serde::{Serialize, Serializer};

use super::calls::{calls, in_parts};
use super::schedule::{CHANNELS, Part, Schedule};
use super::{Payments, paid_of_calls};
use crate::day::Day;
use crate::money::Fen;
use crate::number::Rate;
use crate::plan::Plan;
use crate::split::{Paid, Split};

/// What is spent and received month by month.
///
/// Serializes to exactly the members of the spec. What is spent with what is not scheduled is the
/// budget; what is received with what is not scheduled is the budget and what is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Cash {
    /// The format version.
    pub fentan: u32,
    /// What is spent in all months.
    pub spent: Fen,
    /// What is received in all months.
    pub received: Fen,
    /// What all calls come to above the cash, and what households paid above their calls; held for
    /// them.
    pub held: Fen,
    /// The most that is missing at the end of any day (资金缺口): somebody has to advance it (垫付).
    pub gap: Fen,
    /// The first day that as much is missing at the end of; missing where nothing ever is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gap_on: Option<Day>,
    /// What nothing says the day of.
    pub unscheduled: Unscheduled,
    /// The months from the first to the last in which anything is spent or received, in order; of
    /// more than 120 only those in which something is.
    pub months: Vec<CashMonth>,
}

/// Amounts of which nothing says when they are spent or paid.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[non_exhaustive]
pub struct Unscheduled {
    /// By line that costs something.
    pub lines: Vec<CashOf>,
    /// By source that pays something, the relief pot last.
    pub sources: Vec<CashOf>,
    /// By channel that pays something.
    pub channels: Vec<CashOf>,
    /// Of the residents' cash: all without calls, and what is in arrears.
    pub cash: Fen,
}

/// What is spent and received in a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CashMonth {
    /// The month.
    pub month: Month,
    /// What is spent.
    pub spent: Fen,
    /// What is received.
    pub received: Fen,
    /// What is there at the end of the month; zero where something is missing.
    pub in_hand: Fen,
    /// What is missing at the end of the month.
    pub short: Fen,
    /// The most that is missing at the end of any of its days.
    pub gap: Fen,
    /// By line on which something is spent, in the plan's order.
    pub lines: Vec<CashOf>,
    /// By source that pays something, in the plan's order, the relief pot last.
    pub sources: Vec<CashOf>,
    /// By channel that pays something.
    pub channels: Vec<CashOf>,
    /// What residents pay in cash.
    pub cash: Fen,
}

/// What is spent on a line, or paid by a source or channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CashOf {
    /// The id.
    pub id: String,
    /// The amount, above zero.
    pub amount: Fen,
}

/// A month of a year, written `2026-05`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: u16,
    month: u8,
}

impl Month {
    /// The month of a day.
    ///
    /// ```
    /// use fentan_core::Day;
    /// use fentan_core::collection::Month;
    /// assert_eq!(Month::of(Day::read("2026-05-31")?).to_string(), "2026-05");
    /// # Ok::<(), fentan_core::plan::NoDay>(())
    /// ```
    pub fn of(day: Day) -> Month {
        Month { year: day.year(), month: day.month() }
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1–12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The months that are counted one after the other.
    pub(super) fn number(self) -> u32 {
        12 * u32::from(self.year) + u32::from(self.month) - 1
    }

    pub(super) fn numbered(number: u32) -> Month {
        Month { year: (number / 12) as u16, month: (number % 12 + 1) as u8 }
    }

    /// The last day of it.
    pub(super) fn last_day(self) -> Option<Day> {
        let first = Day::of(self.year, self.month, 1)?;
        Day::of(self.year, self.month, first.last_of_month())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}", self.year, self.month)
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The most months that are listed one after the other.
const MOST_MONTHS: u32 = 120;

/// Works out the cash month by month; split and schedule must be the plan's. With payments, and the
/// day they are known by, residents paid by then what they paid, and what they owe of calls due by
/// then has no day.
pub fn cash(
    plan: &Plan,
    split: &Split,
    schedule: &Schedule,
    so_far: Option<(&Payments, Day)>,
) -> Cash {
    let mut flows = Flows::new(split);
    for (line, parts) in split.lines.iter().zip(&schedule.lines) {
        flows.add(line.amount, parts);
    }
    for (source, parts) in split.sources.iter().zip(&schedule.sources) {
        flows.add(source.paid, parts);
    }
    for (channel, parts) in schedule.channels.iter().enumerate() {
        let amount = split.households.iter().map(|one| by_channel(&one.paid)[channel]).sum();
        flows.add(amount, parts);
    }
    let held = residents(plan, split, so_far, &mut flows);
    summed(split, flows, held)
}

/// What a household pays by each of [`CHANNELS`].
pub fn by_channel(paid: &Paid) -> [Fen; CHANNELS.len()] {
    [paid.in_kind, paid.public_revenue, paid.maintenance_fund, paid.provident_fund, paid.owner_unit]
}

/// What is spent and received. What an amount is of is a number: the lines in order, then the
/// sources, the channels, and the residents' cash.
struct Flows {
    dated: Vec<Flow>,
    /// Of each, what nothing says the day of.
    unscheduled: Vec<Fen>,
    /// How many lines there are.
    lines: usize,
}

impl Flows {
    fn new(split: &Split) -> Flows {
        Flows { dated: Vec::new(), unscheduled: Vec::new(), lines: split.lines.len() }
    }

    /// Adds the amount of the next line, source or channel.
    fn add(&mut self, amount: Fen, parts: &[Part]) {
        let of = self.unscheduled.len();
        self.unscheduled.push(if parts.is_empty() { amount } else { Fen::ZERO });
        if parts.is_empty() {
            return;
        }
        let days = parts.iter().enumerate();
        let mut days: Vec<Flow> = days.map(|(index, part)| (part.on, index, amount)).collect();
        by_day(&mut days);
        let rates: Vec<Rate> = days.iter().map(|&(_, index, _)| parts[index].part).collect();
        let amounts = days.iter().zip(in_parts(amount, &rates));
        self.dated.extend(amounts.map(|(&(day, ..), amount)| (day, of, amount)));
    }
}

/// A day, and what is spent or received on it: its number and the amount.
type Flow = (Day, usize, Fen);

/// Orders by day, and on a day by number.
fn by_day(flows: &mut [Flow]) {
    flows.sort_unstable_by_key(|&(day, of, _)| (day, of));
}

/// Adds the residents' cash; returns what is held for them.
fn residents(
    plan: &Plan,
    split: &Split,
    so_far: Option<(&Payments, Day)>,
    flows: &mut Flows,
) -> Fen {
    let due = plan.collection().map_or(&[][..], |collection| &collection.calls);
    let mut called = calls(plan, split).unwrap_or_default().into_iter();
    let paid = so_far.map(|(payments, on)| payments.paid_by(plan, on)).unwrap_or_default();
    let mut paid = paid.into_iter();
    let mut by_call = vec![Fen::ZERO; due.len()];
    let (mut without_day, mut held) = (Fen::ZERO, Fen::ZERO);
    for household in &split.households {
        let cash = household.paid.cash;
        let paid = paid.next().unwrap_or_default();
        let amounts = called.next().map(|one| one.amounts);
        let amounts = amounts.unwrap_or_else(|| vec![cash]);
        held += paid.max(amounts.iter().copied().sum()) - cash;
        let open = amounts.iter().zip(paid_of_calls(&amounts, paid));
        for (call, (&amount, paid)) in open.enumerate() {
            let is_to_come =
                due.get(call).is_some_and(|due| so_far.is_none_or(|(_, on)| due.due > on));
            let sum = if is_to_come { &mut by_call[call] } else { &mut without_day };
            *sum += amount - paid;
        }
    }
    let of = flows.unscheduled.len();
    flows.unscheduled.push(without_day);
    flows.dated.extend(due.iter().zip(by_call).map(|(call, amount)| (call.due, of, amount)));
    if let Some((payments, on)) = so_far {
        let paid = payments.all.iter().filter(|payment| payment.counts_on(on));
        flows.dated.extend(paid.map(|payment| (payment.date, of, payment.amount)));
    }
    held
}

/// The months of what is spent and received.
fn summed(split: &Split, mut flows: Flows, held: Fen) -> Cash {
    let mut cash = Cash {
        fentan: 1,
        spent: Fen::ZERO,
        received: Fen::ZERO,
        held,
        gap: Fen::ZERO,
        gap_on: None,
        unscheduled: named(split, &flows.unscheduled),
        months: Vec::new(),
    };
    flows.dated.retain(|(.., amount)| !amount.is_zero());
    by_day(&mut flows.dated);
    let ends = flows.dated.first().zip(flows.dated.last());
    let ends = ends.map(|(first, last)| [Month::of(first.0), Month::of(last.0)]);
    let fills = ends.is_some_and(|[first, last]| last.number() - first.number() < MOST_MONTHS);
    for of_month in flows.dated.chunk_by(|one, next| Month::of(one.0) == Month::of(next.0)) {
        let month = Month::of(of_month[0].0);
        while fills
            && let Some(next) = cash.months.last().map(|last| last.month.number() + 1)
            && next < month.number()
        {
            cash.add_month(split, Month::numbered(next), &[], flows.lines);
        }
        cash.add_month(split, month, of_month, flows.lines);
    }
    cash
}

impl Cash {
    /// Adds the next month, with what is spent and received in it by day.
    fn add_month(&mut self, split: &Split, month: Month, dated: &[Flow], lines: usize) {
        let mut amounts = vec![Fen::ZERO; lines + split.sources.len() + CHANNELS.len() + 1];
        let (spent, received) = (self.spent, self.received);
        // What was missing before is missing until something happens.
        let begins_at_once = dated.first().is_some_and(|(day, ..)| day.day() == 1);
        let mut gap = if begins_at_once { Fen::ZERO } else { spent.less(received) };
        for of_day in dated.chunk_by(|one, next| one.0 == next.0) {
            for &(_, of, amount) in of_day {
                amounts[of] += amount;
                *(if of < lines { &mut self.spent } else { &mut self.received }) += amount;
            }
            // All of a day is spent and received at once.
            let missing = self.spent.less(self.received);
            gap = gap.max(missing);
            if missing > self.gap {
                (self.gap, self.gap_on) = (missing, Some(of_day[0].0));
            }
        }
        let of = named(split, &amounts);
        self.months.push(CashMonth {
            month,
            spent: self.spent - spent,
            received: self.received - received,
            in_hand: self.received.less(self.spent),
            short: self.spent.less(self.received),
            gap,
            lines: of.lines,
            sources: of.sources,
            channels: of.channels,
            cash: of.cash,
        });
    }
}

/// Amounts by what they are of, without those that are zero.
fn named(split: &Split, amounts: &[Fen]) -> Unscheduled {
    let mut amounts = amounts.iter().copied();
    let mut of = |ids: &mut dyn Iterator<Item = &str>| -> Vec<CashOf> {
        let all = ids.zip(amounts.by_ref()).filter(|(_, amount)| !amount.is_zero());
        all.map(|(id, amount)| CashOf { id: id.to_owned(), amount }).collect()
    };
    Unscheduled {
        lines: of(&mut split.lines.iter().map(|line| line.id.as_str())),
        sources: of(&mut split.sources.iter().map(|source| source.id.as_str())),
        channels: of(&mut CHANNELS.into_iter()),
        cash: amounts.next().unwrap_or_default(),
    }
}
