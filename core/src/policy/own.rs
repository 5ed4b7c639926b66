//! The policy pack that a plan brings with it (自带政策包), spec §7.

use super::packs::taken_in;
use super::{Pack, Packs, read};
use crate::document::{Document, Value};
use crate::problem::{Cause, Naming, Problems};

/// The field of a plan that holds it.
const FIELD: &str = "own_policy";

/// What reads a plan's own pack, checks it in full, and puts it among the others, whose clauses it may cite.
pub(super) type ReadOwn = fn(&Value<'_>, &Packs) -> Result<Packs, Problems>;

/// These packs with the one that a plan brings with it; `None` where it brings none.
///
/// # Errors
/// Those of [`Packs::add`], at the pack's place in the plan. An `unknown-id` at the pack itself where
/// what reads it is not [taken in](super::take_in).
pub(crate) fn with_own_of(
    document: &Document<'_>,
    packs: &Packs,
) -> Result<Option<Packs>, Problems> {
    let Some(value) = document.root().get(FIELD) else {
        return Ok(None);
    };
    if let Some(taken_in) = taken_in() {
        return (taken_in.read_own)(value, packs).map(Some);
    }
    let mut problems = Problems::default();
    problems.add(FIELD, Cause::UnknownId { naming: Naming::Pack, known: Vec::new() });
    Err(problems)
}

/// Reads and checks it, and puts it among the others.
pub(super) fn read_own(value: &Value<'_>, packs: &Packs) -> Result<Packs, Problems> {
    let mut packs = packs.with_own(None);
    let pack = packs.further(&Document::of(value.clone()));
    packs.put_own(pack.map_err(|problems| problems.below(FIELD))?);
    Ok(packs)
}

impl Packs {
    /// These with the pack that a plan brings with it ([`Plan::own_policy`](crate::Plan::own_policy)), for what it
    /// finds and cites. Reading a plan needs it not: that takes the pack of the plan itself.
    ///
    /// ```
    /// use fentan_core::{Document, Packs, Plan};
    /// let document = Document::from_json(
    ///     br#"{ "fentan": 1, "policy": "here", "lines": [], "households": [],
    ///           "own_policy": { "fentan_policy": 1, "id": "here", "name": { "zh": "some rule" },
    ///                           "place": { "zh": "here" }, "within": "henan" } }"#,
    /// )?;
    /// let plan = Plan::read(&document, None)?;
    /// let packs = Packs::default().with_own(plan.own_policy());
    /// assert_eq!(packs.own().unwrap().id(), "here");
    /// assert_eq!(packs.find("here").unwrap().within(), Some("henan"));
    /// # Ok::<(), fentan_core::Problems>(())
    /// ```
    pub fn with_own(&self, own: Option<&Value<'_>>) -> Packs {
        let mut packs = self.clone();
        if packs.ends_with_own {
            packs.further.pop();
            packs.ends_with_own = false;
        }
        if let Some(value) = own {
            // What is wrong with it, reading the plan has told.
            let document = Document::of(value.clone());
            packs.put_own(read::pack(&document, &mut Problems::default()).0);
        }
        packs
    }

    fn put_own(&mut self, mut pack: Pack) {
        pack.provisions.iter_mut().for_each(|provision| provision.is_own = true);
        // Reading refuses one that lies within itself; a page that shows it must come to an end all the same.
        pack.values.within.take_if(|within| *within == pack.values.id);
        self.further.push(pack);
        self.ends_with_own = true;
    }

    /// The pack that a plan brought with it.
    pub fn own(&self) -> Option<&Pack> {
        self.further.last().filter(|_| self.ends_with_own)
    }
}
