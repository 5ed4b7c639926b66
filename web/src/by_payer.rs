//! Every line by payer, ready to be shown.

use std::collections::HashMap;

use fentan_core::{Fen, Plan, Split};
use fentan_words::printable;
use serde::{Deserialize, Serialize};

/// Who pays: a column of the table of who pays what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Payer {
    /// A source of the plan.
    Source {
        /// What it is called, or its id where it has no name.
        name: String,
    },
    /// The relief pot.
    Pot {
        /// What it is called, or its id where it has no name.
        name: String,
    },
    /// The residents, top-ups included.
    Residents,
}

/// Every line by payer. Payers are the sources in order, the relief pot if there is one, and
/// the residents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByPayer {
    /// Who pays.
    pub payers: Vec<Payer>,
    /// Every line.
    pub lines: Vec<LineByPayer>,
    /// What each payer pays in all.
    pub totals: Vec<Fen>,
}

/// A line by payer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineByPayer {
    /// What it is called, or its id where it has no name.
    pub name: String,
    /// What it costs.
    pub amount: Fen,
    /// What each payer pays.
    pub paid: Vec<Fen>,
    /// What of the residents' part tops up to the minimum.
    pub top_up: Fen,
}

impl ByPayer {
    /// What the payers are called, where the residents are called this.
    pub fn names(&self, residents: &str) -> Vec<String> {
        let name = |payer: &Payer| match payer {
            Payer::Source { name } | Payer::Pot { name } => name.clone(),
            Payer::Residents => residents.to_owned(),
        };
        self.payers.iter().map(name).collect()
    }

    /// The lines of a plan's split.
    pub fn of(plan: &Plan, split: &Split) -> ByPayer {
        let named = |name: &Option<String>, id: &str| printable(name.as_deref().unwrap_or(id));
        let sources = plan.sources().iter();
        let mut payers: Vec<_> =
            sources.map(|source| Payer::Source { name: named(&source.name, &source.id) }).collect();
        let pot = plan.agreements().relief.pot.as_ref();
        payers.extend(pot.map(|pot| Payer::Pot { name: named(&pot.name, &pot.id) }));
        payers.push(Payer::Residents);

        let columns: HashMap<&str, usize> = plan
            .sources()
            .iter()
            .enumerate()
            .map(|(at, source)| (source.id.as_str(), at))
            .collect();
        let lines = plan.lines().iter().zip(&split.lines).map(|(of, line)| {
            let mut amounts = vec![Fen::ZERO; plan.sources().len()];
            for (source, paid) in &line.paid {
                if let Some(&column) = columns.get(source.as_str()) {
                    amounts[column] = *paid;
                }
            }
            amounts.extend(pot.map(|_| line.relief_pot));
            amounts.push(line.left_to_residents + line.top_up);
            LineByPayer {
                name: named(&of.name, &of.id),
                amount: line.amount,
                paid: amounts,
                top_up: line.top_up,
            }
        });
        let mut totals: Vec<_> = split.sources.iter().map(|source| source.paid).collect();
        totals.push(split.residents);
        ByPayer { payers, lines: lines.collect(), totals }
    }
}
