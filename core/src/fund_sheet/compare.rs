//! A fund centre's sheet beside the plan's: each row of either, and the rule of the odd fen that the
//! other sheet follows.

use std::collections::HashMap;

use serde::{Serialize, Serializer};

use super::{flat, flat_in, lines_by_household};
use crate::enumeration;
use crate::money::Fen;
use crate::number::{self, Area, Scalar};
use crate::plan::{OddFen, Plan};
use crate::problem::Cause;
use crate::split::{Error, Explainer, split};

/// A row of the other sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OtherRow {
    /// What the sheet calls the home.
    pub id: String,
    /// Its building, where the sheet tells.
    pub building: Option<String>,
    /// Its unit, where the sheet tells.
    pub unit: Option<String>,
    /// The flat's number within it, where the sheet has that apart.
    pub flat: Option<String>,
    /// Its area, where the sheet tells.
    pub area: Option<Area>,
    /// What falls to it.
    pub amount: Fen,
}

impl OtherRow {
    /// A row, its numbers as a plan writes them.
    ///
    /// # Errors
    /// What is wrong with the area or the amount.
    pub fn read(id: &str, area: Option<&str>, amount: &str) -> Result<OtherRow, Cause> {
        Ok(OtherRow {
            id: id.to_owned(),
            building: None,
            unit: None,
            flat: None,
            area: area.map(|area| number::area(Scalar::Text(area))).transpose()?,
            amount: number::money(Scalar::Text(amount))?,
        })
    }

    /// The row with the building, the unit and the flat's number of its home.
    pub fn at(self, building: Option<&str>, unit: Option<&str>, flat: Option<&str>) -> OtherRow {
        let [building, unit, flat] = [building, unit, flat].map(|part| part.map(str::to_owned));
        OtherRow { building, unit, flat, ..self }
    }
}

enumeration! {
    /// How a row of the other sheet stands to the plan's.
    RowState {
        /// The same area and the same amount.
        Equal = "equal",
        /// The same area, and amounts that differ by the odd fen alone.
        OddFen = "odd-fen",
        /// Another area.
        Area = "area",
        /// In the other sheet and not in the plan's: its scope is another.
        TheirsOnly = "theirs-only",
        /// In the plan's and not in the other sheet: its scope is another.
        OursOnly = "ours-only",
        /// The same area, and another amount.
        Wrong = "wrong",
    }
}

impl Serialize for RowState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// A row of either sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ComparedRow {
    /// The plan's id of the household; that of the other sheet where the plan has none.
    pub id: String,
    /// The row's index in the other sheet; missing where it is the plan's alone.
    #[serde(skip)]
    pub other: Option<usize>,
    /// How the two stand to each other.
    pub state: RowState,
    /// What falls to it by the plan.
    pub ours: Option<Fen>,
    /// What falls to it by the other sheet.
    pub theirs: Option<Fen>,
    /// Its area by the plan.
    #[serde(serialize_with = "written")]
    pub our_area: Option<Area>,
    /// Its area by the other sheet; missing where that does not tell.
    #[serde(serialize_with = "written")]
    pub their_area: Option<Area>,
}

fn written<S: Serializer>(area: &Option<Area>, serializer: S) -> Result<S::Ok, S::Error> {
    match area {
        Some(area) => serializer.collect_str(area),
        None => serializer.serialize_none(),
    }
}

/// How many rows are equal under a rule of the odd fen.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RuleFit {
    /// The rule.
    pub odd_fen: OddFen,
    /// The rows that both sheets have and whose area and amount are the same under it.
    pub equal: usize,
}

impl Serialize for RuleFit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.odd_fen.as_str(), self.equal).serialize(serializer)
    }
}

/// Two sheets, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Comparison {
    /// The plan's rows in roster order, then those that the other sheet alone has.
    pub rows: Vec<ComparedRow>,
    /// The sum of the plan's rows.
    pub ours: Fen,
    /// The sum of the other sheet's.
    pub theirs: Fen,
    /// How far each rule fits, the plan's own first.
    pub rules: Vec<RuleFit>,
    /// The rule under which the most rows are equal; of several the earliest of `rules`.
    pub nearest: OddFen,
    /// Whether all rows would be equal under it.
    pub all_equal_under_nearest: bool,
}

impl Comparison {
    /// How many rows are in a state.
    pub fn count(&self, state: RowState) -> usize {
        self.rows.iter().filter(|row| row.state == state).count()
    }

    /// Whether every row is equal.
    pub fn is_equal(&self) -> bool {
        self.count(RowState::Equal) == self.rows.len()
    }
}

