//! Cells written into many households at once: pasted into a column, or the same for all that are listed.

use fentan_core::Change;

use super::Session;
use crate::message::{Filling, Reply, Row};

impl Session {
    /// Writes cells into columns of the households listed. Columns that the roster does not have are left out.
    pub(super) fn fill(&mut self, filling: &Filling) -> Vec<Reply> {
        let listed = self.listing.households();
        let mut changes = Vec::new();
        for (at, &household) in listed.iter().skip(filling.start).enumerate() {
            let row = if filling.is_for_all { 0 } else { at };
            let Some(cells) = filling.rows.get(row) else { break };
            let index = household as usize;
            let id = self.roster().id(index).to_owned();
            let row = Row { index, cells: vec![id], wrong: Vec::new(), dues: None };
            for (name, text) in filling.columns.iter().zip(cells) {
                let Some(column) = self.listing.column(name) else { continue };
                let path = column.path(&row);
                changes.push(match text.is_empty() {
                    true => Change::Clear { path },
                    false => Change::Write { path, text: text.clone() },
                });
            }
        }
        let changes = self.with_followers(changes);
        self.make(&changes, 1)
    }
}
