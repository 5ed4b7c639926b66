//! Where a home is: building, unit, floor and flat, as offices write them.
//!
//! What is not understood is passed on as it was typed.
//!
//! ```
//! use fentan_import::address::{building, floor, unit};
//! assert_eq!(building("3号楼"), "3");
//! assert_eq!(unit("三单元"), "3");
//! assert_eq!(floor("地下一层"), "-1");
//! assert_eq!(floor("顶层"), "顶层");
//! ```

use std::borrow::Cow;

use crate::number::is_digits;
use crate::tidy::{compact, tidy};

/// What stands behind a building's number; what holds another comes before it.
const BUILDING_ENDINGS: &[&str] = &["号楼", "#楼", "号栋", "号幢", "栋楼", "栋", "幢", "座", "#"];
const UNIT_ENDING: &str = "单元";
/// The longest number or letters of a building or unit inside an address.
const LONGEST_NAME: usize = 4;

/// A building's number: `3号楼`, `3#`, `三栋` are `3`.
pub fn building(text: &str) -> Cow<'_, str> {
    let starts = ["第", "building", "block", "bldg.", "bldg", "no.", "#"];
    let ends = BUILDING_ENDINGS.iter().copied().chain(["楼", "号"]);
    named(text, &starts, ends)
}

/// A unit's number: `三单元` is `3`.
pub fn unit(text: &str) -> Cow<'_, str> {
    named(text, &["第", "unit"], [UNIT_ENDING, "门栋", "门洞", "门"].into_iter())
}

/// A floor: a whole number, basements negative.
pub fn floor(text: &str) -> Cow<'_, str> {
    read_floor(text).map_or(Cow::Borrowed(text), |floor| Cow::Owned(floor.to_string()))
}

