use fentan_core::scenario::{Measure, Measured, Proven, Sought, Turn};

use crate::{Language, money, say, say_with};

/// What a measure is called.
pub fn measure(language: Language, measure: &Measure) -> String {
    match measure {
        Measure::Over(most) => say_with(language, "measure.over", &[("amount", &money(*most))]),
        Measure::Paid(id) => say_with(language, "measure.paid", &[("payer", id)]),
        other => say(language, &format!("measure.{other}")),
    }
}

/// A measure's value.
pub fn measured(value: Measured) -> String {
    match value {
        Measured::Money(amount) => money(amount),
        Measured::Count(count) => count.to_string(),
    }
}

/// By how much a value is more or less than the base's; a dash where it is the same, nothing where there
/// is none to compare it with.
pub fn change(base: Option<Measured>, value: Measured) -> String {
    let (sign, size) = match (base, value) {
        (Some(Measured::Money(base)), Measured::Money(value)) => {
            let sign = if value < base { "−" } else { "+" };
            (sign, money(value.less(base) + base.less(value)))
        }
        (Some(Measured::Count(base)), Measured::Count(value)) => {
            let sign = if value < base { "−" } else { "+" };
            (sign, value.abs_diff(base).to_string())
        }
        _ => return String::new(),
    };
    if base == Some(value) { "–".to_owned() } else { format!("{sign}{size}") }
}

/// What is known of the values further on than the one found.
pub fn proven(language: Language, sought: &Sought) -> String {
    proven_of(language, &sought.proven, sought.found.is_some(), sought.greatest)
}

/// The same of any search.
pub fn proven_of(language: Language, proven: &Proven, is_found: bool, greatest: bool) -> String {
    let beyond = if greatest { "greater" } else { "less" };
    match proven {
        Proven::Everywhere if is_found => say(language, &format!("seek.everywhere-{beyond}")),
        Proven::Everywhere => say(language, "seek.nowhere"),
        Proven::Window(to) => say_with(language, &format!("seek.window-{beyond}"), &[("to", to)]),
        Proven::Samples => say(language, "seek.samples"),
    }
}

/// Where a measure turned against its way.
pub fn turn(language: Language, turn: &Turn) -> String {
    let ((from, before), (to, after)) = (&turn.from, &turn.to);
    let values = [
        ("measure", measure(language, &turn.measure)),
        ("from", from.clone()),
        ("to", to.clone()),
        ("before", measured(*before)),
        ("after", measured(*after)),
    ];
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    say_with(language, "seek.turn", &values)
}
