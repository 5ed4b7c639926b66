//! Why shares differ between two plans, in words.

use fentan_core::Fen;
use fentan_core::changes::{ChangedAmount, Changes, HouseholdChanged, Part};
use fentan_core::scenario::Difference;

use crate::{Language, money, say, say_with};

/// A cause: one part of the plan, or several that can't be told apart.
pub fn cause(language: Language, parts: &[Part]) -> String {
    let named = |part: &Part| say(language, &format!("share-changes-part.{}", part.as_str()));
    let parts: Vec<_> = parts.iter().map(named).collect();
    let together = parts.join(&say(language, "share-changes.between-parts"));
    match parts.len() {
        1 => together,
        _ => say_with(language, "share-changes.together", &[("parts", &together)]),
    }
}

/// A difference as `+¥600.00` or `−¥600.00`; a dash for none.
pub fn difference(difference: Difference) -> String {
    match (difference.is_zero(), difference.is_less()) {
        (true, _) => "–".to_owned(),
        (false, true) => format!("−{}", money(difference.size())),
        (false, false) => format!("+{}", money(difference.size())),
    }
}

/// An amount of one of the plans, or that the home is not in it.
pub fn amount(language: Language, amount: Option<Fen>) -> String {
    amount.map_or_else(|| say(language, "share-changes.not-there"), money)
}

/// Why what a home owes differs, in a sentence; and what it pays in cash in another, where that differs
/// otherwise. `home` is what it is called.
pub fn sentences(
    language: Language,
    home: &str,
    causes: &[Vec<Part>],
    changed: &HouseholdChanged,
) -> Vec<String> {
    let HouseholdChanged { due, cash, .. } = changed;
    let mut sentences = vec![sentence(language, home, "share-changes.due", causes, due)];
    if due.by != cash.by {
        sentences.push(sentence(language, home, "share-changes.cash", causes, cash));
    }
    sentences
}

/// Why an amount differs, in a sentence.
pub fn sentence(
    language: Language,
    home: &str,
    figure: &str,
    causes: &[Vec<Part>],
    changed: &ChangedAmount,
) -> String {
    let told = causes.iter().zip(&changed.by).filter(|(_, by)| !by.is_zero()).map(|(parts, by)| {
        let values = [("cause", cause(language, parts)), ("difference", difference(*by))];
        say_with(
            language,
            "share-changes.by-cause",
            &values.each_ref().map(|(name, value)| (*name, value.as_str())),
        )
    });
    let told = told.collect::<Vec<_>>().join(&say(language, "share-changes.between-causes"));
    let key = match (changed.before, changed.after) {
        (None, Some(_)) => "share-changes.new",
        (Some(_), None) => "share-changes.gone",
        _ if told.is_empty() => "share-changes.same",
        _ if changed.difference.is_zero() => "share-changes.evened-out",
        _ if changed.difference.is_less() => "share-changes.less",
        _ => "share-changes.more",
    };
    let values = [
        ("home", home.to_owned()),
        ("figure", say(language, figure)),
        ("before", amount(language, changed.before)),
        ("after", amount(language, changed.after)),
        ("size", money(changed.difference.size())),
        ("causes", told),
    ];
    say_with(language, key, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
}

/// How many homes owe more, less and the same; and how many are new or no longer listed.
pub fn counts(language: Language, changes: &Changes) -> Vec<String> {
    let (mut more, mut less, mut same, mut joined, mut left) = (0, 0, 0, 0, 0);
    for due in changes.households.iter().map(|home| &home.due) {
        let count = match (due.before, due.after) {
            (None, _) => &mut joined,
            (_, None) => &mut left,
            _ if due.difference.is_zero() => &mut same,
            _ if due.difference.is_less() => &mut less,
            _ => &mut more,
        };
        *count += 1;
    }
    let [more, less, same] = [more, less, same].map(|count: usize| count.to_string());
    let values = [("more", more.as_str()), ("less", &less), ("same", &same)];
    let mut sentences = vec![say_with(language, "share-changes.counts", &values)];
    for (key, count) in [("share-changes.joined", joined), ("share-changes.left", left)] {
        if count > 0 {
            sentences.push(say_with(language, key, &[("count", &count.to_string())]));
        }
    }
    sentences
}
