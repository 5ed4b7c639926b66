//! The half of a pack that fills a plan: all that splitting needs of it.

use crate::document::Value;

/// What a pack fills in, and for which packs' plans.
#[derive(Debug, Clone)]
pub(crate) struct Values {
    pub(crate) id: String,
    /// The pack of the wider place.
    pub(super) within: Option<String>,
    /// The values, as a plan writes them.
    pub(super) defaults: Value<'static>,
    /// By field of the plan, the clauses that its values rest on.
    pub(super) grounds: Vec<(String, Vec<String>)>,
}

impl Values {
    pub(super) fn grounds_of(&self, field: &str) -> &[String] {
        let found = self.grounds.iter().find(|(name, _)| name == field);
        found.map_or(&[], |(_, clauses)| clauses)
    }
}
