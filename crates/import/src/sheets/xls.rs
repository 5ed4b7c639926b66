//! XLS workbooks of Excel 97 and later (BIFF8, MS-XLS), which many offices' programs still write.

mod records;

use std::io::{Cursor, Read};

use self::records::{Record, Records};
use super::figure::{Figure, Format};
use super::grid::{Grid, Look, Room};
use super::{Unreadable, bounds};
use crate::table::{Merged, Table};

/// The kinds of records that are looked at.
mod kind {
    pub const FORMULA: u16 = 0x0006;
    pub const EOF: u16 = 0x000a;
    pub const DATE_MODE: u16 = 0x0022;
    pub const FILE_PASS: u16 = 0x002f;
    pub const BOUND_SHEET: u16 = 0x0085;
    pub const MUL_RK: u16 = 0x00bd;
    pub const RICH_STRING: u16 = 0x00d6;
    pub const XF: u16 = 0x00e0;
    pub const COLUMN_INFO: u16 = 0x007d;
    pub const FILTER_MODE: u16 = 0x009b;
    pub const MERGE_CELLS: u16 = 0x00e5;
    pub const SST: u16 = 0x00fc;
    pub const FONT: u16 = 0x0031;
    pub const LABEL_SST: u16 = 0x00fd;
    pub const NUMBER: u16 = 0x0203;
    pub const LABEL: u16 = 0x0204;
    pub const BOOL_ERR: u16 = 0x0205;
    pub const STRING: u16 = 0x0207;
    pub const ROW: u16 = 0x0208;
    pub const RK: u16 = 0x027e;
    pub const FORMAT: u16 = 0x041e;
    pub const BOF: u16 = 0x0809;
}

/// The version of the records that Excel 97 brought.
const BIFF8: u16 = 0x0600;

pub(super) fn open(bytes: &[u8]) -> Result<Vec<Table>, Unreadable> {
    let stream = workbook(bytes)?;
    let globals = Globals::read(&stream)?;
    let mut room = Room::default();
    let mut tables = Vec::new();
    // No record belongs to two sheets.
    let mut unread = stream.len();
    for sheet in &globals.sheets {
        let records = stream.get(sheet.start..).ok_or(Unreadable::Broken)?;
        let grid = grid(Records::new(records), &globals, &mut room, &mut unread)?;
        tables.push(grid.into_table(sheet.name.clone(), sheet.hidden));
    }
    if tables.is_empty() {
        return Err(Unreadable::OtherFormat);
    }
    Ok(tables)
}

/// The stream of records in the file's file system.
fn workbook(bytes: &[u8]) -> Result<Vec<u8>, Unreadable> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| Unreadable::Broken)?;
    // What is encrypted is put whole into a file system, XLSX too.
    if file.is_stream("/EncryptedPackage") {
        return Err(Unreadable::Password);
    }
    // Programs of others call it Book, as Excel 95 did; what it is shows in its first record.
    let names = ["/Workbook", "/Book"];
    let name = names.into_iter().find(|name| file.is_stream(name));
    let name = name.ok_or(Unreadable::OtherFormat)?;
    let stream = file.open_stream(name).map_err(|_| Unreadable::Broken)?;
    let mut records = Vec::new();
    // No stream is longer than its file.
    let most = bounds::MOST_BYTES as u64;
    stream.take(most).read_to_end(&mut records).map_err(|_| Unreadable::Broken)?;
    Ok(records)
}

/// A sheet as the workbook names it, and where its records start.
struct Named {
    name: String,
    hidden: bool,
    start: usize,
}

/// What the cells of all sheets refer to.
#[derive(Default)]
struct Globals {
    sheets: Vec<Named>,
    texts: Vec<String>,
    codes: Vec<(u16, Format)>,
    /// The number of each style's format, and what else it does to a cell.
    styles: Vec<(u16, Look)>,
    /// Whether each font strikes out.
    fonts: Vec<bool>,
    from_1904: bool,
}

impl Globals {
    fn read(stream: &[u8]) -> Result<Globals, Unreadable> {
        let mut records = Records::new(stream);
        let first = records.next().ok_or(Unreadable::OldExcel)?;
        if first.kind != kind::BOF || first.fields().u16() != Some(BIFF8) {
            return Err(Unreadable::OldExcel);
        }
        let mut globals = Globals::default();
        for record in records {
            match record.kind {
                kind::EOF => return Ok(globals),
                kind::FILE_PASS => return Err(Unreadable::Password),
                _ => globals.take(&record).ok_or(Unreadable::Broken)?,
            }
        }
        Err(Unreadable::Broken)
    }

