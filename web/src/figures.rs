//! Figures made for the eye: parts of a whole, medians, totals. Integers throughout.

use fentan_core::{Fen, HouseholdSplit, Paid, Split};
use serde::{Deserialize, Serialize};

/// Ten thousandths of a percent in a whole.
const MILLION: u128 = 1_000_000;

/// Where a segment of a bar starts and how long it is, in millionths of the bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// Where it starts.
    pub start: u128,
    /// How long it is.
    pub length: u128,
}

/// The segments of a stacked bar: without gaps, and full where there is anything to show.
pub fn segments(amounts: &[Fen]) -> Vec<Segment> {
    let whole: Fen = amounts.iter().copied().sum();
    let mut before = Fen::ZERO;
    amounts
        .iter()
        .map(|&amount| {
            let at = |sum: Fen| (sum.0 * MILLION).checked_div(whole.0).unwrap_or_default();
            let start = at(before);
            before += amount;
            Segment { start, length: at(before) - start }
        })
        .collect()
}

/// The figures of one household, or of all together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Dues {
    /// Shares of shared lines.
    pub share: Fen,
    /// What is let off.
    pub relief: Fen,
    /// What is borne for others' relief.
    pub borne: Fen,
    /// What is paid on top to reach the minimum.
    pub top_up: Fen,
    /// Charges for individual lines.
    pub individual: Fen,
    /// All that is due.
    pub due: Fen,
    /// How it is paid.
    pub paid: Paid,
    /// What is left in the maintenance-fund account; missing where no balance is given.
    pub fund_after: Option<Fen>,
    /// What is to be paid into it; missing where that is unknown.
    pub replenish: Option<Fen>,
}

impl Dues {
    /// One household's.
    pub fn of(household: &HouseholdSplit) -> Dues {
        Dues {
            share: household.share,
            relief: household.relief,
            borne: household.borne,
            top_up: household.top_up,
            individual: household.individual,
            due: household.due,
            paid: household.paid,
            fund_after: household.fund_after,
            replenish: household.replenish,
        }
    }

    /// The figures by their names, in the order of a statement; an account that is not known
    /// counts as nothing.
    pub fn named(&self) -> [(&'static str, Fen); 14] {
        let Dues { share, relief, borne, top_up, individual, due, paid, fund_after, replenish } =
            *self;
        [
            ("share", share),
            ("relief", relief),
            ("borne", borne),
            ("top_up", top_up),
            ("individual", individual),
            ("due", due),
            ("in_kind", paid.in_kind),
            ("public_revenue", paid.public_revenue),
            ("maintenance_fund", paid.maintenance_fund),
            ("provident_fund", paid.provident_fund),
            ("owner_unit", paid.owner_unit),
            ("cash", paid.cash),
            ("fund_after", fund_after.unwrap_or_default()),
            ("replenish", replenish.unwrap_or_default()),
        ]
    }

    /// All households together; of accounts only what is to be replenished.
    pub fn total(households: &[HouseholdSplit]) -> Dues {
        let mut total = Dues::default();
        let mut replenish = Fen::ZERO;
        for household in households {
            total.share += household.share;
            total.relief += household.relief;
            total.borne += household.borne;
            total.top_up += household.top_up;
            total.individual += household.individual;
            total.due += household.due;
            replenish += household.replenish.unwrap_or_default();
            let (sum, paid) = (&mut total.paid, &household.paid);
            sum.in_kind += paid.in_kind;
            sum.public_revenue += paid.public_revenue;
            sum.maintenance_fund += paid.maintenance_fund;
            sum.provident_fund += paid.provident_fund;
            sum.owner_unit += paid.owner_unit;
            sum.cash += paid.cash;
        }
        total.replenish = Some(replenish);
        total
    }
}

/// The sums that must agree (spec §4), added up again from what is on screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// The works budget, sources and residents.
    pub budget: Fen,
    /// What all sources pay.
    pub sources: Fen,
    /// What the residents pay.
    pub residents: Fen,
    /// What the lines leave to the residents, top-ups apart.
    pub left_by_lines: Fen,
    /// The top-ups of the lines.
    pub top_ups: Fen,
    /// What all households owe.
    pub due: Fen,
    /// How many lines are what their payers pay, of all lines.
    pub lines: (usize, usize),
    /// How many households' channels are what is due, of all households.
    pub households: (usize, usize),
}

impl Proof {
    /// Adds up a split.
    pub fn of(split: &Split) -> Proof {
        let adding_up = split.lines.iter().filter(|line| {
            let paid: Fen = line.paid.iter().map(|&(_, amount)| amount).sum();
            line.amount == paid + line.relief_pot + line.top_up + line.left_to_residents
        });
        let households = split.households.iter();
        let paying_all = households.clone().filter(|one| one.due == one.paid.total());
        Proof {
            budget: split.budget,
            sources: split.sources.iter().map(|source| source.paid).sum(),
            residents: split.residents,
            left_by_lines: split.lines.iter().map(|line| line.left_to_residents).sum(),
            top_ups: split.lines.iter().map(|line| line.top_up).sum(),
            due: households.map(|household| household.due).sum(),
            lines: (adding_up.count(), split.lines.len()),
            households: (paying_all.count(), split.households.len()),
        }
    }

    /// Budget = sources + residents.
    pub fn budget_holds(&self) -> bool {
        self.budget == self.sources + self.residents
    }

    /// Lines' residents + top-ups = households' due.
    pub fn residents_hold(&self) -> bool {
        self.left_by_lines + self.top_ups == self.due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_fill_the_bar_without_gaps() {
        let segments = segments(&[Fen(1), Fen(0), Fen(1), Fen(1)]);
        let lengths: Vec<_> = segments.iter().map(|segment| segment.length).collect();
        assert_eq!(lengths, [333_333, 0, 333_333, 333_334]);
        assert_eq!(segments[3].start, 666_666);
    }

    #[test]
    fn a_bar_of_nothing_is_empty() {
        assert_eq!(segments(&[Fen::ZERO]), [Segment { start: 0, length: 0 }]);
    }
}
