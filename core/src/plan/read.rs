//! Reading a plan, part by part, spec §2. The caller looks the policy up.

use std::borrow::Cow;
use std::sync::Arc;

use super::fields::Fields;
use super::fill::{Filling, Values};
use super::lines::LineReader;
use super::roster::{Roster, RosterReader};
use super::uses::UsesOfHomes;
use super::{
    Agreements, GivenBy, Plan, RosterFile, agreements, collection, compound, fields_given_by,
    odd_fen, sources, tables, uses,
};
use crate::document::{Document, Value};
use crate::number::is_whole;
use crate::place::Place;
use crate::problem::{Cause, Expected, Naming, Problems};
use crate::scenario::{self, Stress, stress};

/// The format version this engine reads.
const VERSION: &str = "1";

/// Finds what a policy fills in by its id: the values of its pack and of those that this lies within, the
/// nearest first; or else returns the ids that there are.
pub(crate) type FindPolicy<'f, 'p> = &'f dyn Fn(&str) -> Result<Vec<&'p Values>, Vec<String>>;

impl Plan {
    /// Reads a plan with its roster, but not its scenarios.
    // Always inlined into its caller: a program that never reads a table links no reader of tables.
    #[inline(always)]
    pub(crate) fn open(
        document: &Document<'_>,
        roster: Option<RosterFile<'_>>,
        policy: FindPolicy<'_, '_>,
    ) -> Result<Assembled, Problems> {
        match roster {
            Some(roster) => Plan::assemble(
                document,
                Given::Table(&|reader, problems| reader.read_table(roster, problems)),
                policy,
            ),
            None => Plan::assemble(document, Given::InPlan, policy),
        }
    }

    /// Reads all of a plan but its roster, which is this one's, and its scenarios.
    pub(crate) fn open_again(
        &self,
        document: &Document<'_>,
        policy: FindPolicy<'_, '_>,
    ) -> Result<Assembled, Problems> {
        Plan::assemble(document, Given::Read(&self.roster), policy)
    }

    fn assemble(
        document: &Document<'_>,
        roster: Given<'_>,
        policy: FindPolicy<'_, '_>,
    ) -> Result<Assembled, Problems> {
        let mut found = Problems::default();
        let problems = &mut found;
        for path in document.duplicate_keys() {
            problems.add(path, Cause::DuplicateKey);
        }
        let known = fields_given_by(GivenBy::Plan);
        let Some(fields) = Fields::open(document.root(), Place::Root, &known, problems) else {
            return Err(found);
        };
        check_version(&fields, "fentan", problems);
        let policy = read_policy(&fields, policy, problems);
        let id = policy.first().map(|pack| pack.id.clone());
        let mut filling = Filling::of(policy);
        let given = Fillable::of(&fields, &mut filling);

        let tables = given.tables.read(tables::read, problems);
        let relief = given.relief.read(agreements::relief, problems);
        let odd_fen = given.odd_fen.read(odd_fen::read, problems);
        let uses = given.uses.read(uses::read, problems);

        let roster = read_roster(fields.get("households"), roster, problems);
        let reliefs = roster.reliefs(&relief.rates, problems);
        let used_as = roster.uses(&uses, problems);

        let uses_of_homes = UsesOfHomes { uses: &uses, used_as: &used_as };
        let mut line_reader = LineReader::new(&roster, &tables, uses_of_homes, filling);
        let lines = fields.required("lines", problems);
        let lines = lines.map(|value| line_reader.read_all(value, problems)).unwrap_or_default();
        let (columns, filled) = line_reader.finish();

        let read_sources = |value: &Value<'_>, place: Place<'_>, problems: &mut Problems| {
            sources::read(value, place, &lines, problems)
        };
        let sources = given.sources.read(read_sources, problems);
        agreements::check_pot(&relief, &sources, problems);
        let residents_at_least =
            given.residents_at_least.read(agreements::residents_at_least, problems);
        let ids: Vec<&str> = sources.iter().map(|source| source.id.as_str()).collect();
        let read_minimum = |value: &Value<'_>, _: Place<'_>, problems: &mut Problems| {
            agreements::minimum(value, &ids, problems)
        };
        let minimum = given.minimum.read(read_minimum, problems);
        let channels = given.channels.read(agreements::channels, problems);
        let maintenance = given.maintenance.read(agreements::maintenance, problems);
        let compound = fields.get("compound").and_then(|value| compound::read(value, problems));
        compound::check_voted(compound.as_ref(), &ids, problems);
        let collection =
            fields.get("collection").and_then(|value| collection::read(value, problems));
        let name = fields.text("name", problems).map(str::to_owned);
        let own_policy = fields.get("own_policy").cloned();
        roster.tell_households(problems);
        let plan = Plan {
            name,
            policy: id,
            own_policy: own_policy.map(|value| Arc::new(value.into_owned())),
            lines,
            tables,
            sources,
            agreements: Agreements { residents_at_least, relief, minimum },
            channels,
            maintenance,
            roster,
            reliefs,
            odd_fen,
            uses,
            // A use that the plan lacks is a problem: then there is no plan.
            used_as: used_as.into_iter().map(Option::unwrap_or_default).collect(),
            columns,
            compound,
            collection,
            filled,
            scenarios: Vec::new(),
            stress: Stress::default(),
        };
        Ok(Assembled { plan, problems: found })
    }
}