    fn take(&mut self, record: &Record<'_>) -> Option<()> {
        let mut fields = record.fields();
        match record.kind {
            kind::DATE_MODE => self.from_1904 = fields.u16()? == 1,
            kind::BOUND_SHEET => {
                let start = usize::try_from(fields.u32()?).ok()?;
                let hidden = fields.byte()? & 3 != 0;
                let is_sheet = fields.byte()? == 0;
                let length = fields.byte()?;
                let name = fields.text(u16::from(length))?;
                if is_sheet {
                    self.sheets.push(Named { name, hidden, start });
                }
            }
            kind::FORMAT => {
                let number = fields.u16()?;
                let length = fields.u16()?;
                self.codes.push((number, Format::of_code(&fields.text(length)?)));
            }
            kind::FONT => {
                const STRUCK: u16 = 8;
                fields.u16()?;
                self.fonts.push(fields.u16()? & STRUCK != 0);
            }
            kind::XF => {
                // No font has the number 4.
                let font = usize::from(fields.u16()?);
                let font = if font > 4 { font - 1 } else { font };
                let is_struck = self.fonts.get(font).copied().unwrap_or_default();
                let format = fields.u16()?;
                fields.u32()?;
                // The lower half of the byte behind protection, alignment and rotation.
                let indent = fields.byte().unwrap_or_default() & 0x0f;
                self.styles.push((format, Look { indent, is_struck }));
            }
            kind::SST => {
                fields.u32()?;
                let count = fields.u32()?;
                // Some programs count more than there are.
                for _ in 0..count.min(bounds::MOST_CELLS as u32) {
                    if fields.is_empty() {
                        break;
                    }
                    self.texts.push(fields.rich_text()?);
                }
            }
            _ => {}
        }
        Some(())
    }

    fn format(&self, style: u16) -> Format {
        let Some(&(number, _)) = self.styles.get(usize::from(style)) else {
            return Format::Plain;
        };
        let code = self.codes.iter().find(|(one, _)| *one == number);
        code.map_or_else(|| Format::of_number(number), |&(_, format)| format)
    }

    /// What the style of a text's record does to its cell.
    fn look_of(&self, record: &Record<'_>) -> Option<Look> {
        if !matches!(record.kind, kind::LABEL_SST | kind::LABEL | kind::RICH_STRING) {
            return None;
        }
        let mut fields = record.fields();
        fields.u32()?;
        let style = fields.u16()?;
        self.styles.get(usize::from(style)).map(|&(_, look)| look)
    }

    fn shown(&self, figure: Option<Figure>, style: u16) -> String {
        figure.map_or_else(String::new, |one| one.shown(self.format(style), self.from_1904))
    }
}

fn grid(
    records: Records<'_>,
    globals: &Globals,
    room: &mut Room,
    unread: &mut usize,
) -> Result<Grid, Unreadable> {
    let mut grid = Grid::default();
    let mut depth = 0usize;
    let mut formula = None;
    for record in records {
        *unread = unread.checked_sub(record.whole_length()).ok_or(Unreadable::Broken)?;
        match record.kind {
            // Charts inside the sheet have cells of their own.
            kind::BOF => depth += 1,
            kind::EOF if depth <= 1 => return Ok(grid),
            kind::EOF => depth -= 1,
            _ if depth > 1 => {}
            kind::MERGE_CELLS => merge(&mut grid, &record)?,
            kind::FILTER_MODE => grid.is_filtered = true,
            kind::ROW | kind::COLUMN_INFO => hide(&mut grid, &record)?,
            _ => {
                let cells = cells(&record, globals, &mut formula).ok_or(Unreadable::Broken)?;
                if let [(at, _)] = cells[..]
                    && let Some(look) = globals.look_of(&record)
                {
                    grid.look(at, look);
                }
                for (at, text) in cells {
                    grid.put(room, at, text)?;
                }
            }
        }
    }
    Err(Unreadable::Broken)
}

/// Hides the row or the columns that a record says are hidden.
fn hide(grid: &mut Grid, record: &Record<'_>) -> Result<(), Unreadable> {
    let mut fields = record.fields();
    let mut words = std::iter::from_fn(|| fields.u16());
    let read: Vec<u16> = words.by_ref().take(7).collect();
    match (record.kind, &read[..]) {
        (kind::ROW, &[row, .., options]) if read.len() == 7 && options & 0x20 != 0 => {
            grid.hide_row(u64::from(row))?;
        }
        (kind::COLUMN_INFO, &[first, last, _, _, options, ..]) if options & 1 != 0 => {
            grid.hide_columns(usize::from(first), usize::from(last));
        }
        _ => {}
    }
    Ok(())
}

