use super::fields::Fields;
use super::households::Households;
use super::lines::LineReader;
use super::{Agreements, Plan, Roster, agreements, sources, tables};
use crate::document::{Document, Value};
use crate::number::is_whole;
use crate::place::Place;
use crate::problem::{Cause, Expected, Problems};

/// The policies whose values this engine can fill in. 濮政办〔2020〕31号 sets no figure: a plan
/// that names it is split by its own values.
const POLICIES: &[&str] = &["puyang-2020"];

/// The format version this engine reads.
const VERSION: &str = "1";

impl Plan {
    /// Reads and checks a plan (spec §2), with the roster in it or apart from it.
    ///
    /// # Errors
    /// Every problem found, each with its code and place (spec §5). `no-weight` and
    /// `relief-unborne` show only in [`split`](crate::split()).
    pub fn read(document: &Document<'_>, roster: Option<Roster<'_>>) -> Result<Plan, Problems> {
        const KNOWN: &[&str] = &[
            "fentan",
            "name",
            "policy",
            "lines",
            "tables",
            "sources",
            "residents_at_least",
            "relief",
            "minimum",
            "channels",
            "maintenance",
            "households",
        ];
        let mut problems = Problems::default();
        for path in document.duplicate_keys() {
            problems.add(path, Cause::DuplicateKey);
        }
        let Some(fields) = Fields::open(document.root(), Place::Root, KNOWN, &mut problems) else {
            return Err(problems);
        };
        check_version(&fields, &mut problems);

        let tables = fields.get("tables").map(|value| tables::read(value, &mut problems));
        let tables = tables.unwrap_or_default();
        let relief = fields.get("relief").map(|value| agreements::relief(value, &mut problems));
        let relief = relief.unwrap_or_default();

        let mut households = Households::default();
        match (fields.get("households"), roster) {
            (Some(_), Some(_)) => problems.add("households", Cause::DuplicateRoster),
            (Some(value), None) => households.read_list(value, &relief.rates, &mut problems),
            (None, Some(roster)) => households.read_table(roster, &relief.rates, &mut problems),
            (None, None) => problems.add("households", Cause::MissingField),
        }

        let mut line_reader =
            LineReader { households: &households, tables: &tables, columns: Vec::new() };
        let lines = fields
            .required("lines", &mut problems)
            .map(|value| line_reader.read_all(value, &mut problems))
            .unwrap_or_default();
        let columns = line_reader.columns;
        let sources = fields
            .get("sources")
            .map(|value| sources::read(value, &lines, &mut problems))
            .unwrap_or_default();
        agreements::check_pot(&relief, &sources, &mut problems);

        let residents_at_least = fields
            .get("residents_at_least")
            .map(|value| agreements::residents_at_least(value, &mut problems));
        let minimum = fields
            .get("minimum")
            .and_then(|value| agreements::minimum(value, &sources, &mut problems));
        let channels =
            fields.get("channels").map(|value| agreements::channels(value, &mut problems));
        let maintenance =
            fields.get("maintenance").map(|value| agreements::maintenance(value, &mut problems));
        let plan = Plan {
            name: fields.text("name", &mut problems).map(str::to_owned),
            policy: fields
                .choice("policy", POLICIES, |policy| policy, &mut problems)
                .map(str::to_owned),
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
            everyone: (0u32..).take(households.all.len()).collect(),
            households: households.all,
            buildings: households.buildings,
            units: households.units,
            columns,
        };
        problems.refuse(plan)
    }
}

fn check_version(fields: &Fields<'_>, problems: &mut Problems) {
    match fields.required("fentan", problems) {
        Some(Value::Number(version)) if version == VERSION => {}
        Some(Value::Number(version)) => {
            let cause = if is_whole(version) { Cause::UnknownVersion } else { Cause::Float };
            problems.add_seen("fentan", version, cause);
        }
        Some(_) => {
            let expected = Expected::Whole;
            problems.add("fentan", Cause::BadType { expected });
        }
        None => {}
    }
}
