//! The engine of `<fentan-calculator>`: opens a tariff, or a plan from which it makes one, and words
//! what the element shows. The element (`calculator.js`) only draws it.
//!
//! All that passes between the two is JSON, with every amount and every text ready to be shown.

#![forbid(unsafe_code)]

mod answers;
mod overview;
mod questions;
mod result;

use fentan_core::{Document, Edition, Error, Flat, Packs, Plan, Problems, Tariff, estimate};
use fentan_words::{Language, problem};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

pub use answers::{Answer, Bar, Choice, Field, Head, LineShare, Overview, Part, Row, View, Wrong};

/// A tariff that is open.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Calculator {
    opened: Result<Tariff, Problems>,
    /// Whether it was published, with an edition and a date, or is the tariff of a plan.
    is_published: bool,
}

#[wasm_bindgen]
impl Calculator {
    /// The most bytes of a tariff or plan that are read.
    pub fn most_bytes() -> usize {
        Tariff::MOST_BYTES
    }

    /// Opens what was fetched: a tariff, or a plan in JSON with its roster.
    ///
    /// ```
    /// use fentan_widget::Calculator;
    /// let plan = r#"{ "fentan": 1, "lines": [{ "id": "gate", "amount": "100" }],
    ///     "households": [{ "id": "1", "area": "60" }, { "id": "2", "area": "60" }] }"#;
    /// let calculator = Calculator::open(plan.as_bytes());
    /// assert!(calculator.problems("en").is_none());
    /// let answer = calculator.estimate(r#"{ "area": "60" }"#, "en");
    /// assert!(answer.contains("¥50.00"), "{answer}");
    /// ```
    pub fn open(bytes: &[u8]) -> Calculator {
        let document = Document::from_json(bytes);
        let is_published =
            document.as_ref().is_ok_and(|document| document.value("fentan").is_none());
        let opened = document.and_then(|document| match is_published {
            true => Tariff::read(&document),
            false => tariff_of(&document),
        });
        Calculator { opened, is_published }
    }

    /// What is wrong with what was opened, as a list of [`Wrong`]; none where nothing is.
    pub fn problems(&self, language: &str) -> Option<String> {
        let problems = self.opened.as_ref().err()?;
        Some(json(&wrong(of_tag(language), problems)))
    }

    /// The [`View`] of what was opened; none where that has problems.
    pub fn view(&self, language: &str) -> Option<String> {
        let tariff = self.opened.as_ref().ok()?;
        Some(json(&View::of(of_tag(language), tariff, self.is_published)))
    }

    /// The [`Answer`] to a flat given as JSON.
    pub fn estimate(&self, flat: &str, language: &str) -> String {
        let language = of_tag(language);
        let answer = self.opened.clone().and_then(|tariff| {
            let flat = Flat::read(&Document::from_json(flat.as_bytes())?, &tariff)?;
            Ok(Answer::of(language, &tariff, &estimate(&tariff, &flat)))
        });
        json(&answer.unwrap_or_else(|problems| Answer::Wrong(wrong(language, &problems))))
    }
}

fn tariff_of(plan: &Document<'_>) -> Result<Tariff, Problems> {
    let plan = Plan::read(plan, None)?;
    // A plan has no date of publication, and none is shown for it.
    let edition = Edition { number: 1, date: "0001".to_owned() };
    match Tariff::publish(&plan, &Packs::default(), &edition) {
        Ok(tariff) => Ok(tariff),
        Err(Error::Problems(problems)) => Err(problems),
        // A fault of the engine, of which it hands out nothing.
        Err(Error::Unreconciled(_)) => Err(Problems::default()),
    }
}

fn of_tag(language: &str) -> Language {
    Language::of_tag(language).unwrap_or_default()
}

fn wrong(language: Language, problems: &Problems) -> Vec<Wrong> {
    let worded = problems.iter().map(|one| Wrong {
        code: one.code().as_str().to_owned(),
        path: one.path.clone(),
        message: problem(language, one),
    });
    worded.collect()
}

/// Anything as JSON; what is written here always can be.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
