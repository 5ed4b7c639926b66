//! A fund centre's sheet beside the plan's, in words.

use fentan_core::Fen;
use fentan_core::fund_sheet::{Comparison, RowState};
use fentan_core::plan::OddFen;

use crate::{Language, money, say, say_with};

/// How many homes either sheet has, what they add up to, and how far one sum is from the other.
pub fn sums(language: Language, comparison: &Comparison, their_rows: usize) -> String {
    let ours = comparison.rows.iter().filter(|row| row.ours.is_some()).count();
    let values = [
        ("ours", money(comparison.ours)),
        ("our-rows", ours.to_string()),
        ("theirs", money(comparison.theirs)),
        ("their-rows", their_rows.to_string()),
        ("difference", difference(comparison.ours, comparison.theirs)),
    ];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    say_with(language, "reconcile.sums", &values)
}

/// How far what another sheet has is from the plan's.
pub fn difference(ours: Fen, theirs: Fen) -> String {
    let sign = if theirs < ours { "-" } else { "" };
    format!("{sign}{}", money(Fen(ours.0.abs_diff(theirs.0))))
}

/// How many rows are in each state that any is in.
pub fn counts(language: Language, comparison: &Comparison) -> String {
    let states = RowState::ALL.iter().map(|&one| (one, comparison.count(one)));
    let counts = states.filter(|(_, count)| *count > 0).map(|(one, count)| {
        let values = [("state", &*state(language, one)), ("count", &*count.to_string())];
        say_with(language, "reconcile.count", &values)
    });
    counts.collect::<Vec<_>>().join(&say(language, "reconcile.between"))
}

/// How a row stands to the plan's.
pub fn state(language: Language, state: RowState) -> String {
    say(language, &format!("reconcile.state.{}", state.as_str()))
}

/// Which rule of the odd fen fits best; `how` says of a rule that is not the plan's how it is chosen.
pub fn rule(
    language: Language,
    comparison: &Comparison,
    how: fn(Language, &OddFen) -> String,
) -> String {
    let Some(fit) = comparison.rules.iter().find(|fit| fit.odd_fen == comparison.nearest) else {
        return String::new();
    };
    let own = comparison.rules.first().map(|fit| &fit.odd_fen);
    let key = match (comparison.is_equal(), comparison.all_equal_under_nearest) {
        (true, _) => "reconcile.all-equal",
        (false, true) => "reconcile.rule-fits",
        _ if own == Some(&comparison.nearest) => "reconcile.own-rule-nearest",
        _ => "reconcile.rule-nearest",
    };
    let rule = say(language, &format!("reconcile.rule.{}", fit.odd_fen.as_str()));
    let (equal, all) = (fit.equal.to_string(), comparison.rows.len().to_string());
    let how = how(language, &fit.odd_fen);
    say_with(language, key, &[("rule", &rule), ("how", &how), ("equal", &equal), ("all", &all)])
}
