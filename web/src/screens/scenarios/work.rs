//! The worker's side of the screen: does what is asked and tells how far it is.

use fentan_core::plan::OddFen;
use fentan_core::scenario::{
    Base, Condition, Measure, Range, Seek, StressTest, Sweep, seek, tornado,
};
use fentan_core::{Change, Document, Error, Fen, Packs, Plan, Problems};
use fentan_words::Language;

use super::opened::words;
use super::task::{Both, OddFenEffect, Task, Told};
use crate::work::thread::Given;

/// How many values a seek tries one by one at most, as on the command line.
const MOST_TRIED: usize = 10_000;
/// How often progress is told of a task.
const STEPS: usize = 200;

/// Does a task on a plan written in JSON; tells what there is to tell as JSON.
pub fn perform(given: Given<'_>, tell: &mut dyn FnMut(Vec<u8>)) {
    let Ok(task) = postcard::from_bytes::<Task>(given.asked) else { return };
    // What is told can always be written.
    let mut tell = |told: Told| tell(serde_json::to_vec(&told).unwrap_or_default());
    let told = told(given.plan, &task, &mut tell);
    tell(told);
}

fn told(plan: &str, task: &Task, tell: &mut dyn FnMut(Told)) -> Told {
    let done = match task {
        Task::Sweep { over, measures } => sweep(plan, over, measures, tell),
        Task::Seek { path, greatest, conditions } => {
            sought(plan, path, *greatest, conditions, tell)
        }
        Task::Stress { stress } => stressed(plan, stress, tell),
        Task::OddFen => odd_fen(plan).map(Told::OddFen),
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
        points.push(sweep.point(index)?);
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
    // It is never told to stop: who wants that ends the worker.
    let found = seek(&base, &asked, &mut go_on)?;
    Ok(found.map_or_else(|| Told::Refused(Both::default()), |found| Told::Sought(Box::new(found))))
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
    Ok(Told::Stressed(Box::new(test.fan(&draws)), tornado(swings)))
}

/// What the rules for the odd fen do: to the household to which the second rule adds most, and to
/// that to which the third does.
fn odd_fen(plan: &str) -> Result<OddFenEffect, Error> {
    let mut document = document(plan, None)?;
    let mut plan = Plan::read(&document, None)?;
    let mut due: Vec<Vec<Fen>> = Vec::new();
    for (word, _) in OddFen::WORDS {
        let (path, text) = ("odd_fen".to_owned(), word.to_owned());
        document.change(&Change::Write { path, text });
        plan = plan.reread_without_scenarios(&document, &Packs::default())?;
        due.push(fentan_core::split(&plan)?.households.iter().map(|one| one.due).collect());
    }
    let all = 0..plan.households().len();
    let owes = |rule: usize, household: usize| due[rule][household];
    let differs = |household: &usize| {
        (1..due.len()).any(|rule| owes(rule, *household) != owes(0, *household))
    };
    let mut shown: Vec<usize> = Vec::new();
    for rule in 1..due.len() {
        let added =
            |&household: &usize| owes(rule, household).0.saturating_sub(owes(0, household).0);
        // Of several the earliest: the last maximum of those from the end.
        let others = all.clone().rev().filter(|household| !shown.contains(household));
        shown.extend(others.filter(differs).max_by_key(added));
    }
    Ok(OddFenEffect {
        households: shown.iter().map(|&one| plan.households()[one].id.to_string()).collect(),
        due: (0..due.len())
            .map(|rule| shown.iter().map(|&household| owes(rule, household)).collect())
            .collect(),
        differing: all.filter(differs).count(),
    })
}

#[cfg(test)]
mod tests {
    use fentan_core::scenario::Measured;

    use super::*;

    #[test]
    fn a_sweep_tells_its_points() {
        let plan = r#"{ "fentan": 1, "lines": [{ "id": "gate", "amount": "100" }],
            "sources": [{ "id": "county", "amount": "10" }],
            "households": [{ "id": "1", "area": "60" }] }"#;
        let over = vec!["sources.county.amount=0..20/10".to_owned()];
        let task = Task::Sweep { over, measures: vec!["residents".to_owned()] };
        let mut heard = Vec::new();
        let asked = crate::work::written(&task);
        perform(Given { plan, asked: &asked, file: None }, &mut |told| heard.push(told));
        let told: Vec<Told> =
            heard.iter().map(|told| serde_json::from_slice(told).expect("JSON")).collect();
        let Some(Told::Swept(points)) = told.last() else { unreachable!("no points") };
        let residents: Vec<_> = points.iter().filter_map(|point| point.measures.clone()).collect();
        let money = |yuan: u128| vec![Measured::Money(Fen(100 * yuan))];
        assert_eq!(residents, [money(100), money(90), money(80)]);
    }

    #[test]
    fn the_rules_for_the_odd_fen_are_shown_by_two_households() {
        let plan = r#"{ "fentan": 1, "lines": [{ "id": "gate", "amount": "100.01" }],
            "households": [{ "id": "1", "area": "60" }, { "id": "2", "area": "61" },
                           { "id": "3", "area": "60" }] }"#;
        let effect = odd_fen(plan).expect("it can be split");
        assert_eq!(effect.households, ["1", "3"]);
        let sums = |rule: usize| effect.due[rule].iter().map(|due| due.0).collect::<Vec<_>>();
        // 33.15193 and 33.70447: a fen is left over.
        assert_eq!([sums(0), sums(1), sums(2)], [[3315, 3315], [3316, 3315], [3315, 3316]]);
        assert_eq!(effect.differing, 3);
    }
}
