//! Tables of web pages, which programs save under .xls: read as leniently as browsers do, since
//! hardly any of them is well formed.

use super::grid::{Grid, Look, Room};
use super::{Unreadable, bounds};
use crate::table::{Merged, Table};

/// How deep tables may stand in cells of others.
const DEEPEST: usize = 32;
/// The most cells that one may be merged over, in either direction.
const MOST_SPAN: usize = 10_000;
/// The longest name of an entity: `&thetasym;`.
const LONGEST_ENTITY: usize = 10;

pub(super) fn open(text: &str) -> Result<Vec<Table>, Unreadable> {
    let mut reading = Reading { name: sheet_name(text), ..Reading::default() };
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        reading.text(before);
        rest = reading.tag(tag)?;
    }
    reading.text(rest);
    while !reading.open.is_empty() {
        reading.end_table()?;
    }
    // Pages have tables that only lay them out.
    reading.tables.retain(|table| table.rows.len() > 1);
    if reading.tables.is_empty() {
        return Err(Unreadable::OtherFormat);
    }
    Ok(reading.tables)
}

/// What the page says that its sheet is called.
fn sheet_name(text: &str) -> String {
    let named = text.split_once("<x:Name>").and_then(|(_, rest)| rest.split_once("</x:Name>"));
    named.map_or_else(String::new, |(name, _)| unescaped(name.trim()))
}

/// A table whose end is still to come.
#[derive(Default)]
struct Open {
    grid: Grid,
    row: u64,
    in_row: bool,
    column: usize,
    /// For each column, the row behind the last that a cell merged downwards takes in it.
    taken: Vec<u64>,
    cell: Option<Cell>,
}

struct Cell {
    column: usize,
    text: String,
}

#[derive(Default)]
struct Reading {
    name: String,
    tables: Vec<Table>,
    open: Vec<Open>,
    room: Room,
}

impl Reading {
    fn text(&mut self, text: &str) {
        let Some(cell) = self.open.last_mut().and_then(|open| open.cell.as_mut()) else { return };
        if !text.is_empty() {
            cell.text.push_str(&unescaped(text));
        }
    }

    /// Takes a tag; returns what is behind it.
    fn tag<'t>(&mut self, text: &'t str) -> Result<&'t str, Unreadable> {
        if let Some(comment) = text.strip_prefix("<!--") {
            return Ok(comment.split_once("-->").map_or("", |(_, rest)| rest));
        }
        let end = end_of_tag(text);
        let (tag, rest) = text.split_at(end);
        let inner = tag.trim_start_matches('<').trim_end_matches('>');
        let (is_end, inner) = match inner.strip_prefix('/') {
            Some(inner) => (true, inner),
            None => (false, inner),
        };
        let split = inner.find(|one: char| one.is_whitespace() || one == '/');
        let (name, attributes) = inner.split_at(split.unwrap_or(inner.len()));
        let name = name.to_ascii_lowercase();
        match (&*name, is_end) {
            ("script" | "style" | "title" | "xml", false) if !tag.ends_with("/>") => {
                return Ok(behind(rest, &name));
            }
            ("table", false) => {
                if self.open.len() == DEEPEST {
                    return Err(Unreadable::TooLarge);
                }
                self.open.push(Open::default());
            }
            ("table", true) => self.end_table()?,
            ("tr", false) => {
                self.end_row()?;
                let hidden = attribute(attributes, "style").to_ascii_lowercase().replace(' ', "");
                if let Some(open) = self.open.last_mut() {
                    open.in_row = true;
                    if hidden.contains("display:none") {
                        open.grid.hide_row(open.row)?;
                    }
                }
            }
            ("tr", true) => self.end_row()?,
            ("td" | "th", false) => self.cell(attributes)?,
            ("td" | "th", true) => self.end_cell()?,
            ("br", _) => self.text("\u{1}"),
            ("s" | "del" | "strike", false) => self.strike(),
            ("p" | "div", false) => {
                let cell = self.open.last_mut().and_then(|open| open.cell.as_mut());
                if let Some(cell) = cell.filter(|cell| !cell.text.trim().is_empty()) {
                    cell.text.push('\u{1}');
                }
            }
            _ => {}
        }
        Ok(rest)
    }

    /// Strikes out the cell that is read.
    fn strike(&mut self) {
        if let Some(open) = self.open.last_mut()
            && let Some(cell) = &open.cell
        {
            let look = Look { is_struck: true, ..Look::default() };
            open.grid.look((open.row, cell.column), look);
        }
    }

    fn cell(&mut self, attributes: &str) -> Result<(), Unreadable> {
        self.end_cell()?;
        let Some(open) = self.open.last_mut() else { return Ok(()) };
        open.in_row = true;
        while open.taken.get(open.column).is_some_and(|&after| after > open.row) {
            open.column += 1;
        }
        let span = |name: &str| {
            let span: usize = attribute(attributes, name).trim().parse().unwrap_or(1);
            span.clamp(1, MOST_SPAN)
        };
        let (rows, columns) = (span("rowspan"), span("colspan"));
        let after = open.column + columns;
        if after > bounds::MOST_COLUMNS {
            return Err(Unreadable::TooLarge);
        }
        let last_row = open.row + rows as u64;
        if rows > 1 || columns > 1 {
            open.grid.merge(Merged {
                rows: (open.row + 1, last_row),
                columns: (open.column, after - 1),
            })?;
        }
        if rows > 1 {
            if open.taken.len() < after {
                open.taken.resize(after, 0);
            }
            for taken in open.taken.iter_mut().take(after).skip(open.column) {
                *taken = last_row;
            }
        }
        open.cell = Some(Cell { column: open.column, text: String::new() });
        open.column = after;
        if attribute(attributes, "style").to_ascii_lowercase().contains("line-through") {
            self.strike();
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Unreadable> {
        let Some(open) = self.open.last_mut() else { return Ok(()) };
        match open.cell.take() {
            Some(cell) => {
                let text = collapsed(&cell.text);
                open.grid.put(&mut self.room, (open.row, cell.column), text)
            }
            None => Ok(()),
        }
    }

    fn end_row(&mut self) -> Result<(), Unreadable> {
        self.end_cell()?;
        if let Some(open) = self.open.last_mut().filter(|open| open.in_row) {
            open.row += 1;
            (open.column, open.in_row) = (0, false);
        }
        Ok(())
    }

    fn end_table(&mut self) -> Result<(), Unreadable> {
        self.end_row()?;
        if let Some(open) = self.open.pop() {
            self.tables.push(open.grid.into_table(self.name.clone(), false));
        }
        Ok(())
    }
}

/// Where a tag ends: at its bracket, which may stand inside of quotes too.
fn end_of_tag(text: &str) -> usize {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    // A quote that never ends is none.
    text.find('>').map_or(text.len(), |at| at + 1)
}

/// What stands behind the end of an element whose content is no text.
fn behind<'t>(text: &'t str, name: &str) -> &'t str {
    let mut rest = text;
    while let Some(at) = rest.find("</") {
        rest = &rest[at + 2..];
        if rest.get(..name.len()).is_some_and(|this| this.eq_ignore_ascii_case(name)) {
            return rest.split_once('>').map_or("", |(_, rest)| rest);
        }
    }
    ""
}

