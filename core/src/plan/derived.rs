//! Plans derived from a plan that was read; there are no other ways to derive one. Each keeps what
//! reading has checked: ids name something, households stay the same, amounts fit 128 bits.

use std::sync::Arc;

use super::lines::follow;
use super::{
    Channel, Household, Line, MOST_BUDGET, OddFen, PerPiece, Plan, Pot, ShareBy, Source, Table,
    Target, Use, Vote, Within, Works,
};
use crate::money::Fen;
use crate::number::{Area, MILLION, MOST_MONEY, Rate};
use crate::problem::{Cause, Naming, Problems};

/// How many of the finer units make a fen.
pub(crate) const UNITS: u128 = 100_000;

impl Plan {
    /// The plan with these amounts as all that sources give, in place of their own limits; each
    /// source keeps its `covers` and its `rate`.
    ///
    /// # Errors
    /// `unknown-id` at `sources` for each source that the plan doesn't have, `too-large` for an
    /// amount above 10^13 yuan.
    pub fn with_offers(mut self, offers: &[(&str, Fen)]) -> Result<Plan, Problems> {
        let mut problems = Problems::default();
        for &(id, amount) in offers {
            if amount > MOST_MONEY {
                let cause = Cause::TooLarge { most: MOST_MONEY.0 / 100 };
                problems.add_seen("sources", &amount.to_string(), cause);
                continue;
            }
            match self.sources.iter_mut().find(|source| source.id == id) {
                Some(source) => {
                    source.amount = Some(amount);
                    (source.per_household, source.per_area) = (None, None);
                    source.awaits_portion = false;
                }
                None => {
                    let known = self.sources.iter().map(|source| source.id.clone()).collect();
                    let naming = Naming::Source;
                    problems.add_seen("sources", id, Cause::UnknownId { naming, known });
                }
            }
        }
        problems.refuse(self)
    }

    /// The plan with another rule of the odd fen.
    pub(crate) fn with_odd_fen(&self, odd_fen: OddFen) -> Plan {
        Plan { odd_fen, ..self.clone() }
    }

    /// The plan with the amounts of lines times a number of millionths, and the limits of sources
    /// times a rate; each amount to the nearest fen.
    ///
    /// The lines must stay within the largest budget together: the caller checks that.
    pub(crate) fn scaled(&self, lines: &[(usize, u64)], sources: &[(usize, Rate)]) -> Plan {
        let mut plan = self.clone();
        let is_part = |line: usize| self.lines[line].rate_of.is_some();
        for &(line, millionths) in lines.iter().filter(|&&(line, _)| !is_part(line)) {
            scale_line(&mut plan.lines[line], millionths.into());
        }
        follow(&mut plan.lines);
        for &(line, millionths) in lines.iter().filter(|&&(line, _)| is_part(line)) {
            scale_line(&mut plan.lines[line], millionths.into());
        }
        for &(source, rate) in sources {
            scale_source(&mut plan.sources[source], rate);
        }
        plan
    }

    /// The plan with all its money in finer units, for a split that rounds to them, where rounding
    /// to the fen hardly counts; `None` if there is too much money for that.
    ///
    /// Its [`Fen`] are finer units: only differences between two such splits mean anything.
    pub(crate) fn in_finer_units(&self) -> Option<Plan> {
        let budget: Fen = self.lines.iter().map(|line| line.amount).sum();
        (budget.0 <= MOST_BUDGET.0 / UNITS).then_some(())?;
        // A source can't give more than there is to pay, whatever it offers.
        let offered = |amount: Option<Fen>| match amount {
            Some(amount) => finer(amount.min(budget)).map(Some),
            None => Some(None),
        };
        let mut plan = self.clone();
        for line in &mut plan.lines {
            line.amount = finer(line.amount)?;
            if let Works::Individual { charges, .. } = &mut line.works {
                for charge in charges {
                    *charge = finer(*charge)?;
                }
            }
        }
        follow(&mut plan.lines);
        for source in &mut plan.sources {
            source.amount = offered(source.amount)?;
            source.per_household = offered(source.per_household)?;
            source.per_area = offered(source.per_area)?;
            for amount in source.per_piece.iter_mut().flat_map(PerPiece::amounts) {
                *amount = finer((*amount).min(budget))?;
            }
        }
        plan.agreements.relief.most = offered(plan.agreements.relief.most)?;
        if let Some(pot) = &mut plan.agreements.relief.pot {
            pot.amount = finer(pot.amount.min(budget))?;
        }
        if let Some(minimum) = &mut plan.agreements.minimum {
            minimum.per_household = given(minimum.per_household)?;
            minimum.per_area = given(minimum.per_area)?;
        }
        for channel in &mut plan.channels {
            if let Channel::PublicRevenue { amount, .. } = channel {
                *amount = finer(*amount)?;
            }
        }
        plan.maintenance.first_per_area = given(plan.maintenance.first_per_area)?;
        if let Target::PerArea(amount) = &mut plan.maintenance.target {
            *amount = finer(*amount)?;
        }
        let households = self.households().iter().map(finer_household);
        let mut roster = self.roster.with(households.collect::<Option<_>>()?);
        for (_, interest) in &mut roster.fund_interest {
            *interest = finer(*interest)?;
        }
        plan.roster = Arc::new(roster);
        Some(plan)
    }
}

