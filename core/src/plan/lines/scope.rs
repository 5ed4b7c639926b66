//! Whom a shared line is for: its scope, less those who do not take part.

use std::cell::Cell;
use std::collections::HashSet;

use super::{Line, LineReader, MOST_KNOWN, Named};
use crate::document::Value;
use crate::place::Place;
use crate::plan::fields::{Fields, list, text};
use crate::problem::{Cause, Naming, Problems};

impl LineReader<'_> {
    /// The households in a line's scope that take part in it; `None` for every household.
    pub(super) fn beneficiaries(
        &self,
        fields: &Fields<'_>,
        line: &str,
        named: &mut Named,
        problems: &mut Problems,
    ) -> Option<Vec<u32>> {
        let place = fields.place().field("scope");
        let scope = fields.get("scope").map(|scope| self.scope(scope, place, named, problems));
        let (mut left, takes_anybody_in) = scope.unwrap_or((None, true));
        if let Some(leaving) = self.roster.joins.not_joining(line) {
            let left = left.get_or_insert_with(|| self.roster.everyone.clone());
            left.retain(|household| leaving.binary_search(household).is_err());
        }
        // An empty scope is a problem already.
        if takes_anybody_in && left.as_ref().is_some_and(Vec::is_empty) {
            let place = if fields.has("scope") { place } else { *fields.place() };
            problems.add(place, Cause::EmptyScope);
        }
        left
    }

    /// The households of a scope: the union of its buildings, units and households, or every
    /// household, less its exceptions, with `None` for every household; and whether it takes anybody
    /// in before these.
    fn scope(
        &self,
        value: &Value<'_>,
        place: Place<'_>,
        taken_in: &mut Named,
        problems: &mut Problems,
    ) -> (Option<Vec<u32>>, bool) {
        const UNION: &[&str] = &["buildings", "units", "households"];
        const KNOWN: &[&str] = &["buildings", "units", "households", "except"];
        let Some(fields) = Fields::open(value, place, KNOWN, problems) else {
            return (Some(Vec::new()), false);
        };
        let named = Cell::new(0);
        let mut mark = |field, naming, mark: &mut dyn FnMut(&str) -> bool| {
            let place = fields.place().field(field);
            let ids = fields.get(field).and_then(|ids| list(ids, &place, problems));
            for (index, id) in ids.unwrap_or_default().iter().enumerate() {
                named.set(named.get() + 1);
                let place = place.index(index);
                let Some(id) = text(id, &place, problems) else {
                    continue;
                };
                if !mark(id) {
                    self.roster.unknown(naming, id, place, problems);
                }
            }
        };
        let (roster, index) = (self.roster, &self.roster.index);
        let mut buildings = vec![false; roster.buildings.len()];
        let mut units = vec![false; roster.units.len()];
        let mut households = vec![false; roster.all.len()];
        let mut except = vec![false; roster.all.len()];
        mark("buildings", Naming::Building, &mut |id| {
            let found = index.find_building(id);
            taken_in.buildings.extend(found);
            set(&mut buildings, found)
        });
        mark("units", Naming::Unit, &mut |id| {
            let found = index.find_unit(id);
            taken_in.units.extend(found);
            set(&mut units, found)
        });
        mark("households", Naming::Household, &mut |id| {
            let found = index.find(id);
            taken_in.households.extend(found);
            set(&mut households, found.map(|index| index as usize))
        });
        let is_empty = named.get() == 0;
        mark("except", Naming::Household, &mut |id| {
            let found = index.find(id);
            taken_in.except.extend(found);
            set(&mut except, found.map(|index| index as usize))
        });
        let is_union = UNION.iter().any(|field| fields.has(field));
        if is_empty && (is_union || !fields.has("except")) {
            problems.add(place, Cause::EmptyScope);
        }
        if is_empty && !is_union && !fields.has("except") {
            return (Some(Vec::new()), false);
        }
        if !is_union && !except.contains(&true) {
            return (None, true);
        }
        let all = (0u32..).zip(&roster.all);
        let in_union = all.filter(|&(index, household)| {
            !is_union || households[index as usize] || household.is_in(&buildings, &units)
        });
        let mut in_scope: Vec<u32> = in_union.map(|(index, _)| index).collect();
        let takes_anybody_in = !in_scope.is_empty();
        in_scope.retain(|&index| !except[index as usize]);
        (Some(in_scope), takes_anybody_in)
    }

    /// Checks that the lines which households join are shared lines.
    pub(super) fn check_joins(&self, lines: &[Line], problems: &mut Problems) {
        let shared = || lines.iter().filter(|line| line.is_shared()).map(|line| &line.id);
        let ids: HashSet<&str> = shared().map(String::as_str).collect();
        let known: Vec<String> = shared().take(MOST_KNOWN).cloned().collect();
        for (line, places) in self.roster.joined().filter(|(line, _)| !ids.contains(line)) {
            for place in places {
                let cause = Cause::UnknownId { naming: Naming::SharedLine, known: known.clone() };
                problems.add_seen(place, line, cause);
            }
        }
    }
}

/// Marks an index, if there is one; returns whether there is.
fn set(marks: &mut [bool], index: Option<usize>) -> bool {
    if let Some(index) = index {
        marks[index] = true;
    }
    index.is_some()
}
