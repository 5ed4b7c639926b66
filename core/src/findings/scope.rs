//! Whether the compound and its lines are in the programme at all [二(一)], and whether the plan
//! has its chapters [三(一)4].

use super::{Detail, Review, name_of};
use crate::plan::{Compound, Reach};
use crate::policy::{Check, Rule};

impl<'r> Review<'r> {
    /// What the plan says of the compound, or the note that it says nothing.
    pub(super) fn stated<T>(
        &mut self,
        rule: &Rule,
        field: &str,
        of: impl FnOnce(&'r Compound) -> Option<T>,
    ) -> Option<T> {
        let stated = self.plan.compound().and_then(of);
        if stated.is_none() {
            self.missing.add(rule, field);
        }
        stated
    }

    pub(super) fn built_before(&mut self, rule: &Rule) {
        let built = self.stated(rule, "year_built", |compound| compound.year_built);
        if let (Some(built), Some(year)) = (built, rule.year)
            && built >= year
        {
            let values = [("built", Detail::Year(built)), ("year", Detail::Year(year))];
            self.find(rule, "compound.year_built", values);
        }
    }

    /// A fact that must be so, or must not be.
    pub(super) fn fact(&mut self, rule: &Rule) {
        let compound = self.plan.compound();
        let (field, must_be, stated): (_, _, fn(&Compound) -> Option<bool>) = match rule.check {
            Check::StructureSafe => ("structure_safe", true, |one| one.structure_safe),
            Check::ResidentsWilling => ("residents_willing", true, |one| one.residents_willing),
            Check::ClearancePlan => ("in_clearance_plan", false, |one| one.in_clearance_plan),
            Check::SelfBuilt => ("self_built", false, |one| one.self_built),
            _ => ("urban_village", false, |one| one.urban_village),
        };
        match compound.and_then(stated) {
            None => self.missing.add(rule, field),
            Some(is) if is != must_be => self.find(rule, format!("compound.{field}"), []),
            Some(_) => {}
        }
    }

    pub(super) fn reach(&mut self, rule: &Rule) {
        for (index, line, split) in self.lines() {
            if let Some(reach) = line.reach.filter(|&reach| reach != Reach::Compound) {
                let values = [
                    ("line", name_of(line)),
                    ("reach", Detail::Reach(reach)),
                    ("amount", Detail::Money(split.amount)),
                ];
                self.find(rule, format!("lines[{index}].reach"), values);
            }
        }
    }

    pub(super) fn chapters(&mut self, rule: &Rule) {
        let Some(chapters) = self.stated(rule, "chapters", |compound| compound.chapters.as_ref())
        else {
            return;
        };
        let lacking = rule.chapters.iter().filter(|chapter| !chapters.contains(chapter));
        let lacking: Vec<_> = lacking.copied().collect();
        if !lacking.is_empty() {
            self.find(rule, "compound.chapters", [("chapters", Detail::Chapters(lacking))]);
        }
    }
}
