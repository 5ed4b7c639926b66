//! The values that formulas are given are those that they come to: worked out again here, in
//! whole millionths, from nothing but the cells that they name.

use std::collections::HashMap;

use calamine::Data;
use fentan_core::{Document, Plan, split};
use fentan_papers::{Format, Paper};
use fentan_words::Language;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::workbook::Book;
use crate::written;

const MILLION: i128 = 1_000_000;

#[derive(Debug, Clone, PartialEq)]
enum Cell {
    Number(i128),
    Text(String),
}

type Sheets = HashMap<(String, u32, u32), Cell>;

/// A number in millionths, by the digits that it is written with.
fn millionths(number: f64) -> i128 {
    let written = number.to_string();
    let (whole, decimals) = written.split_once('.').unwrap_or((&written, ""));
    assert!(decimals.len() <= 6, "{written}");
    format!("{whole}{decimals:0<6}").parse().expect("a number")
}

/// Reads a formula from left to right.
struct Formula<'f> {
    rest: &'f str,
    sheet: &'f str,
    sheets: &'f Sheets,
}

impl<'f> Formula<'f> {
    fn eat(&mut self, token: &str) -> bool {
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    #[track_caller]
    fn expect(&mut self, token: &str) {
        assert!(self.eat(token), "{token} at {}", self.rest);
    }

    fn until(&mut self, end: impl Fn(char) -> bool) -> &'f str {
        let at = self.rest.find(end).unwrap_or(self.rest.len());
        let (found, rest) = self.rest.split_at(at);
        self.rest = rest;
        found
    }

    fn whole(&mut self) -> i128 {
        self.until(|one| !one.is_ascii_digit()).parse().expect("a whole number")
    }

    /// A cell or all from one to another; blank ones count as nothing.
    fn cells(&mut self) -> Vec<Cell> {
        let mut sheet = self.sheet;
        if self.eat("'") {
            sheet = self.until(|one| one == '\'');
            self.expect("'!");
        }
        let from = self.place();
        let to = if self.eat(":") { self.place() } else { from };
        let mut cells = Vec::new();
        for row in from.0..=to.0 {
            for column in from.1..=to.1 {
                let cell = self.sheets.get(&(sheet.to_owned(), row, column)).cloned();
                cells.push(cell.unwrap_or(Cell::Number(0)));
            }
        }
        cells
    }

    fn place(&mut self) -> (u32, u32) {
        let letters = self.until(|one| one.is_ascii_digit());
        let column = letters.bytes().fold(0, |sum, one| sum * 26 + u32::from(one - b'A') + 1);
        (self.whole() as u32 - 1, column - 1)
    }

    fn numbers(&mut self) -> impl Iterator<Item = i128> + use<> {
        self.cells().into_iter().filter_map(|cell| match cell {
            Cell::Number(number) => Some(number),
            Cell::Text(_) => None,
        })
    }

    fn value(&mut self) -> Cell {
        if self.eat("IF(") {
            let one = self.value();
            self.expect("=");
            let other = self.value();
            self.expect(",");
            let holds = self.value();
            self.expect(",");
            let fails = self.value();
            self.expect(")");
            return if one == other { holds } else { fails };
        }
        if self.eat("\"") {
            let text = self.until(|one| one == '"').to_owned();
            self.expect("\"");
            return Cell::Text(text);
        }
        let mut sum = self.term();
        loop {
            if self.eat("+") {
                sum += self.term();
            } else if self.eat("-") {
                sum -= self.term();
            } else if self.eat("/") {
                // Only ever inside a ROUND, to four decimals, halves up; what is zero over
                // zero is never chosen.
                let by = self.term().max(1);
                self.expect(",4)");
                let ten_thousandths = (2 * sum * 10_000 + by) / (2 * by);
                return Cell::Number(ten_thousandths * (MILLION / 10_000));
            } else {
                return Cell::Number(sum);
            }
        }
    }

