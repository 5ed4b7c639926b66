//! A roster (住户名册).

use std::borrow::Cow;
use std::collections::HashSet;

use fentan_core::Value;

use crate::address::{self, Address};
use crate::imported::{Imported, Place};
use crate::layout::{CHARGE, HARDSHIP, Headings, Layout, Look, Shapes, VOTE, WEIGHT, is_nothing};
use crate::mapping::{Conclusion, Mapping, Reason};
use crate::number;
use crate::table::{Row, Table};
use crate::tidy::tidy;
use crate::words::{HARDSHIP_WORDS, HOUSEHOLD_HEADINGS, VOTE_WORDS, Words, YES_WORDS};
use crate::{Fields, add};

const HEADINGS: Headings =
    Headings { words: &HOUSEHOLD_HEADINGS, prefixes: &[WEIGHT, CHARGE, HARDSHIP, VOTE] };

const SHAPES: Shapes = &[&["id", "area"], &["id", "area", "floor"], &["id", "floor", "area"]];

/// What rosters look like.
pub(crate) const LOOK: Look = Look { headings: HEADINGS, shapes: SHAPES, fits };

/// The fields that a column of a roster may be, in the order of spec §2.
pub(crate) const FIELDS: &[&str] = &[
    "id",
    "room",
    "number",
    "name",
    "note",
    "building",
    "unit",
    "floor",
    "area",
    "hardship",
    "hardship:dibao",
    "hardship:tekun",
    "hardship:low_income",
    "hardship:disabled",
    "payer",
    "payer_share",
    "fund_balance",
    "fund_first",
    "provident",
    "in_kind",
    "owner",
    "vote",
    "vote:yes",
    "vote:no",
    "vote:abstain",
    "weight:heads",
];

/// What tells homes apart, the best first.
const IDS: [&str; 3] = ["id", "room", "number"];

fn fits(field: &str, cell: &str) -> bool {
    match field {
        "area" => number::read_area(cell).is_some(),
        "floor" => address::read_floor(cell).is_some(),
        _ => tidy(cell).bytes().any(|byte| byte.is_ascii_digit()),
    }
}

/// A household whose id may still need its building to tell it apart.
struct Home<'t> {
    /// The index of its sheet.
    sheet: usize,
    row: &'t Row,
    id: String,
    building: Option<String>,
    unit: Option<String>,
    floor: Option<Value<'static>>,
}

/// The building and unit that the rows above, the title or the sheet's name leave to those below.
#[derive(Default)]
struct Above {
    building: Option<String>,
    unit: Option<String>,
    /// How the rows came by it, where no cell says it.
    conclusion: Option<Conclusion>,
}

impl Above {
    /// What a title says, or a sheet's name.
    fn enter(&mut self, title: Address, conclusion: Conclusion) {
        if title.building.is_some() {
            self.building = title.building;
            self.unit = None;
        }
        self.unit = title.unit.or(self.unit.take());
        self.conclusion = Some(conclusion);
    }
}

/// Reads a roster from sheets, each with its mapping.
pub(crate) fn read(sheets: &[(&Table, Mapping)]) -> Imported {
    let mut layouts = Vec::with_capacity(sheets.len());
    let mut homes = Vec::new();
    for (sheet, (table, mapping)) in sheets.iter().enumerate() {
        let mut layout = Layout::new(table, mapping);
        take(&mut layout, sheet, &mut homes);
        layouts.push(layout);
    }
    if tell_apart(&mut homes)
        && let Some(first) = layouts.first_mut()
    {
        first.conclude(Conclusion::BuildingInIds);
    }
    let mut imported = Imported { charges: charges(&layouts, &homes), ..Imported::default() };
    for home in homes {
        if let Some(layout) = layouts.get(home.sheet) {
            imported.places.push(Place { sheet: home.sheet, row: home.row.number });
            imported.values.push(value(layout, home));
        }
    }
    imported.close(layouts);
    imported
}

fn take<'t>(layout: &mut Layout<'t>, sheet: usize, homes: &mut Vec<Home<'t>>) {
    let id = IDS.into_iter().find(|field| layout.has(field)).unwrap_or("id");
    if id == "number" {
        layout.conclude(Conclusion::NumberAsId);
    }
    let mut above = Above::default();
    if let Some(address) = Address::read(&layout.table.name).filter(|one| one.room.is_none()) {
        above.enter(address, Conclusion::FromSheetName);
    }
    if let Some(title) = layout.titles_above().filter_map(in_title).last() {
        above.enter(title, Conclusion::FromTitles);
    }
    for row in layout.rows {
        match home(layout, sheet, row, id, &mut above) {
            Ok(home) => homes.push(home),
            Err((reason, column)) => layout.leave_out_for(row, reason, column),
        }
    }
}

