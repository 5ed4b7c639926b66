//! The fund centre's papers as workbooks of one sheet: 支取分摊清册 and 使用业主意见表, with sums as
//! formulas.

use std::io::Write;

use fentan_core::Fen;
use fentan_core::fund_sheet::FundRow;
use fentan_words::vote;
use rust_xlsxwriter::Worksheet;

use super::cells::{Cells, FIRST, Formats, cell};
use super::formula::{signed, sum};
use super::{check, save};
use crate::fund_opinions::{building, expected};
use crate::fund_sheet::{Sums, by_building, lines, notes, place, scope};
use crate::papers::{Papers, Progress};
use crate::{Error, Paper};

const AREA: u16 = 5;
const SHARE: u16 = 6;
const PRINCIPAL: u16 = 7;
const INTEREST: u16 = 8;
const OWN: u16 = 9;
const PRINCIPAL_BEFORE: u16 = 10;
const INTEREST_BEFORE: u16 = 11;
const BUILDING: u16 = 12;
const CHECK: u16 = 13;

/// Writes one of the two as a workbook.
pub(crate) fn write(
    papers: &Papers<'_>,
    paper: Paper,
    to: impl Write + Send,
    progress: Progress<'_>,
) -> Result<(), Error> {
    check(papers)?;
    let formats = Formats::new();
    let mut sheet = Worksheet::new();
    sheet.set_name(papers.say(&format!("papers.sheet.{}", paper.as_str())))?;
    let rows = fentan_core::fund_sheet::rows(papers.plan, papers.split);
    let ordered = by_building(papers, &rows).into_iter().flat_map(|(_, rows)| rows);
    let ordered: Vec<_> = ordered.collect();
    match paper {
        Paper::FundOpinions => write_opinions(papers, &formats, &mut sheet, &rows, &ordered)?,
        _ => write_sheet(papers, &formats, &mut sheet, &rows, &ordered)?,
    }
    progress(papers.split.households.len());
    save(papers, vec![sheet], to)
}

/// Begins a sheet: its columns, by the keys of their headings, and what the money is for.
fn begin<'s>(
    papers: &'s Papers<'s>,
    formats: &'s Formats,
    sheet: &'s mut Worksheet,
    rows: &[FundRow],
    headings: impl Iterator<Item = (String, u32)>,
) -> Result<Cells<'s>, Error> {
    let headings: Vec<_> = headings.map(|(key, width)| (papers.say(&key), width)).collect();
    let mut cells = Cells::begin(papers, formats, sheet, &headings)?;
    let values = [("lines", &*lines(papers)), ("scope", &scope(papers, rows))];
    let works = papers.say_with("papers.fund-sheet.works-and-scope", &values);
    cells.write_text((1, 0), &works, &formats.note)?;
    Ok(cells)
}

fn write_sheet(
    papers: &Papers<'_>,
    formats: &Formats,
    sheet: &mut Worksheet,
    rows: &[FundRow],
    ordered: &[&FundRow],
) -> Result<(), Error> {
    let headings = [
        ("id", 14),
        ("unit", 7),
        ("floor", 6),
        ("flat", 10),
        ("name", 14),
        ("area", 11),
        ("share", 15),
        ("principal", 15),
        ("interest", 13),
        ("own", 15),
        ("principal-before", 15),
        ("interest-before", 13),
        ("building", 12),
    ];
    let headings = headings.map(|(key, width)| (format!("papers.fund-sheet.{key}"), width));
    let headings = headings.into_iter().chain([("papers.sheet.check".to_owned(), 8)]);
    let mut cells = begin(papers, formats, sheet, rows, headings)?;
    let mut row = FIRST;
    for one in ordered {
        for (column, text) in (0..).zip(place(papers, one.household)) {
            cells.text((row, column), &text)?;
        }
        let home = &papers.plan.households()[one.household];
        cells.number((row, AREA), &home.area.to_string(), &formats.area)?;
        cells.money((row, SHARE), one.share)?;
        cells.money((row, PRINCIPAL), one.principal)?;
        cells.money((row, INTEREST), one.interest)?;
        let own = signed(row, &[('+', SHARE), ('-', PRINCIPAL), ('-', INTEREST)]);
        cells.formula((row, OWN), &own, &one.own.to_string(), &formats.money)?;
        let before = [
            (PRINCIPAL_BEFORE, one.balance.map(|balance| balance.principal)),
            (INTEREST_BEFORE, one.balance.and_then(|balance| balance.interest)),
        ];
        for (column, amount) in before {
            match amount {
                Some(amount) => cells.money((row, column), amount)?,
                None => cells.text((row, column), "")?,
            }
        }
        cells.text((row, BUILDING), &building(papers, one.household))?;
        check_row(&mut cells, row, one.share)?;
        row += 1;
    }
    let sums = Sums::of(papers, rows.iter());
    total(&mut cells, row, sums.area)?;
    let totals = [
        (SHARE, sums.share),
        (PRINCIPAL, sums.principal),
        (INTEREST, sums.interest),
        (OWN, sums.own),
        (PRINCIPAL_BEFORE, sums.principal_before),
        (INTEREST_BEFORE, sums.interest_before),
    ];
    for (column, amount) in totals {
        cells.money_total((row, column), amount)?;
    }
    cells.write_text((row, BUILDING), "", &formats.total)?;
    check_row(&mut cells, row, sums.share)?;
    row += 1;
    let in_full = [
        ("share", sums.share),
        ("principal", sums.principal),
        ("interest", sums.interest),
        ("own", sums.own),
    ];
    for (key, amount) in in_full {
        let name = papers.say(&format!("papers.fund-sheet.{key}"));
        let values = [("name", &*name), ("amount", &papers.in_full(amount))];
        let text = papers.say_with("papers.fund-sheet.total-of", &values);
        cells.write_text((row, 0), &text, &formats.note)?;
        row += 1;
    }
    let digest = papers.digest();
    end(cells, papers, row, notes(papers, rows).into_iter().chain(digest), CHECK)
}

