//! 工作簿: all figures of a split, with totals as live formulas whose values are set, so that
//! every program shows the same and anyone can check the sums.

mod cells;
mod findings;
mod formula;
pub(crate) mod fund;
mod households;
mod lines;
pub(crate) mod refunds;
mod sources;
mod summary;

use std::io::Write;

use fentan_core::Fen;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet};

use crate::Error;
use crate::papers::{Papers, Progress};
use cells::Formats;

/// The rows and columns of a sheet, less those of headings and totals.
const MOST_ROWS: usize = 1_048_576 - 8;
const MOST_COLUMNS: usize = 16_384 - 16;

/// The most that a number of a sheet may be: fifteen digits are kept exactly, and sums of a few
/// of these.
const MOST: Fen = Fen(100_000_000_000_000);

/// Writes the workbook.
pub(crate) fn write(
    papers: &Papers<'_>,
    to: impl Write + Send,
    progress: Progress<'_>,
) -> Result<(), Error> {
    check(papers)?;
    let formats = Formats::new();
    let sheet = |name: &str| -> Result<Worksheet, Error> {
        let mut sheet = Worksheet::new();
        sheet.set_name(papers.say(&format!("papers.sheet.{name}")))?;
        Ok(sheet)
    };
    let mut summary = sheet("summary")?;
    let mut sources = sheet("sources")?;
    let mut lines = sheet("lines")?;
    let mut households = sheet("households")?;
    let mut detail = sheet("detail")?;
    let mut findings = sheet("findings")?;

    let of_lines = lines::write(papers, &formats, &mut lines)?;
    let of_sources = sources::write(papers, &formats, &mut sources, &of_lines)?;
    let of_households = households::write(papers, &formats, &mut households, progress)?;
    let of_detail = households::write_detail(papers, &formats, &mut detail, progress)?;
    findings::write(papers, &formats, &mut findings)?;
    let totals = summary::Totals {
        lines: &of_lines,
        sources: &of_sources,
        households: &of_households,
        detail: &of_detail,
    };
    summary::write(papers, &formats, &mut summary, &totals)?;

    save(papers, vec![summary, sources, lines, households, detail, findings], to)
}

/// Puts sheets together, with what is said of the workbook as a whole.
fn save(papers: &Papers<'_>, sheets: Vec<Worksheet>, to: impl Write + Send) -> Result<(), Error> {
    let mut workbook = Workbook::new();
    let (year, month, day) = (papers.date.year(), papers.date.month(), papers.date.day());
    let made = ExcelDateTime::from_ymd(year, month, day)?;
    let properties = DocProperties::new()
        .set_title(papers.name())
        .set_author("fentan")
        .set_creation_datetime(&made);
    workbook.set_properties(&properties);
    for sheet in sheets {
        workbook.push_worksheet(sheet);
    }
    Ok(workbook.save_to_writer(to)?)
}

/// Whether the sheets hold everything, exactly.
fn check(papers: &Papers<'_>) -> Result<(), Error> {
    let (plan, split) = (papers.plan, papers.split);
    let (households, lines) = (split.households.len(), split.lines.len());
    let columns = lines.max(split.sources.len());
    if households.max(lines) > MOST_ROWS || columns > MOST_COLUMNS {
        return Err(Error::TooManyRows { households, lines });
    }
    let accounts = split.households.iter().flat_map(|one| [one.fund_after, one.replenish]);
    let accounts: Fen = accounts.flatten().sum();
    let offers = split.sources.iter().filter_map(|source| source.offer);
    let pot = plan.agreements().relief.pot.as_ref().map(|pot| pot.amount);
    match offers.chain(pot).chain([split.budget, accounts]).max() {
        Some(amount) if amount > MOST => Err(Error::TooLarge { amount, most: MOST }),
        _ => Ok(()),
    }
}
