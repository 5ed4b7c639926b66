//! The sheet of lines by payers.

use std::iter;

use fentan_core::Fen;
use fentan_words::{category, tier};
use rust_xlsxwriter::Worksheet;

use super::cells::{Cells, FIRST, Formats, Place, cell};
use super::formula::{elsewhere, sum};
use crate::Error;
use crate::papers::{Papers, line_name, source_name};

/// Where the totals stand.
pub(super) struct OfLines {
    sheet: String,
    row: u32,
    sources: u16,
}

/// The first column of amounts: the lines' own.
const AMOUNT: u16 = 5;

impl OfLines {
    fn total(&self, column: u16) -> String {
        elsewhere(&self.sheet, (self.row, column))
    }

    /// The budget.
    pub(super) fn budget(&self) -> String {
        self.total(AMOUNT)
    }

    /// What a payer pays, the relief pot as the last of the sources.
    pub(super) fn payer(&self, index: u16) -> String {
        self.total(AMOUNT + 1 + index)
    }

    /// What top-ups and residents pay.
    pub(super) fn residents(&self) -> String {
        let top_up = AMOUNT + 2 + self.sources;
        format!("ROUND({}+{},2)", self.total(top_up), self.total(top_up + 1))
    }
}

pub(super) fn write(
    papers: &Papers<'_>,
    formats: &Formats,
    sheet: &mut Worksheet,
) -> Result<OfLines, Error> {
    let (plan, language) = (papers.plan, papers.language);
    let name = sheet.name();
    let headings = ["term.id", "term.line", "papers.funding.category", "papers.funding.tier"];
    let headings = headings.into_iter().zip([12, 26, 18, 9]);
    let headings = headings.chain([("papers.notice.sharing", 18), ("papers.amount", 15)]);
    let headings = headings.map(|(key, width)| (papers.say(key), width));
    let sources = plan.sources().iter().map(|source| (source_name(source), 15));
    let further = ["term.relief-pot", "term.top-up", "term.residents", "papers.sheet.check"];
    let further = further.into_iter().zip([15, 15, 15, 8]);
    let further = further.map(|(key, width)| (papers.say(key), width));
    let headings: Vec<_> = headings.chain(sources).chain(further).collect();
    let mut cells = Cells::begin(papers, formats, sheet, &headings)?;

    let payers = plan.sources().len() as u16;
    let (first_payer, last_payer) = (AMOUNT + 1, AMOUNT + payers + 3);
    let mut totals = vec![Fen::ZERO; usize::from(last_payer - AMOUNT) + 1];
    let mut row = FIRST;
    for (line, split) in plan.lines().iter().zip(&papers.split.lines) {
        let category = line.category.map(|one| category(language, one)).unwrap_or_default();
        let tier = line.tier.map(|one| tier(language, one)).unwrap_or_default();
        let texts = [line.id.clone(), line_name(line), category, tier, papers.sharing(line)];
        for (column, text) in (0..).zip(texts) {
            cells.text((row, column), &text)?;
        }
        let of_source = |id: &str| {
            let paid = split.paid.iter().find(|(source, _)| source == id);
            paid.map(|&(_, amount)| amount).unwrap_or_default()
        };
        let amounts = iter::once(split.amount)
            .chain(plan.sources().iter().map(|source| of_source(&source.id)))
            .chain([split.relief_pot, split.top_up, split.left_to_residents]);
        for ((column, amount), total) in (AMOUNT..).zip(amounts).zip(&mut totals) {
            *total += amount;
            cells.money((row, column), amount)?;
        }
        let paid = sum((row, first_payer), (row, last_payer), split.amount.0, 2);
        let paid = paid.trim_start_matches('=').to_owned();
        cells.check((row, last_payer + 1), &cell((row, AMOUNT)), &paid)?;
        row += 1;
    }
    cells.write_text((row, 0), &papers.say("papers.total"), &formats.total)?;
    for column in 1..AMOUNT {
        cells.write_text((row, column), "", &formats.total)?;
    }
    for (column, total) in (AMOUNT..).zip(totals) {
        cells.money_total((row, column), total)?;
    }
    let paid = sum((row, first_payer), (row, last_payer), papers.split.budget.0, 2);
    let last: Place = (row, last_payer + 1);
    cells.check(last, &cell((row, AMOUNT)), paid.trim_start_matches('='))?;
    cells.end(2, last)?;
    Ok(OfLines { sheet: name, row, sources: payers })
}
