//! A roster file as part of its plan: each row as the household that it is in a plan.

use std::borrow::Cow;
use std::collections::BTreeMap;

use csv::{Reader, ReaderBuilder, StringRecord};

use super::row::{self, Field};
use super::{CHARGE, JOINS, RosterFile, WEIGHT};
use crate::document::{Document, Value, utf8};

/// By line, what the columns of a roster say that each household is charged.
type Charges = BTreeMap<String, Vec<(Cow<'static, str>, Value<'static>)>>;

/// The rows of a roster file, with the charges that they set aside for the lines.
pub(crate) struct RosterRows<'r> {
    table: Reader<&'r [u8]>,
    heading: StringRecord,
    charges: Charges,
}

impl<'r> RosterRows<'r> {
    pub(crate) fn of(roster: RosterFile<'r>) -> Self {
        // What is no text belongs to no plan that can be read.
        let text = utf8(roster.bytes).unwrap_or_default();
        let mut table = ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let heading = table.headers().cloned().unwrap_or_default();
        let charged = heading.iter().filter_map(|name| name.strip_prefix(CHARGE));
        let charges = charged.map(|line| (line.to_owned(), Vec::new())).collect();
        RosterRows { table, heading, charges }
    }

    /// Passes each row on as the household that it is in a plan.
    pub(crate) fn for_each(&mut self, mut household: impl FnMut(Value<'_>)) {
        let rows = self.table.records().flatten();
        for row in rows.filter(|row| !row.iter().all(str::is_empty)) {
            household(read(&self.heading, &row, &mut self.charges));
        }
    }

    /// A line of the plan with what the rows passed on charge for it.
    pub(crate) fn with_charges<'v>(&self, line: &'v Value<'v>) -> Cow<'v, Value<'v>> {
        let id = line.get("id").and_then(Value::text).unwrap_or_default();
        let Some(added) = self.charges.get(id) else {
            return Cow::Borrowed(line);
        };
        let mut charged = line.get("charges").map_or(&[][..], Value::fields).to_vec();
        charged.extend(added.iter().cloned());
        let rest = line.fields().iter().filter(|(name, _)| name != "charges").cloned();
        let charged = (Cow::Borrowed("charges"), Value::Fields(charged));
        Cow::Owned(Value::Fields(rest.chain([charged]).collect()))
    }
}

impl Document<'_> {
    /// The plan with a roster file as its `households`, in place of those that it has. Cells stand as they
    /// are written, floors as numbers; what can't be read is found by [`Plan::read`](crate::Plan::read).
    ///
    /// ```
    /// use fentan_core::{Document, Plan, RosterFile};
    /// let document = Document::from_toml(
    ///     b"fentan = 1\nlines = [{ id = \"door\", kind = \"individual\" }]\n",
    /// )?;
    /// let bytes = b"id,area,floor,charge:door\n101,60,1,\n201,60,2,90\n";
    /// let whole = document.with_roster(RosterFile { file: "households.csv", bytes });
    /// assert_eq!(whole.text("lines[0].charges.201"), Some("90"));
    /// assert_eq!(Plan::read(&whole, None)?.households()[1].floor, Some(2));
    /// # Ok::<(), fentan_core::Problems>(())
    /// ```
    pub fn with_roster(&self, roster: RosterFile<'_>) -> Document<'static> {
        let mut rows = RosterRows::of(roster);
        let mut households = Vec::new();
        rows.for_each(|household| households.push(with_whole_floor(household).into_owned()));
        let given = self.root().fields().iter().filter(|(name, _)| name != "households");
        let given = given.map(|(name, value)| match (name.as_ref(), value) {
            ("lines", Value::List(lines)) => {
                let lines = lines.iter().map(|line| rows.with_charges(line).into_owned());
                (name.clone(), Value::List(lines.collect()))
            }
            _ => (name.clone(), value.clone()),
        });
        let households = (Cow::Borrowed("households"), Value::List(households));
        self.with_root(Value::Fields(given.chain([households]).collect()).into_owned())
    }
}

/// A plan writes floors as numbers.
fn with_whole_floor(household: Value<'_>) -> Value<'_> {
    let Value::Fields(mut fields) = household else {
        return household;
    };
    for (_, value) in fields.iter_mut().filter(|(name, _)| name == Field::Floor.name()) {
        if let Some(floor) = value.text().and_then(|text| text.parse::<i32>().ok()) {
            *value = Value::Number(Cow::Owned(floor.to_string()));
        }
    }
    Value::Fields(fields)
}

/// A row of the roster as the household that it is in a plan; its charges are set aside.
fn read<'r>(heading: &StringRecord, row: &'r StringRecord, charges: &mut Charges) -> Value<'r> {
    let id =
        heading.iter().position(|name| name == Field::Id.name()).and_then(|column| row.get(column));
    let (mut fields, mut weights, mut joins) = (Vec::new(), Vec::new(), Vec::new());
    for (name, cell) in heading.iter().zip(row).filter(|(_, cell)| !cell.is_empty()) {
        let value = Value::Text(Cow::Borrowed(cell));
        if let Some(charges) = name.strip_prefix(CHARGE).and_then(|line| charges.get_mut(line)) {
            charges.push((Cow::Owned(id.unwrap_or_default().to_owned()), value.into_owned()));
        } else if let Some(column) = name.strip_prefix(WEIGHT) {
            weights.push((Cow::Owned(column.to_owned()), value));
        } else if let Some(line) = name.strip_prefix(JOINS) {
            joins.push((Cow::Owned(line.to_owned()), Value::Boolean(cell == "yes")));
        } else if name == Field::Hardship.name() && cell.contains('+') {
            let codes = cell.split('+').map(|code| Value::Text(Cow::Borrowed(code)));
            fields.push((Cow::Borrowed(Field::Hardship.name()), Value::List(codes.collect())));
        } else {
            fields.push((Cow::Owned(name.to_owned()), value));
        }
    }
    for (name, values) in [(row::WEIGHTS, weights), (row::JOINS, joins)] {
        if !values.is_empty() {
            fields.push((Cow::Borrowed(name), Value::Fields(values)));
        }
    }
    Value::Fields(fields)
}
