//! The plan that scenarios start from.

use super::{Scenario, path, take_back};
use crate::document::{Change, Document};
use crate::plan::Plan;
use crate::policy::Packs;
use crate::problem::Problems;

/// A plan with the document that it was read from, to be read again with changes. The roster is
/// read once and shared by all the plans that come of it.
#[derive(Debug, Clone)]
pub struct Base {
    plan: Plan,
    rules: Document<'static>,
    packs: Packs,
}

impl Base {
    /// From a plan and the document and packs that it was read with.
    pub fn new(plan: Plan, document: &Document<'_>, packs: Packs) -> Base {
        Base { plan, rules: document.rules(), packs }
    }

    /// The plan as it stands.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    pub(crate) fn rules(&self) -> &Document<'static> {
        &self.rules
    }

    pub(crate) fn packs(&self) -> &Packs {
        &self.packs
    }

    /// The path in the document of a value that a path of a scenario leads to; `None` where there is none.
    pub(crate) fn place_of(&self, path: &str) -> Option<String> {
        let place = path::resolve(&self.rules, path).ok()?;
        self.rules.value(&place).map(|_| place)
    }

    /// The plan with the changes of a scenario.
    ///
    /// # Errors
    /// Every problem of the changes or of the plan that they make, each told of the scenario.
    pub fn with(&mut self, scenario: &Scenario) -> Result<Plan, Problems> {
        let back = scenario.make(&mut self.rules)?;
        let plan = self.plan.reread(&self.rules, &self.packs);
        let plan = plan.map_err(|problems| self.told_of(scenario, problems));
        take_back(&mut self.rules, &back);
        plan
    }

    /// The plan with these changes of its document, by its own paths.
    pub(crate) fn with_changes(&mut self, changes: &[Change]) -> Result<Plan, Problems> {
        let mut back = Vec::with_capacity(changes.len());
        for change in changes {
            back.extend(self.rules.change(change));
        }
        back.reverse();
        let plan = self.plan.reread(&self.rules, &self.packs);
        take_back(&mut self.rules, &back);
        plan
    }

    /// Problems of the plan that a scenario makes, while its changes are in place.
    fn told_of(&self, scenario: &Scenario, problems: Problems) -> Problems {
        let changed: Vec<_> = scenario
            .changes
            .iter()
            .map(|change| path::resolve(&self.rules, change.path()).ok())
            .collect();
        problems.of_scenario(scenario.title(), |path| {
            let made = changed.iter().rposition(|changed| {
                changed.as_deref().is_some_and(|changed| leads_into(path, changed))
            });
            scenario.place_of(made)
        })
    }

    /// Problems of splitting the plan that a scenario made.
    pub(super) fn told(scenario: &Scenario, problems: Problems) -> Problems {
        problems.of_scenario(scenario.title(), |_| scenario.place_of(None))
    }
}

/// Whether a path is another's or leads into it.
fn leads_into(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}
