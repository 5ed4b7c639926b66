//! Scenarios (方案变化), spec §8: what a plan would come to with some of it changed.

mod base;
mod compare;
mod difference;
mod investment;
mod link;
mod measure;
pub(crate) mod parameter;
pub(crate) mod path;
pub(crate) mod seek;
pub(crate) mod slack;
mod spread;
pub(crate) mod stress;
mod sweep;
mod totals;
pub(crate) mod walk;

use std::borrow::Cow;
use std::collections::HashMap;

use serde::{Serialize, Serializer};

use crate::document::{self, Document, Value};
use crate::place::Place;
use crate::plan::fields::{Fields, list, text};
use crate::problem::{Cause, Problems};

pub use base::Base;
pub use compare::{Compared, Comparison, HouseholdDifference, PayerRow, Pinned, Side, compare};
pub use difference::Difference;
pub use investment::{Investment, investments};
pub use measure::{Bound, Condition, Measure, Measured};
pub use parameter::{Parameter, Range, Unit};
pub use seek::{Proven, Seek, Sought, Trial, Turn, seek};
pub use stress::{Fan, Outcome, PayerFan, Percentiles, Stress, StressTest, Swing, tornado};
pub use sweep::{Point, Sweep};
pub use totals::{CashTotals, Totals};
pub(crate) use totals::{nearest_rank, per_area};

/// A named list of changes to a plan. It never changes or names a household, so that it can be
/// passed on where the roster can't.
///
/// Serializes as a plan holds it.
///
/// ```
/// use fentan_core::{Document, Packs, Plan, split};
/// use fentan_core::scenario::Base;
/// let document = Document::from_json(
///     br#"{ "fentan": 1, "lines": [{ "id": "gate", "amount": "100" }],
///           "sources": [{ "id": "county", "amount": "10" }],
///           "households": [{ "id": "1", "area": "60" }],
///           "scenarios": [{ "id": "more", "changes": [{ "set": "sources.county.amount", "to": "30" }] }] }"#,
/// )?;
/// let plan = Plan::read(&document, None)?;
/// let more = plan.scenarios()[0].clone();
/// let mut base = Base::new(plan, &document, Packs::default());
/// assert_eq!(split(&base.with(&more)?)?.residents.to_string(), "70.00");
/// # Ok::<(), fentan_core::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[non_exhaustive]
pub struct Scenario {
    /// Unique among the scenarios.
    pub id: String,
    /// What it is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it changes, one after another.
    pub changes: Vec<Change>,
    /// The path to it, for problems.
    #[serde(skip)]
    place: String,
}

/// A change of a scenario. Paths name things by their ids: `sources.county.amount`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// Sets a value, which may be missing before.
    Set {
        /// Where.
        path: String,
        /// What.
        to: Value<'static>,
    },
    /// Removes a value.
    Remove {
        /// What.
        path: String,
    },
    /// Adds something to a list.
    Add {
        /// The list: `lines`, `sources`, `channels`.
        path: String,
        /// What.
        value: Value<'static>,
        /// The id of the next element; missing = last.
        before: Option<String>,
    },
    /// Moves something within its list.
    Move {
        /// What.
        path: String,
        /// The id of the next element; missing = last.
        before: Option<String>,
    },
}

impl Change {
    /// The fields that the change is written with, the first with its path.
    fn names(&self) -> &'static [&'static str] {
        match self {
            Change::Set { .. } => SET,
            Change::Remove { .. } => REMOVE,
            Change::Add { .. } => ADD,
            Change::Move { .. } => MOVE,
        }
    }

    /// The path that it changes.
    pub fn path(&self) -> &str {
        match self {
            Change::Set { path, .. }
            | Change::Remove { path }
            | Change::Add { path, .. }
            | Change::Move { path, .. } => path,
        }
    }
}

const SET: &[&str] = &["set", "to"];
const REMOVE: &[&str] = &["remove"];
const ADD: &[&str] = &["add", "value", "before"];
const MOVE: &[&str] = &["move", "before"];

impl Serialize for Change {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = |text: &str| Value::Text(Cow::Owned(text.to_owned()));
        let values = match self {
            Change::Set { path, to } => [Some(text(path)), Some(to.clone()), None],
            Change::Remove { path } => [Some(text(path)), None, None],
            Change::Add { path, value, before } => {
                [Some(text(path)), Some(value.clone()), before.as_deref().map(text)]
            }
            Change::Move { path, before } => [Some(text(path)), before.as_deref().map(text), None],
        };
        let given = self.names().iter().zip(values);
        serializer.collect_map(given.filter_map(|(name, value)| Some((name, value?))))
    }
}

impl Scenario {
    /// Reads a scenario as a plan holds it.
    ///
    /// # Errors
    /// Those of its form, with paths from `scenario` on; that its paths lead somewhere shows when it
    /// is made.
    ///
    /// ```
    /// use fentan_core::Document;
    /// use fentan_core::scenario::Scenario;
    /// let document = Document::from_json(
    ///     br#"{ "scenarios": [{ "id": "more", "changes": [{ "remove": "sources.city" }] }] }"#,
    /// )?;
    /// let written = document.value("scenarios[0]").expect("a scenario");
    /// assert_eq!(Scenario::read(written)?.changes[0].path(), "sources.city");
    /// # Ok::<(), fentan_core::Problems>(())
    /// ```
    pub fn read(written: &Value<'_>) -> Result<Scenario, Problems> {
        let mut problems = Problems::default();
        let scenario =
            read_scenario(written, Place::Field(&Place::Root, "scenario"), &mut problems);
        // A value that is no scenario is a problem already.
        problems.refuse(scenario).map(Option::unwrap_or_default)
    }

