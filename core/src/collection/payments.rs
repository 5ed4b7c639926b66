//! The table of payments (收款流水), spec §9.

use std::collections::{HashMap, HashSet};

use crate::csv::{Cells, TableReader};
use crate::day::Day;
use crate::document::utf8;
use crate::enumeration;
use crate::money::Fen;
use crate::number::{Scalar, money_above_zero};
use crate::place::Place;
use crate::plan::Plan;
use crate::problem::{Cause, Naming, Problems};

enumeration! {
    /// How a payment was made.
    Method {
        /// 现金.
        Cash = "cash",
        /// 银行转账.
        Transfer = "transfer",
        /// 微信.
        Wechat = "wechat",
        /// 支付宝.
        Alipay = "alipay",
        /// 维修资金.
        Fund = "fund",
        /// 其他.
        Other = "other",
    }
}

enumeration! {
    /// The columns of a table of payments.
    Column {
        /// The day it was made.
        Date = "date",
        /// The household it is for.
        Household = "household",
        /// What was paid.
        Amount = "amount",
        /// How.
        Method = "method",
        /// The number of its receipt.
        Receipt = "receipt",
        /// The receipt of the payment that the row undoes.
        Reverses = "reverses",
        /// A remark.
        Note = "note",
    }
}

/// A table of payments as a CSV file.
///
/// Its first row names the columns `date`, `household`, `amount`, `method`, `receipt`, and where there
/// are any `reverses` and `note`, in any order.
#[derive(Debug, Clone, Copy)]
pub struct PaymentsFile<'p> {
    /// What the file is called, for the paths of problems.
    pub file: &'p str,
    /// What it holds: UTF-8, with or without a byte order mark.
    pub bytes: &'p [u8],
}

/// A payment or reversal as a book holds it, apart from any plan.
#[derive(Debug, Clone)]
pub struct Entered<'e> {
    /// The line of the book's file, from 1.
    pub line: u64,
    /// The day.
    pub date: Day,
    /// The household's id.
    pub household: &'e str,
    /// What was paid, above zero; of a reversal what its payment was.
    pub amount: Fen,
    /// How it was made.
    pub method: Method,
    /// The number of its receipt.
    pub receipt: String,
    /// The receipt that it reverses, where it is no payment.
    pub reverses: Option<String>,
    /// A remark; of a reversal its reason.
    pub note: Option<&'e str>,
}

/// A payment (缴款) for a home, whoever made it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Payment {
    /// The day it was made.
    pub date: Day,
    /// The household it is for, an index of the roster.
    pub household: usize,
    /// What was paid, above zero.
    pub amount: Fen,
    /// How it was made.
    pub method: Method,
    /// The number of its receipt, unique over payments and reversals.
    pub receipt: String,
    /// A remark, such as who paid.
    pub note: Option<String>,
    /// What undid it, where something did.
    pub reversal: Option<Reversal>,
}

/// What undoes a payment, wholly and from its own day on (冲销).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reversal {
    /// The day from which on the payment counts no more.
    pub date: Day,
    /// The number of its receipt.
    pub receipt: String,
    /// Why.
    pub note: Option<String>,
}

impl Payment {
    /// Whether it counts on a day: it was made by then, and nothing undid it by then.
    pub fn counts_on(&self, day: Day) -> bool {
        self.date <= day && self.reversal.as_ref().is_none_or(|reversal| reversal.date > day)
    }
}

/// The payments of a table, each for a household of the plan, none reversed twice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Payments {
    /// In the order of the table.
    pub all: Vec<Payment>,
}

impl Payments {
    /// Reads a table of payments for households of the plan.
    ///
    /// # Errors
    /// Every problem found, at `FILE:ROW:COLUMN`.
    pub fn read(plan: &Plan, file: PaymentsFile<'_>) -> Result<Payments, Problems> {
        let mut problems = Problems::default();
        let payments = read(plan, file, &mut problems);
        problems.refuse(payments)
    }

