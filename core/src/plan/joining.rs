//! The plan with one more beneficiary of a shared line, for joining later (后加入); spec §9.

use super::fill::Filling;
use super::lines::LineReader;
use super::uses::UsesOfHomes;
use super::{Plan, ShareBy, Works};
use crate::place::Place;
use crate::problem::Problems;

impl Plan {
    /// The index of the household with this id.
    pub fn find_household(&self, id: &str) -> Option<usize> {
        self.roster.index.find(id).map(|index| index as usize)
    }

    /// The plan with a household that benefits from a shared line too, whatever the line's scope
    /// and the household's `joins` say.
    ///
    /// # Errors
    /// `no-coefficient` or `missing-weight` where the household can't share the line.
    pub(crate) fn with_beneficiary(&self, line: usize, household: usize) -> Result<Plan, Problems> {
        let mut plan = self.clone();
        let mut share_by = ShareBy::Area;
        if let Works::Shared { scope: Some(scope), share_by: own, .. } = &mut plan.lines[line].works
        {
            let household = household as u32;
            if let Err(position) = scope.binary_search(&household) {
                scope.insert(position, household);
            }
            share_by = *own;
        }
        let mut problems = Problems::default();
        let used_as: Vec<_> = self.used_as.iter().copied().map(Some).collect();
        let uses = UsesOfHomes { uses: &self.uses, used_as: &used_as };
        let mut reader = LineReader::new(&self.roster, &self.tables, uses, Filling::default());
        reader.keys.columns.clone_from(&self.columns);
        let lines = Place::Field(&Place::Root, "lines");
        reader.check_weights(lines.index(line), &plan.lines[line], share_by, &mut problems);
        problems.refuse(plan)
    }
}
