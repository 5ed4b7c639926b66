//! Who benefits from lines: lines of a building that all share, homes that are left out.

use serde::Serialize;

use super::homes::home_use;
use super::places::{Found, Places};
use super::{Detail, Effect, Review, ids_of, name_of, residents_pay};
use crate::document::Change;
use crate::money::Fen;
use crate::plan::{Line, Named, Works};
use crate::policy::Rule;

/// A scope as a plan writes it.
#[derive(Serialize)]
struct Scope<'s> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    buildings: Vec<&'s str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    units: Vec<&'s str>,
}

fn named(line: &Line) -> Option<&Named> {
    match &line.works {
        Works::Shared { named, .. } => Some(named),
        Works::Individual { .. } => None,
    }
}

impl Review<'_> {
    /// Lines that name a building or a unit and are shared by all.
    pub(super) fn line_place(&mut self, rule: &Rule) {
        let plan = self.plan;
        let is_for_all = |line: &Line| named(line).is_some_and(Named::is_everyone);
        let mut places = None;
        let (mut lines, mut scopes, mut mend) = (Vec::new(), Vec::new(), Vec::new());
        let mut stake = Fen::ZERO;
        for (index, line, split) in self.lines().filter(|(_, line, _)| is_for_all(line)) {
            let amount = residents_pay(split);
            let Some(name) = line.name.as_ref().filter(|_| !amount.is_zero()) else {
                continue;
            };
            let places = places.get_or_insert_with(|| Places::of(plan));
            let Some(found) = places.named_in(name) else {
                continue;
            };
            let all = plan.beneficiaries(line);
            let inside = |&&household: &&u32| found.holds(&plan.households()[household as usize]);
            let inside: Vec<u32> = all.iter().filter(inside).copied().collect();
            if inside.is_empty() || inside.len() == all.len() {
                continue;
            }
            stake += amount;
            lines.push((index, name.clone()));
            mend.push(self.scoped(index, &found));
            scopes.push((index, inside));
        }
        let Some(&(first, _)) = lines.first() else {
            return;
        };
        let effect = self.effect_of(&plan.with_scopes(scopes), stake);
        let names = lines.into_iter().map(|(_, name)| name).collect();
        let values = [("lines", Detail::Names(names)), ("amount", Detail::Money(stake))];
        self.find_health(rule, format!("lines[{first}]"), values, effect, mend);
    }

    /// The change that scopes a line to buildings and units.
    fn scoped(&self, line: usize, found: &Found) -> Change {
        let buildings = found.buildings.iter().map(|&one| self.plan.buildings()[one].as_str());
        let units = found.units.iter().map(|(_, name)| name.as_str());
        let scope = Scope { buildings: buildings.collect(), units: units.collect() };
        // A few texts can be written: nothing fails.
        let json = serde_json::to_string(&scope).unwrap_or_default();
        Change::Put { path: format!("lines[{line}].scope"), json, at: None }
    }

    /// Homes that no building's line reaches, for nobody says in which building they are.
    pub(super) fn building_missing(&mut self, rule: &Rule) {
        let plan = self.plan;
        let by_place = |line: &Line| {
            named(line).is_some_and(|named| !named.buildings.is_empty() || !named.units.is_empty())
        };
        let lines: Vec<_> = self
            .lines()
            .filter(|(_, line, split)| by_place(line) && !residents_pay(split).is_zero())
            .collect();
        let without = self.without_building();
        if lines.is_empty() || without.is_empty() {
            return;
        }
        let places = Places::of(plan);
        // By home, the building and the unit that its id tells.
        let told = without.iter().map(|&household| {
            let id = &plan.households()[household as usize].id;
            let mut parts = id.split('-');
            let building = places.building(parts.next()?).filter(|_| id.contains('-'))?;
            let unit = parts.next().filter(|_| parts.next().is_some());
            Some((building, unit.and_then(|unit| places.unit(building, unit))))
        });
        let told: Vec<_> = told.collect();
        let mut left_out = vec![false; without.len()];
        let mut scopes = Vec::new();
        let mut concerned = Vec::new();
        let mut stake = Fen::ZERO;
        for &(index, line, split) in &lines {
            let Some(named) = named(line) else { continue };
            let scope = plan.beneficiaries(line);
            let mut joining = Vec::new();
            let mut leaves_out = false;
            for (at, &household) in without.iter().enumerate() {
                let is_out = scope.binary_search(&household).is_err()
                    && !named.except.contains(&household)
                    && plan.joins(household as usize, line) != Some(false);
                let is_in = told[at].is_none_or(|(building, unit)| {
                    named.buildings.contains(&building)
                        || unit.is_some_and(|(unit, _)| named.units.contains(&unit))
                });
                if is_out && is_in {
                    (left_out[at], leaves_out) = (true, true);
                    joining.extend(told[at].map(|_| household));
                }
            }
            if leaves_out {
                concerned.push(name_text(line));
                stake += residents_pay(split);
                let mut all: Vec<u32> = scope.iter().copied().chain(joining).collect();
                all.sort_unstable();
                scopes.push((index, all));
            }
        }
        let homes: Vec<u32> =
            without.iter().zip(&left_out).filter(|(_, out)| **out).map(|(&one, _)| one).collect();
        let Some(&first) = homes.first() else {
            return;
        };
        let mut mend = Vec::new();
        for (at, &household) in without.iter().enumerate().filter(|&(at, _)| left_out[at]) {
            let Some((building, unit)) = told[at] else { continue };
            let mut write = |field: &str, text: &str| {
                let path = format!("households[{household}].{field}");
                mend.push(Change::Write { path, text: text.to_owned() });
            };
            write("building", &plan.buildings()[building]);
            if let Some((_, unit)) = unit {
                write("unit", unit);
            }
        }
        let effect = match mend.is_empty() {
            true => Effect::Stake { amount: stake },
            false => self.effect_of(&plan.with_scopes(scopes), stake),
        };
        let values =
            [("homes", Detail::Homes(ids_of(plan, &homes))), ("lines", Detail::Names(concerned))];
        self.find_health(rule, format!("households[{first}].building"), values, effect, mend);
    }

    /// The homes without a building, of a roster whose other homes have one. A garage needs none.
    fn without_building(&self) -> Vec<u32> {
        let plan = self.plan;
        if plan.buildings().is_empty() {
            return Vec::new();
        }
        let all = (0u32..).zip(plan.households());
        let without = all.filter(|(_, household)| {
            household.building.is_none()
                && plan.use_of(household).is_none()
                && home_use(household).is_none()
        });
        without.map(|(index, _)| index).collect()
    }

    /// Homes that benefit from no line at all.
    pub(super) fn home_unreached(&mut self, rule: &Rule) {
        let plan = self.plan;
        if plan.lines().is_empty() {
            return;
        }
        // Reached, or left out by a word of its own.
        let mut settled = vec![false; plan.households().len()];
        for line in plan.lines() {
            let except = named(line).map_or(&[][..], |named| &named.except);
            for &household in plan.beneficiaries(line).iter().chain(except) {
                settled[household as usize] = true;
            }
        }
        let is_told = |household: &u32| self.is_found_without_building(*household);
        let left = (0u32..).zip(&settled).filter(|(_, is_settled)| !**is_settled);
        let left: Vec<u32> = left.map(|(index, _)| index).collect();
        let left: Vec<u32> = left
            .into_iter()
            .filter(|household| {
                let index = *household as usize;
                let leaves = |line: &Line| plan.joins(index, line) == Some(false);
                plan.use_of(&plan.households()[index]).is_none()
                    && !is_told(household)
                    && !plan.lines().iter().any(leaves)
            })
            .collect();
        let Some(&first) = left.first() else {
            return;
        };
        let values = [("homes", Detail::Homes(ids_of(plan, &left)))];
        let effect = Effect::Stake { amount: self.split.residents };
        self.find_health(rule, format!("households[{first}]"), values, effect, Vec::new());
    }

    /// Whether a home was found to be left out for want of a building.
    fn is_found_without_building(&self, household: u32) -> bool {
        let home = &self.plan.households()[household as usize];
        let is_found =
            |found: &super::Finding| found.check == crate::policy::Check::BuildingMissing;
        home.building.is_none() && self.found.iter().any(is_found)
    }
}

fn name_text(line: &Line) -> String {
    match name_of(line) {
        Detail::Name(name) => name,
        _ => line.id.clone(),
    }
}
