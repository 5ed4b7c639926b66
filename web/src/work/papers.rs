//! Papers and tables, written.

use std::io::Cursor;

use fentan_core::changes::{Changes, changes};
use fentan_core::receipt::plan_digest;
use fentan_core::scenario::Base;
use fentan_core::{Day, Document, Error, Packs, Plan, split};
use fentan_papers::{Format, Paper, Papers, csv};
use fentan_words::{Language, problem_at, say_with};
use serde::{Deserialize, Serialize};

use super::thread::Given;

/// Tables, by their names.
pub const TABLES: [&str; 3] = ["households", "lines", "sources"];

/// Formats of tables: with and without a byte order mark.
pub const CSV: &str = "csv";
pub const MARKED_CSV: &str = "csv-bom";

/// What is asked: a paper or a table, by names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Which paper or table.
    pub what: String,
    /// In which format.
    pub format: String,
    /// In which language.
    pub language: Language,
    /// As of which date.
    pub date: String,
    /// The version that statements compare with: its name, and its plan as JSON.
    pub since: Option<(String, String)>,
}

/// What is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Told {
    /// So many households of so many are done.
    Progress(u32, u32),
    /// The file.
    File(Vec<u8>),
    /// Why it was not written, in words.
    Failed(String),
}

/// Does the task.
pub fn perform(given: Given<'_>, tell: &mut dyn FnMut(Vec<u8>)) {
    let Ok(order) = postcard::from_bytes::<Order>(given.asked) else { return };
    let told = write(given.plan, &order, &mut |done, of| {
        tell(super::written(&Told::Progress(done, of)));
    });
    tell(super::written(&told.map_or_else(Told::Failed, Told::File)));
}

/// Writes a paper or a table of a plan given as JSON, telling how far it is: so many households of so many.
///
/// # Errors
/// Why it was not written, in words.
fn write(plan: &str, order: &Order, progress: &mut dyn FnMut(u32, u32)) -> Result<Vec<u8>, String> {
    let language = order.language;
    let failed = |detail: &str| say_with(language, "papers.screen.failed", &[("detail", detail)]);
    let refused = |error: Error| not_written(language, error);
    let document = Document::from_json(plan.as_bytes()).map_err(|error| refused(error.into()))?;
    let plan = Plan::read_without_scenarios(&document, None, &Packs::default())
        .map_err(|error| refused(error.into()))?;
    let split = split(&plan).map_err(refused)?;
    let what = order.what.as_str();
    if TABLES.contains(&what) {
        let marked = order.format == MARKED_CSV;
        let table = match what {
            "households" => csv::households(&split, marked),
            "lines" => csv::lines(&plan, &split, marked),
            _ => csv::sources(&split, marked),
        };
        return table.map_err(|error| failed(&error.to_string()));
    }
    let paper = Paper::ALL.into_iter().find(|paper| paper.as_str() == what);
    let format = Format::ALL.into_iter().find(|one| one.as_str() == order.format);
    let (Some(paper), Some(format), Ok(date)) = (paper, format, Day::read(&order.date)) else {
        return Err(failed(what));
    };
    let packs = Packs::default();
    let papers = Papers::new(language, &plan, &split, &packs, date);
    let papers = papers.map_err(|problems| refused(problems.into()))?;
    let papers = papers.with_digest(&plan_digest(&document, None));
    let papers = match &order.since {
        Some((name, json)) if paper == Paper::Statements => {
            let changes = since(json, &document, &plan).map_err(|error| {
                let detail = why_not(language, error);
                let values = [("name", name.as_str()), ("detail", &detail)];
                say_with(language, "papers.screen.since-unread", &values)
            })?;
            papers.with_changes(changes, name)
        }
        _ => papers,
    };
    let all = split.households.len();
    let step = (all / 100).max(1);
    let mut progress = |done: usize| {
        if done.is_multiple_of(step) {
            progress(done as u32, all as u32);
        }
    };
    let mut file = Cursor::new(Vec::new());
    match papers.write(paper, format, &mut file, &mut progress) {
        Ok(()) => Ok(file.into_inner()),
        Err(error) => Err(failed(&error.in_words(language).unwrap_or_else(|| error.to_string()))),
    }
}

/// Why shares differ between a version and the plan.
fn since(json: &str, document: &Document<'_>, plan: &Plan) -> Result<Changes, Error> {
    let packs = Packs::default();
    let before = Document::from_json(json.as_bytes())?;
    let of_before = Plan::read_without_scenarios(&before, None, &packs)?;
    let before = Base::new(of_before, &before, packs.clone());
    changes(&before, &Base::new(plan.clone(), document, packs))
}

/// That nothing was written of a plan that can't be split, and why.
pub fn not_written(language: Language, error: Error) -> String {
    say_with(language, "papers.screen.failed", &[("detail", &why_not(language, error))])
}

/// Why a plan can't be split, in words.
pub fn why_not(language: Language, error: Error) -> String {
    match error {
        Error::Problems(problems) => {
            let nothing = Document::default();
            let first = problems.iter().next();
            first.map(|one| problem_at(language, one, &nothing)).unwrap_or_default()
        }
        unreconciled => unreconciled.to_string(),
    }
}
