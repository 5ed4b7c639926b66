use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::mem;

use fentan_core::problem::Naming;
use fentan_core::{Cause, Document, Packs, Plan, Problem, Value};

use crate::content::Content;
use crate::layout::{CHARGE, JOINS, Layout, WEIGHT};
use crate::mapping::{Conclusion, LeftOut, Mapping, Reason};
use crate::table::Table;
use crate::tally::{Check, Statement, Sums, Tally};
use crate::told::Told;

/// What was read from sheets.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    /// The plan's `households` or `lines`: tables of fields in the order of spec §2. What was
    /// not understood is in them as typed.
    pub values: Vec<Value<'static>>,
    /// What the sheets do not say and was concluded.
    pub conclusions: BTreeSet<Conclusion>,
    /// The rows that became nothing, sheet by sheet.
    pub left_out: Vec<LeftOut>,
    /// What somebody should know before it is taken in.
    pub told: Vec<Told>,
    /// What the file says of itself.
    pub(crate) statements: Vec<Statement>,
    /// Where each value stands.
    pub(crate) places: Vec<Place>,
    /// The columns `charge:LINE`: the line's id, and what it charges, with the index of the
    /// household.
    pub(crate) charges: Vec<(String, Vec<(usize, String)>)>,
}

/// Where a value stands: the index of its sheet, that of its table among all tables of the sheets,
/// and the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) sheet: usize,
    pub(crate) table: usize,
    pub(crate) row: u64,
}

/// The values that are checked at once: few enough that every problem of theirs is kept.
const AT_ONCE: usize = 200;

impl Imported {
    /// Takes in what the sheets' layouts gathered.
    pub(crate) fn close(&mut self, layouts: Vec<Layout<'_>>) {
        let sheets: Vec<&str> = layouts.iter().map(|one| one.table.name.as_str()).collect();
        for layout in layouts {
            self.left_out.extend(layout.left_out);
            self.conclusions.extend(layout.conclusions);
            self.told.extend(layout.told);
        }
        self.order_left_out(sheets);
        // What waits for an answer stands first.
        self.told.sort_by_key(|told| !told.kind.asks());
    }

    /// What the file says of itself, compared with the values: the totals of tables, and what
    /// titles and notes say of all of them.
    ///
    /// ```
    /// use fentan_import::{Content, Table};
    /// let table = Table::from_text("项目,金额\n防水,120000\n保温,300000\n合计,520000\n");
    /// let mapping = Content::Works.mapping(&table);
    /// let imported = Content::Works.read(&[(&table, mapping)]);
    /// let checks = imported.checks();
    /// assert_eq!((&*checks[0].stated, &*checks[0].read), ("520000", "420000"));
    /// assert!(!checks[0].agrees && imported.asks());
    /// ```
    pub fn checks(&self) -> Vec<Check> {
        let mut tally = Tally::new(&self.values, &self.places);
        self.statements.iter().map(|statement| tally.check(statement)).collect()
    }

    /// How many values there are, and what their areas or amounts add up to.
    pub fn sums(&self, content: Content) -> Sums {
        let field = match content {
            Content::Roster => "area",
            Content::Works => "amount",
        };
        Tally::new(&self.values, &self.places).all(field)
    }

    /// Whether something has to be looked at before the values are taken in: a difference from
    /// what the file says of itself, or what is told and waits for an answer. Rows left out are not
    /// counted.
    pub fn asks(&self) -> bool {
        self.told.iter().any(|told| told.kind.asks())
            || self.checks().iter().any(|check| !check.agrees)
    }

    /// The `charges` of individual lines, by the line's id, as a plan has them.
    pub fn charges(&self) -> Vec<(String, Value<'static>)> {
        let of_line = |(line, charges): &(String, Vec<(usize, String)>)| {
            let charges = charges.iter().map(|(at, charge)| {
                (Cow::Owned(self.id(*at).to_owned()), Value::Text(Cow::Owned(charge.clone())))
            });
            (line.clone(), Value::Fields(charges.collect()))
        };
        self.charges.iter().map(of_line).collect()
    }

