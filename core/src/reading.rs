//! Reading a plan with the policy packs at hand.

use crate::document::Document;
use crate::plan::{Plan, RosterFile, Values};
use crate::policy::{Packs, with_own_of};
use crate::problem::Problems;

impl Plan {
    /// Reads and checks a plan (spec §2), with the roster in it or apart from it. Its policy is
    /// one of the [packs](Packs) that come with the engine.
    ///
    /// # Errors
    /// Every problem found, each with its code and place (spec §5); those of the pack that the plan
    /// brings with it alone, if it has any. `no-weight` and `relief-unborne` show only in
    /// [`split`](crate::split()).
    #[inline]
    pub fn read(document: &Document<'_>, roster: Option<RosterFile<'_>>) -> Result<Plan, Problems> {
        Plan::read_with(document, roster, &Packs::default())
    }

    /// Reads and checks a plan whose policy may be one of further packs.
    ///
    /// # Errors
    /// Those of [`Plan::read`].
    #[inline]
    pub fn read_with(
        document: &Document<'_>,
        roster: Option<RosterFile<'_>>,
        packs: &Packs,
    ) -> Result<Plan, Problems> {
        let own = with_own_of(document, packs)?;
        Plan::open(document, roster, &find_in(own.as_ref().unwrap_or(packs)))?
            .with_scenarios(document)
    }

    /// Reads and checks a plan as [`Plan::read_with`] does, but passes over its `scenarios` and
    /// `stress`: [`Plan::scenarios`] is empty, and a mistake in them is no problem.
    ///
    /// Only for a program that must stay small and reads them elsewhere: it links none of their
    /// readers.
    ///
    /// # Errors
    /// Those of [`Plan::read`], except those of scenarios.
    #[inline(always)]
    pub fn read_without_scenarios(
        document: &Document<'_>,
        roster: Option<RosterFile<'_>>,
        packs: &Packs,
    ) -> Result<Plan, Problems> {
        let own = with_own_of(document, packs)?;
        Plan::open(document, roster, &find_in(own.as_ref().unwrap_or(packs)))?.refuse()
    }

    /// Reads and checks a plan whose roster is this one's: all but the households is read anew,
    /// and every check that ties the two is made again. What the document holds of households
    /// is passed over.
    ///
    /// ```
    /// use fentan_core::{Change, Document, Packs, Plan, split};
    /// let mut document = Document::from_json(
    ///     br#"{ "fentan": 1, "lines": [{ "id": "gate", "amount": "100" }],
    ///           "households": [{ "id": "1", "area": "60" }] }"#,
    /// )?
    /// .into_owned();
    /// let plan = Plan::read(&document, None)?;
    /// document.change(&Change::Write { path: "lines[0].amount".into(), text: "120".into() });
    /// let changed = plan.reread(&document, &Packs::default())?;
    /// assert_eq!(split(&changed)?.residents.to_string(), "120.00");
    /// # Ok::<(), fentan_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Plan::read`].
    pub fn reread(&self, document: &Document<'_>, packs: &Packs) -> Result<Plan, Problems> {
        let own = with_own_of(document, packs)?;
        self.open_again(document, &find_in(own.as_ref().unwrap_or(packs)))?.with_scenarios(document)
    }

    /// Reads and checks a plan as [`Plan::reread`] does, but passes over its scenarios, as
    /// [`Plan::read_without_scenarios`] does.
    ///
    /// # Errors
    /// Those of [`Plan::read`], except those of scenarios.
    pub fn reread_without_scenarios(
        &self,
        document: &Document<'_>,
        packs: &Packs,
    ) -> Result<Plan, Problems> {
        let own = with_own_of(document, packs)?;
        self.open_again(document, &find_in(own.as_ref().unwrap_or(packs)))?.refuse()
    }
}

/// Finds what a policy of these packs fills in.
fn find_in<'p>(packs: &'p Packs) -> impl Fn(&str) -> Result<Vec<&'p Values>, Vec<String>> {
    move |id| match packs.values(id) {
        Some(pack) => Ok(packs.chain(pack)),
        None => Err(packs.ids()),
    }
}
