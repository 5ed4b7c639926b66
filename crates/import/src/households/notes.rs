//! What is told of a roster once its homes are known.

use std::collections::{BTreeMap, HashMap, HashSet};

use fentan_core::Value;

use super::Home;
use crate::columns;
use crate::exact::millionths;
use crate::imported::Imported;
use crate::layout::{HARDSHIP, JOINS, Layout, MONEY, VOTE, WEIGHT, asks_to_take_part, is_nothing};
use crate::mapping::Reason;
use crate::number;
use crate::table::Row;
use crate::tally::{Summed, Tally};
use crate::tidy::{compact, tidy};
use crate::told::{Kind, Told};
use crate::words::{
    HARDSHIP_IN_NOTES, HOUSEHOLD_HINTS, JOINS_WORDS, OWNERS, RELATIONS, RELATIVES, SAID_IN_NOTES,
    USE_WORDS, YES_WORDS,
};

/// Names that are listed; the count says how many there are.
const LISTED: usize = 5;
/// Digits that a spreadsheet keeps of a number.
const KEPT_DIGITS: usize = 15;

/// Adds a further owner's name to a home.
pub(super) fn add_owner(home: &mut Home<'_>, name: &str) {
    if !home.name.split('、').any(|one| one == name) {
        if !home.name.is_empty() {
            home.name.push('、');
        }
        home.name.push_str(name);
    }
}

