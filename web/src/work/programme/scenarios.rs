//! Scenarios laid beside a programme that is open.

use fentan_core::Problems;
use fentan_core::programme::desk::{
    CompoundDifference, DeskChange, Outcomes, Together, by_county, by_payer, one_by_one,
};
use fentan_words::{Language, printable};

use super::files::lines;
use super::opened::Opened;
use super::{Change, Scenario};

impl Opened {
    /// Each of these scenarios beside the programme as it stands; those that were asked about before are not split
    /// anew.
    pub(super) fn scenarios(
        &mut self,
        language: Language,
        asked: Vec<Vec<Change>>,
    ) -> Vec<Result<Scenario, Vec<String>>> {
        let before = std::mem::take(&mut self.scenarios);
        let mut told = Vec::new();
        for written in asked {
            let known = before.iter().find(|(changes, _)| is_of(changes, &written));
            let found = match known {
                Some(known) => Ok(known.clone()),
                None => self.outcomes_of(&written).map(|(changes, found)| (changes, Some(found))),
            };
            match found {
                Ok(found) => {
                    self.scenarios.push(found);
                    told.extend(self.beside(written).map(Ok));
                }
                Err(problems) => {
                    self.scenarios.push((Vec::new(), None));
                    told.push(Err(lines(language, &problems)));
                }
            }
        }
        told
    }

    fn outcomes_of(&self, written: &[Change]) -> Result<(Vec<DeskChange>, Outcomes), Problems> {
        let changes = written.iter().map(|(path, to)| DeskChange::read(&self.desk, path, to));
        let changes = changes.collect::<Result<Vec<_>, _>>()?;
        let outcomes = self.desk.outcomes(&changes, &one_by_one)?;
        Ok((changes, outcomes))
    }

    /// The scenario that was taken in last, beside the programme as it stands.
    fn beside(&self, written: Vec<Change>) -> Option<Scenario> {
        let (changes, after) = self.scenarios.last()?;
        let after = after.as_ref()?;
        let comparison = self.desk.compare(&self.outcomes, after);
        let compounds: Vec<&CompoundDifference> = comparison.compounds.iter().collect();
        let programme = self.desk.programme();
        let plans = programme.compounds.iter().filter(|one| one.plan.is_some()).count();
        let reached = changes.iter().zip(written).filter(|(change, _)| change.is_of_plans());
        let reached = reached.map(|(change, written)| (written, self.desk.reached(change), plans));
        // They are in the programme's order.
        let mut differences = comparison.compounds.iter().peekable();
        let residents = programme.compounds.iter().map(|compound| {
            let found = differences.next_if(|one| one.compound == compound.id);
            found.map(|one| one.residents)
        });
        let residents = residents.collect();
        let county = |(county, compounds): (&str, Vec<&CompoundDifference>)| {
            (printable(county), Together::of(compounds))
        };
        let payers = by_payer(&compounds).into_iter().map(|payer| {
            let pot = programme.pots.iter().find(|pot| payer.source.as_ref() == Some(&pot.source));
            let name = pot.map(|pot| printable(pot.name.as_ref().unwrap_or(&pot.id)));
            (name.unwrap_or_default(), payer)
        });
        Some(Scenario {
            reached: reached.filter(|(_, reached, all)| reached < all).collect(),
            left_out: comparison.left_out.clone(),
            counties: by_county(&compounds).into_iter().map(county).collect(),
            all: Together::of(compounds.iter().copied()),
            payers: payers.collect(),
            residents,
            left: after.division.pots.iter().map(|pot| pot.left).collect(),
        })
    }
}

/// Whether changes are those that were written.
fn is_of(changes: &[DeskChange], written: &[Change]) -> bool {
    let written = written.iter().map(|(path, to)| format!("{path}={to}"));
    !changes.is_empty() && changes.iter().map(ToString::to_string).eq(written)
}
