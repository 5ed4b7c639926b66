//! The sheet of households, and that of what each pays of each line.

use fentan_core::Fen;
use fentan_words::{channel, vote};
use rust_xlsxwriter::Worksheet;

use super::cells::{Cells, FIRST, Formats, cell};
use super::formula::{elsewhere, signed, sum};
use crate::Error;
use crate::csv::CHANNELS;
use crate::papers::{ByHousehold, Papers, line_name};

const AREA: u16 = 4;
const SHARE: u16 = 5;
const RELIEF: u16 = 6;
const BORNE: u16 = 7;
const TOP_UP: u16 = 8;
const INDIVIDUAL: u16 = 9;
const DUE: u16 = 10;
/// The first of the channels.
const PAID: u16 = 11;
const LAST_PAID: u16 = PAID + CHANNELS.len() as u16 - 1;
const CHECK: u16 = LAST_PAID + 1;
const FUND_AFTER: u16 = CHECK + 1;
const REPLENISH: u16 = FUND_AFTER + 1;

/// Where the totals stand.
pub(super) struct OfHouseholds {
    /// What all owe.
    pub(super) due: String,
    /// What all channels pay.
    pub(super) paid: String,
}

pub(super) fn write(
    papers: &Papers<'_>,
    formats: &Formats,
    sheet: &mut Worksheet,
    progress: &mut dyn FnMut(usize),
) -> Result<OfHouseholds, Error> {
    let plan = papers.plan;
    let name = sheet.name();
    let headings = [
        ("term.household", 14),
        ("term.building", 8),
        ("papers.sheet.unit", 7),
        ("term.floor", 7),
        ("term.area", 11),
        ("term.share", 14),
        ("term.relief", 13),
        ("term.borne", 13),
        ("term.top-up", 13),
        ("term.individual", 13),
        ("term.due", 15),
    ];
    let headings = headings.map(|(key, width)| (papers.say(key), width)).into_iter();
    let channels = CHANNELS.iter().map(|(name, _)| (channel(papers.language, name), 14));
    let further = [("papers.sheet.check", 8), ("term.fund-after", 14), ("term.replenish", 14)];
    let further = further.map(|(key, width)| (papers.say(key), width));
    let headings: Vec<_> = headings.chain(channels).chain(further).collect();
    let mut cells = Cells::begin(papers, formats, sheet, &headings)?;

    let mut totals = [Fen::ZERO; (REPLENISH - SHARE) as usize + 1];
    let mut area = 0;
    let mut row = FIRST;
    for ((index, home), split) in (1..).zip(plan.households()).zip(&papers.split.households) {
        cells.text((row, 0), &home.id)?;
        cells.text((row, 1), plan.building_of(home).unwrap_or_default())?;
        cells.text((row, 2), plan.unit_of(home).unwrap_or_default())?;
        match home.floor {
            Some(floor) => cells.number((row, 3), &floor.to_string(), &formats.mark)?,
            None => cells.text((row, 3), "")?,
        }
        area += u128::from(home.area.millionths());
        cells.number((row, AREA), &vote::area(home.area).replace(',', ""), &formats.area)?;
        let amounts = [split.share, split.relief, split.borne, split.top_up, split.individual];
        for (column, amount) in (SHARE..).zip(amounts) {
            cells.money((row, column), amount)?;
        }
        let due = signed(
            row,
            &[('+', SHARE), ('-', RELIEF), ('+', BORNE), ('+', TOP_UP), ('+', INDIVIDUAL)],
        );
        cells.formula((row, DUE), &due, &split.due.to_string(), &formats.money)?;
        let paid = CHANNELS.map(|(_, amount)| amount(&split.paid));
        for (column, amount) in (PAID..).zip(paid) {
            cells.money((row, column), amount)?;
        }
        let channels = sum((row, PAID), (row, LAST_PAID), split.due.0, 2);
        cells.check((row, CHECK), &cell((row, DUE)), channels.trim_start_matches('='))?;
        let accounts = [split.fund_after, split.replenish];
        for (column, amount) in (FUND_AFTER..).zip(accounts) {
            match amount {
                Some(amount) => cells.money((row, column), amount)?,
                None => cells.text((row, column), "")?,
            }
        }
        let all = amounts.into_iter().chain([split.due]).chain(paid).chain([Fen::ZERO]);
        let all = all.chain(accounts.map(Option::unwrap_or_default));
        for (total, amount) in totals.iter_mut().zip(all) {
            *total += amount;
        }
        row += 1;
        progress(index / 2);
    }
    cells.write_text((row, 0), &papers.say("papers.total"), &formats.total)?;
    for column in 1..AREA {
        cells.write_text((row, column), "", &formats.total)?;
    }
    if row > FIRST {
        let formula = sum((FIRST, AREA), (row - 1, AREA), area, 6);
        let result = vote::total_area(area).replace(',', "");
        cells.formula((row, AREA), &formula, &result, &formats.area_total)?;
    }
    for (column, total) in (SHARE..).zip(totals).filter(|(column, _)| *column != CHECK) {
        cells.money_total((row, column), total)?;
    }
    let paid = sum((row, PAID), (row, LAST_PAID), papers.split.residents.0, 2);
    let paid = paid.trim_start_matches('=');
    cells.check((row, CHECK), &cell((row, DUE)), paid)?;
    cells.end(1, (row, REPLENISH))?;
    let range = format!("{}:{}", elsewhere(&name, (row, PAID)), cell((row, LAST_PAID)));
    Ok(OfHouseholds { due: elsewhere(&name, (row, DUE)), paid: format!("ROUND(SUM({range}),2)") })
}

