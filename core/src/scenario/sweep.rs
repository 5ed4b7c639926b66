//! One or two parameters over ranges.

use serde::{Deserialize, Serialize};

use super::{Base, Measure, Measured, Range};
use crate::problem::{Cause, Problem, Problems};
use crate::split::{Error, split};

/// Splits a plan at every value of one parameter, or of two; a point at a time, so that whoever
/// asks can show how far it is, and stop.
#[derive(Debug, Clone)]
pub struct Sweep {
    base: Base,
    over: Vec<Range>,
    measures: Vec<Measure>,
}

/// The measures at one value of each parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Point {
    /// The parameters' values, as a plan writes them.
    pub at: Vec<String>,
    /// The measures, in the order asked for; missing where the plan can't be split.
    pub measures: Option<Vec<Measured>>,
    /// Why it can't be split: the codes of its problems, each once.
    #[serde(skip_deserializing, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<&'static str>,
}

impl Sweep {
    /// The most points of a sweep.
    pub const MOST: u128 = 1_000_000;

    /// Over one range, or over two.
    ///
    /// # Errors
    /// `too-large` if there are more than [`Self::MOST`] points.
    pub fn new(base: Base, over: Vec<Range>, measures: Vec<Measure>) -> Result<Sweep, Problems> {
        let points = over.iter().try_fold(1, |points: u128, range| {
            points.checked_mul(range.count()).filter(|&points| points <= Self::MOST)
        });
        if points.is_none() {
            let mut problems = Problems::default();
            let paths: Vec<_> = over.iter().map(|range| range.to_string()).collect();
            problems.add(paths.join(" "), Cause::TooLarge { most: Self::MOST });
            return Err(problems);
        }
        Ok(Sweep { base, over, measures })
    }

    /// How many points there are.
    pub fn count(&self) -> usize {
        // No more than MOST.
        self.over.iter().map(|range| range.count() as usize).product()
    }

    /// The parameters' ranges.
    pub fn over(&self) -> &[Range] {
        &self.over
    }

    /// What is measured.
    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }

    /// The point at an index: the last parameter goes through its values first.
    ///
    /// # Errors
    /// [`Error::Unreconciled`] alone; a point that can't be split says so itself.
    pub fn point(&mut self, index: usize) -> Result<Point, Error> {
        let mut rest = index as u128;
        let mut values: Vec<u128> = Vec::with_capacity(self.over.len());
        for range in self.over.iter().rev() {
            values.insert(0, range.value(rest % range.count()));
            rest /= range.count();
        }
        let parameters = || self.over.iter().map(|range| &range.parameter).zip(&values);
        let at = parameters().map(|(parameter, &units)| parameter.written(units)).collect();
        let changes: Vec<_> =
            parameters().map(|(parameter, &units)| parameter.change(units)).collect();
        let outcome = self.base.with_changes(&changes).map_err(Error::Problems);
        let outcome = outcome.and_then(|plan| split(&plan).map(|split| (plan, split)));
        match outcome {
            Ok((plan, split)) => {
                let measures = self.measures.iter().map(|measure| measure.of(&plan, &split));
                Ok(Point { at, measures: Some(measures.collect()), codes: Vec::new() })
            }
            Err(Error::Problems(problems)) => {
                Ok(Point { at, measures: None, codes: codes(&problems) })
            }
            Err(unreconciled) => Err(unreconciled),
        }
    }
}

fn codes(problems: &Problems) -> Vec<&'static str> {
    let mut codes: Vec<_> = problems.iter().map(Problem::code).map(|code| code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}
