//! Areas and floors that differ too much from those of the building.

use std::collections::BTreeMap;

use super::homes::home_use;
use super::{Detail, Effect, Moved, Review, ids_of, residents_pay};
use crate::document::Change;
use crate::money::Fen;
use crate::number::Area;
use crate::plan::{ShareBy, Works};
use crate::policy::Rule;

/// The fewest homes of a building that tell what is usual in it.
const FEWEST: usize = 3;
/// How many floors above the next one a floor stands out, where it is twice as high besides.
const FAR_ABOVE: i32 = 10;

impl Review<'_> {
    /// The homes of each building, and those without one together. What a home is used for may make
    /// it another size.
    fn by_building(&self) -> BTreeMap<Option<usize>, Vec<u32>> {
        let mut by_building: BTreeMap<Option<usize>, Vec<u32>> = BTreeMap::new();
        for (index, household) in (0u32..).zip(self.plan.households()) {
            if self.plan.use_of(household).is_none() && home_use(household).is_none() {
                by_building.entry(household.building).or_default().push(index);
            }
        }
        by_building.retain(|_, homes| homes.len() >= FEWEST);
        by_building
    }

    /// Areas three times the median of the building or more, or a tenth of it or less.
    pub(super) fn area_outlier(&mut self, rule: &Rule) {
        let plan = self.plan;
        let area_of = |household: u32| plan.households()[household as usize].area;
        let mut outliers = Vec::new();
        for homes in self.by_building().values() {
            let mut areas: Vec<u64> =
                homes.iter().map(|&home| area_of(home).millionths()).collect();
            areas.sort_unstable();
            // Twice the median: whole, where that of an even number may not be.
            let twice = areas[(areas.len() - 1) / 2] + areas[areas.len() / 2];
            let is_far = |area: u64| 2 * area >= 3 * twice || 20 * area <= twice;
            let far = homes.iter().filter(|&&home| is_far(area_of(home).millionths()));
            outliers.extend(far.map(|&home| (home, Area(twice / 2))));
        }
        outliers.sort_unstable_by_key(|(home, _)| *home);
        let Some(&(first, median)) = outliers.first() else {
            return;
        };
        let mend = outliers.iter().filter_map(|&(home, median)| {
            let likely = likely(area_of(home), median)?;
            let path = format!("households[{home}].area");
            Some(Change::Write { path, text: likely.to_string() })
        });
        let mend: Vec<Change> = mend.collect();
        let mended: Vec<(u32, Area)> = outliers
            .iter()
            .map(|&(home, median)| (home, likely(area_of(home), median).unwrap_or(median)))
            .collect();
        let homes: Vec<u32> = outliers.iter().map(|&(home, _)| home).collect();
        let effect = self.effect_of(&plan.with_areas(&mended), self.due_of(&homes));
        let values = [
            ("homes", Detail::Homes(ids_of(plan, &homes))),
            ("home", Detail::Name(plan.households()[first as usize].id.to_string())),
            ("area", Detail::Area(area_of(first))),
            ("median", Detail::Area(median)),
            ("likely", Detail::Area(mended[0].1)),
        ];
        self.find_health(rule, format!("households[{first}].area"), values, effect, mend);
    }

    /// Floors above those that the building has.
    pub(super) fn floor_outlier(&mut self, rule: &Rule) {
        let plan = self.plan;
        let floor_of = |household: u32| plan.households()[household as usize].floor;
        // By home, the storeys that a line says its building has; the most, where several do.
        let mut storeys: BTreeMap<u32, i32> = BTreeMap::new();
        for line in plan.lines() {
            let Some(of_line) = line.storeys.and_then(|storeys| i32::try_from(storeys).ok()) else {
                continue;
            };
            for &home in plan.beneficiaries(line) {
                let most = storeys.entry(home).or_default();
                *most = of_line.max(*most);
            }
        }
        let is_above =
            |&(&home, &storeys): &(&u32, &i32)| floor_of(home).is_some_and(|floor| floor > storeys);
        let mut found: Vec<u32> = storeys.iter().filter(is_above).map(|(&home, _)| home).collect();
        for homes in self.by_building().values() {
            let mut floors: Vec<i32> = homes.iter().filter_map(|&home| floor_of(home)).collect();
            floors.sort_unstable();
            let far = |pair: &[i32]| pair[1] >= pair[0] + FAR_ABOVE && pair[1] > 2 * pair[0];
            let Some(at) = floors.windows(2).position(far) else {
                continue;
            };
            // Where many live that high up, the building is so high.
            if FEWEST * (floors.len() - at - 1) > floors.len() {
                continue;
            }
            let highest = floors[at];
            found.extend(homes.iter().filter(|&&home| {
                !storeys.contains_key(&home) && floor_of(home).is_some_and(|one| one > highest)
            }));
        }
        found.sort_unstable();
        let Some(&first) = found.first() else {
            return;
        };
        // What is shared by floor among them and others.
        let mut is_found = vec![false; plan.households().len()];
        found.iter().for_each(|&home| is_found[home as usize] = true);
        let by_floor = self.lines().filter(|(_, line, _)| match line.works {
            Works::Shared { share_by: ShareBy::Area | ShareBy::Household, .. }
            | Works::Shared { share_by: ShareBy::Column(_), .. }
            | Works::Individual { .. } => false,
            Works::Shared { .. } => {
                plan.beneficiaries(line).iter().any(|&home| is_found[home as usize])
            }
        });
        let amount: Fen = by_floor.map(|(_, _, split)| residents_pay(split)).sum();
        let effect = match amount.is_zero() {
            true => Effect::Moves { less: Moved::default(), more: Moved::default() },
            false => Effect::Stake { amount },
        };
        let floor = floor_of(first).unwrap_or_default();
        let values = [
            ("homes", Detail::Homes(ids_of(plan, &found))),
            ("home", Detail::Name(plan.households()[first as usize].id.to_string())),
            ("floor", Detail::Floor(floor)),
        ];
        self.find_health(rule, format!("households[{first}].floor"), values, effect, Vec::new());
    }
}

/// The area with its point where it probably belongs: between two thirds of the median and one and
/// a half of it.
fn likely(area: Area, median: Area) -> Option<Area> {
    let (area, median) = (area.millionths(), median.millionths());
    let candidates = [10, 100, 1_000].into_iter().flat_map(|times| {
        let smaller = area.is_multiple_of(times).then(|| area / times);
        [smaller, area.checked_mul(times)]
    });
    let mut likely =
        candidates.flatten().filter(|&area| 3 * area >= 2 * median && 2 * area <= 3 * median);
    likely.next().map(Area)
}
