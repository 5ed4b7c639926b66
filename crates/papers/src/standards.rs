//! What falls to a square metre, a home or a floor of what the residents share of a line, before
//! relief: the figures by which neighbours compare. Each is rounded to the fen, which the papers say.

use fentan_core::internal::decimal;
use fentan_core::plan::{Line, ShareBy, Within, Works};
use fentan_core::reason::{Term, WeightKind};
use fentan_core::{Fen, Figure};
use fentan_words::money;

use crate::block::{Block, Column, Row, Table};
use crate::papers::{Papers, line_name};

const MILLION: u128 = 1_000_000;

/// What falls to a unit of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standard {
    /// To a square metre.
    PerArea(Fen),
    /// To a home.
    PerHome(Fen),
    /// It differs by floor; see [`Papers::floors`].
    ByFloor,
}

/// What falls to a floor.
pub(crate) struct OfFloor {
    pub(crate) floor: i32,
    /// Its coefficient, as the table has it.
    pub(crate) coefficient: String,
    /// `None` where nobody lives there, or nothing falls to it.
    pub(crate) standard: Option<Standard>,
}

/// Lines that are shared alike by the same homes.
pub(crate) struct Group {
    /// How they are shared, in words.
    pub(crate) rule: String,
    /// Indices of the plan's.
    pub(crate) lines: Vec<usize>,
    /// What the residents share of them, before relief.
    pub(crate) shared: Fen,
    pub(crate) standard: Option<Standard>,
    /// Whether every home shares them.
    pub(crate) is_for_all: bool,
}

