//! One compound of a programme that is open, and one home of it.

use fentan_core::{Explainer, Fen, Figure, HouseholdFigure};
use fentan_words::{Language, finding, printable, reason, severity};

use super::opened::Opened;
use super::{Detail, Explained, Home, HomeDetail, Line, Payer};

impl Opened {
    /// A compound, told.
    pub(super) fn compound(&self, language: Language, index: usize) -> Detail {
        let (plan, split) = match self.split(language, index) {
            Ok(found) => found,
            Err(problems) => return Detail { compound: index, problems, ..Detail::default() },
        };
        let name = |id: &str| {
            let source = plan.sources().iter().find(|source| source.id == id);
            let name = source.and_then(|source| source.name.as_deref());
            printable(name.unwrap_or(id))
        };
        let pot = plan.agreements().relief.pot.as_ref().map(|pot| pot.id.as_str());
        let payers = split.sources.iter().map(|source| Payer {
            name: name(&source.id),
            offer: source.offer,
            paid: source.paid,
        });
        let lines = plan.lines().iter().zip(&split.lines).map(|(of, line)| {
            let paid_by = |id: &str| {
                let found = line.paid.iter().find(|(payer, _)| payer == id);
                found.map_or(Fen::ZERO, |&(_, amount)| amount)
            };
            let paid = split.sources.iter().map(|source| match pot {
                Some(pot) if pot == source.id => line.relief_pot,
                _ => paid_by(&source.id),
            });
            Line {
                name: printable(of.name.as_ref().unwrap_or(&of.id)),
                amount: line.amount,
                paid: paid.collect(),
                residents: line.left_to_residents + line.top_up,
            }
        });
        let found = fentan_core::findings(&plan, &split, &self.packs);
        let found =
            found.iter().map(|one| (severity(language, one.severity), finding(language, one)));
        let homes = split.households.iter().enumerate().map(|(home, one)| {
            let then = self.scenarios.iter().map(|(_, outcomes)| {
                outcomes.as_ref()?.compounds[index].as_ref()?.cash.get(home).copied()
            });
            Home {
                id: printable(&one.id),
                share: one.share,
                due: one.due,
                cash: one.paid.cash,
                then: then.collect(),
            }
        });
        Detail {
            compound: index,
            problems: Vec::new(),
            payers: payers.collect(),
            lines: lines.collect(),
            findings: found.collect(),
            homes: homes.collect(),
        }
    }

    /// A home of a compound, told; `None` where there is none.
    pub(super) fn home(
        &self,
        language: Language,
        index: usize,
        household: usize,
    ) -> Option<HomeDetail> {
        let (plan, split) = self.split(language, index).ok()?;
        let explainer = Explainer::new(&plan).ok()?;
        let reasons = HouseholdFigure::ALL.iter();
        let reasons =
            reasons.filter_map(|&figure| explainer.reason(Figure::Of { household, figure }));
        let figures = reasons.filter(|one| !one.value.is_zero()).map(|one| {
            let told = reason(language, &plan, &one);
            Explained { title: told.title, value: told.value, formula: told.formula }
        });
        let share = |line: usize| {
            let share = explainer.reason(Figure::LineShare { household, line });
            let of = &plan.lines()[line];
            let name = printable(of.name.as_ref().unwrap_or(&of.id));
            (name, share.map_or(Fen::ZERO, |one| one.value))
        };
        Some(HomeDetail {
            home: household,
            id: printable(&split.households.get(household)?.id),
            figures: figures.collect(),
            lines: explainer.lines_of(household).map(share).collect(),
        })
    }
}
