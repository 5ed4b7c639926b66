//! What a bank, WeChat or Alipay says came in (对账单、账单), held to the homes of a plan.
//!
//! A row is matched by a home's number in its notes, or else by the payer's whole name. What fits no
//! home, or more than one, is listed and never guessed.
//!
//! ```
//! use fentan_core::{Document, Plan};
//! use fentan_import::{Table, statement};
//! let document = Document::from_json(br#"{ "fentan": 1, "lines": [{ "id": "gate", "amount": "100" }],
//!     "households": [{ "id": "3-1-501", "area": "60" }] }"#)?;
//! let plan = Plan::read(&document, None)?;
//! let table = Table::from_text(
//!     "交易时间,交易对方,收/支,金额(元),当前状态,交易单号,备注\n\
//!      2026-03-01 09:12:44,海阔天空,收入,¥1200.00,已存入零钱,1000,3号楼1单元501改造款\n",
//! );
//! let statement = statement::read(&[table], &plan);
//! assert_eq!(statement.received[0].found, statement::Found::ByNumber(0));
//! # Ok::<(), fentan_core::Error>(())
//! ```

mod matching;

use std::collections::{HashMap, HashSet};

use fentan_core::collection::Method;
use fentan_core::{Day, Fen, Plan};

use crate::layout::zeros_of_heading;
use crate::number;
use crate::table::{Row, Table};
use crate::tidy::{compact, tidy};
use crate::words::{STATEMENT_DIRECTION, STATEMENT_HEADINGS, STATEMENT_STATE};
use matching::Homes;

/// Money that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The name of the sheet; empty where it has none.
    pub sheet: String,
    /// The row, from 1.
    pub row: u64,
    /// The day.
    pub date: Day,
    /// How much, above zero.
    pub amount: Fen,
    /// Who paid, as the statement calls them.
    pub party: String,
    /// What they wrote.
    pub note: String,
    /// The number of the transaction; where the statement has none, all that its row holds.
    pub reference: String,
    /// Whether the statement has none.
    pub is_unnumbered: bool,
    /// Which home it is for.
    pub found: Found,
}

/// Which home money is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// The home whose number stands in the notes, an index of the roster.
    ByNumber(usize),
    /// The only home of the payer's name.
    ByName(usize),
    /// No home's number, and no home's name.
    None,
    /// More than one home.
    Several(Vec<usize>),
}

/// A row that is no money received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// The name of the sheet.
    pub sheet: String,
    /// The row, from 1.
    pub row: u64,
    /// Why.
    pub why: Why,
    /// What it holds.
    pub cells: Vec<String>,
}

/// Why a row was left aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Money went out, or only moved.
    Spent,
    /// The statement doesn't say that it came about, such as money that was given back.
    NotDone,
    /// It has no day that is one of the calendar.
    NoDay,
    /// It has no amount above zero.
    NoAmount,
    /// Whether it came in or went out is written in no word that is known.
    NoDirection,
    /// It is the transaction of a row above.
    Again,
}

impl Why {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Why::Spent => "spent",
            Why::NotDone => "not-done",
            Why::NoDay => "no-day",
            Why::NoAmount => "no-amount",
            Why::NoDirection => "no-direction",
            Why::Again => "again",
        }
    }
}

/// A statement that was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Statement {
    /// How the money was paid, where the statement says it.
    pub method: Option<Method>,
    /// What came in, in the order of the rows.
    pub received: Vec<Received>,
    /// The other rows below a heading.
    pub aside: Vec<Aside>,
    /// The sheets in which no heading was found.
    pub unread: Vec<String>,
}

/// The rows that may hold the heading: Alipay says much before it.
const HEADING_ROWS: usize = 60;

