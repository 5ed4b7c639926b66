//! Tables of the ledger as files: CSV, a workbook, Parquet.
//!
//! In a crate of its own, so that only who exports compiles the formats.

#![forbid(unsafe_code)]

mod columnar;
mod workbook;

use fentan_ledger::{Cell, Table};

pub use columnar::parquet;
pub use workbook::xlsx;

/// Why a table can't be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// CSV.
    #[error(transparent)]
    Csv(#[from] csv::Error),
    /// A workbook.
    #[error(transparent)]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// Parquet.
    #[error(transparent)]
    Parquet(#[from] ::parquet::errors::ParquetError),
    /// An amount that the format has no place for.
    #[error("{0} does not fit eighteen digits")]
    TooLarge(fentan_core::Fen),
}

/// A table as CSV, money with two decimals, an empty cell where there is nothing.
///
/// # Errors
/// None that a table in memory can give rise to.
pub fn csv(table: &Table) -> Result<Vec<u8>, Error> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    writer.write_record(table.columns.iter().map(|column| column.name.as_str()))?;
    for row in &table.rows {
        writer.write_record(row.iter().map(text))?;
    }
    writer.into_inner().map_err(|error| ::csv::Error::from(error.into_error()).into())
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Count(count) => count.to_string(),
        Cell::Money(amount) => amount.to_string(),
    }
}
