//! What must hold to the fen in every result (spec §4), checked before it is handed out.

use std::fmt;

use super::result::Split;
use crate::money::Fen;

/// A result that does not add up: a fault of the engine.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unreconciled {
    /// Where in the result: `lines[3]`, `households[12]`, `residents`, `budget`.
    pub path: String,
    /// What should have been there.
    pub expected: Fen,
    /// What the parts come to.
    pub found: Fen,
}

impl fmt::Display for Unreconciled {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Unreconciled { path, expected, found } = self;
        write!(formatter, "{path}: the parts come to {found}, not to {expected}")
    }
}

impl std::error::Error for Unreconciled {}

pub(super) fn check(split: &Split) -> Result<(), Unreconciled> {
    let holds = |expected: Fen, found: Fen, path: fmt::Arguments<'_>| {
        if expected == found {
            return Ok(());
        }
        Err(Unreconciled { path: path.to_string(), expected, found })
    };
    let mut by_lines = Fen::ZERO;
    for (index, line) in split.lines.iter().enumerate() {
        let paid: Fen = line.paid.iter().map(|&(_, amount)| amount).sum();
        let found = paid + line.relief_pot + line.top_up + line.left_to_residents;
        holds(line.amount, found, format_args!("lines[{index}]"))?;
        by_lines += line.left_to_residents + line.top_up;
    }
    for (index, household) in split.households.iter().enumerate() {
        let place = format_args!("households[{index}]");
        let due = household.share + household.borne + household.top_up + household.individual;
        holds(household.due + household.relief, due, place)?;
        holds(household.due, household.paid.total(), place)?;
    }
    let dues = split.households.iter().map(|household| household.due).sum();
    holds(split.residents, by_lines, format_args!("residents"))?;
    holds(split.residents, dues, format_args!("residents"))?;
    let sources: Fen = split.sources.iter().map(|source| source.paid).sum();
    holds(split.budget, sources + split.residents, format_args!("budget"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, Plan};

    /// Where the check finds what a fault did to a sound result.
    fn found(fault: impl FnOnce(&mut Split)) -> Option<String> {
        let plan = br#"{
            "fentan": 1,
            "lines": [{ "id": "roof", "amount": "100" }, { "id": "pipes", "amount": "50" }],
            "sources": [{ "id": "county", "amount": "60" }],
            "households": [{ "id": "a", "area": "60" }, { "id": "b", "area": "40" }]
        }"#;
        let plan = Document::from_json(plan).expect("JSON");
        let plan = Plan::read(&plan, None).expect("a plan");
        let mut split = crate::split(&plan).expect("a split");
        fault(&mut split);
        check(&split).err().map(|fault| fault.path)
    }

    #[test]
    fn whatever_does_not_add_up_is_found() {
        assert_eq!(found(|_| {}), None);
        let at = |path: &str| Some(path.to_owned());
        assert_eq!(found(|split| split.lines[1].amount += Fen(1)), at("lines[1]"));
        assert_eq!(found(|split| split.lines[0].paid[0].1 += Fen(1)), at("lines[0]"));
        assert_eq!(found(|split| split.households[1].share += Fen(1)), at("households[1]"));
        assert_eq!(found(|split| split.households[0].paid.cash += Fen(1)), at("households[0]"));
        assert_eq!(found(|split| split.residents += Fen(1)), at("residents"));
        assert_eq!(found(|split| split.budget += Fen(1)), at("budget"));
        let none_owes = found(|split| split.households.clear());
        assert_eq!(none_owes, at("residents"));
    }
}
