//! One or two parameters of a programme over ranges.

use serde::Serialize;

use super::{Desk, DeskMeasure, DeskRange, Each};
use crate::problem::{Cause, Problem, Problems};
use crate::scenario::{Measured, Sweep};

/// The outcomes of a programme at every value of one parameter, or of two; a point at a time.
#[derive(Debug)]
pub struct DeskSweep<'d> {
    desk: &'d Desk,
    over: Vec<DeskRange>,
    measures: Vec<DeskMeasure>,
}

/// The measures at one value of each parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DeskPoint {
    /// The parameters' values, as a programme writes them.
    pub at: Vec<String>,
    /// The measures, in the order asked for; missing where the pots can't be divided.
    pub measures: Option<Vec<Measured>>,
    /// How many compounds can't be split, and are in no measure.
    pub broken: usize,
    /// Why the pots can't be divided: the codes of the problems, each once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<&'static str>,
}

impl<'d> DeskSweep<'d> {
    /// Over one range, or over two.
    ///
    /// # Errors
    /// `too-large` if there are more than [`Sweep::MOST`] points.
    pub fn new(
        desk: &'d Desk,
        over: Vec<DeskRange>,
        measures: Vec<DeskMeasure>,
    ) -> Result<DeskSweep<'d>, Problems> {
        let points = over.iter().try_fold(1, |points: u128, range| {
            points.checked_mul(range.count()).filter(|&points| points <= Sweep::MOST)
        });
        if points.is_none() {
            let mut problems = Problems::default();
            let paths: Vec<_> = over.iter().map(|range| range.parameter.path()).collect();
            problems.add(paths.join(" "), Cause::TooLarge { most: Sweep::MOST });
            return Err(problems);
        }
        Ok(DeskSweep { desk, over, measures })
    }

    /// How many points there are.
    pub fn count(&self) -> usize {
        // No more than the most.
        self.over.iter().map(|range| range.count() as usize).product()
    }

    /// The parameters' ranges.
    pub fn over(&self) -> &[DeskRange] {
        &self.over
    }

    /// What is measured.
    pub fn measures(&self) -> &[DeskMeasure] {
        &self.measures
    }

    /// The point at an index: the last parameter goes through its values first.
    pub fn point(&self, index: usize, each: Each<'_>) -> DeskPoint {
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
        match self.desk.outcomes(&changes, each) {
            Ok(outcomes) => {
                let measures = self.measures.iter().map(|measure| measure.of(&outcomes));
                let measures = Some(measures.collect());
                DeskPoint { at, measures, broken: outcomes.broken(), codes: Vec::new() }
            }
            Err(problems) => {
                let mut codes: Vec<_> =
                    problems.iter().map(Problem::code).map(|code| code.as_str()).collect();
                codes.sort_unstable();
                codes.dedup();
                DeskPoint { at, measures: None, broken: 0, codes }
            }
        }
    }
}
