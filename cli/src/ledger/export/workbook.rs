//! Tables as sheets of a workbook.

use fentan_ledger::{Cell, Table};
use fentan_words::printable;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook};

use super::text;

/// A workbook with a sheet for each table: frozen headings, money as numbers.
///
/// A sheet's numbers are binary floats in memory and digits in the file; up to fifteen digits come
/// out as they went in, and amounts with more stand as text.
///
/// # Errors
/// A table with more rows, columns or text than a sheet can hold.
pub(super) fn xlsx(tables: &[(&str, Table)]) -> anyhow::Result<Vec<u8>> {
    const MOST_DIGITS: usize = 15;
    let mut workbook = Workbook::new();
    // The same bytes for the same ledger, whenever it is written.
    let written = ExcelDateTime::from_ymd(2020, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&written));
    let (heading, money) = (Format::new().set_bold(), Format::new().set_num_format("#,##0.00"));
    for (name, table) in tables {
        let sheet = workbook.add_worksheet();
        sheet.set_name(*name)?.set_freeze_panes(1, 1)?;
        for (position, column) in (0..).zip(&table.columns) {
            sheet.write_string_with_format(0, position, printable(&column.name), &heading)?;
        }
        for (line, row) in (1..).zip(&table.rows) {
            for (position, cell) in (0..).zip(row) {
                let digits = text(cell);
                let is_exact = digits.bytes().filter(u8::is_ascii_digit).count() <= MOST_DIGITS;
                match (cell, digits.parse::<f64>()) {
                    (Cell::Empty, _) => continue,
                    (Cell::Money(_), Ok(number)) if is_exact => {
                        sheet.write_number_with_format(line, position, number, &money)?
                    }
                    (Cell::Count(_), Ok(number)) if is_exact => {
                        sheet.write_number(line, position, number)?
                    }
                    _ => sheet.write_string(line, position, printable(&digits))?,
                };
            }
        }
        sheet.autofit();
    }
    Ok(workbook.save_to_buffer()?)
}
