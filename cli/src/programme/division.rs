//! The tables of the division, and the reason of every portion.

use std::io;

use fentan_core::{Division, Programme};
use serde::Serialize;

use super::rows::Rows;

/// Why a compound gets what it gets of a pot, on a line of its own.
#[derive(Serialize)]
struct Reasoned<'r> {
    pot: &'r str,
    compound: &'r str,
    #[serde(flatten)]
    reason: fentan_core::PortionReason,
}

/// The files of the division: what there is of each pot, what each compound gets and why.
pub(super) fn files(
    programme: &Programme,
    division: &Division,
) -> io::Result<[(&'static str, Vec<u8>); 3]> {
    let (mut pots, mut portions, mut reasons) = (Rows::default(), Rows::default(), Vec::new());
    pots.0.extend_from_slice(b"pot,source,amount,divided,left\n");
    portions.0.extend_from_slice(b"pot,compound,portion,held\n");
    for (index, (pot, divided)) in programme.pots.iter().zip(&division.pots).enumerate() {
        pots.text(&pot.id).text(&pot.source).money(pot.amount);
        pots.money(pot.amount - divided.left).money(divided.left).end();
        let compounds = programme.compounds.iter().zip(&divided.portions).enumerate();
        for (position, (compound, portion)) in compounds {
            portions.text(&pot.id).text(&compound.id).money(portion.amount);
            portions.text(portion.held.as_str()).end();
            if let Some(reason) = programme.reason(division, index, position) {
                let line = Reasoned { pot: &pot.id, compound: &compound.id, reason };
                serde_json::to_writer(&mut reasons, &line)?;
                reasons.push(b'\n');
            }
        }
    }
    Ok([("pots.csv", pots.0), ("division.csv", portions.0), ("reasons.jsonl", reasons)])
}
