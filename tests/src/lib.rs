//! The conformance vectors: plans, each with the split it must give.
//!
//! They are compiled in, so that the same tests run on this machine and in a browser, which has
//! no files to read.

#![forbid(unsafe_code)]
#![allow(clippy::panic, reason = "that is how a test fails")]

mod office;

use fentan_core::receipt::Receipt;
use fentan_core::scenario::StressTest;
use fentan_core::{Document, Error, Plan, Problems, RosterFile, Split};
use include_dir::{Dir, include_dir};
use serde_json::{Value, json};

pub use office::{OfficeFile, office_files};

static FOLDER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/vectors");

static EXAMPLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../examples");

/// A plan and the split it must give.
#[derive(Clone, Copy, Debug)]
pub struct Vector {
    /// The name of the files, without their endings.
    pub name: &'static str,
    /// The bytes of `NAME.plan.json`.
    pub plan: &'static [u8],
    /// The bytes of `NAME.split.json`.
    pub split: &'static [u8],
}

/// All vectors, in the order of their names.
///
/// ```
/// let thirds = fentan_tests::vectors().find(|vector| vector.name == "thirds");
/// assert!(thirds.is_some());
/// ```
pub fn vectors() -> impl Iterator<Item = Vector> {
    FOLDER.files().filter_map(|plan| {
        let name = plan.path().to_str()?.strip_suffix(".plan.json")?;
        let split = FOLDER.get_file(format!("{name}.split.json"))?;
        Some(Vector { name, plan: plan.contents(), split: split.contents() })
    })
}

/// A plan and payments, and what the commands of spec §9 answer.
#[derive(Clone, Copy, Debug)]
pub struct AccountVector {
    /// The name of the files, without their endings.
    pub name: &'static str,
    /// The bytes of `NAME.plan.json`.
    pub plan: &'static [u8],
    /// The text of `NAME.payments.csv`.
    pub payments: &'static str,
    /// The bytes of `NAME.want.json`: the answers by command.
    pub want: &'static [u8],
}

/// All vectors of what follows the split, in the order of their names.
pub fn account_vectors() -> impl Iterator<Item = AccountVector> {
    FOLDER.files().filter_map(|want| {
        let name = want.path().to_str()?.strip_suffix(".want.json")?;
        Some(AccountVector {
            name,
            plan: FOLDER.get_file(format!("{name}.plan.json"))?.contents(),
            payments: FOLDER.get_file(format!("{name}.payments.csv"))?.contents_utf8()?,
            want: want.contents(),
        })
    })
}

/// The engine's answers to the commands of spec §9, in their form, or of spec §5.
pub mod answers {
    use fentan_core::collection::{
        Joining, Payments, PaymentsFile, collect as collected, collection_of, day, join as joined,
        settle as settled,
    };
    use fentan_core::{Document, Error, Plan, Problems, split};
    use serde_json::Value;

    use crate::errors;

    fn plan(plan: &Value) -> Result<Plan, Problems> {
        Plan::read(&Document::from_json(plan.to_string().as_bytes())?, None)
    }

    fn payments(plan: &Plan, table: &str) -> Result<Payments, Problems> {
        Payments::read(plan, PaymentsFile { file: "payments.csv", bytes: table.as_bytes() })
    }

    fn answer<T: serde::Serialize>(answer: Result<T, Error>) -> Value {
        match answer {
            Ok(answer) => serde_json::to_value(answer).expect("JSON"),
            Err(Error::Problems(problems)) => errors(&problems),
            Err(Error::Unreconciled(unreconciled)) => panic!("{unreconciled}"),
        }
    }

    /// Who has paid by a day.
    pub fn collect(of: &Value, table: &str, on: &str) -> Value {
        answer((|| {
            let plan = plan(of)?;
            let (payments, on) = (payments(&plan, table), day("--on", on));
            let mut problems = Problems::default();
            for found in
                [payments.as_ref().err(), on.as_ref().err(), collection_of(&plan).as_ref().err()]
            {
                problems.extend(found.cloned().unwrap_or_default());
            }
            let (Ok(payments), Ok(on), true) = (payments, on, problems.is_empty()) else {
                return Err(problems.into());
            };
            Ok(collected(&plan, &split(&plan)?, &payments, on)?)
        })())
    }

    /// The settled account.
    pub fn settle(of: &Value, table: &str) -> Value {
        answer((|| {
            let plan = plan(of)?;
            let payments = payments(&plan, table)?;
            settled(&plan, &split(&plan)?, &payments)
        })())
    }

    /// Joining later.
    pub fn join(of: &Value, line: &str, household: &str, on: &str) -> Value {
        answer((|| joined(&plan(of)?, &Joining { line, household, on }))())
    }
}

