//! XLSX workbooks (ECMA-376).

use std::collections::HashMap;
use std::mem;

use quick_xml::events::BytesStart;

use super::figure::{Figure, Format};
use super::grid::{Grid, Look, Room};
use super::package::{Package, Part};
use super::xml::{Node, attribute, count, name};
use super::{Unreadable, bounds};
use crate::table::{Merged, Table};

/// What a part is related to: the kind, and the name of the other part.
type Related = HashMap<String, (String, String)>;

/// What the cells of all sheets refer to.
#[derive(Default)]
struct Shared {
    texts: Vec<String>,
    /// The number format of each style, and what else it does to a cell.
    styles: Vec<(Format, Look)>,
    from_1904: bool,
}

/// A sheet as the workbook names it.
struct Named {
    name: String,
    relation: String,
    hidden: bool,
}

pub(super) fn open(package: &mut Package<'_>) -> Result<Vec<Table>, Unreadable> {
    let workbook = target(&related(package, "", "_rels/.rels")?, "/officeDocument")
        .ok_or(Unreadable::OtherFormat)?;
    let (folder, file) = workbook.rsplit_once('/').unwrap_or(("", &workbook));
    let related = related(package, folder, &format!("{folder}/_rels/{file}.rels"))?;
    let (sheets, from_1904) = sheets(package.required(&workbook)?)?;
    let mut shared = Shared { from_1904, ..Shared::default() };
    if let Some(texts) = target(&related, "/sharedStrings")
        && let Some(part) = package.part(&texts)?
    {
        shared.texts = texts_of(part)?;
    }
    if let Some(styles) = target(&related, "/styles")
        && let Some(part) = package.part(&styles)?
    {
        shared.styles = styles_of(part)?;
    }
    let mut room = Room::default();
    let mut tables = Vec::new();
    for sheet in sheets {
        let Some((kind, part)) = related.get(&sheet.relation) else { continue };
        if kind.ends_with("/worksheet") {
            let grid = grid(package.required(part)?, &shared, &mut room)?;
            tables.push(grid.into_table(sheet.name, sheet.hidden));
        }
    }
    if tables.is_empty() {
        return Err(Unreadable::OtherFormat);
    }
    Ok(tables)
}

/// The name of the part that is related in one way.
fn target(related: &Related, kind: &str) -> Option<String> {
    let mut found: Vec<_> = related.values().filter(|(one, _)| one.ends_with(kind)).collect();
    found.sort();
    found.first().map(|(_, part)| part.clone())
}

/// The relations that a part holds, names made whole by the folder.
fn related(package: &mut Package<'_>, folder: &str, part: &str) -> Result<Related, Unreadable> {
    let mut related = Related::new();
    let Some(mut part) = package.part(part.trim_start_matches('/'))? else { return Ok(related) };
    loop {
        match part.next()? {
            Node::Start(start) if name(&start) == "Relationship" => {
                let get = |name| Ok(attribute(&start, name)?.unwrap_or_default());
                let (id, kind, target) = (get("Id")?, get("Type")?, get("Target")?);
                let whole = match target.strip_prefix('/') {
                    Some(whole) => whole.to_owned(),
                    None if folder.is_empty() => target,
                    None => format!("{folder}/{target}"),
                };
                related.insert(id, (kind, whole));
            }
            Node::Eof => return Ok(related),
            _ => {}
        }
    }
}

/// The sheets of the workbook, and whether its days are counted from 1904.
fn sheets(mut part: Part<'_>) -> Result<(Vec<Named>, bool), Unreadable> {
    let (mut sheets, mut from_1904) = (Vec::new(), false);
    loop {
        match part.next()? {
            Node::Start(start) if name(&start) == "sheet" => {
                let get = |name| Ok(attribute(&start, name)?.unwrap_or_default());
                let hidden = matches!(&*get("state")?, "hidden" | "veryHidden");
                sheets.push(Named { name: get("name")?, relation: get("id")?, hidden });
            }
            Node::Start(start) if name(&start) == "workbookPr" => {
                let said = attribute(&start, "date1904")?.unwrap_or_default();
                from_1904 = matches!(&*said, "1" | "true");
            }
            Node::Eof => return Ok((sheets, from_1904)),
            _ => {}
        }
    }
}