impl Papers<'_> {
    /// What falls to a unit of a line; `None` where nothing does, and for weights agreed on.
    pub(crate) fn standard_of_line(&self, line: usize, shared: Fen) -> Option<Standard> {
        let Works::Shared { share_by, .. } = self.plan.lines()[line].works else {
            return None;
        };
        if shared.is_zero() {
            return None;
        }
        match share_by {
            ShareBy::Area | ShareBy::Household => per_unit(shared, &self.weights(line)?),
            ShareBy::Column(_) => None,
            _ => Some(Standard::ByFloor),
        }
    }

    /// What falls to each floor of a line that is shared by floors; empty for other lines.
    pub(crate) fn floors(&self, line: usize, shared: Fen) -> Vec<OfFloor> {
        let of_line = &self.plan.lines()[line];
        let Works::Shared { share_by, .. } = of_line.works else {
            return Vec::new();
        };
        let (ShareBy::Coefficient(table)
        | ShareBy::CoefficientTimesArea(table)
        | ShareBy::Floors(table, _)) = share_by
        else {
            return Vec::new();
        };
        let Some(table) = self.plan.tables().get(table) else {
            return Vec::new();
        };
        let sign = if table.percentages { "%" } else { "" };
        let coefficients = table.coefficients.iter();
        let floors = coefficients.map(|&(floor, coefficient)| OfFloor {
            floor,
            coefficient: format!("{}{sign}", decimal(coefficient.into(), 6)),
            standard: self.standard_of_floor(line, shared, share_by, (floor, coefficient.into())),
        });
        floors.collect()
    }

    fn standard_of_floor(
        &self,
        line: usize,
        shared: Fen,
        share_by: ShareBy,
        (floor, coefficient): (i32, u128),
    ) -> Option<Standard> {
        let there = self.on_floor(line, floor)?;
        if shared.is_zero() || coefficient == 0 {
            return None;
        }
        let weights = self.weights_of(line, there)?;
        match share_by {
            ShareBy::Floors(_, Within::Area | Within::Household) => {
                let part = self.explainer.reason(Figure::FloorShare { line, floor })?.value;
                per_unit(part, &weights)
            }
            ShareBy::Coefficient(_) => {
                part_of(shared, coefficient, weights.with_unit()).map(Standard::PerHome)
            }
            _ => part_of(shared, coefficient.checked_mul(MILLION)?, weights.with_unit())
                .map(Standard::PerArea),
        }
    }

    /// One of a line's homes on a floor.
    fn on_floor(&self, line: usize, floor: i32) -> Option<usize> {
        let homes = self.plan.beneficiaries(&self.plan.lines()[line]).iter();
        let mut homes = homes.map(|&household| household as usize);
        homes.find(|&household| self.plan.households()[household].floor == Some(floor))
    }

    /// The weights of a line's homes together.
    fn weights(&self, line: usize) -> Option<Together> {
        let homes = self.plan.beneficiaries(&self.plan.lines()[line]);
        self.weights_of(line, *homes.first()? as usize)
    }

    /// The weights of a line's homes together, or of those on a home's floor.
    fn weights_of(&self, line: usize, household: usize) -> Option<Together> {
        match self.explainer.reason(Figure::LineShare { household, line })?.formula {
            Term::Allocated { kind, weights, factor, .. } if weights > 0 => {
                Some(Together { kind, weights, has_factor: factor.is_some() })
            }
            _ => None,
        }
    }

    /// By line, what all who share it weigh together, in the unit of its kind; `None` where that is no
    /// one number: within floors, and where homes have uses.
    pub(crate) fn weights_of_lines(&self) -> Vec<Option<u128>> {
        let lines = self.plan.lines().iter().enumerate();
        let weights = lines.map(|(index, line)| match line.works {
            Works::Shared { share_by: ShareBy::Floors(..), .. } => None,
            Works::Shared { .. } => {
                self.weights(index).filter(|one| !one.has_factor).map(|one| one.weights)
            }
            _ => None,
        });
        weights.collect()
    }

    /// The plan's lines by how and by whom they are shared, without those that leave the residents
    /// nothing.
    pub(crate) fn groups(&self) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for (index, (line, shared)) in self.plan.lines().iter().zip(self.uncovered()).enumerate() {
            if shared.is_zero() {
                continue;
            }
            let rule = self.sharing(line);
            let is_by_floor = self.standard_of_line(index, shared) == Some(Standard::ByFloor);
            let homes = self.plan.beneficiaries(line);
            let is_for_all = homes.len() == self.plan.households().len();
            let alike = groups.iter_mut().find(|group| {
                let of_group = self.plan.beneficiaries(&self.plan.lines()[group.lines[0]]);
                let same = group.rule == rule && group.is_for_all == is_for_all;
                same && !is_by_floor && (!is_rated(line) || of_group == homes)
            });
            match alike {
                Some(group) => {
                    group.lines.push(index);
                    group.shared += shared;
                }
                None => groups.push(Group {
                    rule,
                    lines: vec![index],
                    shared,
                    standard: None,
                    is_for_all,
                }),
            }
        }
        for group in &mut groups {
            group.standard = self.standard_of_line(group.lines[0], group.shared);
        }
        groups
    }

    /// What falls to a unit, in words; a dash where nothing is told.
    pub(crate) fn standard_in_words(&self, standard: Option<Standard>) -> String {
        match standard {
            None => "–".to_owned(),
            Some(Standard::PerArea(amount)) => {
                self.say_with("papers.standard.per-area", &[("amount", &money(amount))])
            }
            Some(Standard::PerHome(amount)) => {
                self.say_with("papers.standard.per-home", &[("amount", &money(amount))])
            }
            Some(Standard::ByFloor) => self.say("papers.standard.by-floor"),
        }
    }

    /// For each line that is shared by floors a heading and its table of floors; the two stand on a
    /// page together where they can.
    pub(crate) fn floor_tables(&self) -> Vec<Block> {
        let lines = self.plan.lines().iter().zip(self.uncovered()).enumerate();
        let tables = lines.filter(|(_, (_, shared))| !shared.is_zero());
        let tables = tables.filter_map(|(index, (line, shared))| {
            let floors = self.floors(index, shared);
            let values = [("line", &*line_name(line)), ("shared", &money(shared))];
            (!floors.is_empty()).then(|| {
                Block::Together(vec![
                    Block::Line(self.say_with("papers.standard.floors", &values)),
                    Block::Table(self.floor_table(&floors)),
                ])
            })
        });
        tables.collect()
    }

    fn floor_table(&self, floors: &[OfFloor]) -> Table {
        let rows = floors.iter().map(|one| {
            let standard = self.standard_in_words(one.standard);
            Row::of([one.floor.to_string(), one.coefficient.clone(), standard])
        });
        let table = Table {
            unit: None,
            columns: vec![
                Column::mark(self.say("term.floor"), 20),
                Column::mark(self.say("papers.standard.coefficient"), 20),
                Column::mark(self.say("papers.standard.heading"), 40),
            ],
            rows: rows.collect(),
            size: crate::block::Size::Medium,
        };
        table.trimmed()
    }
}

/// The weights of those who share something, in the unit of their kind.
struct Together {
    kind: WeightKind,
    weights: u128,
    /// Whether they are in millionths of that unit.
    has_factor: bool,
}

impl Together {
    /// The weights, and what a unit of a home that counts in full is in them.
    fn with_unit(&self) -> (u128, u128) {
        (self.weights, if self.has_factor { MILLION } else { 1 })
    }
}

/// Whether what falls to a unit of the line is told.
fn is_rated(line: &Line) -> bool {
    matches!(line.works, Works::Shared { share_by: ShareBy::Area | ShareBy::Household, .. })
}

/// What falls to a square metre or a home, counted in full.
fn per_unit(shared: Fen, together: &Together) -> Option<Standard> {
    let weights = together.with_unit();
    match together.kind {
        WeightKind::Area => part_of(shared, MILLION, weights).map(Standard::PerArea),
        WeightKind::Household => part_of(shared, 1, weights).map(Standard::PerHome),
        _ => None,
    }
}

/// round(amount × weight × unit ÷ weights), to the fen; `None` above what can be counted.
fn part_of(amount: Fen, weight: u128, (weights, unit): (u128, u128)) -> Option<Fen> {
    let product = amount.0.checked_mul(weight)?.checked_mul(unit)?.checked_mul(2)?;
    let weights = weights.checked_mul(2)?;
    product.checked_add(weights / 2)?.checked_div(weights).map(Fen)
}
