//! What scenarios over a programme change most: the numbers of its pots, and what the other sources of its
//! plans give.

use serde::{Deserialize, Serialize};

use super::Desk;
use super::change::PotField;
use crate::number::decimal;
use crate::plan::SourceKind;
use crate::programme::Pot;

/// The fields of a source that say how much it gives.
const FIELDS: [&str; 4] = ["amount", "rate", "per_household", "per_area"];

/// A number that a scenario can change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Changeable {
    /// Its path, as a change has it: `pots.central.amount`, `sources.county.per_household`.
    pub path: String,
    /// The id of the pot or source.
    pub id: String,
    /// What that is called; of a source, in the first plan that has it.
    pub name: Option<String>,
    /// Whose money it is; of a source, in the first plan that has it.
    pub kind: Option<String>,
    /// The field: `amount`.
    pub field: String,
    /// In how many plans it stands; missing of a number of a pot.
    pub plans: Option<usize>,
    /// What stands there; missing where nothing does, or not the same in all plans.
    pub now: Option<String>,
}

impl Desk {
    /// The numbers of every pot, then those that sources which no pot names have in plans, in the order in
    /// which plans first have them.
    pub fn changeable(&self) -> Vec<Changeable> {
        let of_pots = self.given.pots.iter().flat_map(|pot| {
            PotField::ALL.iter().map(move |&field| Changeable {
                path: format!("pots.{}.{}", pot.id, field.as_str()),
                id: pot.id.clone(),
                name: pot.name.clone(),
                kind: pot.kind.map(|kind| kind.as_str().to_owned()),
                field: field.as_str().to_owned(),
                plans: None,
                now: number_of(pot, field),
            })
        });
        of_pots.chain(self.of_sources()).collect()
    }

    fn of_sources(&self) -> Vec<Changeable> {
        let mut sources: Vec<(String, Option<String>, Option<SourceKind>)> = Vec::new();
        self.each_base(|base| {
            for source in base.plan().sources() {
                let is_of_pot = self.given.pots.iter().any(|pot| pot.source == source.id);
                if !is_of_pot && sources.iter().all(|(id, ..)| *id != source.id) {
                    sources.push((source.id.clone(), source.name.clone(), source.kind));
                }
            }
        });
        let mut found = Vec::new();
        for (id, name, kind) in sources {
            for field in FIELDS {
                let path = format!("sources.{id}.{field}");
                let mut values: Vec<Option<String>> = Vec::new();
                self.each_base(|base| {
                    let place = base.place_of(&path);
                    values.extend(place.map(|at| base.rules().text(&at).map(str::to_owned)));
                });
                let Some(first) = values.first() else {
                    continue;
                };
                let now = first.clone().filter(|_| values.iter().all(|one| one == first));
                found.push(Changeable {
                    path,
                    id: id.clone(),
                    name: name.clone(),
                    kind: kind.map(|kind| kind.as_str().to_owned()),
                    field: field.to_owned(),
                    plans: Some(values.len()),
                    now,
                });
            }
        }
        found
    }
}

/// What stands in a field of a pot.
fn number_of(pot: &Pot, field: PotField) -> Option<String> {
    let amount = match field {
        PotField::Amount => Some(pot.amount),
        PotField::PerHousehold => pot.per_household,
        PotField::Least => pot.least,
        PotField::Most => pot.most,
        PotField::RoundDownTo => pot.round_down_to,
        PotField::Rate => return pot.rate.map(|rate| rate.written()),
    };
    amount.map(|amount| decimal(amount.0, 2))
}
