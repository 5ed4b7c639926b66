//! The homes of a stand-in roster, from how many dwellings of which type there are.

use fentan_core::Change;
use serde::Serialize;

use crate::message::Dwelling;
use crate::typed::Reading;

/// What puts a stand-in roster of these dwellings, each home marked with a note, in place of the roster; `None` where
/// they are too many.
pub fn stand_in_roster(dwellings: &[Dwelling], note: &str) -> Option<Change> {
    Dwelling::count(dwellings)?;
    let json = serde_json::to_string(&homes(&with_areas(dwellings), note)).ok()?;
    Some(Change::Put { path: "households".to_owned(), json, at: None })
}

/// A home of a stand-in roster, as a plan holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Home<'h> {
    id: String,
    building: String,
    unit: String,
    floor: u32,
    area: &'h str,
    note: &'h str,
}

/// Every home of these dwellings, building by building.
fn homes<'h>(dwellings: &'h [(Dwelling, String)], note: &'h str) -> Vec<Home<'h>> {
    let mut homes = Vec::new();
    let mut building = 0;
    for (dwelling, area) in dwellings {
        for _ in 0..dwelling.buildings {
            building += 1;
            for unit in 1..=dwelling.units {
                for floor in 1..=dwelling.floors {
                    for home in 1..=dwelling.on_a_floor {
                        homes.push(Home {
                            id: format!("{building}-{unit}-{floor}{home:02}"),
                            building: building.to_string(),
                            unit: unit.to_string(),
                            floor,
                            area,
                            note,
                        });
                    }
                }
            }
        }
    }
    homes
}

/// Dwellings, each with its area as a plan holds it.
fn with_areas(dwellings: &[Dwelling]) -> Vec<(Dwelling, String)> {
    let area = |one: &Dwelling| Reading::NUMBER.exact("", &one.area);
    dwellings.iter().map(|one| (one.clone(), area(one))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_home_is_named_by_building_unit_floor() {
        let slab = Dwelling {
            area: "62.35 m²".to_owned(),
            buildings: 1,
            units: 2,
            floors: 6,
            on_a_floor: 2,
        };
        let tower = Dwelling { buildings: 1, units: 1, floors: 11, on_a_floor: 12, ..slab.clone() };
        let dwellings = with_areas(&[slab, tower]);
        let homes = homes(&dwellings, "");
        assert_eq!(homes.len(), 24 + 132);
        assert_eq!(homes[0].id, "1-1-101");
        assert_eq!(homes[155].id, "2-1-1112");
    }

    #[test]
    fn too_many_homes_are_none() {
        let many = Dwelling {
            area: "1".to_owned(),
            buildings: u32::MAX,
            units: u32::MAX,
            floors: u32::MAX,
            on_a_floor: u32::MAX,
        };
        assert_eq!(stand_in_roster(&[many], ""), None);
    }
}