    /// Holds entries of a book to the plan, as [`Payments::read`] does with the rows of a table.
    ///
    /// # Errors
    /// Every problem found, at `FILE:LINE:COLUMN`.
    pub fn of<'e>(
        plan: &Plan,
        file: &str,
        entries: impl IntoIterator<Item = Entered<'e>>,
    ) -> Result<Payments, Problems> {
        let mut problems = Problems::default();
        let mut enter = |entry: Entered<'_>| {
            let household = find_household(plan, entry.household).map_err(|cause| {
                let column = Column::Household.as_str();
                let place = Place::Cell { file, row: entry.line, column };
                problems.add_seen(place, entry.household, cause);
            });
            Row {
                line: entry.line,
                date: Some(entry.date),
                household: household.ok(),
                amount: Some(entry.amount),
                method: Some(entry.method),
                receipt: entry.receipt,
                reverses: entry.reverses,
                note: entry.note.map(str::to_owned),
            }
        };
        let rows: Vec<Row> = entries.into_iter().map(&mut enter).collect();
        let payments = check(file, &rows, &mut problems);
        problems.refuse(payments)
    }

    /// By household of the plan, what the payments that count on a day come to.
    pub fn paid_by(&self, plan: &Plan, day: Day) -> Vec<Fen> {
        self.sums(plan, |payment| payment.counts_on(day))
    }

    /// By household of the plan, what the payments that nothing undoes come to.
    pub fn paid(&self, plan: &Plan) -> Vec<Fen> {
        self.sums(plan, |payment| payment.reversal.is_none())
    }

    fn sums(&self, plan: &Plan, counts: impl Fn(&Payment) -> bool) -> Vec<Fen> {
        let mut sums = vec![Fen::ZERO; plan.households().len()];
        for payment in self.all.iter().filter(|payment| counts(payment)) {
            sums[payment.household] += payment.amount;
        }
        sums
    }
}

/// A row as far as it can be read.
struct Row {
    line: u64,
    date: Option<Day>,
    household: Option<usize>,
    amount: Option<Fen>,
    method: Option<Method>,
    receipt: String,
    /// The receipt that it reverses, where it is no payment.
    reverses: Option<String>,
    note: Option<String>,
}

fn read(plan: &Plan, file: PaymentsFile<'_>, problems: &mut Problems) -> Payments {
    let text = match utf8(file.bytes) {
        Ok(text) => text,
        Err(problem) => {
            problems.add(file.file, problem.cause);
            return Payments::default();
        }
    };
    let mut reader = TableReader::new(text);
    let (line, names) = reader.next().map_or((1, Vec::new()), |row| (row.line, row.to_owned()));
    let Some(positions) = read_heading(file.file, line, &names, problems) else {
        return Payments::default();
    };
    let mut rows = Vec::new();
    while let Some(cells) = reader.next() {
        if cells.is_blank() {
            continue;
        }
        let (heading, row) = (names.len() as u64, cells.len() as u64);
        if heading != row {
            let place = Place::Row { file: file.file, row: cells.line };
            problems.add(place, Cause::UnevenRow { heading, row });
            continue;
        }
        rows.push(RowReader { plan, file: file.file, cells, positions: &positions }.read(problems));
    }
    check(file.file, &rows, problems)
}

fn find_household(plan: &Plan, id: &str) -> Result<usize, Cause> {
    let unknown = Cause::UnknownId { naming: Naming::Household, known: Vec::new() };
    plan.find_household(id).ok_or(unknown)
}

/// The payments of rows, each with what undoes it.
fn check(file: &str, rows: &[Row], problems: &mut Problems) -> Payments {
    check_receipts(file, rows, problems);
    let reversed_by = find_reversals(file, rows, problems);
    let payments = rows.iter().zip(reversed_by).filter(|(row, _)| row.reverses.is_none());
    let payments = payments.map(|(row, reversed_by)| {
        let reversal = reversed_by.and_then(|index| {
            let Row { date, receipt, note, .. } = &rows[index];
            Some(Reversal { date: (*date)?, receipt: receipt.clone(), note: note.clone() })
        });
        Some(Payment {
            date: row.date?,
            household: row.household?,
            amount: row.amount?,
            method: row.method?,
            receipt: row.receipt.clone(),
            note: row.note.clone(),
            reversal,
        })
    });
    Payments { all: payments.flatten().collect() }
}

/// Where each column stands; `None` where one that is needed is missing.
fn read_heading(
    file: &str,
    row: u64,
    names: &[String],
    problems: &mut Problems,
) -> Option<[Option<usize>; Column::ALL.len()]> {
    let mut positions = [None; Column::ALL.len()];
    let mut met = HashSet::new();
    for (position, name) in names.iter().map(String::as_str).enumerate() {
        let place = Place::Cell { file, row, column: name };
        if !met.insert(name) {
            problems.add_seen(place, name, Cause::DuplicateKey);
        }
        match Column::ALL.iter().find(|column| column.as_str() == name) {
            Some(&column) => positions[column as usize] = Some(position),
            None => {
                let known = Column::ALL.iter().map(|column| column.as_str().to_owned());
                let cause = Cause::UnknownField { known: known.collect() };
                problems.add_seen(place, name, cause);
            }
        }
    }
    let mut has_all = true;
    for &column in Column::ALL {
        let may_lack = matches!(column, Column::Reverses | Column::Note);
        if positions[column as usize].is_none() && !may_lack {
            has_all = false;
            problems.add(Place::Cell { file, row, column: column.as_str() }, Cause::MissingField);
        }
    }
    has_all.then_some(positions)
}