/// The text without what says that it is a building or a unit.
fn named<'t>(
    text: &'t str,
    starts: &[&str],
    mut ends: impl Iterator<Item = &'static str>,
) -> Cow<'t, str> {
    let tidied = tidy(text).replace(' ', "");
    let start = starts.iter().find(|start| {
        tidied.get(..start.len()).is_some_and(|this| this.eq_ignore_ascii_case(start))
    });
    let rest = start.map_or(&*tidied, |start| &tidied[start.len()..]);
    let rest = ends.find_map(|end| rest.strip_suffix(end)).unwrap_or(rest);
    match chinese(rest) {
        Some(number) => Cow::Owned(number.to_string()),
        None if is_name(rest) => Cow::Owned(rest.to_owned()),
        None => Cow::Borrowed(text),
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

pub(crate) fn read_floor(text: &str) -> Option<i32> {
    let text = compact(text);
    let below = ["地下", "负", "-", "b"].iter().find_map(|start| text.strip_prefix(start));
    let rest = below.unwrap_or(&text);
    let rest = ["地上", "第", "floor", "level", "f"]
        .iter()
        .find_map(|start| rest.strip_prefix(start))
        .unwrap_or(rest);
    let rest =
        ["层", "楼", "floor", "f"].iter().find_map(|end| rest.strip_suffix(end)).unwrap_or(rest);
    // A spreadsheet's 5 may come as "5.0".
    let rest = rest.strip_suffix(".0").unwrap_or(rest);
    let number = if is_digits(rest) { rest.parse().ok()? } else { chinese(rest)? };
    Some(if below.is_some() { -number } else { number })
}

/// A Chinese number up to 99.
pub(crate) fn chinese(text: &str) -> Option<i32> {
    let digit = |text: &str| {
        let found = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
            .iter()
            .position(|one| *one == text)
            .or((text == "两").then_some(2))?;
        i32::try_from(found).ok()
    };
    let Some((tens, ones)) = text.split_once('十') else {
        return digit(text);
    };
    let tens = if tens.is_empty() { 1 } else { digit(tens).filter(|&tens| tens > 0)? };
    let ones = if ones.is_empty() { 0 } else { digit(ones)? };
    Some(10 * tens + ones)
}

/// An address taken apart: all of it is understood, or none.
#[derive(Debug, PartialEq, Eq, Default)]
pub(crate) struct Address {
    /// What stands before the building: a street, a compound.
    pub(crate) before: String,
    pub(crate) building: Option<String>,
    pub(crate) unit: Option<String>,
    pub(crate) floor: Option<i32>,
    pub(crate) room: Option<String>,
    /// It has two parts, `3-501`, of which the first may be the building or the unit.
    pub(crate) is_pair: bool,
}

impl Address {
    /// Takes apart `3-1-501`, `3号楼1单元501室`, parts of the latter, and either with a street or
    /// compound before it.
    pub(crate) fn read(text: &str) -> Option<Address> {
        if is_digits(text) {
            return Some(Address { room: Some(text.to_owned()), ..Address::default() });
        }
        let text = tidy(text);
        let text = without_brackets(&text);
        let text =
            ["NO.", "No.", "no."].iter().find_map(|no| text.strip_prefix(no)).unwrap_or(text);
        // (3)-1-501
        let bracketed = text.strip_prefix('(').and_then(|rest| rest.split_once(")-"));
        if let Some((building, rest)) = bracketed
            && name(building).is_some()
        {
            return Address::of_parts(&format!("{building}-{rest}"));
        }
        Address::of_parts(text).or_else(|| Address::of_words(&text.replace(' ', "")))
    }

    /// Whether it names a building or unit and no flat, as a title does.
    pub(crate) fn is_place(&self) -> bool {
        self.room.is_none()
            && self.floor.is_none()
            && (self.building.is_some() || self.unit.is_some())
    }

    /// Building, unit and flat with one sign between them: `3-1-501`, `3/1/501`, `3 1 501`.
    fn of_parts(text: &str) -> Option<Address> {
        const BETWEEN: [char; 6] = ['-', '/', '\\', '_', '.', ' '];
        BETWEEN.into_iter().filter(|&sign| text.contains(sign)).find_map(|sign| {
            let parts: Vec<_> = text.split(sign).map(str::trim).collect();
            let full = |building: &str, unit: &str, floor, room: &str| {
                Some(Address {
                    building: Some(name(building)?),
                    unit: Some(name(unit)?),
                    floor,
                    room: Some(room.to_owned()),
                    ..Address::default()
                })
            };
            match parts[..] {
                [building, unit, room] if is_room(room) || flats(room).is_some() => {
                    full(building, unit, None, room)
                }
                // 3-1-5-501, where the third is the floor.
                [building, unit, floor, room] => {
                    let floor = Some(read_floor(floor)?);
                    full(building, unit, floor, room).filter(|_| floor_of_room(room) == floor)
                }
                [first, room] if matches!(sign, '-' | '/') => Address::of_pair(first, room),
                _ => None,
            }
        })
    }

    fn of_pair(first: &str, room: &str) -> Option<Address> {
        let bare = bare_room(room);
        let is_whole = bare.len() >= FEWEST_DIGITS && is_room(room) || flats(room).is_some();
        // 201-202 are two flats.
        if !is_whole || is_digits(first) && first.len() >= FEWEST_DIGITS {
            return None;
        }
        let (building, unit) = match first.strip_suffix(UNIT_ENDING) {
            Some(unit) => (None, Some(name(unit)?)),
            None => (Some(name(first)?), None),
        };
        let said = BUILDING_ENDINGS.iter().any(|ending| first.ends_with(ending));
        Some(Address {
            is_pair: building.is_some() && !said,
            building,
            unit,
            room: Some(room.to_owned()),
            ..Address::default()
        })
    }

    /// `幸福里小区3号楼1单元5层501室`, or parts of it.
    fn of_words(text: &str) -> Option<Address> {
        let (before, building, rest) = match building_at(text) {
            Some((before, building, rest)) => (before, Some(building), rest),
            None => ("", None, text),
        };
        let (before, phase) = split_phase(before);
        let building = building.map(|building| format!("{phase}{building}"));
        let mut address = Address { building, before: before.to_owned(), ..Address::default() };
        let mut rest = rest.trim_start_matches(['-', ',', '·']);
        if let Some((typed, after)) = rest.split_once(UNIT_ENDING) {
            let start = typed.trim_end_matches(is_part).len();
            let (street, unit) = match address.building {
                Some(_) => ("", typed),
                None => typed.split_at(start),
            };
            address.before.push_str(street);
            address.unit = Some(unit_name(unit)?);
            rest = after.trim_start_matches(['-', ',', '·']);
        } else if address.building.is_some()
            && let Some((unit, room)) = rest.split_once('-')
            && is_room(room)
        {
            address.unit = Some(name(unit)?);
            rest = room;
        } else if let Some((unit, after)) =
            rest.split_once(['门', '梯']).filter(|_| address.building.is_some())
            && let Some(unit) = name(unit)
        {
            address.unit = Some(unit);
            rest = after.trim_start_matches(['洞', '栋']);
        }
        let whole = rest;
        if let Some((floor, after)) = split_floor(rest) {
            address.floor = Some(floor);
            rest = after;
        }
        address.room = match rest {
            "" => None,
            _ if is_room(rest) || flats(rest).is_some() => Some(rest.to_owned()),
            // Which of the floor's flats, by where it lies.
            _ if is_side(rest) && (address.floor.is_some() || address.unit.is_some()) => {
                Some(whole.to_owned())
            }
            _ => return None,
        };
        let known = address.building.is_some()
            || address.unit.is_some()
            || address.floor.is_some()
            || address.room.is_some();
        known.then_some(address)
    }
}

/// Digits that a flat's number has at least, where it stands behind the building alone.
const FEWEST_DIGITS: usize = 3;

/// The text without what stands in brackets at its end: 3-1-501（商铺）.
fn without_brackets(text: &str) -> &str {
    match text.strip_suffix(')').and_then(|inner| inner.rsplit_once('(')) {
        Some((before, _)) if !before.trim().is_empty() => before.trim_end(),
        _ => text,
    }
}

/// What stands before the last building that a text names, the building, and what stands behind.
fn building_at(text: &str) -> Option<(&str, String, &str)> {
    let mut found = None;
    for (at, _) in text.char_indices() {
        let (before, behind) = text.split_at(at);
        let ending = BUILDING_ENDINGS.iter().find(|ending| behind.starts_with(**ending));
        if ending.is_none() && !behind.starts_with('号') {
            continue;
        }
        let (start, number) = before.split_at(before.trim_end_matches(is_part).len());
        let Some(number) = name(number) else { continue };
        let start = start.strip_suffix('第').unwrap_or(start);
        if let Some((named, rest)) = named_building(&number, behind) {
            found = Some((start, named, rest));
        } else if let Some(rest) = ending.and_then(|ending| behind.strip_prefix(ending)) {
            found = Some((start, number, rest));
        }
    }
    // 5号1单元, and 5号501室.
    found.or_else(|| {
        let (before, rest) = text.split_once('号')?;
        let (start, number) = before.split_at(before.trim_end_matches(is_part).len());
        let goes_on = rest.starts_with(|one: char| one.is_ascii_digit() || is_part(one));
        Some((start, name(number).filter(|_| goes_on)?, rest))
    })
}

/// A building whose name says what it is for, as in 37号住宅楼: another than 37号楼.
fn named_building<'t>(number: &str, behind: &'t str) -> Option<(String, &'t str)> {
    const LONGEST: usize = 4;
    let behind = behind.strip_prefix('号')?;
    let (kind, rest) = behind.split_once('楼')?;
    let is_kind = (1..=LONGEST).contains(&kind.chars().count())
        && !kind.contains("单元")
        && kind.chars().all(|one| !one.is_ascii() && !is_part(one) && !"院幢栋座".contains(one));
    is_kind.then(|| (format!("{number}号{kind}楼"), rest))
}

