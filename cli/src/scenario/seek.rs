//! `fentan seek`: the least or greatest value that will do.

use std::fmt::Write;

use clap::ArgMatches;
use fentan_core::scenario::{Condition, Range, Seek, Sought, Trial, seek};
use fentan_words::{Language, measured, printable, proven, say, say_with, turn};

use crate::progress::Progress;
use crate::tables::Style;
use crate::{Failure, colours, input, output};

/// How many values are tried one by one where nothing else is asked for.
const MOST: u32 = 10_000;

pub(crate) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    super::answered(language, matches, answer(language, matches))
}

fn answer(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let base = input::base(language, matches)?;
    let misused = |problems| super::misused(language, &problems);
    let least = matches.get_one::<String>("least");
    let written = least.or(matches.get_one::<String>("greatest"));
    let range = Range::read(&base, written.map_or("", String::as_str)).map_err(misused)?;
    let conditions = super::all(matches, "such-that");
    let conditions = conditions.into_iter().map(|one| Condition::read(one).map_err(misused));
    let most = matches.get_one::<u32>("most").copied().unwrap_or(MOST);
    let asked = Seek {
        range,
        greatest: least.is_none(),
        conditions: conditions.collect::<Result<_, _>>()?,
        most: most as usize,
    };
    let mut progress = Progress::of(u64::from(most));
    let sought = seek(&base, &asked, &mut |tried| {
        progress.at(tried as u64);
        true
    });
    drop(progress);
    // Nothing asks it to stop.
    if let Some(sought) = sought.map_err(|error| Failure::of_split(language, error))? {
        match super::format(matches) {
            "json" => output::print(&output::versioned(&sought)?)?,
            _ => output::print(shown(language, &sought).as_bytes())?,
        }
    }
    Ok(())
}

/// Writing to a text can't fail.
fn shown(language: Language, sought: &Sought) -> String {
    let style = Style { language, colours: colours() };
    let path = printable(&sought.parameter);
    let title = match &sought.found {
        Some(found) => {
            let key = if sought.greatest { "seek.found-greater" } else { "seek.found-less" };
            say_with(language, key, &[("path", &path), ("value", &found.value)])
        }
        None => say_with(language, "seek.none", &[("path", &path)]),
    };
    let mut text = format!("{}\n", style.bold(&title));
    // Where there is none, how far one gets.
    let trials: Vec<&Trial> =
        sought.found.iter().chain(&sought.beside).chain(&sought.nearest).collect();
    if !trials.is_empty() {
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
    }
    let _ = writeln!(text, "{}", proven(language, sought));
    for one in &sought.turns {
        let _ = writeln!(text, "{}", printable(&turn(language, one)));
    }
    let count = sought.tried.to_string();
    let _ = writeln!(text, "{}", say_with(language, "seek.tried", &[("count", &count)]));
    text
}