    /// Leaves out the values that a plan can't take, with the problem that the engine finds: an
    /// area that is no number, an id that stands twice. The rest stays as it is. Whether the plan
    /// knows a hardship, or the line of a charge, is for the plan to say.
    pub fn sift(&mut self, content: Content, sheets: &[(&Table, Mapping)]) {
        let mut found = Found::new();
        for first in (0..self.values.len()).step_by(AT_ONCE) {
            for (index, field, problem) in problems(content, self.chunk(first)) {
                let column = self.column(first + index, sheets, &field);
                let found_there = (Reason::Problem, Some(problem), column, field);
                found.entry(first + index).or_insert(found_there);
            }
        }
        for (line, charges) in &self.charges {
            for charges in charges.chunks(AT_ONCE) {
                for (index, problem) in charge_problems(charges) {
                    if let Some(&(at, _)) = charges.get(index) {
                        let field = format!("{CHARGE}{line}");
                        let column = self.column(at, sheets, &field);
                        found.entry(at).or_insert((Reason::Problem, Some(problem), column, field));
                    }
                }
            }
        }
        let mut met = HashSet::new();
        for at in 0..self.values.len() {
            if !found.contains_key(&at) && !met.insert(self.id(at)) {
                let column = self.column(at, sheets, "id");
                found.insert(at, (Reason::SameId, None, column, "id".to_owned()));
            }
        }
        self.leave_out(sheets, found);
    }

    fn leave_out(&mut self, sheets: &[(&Table, Mapping)], mut found: Found) {
        // By the old index of each value kept, the new.
        let mut kept = HashMap::new();
        let mut places = Vec::new();
        let mut values = Vec::new();
        let all = mem::take(&mut self.values).into_iter().zip(mem::take(&mut self.places));
        for (at, (value, place)) in all.enumerate() {
            let Some((reason, problem, column, field)) = found.remove(&at) else {
                kept.insert(at, values.len());
                values.push(value);
                places.push(place);
                continue;
            };
            let Some((table, _)) = sheets.get(place.sheet) else { continue };
            let row = table.rows.binary_search_by_key(&place.row, |row| row.number);
            if let Some(row) = row.ok().and_then(|row| table.rows.get(row)) {
                let left_out = LeftOut::new(table, row, reason);
                let is_merged = column.is_some_and(|column| {
                    table.merged.iter().any(|merged| {
                        (merged.columns.0..=merged.columns.1).contains(&column)
                            && (merged.rows.0 + 1..=merged.rows.1).contains(&row.number)
                    })
                });
                let field = Some(field);
                self.left_out.push(LeftOut { column, field, problem, is_merged, ..left_out });
            }
        }
        for (_, charges) in &mut self.charges {
            let of_kept =
                charges.drain(..).filter_map(|(at, charge)| Some((*kept.get(&at)?, charge)));
            *charges = of_kept.collect();
        }
        (self.values, self.places) = (values, places);
        self.order_left_out(sheets.iter().map(|(table, _)| table.name.as_str()));
    }

    /// Puts the rows that are left out in the order of the sheets: tables may stand side by side in one.
    fn order_left_out<'s>(&mut self, sheets: impl IntoIterator<Item = &'s str>) {
        let mut order: HashMap<&str, usize> = HashMap::new();
        for (at, sheet) in sheets.into_iter().enumerate() {
            order.entry(sheet).or_insert(at);
        }
        self.left_out.sort_by_key(|one| (order.get(one.sheet.as_str()).copied(), one.row));
    }

    fn chunk(&self, first: usize) -> &[Value<'static>] {
        let end = self.values.len().min(first + AT_ONCE);
        self.values.get(first..end).unwrap_or_default()
    }

    fn id(&self, at: usize) -> &str {
        self.values.get(at).and_then(|value| value.get("id")?.text()).unwrap_or_default()
    }

    /// The column of a field in the sheet of a value; of an id, the column it was taken from.
    fn column(&self, at: usize, sheets: &[(&Table, Mapping)], field: &str) -> Option<usize> {
        let mut all = sheets.iter().flat_map(|(_, mapping)| mapping.all());
        let mapping = all.nth(self.places.get(at)?.table)?;
        let position = |field: &str| {
            mapping.columns.iter().position(|column| column.field.as_deref() == Some(field))
        };
        match field {
            "id" => ["id", "room", "number"].into_iter().find_map(position),
            "fund_balance" => ["fund_balance", "fund_principal"].into_iter().find_map(position),
            _ => position(field),
        }
    }
}