fn home<'t>(
    layout: &mut Layout<'t>,
    sheet: usize,
    row: &'t Row,
    id: &str,
    above: &mut Above,
) -> Result<Home<'t>, (Reason, Option<usize>)> {
    let name = layout.cell(row, "name");
    let typed_id = layout.cell(row, id);
    let first = row.filled().next().unwrap_or_default();
    // Somebody's name may be 合计: where a flat is named, it does not tell a total.
    let is_flat = id != "number" && !typed_id.ends_with('户') && room(typed_id).is_some();
    let labels = [typed_id, first, name];
    let labels = match is_flat {
        true if first == name => &labels[..1],
        true => &labels[..2],
        false => &labels,
    };
    if let Some(reason) = layout.needless(row, labels, layout.cell(row, "area")) {
        return Err((reason, None));
    }
    let title = row.only().and_then(Address::read).filter(|address| address.room.is_none());
    let title = title.or_else(|| row.only().filter(|_| layout.is_title(row)).and_then(in_title));
    if let Some(title) = title {
        above.enter(title, Conclusion::FromTitles);
        return Err((Reason::Title, None));
    }
    if layout.is_title(row) {
        return Err((Reason::Title, None));
    }
    let (id, as_date) = flat(layout, row, id)?;
    if id.is_empty() {
        return Err((Reason::NoId, None));
    }
    let (room, _) =
        if layout.has("room") { flat(layout, row, "room")? } else { (id.clone(), false) };
    if as_date {
        layout.conclude(Conclusion::DatesAsFlats);
    }
    let address = Address::read(&room)
        .filter(|address| address.building.is_some() && address.room.is_some())
        .unwrap_or_default();
    let room = match address.room {
        Some(room) => room,
        None if layout.has("room") || room.ends_with('室') => room,
        None => String::new(),
    };

    let building = place(layout, row, "building", address::building, address.building, above);
    if layout.has("building") && building != above.building {
        above.building.clone_from(&building);
        above.unit = None;
    }
    let unit = place(layout, row, "unit", address::unit, address.unit, above);
    if layout.has("unit") {
        above.unit.clone_from(&unit);
    }
    let floor = floor(layout, row, building.as_ref().map(|_| &*room));
    Ok(Home { sheet, row, id, building, unit, floor })
}

/// The flat that a cell names, and whether a spreadsheet had made a date of it: 1月2日 was 1-2,
/// of 2003年1月5日 nobody knows what it was.
fn flat(
    layout: &Layout<'_>,
    row: &Row,
    field: &str,
) -> Result<(String, bool), (Reason, Option<usize>)> {
    let column = layout.position(field);
    let cell = tidy(column.map_or("", |column| row.cell(column)));
    match address::month_and_day(&cell) {
        Some(flat) => Ok((flat, true)),
        None if address::is_date(&cell) => Err((Reason::Date, column)),
        None => Ok((cell, false)),
    }
}

/// The flat's number in an address.
fn room(text: &str) -> Option<String> {
    Address::read(text)?.room
}

/// The building in the title of its roster: 幸福小区3号楼住户名册.
fn in_title(text: &str) -> Option<Address> {
    let building = Some(address::building_in(text)?);
    Some(Address { building, ..Address::default() })
}

/// A row's building or unit: what its cell says, else its address, else the rows above.
fn place<'t>(
    layout: &mut Layout<'t>,
    row: &'t Row,
    field: &str,
    read: fn(&str) -> Cow<'_, str>,
    of_address: Option<String>,
    above: &Above,
) -> Option<String> {
    let cell = layout.cell(row, field);
    if is_nothing(cell) {
        return None;
    }
    if !cell.is_empty() {
        return Some(read(cell).into_owned());
    }
    if of_address.is_some() {
        layout.conclude(Conclusion::BuildingFromId);
        return of_address;
    }
    let left = if field == "unit" { &above.unit } else { &above.building };
    if left.is_some() {
        let said = above.conclusion.filter(|_| !layout.has(field));
        layout.conclude(said.unwrap_or(Conclusion::FilledDown));
    }
    left.clone()
}

/// A row's floor: what its cell says; without such a column, the first digits of its flat in a
/// building.
fn floor<'t>(layout: &mut Layout<'t>, row: &'t Row, room: Option<&str>) -> Option<Value<'static>> {
    let number = |floor: i32| Value::Number(Cow::Owned(floor.to_string()));
    if layout.has("floor") {
        let cell = layout.cell(row, "floor");
        return match address::read_floor(cell) {
            Some(floor) => Some(number(floor)),
            None if cell.is_empty() || is_nothing(cell) => None,
            None => Some(text(cell)),
        };
    }
    let floor = address::floor_of_room(room?)?;
    layout.conclude(Conclusion::FloorFromRoom);
    Some(number(floor))
}

