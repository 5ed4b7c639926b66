//! Why shares differ between two plans of the same compound: each difference by its cause.
//!
//! The parts of the old plan are put in place of one another in the order of [`Part::ALL`], until it is
//! the new plan. Each plan between is read and split as any plan is, so that what each part does adds up to
//! the whole difference, to the fen.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};

use crate::document::{Document, Value};
use crate::enumeration;
use crate::money::Fen;
use crate::scenario::{Base, Difference};
use crate::split::{Error, Split, split};

enumeration! {
    /// A part of a plan that its shares depend on, in the order in which changes are told.
    Part {
        /// The works budget, and the tables that its lines are shared by.
        Works = "works",
        /// The sources.
        Payers = "payers",
        /// Relief, the minimum, the residents' least part, how uses count, and the policy with what it
        /// fills in.
        Agreements = "agreements",
        /// The channels that households pay through, and the rules of the maintenance fund.
        WaysOfPaying = "ways_of_paying",
        /// The households.
        Roster = "roster",
        /// Who gets the odd fen.
        OddFen = "odd_fen",
    }
}

impl Part {
    /// The outermost fields of a plan that it is made of; none for the roster, which a plan may have
    /// apart from it.
    fn fields(self) -> &'static [&'static str] {
        match self {
            Part::Works => &["lines", "tables"],
            Part::Payers => &["sources"],
            Part::Agreements => {
                &["policy", "own_policy", "relief", "residents_at_least", "minimum", "uses"]
            }
            Part::WaysOfPaying => &["channels", "maintenance"],
            Part::Roster => &[],
            Part::OddFen => &["odd_fen"],
        }
    }

    /// Whether two plans may differ in it.
    fn differs(self, old: &Document<'_>, new: &Document<'_>) -> bool {
        let fields = self.fields();
        fields.is_empty() || fields.iter().any(|name| old.root().get(name) != new.root().get(name))
    }
}

impl Serialize for Part {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Part, D::Error> {
        let written = std::borrow::Cow::<str>::deserialize(deserializer)?;
        let known = Part::ALL.iter().copied().find(|part| part.as_str() == written);
        known.ok_or_else(|| serde::de::Error::custom("no part of a plan"))
    }
}

/// What differs between the splits of two plans, by cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Changes {
    /// The causes that change what anybody pays, in order. One is several parts of a plan where the plan
    /// between them can't be split.
    pub causes: Vec<Vec<Part>>,
    /// All households together.
    pub whole: Changed,
    /// The households of the new plan in its order, then those that only the old one has.
    pub households: Vec<HouseholdChanged>,
}

/// What differs for a household, found in both plans by its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct HouseholdChanged {
    /// The household's id.
    pub id: Arc<str>,
    /// What is due.
    pub due: ChangedAmount,
    /// What it pays in cash.
    pub cash: ChangedAmount,
}

impl HouseholdChanged {
    /// Whether no cause moves either figure.
    pub fn is_nothing(&self) -> bool {
        self.due.is_nothing() && self.cash.is_nothing()
    }
}

/// What differs for all households together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Changed {
    /// What is due.
    pub due: ChangedAmount,
    /// What is paid in cash.
    pub cash: ChangedAmount,
}

/// An amount before and after, with what each cause adds to it or takes from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ChangedAmount {
    /// In the old plan; missing if it lacks the household.
    pub before: Option<Fen>,
    /// In the new plan; missing if it lacks the household.
    pub after: Option<Fen>,
    /// From one to the other, a missing amount counted as zero.
    pub difference: Difference,
    /// By cause, in the order of [`Changes::causes`]. They add up to the difference.
    pub by: Vec<Difference>,
}

impl ChangedAmount {
    /// Whether no cause moves it.
    pub fn is_nothing(&self) -> bool {
        self.by.iter().all(|by| by.is_zero())
    }

    /// From the amounts of the old plan, of those between, and of the new one.
    fn of(amounts: &[Option<Fen>]) -> ChangedAmount {
        let difference = |one: Option<Fen>, other: Option<Fen>| {
            Difference::between(one.unwrap_or_default(), other.unwrap_or_default())
        };
        let before = amounts.first().copied().flatten();
        let after = amounts.last().copied().flatten();
        ChangedAmount {
            before,
            after,
            difference: difference(before, after),
            by: amounts.windows(2).map(|pair| difference(pair[0], pair[1])).collect(),
        }
    }
}

/// What differs between the splits of two plans, by cause.
///
/// ```
/// use fentan_core::changes::{Part, changes};
/// use fentan_core::scenario::Base;
/// use fentan_core::{Document, Packs, Plan};
/// let base = |county: &str| {
///     let json = format!(
///         r#"{{ "fentan": 1, "lines": [{{ "id": "gate", "amount": "100" }}],
///              "sources": [{{ "id": "county", "amount": "{county}" }}],
///              "households": [{{ "id": "1", "area": "60" }}, {{ "id": "2", "area": "40" }}] }}"#
///     );
///     let document = Document::from_json(json.as_bytes())?.into_owned();
///     let plan = Plan::read(&document, None)?;
///     Ok::<_, fentan_core::Problems>(Base::new(plan, &document, Packs::default()))
/// };
/// let found = changes(&base("20")?, &base("50")?)?;
/// assert_eq!(found.causes, [vec![Part::Payers]]);
/// assert_eq!(found.whole.due.difference.to_string(), "-30.00");
/// assert_eq!(found.households[0].due.by[0].to_string(), "-18.00");
/// # Ok::<(), fentan_core::Error>(())
/// ```
///
/// # Errors
/// Those of splitting either plan. One between that can't be read or split is no error: its cause is told
/// together with the next.
pub fn changes(old: &Base, new: &Base) -> Result<Changes, Error> {
    let parts = Part::ALL.iter().copied();
    let differing: Vec<_> = parts.filter(|part| part.differs(old.rules(), new.rules())).collect();
    let mut stages = vec![Stage { of_new: false, figures: figures(&split(old.plan())?) }];
    let (mut causes, mut together) = (Vec::new(), Vec::new());
    for (index, &part) in differing.iter().enumerate() {
        together.push(part);
        let taken = &differing[..=index];
        let of_new = taken.contains(&Part::Roster);
        let between = if taken.len() == differing.len() {
            Some(split(new.plan())?)
        } else {
            split_between(old, new, taken, of_new)?
        };
        if let Some(split) = between {
            stages.push(Stage { of_new, figures: figures(&split) });
            causes.push(std::mem::take(&mut together));
        }
    }
    Ok(by_household(old, new, causes, &stages).without_idle_causes())
}