/// What falls to households under a rule of the odd fen: by household, missing where it is not in the
/// sheet.
struct Sheet {
    odd_fen: OddFen,
    amounts: Vec<Option<Fen>>,
}

impl Sheet {
    /// Of these lines alone, or with no line named of all shared lines, top-ups to the minimum
    /// included.
    fn of(plan: &Plan, odd_fen: OddFen, lines: &[usize]) -> Result<Sheet, Error> {
        let plan = plan.with_odd_fen(odd_fen.clone());
        let mut amounts = vec![None; plan.households().len()];
        if lines.is_empty() {
            for row in super::rows(&plan, &split(&plan)?) {
                amounts[row.household] = Some(row.share);
            }
            return Ok(Sheet { odd_fen, amounts });
        }
        let explainer = Explainer::new(&plan)?;
        for &line in lines {
            for part in explainer.parts_of(line) {
                *amounts[part.household].get_or_insert(Fen::ZERO) += part.due();
            }
        }
        Ok(Sheet { odd_fen, amounts })
    }
}

/// Compares another's sheet with a plan's: of all shared lines, or of those named alone by their
/// indices.
///
/// A row is found by building, unit and flat, else by the household's id. Amounts differ by the odd
/// fen alone where they are what the rule gives that the other sheet follows, or, where it follows
/// none and its sum is the plan's, where they are within a fen for each line.
///
/// # Errors
/// Those of [`split`](crate::split()).
pub fn compare(plan: &Plan, others: &[OtherRow], lines: &[usize]) -> Result<Comparison, Error> {
    let words = [OddFen::LargestRemainder, OddFen::First, OddFen::Last];
    let mut sheets = vec![Sheet::of(plan, plan.odd_fen().clone(), lines)?];
    for odd_fen in words.into_iter().filter(|rule| rule != plan.odd_fen()) {
        sheets.push(Sheet::of(plan, odd_fen, lines)?);
    }
    let found = find(plan, others);
    let pairs = Pairs { plan, others, found: &found };

    let rules = sheets.iter().map(|sheet| RuleFit {
        odd_fen: sheet.odd_fen.clone(),
        equal: pairs.equal(&sheet.amounts),
    });
    let rules: Vec<RuleFit> = rules.collect();
    // Of several that fit as well, the earliest.
    let nearest = (0..rules.len()).rev().max_by_key(|&index| rules[index].equal).unwrap_or(0);
    let follows = Following::of(&pairs, &sheets, nearest, lines);

    let (ours, best) = (&sheets[0].amounts, &sheets[nearest].amounts);
    let mut rows = Vec::new();
    for (index, household) in plan.households().iter().enumerate() {
        let other = found.of_household[index];
        let row = |state, theirs: Option<&OtherRow>| ComparedRow {
            id: household.id.to_string(),
            other,
            state,
            ours: ours[index],
            theirs: theirs.map(|row| row.amount),
            our_area: Some(household.area),
            their_area: theirs.and_then(|row| row.area),
        };
        match (ours[index], other.map(|at| &others[at])) {
            (None, None) => {}
            (None, Some(theirs)) => rows.push(row(RowState::TheirsOnly, Some(theirs))),
            (Some(_), None) => rows.push(row(RowState::OursOnly, None)),
            (Some(amount), Some(theirs)) => {
                let state = if !pairs.has_area(index, theirs) {
                    RowState::Area
                } else if theirs.amount == amount {
                    RowState::Equal
                } else if best[index] == Some(theirs.amount) || follows.allows(index, theirs) {
                    RowState::OddFen
                } else {
                    RowState::Wrong
                };
                rows.push(row(state, Some(theirs)));
            }
        }
    }
    rows.extend(found.unknown.iter().map(|&at| ComparedRow {
        id: others[at].id.clone(),
        other: Some(at),
        state: RowState::TheirsOnly,
        ours: None,
        theirs: Some(others[at].amount),
        our_area: None,
        their_area: others[at].area,
    }));
    Ok(Comparison {
        ours: ours.iter().flatten().copied().sum(),
        theirs: others.iter().map(|row| row.amount).sum(),
        all_equal_under_nearest: rules[nearest].equal == rows.len(),
        nearest: rules[nearest].odd_fen.clone(),
        rows,
        rules,
    })
}

/// The rows of the other sheet by household of the plan.
struct Found {
    /// By household, the index of its row.
    of_household: Vec<Option<usize>>,
    /// The rows of no household, or of one that has a row already.
    unknown: Vec<usize>,
}

