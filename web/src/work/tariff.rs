//! The tariff of a plan, published.

use fentan_core::tariff::{Edition, Tariff};
use fentan_core::{Document, Packs, Plan};
use fentan_words::Language;
use serde::{Deserialize, Serialize};

use super::papers::{Told, not_written};
use super::thread::Given;

/// What is asked: an edition of the tariff, as of a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Which edition, as it was typed.
    pub edition: String,
    /// As of which date.
    pub date: String,
    /// The language of what is wrong.
    pub language: Language,
}

/// Does the task: tells the tariff as JSON, or why it was not written.
pub fn perform(given: Given<'_>, tell: &mut dyn FnMut(Vec<u8>)) {
    let Ok(order) = postcard::from_bytes::<Order>(given.asked) else { return };
    let told = publish(given.plan, &order).map_or_else(Told::Failed, Told::File);
    tell(super::written(&told));
}

fn publish(plan: &str, order: &Order) -> Result<Vec<u8>, String> {
    // What is no number is refused as an edition below the first.
    let number = order.edition.trim().parse().unwrap_or_default();
    let edition = Edition::read(number, &order.date)
        .map_err(|error| not_written(order.language, error.into()))?;
    let packs = Packs::default();
    let tariff = Document::from_json(plan.as_bytes())
        .and_then(|document| Plan::read_without_scenarios(&document, None, &packs))
        .map_err(fentan_core::Error::from)
        .and_then(|plan| Tariff::publish(&plan, &packs, &edition))
        .map_err(|error| not_written(order.language, error))?;
    serde_json::to_vec_pretty(&tariff.to_document()).map_err(|error| error.to_string())
}
