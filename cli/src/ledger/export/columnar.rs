//! Tables as Parquet: text, whole numbers, and money as decimals of eighteen digits.

use std::sync::Arc;

use anyhow::anyhow;
use fentan_ledger::{Cell, Column, Kind, Table};
use fentan_words::{Language, money, say_with};
use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

/// A table as a Parquet file; money is `DECIMAL(18, 2)`, exact.
///
/// # Errors
/// An amount of more than eighteen digits.
pub(crate) fn parquet(language: Language, table: &Table) -> anyhow::Result<Vec<u8>> {
    let fields = table.columns.iter().map(|column| Ok(Arc::new(field(column)?)));
    let fields = fields.collect::<anyhow::Result<Vec<_>>>()?;
    let schema = Arc::new(Type::group_type_builder("ledger").with_fields(fields).build()?);
    let properties = Arc::new(WriterProperties::builder().build());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, properties)?;
    let mut group = writer.next_row_group()?;
    for (position, column) in table.columns.iter().enumerate() {
        let cells = || table.rows.iter().filter_map(|row| row.get(position));
        let levels: Vec<i16> = cells().map(|cell| (*cell != Cell::Empty).into()).collect();
        let Some(mut written) = group.next_column()? else {
            break;
        };
        match column.kind {
            Kind::Text => {
                let texts: Vec<ByteArray> = cells()
                    .filter(|cell| **cell != Cell::Empty)
                    .map(|cell| ByteArray::from(super::text(cell).into_bytes()))
                    .collect();
                written.typed::<ByteArrayType>().write_batch(&texts, Some(&levels), None)?;
            }
            Kind::Count | Kind::Money => {
                let numbers = cells().filter_map(|cell| whole(language, cell));
                let numbers = numbers.collect::<anyhow::Result<Vec<i64>>>()?;
                written.typed::<Int64Type>().write_batch(&numbers, Some(&levels), None)?;
            }
        }
        written.close()?;
    }
    group.close()?;
    Ok(writer.into_inner()?)
}

fn field(column: &Column) -> anyhow::Result<Type> {
    let (physical, logical) = match column.kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Count => (Physical::INT64, None),
        Kind::Money => (Physical::INT64, Some(LogicalType::decimal(2, 18))),
    };
    let field = Type::primitive_type_builder(&column.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical);
    let field = match column.kind {
        Kind::Money => field.with_precision(18).with_scale(2),
        _ => field,
    };
    Ok(field.build()?)
}

/// A count, or an amount in fen.
fn whole(language: Language, cell: &Cell) -> Option<anyhow::Result<i64>> {
    const MOST: u128 = 10u128.pow(18);
    match cell {
        Cell::Money(amount) if amount.0 >= MOST => {
            let values = [("amount", &*money(*amount))];
            Some(Err(anyhow!(say_with(language, "ledger.export.too-large", &values))))
        }
        Cell::Money(amount) => Some(Ok(amount.0 as i64)),
        Cell::Count(count) => Some(Ok(*count as i64)),
        _ => None,
    }
}