fn find(plan: &Plan, others: &[OtherRow]) -> Found {
    let households = || plan.households().iter().enumerate();
    let by_id: HashMap<&str, usize> = households().map(|(at, one)| (&*one.id, at)).collect();
    // A place that two households have finds neither.
    let mut by_place: HashMap<_, Option<usize>> = HashMap::new();
    for (at, one) in households() {
        let place = (plan.building_of(one), plan.unit_of(one), flat(plan, one));
        by_place.entry(place).and_modify(|known| *known = None).or_insert(Some(at));
    }
    let mut found =
        Found { of_household: vec![None; plan.households().len()], unknown: Vec::new() };
    for (at, other) in others.iter().enumerate() {
        let (building, unit) = (other.building.as_deref(), other.unit.as_deref());
        let of_id = by_id.get(&*other.id).copied();
        let place = |flat| by_place.get(&(building, unit, flat)).copied().flatten();
        // A fund centre has numbers of its own, which may be some other home's id.
        let of_flat = other.flat.as_deref().filter(|_| building.is_some()).and_then(place);
        let household = of_flat.or(of_id).or_else(|| place(flat_in(&other.id, building, unit)));
        match household.filter(|&index| found.of_household[index].is_none()) {
            Some(index) => found.of_household[index] = Some(at),
            None => found.unknown.push(at),
        }
    }
    found
}

/// Households with their rows of the other sheet.
struct Pairs<'c> {
    plan: &'c Plan,
    others: &'c [OtherRow],
    found: &'c Found,
}

impl<'c> Pairs<'c> {
    fn all(&self) -> impl Iterator<Item = (usize, &'c OtherRow)> {
        let rows = self.found.of_household.iter().enumerate();
        rows.filter_map(|(index, row)| Some((index, &self.others[(*row)?])))
    }

    /// Whether a row has the household's area; one that tells none is taken to have it.
    fn has_area(&self, household: usize, row: &OtherRow) -> bool {
        row.area.is_none_or(|area| area == self.plan.households()[household].area)
    }

    /// How many households have the area and the amount of their rows.
    fn equal(&self, amounts: &[Option<Fen>]) -> usize {
        let is_equal = |&(household, row): &(usize, &OtherRow)| {
            amounts[household] == Some(row.amount) && self.has_area(household, row)
        };
        self.all().filter(is_equal).count()
    }
}

/// Whether rows that no rule explains may be the odd fen all the same: the other sheet gives it out
/// in some order of its own.
struct Following {
    /// By household, the least and the most that it may get; missing where a rule explains the sheet.
    bounds: Option<Vec<(Fen, Fen)>>,
}

impl Following {
    fn of(pairs: &Pairs<'_>, sheets: &[Sheet], nearest: usize, lines: &[usize]) -> Following {
        let plan = pairs.plan;
        let counted = lines_by_household(plan, |line| lines.is_empty() || lines.contains(&line));
        let has_relief =
            (0..plan.households().len()).any(|index| !plan.relief_rate(index as u32).is_zero());
        let bounds: Vec<(Fen, Fen)> = (0..plan.households().len())
            .map(|index| {
                let amounts = sheets.iter().filter_map(|sheet| sheet.amounts[index]);
                let least = amounts.min().unwrap_or_default();
                // Each line is rounded once, and where there is relief once more.
                let fen = Fen(counted[index] as u128);
                let below = if has_relief { fen } else { Fen::ZERO };
                (least.less(below), least + fen + below)
            })
            .collect();
        let best = &sheets[nearest].amounts;
        let (mut sum, mut their_sum) = (Fen::ZERO, Fen::ZERO);
        let (mut gained, mut left) = (0, 0);
        for (index, row) in pairs.all() {
            let Some(amount) = best[index] else { continue };
            sum += amount;
            their_sum += row.amount;
            let is_near = (bounds[index].0..=bounds[index].1).contains(&row.amount);
            gained += usize::from(amount == row.amount && sheets[0].amounts[index] != Some(amount));
            left += usize::from(amount != row.amount && is_near);
        }
        // A rule that explains more rows than it leaves is the sheet's.
        let is_explained = gained > left;
        Following { bounds: (sum == their_sum && !is_explained).then_some(bounds) }
    }

    fn allows(&self, household: usize, row: &OtherRow) -> bool {
        let bounds = self.bounds.as_ref().and_then(|bounds| bounds.get(household));
        bounds.is_some_and(|&(least, most)| (least..=most).contains(&row.amount))
    }
}
