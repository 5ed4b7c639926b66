//! Checking a result against the plan it is said to come from.

use std::collections::{HashMap, HashSet};

use super::{ENGINE, Receipt};
use crate::document::{Document, Value};
use crate::place::Place;
use crate::plan::RosterFile;
use crate::problem::shortened;
use crate::split::Split;

/// The member of a result that holds its receipt.
const MEMBER: &str = "receipt";

/// The outcome of checking a result against its plan.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verification {
    /// Whether the receipt names this plan; `None` without a receipt.
    pub same_plan: Option<bool>,
    /// The version of the engine that the receipt names, if it differs from this one.
    pub other_engine: Option<String>,
    /// The first place, in the order of spec §4 with the receipt last, where the result differs.
    pub mismatch: Option<Mismatch>,
}

/// A place where a result differs from that of its plan.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mismatch {
    /// The path in the result, such as `households[3].paid.cash`.
    pub path: String,
    /// The id of the source, line or household in whose part of the result it is.
    pub id: Option<String>,
    /// The value there, shortened; `None` if it is missing.
    pub found: Option<String>,
    /// The expected value, shortened; `None` if none is expected.
    pub expected: Option<String>,
    /// Whether it is a duplicate name.
    pub twice: bool,
}

impl Verification {
    /// Whether the result is this plan's, in every figure.
    pub fn holds(&self) -> bool {
        self.mismatch.is_none()
    }
}

/// Checks a result, spec §4 with its receipt, against the split of its plan, calculated again.
/// Further members beside those of spec §4 are passed over.
///
/// ```
/// use fentan_core::{Document, Plan, split};
/// use fentan_core::receipt::{Receipt, verify};
/// let plan = br#"{ "fentan": 1, "lines": [{ "id": "gate", "amount": "90" }],
///                  "households": [{ "id": "101", "area": "60" }] }"#;
/// let document = Document::from_json(plan)?;
/// let split = split(&Plan::read(&document, None)?)?;
/// let mut result = serde_json::to_value(&split)?;
/// result["receipt"] = serde_json::to_value(Receipt::of(&document, None, &split))?;
/// let written = result.to_string();
/// let result = Document::from_json(written.as_bytes())?;
/// assert!(verify(&result, &document, None, &split).holds());
///
/// let altered = written.replace(r#""cash":"90.00""#, r#""cash":"80.00""#);
/// let result = Document::from_json(altered.as_bytes())?;
/// let mismatch = verify(&result, &document, None, &split).mismatch.expect("a mismatch");
/// assert_eq!(mismatch.path, "households[0].paid.cash");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn verify(
    result: &Document<'_>,
    document: &Document<'_>,
    roster: Option<RosterFile<'_>>,
    split: &Split,
) -> Verification {
    // One from before there was this figure is as good without it.
    let lacks_short = result.root().get("minimum_short").is_none();
    let before = (split.minimum_short.is_some() && lacks_short)
        .then(|| Split { minimum_short: None, ..split.clone() });
    let split = before.as_ref().unwrap_or(split);
    let receipt = Receipt::of(document, roster, split);
    let named = |name| result.root().get(MEMBER).and_then(|one| one.get(name)?.text());
    let other_engine = named("engine").filter(|&engine| engine != ENGINE).map(str::to_owned);
    let expected = super::document_of(split);
    let mismatch = twice(result.root(), &Place::Root)
        .or_else(|| members(expected.root(), result.root()))
        .or_else(|| receipt_in(result.root(), &receipt));
    Verification {
        same_plan: named("plan").map(|plan| plan == receipt.plan.to_string()),
        other_engine,
        mismatch,
    }
}

/// The members of spec §4, among others.
fn members(expected: &Value<'_>, found: &Value<'_>) -> Option<Mismatch> {
    expected.fields().iter().find_map(|(name, expected)| {
        differs(Some(expected), found.get(name), &Place::Root.field(name))
    })
}

/// The receipt; an engine of another version that comes to the same result is as good.
fn receipt_in(result: &Value<'_>, receipt: &Receipt) -> Option<Mismatch> {
    let place = Place::Root.field(MEMBER);
    let Some(found) = result.get(MEMBER) else {
        return Some(Mismatch::at(&place, None, None));
    };
    [("plan", receipt.plan), ("content", receipt.content)].into_iter().find_map(|(name, digest)| {
        let expected = Value::Text(digest.to_string().into());
        differs(Some(&expected), found.get(name), &place.field(name))
    })
}

/// The first place where two values differ, in the order of the expected one.
fn differs(
    expected: Option<&Value<'_>>,
    found: Option<&Value<'_>>,
    place: &Place<'_>,
) -> Option<Mismatch> {
    match (expected, found) {
        (Some(Value::Fields(expected)), Some(Value::Fields(found))) => {
            let mut further: HashMap<_, _> =
                found.iter().map(|(name, value)| (name.as_ref(), value)).collect();
            let differing = expected.iter().find_map(|(name, expected)| {
                differs(Some(expected), further.remove(name.as_ref()), &place.field(name))
            });
            differing.or_else(|| {
                let (name, _) =
                    found.iter().find(|(name, _)| further.contains_key(name.as_ref()))?;
                differs(None, further.remove(name.as_ref()), &place.field(name))
            })
        }
        (Some(Value::List(expected)), Some(Value::List(found))) => {
            (0..expected.len().max(found.len())).find_map(|index| {
                let (expected, found) = (expected.get(index), found.get(index));
                let mismatch = differs(expected, found, &place.index(index))?;
                let id = expected.or(found).and_then(|one| one.get("id")?.text());
                Some(Mismatch { id: id.map(str::to_owned), ..mismatch })
            })
        }
        _ if expected == found => None,
        _ => Some(Mismatch::at(place, found, expected)),
    }
}

/// The first duplicate name in a table: programs would read such a result differently.
fn twice(value: &Value<'_>, place: &Place<'_>) -> Option<Mismatch> {
    match value {
        Value::Fields(fields) => {
            let mut met = HashSet::with_capacity(fields.len());
            fields.iter().find_map(|(name, value)| {
                let place = place.field(name);
                if !met.insert(name) {
                    return Some(Mismatch {
                        twice: true,
                        ..Mismatch::at(&place, Some(value), None)
                    });
                }
                twice(value, &place)
            })
        }
        Value::List(list) => {
            list.iter().enumerate().find_map(|(index, value)| twice(value, &place.index(index)))
        }
        _ => None,
    }
}

impl Mismatch {
    fn at(place: &Place<'_>, found: Option<&Value<'_>>, expected: Option<&Value<'_>>) -> Mismatch {
        let shown = |value: &Value<'_>| match value.text() {
            Some(text) => shortened(text),
            None => shortened(&serde_json::to_string(value).unwrap_or_default()),
        };
        Mismatch {
            path: place.to_string(),
            id: None,
            found: found.map(shown),
            expected: expected.map(shown),
            twice: false,
        }
    }
}