/// Takes a phase or quarter off the end of what stands before a building: 幸福里一期, 东区.
fn split_phase(before: &str) -> (&str, &str) {
    let start = match (before.strip_suffix('期'), before.strip_suffix('区')) {
        (Some(number), _) => number.trim_end_matches(is_part).len(),
        (_, Some(number)) => {
            number.trim_end_matches(|one| is_part(one) || "东西南北中".contains(one)).len()
        }
        _ => return (before, ""),
    };
    // 华龙区 is a district.
    let (rest, phase) = before.split_at(start);
    if phase.chars().count() > 1 { (rest, phase) } else { (before, "") }
}

/// The phase that a cell names: 一期, 二期工程, B区.
pub(crate) fn phase(text: &str) -> Option<String> {
    let tidied = tidy(text).replace(' ', "");
    let text = tidied.strip_suffix("工程").unwrap_or(&tidied);
    let text = text.strip_prefix('第').unwrap_or(text);
    match split_phase(text) {
        ("", phase) if !phase.is_empty() => Some(phase.to_owned()),
        _ => None,
    }
}

/// A floor at the start of what stands behind a unit: 5层, 地下一层, B1层.
fn split_floor(text: &str) -> Option<(i32, &str)> {
    let (floor, rest) = text.split_once(['层', '楼'])?;
    Some((read_floor(floor)?, rest))
}

