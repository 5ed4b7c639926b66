//! The codes that a roster names and the rest of a plan defines: hardships and uses.

use super::row::Field;
use super::{Hardship, Roster};
use crate::number::Rate;
use crate::plan::Use;
use crate::problem::{Cause, Naming, Problems};

impl Roster {
    /// By hardship of the roster: the index of its code with the greatest relief rate, and that rate. A
    /// household with a code that has no rate is a problem.
    pub(in crate::plan) fn reliefs(
        &self,
        rates: &[(String, Rate)],
        problems: &mut Problems,
    ) -> Vec<(usize, Rate)> {
        let rate_of = |code: &str| rates.iter().find(|(known, _)| known == code);
        let is_known = |hardship: &Hardship| hardship.codes().all(|code| rate_of(code).is_some());
        if !self.hardships.iter().all(is_known) {
            for (index, household) in (0u32..).zip(&self.all) {
                let hardship = household.hardship.map(|one| &self.hardships[one as usize]);
                let codes = hardship.into_iter().flat_map(|one| one.codes.iter().enumerate());
                for (place, code) in codes {
                    let Some(code) = code.as_ref().filter(|code| rate_of(code).is_none()) else {
                        continue;
                    };
                    let known = rates.iter().map(|(code, _)| code.clone()).collect();
                    let mut path = self.index.place_of(index, Field::Hardship.name());
                    if !self.index.is_table() && hardship.is_some_and(|one| one.is_list) {
                        path += &format!("[{place}]");
                    }
                    let cause = Cause::UnknownId { naming: Naming::Hardship, known };
                    problems.add_seen(path, code, cause);
                }
            }
        }
        let greatest = |hardship: &Hardship| {
            let mut greatest = (0, Rate::ZERO);
            for (index, code) in hardship.codes.iter().enumerate() {
                let rate = code.as_ref().and_then(|code| rate_of(code));
                if let Some(&(_, rate)) = rate
                    && greatest.1.is_below(rate)
                {
                    greatest = (index, rate);
                }
            }
            greatest
        };
        self.hardships.iter().map(greatest).collect()
    }

    /// By use of the roster: the index of the plan's use. A household with a use that the plan lacks is a
    /// problem.
    pub(in crate::plan) fn uses(
        &self,
        known: &[Use],
        problems: &mut Problems,
    ) -> Vec<Option<usize>> {
        let position = |name: &String| known.iter().position(|one| one.name == *name);
        let found: Vec<Option<usize>> = self.uses.iter().map(position).collect();
        if found.contains(&None) {
            for (index, household) in (0u32..).zip(&self.all) {
                let unknown = household.used_as.filter(|&one| found[one as usize].is_none());
                if let Some(name) = unknown {
                    let known = known.iter().map(|one| one.name.clone()).collect();
                    let path = self.index.place_of(index, Field::Use.name());
                    let cause = Cause::UnknownId { naming: Naming::Use, known };
                    problems.add_seen(path, &self.uses[name as usize], cause);
                }
            }
        }
        found
    }
}
