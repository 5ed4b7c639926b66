//! Stress, spec §8: many draws in which lines overrun and sources fall short.

use std::cmp::Reverse;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use serde::{Deserialize, Serialize};

use super::spread::{Spread, below};
use super::totals::{CashTotals, nearest_rank};
use crate::document::Value;
use crate::money::Fen;
use crate::number::{self, Rate};
use crate::place::Place;
use crate::plan::fields::{Fields, entries};
use crate::plan::{Line, MOST_BUDGET, Plan, Source};
use crate::problem::{Cause, Naming, Problems};
use crate::split::{Error, split};

/// Millionths in one.
const MILLION: u128 = 1_000_000;

/// The risks that a plan states.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stress {
    /// How many times it is drawn.
    pub draws: u32,
    /// The seed of the draws: the same seed gives the same draws.
    pub seed: u64,
    overruns: Vec<Overrun>,
    shortfalls: Vec<Shortfall>,
}

/// A line that may cost more, or less.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Overrun {
    /// An index of the plan's lines.
    line: usize,
    spread: Spread,
}

/// A source that may fall short.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Shortfall {
    /// An index of the plan's sources.
    source: usize,
    chance: Rate,
    /// The part of its limits that it then still has.
    pays: Rate,
}

impl Stress {
    /// How many draws there are where the plan does not say.
    const DRAWS: u32 = 1_000;
    /// The most draws.
    pub const MOST_DRAWS: u32 = 1_000_000;

    /// Whether no risk is stated.
    pub fn is_empty(&self) -> bool {
        self.overruns.is_empty() && self.shortfalls.is_empty()
    }
}

/// No risk.
impl Default for Stress {
    fn default() -> Self {
        Stress { draws: Self::DRAWS, seed: 1, overruns: Vec::new(), shortfalls: Vec::new() }
    }
}

/// Reads `stress`.
pub(crate) fn read(
    value: &Value<'_>,
    place: Place<'_>,
    lines: &[Line],
    sources: &[Source],
    problems: &mut Problems,
) -> Stress {
    const KNOWN: &[&str] = &["draws", "seed", "lines", "sources"];
    let mut stress = Stress::default();
    let Some(fields) = Fields::open(value, place, KNOWN, problems) else {
        return stress;
    };
    if let Some(draws) = fields.number("draws", number::count, problems) {
        match u32::try_from(draws) {
            Ok(0) => problems.add(place.field("draws"), Cause::BelowOne),
            Ok(draws) if draws <= Stress::MOST_DRAWS => stress.draws = draws,
            _ => {
                let most = Stress::MOST_DRAWS.into();
                problems.add(place.field("draws"), Cause::TooLarge { most });
            }
        }
    }
    stress.seed = fields.number("seed", number::count, problems).unwrap_or(stress.seed);
    let mut each =
        |name: &'static str,
         ids: Vec<&str>,
         read: &mut dyn FnMut(usize, &Value<'_>, Place<'_>, &mut Problems)| {
            let place = place.field(name);
            let given = fields.get(name).and_then(|value| entries(value, &place, problems));
            for (id, value) in given.unwrap_or_default() {
                let place = place.field(id);
                match ids.iter().position(|known| known == id) {
                    Some(index) => read(index, value, place, problems),
                    None => {
                        let known = ids.iter().map(|&id| id.to_owned()).collect();
                        let naming = Naming::Listed;
                        problems.add_seen(place, id, Cause::UnknownId { naming, known });
                    }
                }
            }
        };
    let ids = lines.iter().map(|line| line.id.as_str()).collect();
    each("lines", ids, &mut |line, value, place, problems| {
        let spread = read_spread(value, place, problems);
        stress.overruns.extend(spread.map(|spread| Overrun { line, spread }));
    });
    let ids = sources.iter().map(|source| source.id.as_str()).collect();
    each("sources", ids, &mut |source, value, place, problems| {
        let shortfall = read_shortfall(source, value, place, problems);
        stress.shortfalls.extend(shortfall);
    });
    let most = |line: usize| {
        let overrun = stress.overruns.iter().find(|overrun| overrun.line == line);
        overrun.map_or(MILLION, |overrun| factor(overrun.spread.most).into())
    };
    // What a line costs at most, in millionths of a fen; a part of others follows them.
    let own = |line: usize| Fen(lines[line].amount.0 * most(line));
    let all = (0..lines.len()).filter(|&line| lines[line].rate_of.is_none()).map(own).sum();
    let at_most = |line: usize| match &lines[line].rate_of {
        None => own(line).0,
        Some(part) => {
            let others = match &part.lines {
                Some(others) => others.iter().map(|&other| own(other)).sum(),
                None => all,
            };
            part.rate.up(others).0 / MILLION * most(line) + most(line)
        }
    };
    let budget: u128 = (0..lines.len()).map(at_most).sum();
    if budget > MOST_BUDGET.0 * MILLION {
        problems.add(place.field("lines"), Cause::TooLarge { most: MOST_BUDGET.0 / 100 });
    }
    stress
}

