//! fentan in Python: one plan in, one split out, money as decimal text.

use std::collections::BTreeMap;

use fentan_core::{
    CompoundTable, Document, Error, Fen, Packs, Plan, Problems, Programme, Roster,
};
use fentan_words::{Language, problem_line, problems_left_out};
use pyo3::create_exception;
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use serde_json::json;

create_exception!(
    fentan,
    PlanError,
    PyValueError,
    "A plan or a programme with problems, each on a line: path, code, what to do."
);

/// Text or bytes, as Python hands them over.
#[derive(FromPyObject)]
enum Source {
    Text(String),
    Bytes(Vec<u8>),
}

impl Source {
    fn bytes(&self) -> &[u8] {
        match self {
            Source::Text(text) => text.as_bytes(),
            Source::Bytes(bytes) => bytes,
        }
    }

    /// JSON where it begins with a brace, else TOML.
    fn document(&self) -> Result<Document<'_>, Problems> {
        let bytes = self.bytes();
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        if text.trim_ascii_start().starts_with(b"{") {
            Document::from_json(bytes)
        } else {
            Document::from_toml(bytes)
        }
    }
}

/// Splits a plan (JSON or TOML) and answers the split as JSON, docs/spec.md §4.
///
/// `households` is the roster as CSV, for a plan that holds none. `offers` puts amounts, as
/// decimal text with two decimals, in place of what sources of the plan give, by id. `language`
/// is that of the problems, zh or en.
///
/// Raises PlanError where the plan has problems.
#[pyfunction]
#[pyo3(signature = (plan, households = None, offers = None, language = "zh"))]
fn split(
    py: Python<'_>,
    plan: Source,
    households: Option<Source>,
    offers: Option<BTreeMap<String, String>>,
    language: &str,
) -> PyResult<String> {
    let language = Language::of_tag(language).unwrap_or_default();
    let offers = read_offers(&offers.unwrap_or_default())?;
    let refused = |problems: Problems| PlanError::new_err(said(language, &problems));
    py.detach(|| {
        let document = plan.document().map_err(refused)?;
        let roster = households.as_ref();
        let roster = roster.map(|csv| Roster { file: "households", bytes: csv.bytes() });
        let plan = Plan::read_with(&document, roster, &Packs::default()).map_err(refused)?;
        let offers: Vec<_> = offers.iter().map(|(id, amount)| (id.as_str(), *amount)).collect();
        let plan = plan.with_offers(&offers).map_err(refused)?;
        let split = fentan_core::split(&plan).map_err(|error| match error {
            Error::Problems(problems) => refused(problems),
            Error::Unreconciled(fault) => PyRuntimeError::new_err(fault.to_string()),
        })?;
        serde_json::to_string(&split).map_err(|error| PyRuntimeError::new_err(error.to_string()))
    })
}

/// Splits a plan given as a dict and answers a dict; money and areas are decimal text in both.
#[pyfunction]
#[pyo3(signature = (plan, households = None, offers = None, language = "zh"))]
fn split_dict<'py>(
    py: Python<'py>,
    plan: &Bound<'py, PyAny>,
    households: Option<Source>,
    offers: Option<BTreeMap<String, String>>,
    language: &str,
) -> PyResult<Bound<'py, PyAny>> {
    let json = py.import("json")?;
    let plan = Source::Text(json.call_method1("dumps", (plan,))?.extract()?);
    json.call_method1("loads", (split(py, plan, households, offers, language)?,))
}

/// Divides the pots of a programme (JSON or TOML), its compounds in it or as CSV, docs/programme.md.
/// Answers JSON: `compounds`, each with `id`, `plan` and `offers` by source, and `pots`, each with
/// `id` and what is `left`.
#[pyfunction]
#[pyo3(signature = (programme, compounds = None, language = "zh"))]
fn divide(programme: Source, compounds: Option<Source>, language: &str) -> PyResult<String> {
    let language = Language::of_tag(language).unwrap_or_default();
    let refused = |problems: Problems| PlanError::new_err(said(language, &problems));
    let document = programme.document().map_err(refused)?;
    let table = compounds.as_ref();
    let table = table.map(|csv| CompoundTable { file: "compounds", bytes: csv.bytes() });
    let programme = Programme::read(&document, table).map_err(refused)?;
    let division = programme.divide().map_err(refused)?;
    let compounds = programme.compounds.iter().enumerate().map(|(index, compound)| {
        let offers: BTreeMap<_, _> = programme.offers(&division, index).into_iter().collect();
        json!({ "id": compound.id, "plan": compound.plan, "offers": offers })
    });
    let compounds: Vec<_> = compounds.collect();
    let pots = programme.pots.iter().zip(&division.pots);
    let pots: Vec<_> =
        pots.map(|(pot, divided)| json!({ "id": pot.id, "left": divided.left })).collect();
    Ok(json!({ "compounds": compounds, "pots": pots }).to_string())
}

fn read_offers(offers: &BTreeMap<String, String>) -> PyResult<Vec<(String, Fen)>> {
    let read = |(id, amount): (&String, &String)| {
        let amount = serde_json::from_value(json!(amount));
        let wrong = |error| PyValueError::new_err(format!("offers[{id:?}]: {error}"));
        Ok((id.clone(), amount.map_err(wrong)?))
    };
    offers.iter().map(read).collect()
}

fn said(language: Language, problems: &Problems) -> String {
    let lines = problems.iter().map(|problem| problem_line(language, problem));
    lines.chain(problems_left_out(language, problems)).collect::<Vec<_>>().join("\n")
}

/// fentan 分摊: who pays for renovating an old residential compound, to the fen.
#[pymodule]
fn fentan(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("PlanError", module.py().get_type::<PlanError>())?;
    module.add_function(wrap_pyfunction!(split, module)?)?;
    module.add_function(wrap_pyfunction!(split_dict, module)?)?;
    module.add_function(wrap_pyfunction!(divide, module)?)
}