/// What is wrong with values, by their index: why, and in which column and field.
type Found = HashMap<usize, (Reason, Option<Problem>, Option<usize>, String)>;

/// What the engine finds wrong with values as the households or lines of a plan, each with its
/// index and the name of the column.
fn problems(content: Content, values: &[Value<'static>]) -> Vec<(usize, String, Problem)> {
    let values = Value::List(values.to_vec());
    let found = match content {
        Content::Roster => found(Value::List(Vec::new()), values),
        Content::Works => found(values, Value::List(vec![household("1")])),
    };
    let counts = |problem: &Problem| match &problem.cause {
        // Ids are compared over all of them; hardships, uses and lines are the plan's.
        Cause::DuplicateId { .. }
        | Cause::UnknownId {
            naming: Naming::Hardship | Naming::Use | Naming::SharedLine, ..
        } => false,
        // Charges come with the roster.
        Cause::MissingField => !problem.path.ends_with("].charges"),
        _ => true,
    };
    found
        .into_iter()
        .filter(counts)
        .filter_map(|problem| {
            let (list, rest) = problem.path.split_once('[')?;
            let (index, field) = rest.split_once(']')?;
            let own = (list == "households") == (content == Content::Roster);
            let field = field.trim_start_matches('.');
            let named = [("weights.", WEIGHT), ("joins.", JOINS)];
            let named = named.iter().find_map(|(fields, column)| {
                Some(format!("{column}{}", field.strip_prefix(fields)?.trim_matches('"')))
            });
            let field = named.unwrap_or_else(|| field.to_owned());
            Some((index.parse().ok().filter(|_| own)?, field, problem))
        })
        .collect()
}

/// What the engine finds wrong with the charges of an individual line, each with its index.
fn charge_problems(charges: &[(usize, String)]) -> Vec<(usize, Problem)> {
    // The ids are numbers, so that they need no quotes in a path.
    let households = (0..charges.len()).map(|at| household(&at.to_string())).collect();
    let charges = charges.iter().enumerate().map(|(at, (_, charge))| {
        (Cow::Owned(at.to_string()), Value::Text(Cow::Owned(charge.clone())))
    });
    let line = Value::Fields(vec![
        ("id".into(), Value::Text("1".into())),
        ("kind".into(), Value::Text("individual".into())),
        ("charges".into(), Value::Fields(charges.collect())),
    ]);
    let found = found(Value::List(vec![line]), Value::List(households));
    let index = |problem: Problem| {
        Some((problem.path.strip_prefix("lines[0].charges.")?.parse().ok()?, problem))
    };
    found.into_iter().filter_map(index).collect()
}

fn household(id: &str) -> Value<'static> {
    Value::Fields(vec![
        ("id".into(), Value::Text(Cow::Owned(id.to_owned()))),
        ("area".into(), Value::Text("1".into())),
    ])
}

/// What is wrong with a plan of these lines and households.
fn found(lines: Value<'static>, households: Value<'static>) -> Vec<Problem> {
    let plan = Document::from(Value::Fields(vec![
        ("fentan".into(), Value::Number("1".into())),
        ("lines".into(), lines),
        ("households".into(), households),
    ]));
    let read = Plan::read_without_scenarios(&plan, None, &Packs::default());
    read.err().map_or_else(Vec::new, |found| found.iter().cloned().collect())
}
