//! Reading a plan, part by part.

use std::sync::Arc;

use super::fields::Fields;
use super::lines::LineReader;
use super::roster::Roster;
use super::uses::UsesOfHomes;
use super::{Agreements, Plan, RosterFile, agreements, compound, odd_fen, sources, tables, uses};
use crate::document::{Document, Value};
use crate::number::is_whole;
use crate::place::Place;
use crate::policy::{Filling, Packs, Values};
use crate::problem::{Cause, Expected, Naming, Problems};
use crate::scenario::{self, Stress, stress};

/// The format version this engine reads.
const VERSION: &str = "1";

impl Plan {
    /// Reads and checks a plan (spec §2), with the roster in it or apart from it. Its policy is
    /// one of the [packs](Packs) that come with the engine.
    ///
    /// # Errors
    /// Every problem found, each with its code and place (spec §5). `no-weight` and
    /// `relief-unborne` show only in [`split`](crate::split()).
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
        Plan::open(document, roster, packs)?.with_scenarios(document)
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
        Plan::open(document, roster, packs)?.refuse()
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
        Plan::assemble(document, Given::Read(&self.roster), packs)?.with_scenarios(document)
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
        Plan::assemble(document, Given::Read(&self.roster), packs)?.refuse()
    }

    // Always inlined with whoever calls it: a program that never reads a table links no such reader.
    #[inline(always)]
    fn open(
        document: &Document<'_>,
        roster: Option<RosterFile<'_>>,
        packs: &Packs,
    ) -> Result<Assembled, Problems> {
        match roster {
            Some(roster) => Plan::assemble(
                document,
                Given::Table(&|households, problems| households.read_table(roster, problems)),
                packs,
            ),
            None => Plan::assemble(document, Given::InPlan, packs),
        }
    }

    fn assemble(
        document: &Document<'_>,
        roster: Given<'_>,
        packs: &Packs,
    ) -> Result<Assembled, Problems> {
        const KNOWN: &[&str] = &[
            "fentan",
            "name",
            "policy",
            "odd_fen",
            "uses",
            "lines",
            "tables",
            "sources",
            "residents_at_least",
            "relief",
            "minimum",
            "channels",
            "maintenance",
            "households",
            "compound",
            "scenarios",
            "stress",
        ];
        let mut problems = Problems::default();
        for path in document.duplicate_keys() {
            problems.add(path, Cause::DuplicateKey);
        }
        let Some(fields) = Fields::open(document.root(), Place::Root, KNOWN, &mut problems) else {
            return Err(problems);
        };
        check_version(&fields, "fentan", &mut problems);
        let policy = policy(&fields, packs, &mut problems);
        let mut filling = policy.map(|pack| Filling::of(packs.chain(pack))).unwrap_or_default();
        let place = |name| Place::Field(&Place::Root, name);
        let mut value = |name| filling.fill(name, fields.get(name));
        let (tables, relief, sources) = (value("tables"), value("relief"), value("sources"));
        let (channels, maintenance) = (value("channels"), value("maintenance"));
        let (residents_at_least, minimum) = (value("residents_at_least"), value("minimum"));
        let (odd_fen, uses) = (value("odd_fen"), value("uses"));

        let tables = tables.map(|value| tables::read(&value, place("tables"), &mut problems));
        let tables = tables.unwrap_or_default();
        let relief = relief.map(|value| agreements::relief(&value, place("relief"), &mut problems));
        let relief = relief.unwrap_or_default();
        let odd_fen = odd_fen.map(|value| odd_fen::read(&value, place("odd_fen"), &mut problems));
        let uses = uses.map(|value| uses::read(&value, place("uses"), &mut problems));
        let uses = uses.unwrap_or_default();

        let roster = match roster {
            Given::Read(roster) => Arc::clone(roster),
            Given::Table(read) => read_roster(fields.get("households"), Some(read), &mut problems),
            Given::InPlan => read_roster(fields.get("households"), None, &mut problems),
        };
        let reliefs = roster.reliefs(&relief.rates, &mut problems);
        let used_as = roster.uses(&uses, &mut problems);

        let mut line_reader = LineReader {
            households: &roster,
            tables: &tables,
            uses: UsesOfHomes { uses: &uses, used_as: &used_as },
            columns: Vec::new(),
            filling,
        };
        let lines = fields
            .required("lines", &mut problems)
            .map(|value| line_reader.read_all(value, &mut problems))
            .unwrap_or_default();
        let LineReader { columns, filling: Filling { filled, .. }, .. } = line_reader;
        let sources = sources
            .map(|value| sources::read(&value, place("sources"), &lines, &mut problems))
            .unwrap_or_default();
        agreements::check_pot(&relief, &sources, &mut problems);

        let residents_at_least = residents_at_least.map(|value| {
            agreements::residents_at_least(&value, place("residents_at_least"), &mut problems)
        });
        let ids: Vec<&str> = sources.iter().map(|source| source.id.as_str()).collect();
        let minimum = minimum.and_then(|value| agreements::minimum(&value, &ids, &mut problems));
        let channels =
            channels.map(|value| agreements::channels(&value, place("channels"), &mut problems));
        let maintenance = maintenance
            .map(|value| agreements::maintenance(&value, place("maintenance"), &mut problems));
        let compound =
            fields.get("compound").and_then(|value| compound::read(value, &mut problems));
        compound::check_voted(compound.as_ref(), &ids, &mut problems);
        let plan = Plan {
            name: fields.text("name", &mut problems).map(str::to_owned),
            policy: policy.map(|pack| pack.id.clone()),
            lines,
            tables,
            sources,
            agreements: Agreements {
                residents_at_least: residents_at_least.unwrap_or_default(),
                relief,
                minimum,
            },
            channels: channels.unwrap_or_default(),
            maintenance: maintenance.unwrap_or_default(),
            roster,
            reliefs,
            odd_fen: odd_fen.unwrap_or_default(),
            uses,
            // Where one is missing, there is no plan.
            used_as: used_as.into_iter().map(Option::unwrap_or_default).collect(),
            columns,
            compound,
            filled,
            scenarios: Vec::new(),
            stress: Stress::default(),
        };
        plan.roster.tell_households(&mut problems);
        Ok(Assembled { plan, problems })
    }
}

