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

impl Cell {
    fn count(&self) -> u64 {
        if let Cell::Count(count) = self { *count } else { 0 }
    }

    fn money(&self) -> Fen {
        if let Cell::Money(amount) = self { *amount } else { Fen::ZERO }
    }
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
        let paid = |compound: &Compound, source: &str| in_all(&compound.paid, source);
        let row = amounts(compounds, &BTreeSet::new(), &paid);
        Table { columns: AMOUNTS.map(column).into(), rows: vec![row] }
    }

    /// What its rows come to, column by column; nothing under texts and years.
    pub fn total(&self) -> Vec<Cell> {
        let total = |(position, column): (usize, &Column)| {
            let cells = self.rows.iter().filter_map(|row| row.get(position));
            match column.kind {
                Kind::Count if column.name != YEAR && column.name != ENTRY => {
                    Cell::Count(cells.map(Cell::count).sum())
                }
                Kind::Money => Cell::Money(cells.map(Cell::money).sum()),
                _ => Cell::Empty,
            }
        };
        self.columns.iter().enumerate().map(total).collect()
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
            (YEAR, Kind::Count),
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
        let within = self.paid_within(filter);
        let paid = |compound: &Compound, source: &str| within.of(compound, source);
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
            row.extend(amounts(&[compound], &sources, &paid));
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
            [("county", Kind::Text), (YEAR, Kind::Count), ("compounds", Kind::Count)]
                .map(column)
                .into();
        columns.extend(Status::ALL.map(|status| column((status.as_str(), Kind::Count))));
        columns.extend([("target", Kind::Count), ("done", Kind::Count)].map(column));
        columns.extend(AMOUNTS.map(column));
        columns.extend(sources.iter().flat_map(|source| {
            ["planned", "paid"]
                .map(|what| Column { name: format!("{what}:{source}"), kind: Kind::Money })
        }));
        let within = self.paid_within(filter);
        let paid = |compound: &Compound, source: &str| within.of(compound, source);
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
            row.extend(amounts(&compounds, &sources, &paid));
            row
        });
        Table { columns, rows: rows.collect() }
    }

    /// A row for each payment that the filter takes, of the compounds that it takes; one that was
    /// reversed with what was taken back and the number of the entry that did so.
    pub fn payments_table(&self, filter: &Filter) -> Table {
        let columns = [
            (ENTRY, Kind::Count),
            ("date", Kind::Text),
            ("compound", Kind::Text),
            ("name", Kind::Text),
            ("county", Kind::Text),
            ("source", Kind::Text),
            ("amount", Kind::Money),
            ("by", Kind::Text),
            ("reversed", Kind::Money),
            ("reversed_by", Kind::Text),
        ];
        let rows = self.payments().iter().filter(|one| filter.takes_day(one.date));
        let rows = rows.filter_map(|payment| {
            let index = *self.by_id.get(&payment.compound)?;
            let compound = self.compounds().get(index).filter(|one| filter.takes(one))?;
            let reversed = payment.reversed.map(|entry| entry.to_string());
            Some(vec![
                Cell::Count(payment.entry),
                Cell::Text(payment.date.to_string()),
                Cell::Text(payment.compound.clone()),
                compound.name.as_ref().into(),
                compound.county.as_ref().into(),
                Cell::Text(payment.source.clone()),
                Cell::Money(payment.amount),
                Cell::Text(payment.by.clone()),
                reversed.as_ref().map_or(Cell::Empty, |_| Cell::Money(payment.amount)),
                reversed.as_ref().into(),
            ])
        });
        Table { columns: columns.map(column).into(), rows: rows.collect() }
    }

    /// What was paid in the period of a filter.
    fn paid_within(&self, filter: &Filter) -> Within<'_> {
        if filter.from.is_none() && filter.to.is_none() {
            return Within(None);
        }
        let mut paid: BTreeMap<(&str, &str), Fen> = BTreeMap::new();
        let payments = self.payments().iter().filter(|one| one.reversed.is_none());
        for payment in payments.filter(|one| filter.takes_day(one.date)) {
            *paid.entry((&payment.compound, &payment.source)).or_default() += payment.amount;
        }
        Within(Some(paid))
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

/// The columns whose numbers are not added up.
const YEAR: &str = "year";
const ENTRY: &str = "entry";

/// What was paid in a period, by compound and source; ever, where there is no period.
struct Within<'l>(Option<BTreeMap<(&'l str, &'l str), Fen>>);

impl Within<'_> {
    fn of(&self, compound: &Compound, source: &str) -> Fen {
        match &self.0 {
            Some(paid) => paid.get(&(compound.id.as_str(), source)).copied().unwrap_or_default(),
            None => in_all(&compound.paid, source),
        }
    }
}

fn in_all(amounts: &BTreeMap<String, Fen>, source: &str) -> Fen {
    amounts.get(source).copied().unwrap_or_default()
}

/// What compounds come to together, in the columns of [`AMOUNTS`] and those of the sources.
fn amounts(
    compounds: &[&Compound],
    sources: &BTreeSet<&str>,
    paid: &dyn Fn(&Compound, &str) -> Fen,
) -> Vec<Cell> {
    let count =
        |of: &dyn Fn(&Compound) -> u64| Cell::Count(compounds.iter().map(|one| of(one)).sum());
    let money =
        |of: &dyn Fn(&Compound) -> Fen| Cell::Money(compounds.iter().map(|one| of(one)).sum());
    let mut cells = vec![
        count(&|one| one.households),
        money(&|one| one.budget),
        money(&|one| one.residents),
        money(&|one| paid(one, RESIDENTS)),
        count(&|one| one.findings),
    ];
    for source in sources {
        cells.push(money(&|one| in_all(&one.planned, source)));
        cells.push(money(&|one| paid(one, source)));
    }
    cells
}
