use std::io;

use clap::ArgMatches;
use fentan_core::{HouseholdSplit, LineSplit, Plan, Receipt, SourceSplit, Split};
use fentan_words::{Language, say, say_with};

use crate::review::Review;
use crate::tables::{self, CHANNELS};
use crate::{Failure, arguments, colours, input, output};

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
    let read = input::read_plan(language, matches, &packs, |plan, document, roster| {
        let split = fentan_core::split(&plan)?;
        let receipt = wants_receipt.then(|| Receipt::of(document, roster, &split));
        Ok((plan, split, receipt))
    })?;
    let (plan, split, receipt) = read.map_err(|error| Failure::of_split(language, error))?;
    let review = Review::of(language, &plan, &split, &packs);
    let Some(folder) = arguments::path(matches, "out") else {
        match format {
            "json" => output::print(&output::json(&review.beside(&split, receipt))?)?,
            "csv" => {
                output::print(&households_csv(&split)?)?;
                output::complain(&say(language, "cli.only-households"));
            }
            _ => output::print(tables::all(&review, &split, colours()).as_bytes())?,
        }
        return Ok(());
    };
    let files = match format {
        "json" => vec![("split.json", output::json(&review.beside(&split, receipt))?)],
        "csv" => vec![
            ("sources.csv", sources_csv(&split)?),
            ("lines.csv", lines_csv(&plan, &split)?),
            ("households.csv", households_csv(&split)?),
        ],
        _ => vec![("split.txt", tables::all(&review, &split, false).into_bytes())],
    };
    output::write_all(language, folder, &files)?;
    for (name, _) in files {
        let path = folder.join(name).display().to_string();
        output::complain(&say_with(language, "cli.written", &[("path", &path)]));
    }
    Ok(())
}

fn sources_csv(split: &Split) -> io::Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["id", "offer", "paid"])?;
    for SourceSplit { id, offer, paid, .. } in &split.sources {
        let offer = offer.map(|offer| offer.to_string()).unwrap_or_default();
        table.write_record([id, &offer, &paid.to_string()])?;
    }
    finish(table)
}

fn lines_csv(plan: &Plan, split: &Split) -> io::Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let sources = || plan.sources().iter().map(|source| source.id.as_str());
    let head = ["id", "amount"].into_iter().chain(sources());
    table.write_record(head.chain(["relief_pot", "top_up", "residents"]))?;
    for LineSplit { id, amount, paid, relief_pot, top_up, residents, .. } in &split.lines {
        let of_source = |source: &str| {
            paid.iter().find(|(id, _)| id == source).map(|&(_, paid)| paid).unwrap_or_default()
        };
        let amounts = std::iter::once(*amount)
            .chain(sources().map(of_source))
            .chain([*relief_pot, *top_up, *residents])
            .map(|amount| amount.to_string());
        table.write_record(std::iter::once(id.clone()).chain(amounts))?;
    }
    finish(table)
}

fn households_csv(split: &Split) -> io::Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let head = ["id", "share", "relief", "borne", "top_up", "individual", "due"].into_iter();
    let head = head.chain(CHANNELS.iter().map(|(name, _)| *name));
    table.write_record(head.chain(["fund_after", "replenish"]))?;
    for household in &split.households {
        let HouseholdSplit { id, share, relief, borne, top_up, individual, due, .. } = household;
        let amounts = [share, relief, borne, top_up, individual, due].map(ToString::to_string);
        let channels = CHANNELS.iter().map(|(_, amount)| amount(&household.paid).to_string());
        let account = [household.fund_after, household.replenish]
            .map(|amount| amount.map(|amount| amount.to_string()).unwrap_or_default());
        let cells = std::iter::once(id.clone()).chain(amounts).chain(channels).chain(account);
        table.write_record(cells)?;
    }
    finish(table)
}

/// What a table was written into.
pub(crate) fn finish(table: csv::Writer<Vec<u8>>) -> io::Result<Vec<u8>> {
    table.into_inner().map_err(|error| error.into_error())
}
