//! The tables of a split as CSV, for whoever works on with them.
//!
//! A text that a spreadsheet program would take for a formula gets an apostrophe put before it;
//! numbers stand as they are. With a byte order mark, older Excel sees that the file is UTF-8.

use std::io;

use ::csv::Writer;
use fentan_core::{Fen, HouseholdSplit, LineSplit, Paid, Plan, SourceSplit, Split};
use fentan_words::defused;

/// What is paid by a channel.
pub type AmountOf = fn(&Paid) -> Fen;

/// How a household pays, by the names and in the order of the result.
pub const CHANNELS: [(&str, AmountOf); 6] = [
    ("in_kind", |paid| paid.in_kind),
    ("public_revenue", |paid| paid.public_revenue),
    ("maintenance_fund", |paid| paid.maintenance_fund),
    ("provident_fund", |paid| paid.provident_fund),
    ("owner_unit", |paid| paid.owner_unit),
    ("cash", |paid| paid.cash),
];

/// The byte order mark of UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// The sources with what they offer and pay.
///
/// # Errors
/// None: it is written into memory.
pub fn sources(split: &Split, with_mark: bool) -> io::Result<Vec<u8>> {
    let mut table = begin(with_mark);
    table.write_record(["id", "offer", "paid"])?;
    for SourceSplit { id, offer, paid, .. } in &split.sources {
        let offer = offer.map(|offer| offer.to_string()).unwrap_or_default();
        table.write_record([defused(id), offer, paid.to_string()])?;
    }
    finish(table)
}

/// The lines with what each source pays of them.
///
/// # Errors
/// None: it is written into memory.
pub fn lines(plan: &Plan, split: &Split, with_mark: bool) -> io::Result<Vec<u8>> {
    let mut table = begin(with_mark);
    let sources = || plan.sources().iter().map(|source| source.id.as_str());
    let head = ["id", "amount"].into_iter().chain(sources());
    table.write_record(head.chain(["relief_pot", "top_up", "residents"]).map(defused))?;
    for LineSplit { id, amount, paid, relief_pot, top_up, left_to_residents, .. } in &split.lines {
        let of_source = |source: &str| {
            paid.iter().find(|(id, _)| id == source).map(|&(_, paid)| paid).unwrap_or_default()
        };
        let amounts = std::iter::once(*amount)
            .chain(sources().map(of_source))
            .chain([*relief_pot, *top_up, *left_to_residents])
            .map(|amount| amount.to_string());
        table.write_record(std::iter::once(defused(id)).chain(amounts))?;
    }
    finish(table)
}

/// The households with what they owe and how they pay.
///
/// # Errors
/// None: it is written into memory.
pub fn households(split: &Split, with_mark: bool) -> io::Result<Vec<u8>> {
    let mut table = begin(with_mark);
    let head = ["id", "share", "relief", "borne", "top_up", "individual", "due"].into_iter();
    let head = head.chain(CHANNELS.iter().map(|(name, _)| *name));
    table.write_record(head.chain(["fund_after", "replenish"]))?;
    for household in &split.households {
        let HouseholdSplit { id, share, relief, borne, top_up, individual, due, .. } = household;
        let amounts = [share, relief, borne, top_up, individual, due].map(ToString::to_string);
        let channels = CHANNELS.iter().map(|(_, amount)| amount(&household.paid).to_string());
        let account = [household.fund_after, household.replenish]
            .map(|amount| amount.map(|amount| amount.to_string()).unwrap_or_default());
        let cells = std::iter::once(defused(id)).chain(amounts).chain(channels).chain(account);
        table.write_record(cells)?;
    }
    finish(table)
}

fn begin(with_mark: bool) -> Writer<Vec<u8>> {
    Writer::from_writer(if with_mark { MARK.to_vec() } else { Vec::new() })
}

fn finish(table: Writer<Vec<u8>>) -> io::Result<Vec<u8>> {
    table.into_inner().map_err(|error| error.into_error())
}
