//! `fentan programme seek`: the least or greatest value that will do.

use std::fmt::Write;

use clap::ArgMatches;
use fentan_core::programme::desk::{DeskCondition, DeskMeasure, DeskRange, DeskSeek, DeskSought};
use fentan_core::scenario::Trial;
use fentan_words::{Language, measure, measured, printable, proven_of, say, say_with};

use super::{desk, each};
use crate::progress::Progress;
use crate::tables::Style;
use crate::{Failure, colours, input, output};

/// How many values are tried one by one where nothing else is asked for: a point of a programme takes long.
const MOST: u32 = 2_000;

pub(super) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let desk = desk(language, matches)?;
    let least = matches.get_one::<String>("least");
    let written = least.or(matches.get_one::<String>("greatest"));
    let range = DeskRange::read(&desk, written.map_or("", String::as_str))?;
    let conditions = matches.get_many::<String>("such-that").into_iter().flatten();
    let conditions = conditions.map(|one| DeskCondition::read(one)).collect::<Result<_, _>>()?;
    let most = matches.get_one::<u32>("most").copied().unwrap_or(MOST);
    let asked = DeskSeek { range, greatest: least.is_none(), conditions, most: most as usize };
    let each = each(input::threads(matches));
    let mut progress = Progress::of(u64::from(most));
    let sought = desk.seek(&asked, &each, &mut |tried| {
        progress.at(tried as u64);
        true
    });
    drop(progress);
    // Nothing asks it to stop.
    if let Some(sought) = sought {
        let is_json = matches.get_one::<String>("format").is_some_and(|format| format == "json");
        let bytes = match is_json {
            true => output::versioned(&sought)?,
            false => shown(language, &sought).into_bytes(),
        };
        output::print(&bytes)?;
    }
    Ok(())
}

/// What a measure of all compounds is called.
pub(super) fn title(language: Language, one: &DeskMeasure) -> String {
    let of = |key: &str, of: &str| say_with(language, key, &[("of", &printable(of))]);
    match one {
        DeskMeasure::All(one) => measure(language, one),
        DeskMeasure::Largest(one) => of("desk.largest", &measure(language, one)),
        DeskMeasure::Least(one) => of("desk.least-of", &measure(language, one)),
        DeskMeasure::Used(pot) => of("desk.used", pot),
        DeskMeasure::Unused(pot) => of("desk.unused", pot),
    }
}

/// Writing to a text can't fail.
fn shown(language: Language, sought: &DeskSought) -> String {
    let style = Style { language, colours: colours() };
    let path = printable(&sought.parameter);
    let head = match &sought.found {
        Some(found) => {
            let key = if sought.greatest { "seek.found-greater" } else { "seek.found-less" };
            say_with(language, key, &[("path", &path), ("value", &found.value)])
        }
        None => say_with(language, "seek.none", &[("path", &path)]),
    };
    let mut text = format!("{}\n", style.bold(&head));
    let trials: Vec<&Trial> =
        sought.found.iter().chain(&sought.beside).chain(&sought.at_the_end).collect();
    let mut heads: Vec<_> =
        sought.conditions.iter().map(|one| printable(&one.to_string())).collect();
    heads.push(say(language, "seek.met"));
    let mut table = style.table(&["seek.value"], &heads);
    for trial in trials {
        let values: Vec<_> = match &trial.measures {
            Some(values) => values.iter().map(|&value| measured(value)).collect(),
            None => vec![say(language, "seek.unsplittable"); sought.conditions.len()],
        };
        let is_met = !trial.met.is_empty() && trial.met.iter().all(|&met| met);
        let met = say(language, if is_met { "seek.yes" } else { "seek.no" });
        table.add_row([trial.value.clone()].into_iter().chain(values).chain([met]));
    }
    let _ = writeln!(text, "{table}");
    let is_found = sought.found.is_some();
    let _ = writeln!(text, "{}", proven_of(language, &sought.proven, is_found, sought.greatest));
    let count = sought.tried.to_string();
    let _ = writeln!(text, "{}", say_with(language, "seek.tried", &[("count", &count)]));
    text
}
