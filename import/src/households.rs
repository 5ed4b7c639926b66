//! A roster (住户名册).

use std::borrow::Cow;
use std::collections::HashSet;

use fentan_core::Value;

use crate::address::{self, Address};
use crate::layout::{CHARGE, Headings, Layout, Shapes, WEIGHT, is_nothing};
use crate::mapping::{Conclusion, LeftOut, Mapping, Reason};
use crate::number;
use crate::table::{Row, Table};
use crate::tidy::tidy;
use crate::words::{HARDSHIP_WORDS, HOUSEHOLD_HEADINGS};
use crate::{Fields, add};

/// What a table of households holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedHouseholds {
    /// The plan's `households`: tables of fields in the order of spec §2.
    pub households: Vec<Value<'static>>,
    /// The `charges` of individual lines, by the line's id: from the columns `charge:LINE`.
    pub charges: Vec<(String, Value<'static>)>,
    /// How the table was understood.
    pub mapping: Mapping,
    /// The rows that are no household.
    pub left_out: Vec<LeftOut>,
}

const HEADINGS: Headings = Headings { words: &HOUSEHOLD_HEADINGS, prefixes: &[WEIGHT, CHARGE] };

const SHAPES: Shapes = &[&["id", "area"], &["id", "area", "floor"], &["id", "floor", "area"]];

fn fits(field: &str, cell: &str) -> bool {
    match field {
        "area" => number::read_area(cell).is_some(),
        "floor" => address::read_floor(cell).is_some(),
        _ => tidy(cell).bytes().any(|byte| byte.is_ascii_digit()),
    }
}

/// A household whose id may still need its building to tell it apart.
struct Home<'t> {
    row: &'t Row,
    id: String,
    building: Option<String>,
    unit: Option<String>,
    floor: Option<Value<'static>>,
}

/// The building and unit that the rows above leave to those below.
#[derive(Default)]
struct Above {
    building: Option<String>,
    unit: Option<String>,
}

/// Reads a roster.
///
/// ```
/// use fentan_import::{Reason, Table, households};
/// let table = Table::from_text("楼号,室号,面积\n3号楼,501室,62.35\n,502室,58\n制表：张三,,\n");
/// let imported = households(&table);
/// assert_eq!(imported.households.len(), 2);
/// assert_eq!(imported.left_out[0].reason, Reason::Remark);
/// ```
pub fn households(table: &Table) -> ImportedHouseholds {
    let mut layout = Layout::find(table, &HEADINGS, SHAPES, fits);
    let id = ["id", "room", "number"].into_iter().find(|field| layout.has(field)).unwrap_or("id");
    if id == "number" {
        layout.conclude(Conclusion::NumberAsId);
    }
    let mut homes = Vec::new();
    let mut above = Above::default();
    for row in layout.rows {
        match home(&mut layout, row, id, &mut above) {
            Ok(home) => homes.push(home),
            Err(reason) => layout.leave_out(row, reason),
        }
    }
    if tell_apart(&mut homes) {
        layout.conclude(Conclusion::BuildingInIds);
    }
    let charges = charges(&layout, &homes);
    let weights = layout.behind(WEIGHT);
    let households = homes.into_iter().map(|home| value(&layout, &weights, home)).collect();
    ImportedHouseholds { households, charges, mapping: layout.mapping, left_out: layout.left_out }
}

fn home<'t>(
    layout: &mut Layout<'_>,
    row: &'t Row,
    id: &str,
    above: &mut Above,
) -> Result<Home<'t>, Reason> {
    let name = layout.cell(row, "name");
    let typed_id = layout.cell(row, id);
    if let Some(reason) = layout.needless(row, &[typed_id, name], layout.cell(row, "area")) {
        return Err(reason);
    }
    if let Some(title) = title(row) {
        if title.building.is_some() {
            above.building = title.building;
            above.unit = None;
        }
        above.unit = title.unit.or(above.unit.take());
        return Err(Reason::Title);
    }
    let id = tidy(typed_id);
    if id.is_empty() {
        return Err(Reason::NoId);
    }
    let room = if layout.has("room") { tidy(layout.cell(row, "room")) } else { id.clone() };
    let address = Address::read(&room)
        .filter(|address| address.building.is_some() && address.room.is_some())
        .unwrap_or_default();
    let room = match address.room {
        Some(room) => room,
        None if layout.has("room") || room.ends_with('室') => room,
        None => String::new(),
    };

    let building =
        place(layout, row, "building", address::building, address.building, &above.building);
    if layout.has("building") && building != above.building {
        above.building.clone_from(&building);
        above.unit = None;
    }
    let unit = place(layout, row, "unit", address::unit, address.unit, &above.unit);
    if layout.has("unit") {
        above.unit.clone_from(&unit);
    }
    let floor = floor(layout, row, building.as_ref().map(|_| &*room));
    Ok(Home { row, id, building, unit, floor })
}

/// A building or unit that stands alone in its row, over the flats in it.
fn title(row: &Row) -> Option<Address> {
    let mut filled = row.filled();
    let address = Address::read(filled.next()?)?;
    (filled.next().is_none() && address.room.is_none()).then_some(address)
}

/// A row's building or unit: what its cell says, else its address, else the rows above.
fn place(
    layout: &mut Layout<'_>,
    row: &Row,
    field: &str,
    read: fn(&str) -> Cow<'_, str>,
    of_address: Option<String>,
    above: &Option<String>,
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
    if above.is_some() {
        let has = layout.has(field);
        layout.conclude(if has { Conclusion::FilledDown } else { Conclusion::FromTitles });
    }
    above.clone()
}

/// A row's floor: what its cell says; without such a column, the first digits of its flat in a
/// building.
fn floor(layout: &mut Layout<'_>, row: &Row, room: Option<&str>) -> Option<Value<'static>> {
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

fn value(layout: &Layout<'_>, weights: &[(String, usize)], home: Home<'_>) -> Value<'static> {
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
    add(&mut fields, "hardship", given("hardship").and_then(hardship));
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
    let weights: Fields = weights
        .iter()
        .map(|(name, column)| (name, home.row.cell(*column)))
        .filter(|(_, cell)| !cell.is_empty())
        .map(|(name, cell)| (Cow::Owned(name.clone()), text(&number::weight(cell))))
        .collect();
    if !weights.is_empty() {
        fields.push(("weights".into(), Value::Fields(weights)));
    }
    Value::Fields(fields)
}

/// The code of a hardship; words that are unknown are passed on.
fn hardship(cell: &str) -> Option<String> {
    match HARDSHIP_WORDS.meaning(cell) {
        Some("nothing") => None,
        Some(code) => Some(code.to_owned()),
        None => Some(cell.to_owned()),
    }
}

fn charges(layout: &Layout<'_>, homes: &[Home<'_>]) -> Vec<(String, Value<'static>)> {
    let of_line = |(line, column): (String, usize)| {
        let zeros = layout.zeros_at(column);
        let charges = homes
            .iter()
            .map(|home| (home, home.row.cell(column)))
            .filter(|(_, cell)| !cell.is_empty() && !is_nothing(cell))
            .map(|(home, cell)| {
                (Cow::Owned(home.id.clone()), text(&number::money_times(cell, zeros)))
            })
            .collect();
        (line, Value::Fields(charges))
    };
    layout.behind(CHARGE).into_iter().map(of_line).collect()
}

fn text(text: &str) -> Value<'static> {
    Value::Text(Cow::Owned(text.to_owned()))
}
