//! The buildings (楼栋) and units (单元) that a text names, found in the roster.

use std::collections::HashMap;

use super::words::{
    FOR_EVERYBODY, HOW_MANY, LETTER_AFTER, NEAR_PLACE, PLACE_AFTER, PLACE_BEFORE, compact,
    is_numeral, number,
};
use crate::plan::{Household, Plan};

/// The most buildings that a range such as “1–6号楼” may hold.
const MOST_IN_RANGE: usize = 99;

/// The buildings and units of a roster by what they are called in brief: “3号楼” is 3.
pub(super) struct Places<'p> {
    plan: &'p Plan,
    /// By brief name, the one building that has it; `None` where several have it.
    buildings: HashMap<String, Option<usize>>,
    /// By building and brief name, the unit with its full name.
    units: HashMap<(usize, String), (usize, &'p str)>,
}

/// Buildings and units of the roster, by index.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Found {
    pub(super) buildings: Vec<usize>,
    /// The names of the units too, as a scope has them.
    pub(super) units: Vec<(usize, String)>,
}

impl Found {
    pub(super) fn holds(&self, household: &Household) -> bool {
        household.building.is_some_and(|building| self.buildings.contains(&building))
            || household.unit.is_some_and(|unit| self.units.iter().any(|(one, _)| *one == unit))
    }
}

impl<'p> Places<'p> {
    pub(super) fn of(plan: &'p Plan) -> Places<'p> {
        let mut buildings: HashMap<String, Option<usize>> = HashMap::new();
        let mut of_phases: HashMap<String, Option<usize>> = HashMap::new();
        for (index, name) in plan.buildings().iter().enumerate() {
            let brief = brief(name);
            // A phase before the number: “一期3号楼” may be called “3号楼”.
            let digits = brief.trim_end_matches(|one: char| one.is_ascii_digit()).len();
            let tail = &brief[digits..];
            if digits > 0 && !tail.is_empty() {
                let seen = of_phases.entry(tail.to_owned()).or_insert(Some(index));
                *seen = seen.filter(|&one| one == index);
            }
            let seen = buildings.entry(brief).or_insert(Some(index));
            *seen = seen.filter(|&one| one == index);
        }
        for (tail, building) in of_phases {
            buildings.entry(tail).or_insert(building);
        }
        let mut units = HashMap::new();
        for household in plan.households() {
            if let (Some(building), Some(unit)) = (household.building, household.unit)
                && let Some(name) = plan.unit_of(household)
            {
                units.entry((building, brief(name))).or_insert((unit, name));
            }
        }
        Places { plan, buildings, units }
    }

    /// The building of a brief or full name.
    pub(super) fn building(&self, name: &str) -> Option<usize> {
        *self.buildings.get(&brief(name))?
    }

    /// The unit of a building, with its full name.
    pub(super) fn unit(&self, building: usize, name: &str) -> Option<(usize, &'p str)> {
        self.units.get(&(building, brief(name))).copied()
    }

    /// The buildings and units that the name of a line says it is for; `None` where it names none,
    /// one that the roster doesn't have, or a place beside them.
    pub(super) fn named_in(&self, name: &str) -> Option<Found> {
        let name = compact(name);
        if FOR_EVERYBODY.is_in("shared", &name) {
            return None;
        }
        let in_full = self.named_in_full(&name)?;
        if !in_full.is_empty() {
            return Some(Found { buildings: in_full, units: Vec::new() });
        }
        let mentions = mentions(&name, self.plan.buildings().len())?;
        let mut found = Found::default();
        for mention in &mentions {
            let building = match &mention.building {
                Some(building) => (*self.buildings.get(building)?)?,
                None if self.plan.buildings().len() == 1 => 0,
                None => return None,
            };
            let has_units = self.units.keys().any(|(of, _)| *of == building);
            match mention.unit.as_ref().filter(|_| has_units) {
                Some(unit) => {
                    let (index, name) = *self.units.get(&(building, unit.clone()))?;
                    let name = format!("{}/{name}", self.plan.buildings()[building]);
                    found.units.push((index, name));
                }
                None => found.buildings.push(building),
            }
        }
        (!mentions.is_empty()).then_some(found)
    }

    /// The buildings whose names are no mere numbers and stand in full in a compact text; `None`
    /// where the text is about what is near one of them.
    fn named_in_full(&self, text: &str) -> Option<Vec<usize>> {
        let mut found = Vec::new();
        for (index, building) in self.plan.buildings().iter().enumerate() {
            let (full, brief) = (compact(building), brief(building));
            if brief.chars().all(is_numeral) || full.chars().count() < 3 {
                continue;
            }
            let Some((_, behind)) = text.split_once(full.as_str()) else {
                continue;
            };
            let is_near = NEAR_PLACE.at_start(behind).is_some();
            // Which unit of it is left to whoever knows.
            let has_unit = numbers_at_start(behind).is_some_and(|(_, rest)| {
                PLACE_AFTER.at_start(rest).is_some_and(|(meaning, _)| meaning == "unit")
            });
            if is_near || has_unit {
                return None;
            }
            if !behind.starts_with(|one: char| one.is_ascii_alphanumeric()) {
                found.push(index);
            }
        }
        Some(found)
    }
}

/// The number that a text begins with, and the rest.
fn numbers_at_start(text: &str) -> Option<(String, &str)> {
    let rest = text.trim_start_matches(|one: char| one.is_ascii_digit());
    let rest = if rest.len() == text.len() { text.trim_start_matches(is_numeral) } else { rest };
    Some((number(&text[..text.len() - rest.len()])?, rest))
}

/// What a building or unit is called in brief: its number or letter.
fn brief(name: &str) -> String {
    let name = compact(name);
    let mut brief = name.as_str();
    if let Some((_, word)) = PLACE_AFTER.at_end(brief) {
        brief = &brief[..brief.len() - word.len()];
    }
    if let Some((_, word)) = PLACE_BEFORE.at_start(brief) {
        brief = &brief[word.len()..];
    }
    if brief.is_empty() {
        return name;
    }
    number(brief).unwrap_or_else(|| brief.to_owned())
}

/// A building or a unit that a text names, by brief names.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mention {
    building: Option<String>,
    unit: Option<String>,
}

