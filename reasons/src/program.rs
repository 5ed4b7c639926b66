use fentan_core::{Document, Explainer, Fen, Figure, Plan};
use fentan_words::Language;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::{Reason, StatementLine};

/// A plan whose figures can be asked about.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Reasons {
    plan: Plan,
}

#[wasm_bindgen]
impl Reasons {
    /// Opens a plan written in JSON; none where it can't be read.
    ///
    /// ```
    /// use fentan_reasons::{Reason, Reasons};
    /// let plan = r#"{ "fentan": 1, "lines": [{ "id": "gate", "amount": "100" }],
    ///     "households": [{ "id": "1", "area": "60" }, { "id": "2", "area": "60" }] }"#;
    /// let reasons = Reasons::open(plan).expect("a plan");
    /// let figure = r#"{ "LineShare": { "household": 0, "line": 0 } }"#;
    /// let reason = reasons.reason(figure, "en").expect("a reason");
    /// let reason: Reason = postcard::from_bytes(&reason)?;
    /// assert_eq!(reason.value, "¥50.00");
    /// # Ok::<(), postcard::Error>(())
    /// ```
    pub fn open(plan: &str) -> Option<Reasons> {
        let document = Document::from_json(plan.as_bytes()).ok()?;
        Some(Reasons { plan: Plan::read(&document, None).ok()? })
    }

    /// The [`Reason`] of a [`Figure`] given as JSON, in the form that the page's worker talks in
    /// (postcard); none where the plan has no such figure.
    pub fn reason(&self, figure: &str, language: &str) -> Option<Vec<u8>> {
        let figure: Figure = serde_json::from_str(figure).ok()?;
        let reason = Explainer::new(&self.plan).ok()?.reason(figure)?;
        let language = Language::of_tag(language).unwrap_or_default();
        let worded = fentan_words::reason(language, &self.plan, &reason);
        let inputs = worded.inputs.into_iter();
        let reason = Reason {
            title: worded.title,
            value: worded.value,
            formula: worded.formula,
            rounding: worded.rounding,
            inputs: inputs.map(|one| (one.name, one.value, one.figure.and_then(written))).collect(),
            clauses: worded.clauses,
        };
        postcard::to_allocvec(&reason).ok()
    }

    /// The [`StatementLine`]s of a household, by its place in the roster, in that form too;
    /// none where there is no such household.
    pub fn statement(&self, household: usize) -> Option<Vec<u8>> {
        self.plan.households().get(household)?;
        let explainer = Explainer::new(&self.plan).ok()?;
        let value = |figure| explainer.reason(figure).map_or(Fen::ZERO, |reason| reason.value);
        let lines = explainer.lines_of(household).map(|line| {
            let of = &self.plan.lines()[line];
            StatementLine {
                line,
                name: of.name.clone().unwrap_or_else(|| of.id.clone()),
                amount: of.amount,
                uncovered: value(Figure::Uncovered { line }),
                share: value(Figure::LineShare { household, line }),
                relief: value(Figure::LineRelief { household, line }),
                borne: value(Figure::LineBorne { household, line }),
            }
        });
        postcard::to_allocvec(&lines.collect::<Vec<_>>()).ok()
    }
}

fn written(figure: Figure) -> Option<String> {
    serde_json::to_string(&figure).ok()
}
