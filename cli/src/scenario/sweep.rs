//! `fentan sweep`: measures over a range.

use std::io;

use clap::ArgMatches;
use fentan_core::scenario::{Measure, Point, Range, Sweep};
use fentan_words::{Language, defused, measure, measured, printable, say, say_with};
use serde::Serialize;

use crate::progress::Progress;
use crate::split::finish;
use crate::tables::Style;
use crate::{Failure, colours, input, output};

/// What is listed where nothing else is asked for.
pub(super) const MEASURES: [&str; 3] = ["residents", "median_cash", "highest_cash"];

pub(crate) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    super::answered(language, matches, answer(language, matches))
}

#[derive(Serialize)]
struct Swept<'s> {
    over: Vec<String>,
    measures: &'s [Measure],
    points: &'s [Point],
}

fn answer(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let base = input::base(language, matches)?;
    let misused = |problems| super::misused(language, &problems);
    let over = super::all(matches, "over");
    if over.len() > 2 {
        return Err(anyhow::Error::msg(say(language, "sweep.too-many")).into());
    }
    let over = over.into_iter().map(|range| Range::read(&base, range).map_err(misused));
    let over = over.collect::<Result<Vec<_>, _>>()?;
    let asked = super::all(matches, "measure");
    let asked: Vec<&str> = match asked.is_empty() {
        true => MEASURES.to_vec(),
        false => asked.into_iter().map(String::as_str).collect(),
    };
    let measures = asked.into_iter().map(|one| Measure::read(one).map_err(misused));
    let measures = measures.collect::<Result<Vec<_>, _>>()?;

    let mut sweep = Sweep::new(base, over, measures).map_err(|_| {
        let most = Sweep::MOST.to_string();
        anyhow::Error::msg(say_with(language, "sweep.too-many-points", &[("most", &most)]))
    })?;
    let mut progress = Progress::of(sweep.count() as u64);
    let mut points = Vec::with_capacity(sweep.count());
    for index in 0..sweep.count() {
        progress.at(index as u64);
        points.push(sweep.point(index).map_err(|error| Failure::of_split(language, error))?);
    }
    drop(progress);
    match super::format(matches) {
        "json" => {
            let over = sweep.over().iter().map(ToString::to_string).collect();
            let swept = Swept { over, measures: sweep.measures(), points: &points };
            output::print(&output::versioned(&swept)?)?;
        }
        "csv" => output::print(&csv(&sweep, &points)?)?,
        _ => output::print(table(language, &sweep, &points).as_bytes())?,
    }
    Ok(())
}

fn csv(sweep: &Sweep, points: &[Point]) -> io::Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let paths = sweep.over().iter().map(|range| defused(&range.parameter.path));
    let measures = sweep.measures().iter().map(ToString::to_string);
    table.write_record(paths.chain(measures).chain(["problems".to_owned()]))?;
    for point in points {
        let measures = sweep.measures().iter().enumerate().map(|(index, _)| {
            point.measures.as_ref().map(|values| values[index].to_string()).unwrap_or_default()
        });
        let codes = std::iter::once(point.codes.join(" "));
        table.write_record(point.at.iter().map(|at| defused(at)).chain(measures).chain(codes))?;
    }
    finish(table)
}

fn table(language: Language, sweep: &Sweep, points: &[Point]) -> String {
    let style = Style { language, colours: colours() };
    let paths = sweep.over().iter().map(|range| printable(&range.parameter.path));
    let measures = sweep.measures().iter().map(|one| measure(language, one));
    let heads: Vec<_> = paths.chain(measures).collect();
    let mut table = style.table(&[], &heads);
    for point in points {
        let values: Vec<_> = match &point.measures {
            Some(values) => values.iter().map(|&value| measured(value)).collect(),
            None => vec![point.codes.join(" ")],
        };
        table.add_row(point.at.iter().map(|at| printable(at)).chain(values));
    }
    format!("{table}\n")
}
