//! The tables of the division, and the reason of every portion.

use std::io::{self, Write};

use fentan_core::programme::{Programme, Unused};
use serde::Serialize;

use super::results::{self, RunFile};
use super::rounds::Rounds;
use super::rows::Rows;
use super::unfinished::Unfinished;
use crate::output;

/// Why a compound gets what it gets of a pot, on a line of its own.
#[derive(Serialize)]
struct Reasoned<'r> {
    pot: &'r str,
    compound: &'r str,
    #[serde(flatten)]
    reason: fentan_core::programme::PortionReason,
}

/// The files of the division.
pub(super) const FILES: [&str; 5] =
    ["pots.csv", "division.csv", "reasons.jsonl", "rounds.csv", results::FILE];

/// Writes the files of the division: what there is of each pot, what each compound gets and why.
pub(super) fn write(
    programme: &Programme,
    rounds: &Rounds,
    of: &RunFile,
    unfinished: &Unfinished,
) -> io::Result<()> {
    let [pots, portions, reasons, table, run] = FILES.map(|name| unfinished.create(name));
    let (mut pots, mut portions, mut reasons) = (pots?, portions?, reasons?);
    let (mut table, mut run) = (table?, run?);
    run.write_all(&output::json(of)?)?;
    write_rounds(programme, &rounds.held, &mut table)?;
    let division = &rounds.division;
    pots.write_all(b"pot,source,amount,divided,left\n")?;
    portions.write_all(b"pot,compound,portion,held\n")?;
    let mut row = Rows::default();
    for (index, (pot, divided)) in programme.pots.iter().zip(&division.pots).enumerate() {
        row.0.clear();
        row.text(&pot.id).text(&pot.source).money(pot.amount);
        row.money(pot.amount - divided.left).money(divided.left).end();
        pots.write_all(&row.0)?;
        let compounds = programme.compounds.iter().zip(&divided.portions).enumerate();
        for (position, (compound, portion)) in compounds {
            row.0.clear();
            row.text(&pot.id).text(&compound.id).money(portion.amount);
            row.text(portion.held.as_str()).end();
            portions.write_all(&row.0)?;
            if let Some(reason) = programme.reason(division, index, position) {
                let line = Reasoned { pot: &pot.id, compound: &compound.id, reason };
                serde_json::to_writer(&mut reasons, &line)?;
                reasons.write_all(b"\n")?;
            }
        }
    }
    [pots, portions, reasons, table, run]
        .into_iter()
        .try_for_each(|file| file.into_inner()?.sync_all())
}

/// Writes the table of rounds: who left how much of which portion, and is held at what it uses since.
fn write_rounds(
    programme: &Programme,
    held: &[Vec<Unused>],
    table: &mut impl Write,
) -> io::Result<()> {
    table.write_all(b"round,pot,compound,portion,used,left\n")?;
    for (round, unused) in held.iter().enumerate() {
        for one in unused {
            let (pot, compound) = (&programme.pots[one.pot], &programme.compounds[one.compound]);
            let mut row = Rows::default();
            row.count(round as u64 + 1).text(&pot.id).text(&compound.id);
            row.money(one.portion).money(one.used).money(one.left()).end();
            table.write_all(&row.0)?;
        }
    }
    Ok(())
}
