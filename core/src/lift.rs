//! Tables of floors to agree on for a lift (楼层分摊比例): those within the official interval that close
//! to 100%, with who pays more and less than by its middle, and whether area and heads could carry them.

use crate::allocate::{Allocator, Weights};
use crate::findings::{Moved, moves_between};
use crate::money::Fen;
use crate::number::{Rate, decimal};
use crate::plan::{Line, Plan, ShareBy, Vote, Within, Works};
use crate::policy::{Check, Interval, Packs};
use crate::split::{Error, Split, split};
use crate::vote::{Matter, Method, Tally, tally_line};

/// A hundred percent, in millionths of a percent.
const WHOLE: u64 = 100 * PERCENT;
const PERCENT: u64 = 1_000_000;
/// The most tables that are made.
const MOST: usize = 2_000;
/// Floors up to this one gain least from a lift.
const LOW: i32 = 2;

/// The tables within an interval for one line of a plan.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LiftTables {
    /// The line, an index of [`Plan::lines`].
    pub line: usize,
    /// The official interval.
    pub interval: Interval,
    /// The clauses that it rests on, as `pack/clause`.
    pub clauses: Vec<String>,
    /// The table of the middles, where these close to 100%.
    pub middle: Option<LiftTable>,
    /// The tables in whole percent, those first by which the fewest homes pay more than by the middle.
    pub tables: Vec<LiftTable>,
    /// Whether these are all that there are.
    pub is_all: bool,
    /// How the vote stands once everybody above the second floor agrees: what is missing is what the
    /// two lowest floors need to give.
    pub without_low_floors: Option<Tally>,
}

/// A table of floors.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LiftTable {
    /// Each floor's part in millionths of a percent, lowest floor first.
    pub parts: Vec<(i32, u64)>,
    /// What each of these floors pays of what sources leave of the line.
    pub amounts: Vec<Fen>,
    /// What each of them pays of the running cost of a year, where that was given.
    pub running: Vec<Fen>,
    /// The homes that owe less than by the middle.
    pub less: Moved,
    /// The homes that owe more than by the middle.
    pub more: Moved,
    /// How the vote stands if all who owe more than by the middle vote no, and all others yes.
    pub vote: Option<Tally>,
}

/// Why there are no tables for a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoTables {
    /// The plan has no such line, or it is no shared one.
    NoLine,
    /// The line doesn't say of how many storeys the building is.
    NoStoreys,
    /// The plan's policy has no interval for so many storeys.
    NoInterval,
    /// A home of the line has no floor, or one that the interval hasn't.
    NoFloor,
}

/// Lists the tables for a line, an index of [`Plan::lines`], with the running cost of a year beside
/// them where that is given.
///
/// # Errors
/// Why there are none, within `Ok`; those of [`split`].
pub fn lift_tables(
    plan: &Plan,
    packs: &Packs,
    line: usize,
    running: Option<Fen>,
) -> Result<Result<LiftTables, NoTables>, Error> {
    let (interval, clauses, within) = match found(plan, packs, line) {
        Ok(found) => found,
        Err(none) => return Ok(Err(none)),
    };
    let work = Work { plan, line, within, running };
    let middle = middle(&interval).filter(|middle| sum(middle) == WHOLE);
    let by_middle = match &middle {
        Some(middle) => split(&work.with(middle))?,
        None => split(plan)?,
    };
    let (all, is_all) = tables(&interval);
    let mut tables = Vec::with_capacity(all.len());
    for parts in all {
        tables.push(work.table(parts, &by_middle)?);
    }
    tables.sort_by_key(|table| (table.more.households, table.more.amount));
    let middle = middle.map(|middle| work.table(middle, &by_middle)).transpose()?;
    let high = plan.beneficiaries(&plan.lines()[line]).iter().map(|&household| {
        let floor = plan.households()[household as usize].floor.unwrap_or_default();
        (household, (floor > LOW).then_some(Vote::Yes))
    });
    let without_low_floors = work.tally(high.collect());
    Ok(Ok(LiftTables { line, interval, clauses, middle, tables, is_all, without_low_floors }))
}

/// The interval for a line, its clauses, and how a floor is split within.
fn found(
    plan: &Plan,
    packs: &Packs,
    line: usize,
) -> Result<(Interval, Vec<String>, Within), NoTables> {
    let of_line: &Line = plan.lines().get(line).ok_or(NoTables::NoLine)?;
    let Works::Shared { share_by, .. } = of_line.works else {
        return Err(NoTables::NoLine);
    };
    let storeys = of_line.storeys.ok_or(NoTables::NoStoreys)?;
    let rules = packs.rules(plan).into_iter().filter(|rule| rule.check == Check::Interval);
    let mut of_storeys = rules.filter_map(|rule| {
        let interval = rule.bounds.intervals.iter().find(|one| one.storeys == storeys)?;
        Some((interval.clone(), rule.clauses.clone()))
    });
    let (interval, clauses) = of_storeys.next().ok_or(NoTables::NoInterval)?;
    let is_of_interval = |&household: &u32| {
        let floor = plan.households()[household as usize].floor;
        floor.is_some_and(|floor| interval.floors.iter().any(|(of, ..)| *of == floor))
    };
    if !plan.beneficiaries(of_line).iter().all(is_of_interval) {
        return Err(NoTables::NoFloor);
    }
    let within = if let ShareBy::Floors(_, within) = share_by { within } else { Within::Area };
    Ok((interval, clauses, within))
}