/// Reads the sheets of a statement.
pub fn read(tables: &[Table], plan: &Plan) -> Statement {
    let homes = Homes::of(plan);
    let mut statement = Statement::default();
    let mut met = HashSet::new();
    let mut alike: HashMap<String, usize> = HashMap::new();
    for table in tables.iter().filter(|table| !table.rows.is_empty()) {
        let Some((heading, columns)) = find_heading(table) else {
            statement.unread.push(table.name.clone());
            continue;
        };
        statement.method = statement.method.or_else(|| method(&table.rows[..=heading]));
        for row in &table.rows[heading + 1..] {
            if row.filled().nth(1).is_none() {
                // Empty, or a remark below the table.
                continue;
            }
            let read = columns.read(row, &mut alike).and_then(|mut received| {
                received.sheet.clone_from(&table.name);
                received.found = homes.find(&columns.texts(row), columns.cell(row, "party"));
                let is_new = met.insert(received.reference.clone());
                if is_new { Ok(received) } else { Err(Why::Again) }
            });
            match read {
                Ok(received) => statement.received.push(received),
                Err(why) => statement.aside.push(Aside {
                    sheet: table.name.clone(),
                    row: row.number,
                    why,
                    cells: row.cells.iter().map(|cell| cell.trim().to_owned()).collect(),
                }),
            }
        }
    }
    statement
}

/// Where the columns of a statement stand.
struct Columns {
    /// By field, the position of its best heading.
    positions: HashMap<&'static str, usize>,
    /// Every column of notes.
    notes: Vec<usize>,
    /// The zeros that the headings of money stand for.
    zeros: HashMap<usize, usize>,
}

/// The row of the heading, and its columns: a day, and money that came in.
fn find_heading(table: &Table) -> Option<(usize, Columns)> {
    let rows = table.rows.iter().take(HEADING_ROWS).enumerate();
    let headings = rows.map(|(index, row)| (index, Columns::of(row)));
    let mut fit = headings.filter(|(_, columns)| {
        let has = |field| columns.positions.contains_key(field);
        has("date") && (has("amount") || has("received"))
    });
    fit.next()
}

impl Columns {
    fn of(row: &Row) -> Columns {
        let mut best: HashMap<&'static str, (usize, usize)> = HashMap::new();
        let (mut notes, mut zeros) = (Vec::new(), HashMap::new());
        for (position, cell) in row.cells.iter().enumerate() {
            let whole = compact(cell);
            let bare = whole.split(['(', '[']).next().unwrap_or_default();
            let found = STATEMENT_HEADINGS.find(&whole).or_else(|| STATEMENT_HEADINGS.find(bare));
            let Some((field, rank)) = found else { continue };
            let best = best.entry(field).or_insert((rank, position));
            *best = (rank, position).min(*best);
            if field == "note" {
                notes.push(position);
            }
            if let Some(of_heading) = zeros_of_heading(cell) {
                zeros.insert(position, of_heading);
            }
        }
        let positions = best.into_iter().map(|(field, (_, position))| (field, position));
        Columns { positions: positions.collect(), notes, zeros }
    }

