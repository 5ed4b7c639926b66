//! The weight of a household, or of a flat that asks, in a shared line (spec §3, step 2). No other file
//! has this rule.

use super::{Counts, Household, Plan, ShareBy, Table, Within};
use crate::number::{Area, MILLION, Weight};

/// How those who share a line are weighed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weighing<'t> {
    pub(crate) by: WeighBy<'t>,
    /// By area or as a household: how a home's use counts.
    pub(crate) counts: Within,
}

/// A value of a household. A table is missing where a tariff lacks it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum WeighBy<'t> {
    /// In millionths of a square metre.
    Area,
    /// One.
    Household,
    /// The value in a column, by the column's index, in millionths.
    Column(usize),
    /// The coefficient of the floor, in millionths.
    Coefficient(Option<&'t Table>),
    /// In millionths of millionths.
    CoefficientTimesArea(Option<&'t Table>),
}

/// Who can be weighed.
pub(crate) trait Weighed {
    fn area(&self) -> Area;
    fn floor(&self) -> Option<i32>;
    /// The value in a column of weights, in millionths.
    fn in_column(&self, column: usize) -> Option<u64>;
    fn counts(&self) -> Counts;
}

impl ShareBy {
    /// How households are weighed against each other: of a line that is shared by floors, within
    /// a floor.
    pub(crate) fn among_households(self, tables: &[Table]) -> Weighing<'_> {
        let (by, counts) = match self {
            ShareBy::Area | ShareBy::Floors(_, Within::Area) => (WeighBy::Area, Within::Area),
            ShareBy::Household | ShareBy::Floors(_, Within::Household) => {
                (WeighBy::Household, Within::Household)
            }
            ShareBy::Column(column) => (WeighBy::Column(column), Within::Area),
            ShareBy::Coefficient(table) => (WeighBy::Coefficient(tables.get(table)), Within::Area),
            ShareBy::CoefficientTimesArea(table) => {
                (WeighBy::CoefficientTimesArea(tables.get(table)), Within::Area)
            }
        };
        Weighing { by, counts }
    }

    /// How a line is shared at first: one that is shared by floors, by their coefficients.
    pub(crate) fn at_first(self, tables: &[Table]) -> Weighing<'_> {
        match self {
            ShareBy::Floors(table, within) => {
                Weighing { by: WeighBy::Coefficient(tables.get(table)), counts: within }
            }
            other => other.among_households(tables),
        }
    }
}

impl Weighing<'_> {
    /// The weight without the factor of the home's use, in the unit of [`WeighBy`]; `None` if the column
    /// or the table has no value.
    #[inline(always)]
    pub(crate) fn own(self, of: &impl Weighed) -> Option<u128> {
        let area = || u128::from(of.area().millionths());
        let coefficient = |table: Option<&Table>| Some(table?.coefficient(of.floor()?)?.into());
        match self.by {
            WeighBy::Area => Some(area()),
            WeighBy::Household => Some(1),
            WeighBy::Column(column) => of.in_column(column).map(u128::from),
            WeighBy::Coefficient(table) => coefficient(table),
            WeighBy::CoefficientTimesArea(table) => Some(coefficient(table)? * area()),
        }
    }

    /// The factor of the home's use, in millionths; `None` for a column, which no factor changes.
    #[inline(always)]
    pub(crate) fn counts(self, of: &impl Weighed) -> Option<u128> {
        match self.by {
            WeighBy::Column(_) => None,
            _ => Some(of.counts().within(self.counts)),
        }
    }

    /// The weight with the factor of the home's use, in the unit of [`Weight`].
    pub(crate) fn weight(self, of: &impl Weighed) -> Option<Weight> {
        let unit = match self.by {
            WeighBy::Area | WeighBy::Column(_) | WeighBy::Coefficient(_) => MILLION * MILLION,
            WeighBy::Household => MILLION * MILLION * MILLION,
            WeighBy::CoefficientTimesArea(_) => MILLION,
        };
        let own = Weight(self.own(of)? * unit);
        Some(self.counts(of).map_or(own, |millionths| own.times(millionths)))
    }
}

/// A household of a plan.
#[derive(Clone, Copy)]
pub(crate) struct InPlan<'p> {
    plan: &'p Plan,
    index: usize,
}

impl<'p> InPlan<'p> {
    fn household(self) -> &'p Household {
        &self.plan.households()[self.index]
    }
}

impl Weighed for InPlan<'_> {
    #[inline]
    fn area(&self) -> Area {
        self.household().area
    }

    #[inline]
    fn floor(&self) -> Option<i32> {
        self.household().floor
    }

    #[inline]
    fn in_column(&self, column: usize) -> Option<u64> {
        self.plan.column(column).weights[self.index]
    }

    #[inline]
    fn counts(&self) -> Counts {
        self.plan.counts(self.index)
    }
}

impl Plan {
    /// A household, to be weighed. Reading has checked that it has what the keys of its lines ask for.
    #[inline]
    pub(crate) fn weighed(&self, household: usize) -> InPlan<'_> {
        InPlan { plan: self, index: household }
    }
}