/// Which flat of a floor it is, by where it lies: 东户, 中, 西2户.
fn is_side(text: &str) -> bool {
    const LONGEST: usize = 4;
    let text = text.strip_suffix(['户', '室', '门']).unwrap_or(text);
    (1..=LONGEST).contains(&text.chars().count())
        && text.starts_with(['东', '西', '南', '北', '中', '左', '右', '甲', '乙'])
        && text.chars().all(|one| "东西南北中左右边间甲乙".contains(one) || one.is_ascii_digit())
}

fn is_part(one: char) -> bool {
    one.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(one)
}

/// A unit inside an address: a number, letters, or a side.
fn unit_name(text: &str) -> Option<String> {
    let side = ["甲", "乙", "丙", "丁", "东", "西", "中", "南", "北"].contains(&text);
    name(text).or_else(|| side.then(|| text.to_owned()))
}

/// The flats of a cell that holds several: 101、102, 201-202, 301/302.
pub(crate) fn flats(text: &str) -> Option<Vec<&str>> {
    let flats: Vec<_> = text
        .split(['、', ',', '/', '-', '~', '+', '&', '和', '至', '及'])
        .map(|flat| bare_room(flat.trim()))
        .collect();
    let length = flats.first()?.len();
    let are_flats = flats.len() > 1
        && length >= FEWEST_DIGITS
        && flats.iter().all(|flat| is_digits(flat) && flat.len() == length);
    are_flats.then_some(flats)
}

/// The number or letters of a building or unit inside an address.
fn name(text: &str) -> Option<String> {
    let text = text.strip_prefix('第').unwrap_or(text);
    let text = BUILDING_ENDINGS
        .iter()
        .chain([&UNIT_ENDING])
        .find_map(|end| text.strip_suffix(end))
        .unwrap_or(text);
    match chinese(text) {
        Some(number) => Some(number.to_string()),
        None => (is_name(text) && text.len() <= LONGEST_NAME).then(|| text.to_owned()),
    }
}

/// What a cell of floors says: the floor, and the building where it names one (2栋2层). `1/6` and
/// `1层（共6层）` are a floor and the storeys of the building.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Floor {
    pub(crate) floor: i32,
    pub(crate) building: Option<String>,
    pub(crate) of_storeys: bool,
}

impl Floor {
    pub(crate) fn read(text: &str) -> Option<Floor> {
        let plain = |floor| Floor { floor, building: None, of_storeys: false };
        if let Some(floor) = read_floor(text) {
            return Some(plain(floor));
        }
        let tidied = tidy(text).replace(' ', "");
        let shortened = without_brackets(&tidied);
        if shortened.len() < tidied.len() {
            let inner = tidied.get(shortened.len()..)?;
            let floor = read_floor(shortened)?;
            let of_storeys = inner.trim_start_matches('(').starts_with(['共', '总']);
            return of_storeys.then_some(Floor { of_storeys, ..plain(floor) });
        }
        if let Some((floor, storeys)) = tidied.split_once('/') {
            let storeys = storeys.trim_start_matches(['共', '总']);
            let (floor, storeys) = (read_floor(floor)?, read_floor(storeys)?);
            return (floor <= storeys).then_some(Floor { of_storeys: true, ..plain(floor) });
        }
        let (before, building, rest) = building_at(&tidied)?;
        let (_, phase) = split_phase(before);
        let rest = rest.split_once(UNIT_ENDING).map_or(rest, |(_, rest)| rest);
        let building = Some(format!("{phase}{building}"));
        Some(Floor { building, ..plain(read_floor(rest)?) })
    }
}

/// Whether two names are one building's, where one may say the phase and the other not.
pub(crate) fn is_same_building(one: &str, other: &str) -> bool {
    let adds_phase = |long: &str, short: &str| {
        long.strip_suffix(short).is_some_and(|before| before.ends_with(['期', '区']))
    };
    one == other || adds_phase(one, other) || adds_phase(other, one)
}

