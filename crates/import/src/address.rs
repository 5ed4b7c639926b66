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
    pub(crate) building: Option<String>,
    pub(crate) unit: Option<String>,
    pub(crate) room: Option<String>,
}

impl Address {
    /// Takes apart `3-1-501`, `3号楼1单元501室` and parts of the latter.
    pub(crate) fn read(text: &str) -> Option<Address> {
        let text = tidy(text).replace(' ', "");
        let parts: Vec<_> = text.splitn(4, '-').collect();
        if let [building, unit, room] = parts[..]
            && let (Some(building), Some(unit)) = (name(building), name(unit))
            && is_room(room)
        {
            return Some(Address {
                building: Some(building),
                unit: Some(unit),
                room: Some(room.to_owned()),
            });
        }
        let ending = BUILDING_ENDINGS.iter().find(|ending| text.contains(**ending));
        let (building, rest) = match ending.and_then(|ending| text.split_once(ending)) {
            Some((building, rest)) => (Some(name(building)?), rest.trim_start_matches('-')),
            None => (None, &*text),
        };
        let (unit, rest) = match rest.split_once(UNIT_ENDING) {
            Some((unit, rest)) => (Some(name(unit)?), rest.trim_start_matches('-')),
            None => (None, rest),
        };
        let room = match rest {
            "" => None,
            _ => Some(rest).filter(|rest| is_room(rest)).map(str::to_owned),
        };
        (rest.is_empty() || room.is_some()).then_some(Address { building, unit, room })
    }
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

/// The building that a longer text names, where it names but one: 幸福小区3号楼住户名册.
pub(crate) fn building_in(text: &str) -> Option<String> {
    let text = tidy(text).replace(' ', "");
    let ending = ["号楼", "#楼", "栋", "幢"].into_iter().find(|ending| text.contains(ending))?;
    let (before, behind) = text.split_once(ending)?;
    let is_part = |one: char| one.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(one);
    let (rest, number) = before.split_at(before.trim_end_matches(is_part).len());
    // 1、2号楼 and 1至3号楼 are several.
    let several = rest.ends_with(['、', '-', '~', '至', '到', '和', '及', ',', '/', '#'])
        || behind.contains(ending);
    name(number).filter(|_| !several)
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
    let bare = bare_room(text);
    is_digits(bare) || is_name(bare) && bare.len() <= LONGEST_NAME && !bare.contains('-')
}

/// A flat's number without 室 behind it.
pub(crate) fn bare_room(room: &str) -> &str {
    ["室", "号", "户"].iter().find_map(|end| room.strip_suffix(end)).unwrap_or(room)
}

/// The floor of a flat, whose number ends in two digits for the flat.
pub(crate) fn floor_of_room(room: &str) -> Option<i32> {
    let room = bare_room(room);
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
        let expected = Address { building: part(building), unit: part(unit), room: part(room) };
        assert_eq!(Address::read(typed), Some(expected), "{typed}");
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
        for typed in ["幸福里小区3号楼1单元501", "3-501", "3-1-501-2", "--", "制表人：张三", "3-1-"]
        {
            assert_eq!(Address::read(typed), None, "{typed}");
        }
    }

    #[test]
    fn the_floor_is_the_room_number_without_its_last_two_digits() {
        assert_eq!(floor_of_room("501"), Some(5));
        assert_eq!(floor_of_room("1203室"), Some(12));
        assert_eq!(floor_of_room("0302"), Some(3));
        for room in ["", "5", "51", "12034", "B101", "001", "东户"] {
            assert_eq!(floor_of_room(room), None, "{room}");
        }
    }
}
