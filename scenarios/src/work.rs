//! The side of a thread of its own: does what is asked and tells how far it is.

use fentan_core::scenario::{
    Base, Condition, Measure, Measured, Percentiles, Range, Seek, StressTest, Sweep, seek, tornado,
};
use fentan_core::{Change, Document, Error, Packs, Plan, Problems};
use fentan_words::{Language, proven, say_with, turn};

use crate::opened::words;
use crate::task::{Amount, Both, Point, Sought, Spread, Stressed, Swing, Task, Told, Trial};

/// How many values a seek tries one by one at most, as on the command line.
const MOST_TRIED: usize = 10_000;
/// How often progress is told of a task.
const STEPS: usize = 200;

/// Does a task on a plan written in JSON.
///
/// ```
/// use fentan_scenarios::{Amount, Task, Told, perform};
/// let plan = r#"{ "fentan": 1, "lines": [{ "id": "gate", "amount": "100" }],
///     "sources": [{ "id": "county", "amount": "10" }], "households": [{ "id": "1", "area": "60" }] }"#;
/// let over = vec!["sources.county.amount=0..20/10".to_owned()];
/// let task = Task::Sweep { over, measures: vec!["residents".to_owned()] };
/// let Told::Swept(points) = perform(plan, &task, &mut |_| {}) else { panic!("no points") };
/// let residents: Vec<_> = points.into_iter().filter_map(|point| point.measures).collect();
/// let money = |yuan: u128| vec![Amount::Money(fentan_core::Fen(100 * yuan))];
/// assert_eq!(residents, [money(100), money(90), money(80)]);
/// ```
pub fn perform(plan: &str, task: &Task, tell: &mut dyn FnMut(Told)) -> Told {
    let done = match task {
        Task::Sweep { over, measures } => sweep(plan, over, measures, tell),
        Task::Seek { path, greatest, conditions } => {
            sought(plan, path, *greatest, conditions, tell)
        }
        Task::Stress { stress } => stressed(plan, stress, tell),
    };
    done.unwrap_or_else(|error| Told::Refused(both(|language| words(language, &error))))
}

fn both(say: impl Fn(Language) -> Vec<String>) -> Both {
    Language::ALL.map(say)
}

/// The plan without its scenarios, and with what is said of stress in place of its own.
fn document(plan: &str, stress: Option<&str>) -> Result<Document<'static>, Problems> {
    let mut document = Document::from_json(plan.as_bytes())?.into_owned();
    for name in ["scenarios", "stress"] {
        document.change(&Change::Remove { path: name.to_owned() });
    }
    if let Some(json) = stress {
        let (path, json) = ("stress".to_owned(), json.to_owned());
        document.change(&Change::Put { path, json, at: None });
    }
    Ok(document)
}

fn base(plan: &str) -> Result<Base, Problems> {
    let document = document(plan, None)?;
    Ok(Base::new(Plan::read(&document, None)?, &document, Packs::default()))
}

impl From<Measured> for Amount {
    fn from(measured: Measured) -> Amount {
        match measured {
            Measured::Money(amount) => Amount::Money(amount),
            Measured::Count(count) => Amount::Count(count),
        }
    }
}

impl From<Amount> for Measured {
    fn from(amount: Amount) -> Measured {
        match amount {
            Amount::Money(amount) => Measured::Money(amount),
            Amount::Count(count) => Measured::Count(count),
        }
    }
}

fn amounts(measures: Option<Vec<Measured>>) -> Option<Vec<Amount>> {
    Some(measures?.into_iter().map(Amount::from).collect())
}

fn sweep(
    plan: &str,
    over: &[String],
    measures: &[String],
    tell: &mut dyn FnMut(Told),
) -> Result<Told, Error> {
    let base = base(plan)?;
    let over = over.iter().map(|one| Range::read(&base, one)).collect::<Result<_, _>>()?;
    let measures = measures.iter().map(|one| Measure::read(one)).collect::<Result<_, _>>()?;
    let mut sweep = Sweep::new(base, over, measures)?;
    let count = sweep.count();
    let mut points = Vec::with_capacity(count);
    for index in 0..count {
        if index % count.div_ceil(STEPS) == 0 {
            tell(Told::Progress(index, count));
        }
        let point = sweep.point(index)?;
        points.push(Point { at: point.at, measures: amounts(point.measures) });
    }
    Ok(Told::Swept(points))
}

fn sought(
    plan: &str,
    path: &str,
    greatest: bool,
    conditions: &[String],
    tell: &mut dyn FnMut(Told),
) -> Result<Told, Error> {
    let base = base(plan)?;
    let asked = Seek {
        range: Range::read(&base, path)?,
        greatest,
        conditions: conditions.iter().map(|one| Condition::read(one)).collect::<Result<_, _>>()?,
        most: MOST_TRIED,
    };
    let mut go_on = |tried: usize| {
        if tried.is_multiple_of(20) {
            tell(Told::Progress(tried, 0));
        }
        true
    };
    // It is never told to stop: who wants that ends the thread.
    let Some(found) = seek(&base, &asked, &mut go_on)? else {
        return Ok(Told::Refused(Both::default()));
    };
    let proof = both(|language| {
        let count = found.tried.to_string();
        let tried = say_with(language, "seek.tried", &[("count", &count)]);
        let turns = found.turns.iter().map(|one| turn(language, one));
        std::iter::once(proven(language, &found)).chain(turns).chain([tried]).collect()
    });
    let trial = |trial: Option<fentan_core::scenario::Trial>| {
        let fentan_core::scenario::Trial { value, measures, met, .. } = trial?;
        Some(Trial { value, measures: amounts(measures), met })
    };
    let (found, beside) = (found.found, found.beside);
    Ok(Told::Sought(Box::new(Sought {
        path: path.to_owned(),
        conditions: conditions.to_vec(),
        found: trial(found),
        beside: trial(beside),
        proof,
    })))
}

fn stressed(plan: &str, stress: &str, tell: &mut dyn FnMut(Told)) -> Result<Told, Error> {
    let plan = Plan::read(&document(plan, Some(stress))?, None)?;
    let test = StressTest::new(&plan, plan.stress().clone())?;
    let count = test.count();
    let mut draws = Vec::with_capacity(count as usize);
    for index in 0..count {
        if index % count.div_ceil(STEPS as u32) == 0 {
            tell(Told::Progress(index as usize, count as usize));
        }
        draws.push(test.draw(index)?);
    }
    let swings = (0..test.inputs()).map(|one| test.swing(one)).collect::<Result<Vec<_>, _>>()?;
    let swings = tornado(swings);
    let fan = test.fan(&draws);
    let spread = |of: Percentiles| Spread {
        base: of.base,
        tenth: of.tenth,
        half: of.half,
        ninetieth: of.ninetieth,
    };
    let payers = fan.payers.iter();
    let payers =
        payers.map(|payer| (payer.name.clone().unwrap_or(payer.id.clone()), spread(payer.paid)));
    let swings = swings.into_iter().map(|one| Swing {
        title: one.name.unwrap_or(one.input),
        low: one.low,
        high: one.high,
        swing: one.swing,
    });
    Ok(Told::Stressed(Box::new(Stressed {
        draws: fan.draws,
        seed: fan.seed,
        failed: fan.failed,
        payers: payers.collect(),
        residents: [fan.residents, fan.median_cash, fan.highest_cash].map(spread),
        swings: swings.collect(),
    })))
}
