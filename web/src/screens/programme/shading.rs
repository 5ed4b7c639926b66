//! How tiles are shaded: amounts by fifths of the compounds that are looked at, other values by what they are.

use fentan_words::{Language, money, say, say_with};

use super::Screen;
use super::table::{Change, Column, Value};
use crate::work::programme::Programme;

/// The classes of tiles: five from the least to the most, what is to be looked at, what is well, and nothing known.
pub const CLASSES: [&str; 8] =
    ["tile-0", "tile-1", "tile-2", "tile-3", "tile-4", "bad", "good", "unknown"];
/// How wide the square of a tile is where there is no room for a name, by class.
pub const WIDTHS: [usize; 8] = [3, 5, 7, 9, 12, 12, 7, 2];

const BAD: usize = 5;
const GOOD: usize = 6;
const UNKNOWN: usize = 7;
/// How many shades there are for amounts.
const SHADES: usize = 5;

/// What tiles show.
pub struct Shading {
    /// The value of each compound that is looked at.
    pub values: Vec<Value>,
    /// Its class, an index of [`CLASSES`].
    pub classes: Vec<usize>,
    /// What each class means, and how many compounds are of it; none of those that nobody is of.
    pub legend: Vec<(usize, String, usize)>,
}

impl Shading {
    /// Of the compounds that are looked at.
    pub fn of(language: Language, screen: &Screen, programme: &Programme) -> Shading {
        let found = screen.found.iter();
        let values: Vec<Value> =
            found.map(|&compound| screen.colour.value(screen, programme, compound)).collect();
        let mut known: Vec<&Value> =
            values.iter().filter(|value| !matches!(value, Value::Nothing)).collect();
        known.sort_unstable();
        // The most of each fifth.
        let most: Vec<Value> = match screen.colour {
            Column::Findings | Column::Scenario(_) => Vec::new(),
            _ => fifths(&known).cloned().collect(),
        };
        let classes: Vec<usize> = values.iter().map(|value| class(value, &most)).collect();
        let text = |key: &str| say(language, &format!("view.programme.{key}"));
        let is_of_findings = screen.colour == Column::Findings;
        let legend = (0..CLASSES.len()).filter_map(|class| {
            let count = classes.iter().filter(|&&one| one == class).count();
            let label = match (class, most.get(class)) {
                (UNKNOWN, _) => text("not-split"),
                (BAD, _) if is_of_findings => say(language, "severity.error"),
                (BAD, _) => text("pays-more"),
                (GOOD, _) => text("pays-less"),
                (_, Some(most)) => {
                    say_with(language, "view.programme.up-to", &[("amount", &amount(most))])
                }
                (0, _) if is_of_findings => text("no-errors"),
                (0, _) => text("pays-same"),
                _ => say(language, "severity.warning"),
            };
            (count > 0).then_some((class, label, count))
        });
        let legend = legend.collect();
        Shading { values, classes, legend }
    }
}

/// Of sorted values, the last of each fifth.
fn fifths<'v>(sorted: &[&'v Value]) -> impl Iterator<Item = &'v Value> {
    let last = move |fifth: usize| (sorted.len() * fifth).div_ceil(SHADES).checked_sub(1);
    let found: Vec<&Value> =
        (1..=SHADES).filter_map(|fifth| sorted.get(last(fifth)?).copied()).collect();
    found.into_iter()
}

fn class(value: &Value, most: &[Value]) -> usize {
    match value {
        Value::Nothing => UNKNOWN,
        Value::Findings(0, 0) => 0,
        Value::Findings(0, _) => 2,
        Value::Findings(..) => BAD,
        Value::Change(Change(difference)) if difference.is_zero() => 0,
        Value::Change(Change(difference)) if difference.is_less() => GOOD,
        Value::Change(_) => BAD,
        value => most.iter().position(|most| value <= most).unwrap_or_default(),
    }
}

/// A value of the legend.
fn amount(value: &Value) -> String {
    match value {
        Value::Money(amount) => money(*amount),
        Value::Count(count) => count.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use fentan_core::Fen;

    use super::*;

    #[test]
    fn a_fifth_of_the_compounds_is_of_each_shade_and_equal_ones_of_the_same() {
        let values: Vec<Value> =
            [1, 2, 3, 4, 5, 5, 5, 8, 9, 90].map(|fen| Value::Money(Fen(fen))).into();
        let sorted: Vec<&Value> = values.iter().collect();
        let most: Vec<Value> = fifths(&sorted).cloned().collect();
        let classes: Vec<usize> = values.iter().map(|value| class(value, &most)).collect();
        assert_eq!(classes, [0, 0, 1, 1, 2, 2, 2, 3, 4, 4]);
        assert_eq!(class(&Value::Nothing, &most), UNKNOWN);
        assert_eq!(fifths(&[]).count(), 0);
    }
}
