//! Papers in the page: a screen that offers them, and what its worker runs to write them.
//!
//! One program for both: the screen is drawn in the page, and the worker loads the program once
//! more, so that the page stays usable while papers are written.

mod publication;
mod screen;
mod work;

use std::io::Cursor;

use fentan_core::receipt::plan_digest;
use fentan_core::{Day, Document, Error, Packs, Plan, split};
use fentan_words::{Language, problem_line, say_with};
use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::{Format, Paper, Papers, csv};

fentan_guest::program!(screen::Screen);

/// Tables, by their names.
pub(crate) const TABLES: [&str; 3] = ["households", "lines", "sources"];

/// Formats of tables: with and without a byte order mark.
pub(crate) const CSV: &str = "csv";
pub(crate) const MARKED_CSV: &str = "csv-bom";

/// Writes a paper or a table of a plan given as JSON. How far it is, is told by a function: so many
/// households of so many.
///
/// # Errors
/// Why it was not written, in words.
#[wasm_bindgen]
pub fn write(
    plan: &str,
    what: &str,
    format: &str,
    language: &str,
    date: &str,
    told: &Function,
) -> Result<Vec<u8>, String> {
    let language = Language::of_tag(language).unwrap_or_default();
    let failed = |detail: &str| say_with(language, "papers.screen.failed", &[("detail", detail)]);
    let refused = |error: Error| not_written(language, error);
    let document = Document::from_json(plan.as_bytes()).map_err(|error| refused(error.into()))?;
    let plan = Plan::read_without_scenarios(&document, None, &Packs::default())
        .map_err(|error| refused(error.into()))?;
    let split = split(&plan).map_err(refused)?;
    if TABLES.contains(&what) {
        let marked = format == MARKED_CSV;
        let table = match what {
            "households" => csv::households(&split, marked),
            "lines" => csv::lines(&plan, &split, marked),
            _ => csv::sources(&split, marked),
        };
        return table.map_err(|error| failed(&error.to_string()));
    }
    let paper = Paper::ALL.into_iter().find(|paper| paper.as_str() == what);
    let format = Format::ALL.into_iter().find(|one| one.as_str() == format);
    let (Some(paper), Some(format), Ok(date)) = (paper, format, Day::read(date)) else {
        return Err(failed(what));
    };
    let packs = Packs::default();
    let papers = Papers::new(language, &plan, &split, &packs, date);
    let papers = papers.map_err(|problems| refused(problems.into()))?;
    let papers = papers.with_digest(&plan_digest(&document, None));
    let all = split.households.len();
    let step = (all / 100).max(1);
    let mut progress = |done: usize| {
        if done.is_multiple_of(step) {
            let (done, all) = (JsValue::from(done), JsValue::from(all));
            // Nobody listening is no reason to stop.
            let _ = told.call2(&JsValue::UNDEFINED, &done, &all);
        }
    };
    let mut file = Cursor::new(Vec::new());
    match papers.write(paper, format, &mut file, &mut progress) {
        Ok(()) => Ok(file.into_inner()),
        Err(error) => Err(failed(&error.in_words(language).unwrap_or_else(|| error.to_string()))),
    }
}

/// Why nothing was written of a plan that can't be split.
fn not_written(language: Language, error: Error) -> String {
    let detail = match error {
        Error::Problems(problems) => {
            problems.iter().next().map(|one| problem_line(language, one)).unwrap_or_default()
        }
        unreconciled => unreconciled.to_string(),
    };
    say_with(language, "papers.screen.failed", &[("detail", &detail)])
}