fn read_spread(value: &Value<'_>, place: Place<'_>, problems: &mut Problems) -> Option<Spread> {
    let fields = Fields::open(value, place, &["least", "likely", "most"], problems)?;
    let mut given = |name| fields.number(name, number::overrun, problems);
    let (least, likely) = (given("least"), given("likely"));
    let most = given("most");
    fields.required("most", problems);
    let spread = Spread { least: least.unwrap_or(0), likely, most: most? };
    let likely = likely.unwrap_or(spread.least);
    if !(spread.least <= likely && likely <= spread.most) {
        problems.add(place, Cause::RangeOrder);
        return None;
    }
    Some(spread)
}

fn read_shortfall(
    source: usize,
    value: &Value<'_>,
    place: Place<'_>,
    problems: &mut Problems,
) -> Option<Shortfall> {
    let fields = Fields::open(value, place, &["chance", "pays"], problems)?;
    fields.required("chance", problems);
    let chance = fields.number("chance", number::rate, problems)?;
    let pays = fields.number("pays", number::rate, problems).unwrap_or_default();
    Some(Shortfall { source, chance, pays })
}

/// What a line costs times, in millionths; an overrun is no less than −1.
fn factor(overrun: i64) -> u64 {
    1_000_000_u64.saturating_add_signed(overrun)
}

/// A plan under stress. Draws are independent of each other: any may be made anywhere, in any
/// order, and each is the same whatever the machine.
///
/// ```
/// use fentan_core::{Document, Plan};
/// use fentan_core::scenario::StressTest;
/// let document = Document::from_json(
///     br#"{ "fentan": 1, "lines": [{ "id": "gate", "amount": "100" }],
///           "households": [{ "id": "1", "area": "60" }],
///           "stress": { "draws": 200, "lines": { "gate": { "least": "-10%", "most": "30%" } } } }"#,
/// )?;
/// let plan = Plan::read(&document, None)?;
/// let test = StressTest::new(&plan, plan.stress().clone())?;
/// let draws = (0..test.count()).map(|index| test.draw(index)).collect::<Result<Vec<_>, _>>()?;
/// let fan = test.fan(&draws);
/// assert!(fan.residents.tenth < fan.residents.half && fan.residents.half < fan.residents.ninetieth);
/// // The inputs at their own 10th and 90th percentile.
/// assert_eq!(test.swing(0)?.low.1.unwrap().to_string(), "94.00");
/// # Ok::<(), fentan_core::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct StressTest {
    plan: Plan,
    stress: Stress,
    base: Outcome,
    payers: Vec<(String, Option<String>)>,
}

/// What a draw came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Outcome {
    /// What the sources pay, in the plan's order, the relief pot last.
    pub payers: Vec<Fen>,
    /// What all households owe.
    pub residents: Fen,
    /// What they pay in cash.
    pub cash: CashTotals,
}