/// The value of an attribute, with quotes or without.
fn attribute<'t>(attributes: &'t str, name: &str) -> &'t str {
    let mut rest = attributes;
    while let Some(at) = rest.find('=') {
        let (before, after) = rest.split_at(at);
        let after = after[1..].trim_start();
        let (value, behind) = match after.chars().next() {
            Some(quote @ ('"' | '\'')) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
            _ => after.split_once(char::is_whitespace).unwrap_or((after, "")),
        };
        let own = before.rsplit(char::is_whitespace).find(|one| !one.is_empty());
        if own.is_some_and(|own| own.eq_ignore_ascii_case(name)) {
            return value.trim_end_matches('/');
        }
        rest = behind;
    }
    ""
}

/// A text with the characters that entities stand for; what is no entity stays.
fn unescaped(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, entity) = rest.split_at(at);
        whole.push_str(before);
        let name = entity[1..].split_once(';').map(|(name, _)| name);
        let name = name.filter(|name| name.len() <= LONGEST_ENTITY);
        match name.and_then(character) {
            Some(one) => {
                whole.push(one);
                rest = &entity[name.map_or(0, str::len) + 2..];
            }
            None => {
                whole.push('&');
                rest = &entity[1..];
            }
        }
    }
    whole + rest
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|one| *one > '\u{1f}' || one.is_whitespace());
    }
    Some(match name {
        "nbsp" => '\u{a0}',
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "yen" => '¥',
        "middot" => '·',
        "times" => '×',
        "sup2" => '²',
        "mdash" => '—',
        "ndash" => '–',
        "ldquo" => '“',
        "rdquo" => '”',
        "ensp" | "emsp" | "thinsp" => '\u{3000}',
        _ => return None,
    })
}

/// A text as a page shows it: blanks and line breaks of its source are one blank.
fn collapsed(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for one in text.chars() {
        match one {
            '\u{1}' => shown.push('\n'),
            ' ' | '\t' | '\r' | '\n' if shown.ends_with([' ', '\n']) || shown.is_empty() => {}
            ' ' | '\t' | '\r' | '\n' => shown.push(' '),
            one => shown.push(one),
        }
    }
    shown.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn holds(page: &str, expected: &[&[&[&str]]]) {
        let tables = open(page).expect("tables");
        let rows = tables.iter().map(|table| table.rows.iter().map(|row| row.cells.clone()));
        let cells: Vec<Vec<Vec<String>>> = rows.map(Iterator::collect).collect();
        assert_eq!(cells, expected);
    }

    #[test]
    fn what_browsers_take() {
        holds(
            "<TABLE border=1><tr><TH>房号<th>面积&nbsp;(&#13217;)<tr><td>3-1-101<td >62.35</table>",
            &[&[&["房号", "面积\u{a0}(㎡)"], &["3-1-101", "62.35"]]],
        );
        holds(
            "<table><tr><td rowspan=2>3号楼</td><td>101</td></tr>\n<tr><td>102<br>室</td></tr></table>",
            &[&[&["3号楼", "101"], &["", "102\n室"]]],
        );
        holds(
            "<!-- <table> --><style>td{}</style><table><tr><td title='a>b'>  a\n b &amp; c &x; </td></tr>\
             <tr><td colspan='2'>d</td><td>e</td></tr>",
            &[&[&["a b & c &x;"], &["d", "", "e"]]],
        );
    }

    #[test]
    fn tables_that_lay_out_a_page_stand_behind_those_inside() {
        let page = "<table><tr><td><table><tr><td>a</td></tr><tr><td>b</td></tr></table></td></tr></table>";
        holds(page, &[&[&["a"], &["b"]]]);
        assert_eq!(open("<html><p>no table</p></html>").err(), Some(Unreadable::OtherFormat));
        let deep = "<table><tr><td>".repeat(40);
        assert_eq!(open(&deep).err(), Some(Unreadable::TooLarge));
    }
}