/// The split of the old plan with these parts of the new one; `None` if there is none.
fn split_between(
    old: &Base,
    new: &Base,
    taken: &[Part],
    of_new: bool,
) -> Result<Option<Split>, Error> {
    let mut fields = Vec::new();
    let mut take = |rules: &Document<'static>, name: &'static str| {
        fields.extend(rules.root().get(name).map(|value| (name.into(), value.clone())));
    };
    take(new.rules(), "fentan");
    for part in Part::ALL {
        let rules = if taken.contains(part) { new.rules() } else { old.rules() };
        part.fields().iter().for_each(|name| take(rules, name));
    }
    let document = Document::of(Value::Fields(fields));
    let roster = if of_new { new } else { old };
    let Ok(plan) = roster.plan().reread_without_scenarios(&document, new.packs()) else {
        return Ok(None);
    };
    match split(&plan) {
        Ok(split) => Ok(Some(split)),
        Err(Error::Problems(_)) => Ok(None),
        Err(unreconciled) => Err(unreconciled),
    }
}

/// By household, what is due and what is paid in cash.
type Figures = Vec<[Fen; 2]>;

fn figures(split: &Split) -> Figures {
    split.households.iter().map(|household| [household.due, household.paid.cash]).collect()
}

/// A plan on the way from the old one to the new.
struct Stage {
    /// Whether it has the new plan's roster.
    of_new: bool,
    figures: Figures,
}

impl Stage {
    /// One figure of a household, by its indices in the old and in the new roster.
    fn figure(&self, which: usize, [old, new]: [Option<usize>; 2]) -> Option<Fen> {
        let index = if self.of_new { new } else { old };
        Some(self.figures[index?][which])
    }
}

fn by_household(old: &Base, new: &Base, causes: Vec<Vec<Part>>, stages: &[Stage]) -> Changes {
    let ids = |base: &Base| -> Vec<Arc<str>> {
        base.plan().households().iter().map(|household| Arc::clone(&household.id)).collect()
    };
    let (old_ids, new_ids) = (ids(old), ids(new));
    let mut left: HashMap<&str, usize> =
        old_ids.iter().enumerate().map(|(index, id)| (&**id, index)).collect();
    let changed = |household: [Option<usize>; 2]| {
        [0, 1].map(|which| {
            let amounts = stages.iter().map(|stage| stage.figure(which, household));
            ChangedAmount::of(&amounts.collect::<Vec<_>>())
        })
    };
    let mut households = Vec::with_capacity(new_ids.len());
    for (index, id) in new_ids.iter().enumerate() {
        let [due, cash] = changed([left.remove(&**id), Some(index)]);
        households.push(HouseholdChanged { id: Arc::clone(id), due, cash });
    }
    for (index, id) in old_ids.iter().enumerate().filter(|(_, id)| left.contains_key(&***id)) {
        let [due, cash] = changed([Some(index), None]);
        households.push(HouseholdChanged { id: Arc::clone(id), due, cash });
    }
    let [due, cash] = [0, 1].map(|which| {
        let sums = stages
            .iter()
            .map(|stage| Some(stage.figures.iter().map(|figures| figures[which]).sum()));
        ChangedAmount::of(&sums.collect::<Vec<_>>())
    });
    Changes { causes, whole: Changed { due, cash }, households }
}

impl Changes {
    /// Without the causes that change nothing for anybody.
    fn without_idle_causes(mut self) -> Changes {
        let mut moves = vec![false; self.causes.len()];
        for amount in self.households.iter().flat_map(|one| [&one.due, &one.cash]) {
            for (moves, by) in moves.iter_mut().zip(&amount.by) {
                *moves |= !by.is_zero();
            }
        }
        let of_homes = self.households.iter_mut().flat_map(|one| [&mut one.due, &mut one.cash]);
        for amount in of_homes.chain([&mut self.whole.due, &mut self.whole.cash]) {
            keep(&mut amount.by, &moves);
        }
        keep(&mut self.causes, &moves);
        self
    }
}

/// Keeps the elements that are marked.
fn keep<T>(list: &mut Vec<T>, marked: &[bool]) {
    let mut marked = marked.iter();
    list.retain(|_| marked.next().is_some_and(|&marked| marked));
}

#[cfg(test)]
mod tests {
    use super::Part;
    use crate::plan::{GivenBy, fields_given_by};

    /// A new field of a plan must be a part of it, or one of those that no split depends on.
    #[test]
    fn every_field_that_a_split_depends_on_is_in_a_part() {
        let idle = [
            "fentan",
            "name",
            "households",
            "compound",
            "collection",
            "schedule",
            "scenarios",
            "stress",
        ];
        let parts = || Part::ALL.iter().flat_map(|part| part.fields());
        for field in fields_given_by(GivenBy::Plan) {
            let count = parts().chain(&idle).filter(|&&name| name == field).count();
            assert_eq!(count, 1, "{field}");
        }
    }
}
