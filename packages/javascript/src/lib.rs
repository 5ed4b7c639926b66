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
export type PlanInput = string | Plan;
export interface Plan {
  fentan?: number;
  name?: string;
  policy?: string;
  compound?: object;
  lines?: PlanLine[];
  tables?: Record<string, Record<string, string>>;
  uses?: Record<string, { household?: boolean; factor?: string; votes?: boolean }>;
  odd_fen?: string | { lots: string };
  sources?: PlanSource[];
  residents_at_least?: Record<string, string>;
  relief?: { rates?: Record<string, string>; most?: string; pot?: { id: string; name?: string; note?: string; amount: string } };
  minimum?: { per_household?: string; per_area?: string; reduces: string[] };
  maintenance?: { threshold?: string; target?: string; target_per_area?: string; first_per_area?: string };
  channels?: { kind: string; amount?: string; over?: string; keep?: string; first?: string }[];
  collection?: object;
  scenarios?: object[];
  stress?: object;
  households?: PlanHousehold[];
}
export interface PlanLine {
  id: string;
  name?: string;
  note?: string;
  amount?: string;
  rate_of?: object;
  pieces?: number;
  storeys?: number;
  category?: string;
  tier?: string;
  kind?: string;
  pipeline?: string;
  scope?: { buildings?: string[]; units?: string[]; households?: string[]; except?: string[] };
  share_by?: string | { column?: string; table?: string; times?: string; within?: string };
  charges?: Record<string, string>;
  final?: string;
  final_charges?: Record<string, string>;
  life?: number;
  subject?: string;
  reach?: string;
  beyond_meter?: boolean;
}
export interface PlanSource {
  id: string;
  name?: string;
  note?: string;
  kind?: string;
  covers?: { tiers?: string[]; categories?: string[]; pipelines?: string[]; subjects?: string[]; kinds?: string[]; lines?: string[] };
  rate?: string;
  amount?: string;
  per_household?: string;
  per_area?: string;
  per_piece?: { storeys_to?: number; amount: string }[] | string;
  over?: string;
  final?: string;
  income?: { years: number; net_per_year: string; discount?: string };
}
export interface PlanHousehold {
  id: string;
  name?: string;
  note?: string;
  building?: string;
  unit?: string;
  floor?: number;
  area: string;
  use?: string;
  hardship?: string | string[];
  payer?: string;
  payer_share?: string;
  fund_balance?: string;
  fund_first?: string;
  fund_interest?: string;
  provident?: string;
  in_kind?: string;
  owner?: string;
  vote?: string;
  weights?: Record<string, string>;
  joins?: object;
}
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
    #[wasm_bindgen(unchecked_optional_param_type = "Language")] language: &JsValue,
) -> Result<JsValue, JsValue> {
    answered(Asked::of(text_of("plan", plan)?.as_bytes()).split(spoken(language)?))
}

/// Lists every problem of a plan; an empty list where it can be split.
#[wasm_bindgen(unchecked_return_type = "Problem[]")]
pub fn check(
    #[wasm_bindgen(unchecked_param_type = "PlanInput")] plan: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Language")] language: &JsValue,
) -> Result<JsValue, JsValue> {
    answered(Asked::of(text_of("plan", plan)?.as_bytes()).check(spoken(language)?))
}

/// Tells how a figure of a plan's split comes about, and what it rests on.
#[wasm_bindgen(unchecked_return_type = "Explanation")]
pub fn explain(
    #[wasm_bindgen(unchecked_param_type = "PlanInput")] plan: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Asked")] asked: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Language")] language: &JsValue,
) -> Result<JsValue, JsValue> {
    let (plan, asked) = (text_of("plan", plan)?, text_of("asked", asked)?);
    answered(Asked::of(plan.as_bytes()).explain(&asked, spoken(language)?))
}

/// Makes the tariff of a plan: what may be made public of it, with no household.
#[wasm_bindgen(unchecked_return_type = "Tariff")]
pub fn tariff(
    #[wasm_bindgen(unchecked_param_type = "PlanInput")] plan: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "EditionInput")] edition: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Language")] language: &JsValue,
) -> Result<JsValue, JsValue> {
    let (plan, edition) = (text_of("plan", plan)?, text_of("edition", edition)?);
    answered(Asked::of(plan.as_bytes()).tariff(&edition, spoken(language)?))
}

/// Works out what one flat would pay by a tariff.
#[wasm_bindgen(unchecked_return_type = "FlatEstimate")]
pub fn estimate(
    #[wasm_bindgen(unchecked_param_type = "Tariff | string")] tariff: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "FlatInput")] flat: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Language")] language: &JsValue,
) -> Result<JsValue, JsValue> {
    answered(fentan_answers::estimate(
        &text_of("tariff", tariff)?,
        &text_of("flat", flat)?,
        spoken(language)?,
    ))
}

/// The JSON text of an object, or the text itself.
fn text_of(name: &str, value: &JsValue) -> Result<String, JsValue> {
    if let Some(text) = value.as_string() {
        return Ok(text);
    }
    let refused = |message: String| thrown(Refusal::of_argument(name, message));
    // What JSON can't hold: whole numbers past a float's, circles, what is too deep.
    let text = JSON::stringify(value).map_err(|error| {
        let error: js_sys::Error = error.unchecked_into();
        refused(String::from(error.message()))
    })?;
    text.as_string().ok_or_else(|| refused("this must be an object, or its JSON text".to_owned()))
}

fn answered(answer: Result<impl Serialize, Refusal>) -> Result<JsValue, JsValue> {
    answer.map_err(thrown).and_then(|answer| object(&answer))
}

fn object(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let text = serde_json::to_string(value).map_err(|error| JsValue::from(error.to_string()))?;
    JSON::parse(&text)
}

/// The language asked for, with the texts that are said in it.
fn spoken(language: &JsValue) -> Result<Language, JsValue> {
    [
        texts::PROBLEMS,
        texts::PROBLEMS_OF_PLANS,
        texts::TERMS,
        texts::GIVEN,
        texts::HOUSEHOLD_FIGURES,
        texts::REASONS,
        texts::TARIFF,
    ]
    .iter()
    .for_each(|tables| take_in(tables));
    // Of another type is another language than those there are.
    let is_left_out = language.is_undefined() || language.is_null();
    let tag = (!is_left_out).then(|| language.as_string().unwrap_or_default());
    fentan_answers::language(tag.as_deref()).map_err(thrown)
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
