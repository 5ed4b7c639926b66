//! Why shares differ between two versions of the plan; and the plan itself, to be kept as a version.

use fentan_core::changes::{Changes, changes};
use fentan_core::scenario::Base;
use fentan_core::{Document, Error, Packs, Plan};
use fentan_words::{Language, problem_line};
use serde::{Deserialize, Serialize};

use super::thread::Given;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Order {
    /// The plan as it stands.
    Hand,
    /// What differs between two versions, each as JSON; missing for the plan as it stands.
    Compare {
        /// The earlier one.
        old: Option<String>,
        /// The later one.
        new: Option<String>,
        /// The language of what is wrong.
        language: Language,
    },
}

/// What is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Told {
    /// The plan as it stands, as JSON.
    Plan(String),
    /// What differs.
    Changes(Box<Changes>),
    /// One of the two can't be split, and why.
    Refused(Vec<String>),
}

/// Does the task.
pub fn perform(given: Given<'_>, tell: &mut dyn FnMut(Vec<u8>)) {
    let Ok(order) = postcard::from_bytes::<Order>(given.asked) else { return };
    let told = match order {
        Order::Hand => Told::Plan(given.plan.to_owned()),
        Order::Compare { old, new, language } => {
            let json =
                |version: &Option<String>| version.clone().unwrap_or_else(|| given.plan.to_owned());
            match compared(&json(&old), &json(&new)) {
                Ok(changes) => Told::Changes(Box::new(changes)),
                Err(Error::Problems(problems)) => {
                    const MOST: usize = 8;
                    let lines = problems.iter().take(MOST);
                    Told::Refused(lines.map(|one| problem_line(language, one)).collect())
                }
                Err(unreconciled) => Told::Refused(vec![unreconciled.to_string()]),
            }
        }
    };
    tell(super::written(&told));
}

fn compared(old: &str, new: &str) -> Result<Changes, Error> {
    changes(&base(old)?, &base(new)?)
}

fn base(json: &str) -> Result<Base, Error> {
    let document = Document::from_json(json.as_bytes())?;
    let packs = Packs::default();
    let plan = Plan::read_without_scenarios(&document, None, &packs)?;
    Ok(Base::new(plan, &document, packs))
}
