//! Files in the formats that offices keep and hand on.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use rust_xlsxwriter::{Format, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::draw::Draw;

#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Empty,
    Text(String),
    /// A number as it is typed.
    Number(String),
}

pub fn text(text: impl Into<String>) -> Cell {
    let text = text.into();
    if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
}

pub fn number(number: impl Into<String>) -> Cell {
    Cell::Number(number.into())
}

#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub name: String,
    pub rows: Vec<Vec<Cell>>,
    /// First and last row and column of merged cells, from 0.
    pub merged: Vec<(usize, usize, usize, usize)>,
    pub hidden_rows: Vec<usize>,
    pub struck_rows: Vec<usize>,
    pub is_hidden: bool,
    /// Rows and columns of texts that a style moves to the right.
    pub indents: Vec<(usize, usize, u8)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    Xlsx,
    Ods,
    Csv,
    Gbk,
    Tsv,
    Html,
    Xml2003,
}

impl Kind {
    /// A format that can hold what the sheets need.
    pub fn draw(draw: &mut Draw, needs_sheets: bool, needs_merged: bool) -> Kind {
        use Kind::*;
        let all: &[&Kind] = match (needs_sheets, needs_merged) {
            (true, _) => &[&Xlsx, &Ods, &Xml2003],
            (false, true) => &[&Xlsx, &Xlsx, &Ods, &Html, &Xml2003],
            (false, false) => &[&Xlsx, &Xlsx, &Ods, &Csv, &Csv, &Gbk, &Tsv, &Html, &Xml2003],
        };
        *draw.one(all)
    }
}

/// The bytes of a file.
pub fn bytes(kind: Kind, sheets: &[Sheet]) -> Vec<u8> {
    match kind {
        Kind::Xlsx => xlsx(sheets),
        Kind::Ods => ods(sheets),
        Kind::Csv => delimited(&sheets[0], ",", true).into_bytes(),
        Kind::Gbk => encoding_rs::GB18030.encode(&delimited(&sheets[0], ",", false)).0.into_owned(),
        Kind::Tsv => delimited(&sheets[0], "\t", false).into_bytes(),
        Kind::Html => html(&sheets[0]),
        Kind::Xml2003 => xml(sheets).into_bytes(),
    }
}

fn xlsx(sheets: &[Sheet]) -> Vec<u8> {
    let mut book = Workbook::new();
    for sheet in sheets {
        let page = book.add_worksheet();
        page.set_name(&sheet.name).expect("a name");
        page.set_hidden(sheet.is_hidden);
        for (row, cells) in sheet.rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let at = (row as u32, column as u16);
                let indent = sheet.indents.iter().find(|one| (one.0, one.1) == (row, column));
                let format = indent.map(|one| Format::new().set_indent(one.2));
                let is_struck = sheet.struck_rows.contains(&row);
                let format =
                    if is_struck { Some(Format::new().set_font_strikethrough()) } else { format };
                match (cell, format) {
                    (Cell::Empty, _) => {}
                    (Cell::Text(text), None) => {
                        page.write_string(at.0, at.1, text).expect("a text");
                    }
                    (Cell::Text(text), Some(format)) => {
                        page.write_string_with_format(at.0, at.1, text, &format).expect("a text");
                    }
                    (Cell::Number(number), format) => {
                        let number: f64 = number.parse().expect("a number");
                        let format = format.unwrap_or_default();
                        page.write_number_with_format(at.0, at.1, number, &format)
                            .expect("a number");
                    }
                }
            }
        }
        let plain = Format::new();
        for &(first, left, last, right) in &sheet.merged {
            let first_cell = sheet.rows[first].get(left).cloned().unwrap_or(Cell::Empty);
            let text = if let Cell::Text(text) = &first_cell { text.as_str() } else { "" };
            let (top, bottom) = (first as u32, last as u32);
            page.merge_range(top, left as u16, bottom, right as u16, text, &plain)
                .expect("a range");
            if let Cell::Number(number) = first_cell {
                let number: f64 = number.parse().expect("a number");
                page.write_number(top, left as u16, number).expect("a number");
            }
        }
        for &row in &sheet.hidden_rows {
            page.set_row_hidden(row as u32).expect("a row");
        }
    }
    book.save_to_buffer().expect("memory")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Whether a cell is taken by one that is merged over it.
fn covered(sheet: &Sheet, row: usize, column: usize) -> bool {
    sheet.merged.iter().any(|&(first, left, last, right)| {
        (first..=last).contains(&row)
            && (left..=right).contains(&column)
            && (row, column) != (first, left)
    })
}

/// The rows and columns that a cell is merged over.
fn spans(sheet: &Sheet, row: usize, column: usize) -> (usize, usize) {
    let merged = sheet.merged.iter().find(|one| (one.0, one.1) == (row, column));
    merged.map_or((1, 1), |one| (one.2 - one.0 + 1, one.3 - one.1 + 1))
}