/// The outcomes of many draws: of each figure the 10th, 50th and 90th percentile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Fan {
    /// The seed of the draws.
    pub seed: u64,
    /// How many there were.
    pub draws: usize,
    /// How many of them could not be split, such as when nobody is left to bear a relief; they
    /// are in no figure.
    pub failed: usize,
    /// What each source pays, in the plan's order, the relief pot last.
    pub payers: Vec<PayerFan>,
    /// What all households owe.
    pub residents: Percentiles,
    /// What the median household pays in cash.
    pub median_cash: Percentiles,
    /// What nobody pays more than in cash.
    pub highest_cash: Percentiles,
}

/// What a payer pays over many draws.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PayerFan {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: Option<String>,
    /// What it pays.
    pub paid: Percentiles,
}

/// An amount over many draws, by nearest rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Percentiles {
    /// In the plan as it stands.
    pub base: Fen,
    /// No more than this in a tenth of all draws.
    pub tenth: Fen,
    /// No more than this in half of them.
    pub half: Fen,
    /// No more than this in nine tenths of them.
    pub ninetieth: Fen,
}

/// What one input alone does to what the residents owe, all others as in the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Swing {
    /// `lines.water`, `sources.county`.
    pub input: String,
    /// The line's or the source's name.
    pub name: Option<String>,
    /// A line's overrun at its 10th percentile; a source that pays in full. With what the
    /// residents then owe; missing where the plan can't be split.
    pub low: (String, Option<Fen>),
    /// A line's overrun at its 90th percentile; the part that a source still has.
    pub high: (String, Option<Fen>),
    /// By how much the two differ.
    pub swing: Fen,
}

impl StressTest {
    /// Of a plan; `stress` is its own, perhaps with other draws or another seed.
    ///
    /// # Errors
    /// Those of [`split`](crate::split()) for the plan as it stands.
    pub fn new(plan: &Plan, stress: Stress) -> Result<StressTest, Error> {
        let pot = plan.agreements().relief.pot.iter().map(|pot| (pot.id.clone(), pot.name.clone()));
        let sources = plan.sources().iter().map(|source| (source.id.clone(), source.name.clone()));
        let payers = sources.chain(pot).collect();
        let base = outcome(plan)?;
        Ok(StressTest { plan: plan.clone(), stress, base, payers })
    }

    /// How many draws there are.
    pub fn count(&self) -> u32 {
        self.stress.draws
    }

    /// How many inputs there are: lines that may overrun, then sources that may fall short.
    pub fn inputs(&self) -> usize {
        self.stress.overruns.len() + self.stress.shortfalls.len()
    }

