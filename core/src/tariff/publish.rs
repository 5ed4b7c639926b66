//! From a plan to its tariff.
//!
//! What is published depends on no household's hardship, account, charge, name or vote: of hardship
//! only on how many households there are in steps of five. `tests/tests/all/tariff.rs` holds it to that.

use std::collections::{BTreeMap, BTreeSet};

use super::combined::Published;
use super::{
    Basis, Building, Cited, Edition, FloorBasis, LeftOut, Line, Payer, Serves, SharedLine, Tariff,
    others,
};
use crate::money::Fen;
use crate::named::Named;
use crate::number::Weight;
use crate::plan::{self, Plan, Pot, Relief, ShareBy, Use, Works};
use crate::policy::Packs;
use crate::reason::Clause;
use crate::receipt::ENGINE;
use crate::split::{BeforeRelief, Error, STEP, split, step_above};

/// The fewest households whose weights together reveal nothing of one of them.
const FEW: usize = STEP;

impl Tariff {
    /// What may be made public of a plan; clauses are told by the texts of these packs.
    ///
    /// # Errors
    /// Those of [`split`](crate::split()), for a plan that can't be split has no tariff; an
    /// edition below one.
    pub fn publish(plan: &Plan, packs: &Packs, edition: &Edition) -> Result<Tariff, Error> {
        split(plan)?;
        let before = BeforeRelief::of(plan)?;
        let mut publication = Publication { plan, before: &before, published: BTreeMap::new() };
        let tables = publication.tables();
        let columns = publication.columns();
        let mut lines: Vec<Line> =
            (0..plan.lines().len()).map(|line| publication.line(line, &tables, &columns)).collect();
        let relieved = publication.relieved_fewer_than();
        others::bound(plan, &before, &mut lines, relieved);
        let mut tariff = Tariff {
            engine: ENGINE.to_owned(),
            name: plan.name().map(str::to_owned),
            edition: *edition,
            policy: plan.policy().map(str::to_owned),
            households: plan.households().len() as u64,
            area: plan.households().iter().map(|household| Weight::of_area(household.area)).sum(),
            buildings: buildings(plan),
            payers: payers(plan),
            odd_fen: plan.odd_fen().clone(),
            uses: plan.uses().iter().map(|one| Use { votes: true, ..one.clone() }).collect(),
            tables: tables.iter().map(|&table| plan.tables()[table].clone()).collect(),
            columns: columns.iter().map(|&column| plan.column(column).name.clone()).collect(),
            lines,
            relief: relief(plan),
            relieved_fewer_than: relieved,
            minimum: plan.agreements().minimum.clone(),
            missing: publication.missing(),
            clauses: clauses(plan, packs),
            left_out: Vec::new(),
            digest: Default::default(),
        };
        let names = leave_out_names(&mut tariff, plan);
        tariff.left_out = left_out(&tariff, names);
        tariff.digest = tariff.own_digest();
        // A tariff that can't be read back must not be published.
        Ok(Tariff::read(&tariff.to_document())?)
    }
}

struct Publication<'p> {
    plan: &'p Plan,
    before: &'p BeforeRelief<'p>,
    /// By column, the sums that were told.
    published: BTreeMap<usize, Published<'p>>,
}

impl<'p> Publication<'p> {
    /// The tables that lines are shared by, as indices of the plan's.
    fn tables(&self) -> Vec<usize> {
        let used: BTreeSet<usize> = self.keys().filter_map(table_of).collect();
        used.into_iter().collect()
    }

    /// The same for columns.
    fn columns(&self) -> Vec<usize> {
        let used: BTreeSet<usize> = self
            .keys()
            .filter_map(|share_by| match share_by {
                ShareBy::Column(column) => Some(column),
                _ => None,
            })
            .collect();
        used.into_iter().collect()
    }