/// That a row's share is what is drawn and what is raised.
fn check_row(cells: &mut Cells<'_>, row: u32, share: Fen) -> Result<(), Error> {
    let parts = sum((row, PRINCIPAL), (row, OWN), share.0, 2);
    cells.check((row, CHECK), &cell((row, SHARE)), parts.trim_start_matches('='))
}

/// Begins the row of sums: its name, and the sum of the areas.
fn total(cells: &mut Cells<'_>, row: u32, area: u128) -> Result<(), Error> {
    let formats = cells.formats;
    let name = cells.papers.say("papers.total");
    cells.write_text((row, 0), &name, &formats.total)?;
    for column in 1..AREA {
        cells.write_text((row, column), "", &formats.total)?;
    }
    let result = vote::total_area(area).replace(',', "");
    if row == FIRST {
        return cells.number((row, AREA), &result, &formats.area_total);
    }
    let formula = sum((FIRST, AREA), (row - 1, AREA), area, 6);
    cells.formula((row, AREA), &formula, &result, &formats.area_total)
}

fn end(
    mut cells: Cells<'_>,
    papers: &Papers<'_>,
    mut row: u32,
    notes: impl IntoIterator<Item = String>,
    last: u16,
) -> Result<(), Error> {
    let formats = cells.formats;
    for note in notes.into_iter().chain([papers.made()]) {
        // So marked, whoever reads the sheet again takes it for no home.
        let note = papers.say_with("papers.fund-sheet.note", &[("note", &note)]);
        cells.write_text((row, 0), &note, &formats.note)?;
        row += 1;
    }
    cells.end(1, (row - 1, last))
}

fn write_opinions(
    papers: &Papers<'_>,
    formats: &Formats,
    sheet: &mut Worksheet,
    rows: &[FundRow],
    ordered: &[&FundRow],
) -> Result<(), Error> {
    const EXPECTED: u16 = 6;
    const OPINIONS: u16 = 10;
    let headings = [
        ("name", 14),
        ("unit", 7),
        ("floor", 6),
        ("flat", 10),
        ("area", 11),
        ("expected", 15),
        ("signature", 16),
        ("signed-on", 14),
        ("telephone", 16),
        ("building", 12),
    ];
    let headings = headings.map(|(key, width)| (format!("papers.fund-opinions.{key}"), width));
    let headings = [("papers.number".to_owned(), 6)].into_iter().chain(headings);
    let mut cells = begin(papers, formats, sheet, rows, headings)?;
    let (mut row, mut area, mut all) = (FIRST, 0, Fen::ZERO);
    for (number, one) in ordered.iter().enumerate() {
        let home = &papers.plan.households()[one.household];
        let amount = expected(papers, one);
        area += u128::from(home.area.millionths());
        all += amount;
        cells.number((row, 0), &(number + 1).to_string(), &formats.mark)?;
        let [_, unit, floor, flat, name] = place(papers, one.household);
        for (column, text) in (1..).zip([name, unit, floor, flat]) {
            cells.text((row, column), &text)?;
        }
        cells.number((row, AREA), &home.area.to_string(), &formats.area)?;
        cells.money((row, EXPECTED), amount)?;
        for column in EXPECTED + 1..OPINIONS {
            cells.text((row, column), "")?;
        }
        cells.text((row, OPINIONS), &building(papers, one.household))?;
        row += 1;
    }
    total(&mut cells, row, area)?;
    cells.money_total((row, EXPECTED), all)?;
    for column in EXPECTED + 1..=OPINIONS {
        cells.write_text((row, column), "", &formats.total)?;
    }
    let said = ["before-relief", "private"];
    let said = said.map(|key| papers.say(&format!("papers.fund-opinions.{key}")));
    let digest = papers.posted_digest();
    end(cells, papers, row + 1, said.into_iter().chain([digest]), OPINIONS)
}
