//! A plan with lines that cost more or less and sources that give less, as stress draws it.

use super::{Line, Plan, Source, Works};
use crate::money::Fen;
use crate::number::Rate;

/// Millionths in one.
const MILLION: u128 = 1_000_000;

impl Plan {
    /// The plan with the amounts of lines times so many millionths, and the limits of sources
    /// times a rate; each amount to the nearest fen.
    ///
    /// The lines must stay within the largest budget together, which the caller has checked.
    pub(crate) fn scaled(&self, lines: &[(usize, u64)], sources: &[(usize, Rate)]) -> Plan {
        let mut plan = self.clone();
        for &(line, millionths) in lines {
            scale_line(&mut plan.lines[line], millionths.into());
        }
        for &(source, rate) in sources {
            scale_source(&mut plan.sources[source], rate);
        }
        plan
    }
}

fn scale_line(line: &mut Line, millionths: u128) {
    let scaled = |amount: Fen| Fen((amount.0 * millionths + MILLION / 2) / MILLION);
    match &mut line.works {
        Works::Shared { .. } => line.amount = scaled(line.amount),
        Works::Individual { charges, .. } => {
            charges.iter_mut().for_each(|charge| *charge = scaled(*charge));
            line.amount = charges.iter().copied().sum();
        }
    }
}

fn scale_source(source: &mut Source, rate: Rate) {
    for limit in [&mut source.amount, &mut source.per_household, &mut source.per_area] {
        *limit = limit.map(|amount| rate.of(amount));
    }
    source.rate = source.rate.map(|own| own.times(rate));
}