fn ods(sheets: &[Sheet]) -> Vec<u8> {
    let mut body = String::new();
    for sheet in sheets {
        let style = if sheet.is_hidden { " table:style-name=\"h\"" } else { "" };
        let _ = write!(body, "<table:table table:name=\"{}\"{style}>", escaped(&sheet.name));
        for (row, cells) in sheet.rows.iter().enumerate() {
            let hidden = match sheet.hidden_rows.contains(&row) {
                true => " table:visibility=\"collapse\"",
                false => "",
            };
            let _ = write!(body, "<table:table-row{hidden}>");
            for (column, cell) in cells.iter().enumerate() {
                if covered(sheet, row, column) {
                    body += "<table:covered-table-cell/>";
                    continue;
                }
                let spans = match spans(sheet, row, column) {
                    (1, 1) => String::new(),
                    (down, across) => format!(
                        " table:number-rows-spanned=\"{down}\" table:number-columns-spanned=\"{across}\""
                    ),
                };
                let _ = match cell {
                    Cell::Empty => write!(body, "<table:table-cell{spans}/>"),
                    Cell::Text(text) => write!(
                        body,
                        "<table:table-cell{spans} office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>",
                        escaped(text)
                    ),
                    Cell::Number(number) => write!(
                        body,
                        "<table:table-cell{spans} office:value-type=\"float\" office:value=\"{number}\"><text:p>{number}</text:p></table:table-cell>"
                    ),
                };
            }
            body += "</table:table-row>";
        }
        body += "</table:table>";
    }
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:style=\"s\">\
         <office:automatic-styles><style:style style:name=\"h\"><style:table-properties table:display=\"false\"/></style:style></office:automatic-styles>\
         <office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    );
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("content.xml", SimpleFileOptions::default()).expect("a part");
    writer.write_all(content.as_bytes()).expect("memory");
    writer.finish().expect("a file").into_inner()
}

fn plain(cell: &Cell) -> &str {
    match cell {
        Cell::Empty => "",
        Cell::Text(text) | Cell::Number(text) => text,
    }
}

fn delimited(sheet: &Sheet, between: &str, mark: bool) -> String {
    let mut all = if mark { "\u{feff}".to_owned() } else { String::new() };
    for row in &sheet.rows {
        let cells: Vec<_> = row
            .iter()
            .map(|cell| match plain(cell) {
                text if text.contains([',', '"', '\n', '\t']) => {
                    format!("\"{}\"", text.replace('"', "\"\""))
                }
                text => text.to_owned(),
            })
            .collect();
        all += &cells.join(between);
        all += "\r\n";
    }
    all
}

fn html(sheet: &Sheet) -> Vec<u8> {
    let mut page = String::from(
        "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><meta http-equiv=Content-Type content=\"text/html; charset=gb2312\"><style>td{font-size:10pt}</style></head><body><table border=1>",
    );
    for (row, cells) in sheet.rows.iter().enumerate() {
        page += "\r\n<tr height=20>";
        for (column, cell) in cells.iter().enumerate() {
            if covered(sheet, row, column) {
                continue;
            }
            let spans = match spans(sheet, row, column) {
                (1, 1) => String::new(),
                (down, across) => format!(" rowspan={down} colspan=\"{across}\""),
            };
            let text = escaped(plain(cell)).replace('\u{3000}', "&nbsp;&nbsp;");
            let text = if text.is_empty() { "&nbsp;".to_owned() } else { text };
            let _ = write!(page, "<td class=xl24{spans}>{text}</td>");
        }
        page += "</tr>";
    }
    page += "</table></body></html>";
    encoding_rs::GBK.encode(&page).0.into_owned()
}

fn xml(sheets: &[Sheet]) -> String {
    let mut book = String::from(
        "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\">",
    );
    book += "<Styles><Style ss:ID=\"i1\"><Alignment ss:Indent=\"1\"/></Style><Style ss:ID=\"i2\"><Alignment ss:Indent=\"2\"/></Style><Style ss:ID=\"s\"><Font ss:StrikeThrough=\"1\"/></Style></Styles>";
    for sheet in sheets {
        let _ = write!(book, "<Worksheet ss:Name=\"{}\"><Table>", escaped(&sheet.name));
        for (row, cells) in sheet.rows.iter().enumerate() {
            let hidden = if sheet.hidden_rows.contains(&row) { " ss:Hidden=\"1\"" } else { "" };
            let _ = write!(book, "<Row{hidden}>");
            for (column, cell) in cells.iter().enumerate() {
                if covered(sheet, row, column) || *cell == Cell::Empty {
                    continue;
                }
                let (down, across) = spans(sheet, row, column);
                let mut place = format!(" ss:Index=\"{}\"", column + 1);
                if across > 1 {
                    let _ = write!(place, " ss:MergeAcross=\"{}\"", across - 1);
                }
                if down > 1 {
                    let _ = write!(place, " ss:MergeDown=\"{}\"", down - 1);
                }
                if sheet.struck_rows.contains(&row) {
                    place += " ss:StyleID=\"s\"";
                } else if let Some(one) =
                    sheet.indents.iter().find(|one| (one.0, one.1) == (row, column))
                {
                    let _ = write!(place, " ss:StyleID=\"i{}\"", one.2);
                }
                let kind = if matches!(cell, Cell::Number(_)) { "Number" } else { "String" };
                let _ = write!(
                    book,
                    "<Cell{place}><Data ss:Type=\"{kind}\">{}</Data></Cell>",
                    escaped(plain(cell))
                );
            }
            book += "</Row>";
        }
        book += "</Table>";
        if sheet.is_hidden {
            book += "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>";
        }
        book += "</Worksheet>";
    }
    book + "</Workbook>"
}