/// The building that a longer text names, where it names but one: 幸福小区3号楼住户名册.
pub(crate) fn building_in(text: &str) -> Option<String> {
    let text = tidy(text).replace(' ', "");
    let ending = ["号楼", "#楼", "栋", "幢"].into_iter().find(|ending| text.contains(ending))?;
    let (before, behind) = text.split_once(ending)?;
    let (rest, number) = before.split_at(before.trim_end_matches(is_part).len());
    // 1、2号楼 and 1至3号楼 are several.
    let several = rest.ends_with(['、', '-', '~', '至', '到', '和', '及', ',', '/', '#'])
        || behind.contains(ending);
    name(number).filter(|_| !several)
}

/// The unit that a longer text names behind its building: 3号楼2单元住户名册.
pub(crate) fn unit_in(text: &str) -> Option<String> {
    let text = tidy(text).replace(' ', "");
    let (before, behind) = text.split_once(UNIT_ENDING)?;
    let (rest, unit) = before.split_at(before.trim_end_matches(is_part).len());
    // 1-3单元 and 1、2单元 are several.
    let follows = rest.ends_with(['楼', '栋', '幢', '座', '#', '号', '第']);
    unit_name(unit).filter(|_| follows && !behind.contains(UNIT_ENDING))
}

/// The building or unit that a title names, and nothing besides: 3号楼2单元（共12户）：, 3-2.
pub(crate) fn place(text: &str) -> Option<Address> {
    let tidied = tidy(text);
    let text = without_brackets(tidied.trim_end_matches([':', ' ']));
    let of_dash = || {
        let (building, unit) = text.split_once('-')?;
        let (building, unit) = (Some(name(building)?), Some(name(unit)?));
        // 2026-03 is a month.
        let is_short =
            |one: &Option<String>| one.as_ref().is_some_and(|one| one.len() < FEWEST_DIGITS);
        (is_short(&building) && is_short(&unit)).then(|| Address {
            building,
            unit,
            ..Address::default()
        })
    };
    Address::read(text).filter(Address::is_place).or_else(of_dash)
}

/// The building, and its unit, that a row above homes begins with, whatever else it says of it:
/// 3号楼 楼长：王芳, ★3号楼★.
pub(crate) fn banner(text: &str) -> Option<Address> {
    let text = tidy(text).replace(' ', "");
    let text = text.trim_start_matches(|one: char| !one.is_alphanumeric());
    let building = building_in(text)?;
    let before = ["号楼", "#楼", "栋", "幢"].iter().find_map(|ending| text.split_once(ending))?.0;
    name(before).filter(|name| *name == building)?;
    Some(Address { building: Some(building), unit: unit_in(text), ..Address::default() })
}

/// What a spreadsheet made `1月2日` of.
pub(crate) fn month_and_day(text: &str) -> Option<String> {
    let (month, day) = text.strip_suffix('日')?.split_once('月')?;
    (is_digits(month) && is_digits(day)).then(|| format!("{month}-{day}"))
}

/// Whether it is a date with a year: `2003年1月5日`, `2003/1/5`, `2003-01-05`.
pub(crate) fn is_date(text: &str) -> bool {
    let day = text.split(' ').next().unwrap_or_default();
    let parts: Vec<_> = day.trim_end_matches(['日', '月']).split(['年', '月', '/', '-']).collect();
    let is_year =
        |part: &&str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    parts.first().is_some_and(is_year)
        && matches!(parts.len(), 2 | 3)
        && parts.iter().all(|part| is_digits(part))
        && parts.iter().skip(1).all(|part| part.len() <= 2)
}

fn is_room(text: &str) -> bool {
    let bare = without_letter(bare_room(text));
    is_digits(bare) || is_name(bare) && bare.len() <= LONGEST_NAME && !bare.contains('-')
}

/// A flat's number of three digits or more without the one letter behind it: 501A.
fn without_letter(room: &str) -> &str {
    let digits = room.strip_suffix(|one: char| one.is_ascii_alphabetic());
    digits.filter(|digits| digits.len() >= FEWEST_DIGITS && is_digits(digits)).unwrap_or(room)
}

/// A flat's number without 室 behind it.
pub(crate) fn bare_room(room: &str) -> &str {
    ["号房", "号室", "室", "号", "户", "房"]
        .iter()
        .find_map(|end| room.strip_suffix(end))
        .unwrap_or(room)
}

