//! The fields of a plan, and who else may give them.

use GivenBy::{Pack, Plan, Scenario};

/// Who gives a field of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GivenBy {
    /// The plan itself.
    Plan,
    /// A scenario changes it.
    Scenario,
    /// A policy pack fills it in.
    Pack,
}

const FIELDS: &[(&str, &[GivenBy])] = &[
    ("fentan", &[Plan]),
    ("name", &[Plan, Scenario]),
    ("policy", &[Plan, Scenario]),
    ("own_policy", &[Plan]),
    ("odd_fen", &[Plan, Scenario, Pack]),
    ("uses", &[Plan, Scenario, Pack]),
    ("lines", &[Plan, Scenario]),
    ("tables", &[Plan, Scenario, Pack]),
    // Of a plan each line says it, of a pack each subject.
    ("share_by", &[Pack]),
    ("sources", &[Plan, Scenario, Pack]),
    ("residents_at_least", &[Plan, Scenario, Pack]),
    ("relief", &[Plan, Scenario, Pack]),
    ("minimum", &[Plan, Scenario, Pack]),
    ("channels", &[Plan, Scenario, Pack]),
    ("maintenance", &[Plan, Scenario, Pack]),
    ("households", &[Plan]),
    ("compound", &[Plan, Scenario]),
    ("collection", &[Plan]),
    // Read apart from the plan, by those who ask for it.
    ("schedule", &[Plan]),
    ("scenarios", &[Plan]),
    ("stress", &[Plan]),
];

/// The fields that one may give, in the order of spec §2.
pub(crate) fn fields_given_by(one: GivenBy) -> Vec<&'static str> {
    FIELDS.iter().filter(|(_, by)| by.contains(&one)).map(|&(name, _)| name).collect()
}
