//! The digest of what is posted (公示) for everybody to see.

use std::borrow::Cow;

use super::Digest;
use super::canonical::Canonical;
use crate::document::Value;
use crate::plan::Plan;
use crate::split::Split;

/// The digest of what the notice (公示表) tells of a split: the plan's name; by line, its amount and
/// what the residents share of it; by household, its area and its parts of shared and individual
/// lines, before relief. It tells a reader that two papers are of one split, and nothing that is
/// not posted: someone who tries guesses against it has all its input already.
///
/// ```
/// use fentan_core::{Document, Plan, split};
/// use fentan_core::receipt::posted_digest;
/// let digest = |household: &str| {
///     let plan = format!(
///         r#"{{ "fentan": 1, "lines": [{{ "id": "gate", "amount": "100" }}],
///               "households": [{{ "id": "101", "area": "60" {household} }}] }}"#
///     );
///     let plan = Plan::read(&Document::from_json(plan.as_bytes())?, None)?;
///     let split = split(&plan)?;
///     Ok::<_, fentan_core::Error>(posted_digest(&plan, &split))
/// };
/// assert_eq!(digest("")?, digest(r#", "name": "Li Ming", "fund_balance": "800""#)?);
/// # Ok::<(), fentan_core::Error>(())
/// ```
pub fn posted_digest(plan: &Plan, split: &Split) -> Digest {
    let lines = plan.lines().iter().zip(&split.lines).map(|(line, of)| {
        table([
            ("id", line.id.clone()),
            ("amount", line.amount.to_string()),
            ("shared", (of.left_to_residents + of.relief_pot).to_string()),
        ])
    });
    let households = plan.households().iter().zip(&split.households).map(|(household, of)| {
        table([
            ("id", household.id.to_string()),
            ("area", household.area.to_string()),
            ("shared", of.share.to_string()),
            ("individual", of.individual.to_string()),
        ])
    });
    let (lines, households) = (lines.collect(), households.collect());
    let mut fields = vec![
        (Cow::Borrowed("lines"), Value::List(lines)),
        (Cow::Borrowed("households"), Value::List(households)),
    ];
    fields.extend(plan.name().map(|name| (Cow::Borrowed("name"), text(name.to_owned()))));
    let mut canonical = Canonical::default();
    canonical.value(&Value::Fields(fields));
    canonical.digest()
}

fn table<const FIELDS: usize>(fields: [(&'static str, String); FIELDS]) -> Value<'static> {
    let fields = fields.into_iter().map(|(name, value)| (Cow::Borrowed(name), text(value)));
    Value::Fields(fields.collect())
}

fn text(text: String) -> Value<'static> {
    Value::Text(Cow::Owned(text))
}