/// Rows of one flat that name several owners are one home. Rows that name who else lives there are
/// no homes.
pub(super) fn join_owners(layouts: &mut [Layout<'_>], homes: &mut Vec<Home<'_>>) {
    let mut first: HashMap<(Option<String>, Option<String>, String), usize> = HashMap::new();
    let mut joined = HashSet::new();
    for at in 0..homes.len() {
        let key = {
            let Some(home) = homes.get(at) else { continue };
            (home.building.clone(), home.unit.clone(), flat_of(home).to_owned())
        };
        let Some(&before) = first.get(&key) else {
            first.insert(key, at);
            continue;
        };
        let (Some(one), Some(other)) = (homes.get(before), homes.get(at)) else { continue };
        let (Some(of_one), Some(of_other)) = (layouts.get(one.table), layouts.get(other.table))
        else {
            continue;
        };
        // A flat under another id is asked about, and so is another sheet's.
        if other.id != one.id
            || other.table != one.table
            || other.name.is_empty()
            || one.name.split('、').any(|name| other.name.split('、').any(|other| other == name))
            || !is_same_flat((of_one, one.row), (of_other, other.row))
        {
            continue;
        }
        let relative = is_relative(of_other, other.row);
        let comes_first = is_relative(of_one, one.row) && !relative;
        let (name, owner, mut table, mut row) =
            (other.name.clone(), other.owner.clone(), other.table, other.row);
        let row_of_first = one.row.number;
        if comes_first {
            // Who lives there stands above the owner.
            if let Some(home) = homes.get_mut(before) {
                (home.name, home.owner) = (name, owner);
                std::mem::swap(&mut home.row, &mut row);
                std::mem::swap(&mut home.table, &mut table);
            }
        } else if let Some(home) = homes.get_mut(before).filter(|_| !relative) {
            add_owner(home, &name);
            let both = match (home.owner.take(), owner) {
                (Some(one), Some(other)) if one != other => Some(format!("{one}、{other}")),
                (one, other) => one.or(other),
            };
            home.owner = both;
        }
        let relative = relative || comes_first;
        if let Some(layout) = layouts.get_mut(table) {
            let reason = if relative { Reason::Relative } else { Reason::JointOwner };
            layout.leave_out(row, reason);
            if !relative {
                layout.joined.push((row_of_first, row.number));
            }
        }
        joined.insert(at);
    }
    let mut at = 0;
    homes.retain(|_| {
        at += 1;
        !joined.contains(&(at - 1))
    });
    for layout in layouts.iter_mut() {
        layout.left_out.sort_by_key(|one| one.row);
        let rows: Vec<_> = layout.joined.iter().map(|&(_, row)| row).collect();
        if !rows.is_empty() {
            let told = Told::new(Kind::JointOwners, &layout.table.name).rows(rows);
            layout.told.push(told);
        }
    }
}

/// Whether a column that isn't used says that the row names who lives in the flat. Where it says
/// how people are related to the owner (与户主关系), all are such but the owners.
fn is_relative(layout: &Layout<'_>, row: &Row) -> bool {
    let columns = layout.mapping.columns.iter().enumerate();
    let mut aside = columns.filter(|(_, column)| column.field.is_none());
    aside.any(|(at, column)| {
        let cell = row.cell(at);
        let says_relation = RELATIONS.words().any(|word| column.heading.contains(word));
        let is_owner = cell.is_empty() || is_nothing(cell) || OWNERS.meaning(cell).is_some();
        RELATIVES.meaning(cell).is_some() || says_relation && !is_owner
    })
}

/// What tells a home apart in its building: the flat's number, or else its id.
fn flat_of<'h>(home: &'h Home<'_>) -> &'h str {
    if home.room.is_empty() || home.building.is_none() { &home.id } else { &home.room }
}

/// Rows that name one flat under two ids.
fn same_flats(layouts: &mut [Layout<'_>], homes: &[Home<'_>]) {
    let mut first: HashMap<(Option<&str>, Option<&str>, &str), &Home<'_>> = HashMap::new();
    for home in homes.iter().filter(|home| home.building.is_some()) {
        let key = (home.building.as_deref(), home.unit.as_deref(), flat_of(home));
        let before = *first.entry(key).or_insert(home);
        // Where flats are counted on each floor, another floor is another flat.
        let on_floor = |one: &Home<'_>| one.floor.as_ref().and_then(Value::text).map(str::to_owned);
        let floors = on_floor(before).zip(on_floor(home));
        if before.id != home.id
            && floors.is_none_or(|(one, other)| one == other)
            && let Some(layout) = layouts.get_mut(home.table)
        {
            let told = Told::new(Kind::SameFlat, &layout.table.name).rows([home.row.number]);
            let told = told.with("first", before.row.number.to_string());
            layout.told.push(told.with("id", before.id.as_str()).with("other", home.id.as_str()));
        }
    }
}

/// Whether a row says nothing of its flat that another row of the flat doesn't say, names aside.
fn is_same_flat<'t>(
    (one_layout, one): (&Layout<'t>, &'t Row),
    (layout, other): (&Layout<'t>, &'t Row),
) -> bool {
    let fields = layout.mapping.columns.iter().filter_map(|column| column.field.as_deref());
    let counted = |field: &&str| {
        MONEY.contains(field)
            || ["area", "floor", "use", "hardship", "payer", "payer_share", "vote"].contains(field)
            || field.starts_with(WEIGHT)
            || field.starts_with(JOINS)
            || field.starts_with("charge:")
            || field.starts_with(HARDSHIP)
            || field.starts_with(VOTE)
    };
    fields.filter(counted).all(|field| {
        let (cell, first) = (layout.cell(other, field), one_layout.cell(one, field));
        let number = |cell| number::area_of_cell(cell).number.as_deref().and_then(millionths);
        cell.is_empty()
            || is_nothing(cell)
            || tidy(cell) == tidy(first)
            || number(cell).is_some() && number(cell) == number(first)
    })
}