    fn term(&mut self) -> i128 {
        if self.eat("ROUND(") {
            let Cell::Number(number) = self.value() else { panic!("a text is rounded") };
            if self.eat(",") {
                let digits = self.whole() as u32;
                self.expect(")");
                let unit = MILLION / 10i128.pow(digits);
                return (number + unit / 2).div_euclid(unit) * unit;
            }
            // The division has taken the rest of the ROUND.
            return number;
        }
        if self.eat("SUM(") {
            let sum = self.numbers().sum();
            self.expect(")");
            return sum;
        }
        if self.eat("SUMPRODUCT(ROUND(") {
            let sum: i128 = self.numbers().sum();
            self.expect("*");
            let one = self.whole();
            self.expect(",0))/");
            assert_eq!(self.whole(), one);
            return sum;
        }
        if self.rest.starts_with(|one: char| one.is_ascii_digit()) {
            return self.whole() * MILLION;
        }
        match self.cells().pop() {
            Some(Cell::Number(number)) => number,
            other => panic!("{other:?} in a sum"),
        }
    }
}

#[track_caller]
fn assert_formulas_hold(plan: &Value) {
    let plan = serde_json::to_vec(plan).expect("JSON");
    let document = Document::from_json(&plan).expect("a document");
    let plan = Plan::read(&document, None).expect("a plan");
    let split = split(&plan).expect("a split");
    let file = written(Language::Chinese, &plan, &split, Paper::Workbook, Format::Xlsx);
    let mut book = Book::open(file);
    let mut sheets = Sheets::new();
    for sheet in book.sheets() {
        // All sheets begin with their title, in the first cell.
        for (row, cells) in (0..).zip(book.rows(&sheet)) {
            for (column, cell) in (0..).zip(cells) {
                let cell = match cell {
                    Data::Float(number) => Cell::Number(millionths(number)),
                    Data::Int(number) => Cell::Number(i128::from(number) * MILLION),
                    Data::Empty => continue,
                    other => Cell::Text(other.to_string()),
                };
                sheets.insert((sheet.clone(), row, column), cell);
            }
        }
    }
    for sheet in book.sheets() {
        for ((row, column), formula) in book.formulas(&sheet) {
            let mut reading = Formula { rest: &formula, sheet: &sheet, sheets: &sheets };
            let value = reading.value();
            assert_eq!(reading.rest, "", "all of {formula} is read");
            let given = sheets.get(&(sheet.clone(), row, column));
            assert_eq!(Some(&value), given, "{sheet} {row} {column}: {formula}");
        }
    }
}

fn money(fen: u64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

prop_compose! {
    fn a_plan()(
        amounts in prop::collection::vec(0..300_000_000_u64, 1..4),
        areas in prop::collection::vec((1..200_000_000u64, 0..3u8, prop::option::of(0..900_000u64)), 1..7),
        rate in 0..=100u8,
        pot in 0..50_000u64,
        least in 0..900_000u64,
    ) -> Value {
        let lines: Vec<_> = amounts.iter().enumerate().map(|(index, fen)| json!({
            "id": format!("line-{index}"), "amount": money(*fen),
            "share_by": if index % 2 == 0 { "area" } else { "household" } })).collect();
        let homes: Vec<_> = areas.iter().enumerate().map(|(index, (area, hardship, balance))| {
            let mut home = json!({ "id": index.to_string(),
                "area": format!("{}.{:06}", area / 1_000_000, area % 1_000_000) });
            // The first bears what nobody else does.
            if *hardship == 1 && index > 0 { home["hardship"] = json!("dibao"); }
            if let Some(balance) = balance { home["fund_balance"] = json!(money(*balance)); }
            home
        }).collect();
        json!({ "fentan": 1, "name": "'x'", "lines": lines, "households": homes,
            "sources": [{ "id": "county", "rate": format!("{rate}%") }],
            "relief": { "rates": { "dibao": "0.7" }, "pot": { "id": "pot", "amount": money(pot) } },
            "minimum": { "per_household": money(least), "reduces": ["county"] },
            "channels": [{ "kind": "maintenance_fund" }],
            "maintenance": { "first_per_area": "50" } })
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn formulas_come_to_the_values_they_are_given(plan in a_plan()) {
        assert_formulas_hold(&plan);
    }
}

/// Past the size where a sum of floats may be rounded to another fen, whole fen are added.
#[test]
fn large_sums_are_of_whole_fen() {
    let homes: Vec<_> =
        (0..100).map(|index| json!({ "id": index.to_string(), "area": "60" })).collect();
    let plan = json!({ "fentan": 1, "lines": [{ "id": "gate", "amount": "900000000000.01" }],
        "households": homes });
    assert_formulas_hold(&plan);
}

#[test]
fn a_plan_without_households_or_lines_adds_up() {
    assert_formulas_hold(&json!({ "fentan": 1, "lines": [], "households": [] }));
}
