//! The columns of weights of a roster.

use std::collections::HashMap;

/// A column of weights of the roster by household, in millionths.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) weights: Vec<Option<u64>>,
}

/// The columns of weights that a household has a value in.
#[derive(Debug, Default)]
pub(super) struct Columns {
    columns: Vec<WeightColumn>,
    by_name: HashMap<String, u32>,
}

/// What the households have in one column of weights, by household.
#[derive(Debug)]
struct WeightColumn {
    name: String,
    weights: Vec<(u32, u64)>,
}

impl Columns {
    /// Notes a household's weight in a column.
    pub(super) fn add(&mut self, column: &str, household: u32, weight: u64) {
        let next = self.columns.len();
        let known = self.by_name.get(column).map(|&index| index as usize);
        let index = known.unwrap_or_else(|| {
            self.by_name.insert(column.to_owned(), next as u32);
            self.columns.push(WeightColumn { name: column.to_owned(), weights: Vec::new() });
            next
        });
        self.columns[index].weights.push((household, weight));
    }

    /// A column, with a place for each of the households.
    pub(super) fn column(&self, name: &str, households: usize) -> Option<Column> {
        let column = &self.columns[*self.by_name.get(name)? as usize];
        let mut weights = vec![None; households];
        for &(household, weight) in &column.weights {
            weights[household as usize] = Some(weight);
        }
        Some(Column { name: name.to_owned(), weights })
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.columns.iter().map(|column| column.name.clone()).collect()
    }
}
