//! What law and policy say of a plan, worded and ready to be drawn.

mod clauses;
mod fills;
mod line;
mod policy;
mod review;
mod vote;

use fentan_core::{Document, Packs, Plan, Split, split};
use fentan_words::Language;

use crate::Law;

/// What it takes to say what law and policy say.
struct Saying<'s> {
    language: Language,
    packs: Packs,
    document: &'s Document<'static>,
    /// None where the document is no plan.
    plan: Option<&'s Plan>,
    /// None where it can't be split.
    split: Option<Split>,
}

/// What law and policy say of a plan, with the vote that a question asks for.
pub(crate) fn law(
    language: Language,
    document: &Document<'static>,
    plan: Option<&Plan>,
    question: &str,
) -> Law {
    let split = plan.and_then(|plan| split(plan).ok());
    let saying = Saying { language, packs: Packs::default(), document, plan, split };
    Law {
        policy: policy::pieces(&saying),
        line: line::pieces(language),
        fills: fills::fills(&saying),
        review: review::pieces(&saying),
        vote: vote::pieces(&saying, question),
    }
}

/// A text as JSON.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}