/// Tells of owners, notes, columns and what homes lack.
pub(super) fn look_over(layouts: &mut [Layout<'_>], homes: &mut [Home<'_>]) {
    let some_building = homes.iter().any(|home| home.building.is_some());
    let some_floor = homes.iter().any(|home| home.floor.is_some());
    owners(layouts, homes);
    same_flats(layouts, homes);
    for (table, layout) in layouts.iter_mut().enumerate() {
        let own: Vec<_> = homes.iter().filter(|home| home.table == table).collect();
        let sheet = layout.table.name.clone();
        let lack = |lacks: fn(&Home<'_>) -> bool| {
            own.iter().filter(|home| lacks(home)).map(|home| home.row.number).collect::<Vec<_>>()
        };
        let (no_building, no_unit) =
            (lack(|home| home.building.is_none()), lack(|home| home.unit.is_none()));
        let wanted = |field: &str| match field {
            "building" | "phase" => !layout.has(field) && !no_building.is_empty(),
            "unit" => !layout.has("unit") && no_unit.len() == own.len(),
            "floor" => !layout.has("floor") && own.iter().all(|home| home.floor.is_none()),
            "room" => !layout.has("room") && !layout.has("id"),
            field => !layout.has(field),
        };
        let mut told = columns::unused(layout, &HOUSEHOLD_HINTS, wanted);
        told.extend(says_no(layout, &own));
        told.extend(joining(layout, &own));
        told.extend(uses(layout, &own));
        told.extend(fund_parts(layout, &own));
        if some_building && !no_building.is_empty() {
            // A whole table without one has lost its title or the name of its sheet.
            let is_whole = no_building.len() == own.len() && own.len() > 1;
            let kind = if is_whole { Kind::NoBuildingInTable } else { Kind::NoBuilding };
            told.push(Told::new(kind, &sheet).rows(no_building));
        }
        let no_floor = lack(|home| home.floor.is_none());
        let is_known = some_floor || own.iter().any(|home| home.building.is_some());
        if is_known && !no_floor.is_empty() {
            told.push(Told::new(Kind::NoFloor, &sheet).rows(no_floor));
        }
        told.extend(in_notes(layout, &own));
        layout.told.extend(told);
    }
}

/// Homes that a column which is left aside says take no part.
fn says_no(layout: &Layout<'_>, homes: &[&Home<'_>]) -> Option<Told> {
    let position = layout
        .mapping
        .columns
        .iter()
        .position(|column| column.field.is_none() && asks_to_take_part(&column.heading))?;
    let says_no = |home: &&&Home<'_>| {
        let cell = layout.cell_at(home.row, position);
        JOINS_WORDS.meaning(cell) == Some("no") || YES_WORDS.meaning(cell) == Some("nothing")
    };
    let rows: Vec<_> = homes.iter().filter(says_no).map(|home| home.row.number).collect();
    let heading = &layout.mapping.columns.get(position)?.heading;
    let told = Told::new(Kind::SaysNo, &layout.table.name).column(position).rows(rows);
    (!told.rows.is_empty()).then(|| told.with("heading", heading.as_str()))
}

/// Which homes take no part in a line, and which say nothing of it where others do.
fn joining(layout: &Layout<'_>, homes: &[&Home<'_>]) -> Vec<Told> {
    let mut told = Vec::new();
    for (line, column) in layout.behind(JOINS) {
        let rows = |is: &dyn Fn(&str) -> bool| -> Vec<u64> {
            let those = homes.iter().filter(|home| is(layout.cell_at(home.row, column)));
            those.map(|home| home.row.number).collect()
        };
        let leaving = rows(&|cell| JOINS_WORDS.meaning(cell) == Some("no"));
        let is_blank =
            |cell: &str| cell.is_empty() || is_nothing(cell) && JOINS_WORDS.meaning(cell).is_none();
        let blank = rows(&is_blank);
        let said = blank.len() < homes.len();
        let found = [(Kind::NotJoining, leaving), (Kind::JoinsBlank, blank)];
        for (kind, rows) in found.into_iter().filter(|(_, rows)| said && !rows.is_empty()) {
            let count = rows.len().to_string();
            let one = Told::new(kind, &layout.table.name).column(column).rows(rows);
            told.push(one.with("line", line).with("count", count));
        }
    }
    told
}

/// What homes are used for: the uses that the plan has to name, and words that were not understood.
fn uses(layout: &Layout<'_>, homes: &[&Home<'_>]) -> Vec<Told> {
    let Some(column) = layout.position("use") else { return Vec::new() };
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    let mut unknown: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for home in homes {
        let cell = layout.cell(home.row, "use");
        match USE_WORDS.meaning(cell) {
            Some("nothing") => {}
            Some(code) => *known.entry(code).or_default() += 1,
            None if cell.is_empty() || is_nothing(cell) => {}
            None => unknown.entry(cell).or_default().push(home.row.number),
        }
    }
    let one = |kind| Told::new(kind, &layout.table.name).column(column);
    let names = known.iter().map(|(code, count)| format!("{code} ×{count}"));
    let names = names.collect::<Vec<_>>().join("、");
    let to_name = (!known.is_empty()).then(|| one(Kind::UsesToName).with("names", names));
    let unknown = unknown.into_iter().map(|(word, rows)| {
        let count = rows.len().to_string();
        one(Kind::UseUnknown).rows(rows).with("word", word).with("count", count)
    });
    to_name.into_iter().chain(unknown).collect()
}

