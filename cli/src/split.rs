//! `fentan split`: the cost of a plan, split.

use std::io;

use clap::ArgMatches;
use fentan_core::receipt::Receipt;
use fentan_papers::csv;
use fentan_words::{Language, say};

use crate::files::{self, Readers};
use crate::review::Review;
use crate::tables;
use crate::{Failure, arguments, colours, input, output, portion};

pub(crate) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let format = matches.get_one::<String>("format").map_or("table", String::as_str);
    let answered = answer(language, matches, format);
    if let (Err(Failure::Problems(problems)), "json") = (&answered, format) {
        output::json_problems(language, problems)?;
    }
    answered
}

fn answer(language: Language, matches: &ArgMatches, format: &str) -> Result<(), Failure> {
    let packs = input::packs(language, matches)?;
    let wants_receipt = matches.get_flag("receipt");
    if wants_receipt && format != "json" {
        let needs_json = say(language, "verify.receipt-needs-json");
        return Err(Failure::Other(anyhow::Error::msg(needs_json)));
    }
    let read = portion::read_plan(language, matches, &packs, |plan, document, roster| {
        let split = fentan_core::split(&plan)?;
        let receipt = wants_receipt.then(|| Receipt::of(document, roster, &split));
        Ok((plan, split, receipt))
    });
    let (read, portion) = read?;
    let (plan, split, receipt) = read.map_err(|error| Failure::of_split(language, error))?;
    let marked = matches.get_flag("bom");
    let review = Review::of(language, &plan, &split, &packs);
    let whole = |colours| {
        portion::head(language, portion.as_ref()) + &tables::all(&review, &split, colours)
    };
    let json = || output::json(&review.beside(&split, receipt, portion.as_ref()));
    let Some(folder) = arguments::path(matches, "out") else {
        match format {
            "json" => output::print(&json()?)?,
            "csv" => {
                portion::complain(language, portion.as_ref());
                output::print(&csv::households(&split, marked)?)?;
                output::complain(&say(language, "cli.only-households"));
            }
            _ => output::print(whole(colours()).as_bytes())?,
        }
        return arguments::fail_on(matches, review.gravest());
    };
    // No table is named as one that a plan is read from.
    let table = |name: &str| say(language, &format!("cli.split.{name}"));
    let files = match format {
        "json" => vec![("split.json".to_owned(), json()?)],
        "csv" => vec![
            (table("sources"), csv::sources(&split, marked)?),
            (table("lines"), csv::lines(&plan, &split, marked)?),
            (table("households"), csv::households(&split, marked)?),
        ],
        _ => vec![("split.txt".to_owned(), whole(false).into_bytes())],
    };
    portion::complain(language, portion.as_ref());
    files::write_all(language, folder, files, Readers::Owner, arguments::force(matches))?;
    arguments::fail_on(matches, review.gravest())
}

/// What a table was written into.
pub(crate) fn finish(table: ::csv::Writer<Vec<u8>>) -> io::Result<Vec<u8>> {
    table.into_inner().map_err(|error| error.into_error())
}
