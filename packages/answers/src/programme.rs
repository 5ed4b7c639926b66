//! Dividing the pots of a programme over its compounds, one machine for all, and splitting each
//! compound with what it gets, on any.

use fentan_core::programme::{CompoundTable, Programme, read_offers};
use fentan_core::{Document, Fen, Plan, Problems};
use fentan_words::Language;
use serde::{Serialize, Serializer};

use crate::{Refusal, document};

/// How a programme's pots are divided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Divided {
    /// The pots in the programme's order.
    pub pots: Vec<DividedPot>,
    /// The compounds in the programme's order.
    pub compounds: Vec<DividedCompound>,
}

/// What became of a pot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DividedPot {
    /// The pot's id.
    pub id: String,
    /// The source in each plan that it is the offer of.
    pub source: String,
    /// What there was to divide.
    pub amount: Fen,
    /// What stays in it.
    pub left: Fen,
}

/// What a compound gets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DividedCompound {
    /// The compound's id.
    pub id: String,
    /// What it is called.
    pub name: Option<String>,
    /// The county it lies in.
    pub county: Option<String>,
    /// The path of its plan, from the folder of the programme.
    pub plan: Option<String>,
    /// By pot, what it gets of it.
    #[serde(serialize_with = "as_map")]
    pub portions: Vec<(String, OfPot)>,
    /// By source, what that makes its offer.
    #[serde(serialize_with = "as_map")]
    pub offers: Vec<(String, Fen)>,
}

/// What a compound gets of one pot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfPot {
    /// How much.
    pub amount: Fen,
    /// What decides it: `weight`, or the limit that holds it.
    pub held: &'static str,
}

/// Divides the pots of a programme. `programme` is JSON, or TOML with the feature `toml`;
/// `compounds` is its table as CSV where it names a file. All sizes that the pots go by stand in
/// it: no plan is read.
///
/// # Errors
/// Every problem of programme and table; `missing-field` for a size that is needed.
pub fn divide(
    programme: &[u8],
    compounds: Option<&[u8]>,
    language: Language,
) -> Result<Divided, Refusal> {
    let divided = document(programme).and_then(|document| {
        let file = document.text("compounds").unwrap_or("compounds.csv");
        let table = compounds.map(|bytes| CompoundTable { file, bytes });
        let programme = Programme::read(&document, table)?;
        let division = programme.divide()?;
        let pots = programme.pots.iter().zip(&division.pots).map(|(pot, divided)| DividedPot {
            id: pot.id.clone(),
            source: pot.source.clone(),
            amount: pot.amount,
            left: divided.left,
        });
        let compounds = programme.compounds.iter().enumerate().map(|(index, compound)| {
            let offers = programme.offers(&division, index).into_iter();
            let portions =
                programme.pots.iter().zip(&division.pots).filter_map(|(pot, divided)| {
                    let portion = divided.portions.get(index)?;
                    let of_pot = OfPot { amount: portion.amount, held: portion.held.as_str() };
                    Some((pot.id.clone(), of_pot))
                });
            DividedCompound {
                id: compound.id.clone(),
                name: compound.name.clone(),
                county: compound.county.clone(),
                plan: compound.plan.clone(),
                portions: portions.collect(),
                offers: offers.map(|(source, offer)| (source.to_owned(), offer)).collect(),
            }
        });
        Ok(Divided { pots: pots.collect(), compounds: compounds.collect() })
    });
    divided.map_err(|problems| Refusal::of(problems, language))
}

pub(crate) fn with_offers(plan: Plan, offers: &str) -> Result<Plan, Problems> {
    let offers = read_offers(&Document::from_json(offers.as_bytes())?)?;
    let offers: Vec<(&str, Fen)> = offers.iter().map(|(id, offer)| (id.as_str(), *offer)).collect();
    plan.with_offers(&offers)
}

fn as_map<S: Serializer, V: Serialize>(
    pairs: &[(String, V)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(key, value)| (key, value)))
}
