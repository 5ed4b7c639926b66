//! Which home a note or a name is of.

use std::collections::{BTreeSet, HashMap};

use fentan_core::Plan;

use super::Found;
use crate::address::{Address, bare_room, building, unit};
use crate::number::is_digits;
use crate::tidy::{compact, tidy};

/// Building and unit, where they are known, and the home.
type Room = (Option<String>, Option<String>, usize);

/// The homes of a plan, by what tells them.
pub(super) struct Homes {
    /// By id.
    ids: HashMap<String, usize>,
    /// By the number of the flat.
    rooms: HashMap<String, Vec<Room>>,
    /// By the whole name.
    names: HashMap<String, Vec<usize>>,
}

/// The fewest digits of an id that is nothing but digits: less is any number.
const FEWEST_DIGITS: usize = 3;

impl Homes {
    pub(super) fn of(plan: &Plan) -> Homes {
        let mut homes = Homes { ids: HashMap::new(), rooms: HashMap::new(), names: HashMap::new() };
        for (index, household) in plan.households().iter().enumerate() {
            homes.ids.insert(compact(&household.id), index);
            let address = Address::read(&household.id).unwrap_or_default();
            let of_building = plan.building_of(household).map(|one| building(one).into_owned());
            let of_unit = plan.unit_of(household).map(|one| {
                // A unit is called by its building too: 3/1.
                unit(one.rsplit('/').next().unwrap_or(one)).into_owned()
            });
            if let Some(room) = address.room {
                let room = bare_room(&room).to_owned();
                let found = (of_building.or(address.building), of_unit.or(address.unit), index);
                homes.rooms.entry(room).or_default().push(found);
            }
            if let Some(name) = &household.name {
                homes.names.entry(compact(name)).or_default().push(index);
            }
        }
        homes
    }

    /// The home of notes and of whom they are from. A number counts before a name: one may pay for the
    /// home of another.
    pub(super) fn find(&self, notes: &[&str], party: &str) -> Found {
        let by_number: BTreeSet<usize> = notes.iter().flat_map(|note| self.numbers(note)).collect();
        if !by_number.is_empty() {
            return only(by_number).map_or_else(Found::Several, Found::ByNumber);
        }
        let texts = notes.iter().copied().chain([party]);
        let words = texts.flat_map(|text| text.split(|one: char| !one.is_alphanumeric()));
        let names = words.filter(|word| word.chars().count() > 1).map(compact);
        let by_name = names.filter_map(|name| self.names.get(&name)).flatten().copied();
        match only(by_name.collect()) {
            Ok(home) => Found::ByName(home),
            Err(none) if none.is_empty() => Found::None,
            Err(several) => Found::Several(several),
        }
    }

    /// The homes whose numbers stand in a note.
    fn numbers(&self, note: &str) -> Vec<usize> {
        let note = tidy(note).to_ascii_lowercase();
        if let Some(&home) = self.ids.get(&compact(&note)) {
            return vec![home];
        }
        let mut found = Vec::new();
        let mut rest = note.as_str();
        while let Some(start) = rest.find(is_of_number) {
            let run = &rest[start..];
            let end = run.find(|one| !is_of_number(one)).unwrap_or(run.len());
            let (run, behind) = run.split_at(end);
            found.extend(self.number(run, behind));
            rest = behind;
        }
        found
    }

    /// The homes that a text without other words may be the number of.
    fn number(&self, run: &str, behind: &str) -> Vec<usize> {
        let run = run.trim_start_matches(|one: char| !is_first(one));
        let run = run.trim_end_matches(['-', '/', '#']);
        if is_digits(run) {
            // An amount, a year, a telephone number.
            let counts =
                behind.starts_with(['年', '月', '日', '元', '块', '万', '期', '.', ',', ':']);
            let is_id = run.len() >= FEWEST_DIGITS && !counts;
            return self.ids.get(run).copied().filter(|_| is_id).into_iter().collect();
        }
        if run.ends_with('元') && !run.ends_with("单元") {
            return Vec::new();
        }
        let bare = run.trim_end_matches(|one: char| !one.is_ascii_alphanumeric());
        if let Some(&home) = self.ids.get(&compact(run)).or_else(|| self.ids.get(&compact(bare))) {
            return vec![home];
        }
        let address = Address::read(run).filter(|one| one.room.is_some());
        let address = address.or_else(|| Address::read(bare).filter(|one| one.room.is_some()));
        let Some(Address { building, unit, room: Some(room), is_pair, .. }) = address else {
            return Vec::new();
        };
        let homes = self.rooms.get(bare_room(&room)).map_or(&[][..], Vec::as_slice);
        let is = |said: &Option<String>, own: &Option<String>| said.is_none() || said == own;
        let fits = |of_building: &Option<String>, of_unit: &Option<String>| {
            let as_said = is(&building, of_building) && is(&unit, of_unit);
            // 3-501 may name the unit.
            as_said || is_pair && building == *of_unit
        };
        // A flat's number alone is any number.
        let is_place = building.is_some() || unit.is_some();
        let homes = homes.iter().filter(|(of_building, of_unit, _)| fits(of_building, of_unit));
        homes.filter(|_| is_place).map(|&(.., home)| home).collect()
    }
}

/// The only one, or all.
fn only(found: BTreeSet<usize>) -> Result<usize, Vec<usize>> {
    match found.first() {
        Some(&home) if found.len() == 1 => Ok(home),
        _ => Err(found.into_iter().collect()),
    }
}

/// What the number of a home begins with.
fn is_first(one: char) -> bool {
    one.is_ascii_alphanumeric() || "一二三四五六七八九十甲乙丙丁".contains(one)
}

/// What the number of a home is written with.
fn is_of_number(one: char) -> bool {
    is_first(one) || "-/#号楼栋幢座单元门室".contains(one)
}