/// The floor of a flat, whose number ends in two digits for the flat; of several flats the floor
/// that they share.
pub(crate) fn floor_of_room(room: &str) -> Option<i32> {
    if let Some(flats) = flats(room) {
        let mut floors = flats.into_iter().map(floor_of_room);
        let first = floors.next()??;
        return floors.all(|floor| floor == Some(first)).then_some(first);
    }
    let room = without_letter(bare_room(room));
    if !is_digits(room) || !matches!(room.len(), 3 | 4) {
        return None;
    }
    room[..room.len() - 2].parse().ok().filter(|&floor| floor > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(read: fn(&str) -> Cow<'_, str>, typed: &str, expected: &str) {
        assert_eq!(read(typed), expected);
    }

    #[test]
    fn buildings() {
        for typed in [
            "3",
            "3号楼",
            "3#",
            "三栋",
            "3幢",
            "3座",
            "第3栋",
            "3号",
            "３号楼",
            "3 # 楼",
            "3楼",
            "#3",
            "Building 3",
            "No. 3",
        ] {
            reads(building, typed, "3");
        }
        reads(building, "十二号楼", "12");
        reads(building, "A栋", "A");
        reads(building, "3-2号楼", "3-2");
        for passed_on in ["综合楼", "东楼", "", "号楼", "3/4号楼"] {
            reads(building, passed_on, passed_on);
        }
    }

    #[test]
    fn units() {
        for typed in ["2", "2单元", "二单元", "第二单元", "２ 单元", "2门", "Unit 2"] {
            reads(unit, typed, "2");
        }
        reads(unit, "甲单元", "甲单元");
        reads(unit, "单元", "单元");
    }

    #[test]
    fn floors() {
        for typed in [
            "5",
            "5层",
            "五层",
            "5F",
            "第5层",
            "第五层",
            "5楼",
            "５ 层",
            "F5",
            "5.0",
            "05",
            "地上5层",
        ] {
            reads(floor, typed, "5");
        }
        for typed in ["-1", "B1", "b1", "地下1层", "地下一层", "负一楼", "－1", "-1F", "B1层"]
        {
            reads(floor, typed, "-1");
        }
        reads(floor, "十一层", "11");
        reads(floor, "二十层", "20");
        for passed_on in ["", "顶层", "5/6", "1-2层", "B", "5.5", "层", "99999999999", "一二层"]
        {
            reads(floor, passed_on, passed_on);
        }
    }

    #[test]
    fn chinese_numbers() {
        let all: Vec<_> = (0..100)
            .filter_map(|n| {
                let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
                let written = match (n / 10, n % 10) {
                    (0, 0) => "零".to_owned(),
                    (0, ones) => digits[ones].to_owned(),
                    (tens, ones) => format!("{}十{}", digits[tens], digits[ones]),
                };
                chinese(&written)
            })
            .collect();
        assert_eq!(all, (0..100).collect::<Vec<_>>());
        assert_eq!(chinese("十五"), Some(15));
        assert_eq!(chinese("五十零三"), None);
        assert_eq!(chinese("零十"), None);
        assert_eq!(chinese(""), None);
    }

    #[track_caller]
    fn takes_apart(typed: &str, [building, unit, room]: [&str; 3]) {
        let part = |part: &str| (!part.is_empty()).then(|| part.to_owned());
        let read = Address::read(typed).unwrap_or_default();
        let read = (read.building, read.unit, read.room);
        assert_eq!(read, (part(building), part(unit), part(room)), "{typed}");
    }

    #[test]
    fn addresses() {
        takes_apart("3-1-501", ["3", "1", "501"]);
        takes_apart("３－１－５０１", ["3", "1", "501"]);
        takes_apart("3#-1-501室", ["3", "1", "501室"]);
        takes_apart("A-1-501", ["A", "1", "501"]);
        takes_apart("3号楼1单元501室", ["3", "1", "501室"]);
        takes_apart("3 号楼 1 单元 501", ["3", "1", "501"]);
        takes_apart("三栋一单元501", ["3", "1", "501"]);
        takes_apart("3号楼-1单元-501", ["3", "1", "501"]);
        takes_apart("3#楼501", ["3", "", "501"]);
        takes_apart("3号楼1单元", ["3", "1", ""]);
        takes_apart("3幢", ["3", "", ""]);
        takes_apart("二单元", ["", "2", ""]);
        takes_apart("501室", ["", "", "501室"]);
        takes_apart("3/1/501", ["3", "1", "501"]);
        takes_apart("3.1.501", ["3", "1", "501"]);
        takes_apart("3 1 501", ["3", "1", "501"]);
        takes_apart("3-1-5-501", ["3", "1", "501"]);
        takes_apart("3-501", ["3", "", "501"]);
        takes_apart("3-101室", ["3", "", "101室"]);
        takes_apart("1单元102", ["", "1", "102"]);
        takes_apart("1单元-102", ["", "1", "102"]);
        takes_apart("3-1-101、102", ["3", "1", "101、102"]);
        takes_apart("3-1-201/202", ["3", "1", "201/202"]);
        takes_apart("5幢2单元3楼东户", ["5", "2", "3楼东户"]);
        takes_apart("5幢2单元3层301", ["5", "2", "301"]);
        takes_apart("幸福里小区3号楼1单元501", ["3", "1", "501"]);
        takes_apart("建设路12号院3号楼1单元501室", ["3", "1", "501室"]);
        takes_apart("幸福里二期3号楼1单元501", ["二期3", "1", "501"]);
        takes_apart("东区3号楼1单元501", ["东区3", "1", "501"]);
        takes_apart("华龙区3号楼1单元501", ["3", "1", "501"]);
        takes_apart("37号住宅楼1单元101", ["37号住宅楼", "1", "101"]);
        takes_apart("6号商业住宅楼1单元201", ["6号商业住宅楼", "1", "201"]);
        takes_apart("建设路5号1单元101", ["5", "1", "101"]);
        takes_apart("A座2门1203", ["A", "2", "1203"]);
        takes_apart("3号楼1-501", ["3", "1", "501"]);
        takes_apart("3-1-501（商铺）", ["3", "1", "501"]);
        takes_apart("25H", ["", "", "25H"]);
        takes_apart("3-1-1201A", ["3", "1", "1201A"]);
        takes_apart("8座2梯1203房", ["8", "2", "1203房"]);
        for typed in ["3-12", "3-1-501-2", "--", "制表人：张三", "3-1-", "3号楼改造"] {
            assert_eq!(Address::read(typed), None, "{typed}");
        }
    }

    #[test]
    fn floors_beside_other_things() {
        let read =
            |text| Floor::read(text).map(|read| (read.floor, read.building, read.of_storeys));
        assert_eq!(read("1/6"), Some((1, None, true)));
        assert_eq!(read("2层/6层"), Some((2, None, true)));
        assert_eq!(read("第2层/共6层"), Some((2, None, true)));
        assert_eq!(read("1层（共6层）"), Some((1, None, true)));
        assert_eq!(read("2栋10层"), Some((10, Some("2".to_owned()), false)));
        assert_eq!(read("-1/6"), Some((-1, None, true)));
        for none in ["7/6", "顶层", "1-2层", "5（跃层）", "2栋"] {
            assert_eq!(read(none), None, "{none}");
        }
    }

    #[test]
    fn phases() {
        assert_eq!(phase("一期").as_deref(), Some("一期"));
        assert_eq!(phase("第2期").as_deref(), Some("2期"));
        assert_eq!(phase("B区").as_deref(), Some("B区"));
        for none in ["", "期", "小区", "幸福里一期", "工期"] {
            assert_eq!(phase(none), None, "{none}");
        }
    }

    #[test]
    fn one_building_with_its_phase_and_without() {
        assert!(is_same_building("3", "3") && is_same_building("一期3", "3"));
        assert!(!is_same_building("13", "3") && !is_same_building("一期3", "二期3"));
    }

    #[test]
    fn several_flats_in_a_cell() {
        assert_eq!(flats("101、102").as_deref(), Some(&["101", "102"][..]));
        assert_eq!(flats("201-202室").as_deref(), Some(&["201", "202"][..]));
        for none in ["101", "1-101", "3-1-501", "101-1102", "东户"] {
            assert_eq!(flats(none), None, "{none}");
        }
        assert_eq!(floor_of_room("301/302"), Some(3));
        assert_eq!(floor_of_room("301/402"), None);
    }

    #[test]
    fn the_floor_is_the_room_number_without_its_last_two_digits() {
        assert_eq!(floor_of_room("501"), Some(5));
        assert_eq!(floor_of_room("1203室"), Some(12));
        assert_eq!(floor_of_room("0302"), Some(3));
        assert_eq!(floor_of_room("501A"), Some(5));
        for room in ["", "5", "51", "12034", "B101", "001", "东户"] {
            assert_eq!(floor_of_room(room), None, "{room}");
        }
    }
}
