//! Cash over time (资金计划): month by month what is spent and received, and what is missing;
//! spec §9.

use std::collections::BTreeMap;
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
const MOST_MONTHS: usize = 120;

/// What an amount is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Item {
    Line(usize),
    Source(usize),
    Channel(usize),
    Cash,
}

/// Works out the cash month by month; split and schedule must be the plan's. With payments, and the
/// day they are known by, residents paid by then what they paid, and what they owe of calls due by
/// then has no day.
pub fn cash(
    plan: &Plan,
    split: &Split,
    schedule: &Schedule,
    so_far: Option<(&Payments, Day)>,
) -> Cash {
    let mut flows = Flows::default();
    let lines = split.lines.iter().map(|line| line.amount).zip(&schedule.lines);
    lines
        .enumerate()
        .for_each(|(line, (amount, parts))| flows.add(Item::Line(line), amount, parts));
    let sources = split.sources.iter().map(|source| source.paid).zip(&schedule.sources);
    for (source, (amount, parts)) in sources.enumerate() {
        flows.add(Item::Source(source), amount, parts);
    }
    for (channel, parts) in schedule.channels.iter().enumerate() {
        let amount = split.households.iter().map(|one| by_channel(&one.paid)[channel]).sum();
        flows.add(Item::Channel(channel), amount, parts);
    }
    let held = residents(plan, split, so_far, &mut flows);
    summed(split, flows, held)
}

/// What a household pays by each of [`CHANNELS`].
pub fn by_channel(paid: &Paid) -> [Fen; CHANNELS.len()] {
    [paid.in_kind, paid.public_revenue, paid.maintenance_fund, paid.provident_fund, paid.owner_unit]
}

/// What is spent and received, by day; and that of which nothing says when.
#[derive(Default)]
struct Flows {
    by_day: BTreeMap<Day, BTreeMap<Item, Fen>>,
    unscheduled: BTreeMap<Item, Fen>,
}

impl Flows {
    fn add(&mut self, item: Item, amount: Fen, parts: &[Part]) {
        if parts.is_empty() {
            return self.add_on(None, item, amount);
        }
        let rates: Vec<Rate> = parts.iter().map(|part| part.part).collect();
        for (part, amount) in parts.iter().zip(in_parts(amount, &rates)) {
            self.add_on(Some(part.on), item, amount);
        }
    }

    fn add_on(&mut self, day: Option<Day>, item: Item, amount: Fen) {
        if !amount.is_zero() {
            let of = match day {
                Some(day) => self.by_day.entry(day).or_default(),
                None => &mut self.unscheduled,
            };
            *of.entry(item).or_default() += amount;
        }
    }
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
    for (call, amount) in due.iter().zip(by_call) {
        flows.add_on(Some(call.due), Item::Cash, amount);
    }
    flows.add_on(None, Item::Cash, without_day);
    if let Some((payments, on)) = so_far {
        for payment in payments.all.iter().filter(|payment| payment.counts_on(on)) {
            flows.add_on(Some(payment.date), Item::Cash, payment.amount);
        }
    }
    held
}

/// The months of what is spent and received.
fn summed(split: &Split, flows: Flows, held: Fen) -> Cash {
    let mut cash = Cash {
        fentan: 1,
        spent: Fen::ZERO,
        received: Fen::ZERO,
        held,
        gap: Fen::ZERO,
        gap_on: None,
        unscheduled: Unscheduled::default(),
        months: Vec::new(),
    };
    let mut by_month: BTreeMap<Month, OfMonth> = BTreeMap::new();
    for (day, items) in flows.by_day {
        let of_month = by_month.entry(Month::of(day)).or_default();
        of_month.has_first |= day.day() == 1;
        for (item, amount) in items {
            *of_month.items.entry(item).or_default() += amount;
            let sum = match item {
                Item::Line(_) => &mut cash.spent,
                _ => &mut cash.received,
            };
            *sum += amount;
        }
        // All of a day is spent and received at once.
        let missing = cash.spent.less(cash.received);
        of_month.gap = missing.max(of_month.gap);
        if missing > cash.gap {
            (cash.gap, cash.gap_on) = (missing, Some(day));
        }
    }
    fill(&mut by_month);
    let (mut spent, mut received) = (Fen::ZERO, Fen::ZERO);
    for (month, OfMonth { items, gap, has_first }) in by_month {
        // What was missing before is missing until something happens.
        let carried = if has_first { Fen::ZERO } else { spent.less(received) };
        let of = named(split, items);
        let sum = |amounts: &[CashOf]| -> Fen { amounts.iter().map(|one| one.amount).sum() };
        let of_month = [sum(&of.lines), sum(&of.sources) + sum(&of.channels) + of.cash];
        (spent, received) = (spent + of_month[0], received + of_month[1]);
        cash.months.push(CashMonth {
            month,
            spent: of_month[0],
            received: of_month[1],
            in_hand: received.less(spent),
            short: spent.less(received),
            gap: gap.max(carried),
            lines: of.lines,
            sources: of.sources,
            channels: of.channels,
            cash: of.cash,
        });
    }
    cash.unscheduled = named(split, flows.unscheduled);
    cash
}

/// What happens in a month.
#[derive(Default)]
struct OfMonth {
    items: BTreeMap<Item, Fen>,
    /// The most that is missing at the end of a day on which something happens.
    gap: Fen,
    /// Whether something happens on the first.
    has_first: bool,
}

/// Adds the months in between, unless there would be too many to be looked at.
fn fill(by_month: &mut BTreeMap<Month, OfMonth>) {
    let ends = by_month.first_key_value().zip(by_month.last_key_value());
    let Some(((&first, _), (&last, _))) = ends else { return };
    let numbers = first.number()..=last.number();
    if numbers.clone().count() <= MOST_MONTHS {
        for number in numbers {
            by_month.entry(Month::numbered(number)).or_default();
        }
    }
}

/// Amounts by what they are of.
fn named(split: &Split, items: BTreeMap<Item, Fen>) -> Unscheduled {
    let mut of = Unscheduled::default();
    for (item, amount) in items {
        let (list, id) = match item {
            Item::Line(line) => (&mut of.lines, split.lines[line].id.as_str()),
            Item::Source(source) => (&mut of.sources, split.sources[source].id.as_str()),
            Item::Channel(channel) => (&mut of.channels, CHANNELS[channel]),
            Item::Cash => {
                of.cash = amount;
                continue;
            }
        };
        list.push(CashOf { id: id.to_owned(), amount });
    }
    of
}
