//! From portions to the offers of a plan's sources.

use super::{Division, Programme};
use crate::document::{Change, Document, Value};
use crate::money::Fen;
use crate::number::{self, Scalar};
use crate::place::Place;
use crate::plan::fields::{entries, number};
use crate::problem::Problems;

/// Reads what sources are to give: an object with an amount for each source's id.
///
/// ```
/// let document = fentan_core::Document::from_json(br#"{ "central": "1000.00" }"#)?;
/// let offers = fentan_core::programme::read_offers(&document)?;
/// assert_eq!(offers[0].1.to_string(), "1000.00");
/// # Ok::<(), fentan_core::Problems>(())
/// ```
///
/// # Errors
/// Those of money, at `offers.ID`.
pub fn read_offers(document: &Document<'_>) -> Result<Vec<(String, Fen)>, Problems> {
    let place = Place::Field(&Place::Root, "offers");
    let mut problems = Problems::default();
    let offers = entries(document.root(), &place, &mut problems).unwrap_or_default().iter();
    let offers = offers.filter_map(|(id, value)| {
        let amount = number(Scalar::of(value), place.field(id), number::money, &mut problems)?;
        Some((id.clone().into_owned(), amount))
    });
    let offers = offers.collect();
    problems.refuse(offers)
}

/// Portions by the source that each pot names, in the order of the pots; those of one source are added up.
///
/// ```
/// use fentan_core::Fen;
/// use fentan_core::programme::by_source;
/// let portions = [("central", Fen(50)), ("city", Fen(20)), ("central", Fen(5))];
/// assert_eq!(by_source(portions), [("central", Fen(55)), ("city", Fen(20))]);
/// ```
pub fn by_source<'s>(portions: impl IntoIterator<Item = (&'s str, Fen)>) -> Vec<(&'s str, Fen)> {
    let mut offers: Vec<(&str, Fen)> = Vec::new();
    for (source, portion) in portions {
        match offers.iter_mut().find(|(known, _)| *known == source) {
            Some((_, offer)) => *offer += portion,
            None => offers.push((source, portion)),
        }
    }
    offers
}

/// The changes that write these amounts into a plan as all that sources give, in place of their own limits: what
/// [`Plan::with_offers`](crate::Plan::with_offers) makes of the plan, the plan is then by itself. `None` where
/// one of the sources does not stand in it.
///
/// ```
/// use fentan_core::programme::offer_changes;
/// use fentan_core::{Document, Fen};
/// let plan = br#"{ "sources": [{ "id": "county", "per_household": "4000" }] }"#;
/// let mut plan = Document::from_json(plan)?.into_owned();
/// for change in offer_changes(&plan, &[("county", Fen(123_456))]).expect("the source is there") {
///     plan.change(&change);
/// }
/// let written = r#"{"sources":[{"id":"county","amount":"1234.56"}]}"#;
/// assert_eq!(serde_json::to_string(&plan)?, written);
/// assert_eq!(offer_changes(&plan, &[("city", Fen(1))]), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn offer_changes(plan: &Document<'_>, offers: &[(&str, Fen)]) -> Option<Vec<Change>> {
    let sources = plan.value("sources").map(Value::list).unwrap_or_default();
    let mut changes = Vec::new();
    for (id, amount) in offers {
        let is_it = |source: &Value<'_>| source.get("id").and_then(Value::text) == Some(id);
        let at = sources.iter().position(is_it)?;
        let path = |field: &str| format!("sources[{at}].{field}");
        for field in ["per_household", "per_area", "awaits_portion"] {
            if sources[at].get(field).is_some() {
                changes.push(Change::Clear { path: path(field) });
            }
        }
        changes.push(Change::Write { path: path("amount"), text: amount.to_string() });
    }
    Some(changes)
}

impl Programme {
    /// What a compound gets by the source of its plan that each pot names; pots of the same
    /// source are added up.
    pub fn offers<'p>(&'p self, division: &Division, compound: usize) -> Vec<(&'p str, Fen)> {
        by_source(self.pots.iter().zip(&division.pots).map(|(pot, divided)| {
            let portion = divided.portions.get(compound);
            (pot.source.as_str(), portion.map_or(Fen::ZERO, |portion| portion.amount))
        }))
    }
}
