//! The engine for JavaScript, made into an npm package by `cargo xtask package`.
//!
//! Objects cross as JSON text, so that every amount stays the text it is. The TypeScript types of
//! what is answered are generated from the Rust types.

#![forbid(unsafe_code)]

mod answers;
mod published;

use fentan_core::{
    Document, Edition, Error, Explainer, Figure, Flat, HouseholdFigure, Packs, Plan, Problems,
    Tariff, estimate as estimate_flat,
};
use fentan_words::{Language, reason};
use js_sys::{JSON, JsString};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use answers::{Explanation, FlatEstimate, Problem};
pub use published::PublishedTariff;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A plan, spec §2, with its roster in it: an object, or its JSON text. Amounts, areas and rates are strings. */
export type PlanInput = string | object;
/** Simplified Chinese, the default, or English. */
export type Language = "zh" | "en";
/** What every function throws where it refuses: all that is wrong, each with code and path. */
export interface FentanError extends Error {
  name: "FentanError";
  problems: Problem[];
}
/** Which publication of a tariff it is: a number from 1, and its date. */
export interface EditionInput { number: number; date: string; }
/** A figure to explain: of a household, of its share in a line, or what is left of a line. */
export type Asked =
  | { household: string; figure: string }
  | { household: string; line: string }
  | { line: string };
/** One flat, told as a household of a plan is; `served` names lines that serve homes one by one. */
export interface FlatInput {
  area: string;
  building?: string;
  unit?: string;
  floor?: number;
  hardship?: string;
  weights?: Record<string, string>;
  served?: string[];
}
"#;

/// Splits a plan: who pays each line, and how each household pays its part.
#[wasm_bindgen(unchecked_return_type = "Split")]
pub fn split(
    #[wasm_bindgen(unchecked_param_type = "PlanInput")] plan: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Language")] language: Option<String>,
) -> Result<JsValue, JsValue> {
    let language = spoken(language);
    let plan = read(plan, language)?;
    answer(&fentan_core::split(&plan).map_err(|error| refused(error, language))?)
}

/// Lists every problem of a plan; an empty list where it can be split.
#[wasm_bindgen(unchecked_return_type = "Problem[]")]
pub fn check(
    #[wasm_bindgen(unchecked_param_type = "PlanInput")] plan: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Language")] language: Option<String>,
) -> Result<JsValue, JsValue> {
    let text = text_of(plan)?;
    let document = Document::from_json(text.as_bytes());
    let plan = document.and_then(|document| Plan::read(&document, None));
    let found = match plan.map_err(Error::Problems).and_then(|plan| fentan_core::split(&plan)) {
        Err(Error::Problems(problems)) => worded(&problems, spoken(language)),
        Err(error @ Error::Unreconciled(_)) => return Err(refused(error, spoken(language))),
        Ok(_) => Vec::new(),
    };
    answer(&found)
}

/// Tells how a figure of a plan's split comes about, and what it rests on.
#[wasm_bindgen(unchecked_return_type = "Explanation")]
pub fn explain(
    #[wasm_bindgen(unchecked_param_type = "PlanInput")] plan: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Asked")] asked: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Language")] language: Option<String>,
) -> Result<JsValue, JsValue> {
    let language = spoken(language);
    let plan = read(plan, language)?;
    let explainer = Explainer::new(&plan).map_err(|problems| refused(problems.into(), language))?;
    let found = figure(&plan, &text_of(asked)?).and_then(|figure| explainer.reason(figure));
    let found = found.ok_or_else(|| thrown("no such figure", &[]))?;
    answer(&Explanation::of(reason(language, &plan, &found)))
}

/// Makes the tariff of a plan: what may be made public of it, with no household.
#[wasm_bindgen(unchecked_return_type = "Tariff")]
pub fn tariff(
    #[wasm_bindgen(unchecked_param_type = "PlanInput")] plan: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "EditionInput")] edition: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Language")] language: Option<String>,
) -> Result<JsValue, JsValue> {
    let language = spoken(language);
    let plan = read(plan, language)?;
    let edition: serde_json::Value = serde_json::from_str(&text_of(edition)?)
        .map_err(|error| thrown(&error.to_string(), &[]))?;
    let edition = Edition {
        number: edition["number"].as_u64().unwrap_or_default(),
        date: edition["date"].as_str().unwrap_or_default().to_owned(),
    };
    let tariff = Tariff::publish(&plan, &Packs::default(), &edition);
    answer(&tariff.map_err(|error| refused(error, language))?.to_document())
}