/// Where the total of the detail stands.
pub(super) struct OfDetail {
    pub(super) due: String,
}

/// By household and line, what it pays: share − relief + borne.
pub(super) fn write_detail(
    papers: &Papers<'_>,
    formats: &Formats,
    sheet: &mut Worksheet,
    progress: &mut dyn FnMut(usize),
) -> Result<OfDetail, Error> {
    let plan = papers.plan;
    let name = sheet.name();
    let lines = plan.lines().iter().map(|line| (line_name(line), 14));
    let headings = [(papers.say("term.household"), 14)].into_iter().chain(lines);
    let further = [("term.top-up", 13), ("term.due", 15), ("papers.sheet.check", 8)];
    let further = further.map(|(key, width)| (papers.say(key), width));
    let headings: Vec<_> = headings.chain(further).collect();
    let mut cells = Cells::begin(papers, formats, sheet, &headings)?;

    let top_up = plan.lines().len() as u16 + 1;
    let (due, check) = (top_up + 1, top_up + 2);
    let owed = papers.say("papers.sheet.households");
    let mut totals = vec![Fen::ZERO; usize::from(top_up)];
    let mut parts = ByHousehold::new(papers.parts());
    let mut row = FIRST;
    let all = papers.split.households.len();
    for (index, split) in papers.split.households.iter().enumerate() {
        cells.text((row, 0), &split.id)?;
        for ((column, part), total) in (1..).zip(parts.of(index)).zip(&mut totals) {
            if let Some(part) = part {
                *total += part.due();
                cells.money((row, column), part.due())?;
            } else {
                cells.text((row, column), "")?;
            }
        }
        if let Some(total) = totals.last_mut() {
            *total += split.top_up;
        }
        cells.money((row, top_up), split.top_up)?;
        let all_of_row = sum((row, 1), (row, top_up), split.due.0, 2);
        cells.formula((row, due), &all_of_row, &split.due.to_string(), &formats.money)?;
        cells.check((row, check), &cell((row, due)), &elsewhere(&owed, (row, DUE)))?;
        row += 1;
        let done = all + index + 1;
        progress(done / 2);
    }
    cells.write_text((row, 0), &papers.say("papers.total"), &formats.total)?;
    totals.push(papers.split.residents);
    for (column, total) in (1..).zip(totals) {
        cells.money_total((row, column), total)?;
    }
    cells.check((row, check), &cell((row, due)), &elsewhere(&owed, (row, DUE)))?;
    cells.end(1, (row, check))?;
    Ok(OfDetail { due: elsewhere(&name, (row, due)) })
}
