//! Coefficients by floor (楼层系数), spec §2.

use super::fields::{entries, number};
use crate::document::Value;
use crate::number::{self, Coefficient, Scalar};
use crate::place::Place;
use crate::problem::{Cause, Problems};

/// A hundred percent, in millionths of a percent.
const HUNDRED_PERCENT: u128 = 100_000_000;

/// Coefficients by floor, in millionths (of one, or of a percent).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Table {
    /// The table's name in the plan.
    pub name: String,
    /// Floors with their coefficients, lowest floor first.
    pub coefficients: Vec<(i32, u64)>,
    /// Whether the coefficients are percentages, which then sum to 100.
    pub percentages: bool,
}

impl Table {
    /// The coefficient of a floor; `None` if the table lacks the floor.
    pub fn coefficient(&self, floor: i32) -> Option<u64> {
        self.position(floor).map(|position| self.coefficients[position].1)
    }

    /// The index of a floor in the coefficients.
    pub(crate) fn position(&self, floor: i32) -> Option<usize> {
        self.coefficients.binary_search_by_key(&floor, |&(floor, _)| floor).ok()
    }
}

/// Reads `tables`: coefficients by floor, plain or all in percent and then summing to 100%.
pub(crate) fn read(value: &Value<'_>, place: Place<'_>, problems: &mut Problems) -> Vec<Table> {
    entries(value, &place, problems)
        .unwrap_or_default()
        .iter()
        .map(|(name, value)| read_table(name, value, &place.field(name), problems))
        .collect()
}

fn read_table(name: &str, value: &Value<'_>, place: &Place<'_>, problems: &mut Problems) -> Table {
    let mut coefficients: Vec<(i32, u64)> = Vec::new();
    let (mut plain, mut percent, mut unreadable) = (false, false, false);
    for (key, value) in entries(value, place, problems).unwrap_or_default() {
        let place = place.field(key);
        let floor = number(Scalar::Cell(key), place, number::floor, problems);
        let coefficient = number(Scalar::of(value), place, number::coefficient, problems);
        let coefficient = match coefficient {
            Some(Coefficient::Plain(coefficient)) => {
                plain = true;
                coefficient
            }
            Some(Coefficient::Percent(coefficient)) => {
                percent = true;
                coefficient
            }
            None => {
                unreadable = true;
                0
            }
        };
        let Some(floor) = floor else {
            unreadable = true;
            continue;
        };
        match coefficients.binary_search_by_key(&floor, |&(floor, _)| floor) {
            Err(index) => coefficients.insert(index, (floor, coefficient)),
            // "1" and "01"; a duplicate of the same text is a problem already.
            Ok(_) => problems.add_seen(place, key, Cause::DuplicateKey),
        }
    }
    if plain && percent {
        problems.add(place, Cause::TableMixed);
    } else if percent && !unreadable {
        let sum = coefficients.iter().map(|&(_, coefficient)| u128::from(coefficient)).sum();
        if sum != HUNDRED_PERCENT {
            problems.add(place, Cause::TableSum { sum });
        }
    }
    Table { name: name.to_owned(), coefficients, percentages: percent }
}
