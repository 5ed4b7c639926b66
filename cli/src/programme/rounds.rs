//! Further rounds of a division: what plans leave of their portions goes to those that can use it.

use fentan_core::Fen;
use fentan_core::programme::{Division, Programme, Unused};

use super::compound::Setting;
use super::in_order::in_order;
use crate::Failure;

/// The division that holds, and what came before it.
pub(super) struct Rounds {
    pub(super) division: Division,
    /// Round by round, the compounds that left part of a portion.
    pub(super) held: Vec<Vec<Unused>>,
}

impl Rounds {
    /// Divides again as long as plans leave anything that is not held already.
    ///
    /// Each round lowers what at least one compound can get, so that there is a last one.
    pub(super) fn go_on(
        &mut self,
        threads: usize,
        setting: &Setting<'_>,
        programme: &mut Programme,
    ) -> Result<(), Failure> {
        let all = programme.compounds.len();
        let mut given: Vec<Vec<(String, Fen)>> = vec![Vec::new(); all];
        let mut paid: Vec<Option<Vec<(String, Fen)>>> = vec![None; all];
        loop {
            let mut anew = Vec::new();
            for (index, given) in given.iter_mut().enumerate() {
                let offers = programme.offers(&self.division, index).into_iter();
                let offers: Vec<_> =
                    offers.map(|(source, amount)| (source.to_owned(), amount)).collect();
                if *given != offers {
                    *given = offers;
                    anew.push(index);
                }
            }
            let split = |at: usize| {
                let offers = given[anew[at]].iter();
                let offers: Vec<_> =
                    offers.map(|(source, amount)| (source.as_str(), *amount)).collect();
                setting.paid(&programme.compounds[anew[at]], &offers)
            };
            in_order(threads, 0..anew.len(), split, |at, found| {
                paid[anew[at]] = found;
                anyhow::Ok(())
            })?;
            let unused = programme.unused(&self.division, |compound, source| {
                let of_source = paid[compound].as_ref()?.iter().find(|(id, _)| id == source);
                of_source.map(|&(_, amount)| amount)
            });
            if !programme.hold(&unused) {
                return Ok(());
            }
            self.held.push(unused);
            self.division = programme.divide()?;
        }
    }
}
