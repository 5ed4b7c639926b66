//! The sheet of sources: what each offers and pays, and what is left of it.

use fentan_core::Fen;
use fentan_words::source_kind;
use rust_xlsxwriter::Worksheet;

use super::cells::{Cells, FIRST, Formats};
use super::formula::{elsewhere, signed};
use super::lines::OfLines;
use crate::Error;
use crate::papers::{Papers, source_name};

const OFFER: u16 = 4;
const PAID: u16 = 5;
const LEFT: u16 = 6;

/// Where the sum of what sources pay stands.
pub(super) struct OfSources {
    pub(super) paid: String,
}

pub(super) fn write(
    papers: &Papers<'_>,
    formats: &Formats,
    sheet: &mut Worksheet,
    lines: &OfLines,
) -> Result<OfSources, Error> {
    let plan = papers.plan;
    let name = sheet.name();
    let headings = [
        ("term.id", 14),
        ("term.payer", 24),
        ("term.kind", 16),
        ("papers.funding.standard", 46),
        ("term.offer", 17),
        ("term.paid", 17),
        ("papers.sheet.left", 17),
    ];
    let headings = headings.map(|(key, width)| (papers.say(key), width));
    let mut cells = Cells::begin(papers, formats, sheet, &headings)?;

    let sources = plan.sources().iter().map(|source| {
        let kind = source.kind.map(|kind| source_kind(papers.language, kind));
        [source.id.clone(), source_name(source), kind.unwrap_or_default(), papers.standard(source)]
    });
    let pot = plan.agreements().relief.pot.as_ref().map(|pot| {
        let name = pot.name.as_ref().unwrap_or(&pot.id).clone();
        [pot.id.clone(), name, papers.say("term.relief-pot"), String::new()]
    });
    let mut row = FIRST;
    for ((index, texts), split) in (0..).zip(sources.chain(pot)).zip(&papers.split.sources) {
        for (column, text) in (0..).zip(&texts) {
            cells.text((row, column), text)?;
        }
        let paid = format!("={}", lines.payer(index));
        cells.formula((row, PAID), &paid, &split.paid.to_string(), &formats.money)?;
        match split.offer {
            Some(offer) => {
                cells.money((row, OFFER), offer)?;
                let left = signed(row, &[('+', OFFER), ('-', PAID)]);
                let result = offer.less(split.paid).to_string();
                cells.formula((row, LEFT), &left, &result, &formats.money)?;
            }
            None => {
                cells.text((row, OFFER), &papers.say("term.unlimited"))?;
                cells.text((row, LEFT), "")?;
            }
        }
        row += 1;
    }
    cells.write_text((row, 0), &papers.say("papers.total"), &formats.total)?;
    for column in (1..PAID).chain([LEFT]) {
        cells.write_text((row, column), "", &formats.total)?;
    }
    let paid: Fen = papers.split.sources.iter().map(|source| source.paid).sum();
    cells.money_total((row, PAID), paid)?;
    cells.end(2, (row, LEFT))?;
    Ok(OfSources { paid: elsewhere(&name, (row, PAID)) })
}
