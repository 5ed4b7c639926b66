//! What programs in other languages ask the engine, and what they are answered.
//!
//! The text of a plan goes in; what comes out serializes to JSON in which every amount is a text,
//! so that no number of another language comes between. The packages for JavaScript and for
//! Python only hand both over.
//!
//! ```
//! use fentan_answers::Asked;
//! use fentan_words::Language;
//! let plan = br#"{ "fentan": 1, "lines": [{ "id": "gate", "amount": "90" }],
//!                  "households": [{ "id": "1", "area": "60" }] }"#;
//! let split = Asked::of(plan).split(Language::Chinese)?;
//! assert_eq!(serde_json::to_value(&split).unwrap()["residents"], "90.00");
//! # Ok::<(), fentan_answers::Refusal>(())
//! ```

#![forbid(unsafe_code)]

mod answer;
#[cfg(feature = "programme")]
mod programme;

use fentan_core::tariff::{Edition, Flat, Tariff};
use fentan_core::{
    Document, Error, Explainer, Figure, HouseholdFigure, Packs, Plan, RosterFile, Split,
};
use fentan_words::{Explanation, Language, reason};
use serde::Serialize;

pub use answer::{FlatEstimate, LineOfFlat, Problem};
#[cfg(feature = "programme")]
pub use programme::{Divided, DividedCompound, DividedPot, OfPot, divide};

/// A plan that is asked about.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// JSON; with the feature `toml` also TOML.
    pub plan: &'a [u8],
    /// The roster as CSV, where the plan holds none.
    pub households: Option<&'a [u8]>,
    /// What sources give in all in place of their own amounts, as JSON: `{"central": "1000.00"}`.
    #[cfg(feature = "programme")]
    pub offers: Option<&'a str>,
}

/// Why something is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// All of it in one text.
    pub message: String,
    /// All that is wrong, each with code and path; missing where that is not what is wrong.
    pub problems: Vec<Problem>,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}

impl Refusal {
    fn of(error: impl Into<Error>, language: Language) -> Refusal {
        match error.into() {
            Error::Problems(problems) => Refusal {
                message: problems.to_string(),
                problems: problems.iter().map(|one| Problem::of(one, language)).collect(),
            },
            Error::Unreconciled(unreconciled) => Refusal::saying(unreconciled),
        }
    }

    fn saying(message: impl ToString) -> Refusal {
        Refusal { message: message.to_string(), problems: Vec::new() }
    }

    /// A refusal of an argument that is of another kind than it must be.
    pub fn of_argument(name: &str, message: impl std::fmt::Display) -> Refusal {
        let problem = Problem {
            code: fentan_core::Code::BadType.as_str().to_owned(),
            path: name.to_owned(),
            message: message.to_string(),
        };
        Refusal { message: format!("{name}: {}: {message}", problem.code), problems: vec![problem] }
    }
}