/// Where two ids are the same, puts building and unit before those that are a flat's number
/// alone; answers whether any changed.
fn tell_apart(homes: &mut [Home<'_>]) -> bool {
    let mut met = HashSet::with_capacity(homes.len());
    if homes.iter().all(|home| met.insert(&home.id)) {
        return false;
    }
    let mut changed = false;
    for home in homes {
        if let (Some(building), false) = (&home.building, home.id.contains('-')) {
            let room = address::bare_room(&home.id);
            home.id = match &home.unit {
                Some(unit) => format!("{building}-{unit}-{room}"),
                None => format!("{building}-{room}"),
            };
            changed = true;
        }
    }
    changed
}

fn value<'t>(layout: &Layout<'t>, home: Home<'t>) -> Value<'static> {
    let cell = |field| Some(layout.cell(home.row, field)).filter(|cell| !cell.is_empty());
    let given = |field| cell(field).filter(|cell| !is_nothing(cell));
    let typed = |field| cell(field).map(str::to_owned);
    let money = |field, cell| number::money_times(cell, layout.zeros(field)).into_owned();

    let mut fields = Fields::new();
    add(&mut fields, "id", Some(home.id));
    add(&mut fields, "name", typed("name"));
    add(&mut fields, "note", typed("note"));
    add(&mut fields, "building", home.building);
    add(&mut fields, "unit", home.unit);
    fields.extend(home.floor.map(|floor| ("floor".into(), floor)));
    add(&mut fields, "area", cell("area").map(|cell| number::area(cell).into_owned()));
    add(&mut fields, "hardship", coded(layout, home.row, HARDSHIP, &HARDSHIP_WORDS));
    add(&mut fields, "payer", given("payer").map(str::to_owned));
    add(
        &mut fields,
        "payer_share",
        given("payer_share").map(|cell| number::rate(cell).into_owned()),
    );
    // An account without a balance is another thing than an empty one: "-" is passed on.
    for field in ["fund_balance", "fund_first"] {
        add(&mut fields, field, cell(field).map(|cell| money(field, cell)));
    }
    for field in ["provident", "in_kind"] {
        add(&mut fields, field, given(field).map(|cell| money(field, cell)));
    }
    add(&mut fields, "owner", given("owner").map(str::to_owned));
    add(&mut fields, "vote", coded(layout, home.row, VOTE, &VOTE_WORDS));
    let weights: Fields = layout
        .behind(WEIGHT)
        .map(|(name, column)| (name, home.row.cell(column)))
        .filter(|(_, cell)| !cell.is_empty())
        .map(|(name, cell)| (Cow::Owned(name.to_owned()), text(&number::weight(cell))))
        .collect();
    if !weights.is_empty() {
        fields.push(("weights".into(), Value::Fields(weights)));
    }
    Value::Fields(fields)
}

/// The code of a hardship or a vote, from the column of its words or from those of marks, one for
/// each code; words that are unknown are passed on. Two at once are for somebody to decide, and
/// passed on too.
fn coded<'t>(layout: &Layout<'t>, row: &'t Row, prefix: &str, words: &Words) -> Option<String> {
    let known = |cell: &str| match words.meaning(cell) {
        Some("nothing") => None,
        Some(code) => Some(code.to_owned()),
        None => Some(cell.to_owned()),
    };
    let given = |cell: &&str| !cell.is_empty() && !is_nothing(cell);
    let whole = layout.cell(row, prefix.trim_end_matches(':'));
    let whole = Some(whole).filter(given).and_then(known);
    let flags = layout.behind(prefix).filter_map(|(code, column)| {
        let cell = Some(row.cell(column)).filter(given)?;
        match YES_WORDS.meaning(cell) {
            Some("yes") => Some(code.to_owned()),
            Some(_) => None,
            None => known(cell),
        }
    });
    let mut all: Vec<_> = whole.into_iter().chain(flags).collect();
    all.dedup();
    (!all.is_empty()).then(|| all.join("、"))
}

/// The charges of every line, which may stand in several sheets.
fn charges(layouts: &[Layout<'_>], homes: &[Home<'_>]) -> Vec<(String, Vec<(usize, String)>)> {
    let mut charges: Vec<(String, Vec<(usize, String)>)> = Vec::new();
    for (sheet, layout) in layouts.iter().enumerate() {
        for (line, column) in layout.behind(CHARGE) {
            let zeros = layout.zeros_at(column);
            let of_sheet = homes
                .iter()
                .enumerate()
                .filter(|(_, home)| home.sheet == sheet)
                .map(|(at, home)| (at, home.row.cell(column)))
                .filter(|(_, cell)| !cell.is_empty() && !is_nothing(cell))
                .map(|(at, cell)| (at, number::money_times(cell, zeros).into_owned()));
            match charges.iter_mut().find(|(other, _)| *other == line) {
                Some((_, charges)) => charges.extend(of_sheet),
                None => charges.push((line.to_owned(), of_sheet.collect())),
            }
        }
    }
    charges
}

fn text(text: &str) -> Value<'static> {
    Value::Text(Cow::Owned(text.to_owned()))
}
