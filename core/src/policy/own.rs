//! The policy pack that a plan brings with it (自带政策包), spec §7.

use std::sync::OnceLock;

use super::{Pack, Packs, read};
use crate::document::{Document, Value};
use crate::plan::Values;
use crate::problem::{Cause, Naming, Problems};

/// The field of a plan that holds it.
const FIELD: &str = "own_policy";

/// What reads it and checks it in full.
type Reads = fn(&Value<'_>, &Packs) -> Result<Values, Problems>;

/// What reads it, once that is taken in: a pack needs all others, whose clauses it may cite.
static READS: OnceLock<Reads> = OnceLock::new();

/// Takes in what reads the pack that a plan brings with it. On a machine it is there without this; a part of a page
/// calls it once a plan has such a pack.
pub fn take_in_own() {
    READS.get_or_init(|| |value, packs| checked(value, packs).map(|pack| pack.values));
}

/// What the pack fills in that a plan brings with it; `None` where it brings none.
///
/// # Errors
/// Those of [`Packs::add`], at the pack's place in the plan. An `unknown-id` at the pack itself where
/// what reads it is not taken in.
pub(crate) fn own_values(
    document: &Document<'_>,
    packs: &Packs,
) -> Result<Option<Values>, Problems> {
    let Some(value) = document.root().get(FIELD) else {
        return Ok(None);
    };
    #[cfg(not(target_family = "wasm"))]
    take_in_own();
    if let Some(reads) = READS.get() {
        return reads(value, packs).map(Some);
    }
    let mut problems = Problems::default();
    problems.add(FIELD, Cause::UnknownId { naming: Naming::Pack, known: Vec::new() });
    Err(problems)
}

/// Reads and checks it.
fn checked(value: &Value<'_>, packs: &Packs) -> Result<Pack, Problems> {
    packs.further(&Document::of(value.clone())).map_err(|problems| problems.below(FIELD))
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
        // What is wrong with it, reading the plan has told.
        let own = own.map(|value| {
            let document = Document::of(value.clone());
            let (mut pack, _) = read::pack(&document, &mut Problems::default());
            pack.provisions.iter_mut().for_each(|provision| provision.is_own = true);
            Box::new(pack)
        });
        Packs { further: self.further.clone(), own }
    }

    /// The pack that a plan brought with it.
    pub fn own(&self) -> Option<&Pack> {
        self.own.as_deref()
    }
}
