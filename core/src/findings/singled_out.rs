//! Privacy of households with relief: whether a neighbour can work out from its own figures who they
//! are.
//!
//! All else that a household's figures depend on is public or known to neighbours: areas, floors, the
//! rules. Where they depend on relief too, and those with relief are few, every guess at who they are
//! can be split and compared to the fen.

use super::{Detail, Review};
use crate::money::Fen;
use crate::policy::Rule;
use crate::split::{BeforeRelief, STEP, Split, split, step_above};

/// As many guesses are tried within days on one computer.
const MOST_GUESSES: u128 = 1_000_000_000;

impl Review<'_> {
    /// Relief that others bear, where those with relief are few.
    pub(super) fn relief_singles_out(&mut self, rule: &Rule) {
        let borne: Fen = self.split.households.iter().map(|household| household.borne).sum();
        let relief: Fen = self.split.households.iter().map(|household| household.relief).sum();
        if borne.is_zero() || !self.are_few() {
            return;
        }
        let Some(pot) = self.pot_that_tells_nothing() else {
            return;
        };
        let values = [
            ("count", Detail::Count(self.relieved())),
            ("amount", Detail::Money(borne)),
            ("least", Detail::Money(relief)),
            ("pot", Detail::Money(pot)),
        ];
        self.find(rule, "relief.pot", values);
    }

    /// Figures of households without relief that depend on who has some, even where a pot carries
    /// all of it: top-ups, where the sources can't give back enough for all, and public revenue that
    /// is shared over those who still owe.
    pub(super) fn relief_shows(&mut self, rule: &Rule) {
        if !self.are_few() {
            return;
        }
        let Some(pot) = self.pot_that_tells_nothing() else {
            return;
        };
        let none = split(&self.plan.without_relief());
        let (Ok(carried), Ok(none)) = (split(&self.plan.with_pot(pot)), none) else {
            return;
        };
        let differs = |figure: fn(&Split, usize) -> Fen| {
            let mut without = (0..self.plan.households().len())
                .filter(|&one| self.plan.relief_rate(one as u32).is_zero());
            without.any(|one| figure(&carried, one) != figure(&none, one))
        };
        let top_ups = differs(|split, one| split.households[one].top_up);
        let revenue = differs(|split, one| split.households[one].paid.public_revenue);
        let channels = self.plan.channels().iter();
        let at = channels.map(|channel| channel.as_str()).position(|kind| kind == "public_revenue");
        let count = self.relieved();
        let mut find = |path: String, by| {
            let values = [("count", Detail::Count(count)), ("by", Detail::Verdict(by))];
            self.find(rule, path, values);
        };
        if top_ups {
            find("minimum".to_owned(), "top-ups");
        }
        if let Some(at) = at.filter(|_| revenue && !top_ups) {
            find(format!("channels[{at}].over"), "revenue");
        }
    }

    /// How many households are let off something.
    fn relieved(&self) -> usize {
        self.split.households.iter().filter(|household| !household.relief.is_zero()).count()
    }

    /// Whether those with relief are so few that all who they may be can be tried.
    fn are_few(&self) -> bool {
        let relieved = self.relieved();
        let rates = self.plan.agreements().relief.rates.iter();
        let rates = rates.filter(|(_, rate)| !rate.is_zero());
        let mut rates: Vec<_> = rates.map(|(_, rate)| rate.written()).collect();
        rates.sort_unstable();
        rates.dedup();
        let households = self.split.households.len();
        (1..STEP).contains(&relieved)
            || (relieved > 0 && guesses(households, relieved, rates.len()) <= MOST_GUESSES)
    }

    /// The least amount of a pot that carries all relief whoever has it, of as many households as
    /// the tariff tells: unlike what it carries today, it can be told without telling who they are.
    fn pot_that_tells_nothing(&self) -> Option<Fen> {
        let before = BeforeRelief::of(self.plan).ok()?;
        Some(before.most_relief(self.plan, step_above(self.relieved())))
    }
}

/// In how many ways so many of the households may have one of so many rates each.
fn guesses(households: usize, relieved: usize, rates: usize) -> u128 {
    let mut ways = 1u128;
    for chosen in 0..relieved.min(households - relieved) {
        ways = ways * (households - chosen) as u128 / (chosen as u128 + 1);
        if ways > MOST_GUESSES {
            return ways;
        }
    }
    (0..relieved).fold(ways, |ways, _| ways.saturating_mul(rates as u128))
}

#[cfg(test)]
mod tests {
    use super::guesses;

    #[test]
    fn guesses_are_counted() {
        assert_eq!(guesses(12, 1, 2), 24);
        assert_eq!(guesses(12, 2, 2), 66 * 4);
        assert_eq!(guesses(12, 6, 1), 924);
        assert_eq!(guesses(12, 11, 1), 12);
        assert_eq!(guesses(12, 12, 1), 1);
        assert!(guesses(10_000, 60, 4) > 1_000_000_000);
        assert!(guesses(10_000, 9_000, 4) > 1_000_000_000);
    }
}