/// Reads one row.
struct RowReader<'r> {
    plan: &'r Plan,
    file: &'r str,
    cells: Cells<'r>,
    positions: &'r [Option<usize>; Column::ALL.len()],
}

impl<'r> RowReader<'r> {
    fn read(self, problems: &mut Problems) -> Row {
        let text = |column| self.cell(column).map(str::to_owned);
        Row {
            line: self.cells.line,
            date: self
                .value(Column::Date, problems, |cell| Day::read(cell).map_err(|_| Cause::NoDay)),
            household: self
                .value(Column::Household, problems, |cell| find_household(self.plan, cell)),
            amount: self
                .value(Column::Amount, problems, |cell| money_above_zero(Scalar::Cell(cell))),
            method: self.value(Column::Method, problems, |cell| {
                let found = Method::ALL.iter().copied().find(|method| method.as_str() == cell);
                let known = Method::ALL.iter().map(|method| method.as_str().to_owned()).collect();
                found.ok_or(Cause::UnknownId { naming: Naming::Listed, known })
            }),
            receipt: self
                .value(Column::Receipt, problems, |cell| Ok(cell.to_owned()))
                .unwrap_or_default(),
            reverses: text(Column::Reverses),
            note: text(Column::Note),
        }
    }

    /// A cell that is not empty.
    fn cell(&self, column: Column) -> Option<&'r str> {
        self.cells.get(self.positions[column as usize]?).filter(|cell| !cell.is_empty())
    }

    /// The value of a cell that must not be empty.
    fn value<T>(
        &self,
        column: Column,
        problems: &mut Problems,
        read: impl Fn(&str) -> Result<T, Cause>,
    ) -> Option<T> {
        let place = Place::Cell { file: self.file, row: self.cells.line, column: column.as_str() };
        let Some(cell) = self.cell(column) else {
            problems.add(place, Cause::MissingField);
            return None;
        };
        read(cell).map_err(|cause| problems.add_seen(place, cell, cause)).ok()
    }
}

/// Receipts are unique over payments and reversals together.
fn check_receipts(file: &str, rows: &[Row], problems: &mut Problems) {
    let mut first = HashMap::with_capacity(rows.len());
    for row in rows.iter().filter(|row| !row.receipt.is_empty()) {
        let place = |line| Place::Cell { file, row: line, column: Column::Receipt.as_str() };
        let first = *first.entry(row.receipt.as_str()).or_insert(row.line);
        if first != row.line {
            let cause = Cause::DuplicateId { first: place(first).to_string() };
            problems.add_seen(place(row.line), &row.receipt, cause);
        }
    }
}

/// By row, the index of the row that reverses it.
fn find_reversals(file: &str, rows: &[Row], problems: &mut Problems) -> Vec<Option<usize>> {
    let payments = rows.iter().enumerate().rev().filter(|(_, row)| row.reverses.is_none());
    let payments: HashMap<&str, usize> =
        payments.map(|(index, row)| (row.receipt.as_str(), index)).collect();
    let mut reversed_by: Vec<Option<usize>> = vec![None; rows.len()];
    for (index, row) in rows.iter().enumerate() {
        let Some(receipt) = &row.reverses else {
            continue;
        };
        let place = |line| Place::Cell { file, row: line, column: Column::Reverses.as_str() };
        let cause = match payments.get(receipt.as_str()) {
            None => Cause::UnknownId { naming: Naming::Payment, known: Vec::new() },
            Some(&payment) => match reversed_by[payment] {
                Some(first) => Cause::DuplicateId { first: place(rows[first].line).to_string() },
                None if undoes(row, &rows[payment]) => {
                    reversed_by[payment] = Some(index);
                    continue;
                }
                None => {
                    let payment = Place::Row { file, row: rows[payment].line };
                    Cause::NoReversal { payment: payment.to_string() }
                }
            },
        };
        problems.add_seen(place(row.line), receipt, cause);
    }
    reversed_by
}

/// Whether a reversal is of the same household and amount as a payment, and not earlier. What can't
/// be read was said already.
fn undoes(reversal: &Row, payment: &Row) -> bool {
    fn agree<T>(one: Option<T>, other: Option<T>, holds: impl Fn(T, T) -> bool) -> bool {
        one.zip(other).is_none_or(|(one, other)| holds(one, other))
    }
    agree(reversal.household, payment.household, |one, other| one == other)
        && agree(reversal.amount, payment.amount, |one, other| one == other)
        && agree(reversal.date, payment.date, |one, other| one >= other)
}
