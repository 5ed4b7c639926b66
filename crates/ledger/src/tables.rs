//! A ledger as tables: a row for each compound, and totals by county and year.

use std::collections::{BTreeMap, BTreeSet};

use fentan_core::Fen;

use crate::compound::RESIDENTS;
use crate::{Compound, Filter, Ledger, Status};

/// A table: every row has a cell for every column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The columns in order.
    pub columns: Vec<Column>,
    /// The rows in order.
    pub rows: Vec<Vec<Cell>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What it is called: `budget`, `paid:central`.
    pub name: String,
    /// What its cells hold, where they hold anything.
    pub kind: Kind,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// Whole numbers.
    Count,
    /// Money.
    Money,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text.
    Text(String),
    /// A whole number.
    Count(u64),
    /// Money.
    Money(Fen),
}

impl From<Option<&String>> for Cell {
    fn from(text: Option<&String>) -> Cell {
        text.map_or(Cell::Empty, |text| Cell::Text(text.clone()))
    }
}

impl Table {
    /// What compounds come to together, in one row: households, budget, the residents' share and what
    /// they have paid, findings.
    pub fn sum(compounds: &[&Compound]) -> Table {
        let row = amounts(compounds, &BTreeSet::new());
        Table { columns: AMOUNTS.map(column).into(), rows: vec![row] }
    }
}

impl Ledger {
    /// A row for each compound that the filter takes: what it is, how far it has come, what each
    /// source is to pay and has paid.
    pub fn table(&self, filter: &Filter) -> Table {
        let sources = self.sources();
        let mut columns: Vec<Column> = [
            ("compound", Kind::Text),
            ("name", Kind::Text),
            ("county", Kind::Text),
            ("year", Kind::Count),
            ("status", Kind::Text),
        ]
        .map(column)
        .into();
        for status in Status::ALL {
            columns.push(Column { name: status.as_str().to_owned(), kind: Kind::Text });
            columns.push(Column { name: format!("{}_by", status.as_str()), kind: Kind::Text });
        }
        columns.extend(AMOUNTS.map(column));
        columns.extend(sources.iter().flat_map(|source| {
            ["planned", "paid"]
                .map(|what| Column { name: format!("{what}:{source}"), kind: Kind::Money })
        }));
        let compounds = self.compounds().iter().filter(|compound| filter.takes(compound));
        let rows = compounds.map(|compound| {
            let mut row = vec![
                Cell::Text(compound.id.clone()),
                compound.name.as_ref().into(),
                compound.county.as_ref().into(),
                compound.year.map_or(Cell::Empty, |year| Cell::Count(year.into())),
                Cell::Text(compound.status.as_str().to_owned()),
            ];
            for status in Status::ALL {
                let reached = compound.reached.get(&status);
                row.push(reached.map_or(Cell::Empty, |(date, _)| Cell::Text(date.to_string())));
                row.push(reached.map(|(_, by)| by).into());
            }
            row.extend(amounts(&[compound], &sources));
            row
        });
        Table { columns, rows: rows.collect() }
    }

    /// A row for each county and year of the compounds that the filter takes: how many have come how
    /// far, targets against done, and the money.
    pub fn totals(&self, filter: &Filter) -> Table {
        let sources = self.sources();
        let mut groups: BTreeMap<(String, u32), Vec<&Compound>> = BTreeMap::new();
        for compound in self.compounds().iter().filter(|compound| filter.takes(compound)) {
            let county = compound.county.clone().unwrap_or_default();
            groups.entry((county, compound.year.unwrap_or_default())).or_default().push(compound);
        }
        let targets = self.targets().keys();
        for group in targets.filter(|(county, year)| filter.takes_group(county, Some(*year))) {
            groups.entry(group.clone()).or_default();
        }
        let mut columns: Vec<Column> =
            [("county", Kind::Text), ("year", Kind::Count), ("compounds", Kind::Count)]
                .map(column)
                .into();
        columns.extend(Status::ALL.map(|status| column((status.as_str(), Kind::Count))));
        columns.extend([("target", Kind::Count), ("done", Kind::Count)].map(column));
        columns.extend(AMOUNTS.map(column));
        columns.extend(sources.iter().flat_map(|source| {
            ["planned", "paid"]
                .map(|what| Column { name: format!("{what}:{source}"), kind: Kind::Money })
        }));
        let rows = groups.into_iter().map(|(group, compounds)| {
            let count = |is: &dyn Fn(Status) -> bool| {
                let found = compounds.iter().filter(|compound| is(compound.status));
                Cell::Count(found.count() as u64)
            };
            let target = self.targets().get(&group).copied();
            let (county, year) = group;
            let mut row = vec![
                if county.is_empty() { Cell::Empty } else { Cell::Text(county) },
                if year == 0 { Cell::Empty } else { Cell::Count(year.into()) },
                Cell::Count(compounds.len() as u64),
            ];
            row.extend(Status::ALL.map(|status| count(&|one| one == status)));
            row.push(target.map_or(Cell::Empty, Cell::Count));
            row.push(count(&|status| status >= Status::Accepted));
            row.extend(amounts(&compounds, &sources));
            row
        });
        Table { columns, rows: rows.collect() }
    }

    /// Every source that is to pay or has paid, but the residents.
    fn sources(&self) -> BTreeSet<&str> {
        let planned = self.compounds().iter().flat_map(|compound| compound.planned.keys());
        planned.map(String::as_str).filter(|source| *source != RESIDENTS).collect()
    }
}

const AMOUNTS: [(&str, Kind); 5] = [
    ("households", Kind::Count),
    ("budget", Kind::Money),
    ("residents", Kind::Money),
    ("residents_paid", Kind::Money),
    ("findings", Kind::Count),
];

fn column((name, kind): (&str, Kind)) -> Column {
    Column { name: name.to_owned(), kind }
}

/// What compounds come to together, in the columns of [`AMOUNTS`] and those of the sources.
fn amounts(compounds: &[&Compound], sources: &BTreeSet<&str>) -> Vec<Cell> {
    let count =
        |of: &dyn Fn(&Compound) -> u64| Cell::Count(compounds.iter().map(|one| of(one)).sum());
    let money =
        |of: &dyn Fn(&Compound) -> Fen| Cell::Money(compounds.iter().map(|one| of(one)).sum());
    let in_all = |amounts: &BTreeMap<String, Fen>, source: &str| {
        amounts.get(source).copied().unwrap_or_default()
    };
    let mut cells = vec![
        count(&|one| one.households),
        money(&|one| one.budget),
        money(&|one| one.residents),
        money(&|one| in_all(&one.paid, RESIDENTS)),
        count(&|one| one.findings),
    ];
    for source in sources {
        cells.push(money(&|one| in_all(&one.planned, source)));
        cells.push(money(&|one| in_all(&one.paid, source)));
    }
    cells
}