/// What a compact text names; `None` where it is about what is near a building. `all` is the number
/// of buildings there are: so many 栋 are all of them.
fn mentions(text: &str, all: usize) -> Option<Vec<Mention>> {
    let mut found: Vec<Mention> = Vec::new();
    // Where the last mention ends, whether it was a building, and where a range begins.
    let (mut end, mut is_building, mut from) = (0, false, None::<usize>);
    for (at, _) in text.char_indices() {
        let place = if at < end { None } else { place_at(text, end, at) };
        let Some(Place { is_unit, numbers, begin, stop }) = place else {
            continue;
        };
        let behind = &text[stop..];
        let between = text[end..begin].trim_matches(['、', ',', '/', '和', '及', '-']);
        let is_linked = end > 0 && between.is_empty();
        if is_unit {
            from = None;
            for number in numbers {
                let known = found.last().and_then(|last| last.building.clone());
                let (building, unit) = match number.split_once('-') {
                    Some((building, unit)) => (Some(building.to_owned()), unit.to_owned()),
                    None => (known.filter(|_| is_linked), number),
                };
                let is_first =
                    |last: &&mut Mention| last.unit.is_none() && last.building == building;
                match found.last_mut().filter(|_| is_linked && is_building).filter(is_first) {
                    Some(last) => last.unit = Some(unit),
                    None => found.push(Mention { building, unit: Some(unit) }),
                }
            }
        } else if !is_count(text, begin, at, stop, &numbers, all) {
            let mut numbers = numbers;
            if let Some(first) = from.take() {
                let last = numbers.first()?.parse::<usize>().ok()?;
                let is_range = last > first && last - first <= MOST_IN_RANGE;
                is_range.then_some(())?;
                let between = (first + 1..last).map(|number| number.to_string());
                numbers = between.chain(numbers).collect();
            }
            let named = |building| Mention { building: Some(building), unit: None };
            found.extend(numbers.into_iter().map(named));
            if NEAR_PLACE.at_start(behind).is_some() {
                return None;
            }
            if behind.starts_with(['至', '到', '-', '~']) {
                from = found.last().and_then(|last| last.building.as_ref()?.parse().ok());
            }
        }
        (end, is_building) = (stop, !is_unit);
    }
    // A range that ends nowhere is a way from a building to something else.
    from.is_none().then_some(found)
}

/// Whether a number before 栋 or 幢 says how many there are.
fn is_count(
    text: &str,
    begin: usize,
    at: usize,
    stop: usize,
    numbers: &[String],
    all: usize,
) -> bool {
    let is_counted =
        HOW_MANY.at_end(&text[..begin]).is_some_and(|(meaning, _)| meaning == "before")
            || HOW_MANY.at_start(&text[stop..]).is_some_and(|(meaning, _)| meaning == "after");
    matches!(&text[at..stop], "栋" | "幢") && (is_counted || numbers == [all.to_string()])
}