impl Vector {
    /// Asserts that an answer is the vector's: the same split, or for an error case the codes
    /// and paths that it lists among those found.
    #[track_caller]
    pub fn assert_answered(&self, answer: &Value) {
        let expected: Value = serde_json::from_slice(self.split).expect("a split or errors");
        let Some(errors) = expected.get("errors") else {
            let mut answer = answer.clone();
            // What the program says beside the result of spec §4.
            if let Some(members) = answer.as_object_mut() {
                members.retain(|name, _| !["findings", "filled"].contains(&name.as_str()));
            }
            assert_eq!(answer, expected, "{}", self.name);
            return;
        };
        let found = answer["errors"].as_array().expect("errors");
        for error in errors.as_array().expect("a list of errors") {
            let is_found = found
                .iter()
                .any(|found| found["code"] == error["code"] && found["path"] == error["path"]);
            assert!(is_found, "{}: {error} is not among {found:?}", self.name);
        }
    }
}

/// All plans of `examples/`, each by the name of its folder, as JSON with the roster in it.
///
/// ```
/// assert!(fentan_tests::examples().any(|(name, _)| name == "puyang"));
/// ```
pub fn examples() -> impl Iterator<Item = (&'static str, Value)> {
    EXAMPLES.dirs().filter_map(|folder| {
        let name = folder.path().to_str()?;
        let file = |file: &str| Some(EXAMPLES.get_file(format!("{name}/{file}"))?.contents());
        let plan =
            Document::read(file("plan.toml").or_else(|| file("plan.json"))?).expect("a plan");
        let plan = match file("households.csv") {
            Some(bytes) => plan.with_roster(RosterFile { file: "households.csv", bytes }),
            None => plan.into_owned(),
        };
        Some((name, serde_json::to_value(&plan).expect("JSON")))
    })
}

/// Splits a JSON plan with the engine.
///
/// # Errors
/// Those of the engine.
pub fn split(plan: &[u8]) -> Result<Split, Error> {
    fentan_core::split(&Plan::read(&Document::from_json(plan)?, None)?)
}

/// The engine's answer to a JSON plan, in the form of spec §4 or §5.
pub fn answer(plan: &[u8]) -> Value {
    match split(plan) {
        Ok(split) => serde_json::to_value(split).expect("a split is JSON"),
        Err(Error::Problems(problems)) => errors(&problems),
        Err(Error::Unreconciled(unreconciled)) => panic!("{unreconciled}"),
    }
}

/// A plan under stress, whose draws must be the same on every machine.
static STRESSED: &[u8] = include_bytes!("../stress/small.plan.json");
/// What they came to.
static FAN: &[u8] = include_bytes!("../stress/small.fan.json");

/// Asserts that the draws of a seed come to what they came to on every other machine.
#[track_caller]
pub fn assert_same_draws() {
    let document = Document::from_json(STRESSED).expect("a document");
    let plan = Plan::read(&document, None).expect("a plan");
    let test = StressTest::new(&plan, plan.stress().clone()).expect("a plan that can be split");
    let draws: Vec<_> = (0..test.count()).map(|index| test.draw(index).expect("a draw")).collect();
    let found = serde_json::to_value(test.fan(&draws)).expect("JSON");
    let expected: Value = serde_json::from_slice(FAN).expect("JSON");
    assert_eq!(found, expected, "{found:#}");
}

/// By vector the digests of its plan and of its split, worked out by a script in Python.
static RECEIPTS: &[u8] = include_bytes!("../receipts/vectors.json");

/// Asserts that the receipts of the vectors are what they are on every other machine.
#[track_caller]
pub fn assert_same_receipts() {
    let expected: Value = serde_json::from_slice(RECEIPTS).expect("JSON");
    let mut found = serde_json::Map::new();
    for vector in vectors() {
        let document = Document::from_json(vector.plan).expect("a document");
        let Ok(split) = split(vector.plan) else { continue };
        let receipt = Receipt::of(&document, None, &split);
        let digests = json!({ "plan": receipt.plan, "content": receipt.content });
        found.insert(vector.name.to_owned(), digests);
    }
    assert_eq!(Value::Object(found), expected);
}

fn errors(problems: &Problems) -> Value {
    let errors: Vec<_> = problems
        .iter()
        .map(|problem| json!({ "code": problem.code().as_str(), "path": problem.path }))
        .collect();
    json!({ "fentan": 1, "errors": errors })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_a_part_of_a_vector() {
        let files = vectors().count() * 2 + account_vectors().count() * 3;
        assert_eq!(files, FOLDER.files().count());
        assert_eq!(FOLDER.dirs().count(), 0);
    }
}