    /// One draw; `None` if its plan can't be split.
    ///
    /// Its random numbers are the stream of its index of ChaCha8 with the seed as key: whole
    /// numbers alone, the same on every machine.
    ///
    /// # Errors
    /// [`Error::Unreconciled`] alone.
    pub fn draw(&self, index: u32) -> Result<Option<Outcome>, Error> {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&self.stress.seed.to_le_bytes());
        let mut random = ChaCha8Rng::from_seed(key);
        random.set_stream(index.into());
        let overruns = self.stress.overruns.iter();
        let lines: Vec<_> = overruns
            .map(|overrun| (overrun.line, factor(overrun.spread.draw(&mut random))))
            .collect();
        let mut sources = Vec::new();
        for shortfall in &self.stress.shortfalls {
            // Rates have denominators that fit.
            let among = u64::try_from(shortfall.chance.denominator()).unwrap_or(u64::MAX);
            if u128::from(below(&mut random, among)) < shortfall.chance.numerator() {
                sources.push((shortfall.source, shortfall.pays));
            }
        }
        self.outcome(&lines, &sources)
    }

    /// The outcomes of draws, in any order.
    pub fn fan(&self, draws: &[Option<Outcome>]) -> Fan {
        let whole: Vec<&Outcome> = draws.iter().flatten().collect();
        let percentiles = |figure: &dyn Fn(&Outcome) -> Fen| {
            let mut amounts: Vec<Fen> = whole.iter().map(|outcome| figure(outcome)).collect();
            amounts.sort_unstable();
            let at = |percent| nearest_rank(&amounts, percent);
            let base = figure(&self.base);
            Percentiles { base, tenth: at(10), half: at(50), ninetieth: at(90) }
        };
        let payers = self.payers.iter().enumerate().map(|(index, (id, name))| PayerFan {
            id: id.clone(),
            name: name.clone(),
            paid: percentiles(&|outcome| outcome.payers[index]),
        });
        Fan {
            seed: self.stress.seed,
            draws: draws.len(),
            failed: draws.len() - whole.len(),
            payers: payers.collect(),
            residents: percentiles(&|outcome| outcome.residents),
            median_cash: percentiles(&|outcome| outcome.cash.median),
            highest_cash: percentiles(&|outcome| outcome.cash.highest),
        }
    }

    /// What an input alone does, by its index; see [`StressTest::inputs`].
    ///
    /// # Errors
    /// [`Error::Unreconciled`] alone.
    pub fn swing(&self, input: usize) -> Result<Swing, Error> {
        let residents = |outcome: Option<Outcome>| outcome.map(|outcome| outcome.residents);
        let (input, name, low, high) = match self.stress.overruns.get(input) {
            Some(overrun) => {
                let line = &self.plan.lines()[overrun.line];
                let at = |percent| -> Result<_, Error> {
                    let value = overrun.spread.percentile(percent);
                    let outcome = self.outcome(&[(overrun.line, factor(value))], &[])?;
                    Ok((percentage(value), residents(outcome)))
                };
                (format!("lines.{}", line.id), line.name.clone(), at(10)?, at(90)?)
            }
            None => {
                let shortfall = &self.stress.shortfalls[input - self.stress.overruns.len()];
                let source = &self.plan.sources()[shortfall.source];
                let outcome = self.outcome(&[], &[(shortfall.source, shortfall.pays)])?;
                let low = ("100%".to_owned(), Some(self.base.residents));
                let pays = shortfall.pays;
                let pays = pays.numerator() * MILLION / pays.denominator();
                // A rate is one at most.
                let high = (percentage(pays as i64), residents(outcome));
                (format!("sources.{}", source.id), source.name.clone(), low, high)
            }
        };
        let difference = low.1.zip(high.1).map(|(low, high)| Fen(low.0.abs_diff(high.0)));
        Ok(Swing { input, name, low, high, swing: difference.unwrap_or_default() })
    }

    fn outcome(
        &self,
        lines: &[(usize, u64)],
        sources: &[(usize, Rate)],
    ) -> Result<Option<Outcome>, Error> {
        match outcome(&self.plan.scaled(lines, sources)) {
            Ok(outcome) => Ok(Some(outcome)),
            Err(Error::Problems(_)) => Ok(None),
            Err(unreconciled) => Err(unreconciled),
        }
    }
}

/// Puts the swings of all inputs in order: the largest first, equal ones as they stand.
pub fn tornado(mut swings: Vec<Swing>) -> Vec<Swing> {
    swings.sort_by_key(|swing| Reverse(swing.swing));
    swings
}

fn outcome(plan: &Plan) -> Result<Outcome, Error> {
    let split = split(plan)?;
    let cash = split.households.iter().map(|household| household.paid.cash).collect();
    Ok(Outcome {
        payers: split.sources.iter().map(|source| source.paid).collect(),
        residents: split.residents,
        cash: CashTotals::of(plan, cash),
    })
}

/// Millionths as a percentage.
fn percentage(millionths: i64) -> String {
    let sign = if millionths < 0 { "-" } else { "" };
    let size = millionths.unsigned_abs();
    let written = format!("{sign}{}.{:04}", size / 10_000, size % 10_000);
    format!("{}%", written.trim_end_matches('0').trim_end_matches('.'))
}
