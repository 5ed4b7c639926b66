//! Whether a text names a household of a plan, however it spells it.
//!
//! Names and ids are looked for in either width and case, with or without spaces, and homes as people
//! say them: 1号楼1单元101室. This is help, not proof: whoever publishes a text reads it first.

use std::collections::BTreeSet;

use crate::plan::Plan;
use crate::text::compact;

/// The fewest characters of an id that is looked for: a shorter one is found by chance.
const LEAST_OF_ID: usize = 4;
/// The same for a household's name and its owner's.
const LEAST_OF_NAME: usize = 2;
/// The same for the digits of a door, which a word for a home must follow.
const LEAST_OF_DOOR: usize = 3;

/// Words for parts of an address, longer ones first.
const PLACES: [&str; 14] =
    ["号楼", "号院", "单元", "栋", "幢", "座", "楼", "层", "室", "房", "户", "号", "#", "/"];
/// Words that make digits before them a home.
const HOMES: [&str; 4] = ["室", "房", "户", "家"];
/// What follows a name that is no part of it.
const TITLES: [&str; 3] = ["先生", "女士", "老师"];

/// What households are called.
pub(crate) struct Named {
    /// Names, with single spaces and without.
    names: BTreeSet<String>,
    /// Ids, with signs of a place as `-`.
    ids: BTreeSet<String>,
    /// The last digits of ids.
    doors: BTreeSet<String>,
}

impl Named {
    /// What the households of a plan, and their owners, are called.
    pub(crate) fn of(plan: &Plan) -> Named {
        let (mut names, mut ids) = (BTreeSet::new(), BTreeSet::new());
        let mut doors = BTreeSet::new();
        for household in plan.households() {
            for name in household.name.as_deref().into_iter().chain(plan.owner_of(household)) {
                add_names(name, &mut names);
            }
            let id = with_dashes(&household.id);
            let id = id.trim_matches('-');
            let door = id.rsplit(|one: char| !one.is_ascii_digit()).next().unwrap_or_default();
            if door.len() >= LEAST_OF_DOOR {
                doors.insert(door.to_owned());
            }
            if id.chars().count() >= LEAST_OF_ID {
                ids.insert(id.to_owned());
            }
        }
        Named { names, ids, doors }
    }

    /// Whether a text holds one of them.
    pub(crate) fn are_in(&self, text: &str) -> bool {
        let (spaced, tight, places) = (spaced(text), compact(text), with_dashes(text));
        let spaced_places = with_dashes_of(&spaced);
        self.names
            .iter()
            .any(|name| holds(&spaced, name, is_of_word) || holds(&tight, name, is_of_same_kind))
            || self.ids.iter().any(|id| {
                holds(&spaced_places, id, is_of_word) || holds(&places, id, is_of_same_kind)
            })
            || self.doors.iter().any(|door| holds_home(&tight, door))
    }
}

/// The names that a text of the roster gives: without what stands in brackets or is a title, one by
/// one.
fn add_names(text: &str, names: &mut BTreeSet<String>) {
    let text = spaced(text);
    let text = text.split(['(', '[', '【', '〔']).next().unwrap_or_default();
    for name in text.split(['、', ',', ';', '/', '&', '，', '；']).map(str::trim) {
        let name = TITLES.iter().fold(name, |name, title| name.strip_suffix(title).unwrap_or(name));
        let tight = compact(name);
        if tight.chars().count() >= LEAST_OF_NAME {
            names.insert(name.to_owned());
            names.insert(tight);
        }
    }
}

/// The text in half-width signs and lower case, with single spaces.
fn spaced(text: &str) -> String {
    let seen = text.split_whitespace().map(compact);
    let seen: Vec<String> = seen.filter(|word| !word.is_empty()).collect();
    seen.join(" ")
}

/// The compact text with signs of a place as single `-`.
fn with_dashes(text: &str) -> String {
    with_dashes_of(&compact(text))
}

fn with_dashes_of(text: &str) -> String {
    let mut text: String = text.chars().map(|one| if is_dash(one) { '-' } else { one }).collect();
    for place in PLACES {
        text = text.replace(place, "-");
    }
    while text.contains("--") {
        text = text.replace("--", "-");
    }
    text
}

fn is_dash(one: char) -> bool {
    matches!(one, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '－' | 'ー' | '_' | '~')
}

/// Whether a text holds a word, and not as a part of another by what stands beside it.
fn holds(text: &str, word: &str, joins: fn(char, char) -> bool) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back().zip(word.chars().next());
        let after = text[at + word.len()..].chars().next().zip(word.chars().next_back());
        ![before, after].into_iter().flatten().any(|(outer, inner)| joins(outer, inner))
    })
}

/// Letters and digits are of one word; Chinese has no such bounds.
fn is_of_word(outer: char, inner: char) -> bool {
    outer.is_ascii_alphanumeric() && inner.is_ascii_alphanumeric()
}

/// The same in a text without spaces: digits of one number, letters of one word.
fn is_of_same_kind(outer: char, inner: char) -> bool {
    (outer.is_ascii_digit() && inner.is_ascii_digit())
        || (outer.is_ascii_alphabetic() && inner.is_ascii_alphabetic())
}

/// Whether a compact text holds a door's digits as a home: 501室, and not 501室外.
fn holds_home(text: &str, door: &str) -> bool {
    text.match_indices(door).any(|(at, _)| {
        let rest = &text[at + door.len()..];
        !text[..at].ends_with(|one: char| one.is_ascii_digit())
            && HOMES.iter().any(|home| rest.starts_with(home))
            && !rest.starts_with("室外")
    })
}