    fn keys(&self) -> impl Iterator<Item = ShareBy> + 'p {
        self.plan.lines().iter().filter_map(|line| match line.works {
            Works::Shared { share_by, .. } => Some(share_by),
            Works::Individual { .. } => None,
        })
    }

    fn line(&mut self, index: usize, tables: &[usize], columns: &[usize]) -> Line {
        let line = &self.plan.lines()[index];
        Line {
            id: line.id.clone(),
            name: line.name.clone(),
            category: line.category,
            tier: line.tier,
            pipeline: line.pipeline,
            subject: line.subject,
            shared: self.shared(index, line, tables, columns),
        }
    }

    fn shared(
        &mut self,
        index: usize,
        line: &'p plan::Line,
        tables: &[usize],
        columns: &[usize],
    ) -> Option<SharedLine> {
        let Works::Shared { share_by, .. } = line.works else {
            return None;
        };
        let payments = self.before.payments.iter().enumerate();
        let paid = payments.filter_map(|(source, payments)| {
            let &(_, paid) = payments.iter().find(|&&(line, _)| line == index)?;
            (!paid.is_zero()).then_some((source, paid))
        });
        let beneficiaries = self.plan.beneficiaries(line);
        Some(SharedLine {
            amount: line.amount,
            paid: paid.collect(),
            uncovered: self.before.uncovered[index],
            serves: Serves::of(self.plan, beneficiaries),
            share_by: told(share_by, tables, columns),
            basis: self.basis(index, share_by, beneficiaries),
            others_relief: None,
        })
    }

    fn basis(&mut self, line: usize, share_by: ShareBy, beneficiaries: &'p [u32]) -> Basis {
        let weights = beneficiaries.iter().map(|&household| weight(self.plan, share_by, household));
        match share_by {
            ShareBy::Floors(..) => {
                let mut floors: Vec<FloorBasis> = Vec::new();
                let shares = beneficiaries.iter().zip(&self.before.shares[line].1);
                let shares = shares.zip(weights).filter(|(_, weight)| weight.0 > 0);
                for ((&household, &share), weight) in shares {
                    // Every beneficiary of such a line that has a weight has a floor.
                    let floor = self.plan.households()[household as usize].floor.unwrap_or(0);
                    let at = floors.binary_search_by_key(&floor, |one| one.floor);
                    let at = at.unwrap_or_else(|at| {
                        let none = FloorBasis { floor, part: Fen::ZERO, weight: Weight(0) };
                        floors.insert(at, none);
                        at
                    });
                    floors[at].part += share;
                    floors[at].weight.0 += weight.0;
                }
                Basis::Floors(floors)
            }
            ShareBy::Column(column) if !self.is_told(column, beneficiaries) => Basis::Withheld,
            _ => Basis::Total(weights.sum()),
        }
    }

    /// Whether the sum of a column is told: it reveals nothing of fewer than five households, neither
    /// by itself nor by any combination with those told before.
    fn is_told(&mut self, column: usize, beneficiaries: &'p [u32]) -> bool {
        self.published.entry(column).or_default().add(beneficiaries, FEW)
    }

    /// Above how many households are let off something, in steps of five; `None` if the rules let
    /// off nobody.
    fn relieved_fewer_than(&self) -> Option<u64> {
        let rates = &self.plan.agreements().relief.rates;
        rates.iter().any(|(_, rate)| !rate.is_zero()).then(|| {
            let households = 0..self.plan.households().len() as u32;
            let relieved = households.filter(|&one| !self.plan.relief_rate(one).is_zero());
            step_above(relieved.count()) as u64
        })
    }

    /// What all would lack to the minimum together without relief.
    fn missing(&self) -> Fen {
        let Some(minimum) = &self.plan.agreements().minimum else {
            return Fen::ZERO;
        };
        let mut paid: Vec<Option<Fen>> = vec![None; self.plan.households().len()];
        let lines = self.plan.lines().iter().zip(&self.before.shares);
        for (_, (beneficiaries, shares)) in lines.filter(|(line, _)| line.is_shared()) {
            for (&household, &share) in beneficiaries.iter().zip(shares) {
                *paid[household as usize].get_or_insert_default() += share;
            }
        }
        let households = self.plan.households().iter().zip(paid).enumerate();
        let counted = households.filter(|&(index, _)| self.plan.counts(index).is_household);
        counted
            .filter_map(|(_, (household, paid))| Some(minimum.of(household.area).less(paid?)))
            .sum()
    }
}

fn table_of(share_by: ShareBy) -> Option<usize> {
    match share_by {
        ShareBy::Coefficient(table)
        | ShareBy::CoefficientTimesArea(table)
        | ShareBy::Floors(table, _) => Some(table),
        ShareBy::Area | ShareBy::Household | ShareBy::Column(_) => None,
    }
}