    /// A scenario of one change: a value, as a plan writes it, in place of another.
    pub fn setting(id: &str, settings: &[(String, String)]) -> Scenario {
        let changes = settings.iter().map(|(path, to)| Change::Set {
            path: path.clone(),
            to: Value::Text(Cow::Owned(to.clone())),
        });
        Scenario { id: id.to_owned(), name: None, changes: changes.collect(), place: id.to_owned() }
    }

    /// The name, or else the id.
    pub fn title(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }

    fn place_of(&self, change: Option<usize>) -> String {
        match change {
            Some(change) => format!("{}.changes[{change}]", self.place),
            None => self.place.clone(),
        }
    }

    /// Makes the changes to a document; returns those that undo them, the last first.
    ///
    /// # Errors
    /// A path that does not exist, as a problem; the document is then unchanged.
    fn make(&self, document: &mut Document<'static>) -> Result<Vec<document::Change>, Problems> {
        let mut back = Vec::with_capacity(self.changes.len());
        for (index, change) in self.changes.iter().enumerate() {
            let made = path::change(document, change).and_then(|to_make| {
                let nowhere = path::Nowhere { field: 0, cause: Cause::MissingField };
                document.change(&to_make).ok_or(nowhere)
            });
            match made {
                Ok(way_back) => back.insert(0, way_back),
                Err(path::Nowhere { field, cause }) => {
                    take_back(document, &back);
                    let place = self.place_of(Some(index));
                    let seen = if field == 0 { change.path() } else { change.before() };
                    let mut problems = Problems::default();
                    problems.add_seen(format!("{place}.{}", change.names()[field]), seen, cause);
                    return Err(problems);
                }
            }
        }
        Ok(back)
    }
}

impl Change {
    fn before(&self) -> &str {
        match self {
            Change::Add { before, .. } | Change::Move { before, .. } => {
                before.as_deref().unwrap_or_default()
            }
            _ => "",
        }
    }
}

fn take_back(document: &mut Document<'static>, back: &[document::Change]) {
    for change in back {
        document.change(change);
    }
}

/// Reads `scenarios`, and checks that their paths lead somewhere in the plan's document.
pub(crate) fn read(
    value: &Value<'_>,
    place: Place<'_>,
    document: &Document<'_>,
    problems: &mut Problems,
) -> Vec<Scenario> {
    let scenarios = read_list(value, place, problems);
    let mut rules = document.rules();
    for scenario in &scenarios {
        match scenario.make(&mut rules) {
            Ok(back) => take_back(&mut rules, &back),
            Err(found) => problems.extend(found),
        }
    }
    scenarios
}

/// Reads a list of scenarios for itself.
fn read_list(value: &Value<'_>, place: Place<'_>, problems: &mut Problems) -> Vec<Scenario> {
    let mut scenarios: Vec<Scenario> = Vec::new();
    let mut first: HashMap<String, usize> = HashMap::new();
    for (index, value) in list(value, &place, problems).unwrap_or_default().iter().enumerate() {
        let place = place.index(index);
        let Some(scenario) = read_scenario(value, place, problems) else {
            continue;
        };
        let first_index = *first.entry(scenario.id.clone()).or_insert(index);
        if first_index != index && !scenario.id.is_empty() {
            let first = format!("scenarios[{first_index}].id");
            let cause = Cause::DuplicateId { first };
            problems.add_seen(place.field("id"), &scenario.id, cause);
        }
        scenarios.push(scenario);
    }
    scenarios
}

fn read_scenario(value: &Value<'_>, place: Place<'_>, problems: &mut Problems) -> Option<Scenario> {
    let fields = Fields::open(value, place, &["id", "name", "changes"], problems)?;
    let id = fields.id("id", problems).unwrap_or_default().to_owned();
    let name = fields.text("name", problems).map(str::to_owned);
    let place_of_changes = place.field("changes");
    let changes = fields
        .required("changes", problems)
        .and_then(|value| list(value, &place_of_changes, problems))
        .unwrap_or_default();
    let changes: Vec<_> = changes
        .iter()
        .enumerate()
        .map(|(index, value)| read_change(value, place_of_changes.index(index), problems))
        .collect();
    // One that can't be read would put the others out of their order.
    let changes = changes.into_iter().collect::<Option<Vec<_>>>()?;
    Some(Scenario { id, name, changes, place: place.to_string() })
}

fn read_change(value: &Value<'_>, place: Place<'_>, problems: &mut Problems) -> Option<Change> {
    let written = [SET, REMOVE, ADD, MOVE].into_iter().find(|names| value.get(names[0]).is_some());
    let names = written.unwrap_or(SET);
    let fields = Fields::open(value, place, names, problems)?;
    let path = fields.required(names[0], problems)?;
    let path = text(path, &place.field(names[0]), problems)?.to_owned();
    let before = fields.text("before", problems).map(str::to_owned);
    let change = match names[0] {
        "remove" => Change::Remove { path },
        "move" => Change::Move { path, before },
        "add" => {
            let value = fields.required("value", problems)?.clone().into_owned();
            Change::Add { path, value, before }
        }
        _ => {
            let to = fields.required("to", problems)?.clone().into_owned();
            Change::Set { path, to }
        }
    };
    if path::names_households(&change) {
        problems.add_seen(place.field(names[0]), change.path(), Cause::HouseholdInScenario);
        return None;
    }
    Some(change)
}