/// The texts that cells refer to by number: in runs of one font each, without their readings.
fn texts_of(mut part: Part<'_>) -> Result<Vec<String>, Unreadable> {
    let mut texts = Vec::new();
    let mut text = String::new();
    let mut bytes = 0;
    let (mut is_text, mut is_reading) = (false, false);
    loop {
        match part.next()? {
            Node::Start(start) => match name(&start) {
                "t" => is_text = true,
                "rPh" => is_reading = true,
                _ => {}
            },
            Node::Text(more) if is_text && !is_reading => text.push_str(&more),
            Node::End(name) => match &*name {
                "t" => is_text = false,
                "rPh" => is_reading = false,
                "si" => {
                    bytes += text.len();
                    texts.push(unescaped(&mem::take(&mut text)));
                    Room::holds(texts.len(), bytes)?;
                }
                _ => {}
            },
            Node::Eof => return Ok(texts),
            Node::Text(_) => {}
        }
    }
}

/// What cells look like, by the number of their style.
fn styles_of(mut part: Part<'_>) -> Result<Vec<(Format, Look)>, Unreadable> {
    let mut codes: HashMap<String, Format> = HashMap::new();
    let mut styles: Vec<(Format, Look)> = Vec::new();
    let (mut of_cells, mut of_fonts) = (false, false);
    // Whether each font strikes out.
    let mut fonts: Vec<bool> = Vec::new();
    loop {
        match part.next()? {
            Node::Start(start) => {
                let get = |name| Ok(attribute(&start, name)?.unwrap_or_default());
                match name(&start) {
                    "numFmt" => {
                        codes.insert(get("numFmtId")?, Format::of_code(&get("formatCode")?));
                    }
                    "cellXfs" => of_cells = true,
                    "fonts" => of_fonts = true,
                    "font" if of_fonts => fonts.push(false),
                    "strike" if of_fonts => {
                        if let Some(is_struck) = fonts.last_mut() {
                            *is_struck = !matches!(&*get("val")?, "0" | "false");
                        }
                    }
                    "xf" if of_cells => {
                        let number = get("numFmtId")?;
                        let named = || Format::of_number(number.parse().unwrap_or_default());
                        let font = get("fontId")?.parse::<usize>().ok();
                        let is_struck = font.and_then(|font| fonts.get(font)).copied();
                        let look = Look { is_struck: is_struck.unwrap_or_default(), indent: 0 };
                        styles.push((codes.get(&number).copied().unwrap_or_else(named), look));
                    }
                    "alignment" if of_cells => {
                        let indent = get("indent")?.parse().unwrap_or_default();
                        if let Some((_, of_style)) = styles.last_mut() {
                            of_style.indent = indent;
                        }
                    }
                    _ => {}
                }
            }
            Node::End(name) if name == "cellXfs" => of_cells = false,
            Node::End(name) if name == "fonts" => of_fonts = false,
            Node::Eof => return Ok(styles),
            _ => {}
        }
    }
}

/// A cell as its element is read.
#[derive(Default)]
struct Cell {
    at: (u64, usize),
    kind: String,
    format: Format,
    look: Look,
    value: String,
    inline: String,
    formula: String,
}

/// Where in a cell's element a text stands.
#[derive(Clone, Copy, PartialEq)]
enum Within {
    Nothing,
    Value,
    Inline,
    Formula,
}

fn grid(mut part: Part<'_>, shared: &Shared, room: &mut Room) -> Result<Grid, Unreadable> {
    let mut grid = Grid::default();
    let (mut row, mut column) = (0, 0);
    let mut cell = Cell::default();
    let mut within = Within::Nothing;
    let mut is_reading = false;
    loop {
        match part.next()? {
            Node::Start(start) => match name(&start) {
                "row" => {
                    if let Some(number) = attribute(&start, "r")? {
                        let number: u64 = number.parse().map_err(|_| Unreadable::Broken)?;
                        row = number.checked_sub(1).ok_or(Unreadable::Broken)?;
                    }
                    if is_yes(&start, "hidden")? {
                        grid.hide_row(row)?;
                    }
                    column = 0;
                }
                "col" if is_yes(&start, "hidden")? => {
                    let number = |name| count(&start, name, 1).map(|one| one.saturating_sub(1));
                    grid.hide_columns(number("min")? as usize, number("max")? as usize);
                }
                "sheetPr" => grid.is_filtered |= is_yes(&start, "filterMode")?,
                "filterColumn" => grid.is_filtered = true,
                "c" => {
                    cell = begun(&start, shared, (row, column))?;
                    column = cell.at.1 + 1;
                }
                "v" => within = Within::Value,
                "t" if !is_reading => within = Within::Inline,
                "f" => within = Within::Formula,
                "rPh" => is_reading = true,
                "mergeCell" => {
                    let range = attribute(&start, "ref")?.unwrap_or_default();
                    grid.merge(merged(&range).ok_or(Unreadable::Broken)?)?;
                }
                _ => {}
            },
            Node::Text(text) => match within {
                Within::Value => cell.value.push_str(&text),
                Within::Inline => cell.inline.push_str(&text),
                Within::Formula => cell.formula.push_str(&text),
                Within::Nothing => {}
            },
            Node::End(name) => match &*name {
                "v" | "t" | "f" => within = Within::Nothing,
                "rPh" => is_reading = false,
                "c" => {
                    let cell = mem::take(&mut cell);
                    grid.look(cell.at, cell.look);
                    grid.put(room, cell.at, cell.text(shared)?)?;
                }
                "row" => row += 1,
                _ => {}
            },
            Node::Eof => return Ok(grid),
        }
    }
}