/// The key with indices of what the tariff holds.
fn told(share_by: ShareBy, tables: &[usize], columns: &[usize]) -> ShareBy {
    let at = |used: &[usize], index| used.binary_search(&index).unwrap_or_default();
    match share_by {
        ShareBy::Area | ShareBy::Household => share_by,
        ShareBy::Column(column) => ShareBy::Column(at(columns, column)),
        ShareBy::Coefficient(table) => ShareBy::Coefficient(at(tables, table)),
        ShareBy::CoefficientTimesArea(table) => ShareBy::CoefficientTimesArea(at(tables, table)),
        ShareBy::Floors(table, within) => ShareBy::Floors(at(tables, table), within),
    }
}

/// A household's weight; of a line that is shared by floors, that on its floor.
pub(super) fn weight(plan: &Plan, share_by: ShareBy, household: u32) -> Weight {
    let weighing = share_by.among_households(plan.tables());
    weighing.weight(&plan.weighed(household as usize)).unwrap_or_default()
}

fn buildings(plan: &Plan) -> Vec<Building> {
    let mut buildings: Vec<Building> = Vec::new();
    for household in plan.households() {
        let Some(id) = plan.building_of(household) else {
            continue;
        };
        let at = buildings.iter().position(|one| one.id == id).unwrap_or_else(|| {
            buildings.push(Building { id: id.to_owned(), units: Vec::new() });
            buildings.len() - 1
        });
        let unit = plan
            .unit_of(household)
            .filter(|unit| !buildings[at].units.iter().any(|known| known == unit));
        buildings[at].units.extend(unit.map(str::to_owned));
    }
    buildings
}

fn payers(plan: &Plan) -> Vec<Payer> {
    let payers = plan.sources().iter();
    payers
        .map(|source| Payer { id: source.id.clone(), name: source.name.clone(), kind: source.kind })
        .collect()
}

fn relief(plan: &Plan) -> Relief {
    let Relief { rates, most, pot } = plan.agreements().relief.clone();
    Relief { rates, most, pot: pot.map(|pot| Pot { note: None, ..pot }) }
}

/// Every clause that the tariff rests on, once.
fn clauses(plan: &Plan, packs: &Packs) -> Vec<Cited> {
    let packs = packs.with_own(plan.own_policy());
    let agreements = plan.agreements();
    let sources = plan.sources().iter().filter_map(|source| source.kind);
    let mut ids: BTreeSet<&str> =
        sources.filter_map(Clause::of_source).map(Clause::as_str).collect();
    let by_area =
        |line: &plan::Line| matches!(line.works, Works::Shared { share_by: ShareBy::Area, .. });
    if plan.lines().iter().any(by_area) {
        ids.insert(Clause::SharesByArea.as_str());
    }
    if !agreements.relief.rates.is_empty() || agreements.minimum.is_some() {
        ids.insert(Clause::Residents.as_str());
    }
    ids.extend(plan.filled().iter().flat_map(|filled| &filled.clauses).map(String::as_str));
    let found = ids.into_iter().filter_map(|id| packs.clause(id));
    found
        .map(|clause| Cited {
            id: clause.id.clone(),
            title: clause.title.clone(),
            number: clause.number.clone(),
            article: clause.article.clone(),
        })
        .collect()
}

/// Removes names of plan, lines and payers that hold a household's id, name or owner; returns whether
/// there were any.
fn leave_out_names(tariff: &mut Tariff, plan: &Plan) -> bool {
    let payers = tariff.payers.iter_mut().map(|payer| &mut payer.name);
    let lines = tariff.lines.iter_mut().map(|line| &mut line.name);
    let pot = tariff.relief.pot.iter_mut().map(|pot| &mut pot.name);
    let (named, mut found) = (Named::of(plan), false);
    for name in std::iter::once(&mut tariff.name).chain(payers).chain(lines).chain(pot) {
        if name.take_if(|name| named.are_in(name)).is_some() {
            found = true;
        }
    }
    found
}

fn left_out(tariff: &Tariff, names: bool) -> Vec<LeftOut> {
    let shared = || tariff.lines.iter().filter_map(|line| line.shared.as_ref());
    let is_left_out = |what: &LeftOut| match what {
        LeftOut::Households | LeftOut::Hardship | LeftOut::Accounts | LeftOut::Notes => true,
        LeftOut::AfterRelief => tariff.relieved_fewer_than.is_some() || tariff.minimum.is_some(),
        LeftOut::Charges => tariff.lines.iter().any(|line| line.shared.is_none()),
        LeftOut::Homes => shared().any(|line| line.serves.homes),
        LeftOut::Weights => shared().any(|line| line.basis == Basis::Withheld),
        LeftOut::Names => names,
    };
    LeftOut::ALL.iter().copied().filter(is_left_out).collect()
}