/// A plan whose scenarios are still to be read, with the problems found so far.
struct Assembled {
    plan: Plan,
    problems: Problems,
}

impl Assembled {
    /// Reads the scenarios too; the plan where there is no problem.
    fn with_scenarios(self, document: &Document<'_>) -> Result<Plan, Problems> {
        let Assembled { mut plan, mut problems } = self;
        let place = |name| Place::Field(&Place::Root, name);
        if let Some(value) = document.root().get("scenarios") {
            plan.scenarios = scenario::read(value, place("scenarios"), document, &mut problems);
        }
        if let Some(value) = document.root().get("stress") {
            let (lines, sources) = (&plan.lines, &plan.sources);
            plan.stress = stress::read(value, place("stress"), lines, sources, &mut problems);
        }
        problems.refuse(plan)
    }

    fn refuse(self) -> Result<Plan, Problems> {
        self.problems.refuse(self.plan)
    }
}

/// Where a plan's roster is.
enum Given<'r> {
    InPlan,
    /// In a table apart from it.
    Table(ReadTable<'r>),
    /// It was read before.
    Read(&'r Arc<Roster>),
}

/// Reads a roster that is apart from the plan.
type ReadTable<'r> = &'r dyn Fn(&mut Roster, &mut Problems);

fn read_roster(
    in_plan: Option<&Value<'_>>,
    table: Option<ReadTable<'_>>,
    problems: &mut Problems,
) -> Arc<Roster> {
    let mut households = Roster::default();
    match (in_plan, table) {
        (Some(_), Some(_)) => problems.add("households", Cause::DuplicateRoster),
        (Some(value), None) => households.read_list(value, problems),
        (None, Some(read)) => read(&mut households, problems),
        (None, None) => problems.add("households", Cause::MissingField),
    }
    households.everyone = (0u32..).take(households.all.len()).collect();
    Arc::new(households)
}

/// The pack that the plan names.
fn policy<'p>(
    fields: &Fields<'_>,
    packs: &'p Packs,
    problems: &mut Problems,
) -> Option<&'p Values> {
    let id = fields.text("policy", problems)?;
    let found = packs.values(id);
    if found.is_none() {
        let mut known: Vec<_> = packs.all_values().map(|pack| pack.id.clone()).collect();
        known.sort_unstable();
        problems.add_seen("policy", id, Cause::UnknownId { naming: Naming::Listed, known });
    }
    found
}

/// The format version of a plan or a pack.
pub(crate) fn check_version(fields: &Fields<'_>, name: &str, problems: &mut Problems) {
    match fields.required(name, problems) {
        Some(Value::Number(version)) if version == VERSION => {}
        Some(Value::Number(version)) => {
            let cause = if is_whole(version) { Cause::UnknownVersion } else { Cause::Float };
            problems.add_seen(name, version, cause);
        }
        Some(_) => {
            let expected = Expected::Whole;
            problems.add(name, Cause::BadType { expected });
        }
        None => {}
    }
}
