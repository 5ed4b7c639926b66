//! The engine for Python: text in, JSON text out, without holding up other threads of Python
//! meanwhile. `fentan/__init__.py` makes dictionaries of it.

#![forbid(unsafe_code)]

use pyo3::pymodule;

pyo3::import_exception!(fentan, FentanError);

/// What `fentan/__init__.py` calls.
#[pymodule]
mod _engine {
    use fentan_answers::{Asked, Refusal};
    use fentan_words::Language;
    use pyo3::prelude::*;
    use serde::Serialize;

    use super::FentanError;

    #[pyfunction]
    fn split(
        py: Python<'_>,
        plan: &[u8],
        households: Option<&[u8]>,
        offers: Option<&str>,
        language: &str,
    ) -> PyResult<String> {
        answered(py, || Asked { plan, households, offers }.split(spoken(language)?))
    }

    #[pyfunction]
    fn check(
        py: Python<'_>,
        plan: &[u8],
        households: Option<&[u8]>,
        offers: Option<&str>,
        language: &str,
    ) -> PyResult<String> {
        answered(py, || Asked { plan, households, offers }.check(spoken(language)?))
    }

    #[pyfunction]
    fn explain(
        py: Python<'_>,
        plan: &[u8],
        households: Option<&[u8]>,
        offers: Option<&str>,
        figure: &str,
        language: &str,
    ) -> PyResult<String> {
        answered(py, || Asked { plan, households, offers }.explain(figure, spoken(language)?))
    }

    #[pyfunction]
    fn tariff(
        py: Python<'_>,
        plan: &[u8],
        households: Option<&[u8]>,
        edition: &str,
        language: &str,
    ) -> PyResult<String> {
        let asked = Asked { plan, households, offers: None };
        answered(py, || asked.tariff(edition, spoken(language)?))
    }

    #[pyfunction]
    fn estimate(py: Python<'_>, tariff: &str, flat: &str, language: &str) -> PyResult<String> {
        answered(py, || fentan_answers::estimate(tariff, flat, spoken(language)?))
    }

    #[pyfunction]
    fn divide(
        py: Python<'_>,
        programme: &[u8],
        compounds: Option<&[u8]>,
        language: &str,
    ) -> PyResult<String> {
        answered(py, || fentan_answers::divide(programme, compounds, spoken(language)?))
    }

    fn spoken(language: &str) -> Result<Language, Refusal> {
        fentan_answers::language(Some(language))
    }

    /// Works out an answer and writes it, while other threads of Python go on.
    fn answered<T: Serialize>(
        py: Python<'_>,
        answer: impl Fn() -> Result<T, Refusal> + Send + Sync,
    ) -> PyResult<String> {
        let written = py.detach(|| {
            let json = serde_json::to_string(&answer()?);
            json.map_err(|error| Refusal { message: error.to_string(), problems: Vec::new() })
        });
        written.map_err(|Refusal { message, problems }| {
            let problems = problems.into_iter().map(|one| (one.code, one.path, one.message));
            FentanError::new_err((message, problems.collect::<Vec<_>>()))
        })
    }
}