    /// The cell of a field; empty where there is none.
    fn cell<'r>(&self, row: &'r Row, field: &str) -> &'r str {
        self.positions.get(field).map_or("", |&position| row.cell(position))
    }

    /// What the notes of a row say.
    fn texts<'r>(&self, row: &'r Row) -> Vec<&'r str> {
        let cells = self.notes.iter().map(|&position| row.cell(position));
        cells.filter(|cell| !cell.is_empty() && *cell != "/").collect()
    }

    /// Money above zero in a field, and whether a sign stands before it.
    fn money(&self, row: &Row, field: &str) -> Option<(Fen, bool)> {
        let position = *self.positions.get(field)?;
        let text = tidy(row.cell(position));
        let (text, is_less) = match text.strip_prefix('-') {
            Some(rest) => (rest, true),
            None => (text.strip_prefix('+').unwrap_or(&text), false),
        };
        let zeros = self.zeros.get(&position).copied().unwrap_or_default();
        let amount: Fen = number::read_money(text, zeros)?.parse().ok()?;
        (!amount.is_zero()).then_some((amount, is_less))
    }

    fn read(&self, row: &Row, alike: &mut HashMap<String, usize>) -> Result<Received, Why> {
        let amount = self.received(row)?;
        let state = self.cell(row, "state");
        if !state.is_empty() && STATEMENT_STATE.meaning(state).is_none() {
            return Err(Why::NotDone);
        }
        let date = day(self.cell(row, "date")).ok_or(Why::NoDay)?;
        let numbered = compact(self.cell(row, "reference"));
        let is_unnumbered = numbered.is_empty() || numbered == "/";
        let reference = if is_unnumbered { self.in_full(row, alike) } else { numbered };
        Ok(Received {
            sheet: String::new(),
            row: row.number,
            date,
            amount,
            party: tidy(self.cell(row, "party")),
            note: self.texts(row).join(" "),
            reference,
            is_unnumbered,
            found: Found::None,
        })
    }

    /// What came in; what went out or only moved is no such thing.
    fn received(&self, row: &Row) -> Result<Fen, Why> {
        let has = |field| self.positions.contains_key(field);
        if has("received") {
            return match (self.money(row, "received"), self.money(row, "spent")) {
                (Some((amount, false)), None) => Ok(amount),
                (None, Some(_)) | (Some((_, true)), _) => Err(Why::Spent),
                _ => Err(Why::NoAmount),
            };
        }
        let direction = self.cell(row, "direction");
        let amount = self.money(row, "amount");
        match STATEMENT_DIRECTION.meaning(direction) {
            Some("in") => amount.filter(|(_, is_less)| !is_less).map(|(amount, _)| amount),
            Some(_) => return Err(Why::Spent),
            None if !direction.is_empty() || has("direction") => return Err(Why::NoDirection),
            None => match amount {
                Some((_, true)) => return Err(Why::Spent),
                other => other.map(|(amount, _)| amount),
            },
        }
        .ok_or(Why::NoAmount)
    }

    /// All that a row holds, and which of the rows it is that hold the same: a number of its own for a
    /// transaction that has none.
    fn in_full(&self, row: &Row, alike: &mut HashMap<String, usize>) -> String {
        let cells: Vec<String> = row.filled().map(tidy).collect();
        let whole = cells.join(" | ");
        let count = alike.entry(whole.clone()).or_default();
        *count += 1;
        if *count == 1 { whole } else { format!("{whole} | {count}") }
    }
}

/// How money was paid, by what stands in the heading and above it.
fn method(above: &[Row]) -> Option<Method> {
    let says = |word: &str| above.iter().any(|row| row.filled().any(|cell| cell.contains(word)));
    if says("微信") {
        Some(Method::Wechat)
    } else if says("支付宝") {
        Some(Method::Alipay)
    } else {
        None
    }
}

/// A day as statements write it: `2026-03-01 09:12:44`, `2026/3/1`, `20260301`, `2026年3月1日`.
fn day(cell: &str) -> Option<Day> {
    let cell = tidy(cell);
    let mut numbers = cell.split(|one: char| !one.is_ascii_digit()).filter(|part| !part.is_empty());
    let first = numbers.next()?;
    let (year, month, day) = if matches!(first.len(), 8 | 14) {
        (first.get(..4)?, first.get(4..6)?, first.get(6..8)?)
    } else {
        (first, numbers.next()?, numbers.next()?)
    };
    let is_year = year.len() == 4;
    Day::of(year.parse().ok().filter(|_| is_year)?, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_statements_write_them() {
        let expected = Day::of(2026, 3, 1);
        for written in [
            "2026-03-01 09:12:44",
            "2026/3/1",
            "20260301",
            "20260301091244",
            "2026年3月1日",
            "2026.3.1",
        ] {
            assert_eq!(day(written), expected, "{written}");
        }
        for written in ["", "3月1日", "01/03/2026", "2026-02-30", "合计", "260301"] {
            assert_eq!(day(written), None, "{written}");
        }
    }
}