/// The middle of each floor's interval in millionths of a percent; `None` where one is no whole number
/// of them.
fn middle(interval: &Interval) -> Option<Vec<(i32, u64)>> {
    let middles = interval.floors.iter().map(|&(floor, least, most)| {
        let both = least.numerator() * most.denominator() + most.numerator() * least.denominator();
        let twice = 2 * least.denominator() * most.denominator();
        let whole = both * u128::from(WHOLE);
        whole
            .is_multiple_of(twice)
            .then(|| u64::try_from(whole / twice).ok())?
            .map(|part| (floor, part))
    });
    middles.collect()
}

fn sum(parts: &[(i32, u64)]) -> u64 {
    parts.iter().map(|&(_, part)| part).sum()
}

/// The tables in whole percent within an interval that close to 100%, and whether these are all.
fn tables(interval: &Interval) -> (Vec<Vec<(i32, u64)>>, bool) {
    let bounds: Vec<(i32, u64, u64)> = interval
        .floors
        .iter()
        .map(|&(floor, least, most)| (floor, percent(least, true), percent(most, false)))
        .collect();
    let mut all = vec![Vec::new()];
    for (index, &(floor, least, most)) in bounds.iter().enumerate() {
        let rest = |bound: fn(&(i32, u64, u64)) -> u64| -> u64 {
            bounds[index + 1..].iter().map(bound).sum()
        };
        let (rest_least, rest_most) = (rest(|one| one.1), rest(|one| one.2));
        let mut longer = Vec::new();
        for parts in all {
            for part in least..=most {
                let so_far = sum(&parts) / PERCENT + part;
                if so_far + rest_least <= 100 && so_far + rest_most >= 100 {
                    let mut parts: Vec<(i32, u64)> = parts.clone();
                    parts.push((floor, part * PERCENT));
                    longer.push(parts);
                }
            }
        }
        all = longer;
        // Each of these can be completed; more than so many nobody reads.
        if all.len() > MOST {
            all.truncate(MOST);
            return (complete(all, &bounds[index + 1..]), false);
        }
    }
    (all, true)
}

/// Completes beginnings of tables, each in one way.
fn complete(all: Vec<Vec<(i32, u64)>>, rest: &[(i32, u64, u64)]) -> Vec<Vec<(i32, u64)>> {
    let completed = all.into_iter().map(|mut parts| {
        for (index, &(floor, least, most)) in rest.iter().enumerate() {
            let later: u64 = rest[index + 1..].iter().map(|one| one.1).sum();
            let left = 100 - sum(&parts) / PERCENT;
            parts.push((floor, left.saturating_sub(later).clamp(least, most) * PERCENT));
        }
        parts
    });
    completed.filter(|parts| sum(parts) == WHOLE).collect()
}

/// The whole percent next to a rate, above it or below.
fn percent(rate: Rate, above: bool) -> u64 {
    let hundredfold = 100 * rate.numerator();
    let whole = match above {
        true => hundredfold.div_ceil(rate.denominator()),
        false => hundredfold / rate.denominator(),
    };
    u64::try_from(whole).unwrap_or(100)
}

/// What tables are made for.
struct Work<'p> {
    plan: &'p Plan,
    line: usize,
    within: Within,
    running: Option<Fen>,
}

impl Work<'_> {
    fn with(&self, parts: &[(i32, u64)]) -> Plan {
        self.plan.with_floors(self.line, parts.to_vec(), self.within)
    }

    fn table(&self, parts: Vec<(i32, u64)>, by_middle: &Split) -> Result<LiftTable, Error> {
        let now = split(&self.with(&parts))?;
        let (less, more) = moves_between(by_middle, &now);
        let votes = self.plan.beneficiaries(&self.plan.lines()[self.line]).iter();
        let votes = votes.map(|&household| {
            let [now, then] = [&now, by_middle].map(|one| one.households[household as usize].due);
            (household, Some(if now > then { Vote::No } else { Vote::Yes }))
        });
        let vote = self.tally(votes.collect());
        let of_line = now.lines[self.line].left_to_residents;
        let amounts = self.over_floors(of_line, &parts);
        let running = self.running.map(|running| self.over_floors(running, &parts));
        let running = running.unwrap_or_default();
        Ok(LiftTable { parts, amounts, running, less, more, vote })
    }

    /// An amount over the floors, as a line is; a floor that nobody lives on counts for nothing.
    fn over_floors(&self, amount: Fen, parts: &[(i32, u64)]) -> Vec<Fen> {
        let homes = self.plan.beneficiaries(&self.plan.lines()[self.line]);
        let is_lived_on = |floor: i32| {
            homes.iter().any(|&home| self.plan.households()[home as usize].floor == Some(floor))
        };
        let weights = parts.iter().map(|&(floor, part)| if is_lived_on(floor) { part } else { 0 });
        let weights: Vec<u64> = weights.collect();
        let (mut of_floors, mut all) = (vec![Fen::ZERO; parts.len()], Weights::default());
        all.set(weights.iter().map(|&weight| weight.into()));
        // Where no floor has a part, nobody pays by the table, and the split has said so.
        let _ = Allocator::default().split(amount, &mut all, &mut of_floors);
        of_floors
    }

    /// The vote on the line, with these votes in place of the roster's.
    fn tally(&self, votes: Vec<(u32, Option<Vote>)>) -> Option<Tally> {
        tally_line(&self.plan.with_votes(&votes), self.line, Matter::Rebuild, Method::CivilCode)
    }
}

/// A part of a table as it is written: `13`, `4.5`, in percent.
pub fn percent_of(part: u64) -> String {
    decimal(part.into(), 6)
}
