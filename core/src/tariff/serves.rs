//! Whom a line of a tariff serves.

use std::collections::HashMap;

use super::Flat;
use crate::plan::Plan;

/// Whom a line serves, without naming a household.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Serves {
    /// Whether it serves all; the rest is then empty.
    pub everyone: bool,
    /// The buildings that it serves whole.
    pub buildings: Vec<String>,
    /// The units that it serves whole, of other buildings, as `building/unit`.
    pub units: Vec<String>,
    /// Whether it serves further homes, which are not told.
    pub homes: bool,
}

impl Serves {
    /// Describes these households, which are in roster order, by what they fill.
    pub(super) fn of(plan: &Plan, beneficiaries: &[u32]) -> Serves {
        let all = plan.households();
        if beneficiaries.len() == all.len() {
            return Serves { everyone: true, ..Serves::default() };
        }
        // By building, and by unit of it: how many homes it has, and how many of them are served.
        let mut counts: HashMap<(&str, Option<&str>), [usize; 2]> = HashMap::new();
        let mut order = Vec::new();
        let mut served = beneficiaries.iter().peekable();
        for (index, household) in (0u32..).zip(all) {
            let is_served = served.next_if(|&&next| next == index).is_some();
            let Some(building) = plan.building_of(household) else {
                continue;
            };
            let unit = plan.unit_of(household).map(Some);
            for place in std::iter::once(None).chain(unit) {
                let [homes, of_them] = counts.entry((building, place)).or_insert_with(|| {
                    order.push((building, place));
                    [0, 0]
                });
                *homes += 1;
                *of_them += usize::from(is_served);
            }
        }
        let is_whole = |place: &_| counts.get(place).is_some_and(|[homes, served]| homes == served);
        let mut serves = Serves::default();
        let mut told = 0;
        for place @ (building, unit) in &order {
            match unit {
                None if is_whole(place) => serves.buildings.push((*building).to_owned()),
                Some(unit) if is_whole(place) && !is_whole(&(*building, None)) => {
                    serves.units.push(format!("{building}/{unit}"));
                }
                _ => continue,
            }
            told += counts[place][0];
        }
        serves.homes = told < beneficiaries.len();
        serves
    }

    /// Whether it serves a flat: by its place, or as the flat says of the line itself.
    pub(super) fn holds(&self, flat: &Flat, line: usize) -> bool {
        let building = flat.building.as_deref();
        let unit = building.zip(flat.unit.as_deref());
        self.everyone
            || building.is_some_and(|id| self.buildings.iter().any(|one| one == id))
            || unit.is_some_and(|(building, unit)| {
                self.units.iter().any(|one| one.split_once('/') == Some((building, unit)))
            })
            || (self.homes && flat.served.contains(&line))
    }
}
