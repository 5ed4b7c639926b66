//! How an owners' vote stands, in words.

use fentan_core::Area;
use fentan_core::vote::{Bar, Matter, Method, Tally};

use crate::decimal::grouped;
use crate::{Language, say, say_with};

/// What is decided, in words.
pub fn matter(language: Language, matter: Matter) -> String {
    say(language, &format!("matter.{}", matter.as_str()))
}

/// How votes are counted, in words.
pub fn method(language: Language, method: Method) -> String {
    say(language, &format!("method.{}", method.as_str()))
}

/// An area, with separators and without its unit.
pub fn area(area: Area) -> String {
    grouped(area.millionths().into())
}

/// An area that is missing, in whole square metres: rounded up, for less would not be enough.
fn missing_area(area: Area) -> String {
    total_area(u128::from(area.millionths()).next_multiple_of(1_000_000))
}

/// The area of several homes, given in millionths of a square metre, likewise.
pub fn total_area(millionths: u128) -> String {
    grouped(millionths)
}

/// The bars of a vote, each with what must be reached, in words.
pub fn bars(language: Language, tally: &Tally) -> impl Iterator<Item = (String, Bar)> {
    let majority = match tally.method {
        Method::Objection => "vote.at-most",
        Method::TwoThirdsOfAll => "vote.at-least-of-all",
        Method::CivilCode if tally.majority.is_strict => "vote.more-than",
        Method::CivilCode => "vote.at-least",
    };
    let quorum = tally.quorum.map(|bar| ("vote.quorum", bar));
    quorum.into_iter().chain([(majority, tally.majority)]).map(move |(key, bar)| {
        let (numerator, denominator) = bar.fraction;
        let fraction = format!("{numerator}/{denominator}");
        (say_with(language, key, &[("fraction", &fraction)]), bar)
    })
}

/// Whether a bar is reached, in words.
pub fn reached(language: Language, is_reached: bool) -> String {
    say(language, if is_reached { "vote.met" } else { "vote.not-met" })
}

/// Whether the vote passes, in words; not yet, where those who have not voted are enough for it, and
/// only once the time to object is over, where there is one.
pub fn verdict(language: Language, tally: &Tally) -> String {
    let verdict = match (tally.passes, tally.within_reach) {
        (true, _) if tally.awaits_end => "vote.passes-at-end",
        (true, _) => "vote.passes",
        (false, true) => "vote.not-yet",
        (false, false) => "vote.fails",
    };
    say(language, verdict)
}

/// What is missing for a vote to pass, a sentence each; missing where it passes.
pub fn missing(language: Language, tally: &Tally) -> Vec<String> {
    if tally.passes {
        return Vec::new();
    }
    let area = missing_area(tally.missing.area);
    let heads = tally.missing.heads.to_string();
    let values = [("area", area.as_str()), ("heads", heads.as_str())];
    if tally.method == Method::Objection {
        return vec![say_with(language, "vote.missing-objection", &values)];
    }
    let mut sentences = vec![match tally.to_vote == tally.to_agree {
        true => say_with(language, "vote.missing", &values),
        false => still(language, tally),
    }];
    if !tally.within_reach {
        sentences.push(say(language, "vote.out-of-reach"));
    }
    sentences
}

/// How many must still take part, and how many of them must agree.
fn still(language: Language, tally: &Tally) -> String {
    let [area, agreeing_area] = [tally.to_vote.area, tally.to_agree.area].map(missing_area);
    let [heads, agreeing] =
        [tally.to_vote.heads, tally.to_agree.heads].map(|heads| heads.to_string());
    let values = [
        ("area", area.as_str()),
        ("heads", &heads),
        ("agreeing-area", &agreeing_area),
        ("agreeing", &agreeing),
    ];
    say_with(language, "vote.still", &values)
}