fn merge(grid: &mut Grid, record: &Record<'_>) -> Result<(), Unreadable> {
    let mut fields = record.fields();
    for _ in 0..fields.u16().ok_or(Unreadable::Broken)? {
        let mut next = || fields.u16().ok_or(Unreadable::Broken);
        let rows = (u64::from(next()?) + 1, u64::from(next()?) + 1);
        let columns = (usize::from(next()?), usize::from(next()?));
        grid.merge(Merged { rows, columns })?;
    }
    Ok(())
}

type Place = (u64, usize);

/// The cells that a record holds; nothing where it breaks off. `formula` is the cell whose text
/// the next record holds.
fn cells(
    record: &Record<'_>,
    globals: &Globals,
    formula: &mut Option<Place>,
) -> Option<Vec<(Place, String)>> {
    let mut fields = record.fields();
    let mut cell = || Some(((u64::from(fields.u16()?), usize::from(fields.u16()?)), fields.u16()?));
    Some(match record.kind {
        kind::NUMBER => {
            let (at, style) = cell()?;
            vec![(at, globals.shown(Figure::of(fields.f64()?), style))]
        }
        kind::RK => {
            let (at, style) = cell()?;
            vec![(at, globals.shown(rk(fields.u32()?), style))]
        }
        kind::MUL_RK => {
            let (row, first) = (u64::from(fields.u16()?), usize::from(fields.u16()?));
            let count = record.length().checked_sub(6)? / 6;
            let mut cells = Vec::with_capacity(count);
            for column in (first..).take(count) {
                let style = fields.u16()?;
                cells.push(((row, column), globals.shown(rk(fields.u32()?), style)));
            }
            cells
        }
        kind::LABEL_SST => {
            let (at, _) = cell()?;
            let text = globals.texts.get(usize::try_from(fields.u32()?).ok()?)?;
            vec![(at, text.clone())]
        }
        kind::LABEL | kind::RICH_STRING => {
            let (at, _) = cell()?;
            let length = fields.u16()?;
            vec![(at, fields.text(length)?)]
        }
        kind::BOOL_ERR => {
            let (at, _) = cell()?;
            let value = fields.byte()?;
            vec![(at, if fields.byte()? == 0 { boolean(value) } else { error(value) }.to_owned())]
        }
        kind::FORMULA => {
            let (at, style) = cell()?;
            let value: [u8; 8] = std::array::from_fn(|_| fields.byte().unwrap_or_default());
            match value {
                [0, .., 0xff, 0xff] => {
                    *formula = Some(at);
                    Vec::new()
                }
                [1, _, value, .., 0xff, 0xff] => vec![(at, boolean(value).to_owned())],
                [2, _, value, .., 0xff, 0xff] => vec![(at, error(value).to_owned())],
                [3, .., 0xff, 0xff] => Vec::new(),
                _ => vec![(at, globals.shown(Figure::of(f64::from_le_bytes(value)), style))],
            }
        }
        kind::STRING => match formula.take() {
            Some(at) => {
                let length = fields.u16()?;
                vec![(at, fields.text(length)?)]
            }
            None => Vec::new(),
        },
        _ => Vec::new(),
    })
}

/// A number in four bytes: a whole one of 30 bits or the upper bits of a float, and whether it
/// counts hundredths.
fn rk(bits: u32) -> Option<Figure> {
    let whole = bits & 2 != 0;
    let figure = if whole {
        Figure::of(f64::from(bits.cast_signed() >> 2))?
    } else {
        Figure::of(f64::from_bits(u64::from(bits & !3) << 32))?
    };
    Some(if bits & 1 != 0 { figure.moved(-2) } else { figure })
}

fn boolean(value: u8) -> &'static str {
    if value == 0 { "FALSE" } else { "TRUE" }
}

fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_numbers() {
        let shown = |bits| rk(bits).map(|figure| figure.shown(Format::Plain, false));
        // 62.35 as hundredths, 3, -1, and 1.5 as the upper half of a float.
        assert_eq!(shown(6235 << 2 | 3).as_deref(), Some("62.35"));
        assert_eq!(shown(3 << 2 | 2).as_deref(), Some("3"));
        assert_eq!(shown((-1i32).cast_unsigned() << 2 | 2).as_deref(), Some("-1"));
        assert_eq!(shown(0x3ff8_0000).as_deref(), Some("1.5"));
        assert_eq!(shown(0x3ff8_0001).as_deref(), Some("0.015"));
    }
}
