use fentan_core::findings::{Detail, Effect, Moved};
use fentan_core::policy::{Check, Provision, Severity, Wording};
use fentan_core::{Fen, Finding};

use crate::problem::listed;
use crate::texts::text;
use crate::{Language, money, say, say_with, tier};

/// The most households that a text lists.
const MOST_HOMES: usize = 5;

/// What was found, what to do about it, and what it does in yuan, in words.
pub fn finding(language: Language, finding: &Finding) -> String {
    let found = found(language, finding);
    match finding.effect.as_ref().map(|one| effect(language, one)) {
        None => found,
        Some(effect) => {
            say_with(language, "effect.beside", &[("found", &found), ("effect", &effect)])
        }
    }
}

/// What a finding does in yuan, in words.
fn effect(language: Language, effect: &Effect) -> String {
    match effect {
        Effect::Stake { amount } => {
            say_with(language, "effect.stake", &[("amount", &money(*amount))])
        }
        Effect::Moves { less, more } => {
            let key = match (less.households, more.households) {
                (0, 0) => "effect.nothing",
                (_, 0) => "effect.less",
                (0, _) => "effect.more",
                _ => "effect.both",
            };
            let count = |moved: &Moved| moved.households.to_string();
            let values = [
                ("less", count(less)),
                ("less-amount", money(less.amount)),
                ("more", count(more)),
                ("more-amount", money(more.amount)),
            ];
            let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
            say_with(language, key, &values)
        }
        _ => String::new(),
    }
}

fn found(language: Language, finding: &Finding) -> String {
    let values: Vec<_> =
        finding.values.iter().map(|(name, value)| (*name, detail(language, value))).collect();
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    say_with(language, &format!("finding.{}", finding.check.as_str()), &values)
}

/// What a pack calls something, in a language.
pub fn in_words(language: Language, wording: &Wording) -> &str {
    match language {
        Language::Chinese => &wording.chinese,
        Language::English => &wording.english,
    }
}

/// How much a finding weighs, in words.
pub fn severity(language: Language, severity: Severity) -> String {
    say(language, &format!("severity.{}", severity.as_str()))
}

/// What a check is about, as a heading.
pub fn check(language: Language, check: Check) -> String {
    say(language, &format!("check.{}", check.as_str()))
}

/// A clause as it is cited: by its document's number, else by its title; marked where it is of a plan's own pack.
pub fn provision(language: Language, provision: &Provision) -> String {
    let article = ("article", provision.article.as_str());
    let cited = match &provision.number {
        Some(number) => say_with(language, "provision.numbered", &[("number", number), article]),
        None => say_with(language, "provision.document", &[("title", &provision.title), article]),
    };
    match provision.is_own {
        true => say_with(language, "provision.own", &[("cited", &cited)]),
        false => cited,
    }
}

fn detail(language: Language, value: &Detail) -> String {
    match value {
        Detail::Money(amount) => money(*amount),
        Detail::Rate(rate) => rate.written(),
        Detail::Count(count) => count.to_string(),
        Detail::Year(year) => year.to_string(),
        Detail::Name(name) => name.clone(),
        Detail::Names(names) => listed(language, names),
        Detail::Homes(homes) => homes_in_words(language, homes, homes.len()),
        Detail::Hardships(codes) => {
            let word = |code: &String| {
                text(language, &format!("hardship.{code}")).unwrap_or(code).to_owned()
            };
            listed(language, &codes.iter().map(word).collect::<Vec<_>>())
        }
        Detail::Area(area) => area.to_string(),
        Detail::Floor(floor) => floor.to_string(),
        Detail::Tier(one) => tier(language, *one),
        Detail::Reach(reach) => say(language, &format!("reach.{}", reach.as_str())),
        Detail::Chapters(chapters) => {
            let names = chapters.iter().map(|one| format!("chapter.{}", one.as_str()));
            listed(language, &names.map(|key| say(language, &key)).collect::<Vec<_>>())
        }
        Detail::Fields(paths) => {
            listed(language, &paths.iter().map(|path| say(language, path)).collect::<Vec<_>>())
        }
        Detail::Matter(one) => crate::vote::matter(language, *one),
        Detail::Verdict(word) => say(language, &format!("verdict.{word}")),
        Detail::Packs(packs) if packs.is_empty() => say(language, "packs.none"),
        Detail::Packs(packs) => {
            let names = packs.iter().map(|(_, name)| in_words(language, name).to_owned());
            listed(language, &names.collect::<Vec<_>>())
        }
        Detail::Changes(homes) => changes(language, homes),
        _ => String::new(),
    }
}

/// Homes that owe more or less than they did, with by how much; the first of them, and how many.
fn changes(language: Language, homes: &[(String, Fen, Fen)]) -> String {
    if homes.is_empty() {
        return say(language, "changes.none");
    }
    let change = |(home, then, now): &(String, Fen, Fen)| {
        let (key, amount) = match now > then {
            true => ("changes.more", now.less(*then)),
            false => ("changes.less", then.less(*now)),
        };
        say_with(language, key, &[("home", home), ("amount", &money(amount))])
    };
    let worded: Vec<_> = homes.iter().map(change).collect();
    homes_in_words(language, &worded, worded.len())
}

/// Households by their ids: the first of them, and how many they are.
pub(crate) fn homes_in_words(language: Language, homes: &[String], count: usize) -> String {
    if count <= MOST_HOMES {
        return listed(language, homes);
    }
    let count = count.to_string();
    let homes = listed(language, &homes[..MOST_HOMES]);
    say_with(language, "homes.many", &[("homes", &homes), ("count", &count)])
}