/// Balances that are not the sum of the principal and interest beside them.
fn fund_parts(layout: &Layout<'_>, homes: &[&Home<'_>]) -> Option<Told> {
    let money = |home: &Home<'_>, field| {
        let read = number::money_of_cell(layout.cell(home.row, field), layout.zeros(field));
        read.number.as_deref().and_then(millionths)
    };
    let differs = |home: &&&Home<'_>| {
        let parts = money(home, "fund_principal").zip(money(home, "fund_interest"));
        parts.zip(money(home, "fund_balance")).is_some_and(|((principal, interest), balance)| {
            principal.checked_add(interest) != Some(balance)
        })
    };
    let rows: Vec<_> = homes.iter().filter(differs).map(|home| home.row.number).collect();
    let told = Told::new(Kind::FundParts, &layout.table.name).rows(rows);
    let column = layout.position("fund_balance")?;
    (!told.rows.is_empty()).then(|| told.column(column))
}

/// What notes say of homes that is not taken in.
fn in_notes(layout: &Layout<'_>, homes: &[&Home<'_>]) -> Vec<Told> {
    let Some(column) = layout.position("note") else { return Vec::new() };
    let mut found: BTreeMap<(Kind, &str), Vec<u64>> = BTreeMap::new();
    for home in homes {
        let note = compact(layout.cell(home.row, "note"));
        let has_hardship = layout.behind(HARDSHIP).next().is_some()
            || !layout.cell(home.row, "hardship").is_empty();
        let met = |words: &crate::words::Words| words.words().find(|word| note.contains(word));
        if let Some(word) = met(&HARDSHIP_IN_NOTES).filter(|_| !has_hardship) {
            found.entry((Kind::HardshipInNotes, word)).or_default().push(home.row.number);
        }
        if let Some(word) = met(&SAID_IN_NOTES) {
            found.entry((Kind::SaidInNotes, word)).or_default().push(home.row.number);
        }
    }
    let told = found.into_iter().map(|((kind, word), rows)| {
        let count = rows.len().to_string();
        let told = Told::new(kind, &layout.table.name).column(column).rows(rows);
        told.with("word", word).with("count", count)
    });
    told.collect()
}

/// Takes off what can't tell owners apart, and tells how many heads names would make.
fn owners(layouts: &mut [Layout<'_>], homes: &mut [Home<'_>]) {
    let mut unusable: BTreeMap<usize, Vec<(u64, String)>> = BTreeMap::new();
    for home in homes.iter_mut() {
        if let Some(owner) = home.owner.take_if(|owner| !tells_apart(owner)) {
            unusable.entry(home.table).or_default().push((home.row.number, owner));
        }
    }
    for (table, found) in unusable {
        let Some(layout) = layouts.get_mut(table) else { continue };
        let told = Told::new(Kind::OwnerUnusable, &layout.table.name)
            .rows(found.iter().map(|(row, _)| *row))
            .with("value", found.first().map_or("", |(_, owner)| owner.as_str()))
            .with("count", found.len().to_string());
        let column = layout.position("owner").unwrap_or_default();
        layout.told.push(told.column(column));
    }
    let mut flats: HashMap<&str, Vec<&Home<'_>>> = HashMap::new();
    for home in homes.iter().filter(|home| home.owner.is_none() && !home.name.is_empty()) {
        flats.entry(&home.name).or_default().push(home);
    }
    let count: usize = flats.values().map(Vec::len).sum();
    let heads = flats.len();
    let mut several: Vec<_> = flats.into_iter().filter(|(_, homes)| homes.len() > 1).collect();
    several.sort_by_key(|(name, homes)| (std::cmp::Reverse(homes.len()), *name));
    let Some(table) = several.first().and_then(|(_, homes)| homes.first()).map(|home| home.table)
    else {
        return;
    };
    let names = several.iter().take(LISTED).map(|(name, homes)| format!("{name} ×{}", homes.len()));
    let names: Vec<_> = names.collect();
    let mut rows: Vec<_> =
        several.iter().flat_map(|(_, homes)| homes).map(|home| home.row.number).collect();
    rows.sort_unstable();
    let Some(layout) = layouts.get_mut(table) else { return };
    let told = Told::new(Kind::SameNames, &layout.table.name)
        .rows(rows)
        .with("names", names.join("、"))
        .with("count", several.len().to_string())
        .with("apart", count.to_string())
        .with("together", heads.to_string());
    layout.told.push(match layout.position("name") {
        Some(column) => told.column(column),
        None => told,
    });
}

