//! The sheet of what law and policy say of the plan.

use fentan_core::{Finding, findings};
use fentan_words::{check, finding, listed, provision, severity};
use rust_xlsxwriter::Worksheet;

use super::cells::{Cells, FIRST, Formats};
use crate::Error;
use crate::papers::Papers;

pub(super) fn write(
    papers: &Papers<'_>,
    formats: &Formats,
    sheet: &mut Worksheet,
) -> Result<(), Error> {
    let language = papers.language;
    let headings = [
        ("papers.sheet.severity", 8),
        ("papers.sheet.item", 24),
        ("papers.sheet.finding", 70),
        ("papers.sheet.path", 24),
        ("papers.sheet.clauses", 40),
    ];
    let headings = headings.map(|(key, width)| (papers.say(key), width));
    let mut cells = Cells::begin(papers, formats, sheet, &headings)?;
    let found = findings(papers.plan, papers.split, &papers.packs);
    let mut row = FIRST;
    for one in &found {
        let texts = [
            severity(language, one.severity),
            check(language, one.check),
            finding(language, one),
            one.path.clone(),
            clauses(papers, one),
        ];
        for (column, text) in (0..).zip(&texts) {
            cells.text((row, column), text)?;
        }
        row += 1;
    }
    if found.is_empty() {
        cells.text((row, 2), &papers.say("papers.sheet.no-findings"))?;
        row += 1;
    }
    cells.end(0, (row - 1, 4))
}

fn clauses(papers: &Papers<'_>, one: &Finding) -> String {
    let cited = one.clauses.iter().filter_map(|id| papers.packs.clause(id));
    let cited: Vec<_> = cited.map(|clause| provision(papers.language, clause)).collect();
    if cited.is_empty() { String::new() } else { listed(papers.language, &cited) }
}