/// Works out what one flat would pay by a tariff.
#[wasm_bindgen(unchecked_return_type = "FlatEstimate")]
pub fn estimate(
    #[wasm_bindgen(unchecked_param_type = "Tariff | string")] tariff: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "FlatInput")] flat: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Language")] language: Option<String>,
) -> Result<JsValue, JsValue> {
    let (tariff, flat) = (text_of(tariff)?, text_of(flat)?);
    let found = Document::from_json(tariff.as_bytes()).and_then(|document| {
        let tariff = Tariff::read(&document)?;
        let flat = Flat::read(&Document::from_json(flat.as_bytes())?, &tariff)?;
        Ok(FlatEstimate::of(&tariff, &estimate_flat(&tariff, &flat)))
    });
    answer(&found.map_err(|problems| refused(problems.into(), spoken(language)))?)
}

fn read(plan: &JsValue, language: Language) -> Result<Plan, JsValue> {
    let text = text_of(plan)?;
    let document = Document::from_json(text.as_bytes());
    let plan = document.and_then(|document| Plan::read(&document, None));
    plan.map_err(|problems| refused(problems.into(), language))
}

/// The JSON text of an object, or the text itself.
fn text_of(value: &JsValue) -> Result<String, JsValue> {
    match value.as_string() {
        Some(text) => Ok(text),
        None => Ok(JSON::stringify(value)?.as_string().unwrap_or_default()),
    }
}

fn answer(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let text = serde_json::to_string(value).map_err(|error| thrown(&error.to_string(), &[]))?;
    JSON::parse(&text)
}

fn spoken(language: Option<String>) -> Language {
    language.as_deref().and_then(Language::of_tag).unwrap_or_default()
}

fn worded(problems: &Problems, language: Language) -> Vec<Problem> {
    let worded = problems.iter().map(|one| Problem {
        code: one.code().as_str().to_owned(),
        path: one.path.clone(),
        message: fentan_words::problem(language, one),
    });
    worded.collect()
}

fn refused(error: Error, language: Language) -> JsValue {
    match error {
        Error::Problems(problems) => thrown(&problems.to_string(), &worded(&problems, language)),
        Error::Unreconciled(unreconciled) => thrown(&unreconciled.to_string(), &[]),
    }
}

/// What is thrown: a `FentanError`.
fn thrown(message: &str, problems: &[Problem]) -> JsValue {
    let error = js_sys::Error::new(message);
    error.set_name("FentanError");
    let problems = answer(&problems).unwrap_or(JsValue::UNDEFINED);
    // A new object takes any property.
    let _ = js_sys::Reflect::set(&error, &JsString::from("problems"), &problems);
    error.into()
}

/// The figure that is asked for, by the plan's ids.
fn figure(plan: &Plan, asked: &str) -> Option<Figure> {
    let asked: serde_json::Value = serde_json::from_str(asked).ok()?;
    let id = |name: &str| asked.get(name).and_then(serde_json::Value::as_str);
    let household = id("household");
    let household =
        household.map(|id| plan.households().iter().position(|household| household.id == id));
    let line = id("line").map(|id| plan.lines().iter().position(|line| line.id == id));
    match (household, line) {
        (Some(household), Some(line)) => {
            Some(Figure::LineShare { household: household?, line: line? })
        }
        (Some(household), None) => {
            let figure = id("figure")?;
            let mut known = HouseholdFigure::ALL.iter().copied();
            let figure = known.find(|one| one.as_str() == figure)?;
            Some(Figure::Of { household: household?, figure })
        }
        (None, Some(line)) => Some(Figure::Uncovered { line: line? }),
        (None, None) => None,
    }
}