fn begun(start: &BytesStart<'_>, shared: &Shared, next: (u64, usize)) -> Result<Cell, Unreadable> {
    let at = match attribute(start, "r")? {
        Some(place) => position(&place).ok_or(Unreadable::Broken)?,
        None => next,
    };
    let style = attribute(start, "s")?.and_then(|style| style.parse::<usize>().ok());
    let (format, look) = shared.styles.get(style.unwrap_or_default()).copied().unwrap_or_default();
    let kind = attribute(start, "t")?.unwrap_or_default();
    Ok(Cell { at, kind, format, look, ..Cell::default() })
}

impl Cell {
    /// What the cell shows. A formula that no program has worked out yet shows itself, so that it
    /// is not taken for an empty cell.
    fn text(self, shared: &Shared) -> Result<String, Unreadable> {
        let value = self.value.trim();
        Ok(match &*self.kind {
            // Some programs write empty cells as texts.
            "s" if value.is_empty() => String::new(),
            "s" => {
                let text = value.parse().ok().and_then(|index: usize| shared.texts.get(index));
                text.ok_or(Unreadable::Broken)?.clone()
            }
            "inlineStr" => unescaped(&self.inline),
            "str" => unescaped(&self.value),
            "b" => if matches!(value, "1" | "true") { "TRUE" } else { "FALSE" }.to_owned(),
            "e" | "d" => value.to_owned(),
            _ if value.is_empty() && !self.formula.is_empty() => format!("={}", self.formula),
            _ => match value.parse().ok().and_then(Figure::of) {
                Some(figure) => figure.shown(self.format, shared.from_1904),
                None => value.to_owned(),
            },
        })
    }
}

/// Whether an attribute says yes.
fn is_yes(start: &BytesStart<'_>, name: &str) -> Result<bool, Unreadable> {
    Ok(matches!(attribute(start, name)?.as_deref(), Some("1" | "true")))
}

/// Row and column of `AB12`, from 0.
fn position(place: &str) -> Option<(u64, usize)> {
    let digits = place.find(|one: char| one.is_ascii_digit())?;
    let (letters, row) = place.split_at(digits);
    let column = letters.bytes().try_fold(0usize, |column, letter| {
        let letter = letter.to_ascii_uppercase();
        let place = letter.is_ascii_uppercase().then(|| usize::from(letter - b'A') + 1)?;
        column.checked_mul(26)?.checked_add(place).filter(|&column| column <= bounds::MOST_COLUMNS)
    })?;
    let row: u64 = row.parse().ok().filter(|&row| row <= bounds::MOST_ROWS)?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

fn merged(range: &str) -> Option<Merged> {
    let (first, last) = range.split_once(':').unwrap_or((range, range));
    let (first, last) = (position(first)?, position(last)?);
    Some(Merged { rows: (first.0 + 1, last.0 + 1), columns: (first.1, last.1) })
}

/// A text without the escapes of what XML can't hold: `_x000D_` is a carriage return.
fn unescaped(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, escape) = rest.split_at(at);
        whole.push_str(before);
        let code = escape.get(2..6).filter(|_| escape.get(6..7) == Some("_"));
        match code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32) {
            Some(one) => {
                whole.push(one);
                rest = &escape[7..];
            }
            None => {
                whole.push_str("_x");
                rest = &escape[2..];
            }
        }
    }
    whole + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_cells() {
        assert_eq!(position("A1"), Some((0, 0)));
        assert_eq!(position("AB12"), Some((11, 27)));
        assert_eq!(position("XFD1048576"), Some((1_048_575, 16_383)));
        for none in ["", "A", "1", "A0", "XFE1", "A1048577", "A-1", "Á1", "AAAAAAAAAAAAAAAAA1"] {
            assert_eq!(position(none), None, "{none}");
        }
    }

    #[test]
    fn escapes_of_excel() {
        assert_eq!(unescaped("建筑_x000D_\n面积"), "建筑\r\n面积");
        assert_eq!(unescaped("a_x005F_x000D_"), "a_x000D_");
        assert_eq!(unescaped("_x_x12 _xD800_ _x00"), "_x_x12 _xD800_ _x00");
        assert_eq!(unescaped("_x面积_"), "_x面积_");
    }
}
