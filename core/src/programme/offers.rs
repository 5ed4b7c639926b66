//! From portions to the offers of a plan's sources.

use super::{Division, Programme};
use crate::document::Document;
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

impl Programme {
    /// What a compound gets by the source of its plan that each pot names; pots of the same
    /// source are added up.
    pub fn offers<'p>(&'p self, division: &Division, compound: usize) -> Vec<(&'p str, Fen)> {
        let mut offers: Vec<(&str, Fen)> = Vec::new();
        for (pot, divided) in self.pots.iter().zip(&division.pots) {
            let portion = divided.portions.get(compound);
            let amount = portion.map_or(Fen::ZERO, |portion| portion.amount);
            match offers.iter_mut().find(|(source, _)| *source == pot.source) {
                Some((_, offer)) => *offer += amount,
                None => offers.push((&pot.source, amount)),
            }
        }
        offers
    }
}
