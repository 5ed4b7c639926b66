//! The engine of `<fentan-calculator>`: opens a tariff, and words what the element shows. The element
//! (`calculator.js`) only draws it.
//!
//! All that passes between the two is JSON, with every amount and every text ready to be shown.

#![forbid(unsafe_code)]

mod answers;
mod overview;
mod questions;
mod result;

use fentan_core::tariff::{Flat, Tariff, estimate};
use fentan_core::{Code, Document, Problem, Problems};
use fentan_words::{Language, problem, take_in, texts};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

pub use answers::{Answer, Bar, Choice, Field, Head, LineShare, Overview, Part, Row, View, Wrong};

/// A tariff that is open.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Calculator {
    opened: Result<Tariff, Problems>,
}

#[wasm_bindgen]
impl Calculator {
    /// The most bytes of a tariff or a plan that are read.
    pub fn most_bytes() -> usize {
        Tariff::MOST_BYTES
    }

    /// Opens a tariff that was fetched.
    ///
    /// ```
    /// use fentan_core::{Document, Packs, Plan};
    /// use fentan_core::tariff::{Edition, Tariff};
    /// use fentan_widget::Calculator;
    /// let plan = br#"{ "fentan": 1, "lines": [{ "id": "gate", "amount": "100" }],
    ///     "households": [{ "id": "1", "area": "60" }, { "id": "2", "area": "60" }] }"#;
    /// let plan = Plan::read(&Document::from_json(plan)?, None)?;
    /// let edition = Edition::read(1, "2026-11-27")?;
    /// let tariff = Tariff::publish(&plan, &Packs::default(), &edition)?.to_document();
    /// let calculator = Calculator::open(&serde_json::to_vec(&tariff)?);
    /// assert!(calculator.problems("en").is_none());
    /// let answer = calculator.estimate(r#"{ "area": "60" }"#, "en");
    /// assert!(answer.contains("¥50.00"), "{answer}");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn open(bytes: &[u8]) -> Calculator {
        let document = Document::from_json(bytes);
        Calculator { opened: document.and_then(|document| Tariff::read(&document)) }
    }

    /// Whether what was opened is a plan, which is read by the engine of the crate `javascript`:
    /// it takes more than a page should load that shows a tariff.
    pub fn is_plan(&self) -> bool {
        // Every plan has this field, and no tariff may.
        let is_version = |one: &Problem| one.path == "fentan" && one.code() == Code::UnknownField;
        self.opened.as_ref().err().is_some_and(|problems| problems.iter().any(is_version))
    }

    /// What is wrong with what was opened, as a list of [`Wrong`]; `None` where nothing is.
    pub fn problems(&self, language: &str) -> Option<String> {
        let problems = self.opened.as_ref().err()?;
        Some(json(&wrong(of_tag(language), problems)))
    }

    /// The [`View`] of what was opened; `None` where that has problems.
    pub fn view(&self, language: &str) -> Option<String> {
        let tariff = self.opened.as_ref().ok()?;
        Some(json(&View::of(of_tag(language), tariff)))
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

/// The language of a tag, with the texts that are said in it.
fn of_tag(language: &str) -> Language {
    [texts::PROBLEMS, texts::TERMS, texts::TARIFF].iter().for_each(|tables| take_in(tables));
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
