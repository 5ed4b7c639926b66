//! The engine for JavaScript, made into an npm package by `cargo xtask package`.
//!
//! Objects cross as JSON text, so that every amount stays the text it is. The TypeScript types of
//! what is answered are generated from the Rust types.

#![forbid(unsafe_code)]

mod published;

use fentan_answers::{Asked, Refusal};
use fentan_words::{Language, take_in, texts};
use js_sys::{JSON, JsString};
use serde::Serialize;
use wasm_bindgen::prelude::*;

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
    answered(Asked::of(text_of(plan)?.as_bytes()).split(spoken(language)))
}

/// Lists every problem of a plan; an empty list where it can be split.
#[wasm_bindgen(unchecked_return_type = "Problem[]")]
pub fn check(
    #[wasm_bindgen(unchecked_param_type = "PlanInput")] plan: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Language")] language: Option<String>,
) -> Result<JsValue, JsValue> {
    answered(Asked::of(text_of(plan)?.as_bytes()).check(spoken(language)))
}

/// Tells how a figure of a plan's split comes about, and what it rests on.
#[wasm_bindgen(unchecked_return_type = "Explanation")]
pub fn explain(
    #[wasm_bindgen(unchecked_param_type = "PlanInput")] plan: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Asked")] asked: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Language")] language: Option<String>,
) -> Result<JsValue, JsValue> {
    let (plan, asked) = (text_of(plan)?, text_of(asked)?);
    answered(Asked::of(plan.as_bytes()).explain(&asked, spoken(language)))
}

/// Makes the tariff of a plan: what may be made public of it, with no household.
#[wasm_bindgen(unchecked_return_type = "Tariff")]
pub fn tariff(
    #[wasm_bindgen(unchecked_param_type = "PlanInput")] plan: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "EditionInput")] edition: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Language")] language: Option<String>,
) -> Result<JsValue, JsValue> {
    let (plan, edition) = (text_of(plan)?, text_of(edition)?);
    answered(Asked::of(plan.as_bytes()).tariff(&edition, spoken(language)))
}

/// Works out what one flat would pay by a tariff.
#[wasm_bindgen(unchecked_return_type = "FlatEstimate")]
pub fn estimate(
    #[wasm_bindgen(unchecked_param_type = "Tariff | string")] tariff: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "FlatInput")] flat: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Language")] language: Option<String>,
) -> Result<JsValue, JsValue> {
    answered(fentan_answers::estimate(&text_of(tariff)?, &text_of(flat)?, spoken(language)))
}

/// The JSON text of an object, or the text itself.
fn text_of(value: &JsValue) -> Result<String, JsValue> {
    match value.as_string() {
        Some(text) => Ok(text),
        None => Ok(JSON::stringify(value)?.as_string().unwrap_or_default()),
    }
}

fn answered(answer: Result<impl Serialize, Refusal>) -> Result<JsValue, JsValue> {
    answer.map_err(thrown).and_then(|answer| object(&answer))
}

fn object(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let text = serde_json::to_string(value).map_err(|error| JsValue::from(error.to_string()))?;
    JSON::parse(&text)
}

/// The language asked for, with the texts that are said in it.
fn spoken(language: Option<String>) -> Language {
    [texts::PROBLEMS, texts::TERMS, texts::GIVEN, texts::REASONS, texts::TARIFF]
        .iter()
        .for_each(|tables| take_in(tables));
    language.as_deref().and_then(Language::of_tag).unwrap_or_default()
}

/// What is thrown: a `FentanError`.
fn thrown(refusal: Refusal) -> JsValue {
    let error = js_sys::Error::new(&refusal.message);
    error.set_name("FentanError");
    let problems = object(&refusal.problems).unwrap_or(JsValue::UNDEFINED);
    // A new object takes any property.
    let _ = js_sys::Reflect::set(&error, &JsString::from("problems"), &problems);
    error.into()
}
