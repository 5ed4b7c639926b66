//! What a policy pack gave to a plan.

use crate::document::Value;

/// A value of a plan that came from a policy pack.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Filled {
    /// The path to the value, as if the plan had given it: `residents_at_least.basic`.
    pub path: String,
    /// The value, as the pack writes it.
    pub value: Value<'static>,
    /// The pack's id.
    pub pack: String,
    /// The clauses that the value rests on, as `pack/clause`.
    pub clauses: Vec<String>,
}

impl Filled {
    /// Whether a path is the value's or leads into it.
    pub(crate) fn holds(&self, path: &str) -> bool {
        path.strip_prefix(&self.path)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    }
}
