//! A fund centre's sheet (支取分摊清册), read as a roster is, with what falls to each home.

use fentan_core::Value;
use fentan_core::fund_sheet::OtherRow;

use crate::address::{Address, bare_room};
use crate::content::Content;
use crate::imported::Place;
use crate::layout::{Headings, TELLS_HOMES};
use crate::mapping::{LeftOut, Mapping};
use crate::table::{Row, Table};
use crate::tally::Check;
use crate::tidy::tidy;
use crate::told::Told;
use crate::words::FUND_SHEET_HEADINGS;

/// The field of what falls to a home.
pub const SHARE: &str = "fund_share";

/// A sheet that was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FundSheet {
    /// Its rows, each with the name of its sheet and its number there.
    pub rows: Vec<(String, u64, OtherRow)>,
    /// The rows that could not be read, and those that say nothing of a home.
    pub left_out: Vec<LeftOut>,
    /// The rows of homes whose area or amount is no number: the name of the sheet, the row, and
    /// what stands there.
    pub unread: Vec<(String, u64, String)>,
    /// What the sheet says of itself.
    pub checks: Vec<Check>,
    /// What somebody should know of how it was read.
    pub told: Vec<Told>,
}

/// Makes of a mapping of a roster that of a fund centre's sheet: finds what falls to each home, and
/// leaves aside what says neither which home it is nor its area.
pub fn settle(mapping: &mut Mapping) {
    let headings = Headings { words: &FUND_SHEET_HEADINGS, prefixes: &[] };
    let ranks = mapping.columns.iter().enumerate().filter_map(|(position, column)| {
        let (field, rank) = headings.field(&column.heading)?;
        (field == SHARE).then_some((rank, position))
    });
    let share = ranks.min().map(|(_, position)| position);
    for (position, column) in mapping.columns.iter_mut().enumerate() {
        column.field.take_if(|field| !TELLS_HOMES.contains(&field.as_str()));
        if Some(position) == share {
            column.field = Some(SHARE.to_owned());
        }
    }
    mapping.count_zeros();
    mapping.further.iter_mut().for_each(settle);
}

/// Reads sheets, each with its mapping; see [`settle`].
///
/// ```
/// use fentan_import::{Content, Table, fund_sheet};
/// let table = Table::from_text("房屋编号,房号,面积,分摊金额\n3-1-501,501,62.35,\"1,200.50\"\n合计,,62.35,1200.50\n");
/// let mut mapping = Content::Roster.mapping(&table);
/// fund_sheet::settle(&mut mapping);
/// let sheet = fund_sheet::read(&[(&table, mapping)]);
/// assert_eq!((sheet.rows[0].2.id.as_str(), sheet.rows[0].2.amount.to_string()), ("3-1-501", "1200.50".into()));
/// assert!(sheet.checks.iter().all(|check| check.agrees));
/// ```
pub fn read(sheets: &[(&Table, Mapping)]) -> FundSheet {
    let mut imported = Content::Roster.read(sheets);
    let checks = imported.checks();
    let mut amounts = Vec::new();
    for (value, place) in imported.values.iter_mut().zip(&imported.places) {
        let Value::Fields(fields) = value else { continue };
        let position = fields.iter().position(|(name, _)| name == SHARE);
        let amount = position.map(|position| fields.remove(position).1);
        amounts.push(((place.table, place.row), amount));
    }
    imported.sift(Content::Roster, sheets);
    let mut sheet = FundSheet { checks, told: imported.told, ..FundSheet::default() };
    let mut amounts = amounts.into_iter();
    for (value, place) in imported.values.iter().zip(&imported.places) {
        // Those of the values that were left out are passed over.
        let key = (place.table, place.row);
        let amount = amounts.find(|(of, _)| *of == key).and_then(|(_, amount)| amount);
        let text = |field: &str| value.get(field).and_then(Value::text);
        let name = sheets.get(place.sheet).map_or("", |(table, _)| &table.name).to_owned();
        let amount = amount.as_ref().and_then(Value::text).unwrap_or_default();
        match OtherRow::read(text("id").unwrap_or_default(), text("area"), amount) {
            Ok(row) => {
                let flat = flat(sheets, *place);
                let row = row.at(text("building"), text("unit"), flat.as_deref());
                sheet.rows.push((name, place.row, row));
            }
            Err(_) => sheet.unread.push((name, place.row, amount.to_owned())),
        }
    }
    sheet.left_out = imported.left_out;
    sheet
}

/// The flat's number, where the sheet has a column for it.
fn flat(sheets: &[(&Table, Mapping)], place: Place) -> Option<String> {
    let mapping = sheets.iter().flat_map(|(_, mapping)| mapping.all()).nth(place.table)?;
    let is_flat = |field: &Option<String>| field.as_deref() == Some("room");
    let column = mapping.columns.iter().position(|column| is_flat(&column.field))?;
    let (table, _) = sheets.get(place.sheet)?;
    let row = table.rows.binary_search_by_key(&place.row, |row: &Row| row.number).ok()?;
    let cell = tidy(table.rows.get(row)?.cell(column));
    let read = Address::read(&cell).and_then(|address| address.room).unwrap_or(cell);
    Some(bare_room(&read).to_owned()).filter(|flat| !flat.is_empty())
}
