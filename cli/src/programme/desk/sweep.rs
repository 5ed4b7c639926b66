//! `fentan programme sweep`: measures of all compounds over a range.

use std::io;

use anyhow::anyhow;
use clap::ArgMatches;
use fentan_core::programme::desk::{DeskMeasure, DeskPoint, DeskRange, DeskSweep};
use fentan_core::scenario::Sweep;
use fentan_words::{Language, defused, measured, printable, say, say_with};
use serde::Serialize;

use super::{desk, each};
use crate::progress::Progress;
use crate::split::finish;
use crate::tables::Style;
use crate::{Failure, colours, input, output};

/// What is listed where nothing else is asked for.
const MEASURES: [&str; 4] = ["residents", "median_cash", "max.median_cash", "highest_cash"];

#[derive(Serialize)]
struct Swept<'s> {
    over: Vec<&'s str>,
    measures: &'s [DeskMeasure],
    points: &'s [DeskPoint],
}

pub(super) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let desk = desk(language, matches)?;
    let all = |name: &str| matches.get_many::<String>(name).into_iter().flatten();
    let over = all("over").map(|range| DeskRange::read(&desk, range));
    let over = over.collect::<Result<Vec<_>, _>>()?;
    if over.len() > 2 {
        return Err(anyhow!(say(language, "sweep.too-many")).into());
    }
    let asked: Vec<&str> = match matches.contains_id("measure") {
        true => all("measure").map(String::as_str).collect(),
        false => MEASURES.to_vec(),
    };
    let measures = asked.into_iter().map(DeskMeasure::read).collect::<Result<Vec<_>, _>>()?;
    let sweep = DeskSweep::new(&desk, over, measures).map_err(|_| {
        let most = Sweep::MOST.to_string();
        anyhow!(say_with(language, "sweep.too-many-points", &[("most", &most)]))
    })?;
    let each = each(input::threads(matches));
    let mut progress = Progress::of(sweep.count() as u64);
    let mut points = Vec::with_capacity(sweep.count());
    for index in 0..sweep.count() {
        progress.at(index as u64);
        points.push(sweep.point(index, &each));
    }
    drop(progress);
    match matches.get_one::<String>("format").map_or("table", String::as_str) {
        "json" => {
            let over = sweep.over().iter().map(|range| range.parameter.path()).collect();
            let swept = Swept { over, measures: sweep.measures(), points: &points };
            output::print(&output::versioned(&swept)?)?;
        }
        "csv" => output::print(&csv(&sweep, &points)?)?,
        _ => output::print(drawn(language, &sweep, &points).as_bytes())?,
    }
    Ok(())
}

fn csv(sweep: &DeskSweep<'_>, points: &[DeskPoint]) -> io::Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let paths = sweep.over().iter().map(|range| defused(range.parameter.path()));
    let measures = sweep.measures().iter().map(ToString::to_string);
    let further = ["broken", "problems"].map(str::to_owned);
    table.write_record(paths.chain(measures).chain(further))?;
    for point in points {
        let measures = (0..sweep.measures().len()).map(|index| {
            point.measures.as_ref().map(|values| values[index].to_string()).unwrap_or_default()
        });
        let further = [point.broken.to_string(), point.codes.join(" ")];
        table.write_record(point.at.iter().map(|at| defused(at)).chain(measures).chain(further))?;
    }
    finish(table)
}

fn drawn(language: Language, sweep: &DeskSweep<'_>, points: &[DeskPoint]) -> String {
    let style = Style { language, colours: colours() };
    let paths = sweep.over().iter().map(|range| printable(range.parameter.path()));
    let measures = sweep.measures().iter().map(|one| super::seek::title(language, one));
    let heads: Vec<_> = paths.chain(measures).collect();
    let mut table = style.table(&[], &heads);
    for point in points {
        let values: Vec<_> = match &point.measures {
            Some(values) => values.iter().map(|&value| measured(value)).collect(),
            None => vec![point.codes.join(" ")],
        };
        table.add_row(point.at.iter().map(|at| printable(at)).chain(values));
    }
    let mut text = format!("{table}\n");
    if let Some(most) = points.iter().map(|point| point.broken).max().filter(|&most| most > 0) {
        let values = [("count", &*most.to_string())];
        text += &(say_with(language, "desk.broken", &values) + "\n");
    }
    text
}