/// Whether an owner's number tells owners apart: not where a spreadsheet rounded it (4.11023E+17,
/// or zeros behind the fifteenth digit), nor where digits of it are hidden.
fn tells_apart(owner: &str) -> bool {
    let owner = tidy(owner);
    let is_digits = number::is_digits(&owner);
    let is_rounded = owner.get(KEPT_DIGITS..).is_some_and(|rest| {
        is_digits && !rest.is_empty() && rest.bytes().all(|digit| digit == b'0')
    });
    let in_powers = owner.split_once(['E', 'e']).is_some_and(|(digits, power)| {
        power.starts_with('+')
            && !digits.is_empty()
            && number::is_digits(&power[1..])
            && digits.bytes().all(|one| one.is_ascii_digit() || one == b'.')
    });
    !(is_rounded || in_powers || owner.contains('*') || owner.contains("xxx"))
}

/// Tells which of the rows and columns that were read are hidden. Where a total of the same sheet
/// agrees with what was read, hidden rows are a note; else they are asked about.
pub(crate) fn hidden(layouts: &mut [Layout<'_>], imported: &Imported) {
    let mut tally = Tally::new(&imported.values, &imported.places);
    let agreed: HashSet<String> = imported
        .statements
        .iter()
        .filter(|one| matches!(&one.summed, Summed::Field(field) if field == "area" || field == "amount"))
        .map(|one| tally.check(one))
        .filter(|check| check.agrees)
        .map(|check| check.sheet)
        .collect();
    for (table, layout) in layouts.iter_mut().enumerate() {
        let sheet = layout.table.name.clone();
        let is_hidden = |row: &u64| layout.table.hidden_rows.binary_search(row).is_ok();
        let own = imported.places.iter().filter(|place| place.table == table);
        let joined = layout.joined.iter().map(|&(_, row)| row);
        let rows: Vec<_> = own.map(|place| place.row).chain(joined).filter(is_hidden).collect();
        let has_own = imported.places.iter().any(|place| place.table == table);
        if !rows.is_empty() {
            let is_known = layout.table.is_filtered || agreed.contains(&sheet);
            let kind = if is_known { Kind::FilteredRows } else { Kind::HiddenRows };
            layout.told.push(Told::new(kind, &sheet).rows(rows));
        }
        let is_struck = |row: &u64| layout.table.struck_rows.binary_search(row).is_ok();
        let own = imported.places.iter().filter(|place| place.table == table);
        let struck: Vec<_> = own.map(|place| place.row).filter(is_struck).collect();
        if !struck.is_empty() {
            layout.told.push(Told::new(Kind::StruckRows, &sheet).rows(struck));
        }
        let columns = layout.mapping.columns.iter().enumerate();
        let hidden: Vec<_> = columns
            .filter(|(at, column)| {
                column.field.is_some() && layout.table.hidden_columns.contains(at) && has_own
            })
            .map(|(at, column)| (at, column.heading.clone()))
            .collect();
        for (at, heading) in hidden {
            let told = Told::new(Kind::HiddenColumn, &sheet).column(at);
            layout.told.push(told.with("heading", heading));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_can_t_tell_owners_apart() {
        for one in ["Y-07", "410901198001011234", "772019082100001", "41090119800101000X", "E+1"] {
            assert!(tells_apart(one), "{one}");
        }
        for one in ["4.11023E+17", "4101********0001", "410901198001010000", "1E+18"] {
            assert!(!tells_apart(one), "{one}");
        }
    }
}
