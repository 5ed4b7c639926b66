//! 退款清册 as a workbook of one sheet, with what is returned and the sums as formulas.

use std::io::Write;

use rust_xlsxwriter::Worksheet;

use super::cells::{Cells, FIRST, Formats};
use super::formula::signed;
use super::{MOST, MOST_ROWS, save};
use crate::Error;
use crate::account::{AccountPapers, returned};

const NAME: u16 = 2;
const PAID: u16 = 3;
const FINAL_CASH: u16 = 4;
const TO_RETURN: u16 = 5;
const SIGNATURE: u16 = 7;

/// Writes the list of refunds as a workbook.
pub(crate) fn write(account: &AccountPapers<'_>, to: impl Write + Send) -> Result<(), Error> {
    let (papers, settled) = (account.papers, &account.settled);
    let (households, lines) = (settled.households.len(), settled.lines.len());
    if households > MOST_ROWS {
        return Err(Error::TooManyRows { households, lines });
    }
    let amount = settled.paid.max(settled.final_cash);
    if amount > MOST {
        return Err(Error::TooLarge { amount, most: MOST });
    }
    let formats = Formats::new();
    let mut sheet = Worksheet::new();
    sheet.set_name(papers.say("account-paper.refunds"))?;
    let headings = [
        ("papers.number", 6),
        ("term.household", 14),
        ("account-papers.name", 14),
        ("collection.paid", 15),
        ("collection.final-cash", 15),
        ("collection.to-return", 15),
        ("account-papers.refunds.account", 24),
        ("account-papers.refunds.signature", 16),
    ];
    let headings = headings.map(|(key, width)| (papers.say(key), width));
    let mut cells = Cells::begin(papers, &formats, &mut sheet, &headings)?;
    cells.write_text((1, 0), &account.say("refunds.private"), &formats.note)?;
    let mut row = FIRST;
    for (number, (household, one)) in returned(account).enumerate() {
        let home = &papers.plan.households()[household];
        cells.number((row, 0), &(number + 1).to_string(), &formats.mark)?;
        cells.text((row, 1), &home.id)?;
        cells.text((row, NAME), home.name.as_deref().unwrap_or_default())?;
        cells.money((row, PAID), one.paid)?;
        cells.money((row, FINAL_CASH), one.final_cash)?;
        let difference = signed(row, &[('+', PAID), ('-', FINAL_CASH)]);
        let to_return = one.to_return.to_string();
        cells.formula((row, TO_RETURN), &difference, &to_return, &formats.money)?;
        for column in TO_RETURN + 1..=SIGNATURE {
            cells.text((row, column), "")?;
        }
        row += 1;
    }
    cells.write_text((row, 0), &papers.say("papers.total"), &formats.total)?;
    for column in [1, NAME, TO_RETURN + 1, SIGNATURE] {
        cells.write_text((row, column), "", &formats.total)?;
    }
    let sum = |amount: fn(&_) -> _| returned(account).map(|(_, one)| amount(one)).sum();
    cells.money_total((row, PAID), sum(|one: &fentan_core::collection::SettledOf| one.paid))?;
    cells.money_total((row, FINAL_CASH), sum(|one| one.final_cash))?;
    cells.money_total((row, TO_RETURN), settled.to_return)?;
    cells.write_text((row + 1, 0), &papers.in_full(settled.to_return), &formats.note)?;
    cells.end(2, (row + 1, SIGNATURE))?;
    save(papers, vec![sheet], to)
}
