//! Scenarios as a link, which holds their changes and no roster.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value as Json;

use super::{Scenario, read_list};
use crate::document::Document;
use crate::named::Named;
use crate::place::Place;
use crate::plan::Plan;
use crate::problem::{Cause, Problem, Problems};

/// The beginning of a link.
const PREFIX: &str = "#scenario=";

/// The longest link that is read.
const MOST_BYTES: usize = 64 << 10;

impl Scenario {
    /// Scenarios as the fragment of a link: their JSON in base64 for addresses (RFC 4648 §5).
    ///
    /// ```
    /// use fentan_core::scenario::Scenario;
    /// let more = Scenario::setting("more", &[("sources.county.amount".into(), "5000".into())]);
    /// let link = Scenario::link(std::slice::from_ref(&more));
    /// assert!(link.starts_with("#scenario=W3sia"));
    /// assert_eq!(Scenario::from_link(&link)?[0].changes, more.changes);
    /// # Ok::<(), fentan_core::Problems>(())
    /// ```
    pub fn link(scenarios: &[Scenario]) -> String {
        // Values of a plan can always be written.
        let json = serde_json::to_vec(scenarios).unwrap_or_default();
        format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(json))
    }

    /// A text of the scenario that names a household of a plan or its owner, in whatever spelling: a
    /// link with it is not to be passed on.
    ///
    /// ```
    /// # use fentan_core::{Document, Plan, scenario::Scenario};
    /// # let document = Document::from_json(br#"{ "fentan": 1, "lines": [{ "id": "gate", "amount": "1" }],
    /// #   "households": [{ "id": "1-1-101", "area": "60" }] }"#)?;
    /// let plan = Plan::read(&document, None)?;
    /// let named = Scenario::setting("1号楼1单元101 减免", &[]);
    /// assert_eq!(named.names_household(&plan).as_deref(), Some("1号楼1单元101 减免"));
    /// assert_eq!(Scenario::setting("more", &[]).names_household(&plan), None);
    /// # Ok::<(), fentan_core::Problems>(())
    /// ```
    pub fn names_household(&self, plan: &Plan) -> Option<String> {
        let named = Named::of(plan);
        let mut left = vec![serde_json::to_value(self).unwrap_or_default()];
        while let Some(value) = left.pop() {
            match value {
                Json::String(text) if named.are_in(&text) => return Some(text),
                Json::Array(list) => left.extend(list),
                Json::Object(fields) => left.extend(
                    fields.into_iter().flat_map(|(name, value)| [Json::String(name), value]),
                ),
                _ => {}
            }
        }
        None
    }

    /// The scenarios of a link, or of its part after `#scenario=`.
    ///
    /// # Errors
    /// `bad-syntax` if it is no link, `too-large` past 64 KB, and those of scenarios in a plan,
    /// with paths from `link[0]` on.
    pub fn from_link(link: &str) -> Result<Vec<Scenario>, Problems> {
        let written = link.split_once(PREFIX).map_or(link, |(_, written)| written);
        if written.len() > MOST_BYTES {
            return Err(Problem::of_file(Cause::FileTooLarge).into());
        }
        let json = URL_SAFE_NO_PAD.decode(written).map_err(|error| {
            let detail = error.to_string();
            Problem::of_file(Cause::BadSyntax { line: 1, column: 1, detail })
        })?;
        let document = Document::from_json(&json)?;
        let mut problems = Problems::default();
        let place = Place::Field(&Place::Root, "link");
        let scenarios = read_list(document.root(), place, &mut problems);
        problems.refuse(scenarios)
    }
}