/// The fields that a policy may fill in, as the plan has them with what the policy adds.
struct Fillable<'v> {
    tables: Part<'v>,
    relief: Part<'v>,
    sources: Part<'v>,
    channels: Part<'v>,
    maintenance: Part<'v>,
    residents_at_least: Part<'v>,
    minimum: Part<'v>,
    odd_fen: Part<'v>,
    uses: Part<'v>,
}

impl<'v> Fillable<'v> {
    fn of<'p: 'v>(fields: &Fields<'v>, filling: &mut Filling<'p>) -> Self {
        let mut part = |name| Part { name, value: filling.fill(name, fields.get(name)) };
        Fillable {
            tables: part("tables"),
            relief: part("relief"),
            sources: part("sources"),
            channels: part("channels"),
            maintenance: part("maintenance"),
            residents_at_least: part("residents_at_least"),
            minimum: part("minimum"),
            odd_fen: part("odd_fen"),
            uses: part("uses"),
        }
    }
}

/// A field of a plan that may be missing.
struct Part<'v> {
    name: &'static str,
    value: Option<Cow<'v, Value<'v>>>,
}

impl Part<'_> {
    /// The value of the field; the default if it is missing.
    fn read<T: Default>(
        &self,
        read: impl FnOnce(&Value<'_>, Place<'_>, &mut Problems) -> T,
        problems: &mut Problems,
    ) -> T {
        let place = Place::Field(&Place::Root, self.name);
        self.value.as_deref().map(|value| read(value, place, problems)).unwrap_or_default()
    }
}

/// A plan whose scenarios are still to be read, with the problems found so far.
pub(crate) struct Assembled {
    plan: Plan,
    problems: Problems,
}

impl Assembled {
    /// The plan with its scenarios, if there is no problem.
    pub(crate) fn with_scenarios(self, document: &Document<'_>) -> Result<Plan, Problems> {
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

    /// The plan without its scenarios, if there is no problem.
    pub(crate) fn refuse(self) -> Result<Plan, Problems> {
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
type ReadTable<'r> = &'r dyn Fn(&mut RosterReader, &mut Problems);

fn read_roster(
    in_plan: Option<&Value<'_>>,
    given: Given<'_>,
    problems: &mut Problems,
) -> Arc<Roster> {
    let mut reader = RosterReader::default();
    match (in_plan, given) {
        (_, Given::Read(roster)) => return Arc::clone(roster),
        (Some(_), Given::Table(_)) => problems.add("households", Cause::DuplicateRoster),
        (Some(value), Given::InPlan) => reader.read_list(value, problems),
        (None, Given::Table(read)) => read(&mut reader, problems),
        (None, Given::InPlan) => problems.add("households", Cause::MissingField),
    }
    Arc::new(reader.finish())
}

/// What the policy that the plan names fills in.
fn read_policy<'p>(
    fields: &Fields<'_>,
    find: FindPolicy<'_, 'p>,
    problems: &mut Problems,
) -> Vec<&'p Values> {
    let Some(id) = fields.text("policy", problems) else {
        return Vec::new();
    };
    find(id).unwrap_or_else(|known| {
        problems.add_seen("policy", id, Cause::UnknownId { naming: Naming::Listed, known });
        Vec::new()
    })
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