/// What a finding would make of a plan, to tell what that does.
impl Plan {
    /// The plan with other beneficiaries of shared lines: by line, in roster order.
    pub(crate) fn with_scopes(&self, scopes: Vec<(usize, Vec<u32>)>) -> Plan {
        let mut plan = self.clone();
        for (line, households) in scopes {
            if let Works::Shared { scope, .. } = &mut plan.lines[line].works {
                *scope = Some(households);
            }
        }
        plan
    }

    /// The plan with lines that are shared by another key. The key must weigh every beneficiary.
    pub(crate) fn with_share_by(&self, lines: &[(usize, ShareBy)]) -> Plan {
        let mut plan = self.clone();
        for &(line, key) in lines {
            if let Works::Shared { share_by, .. } = &mut plan.lines[line].works {
                *share_by = key;
            }
        }
        plan
    }

    /// The plan with all that a source pays, in place of its own limits.
    pub(crate) fn with_paid(&self, source: usize, amount: Fen) -> Plan {
        let mut plan = self.clone();
        let source = &mut plan.sources[source];
        source.amount = Some(amount);
        (source.rate, source.per_household, source.per_area) = (None, None, None);
        source.per_piece = None;
        plan
    }

    /// The plan with a shared line split first over the floors by these parts, in millionths of a
    /// percent that come to 100%, then within each floor.
    pub(crate) fn with_floors(
        &self,
        line: usize,
        coefficients: Vec<(i32, u64)>,
        within: Within,
    ) -> Plan {
        let mut plan = self.with_share_by(&[(line, ShareBy::Floors(self.tables.len(), within))]);
        plan.tables.push(Table { name: String::new(), coefficients, percentages: true });
        plan
    }

    /// The plan with these votes of households.
    pub(crate) fn with_votes(&self, votes: &[(u32, Option<Vote>)]) -> Plan {
        let mut all = self.households().to_vec();
        for &(household, vote) in votes {
            all[household as usize].vote = vote;
        }
        Plan { roster: Arc::new(self.roster.with(all)), ..self.clone() }
    }

    /// The plan with other areas of households.
    pub(crate) fn with_areas(&self, areas: &[(u32, Area)]) -> Plan {
        let mut all = self.households().to_vec();
        for &(household, area) in areas {
            all[household as usize].area = area;
        }
        Plan { roster: Arc::new(self.roster.with(all)), ..self.clone() }
    }

    /// The plan with these rates as what households with a hardship are let off.
    pub(crate) fn with_relief_rates(&self, rates: &[(String, Rate)]) -> Plan {
        let reliefs = self.roster.reliefs(rates, &mut Problems::default());
        Plan { reliefs, ..self.clone() }
    }

    /// The plan with a hardship of these households: a code that has a relief rate.
    pub(crate) fn with_hardships(&self, hardships: &[(u32, &str)]) -> Plan {
        let mut all = self.households().to_vec();
        let mut roster = self.roster.with(Vec::new());
        for &(household, code) in hardships {
            all[household as usize].hardship = Some(roster.add_hardship(code));
        }
        roster.all = all;
        let reliefs = roster.reliefs(&self.agreements.relief.rates, &mut Problems::default());
        Plan { roster: Arc::new(roster), reliefs, ..self.clone() }
    }

    /// The plan with this much in its relief pot; one that has none gets one.
    pub(crate) fn with_pot(&self, amount: Fen) -> Plan {
        let mut plan = self.clone();
        let none = || Pot { id: String::new(), name: None, note: None, amount };
        plan.agreements.relief.pot.get_or_insert_with(none).amount = amount;
        plan
    }

    /// The plan with nobody let off anything.
    pub(crate) fn without_relief(&self) -> Plan {
        let reliefs = self.reliefs.iter().map(|&(code, _)| (code, Rate::ZERO)).collect();
        Plan { reliefs, ..self.clone() }
    }

    /// The plan with a use of each of these households.
    pub(crate) fn with_uses(&self, uses: Vec<(u32, Use)>) -> Plan {
        let mut all = self.households().to_vec();
        let mut roster = self.roster.with(Vec::new());
        let (mut of_plan, mut used_as) = (self.uses.clone(), self.used_as.clone());
        for (household, one) in uses {
            let known = of_plan.iter().position(|known| known.name == one.name);
            let known = known.unwrap_or(of_plan.len());
            if known == of_plan.len() {
                of_plan.push(one);
            }
            let of_roster = used_as.iter().position(|&used| used == known);
            let of_roster = of_roster.unwrap_or(used_as.len());
            if of_roster == used_as.len() {
                used_as.push(known);
            }
            all[household as usize].used_as = Some(of_roster as u32);
        }
        roster.all = all;
        Plan { roster: Arc::new(roster), uses: of_plan, used_as, ..self.clone() }
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
    for amount in source.per_piece.iter_mut().flat_map(PerPiece::amounts) {
        *amount = rate.of(*amount);
    }
    source.rate = source.rate.map(|own| own.times(rate));
}

fn finer_household(household: &Household) -> Option<Household> {
    Some(Household {
        fund_balance: given(household.fund_balance)?,
        fund_first: given(household.fund_first)?,
        provident: finer(household.provident)?,
        in_kind: finer(household.in_kind)?,
        ..household.clone()
    })
}

/// An amount in finer units; `None` if it is then more than the largest that fits.
fn finer(amount: Fen) -> Option<Fen> {
    (amount.0 <= MOST_MONEY.0 / UNITS).then(|| Fen(amount.0 * UNITS))
}

/// The same for an amount that may be left out.
fn given(amount: Option<Fen>) -> Option<Option<Fen>> {
    match amount {
        Some(amount) => finer(amount).map(Some),
        None => Some(None),
    }
}
