use fentan_core::{Document, Explainer, Fen, Figure, Packs, Plan};
use fentan_words::{Input, Language, say_with};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::law::law;
use crate::{Reason, StatementLine};

/// A plan whose figures can be asked about.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Reasons {
    document: Document<'static>,
    /// None where the document is no plan, whose figures have no reasons.
    plan: Option<Plan>,
}

#[wasm_bindgen]
impl Reasons {
    /// Opens a plan written in JSON; none where it is not even that.
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
        let document = Document::from_json(plan.as_bytes()).ok()?.into_owned();
        let plan = Plan::read_without_scenarios(&document, None, &Packs::default()).ok();
        Some(Reasons { document, plan })
    }

    /// The [`Reason`] of a [`Figure`] given as JSON, in the form that the page's worker talks in
    /// (postcard); none where the plan has no such figure.
    pub fn reason(&self, figure: &str, language: &str) -> Option<Vec<u8>> {
        let figure: Figure = serde_json::from_str(figure).ok()?;
        let plan = self.plan.as_ref()?;
        let reason = Explainer::new(plan).ok()?.reason(figure)?;
        let language = Language::of_tag(language).unwrap_or_default();
        let worded = fentan_words::reason(language, plan, &reason);
        let inputs = worded.inputs.into_iter();
        let reason = Reason {
            title: worded.title,
            value: worded.value,
            formula: worded.formula,
            rounding: worded.rounding,
            inputs: inputs
                .map(|one| (name(language, plan, &one), one.value, one.figure.and_then(written)))
                .collect(),
            clauses: worded.clauses,
        };
        postcard::to_allocvec(&reason).ok()
    }

    /// The [`StatementLine`]s of a household, by its place in the roster, in that form too;
    /// none where there is no such household.
    pub fn statement(&self, household: usize) -> Option<Vec<u8>> {
        let plan = self.plan.as_ref()?;
        plan.households().get(household)?;
        let explainer = Explainer::new(plan).ok()?;
        let value = |figure| explainer.reason(figure).map_or(Fen::ZERO, |reason| reason.value);
        let lines = explainer.lines_of(household).map(|line| {
            let of = &plan.lines()[line];
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

    /// The [`Law`](crate::Law) of the plan with the vote that a question asks for, in that form
    /// too. Questions are what the vote's own choices hold; an empty one asks the first.
    pub fn law(&self, question: &str, language: &str) -> Option<Vec<u8>> {
        let language = Language::of_tag(language).unwrap_or_default();
        postcard::to_allocvec(&law(language, &self.document, self.plan.as_ref(), question)).ok()
    }
}

/// What an input is called, with the policy pack that it came from if it did.
fn name(language: Language, plan: &Plan, input: &Input) -> String {
    let filled = input.path.as_ref().and_then(|path| plan.filled_at(path));
    let pack = filled.map(|filled| [("pack", filled.pack.as_str())]);
    let from = pack.map(|pack| say_with(language, "policy.filled-from", &pack));
    from.map_or_else(|| input.name.clone(), |from| format!("{} · {from}", input.name))
}

fn written(figure: Figure) -> Option<String> {
    serde_json::to_string(&figure).ok()
}