impl<'a> Asked<'a> {
    /// A plan with all that belongs to it in it.
    pub fn of(plan: &'a [u8]) -> Asked<'a> {
        Asked {
            plan,
            households: None,
            #[cfg(feature = "programme")]
            offers: None,
        }
    }

    /// Splits the plan: who pays each line, and how each household pays its part.
    ///
    /// # Errors
    /// Every problem of the plan.
    pub fn split(self, language: Language) -> Result<Split, Refusal> {
        let split = self.read().and_then(|plan| fentan_core::split(&plan));
        split.map_err(|error| Refusal::of(error, language))
    }

    /// Lists every problem of the plan; missing where it can be split.
    ///
    /// # Errors
    /// Only where the engine itself is at fault.
    pub fn check(self, language: Language) -> Result<Vec<Problem>, Refusal> {
        let split = self.read().and_then(|plan| fentan_core::split(&plan));
        match split.map_err(|error| Refusal::of(error, language)) {
            Err(refusal) if refusal.problems.is_empty() => Err(refusal),
            Err(refusal) => Ok(refusal.problems),
            Ok(_) => Ok(Vec::new()),
        }
    }

    /// Tells how a figure of the plan's split comes about, and what it rests on. `figure` is JSON
    /// that names a household and one of its figures, a household and a line, or a line.
    ///
    /// # Errors
    /// The plan's problems, or that there is no such figure.
    pub fn explain(self, figure: &str, language: Language) -> Result<Explanation, Refusal> {
        let refused = |error| Refusal::of(error, language);
        let plan = self.read().map_err(refused)?;
        let explainer = Explainer::new(&plan).map_err(|problems| refused(problems.into()))?;
        let found = named(&plan, figure).and_then(|figure| explainer.reason(figure));
        let found = found.ok_or_else(|| Refusal::of_argument("asked", "no such figure"))?;
        Ok(reason(language, &plan, &found))
    }

    /// Makes the plan's tariff: what may be made public of it, with no household. `edition` is
    /// JSON with `number` and `date`.
    ///
    /// # Errors
    /// What is wrong with plan and edition.
    pub fn tariff(self, edition: &str, language: Language) -> Result<impl Serialize, Refusal> {
        let refused = |error| Refusal::of(error, language);
        let plan = self.read().map_err(refused)?;
        let edition: serde_json::Value = serde_json::from_str(edition).map_err(Refusal::saying)?;
        let number = edition["number"].as_u64().unwrap_or_default();
        let date = edition["date"].as_str().unwrap_or_default();
        let edition = Edition::read(number, date).map_err(|problems| refused(problems.into()))?;
        let tariff = Tariff::publish(&plan, &Packs::default(), &edition);
        Ok(tariff.map_err(refused)?.to_document())
    }

    fn read(self) -> Result<Plan, Error> {
        let document = document(self.plan)?;
        let roster = |bytes| RosterFile { file: "households.csv", bytes };
        fentan_core::policy::take_in();
        let packs = Packs::default();
        let plan = Plan::read_without_scenarios(&document, self.households.map(roster), &packs)?;
        #[cfg(feature = "programme")]
        if let Some(offers) = self.offers {
            return Ok(programme::with_offers(plan, offers)?);
        }
        Ok(plan)
    }
}

/// The language of a tag: that which is left out is Chinese.
///
/// # Errors
/// A tag of another language than `zh` and `en`.
pub fn language(tag: Option<&str>) -> Result<Language, Refusal> {
    let Some(tag) = tag else { return Ok(Language::default()) };
    let unknown = || Refusal::of_argument("language", "the languages are zh and en");
    Language::of_tag(tag).ok_or_else(unknown)
}

/// Works out what one flat would pay by a tariff; both are JSON.
///
/// # Errors
/// What is wrong with tariff or flat.
pub fn estimate(tariff: &str, flat: &str, language: Language) -> Result<FlatEstimate, Refusal> {
    let found = Document::from_json(tariff.as_bytes()).and_then(|document| {
        let tariff = Tariff::read(&document)?;
        let flat = Flat::read(&Document::from_json(flat.as_bytes())?, &tariff)?;
        Ok(FlatEstimate::of(&tariff, &fentan_core::tariff::estimate(&tariff, &flat)))
    });
    found.map_err(|problems| Refusal::of(problems, language))
}

#[cfg(feature = "toml")]
fn document(bytes: &[u8]) -> Result<Document<'_>, fentan_core::Problems> {
    Document::read(bytes)
}

#[cfg(not(feature = "toml"))]
fn document(bytes: &[u8]) -> Result<Document<'_>, fentan_core::Problems> {
    Document::from_json(bytes)
}

/// The figure that is asked for, by the plan's ids.
fn named(plan: &Plan, figure: &str) -> Option<Figure> {
    let figure: serde_json::Value = serde_json::from_str(figure).ok()?;
    let id = |name: &str| figure.get(name).and_then(serde_json::Value::as_str);
    let household = id("household");
    let household =
        household.map(|id| plan.households().iter().position(|household| *household.id == *id));
    let line = id("line").map(|id| plan.lines().iter().position(|line| line.id == id));
    match (household, line) {
        (Some(household), Some(line)) => {
            Some(Figure::LineShare { household: household?, line: line? })
        }
        (Some(household), None) => {
            let asked = id("figure")?;
            let mut known = HouseholdFigure::ALL.iter().copied();
            let figure = known.find(|one| one.as_str() == asked)?;
            Some(Figure::Of { household: household?, figure })
        }
        (None, Some(line)) => Some(Figure::Uncovered { line: line? }),
        (None, None) => None,
    }
}