/// A building or unit where a text names it.
struct Place {
    is_unit: bool,
    numbers: Vec<String>,
    begin: usize,
    stop: usize,
}

/// The place whose word stands at `at`, with its numbers after `from`.
fn place_at(text: &str, from: usize, at: usize) -> Option<Place> {
    let (before, behind) = (&text[from..at], &text[at..]);
    if let Some((meaning, word)) = PLACE_AFTER.at_start(behind) {
        let is_unit = meaning == "unit";
        if let Some((length, numbers)) = numbers_at_end(before, is_unit) {
            return Some(Place { is_unit, numbers, begin: at - length, stop: at + word.len() });
        }
    }
    if let Some((_, word)) = LETTER_AFTER.at_start(behind) {
        let mut letters = before.chars().rev();
        let letter = letters.next().filter(char::is_ascii_alphabetic);
        let is_alone = !letters.next().is_some_and(|one| one.is_ascii_alphanumeric());
        if let Some(letter) = letter.filter(|_| is_alone) {
            let numbers = vec![letter.to_string()];
            return Some(Place { is_unit: false, numbers, begin: at - 1, stop: at + word.len() });
        }
    }
    let (meaning, word) = PLACE_BEFORE.at_start(behind)?;
    let is_alone = !before.ends_with(|one: char| one.is_ascii_alphabetic());
    let (number, rest) = numbers_at_start(&behind[word.len()..]).filter(|_| is_alone)?;
    let is_unit = meaning == "unit";
    Some(Place { is_unit, numbers: vec![number], begin: at, stop: text.len() - rest.len() })
}

/// The numbers at the end of a text, and how long they are there: “1、3-5” is 1, 3, 4, 5. Of units
/// “3-1” is unit 1 of building 3.
fn numbers_at_end(text: &str, are_units: bool) -> Option<(usize, Vec<String>)> {
    let is_between = |one: char| "、,/和及-~至到".contains(one);
    let begin = text.trim_end_matches(|one| is_numeral(one) || is_between(one)).len();
    let listed = text[begin..].trim_start_matches(is_between);
    if !listed.ends_with(is_numeral) {
        return None;
    }
    let mut numbers = Vec::new();
    for piece in listed.split(['、', ',', '/', '和', '及']) {
        let Some((first, last)) = piece.split_once(['-', '~', '至', '到']) else {
            numbers.push(number(piece)?);
            continue;
        };
        let (first, last) = (number(first)?, number(last)?);
        if are_units {
            numbers.push(format!("{first}-{last}"));
            continue;
        }
        let (first, last): (usize, usize) = (first.parse().ok()?, last.parse().ok()?);
        if last < first || last - first > MOST_IN_RANGE {
            return None;
        }
        numbers.extend((first..=last).map(|number| number.to_string()));
    }
    Some((listed.len(), numbers))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a text names, as `building/unit`.
    fn named(text: &str) -> Option<Vec<String>> {
        let found = mentions(&compact(text), 6)?;
        let parts = found.into_iter().map(|one| {
            let unit = one.unit.map(|unit| format!("/{unit}")).unwrap_or_default();
            one.building.unwrap_or_default() + &unit
        });
        Some(parts.collect())
    }

    #[test]
    fn buildings_and_units_are_found_as_they_are_written() {
        for (text, found) in [
            ("3号楼电梯", "3"),
            ("2幢1单元", "2/1"),
            ("加装电梯（５号楼０２单元）", "5/2"),
            ("三号楼一单元加装电梯", "3/1"),
            ("12号住宅楼外墙", "12"),
            ("1、3号楼屋面", "1 3"),
            ("1号楼、3号楼屋面", "1 3"),
            ("1-3号楼屋面", "1 2 3"),
            ("1号楼至4号楼屋面", "1 2 3 4"),
            ("3-1单元电梯", "3/1"),
            ("3号楼1、2单元电梯", "3/1 3/2"),
            ("A座外墙", "a"),
            ("Building 3 unit 1 lift", "3/1"),
            ("2单元楼道", "/2"),
        ] {
            let found: Vec<_> = found.split(' ').map(str::to_owned).collect();
            assert_eq!(named(text), Some(found), "{text}");
        }
        for text in [
            "屋面防水",
            "3栋楼屋面",
            "共4栋外墙",
            "6栋外墙",
            "增设3台电梯",
            "C30混凝土",
            "rebuilding 3 walls",
        ] {
            assert_eq!(named(text), Some(Vec::new()), "{text}");
        }
        for text in ["3号楼北侧坡道", "3号楼前踏步", "1号楼至大门", "3号楼旁雨棚"]
        {
            assert_eq!(named(text), None, "{text}");
        }
    }
}
