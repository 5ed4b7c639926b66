//! The first sheet: what the plan is, who pays, and whether all of it adds up.

use fentan_core::Fen;
use fentan_words::source_kind;
use rust_xlsxwriter::Worksheet;

use super::cells::{Cells, FIRST, Formats, cell};
use super::formula::sum;
use super::households::{OfDetail, OfHouseholds};
use super::lines::OfLines;
use super::sources::OfSources;
use crate::Error;
use crate::papers::{Papers, source_name};

/// Where the totals of the other sheets stand.
pub(super) struct Totals<'t> {
    pub(super) lines: &'t OfLines,
    pub(super) sources: &'t OfSources,
    pub(super) households: &'t OfHouseholds,
    pub(super) detail: &'t OfDetail,
}

const AMOUNT: u16 = 2;
const PART: u16 = 3;

pub(super) fn write(
    papers: &Papers<'_>,
    formats: &Formats,
    sheet: &mut Worksheet,
    totals: &Totals<'_>,
) -> Result<(), Error> {
    let split = papers.split;
    let headings =
        [("term.payer", 30), ("term.kind", 24), ("papers.amount", 20), ("papers.part", 12)];
    let headings = headings.map(|(key, width)| (papers.say(key), width));
    let mut cells = Cells::begin(papers, formats, sheet, &headings)?;
    cells.write_text((1, AMOUNT), &papers.say("papers.unit"), &formats.unit)?;

    let plan = papers.plan;
    let sources = plan.sources().iter().map(|source| {
        let kind = source.kind.map(|kind| source_kind(papers.language, kind));
        (source_name(source), kind.unwrap_or_default())
    });
    let pot =
        plan.agreements().relief.pot.iter().map(|pot| {
            (pot.name.as_ref().unwrap_or(&pot.id).clone(), papers.say("term.relief-pot"))
        });
    let payers = sources.chain(pot).zip(&split.sources);
    let mut rows: Vec<_> = (0..)
        .zip(payers)
        .map(|(index, (texts, of))| (texts, totals.lines.payer(index), of.paid))
        .collect();
    let residents = (papers.say("term.residents"), String::new());
    rows.push((residents, totals.lines.residents(), split.residents));
    let whole = FIRST + rows.len() as u32;
    for (row, ((name, kind), formula, amount)) in (FIRST..).zip(rows) {
        cells.text((row, 0), &name)?;
        cells.text((row, 1), &kind)?;
        let formula = format!("={formula}");
        cells.formula((row, AMOUNT), &formula, &amount.to_string(), &formats.money)?;
        let part = part(row, whole, amount, split.budget);
        cells.formula((row, PART), &part.0, &part.1, &formats.part)?;
    }
    cells.write_text((whole, 0), &papers.say("papers.total"), &formats.total)?;
    cells.write_text((whole, 1), "", &formats.total)?;
    let formula = sum((FIRST, AMOUNT), (whole - 1, AMOUNT), split.budget.0, 2);
    cells.formula((whole, AMOUNT), &formula, &split.budget.to_string(), &formats.money_total)?;
    let all = part(whole, whole, split.budget, split.budget);
    cells.formula((whole, PART), &all.0, &all.1, &formats.part_total)?;

    let mut row = whole + 2;
    let lines_residents = totals.lines.residents();
    let sides = [
        (
            "budget-check",
            totals.lines.budget(),
            format!("ROUND({}+{lines_residents},2)", totals.sources.paid),
        ),
        ("residents-check", lines_residents.clone(), totals.households.due.clone()),
        ("channels-check", lines_residents.clone(), totals.households.paid.clone()),
        ("detail-check", lines_residents, totals.detail.due.clone()),
    ];
    for (key, one, other) in sides {
        cells.text((row, 0), &papers.say(&format!("papers.sheet.{key}")))?;
        cells.check((row, 1), &one, &other)?;
        row += 1;
    }
    row += 1;
    let facts = [
        ("papers.sheet.households", split.households.len().to_string()),
        ("term.area", papers.total_area()),
        ("papers.sheet.lines", split.lines.len().to_string()),
    ];
    for (key, value) in facts {
        cells.text((row, 0), &papers.say(key))?;
        cells.text((row, 1), &value)?;
        row += 1;
    }
    let notes = [Some(papers.say("papers.sheet.formulas")), Some(papers.made()), papers.digest()];
    for note in notes.into_iter().flatten() {
        cells.write_text((row, 0), &note, &formats.note)?;
        row += 1;
    }
    cells.end(1, (row - 1, PART))
}

/// A row's part of the whole, as a formula and what it comes to, to four decimals, halves up.
fn part(row: u32, whole: u32, amount: Fen, budget: Fen) -> (String, String) {
    let (one, all) = (cell((row, AMOUNT)), cell((whole, AMOUNT)));
    let parts = (amount.0 * 20_000 + budget.0).checked_div(budget.0 * 2).unwrap_or_default();
    let result = format!("{}.{:04}", parts / 10_000, parts % 10_000);
    (format!("=IF({all}=0,0,ROUND({one}/{all},4))"), result)
}
