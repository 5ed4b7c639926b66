//! The search for the first of many values that meets conditions, when each is costly to try.

use std::collections::BTreeMap;

/// How many values are tried over a range in which nothing is known.
const SAMPLES: u128 = 64;

/// How often values are tried one by one before a hit.
const ROUNDS: usize = 4;

/// What was found at one value.
pub(crate) trait Probed {
    /// Whether it meets the conditions.
    fn is_met(&self) -> bool;

    /// Whether no value from the start of the search to this one can meet the conditions.
    fn rules_out(&self) -> bool;
}

/// How far all values before the one found were looked at.
pub(crate) enum Reached {
    /// To the start of the search.
    All,
    /// Every one down to this index.
    Down(u128),
    /// Only here and there.
    Samples,
}

/// The search for the first index that meets the conditions.
pub(crate) struct Walk<P, F> {
    last: u128,
    /// The most values that are tried one by one.
    most: u128,
    /// By index.
    tried: BTreeMap<u128, P>,
    /// Tries the value at an index; gets how many were tried.
    probe: F,
}

impl<P: Probed + Clone, S, F: FnMut(u128, usize) -> Result<P, S>> Walk<P, F> {
    /// Over so many values, one at least.
    pub(crate) fn new(count: u128, most: u128, probe: F) -> Self {
        Walk { last: count.saturating_sub(1), most, tried: BTreeMap::new(), probe }
    }

    /// What was tried, by index.
    pub(crate) fn into_tried(self) -> BTreeMap<u128, P> {
        self.tried
    }

    /// Walks; returns what it found, and how far it looked.
    pub(crate) fn run(&mut self) -> Result<(Option<u128>, Reached), S> {
        let last = self.last;
        if self.probe(0)?.is_met() {
            return Ok((Some(0), Reached::All));
        }
        let end = self.probe(last)?;
        // Of one value alone, all are tried.
        if last == 0 || end.rules_out() {
            return Ok((None, Reached::All));
        }
        let start = self.after_ruled_out(last)?;
        if last - start > self.most {
            self.sample(start, last)?;
        }
        let Some(hit) = self.first_hit(last)? else {
            // No value met yet: try every value, if they are few.
            if last - start > self.most {
                return Ok((None, Reached::Samples));
            }
            return Ok((self.scan_up(start, last)?, Reached::All));
        };
        if hit - start <= self.most {
            return Ok((self.scan_up(start, hit)?, Reached::All));
        }
        self.scan_down(start, hit)
    }

    /// The first index that is not ruled out by a bound.
    fn after_ruled_out(&mut self, last: u128) -> Result<u128, S> {
        if !self.probe(0)?.rules_out() {
            return Ok(1);
        }
        let (mut out, mut open) = (0, last);
        while open - out > 1 {
            let middle = out + (open - out) / 2;
            if self.probe(middle)?.rules_out() { out = middle } else { open = middle }
        }
        Ok(out + 1)
    }

    /// Tries values all over a range: evenly, and ever closer to its start.
    fn sample(&mut self, start: u128, last: u128) -> Result<(), S> {
        let length = last - start;
        for index in 0..SAMPLES {
            self.probe(start + length / SAMPLES * index)?;
        }
        let mut distance = length / SAMPLES;
        while distance > 0 {
            self.probe(start + distance)?;
            distance /= 2;
        }
        Ok(())
    }

    /// The first of the values tried that meets the conditions, moved on to where the one before
    /// it does not.
    fn first_hit(&mut self, last: u128) -> Result<Option<u128>, S> {
        let hit = self.tried.range(..=last).find(|(_, probe)| probe.is_met());
        let Some((&(mut hit), _)) = hit else {
            return Ok(None);
        };
        let missed = self.tried.range(..hit).next_back().map_or(0, |(&index, _)| index);
        let mut missed = missed;
        while hit - missed > 1 {
            let middle = missed + (hit - missed) / 2;
            if self.probe(middle)?.is_met() { hit = middle } else { missed = middle }
        }
        Ok(Some(hit))
    }

    fn scan_up(&mut self, start: u128, end: u128) -> Result<Option<u128>, S> {
        for index in start..=end {
            if self.probe(index)?.is_met() {
                return Ok(Some(index));
            }
        }
        Ok(None)
    }

    /// Tries every value before a hit, as many as are allowed; before a hit among them again, a few
    /// times over.
    fn scan_down(&mut self, start: u128, hit: u128) -> Result<(Option<u128>, Reached), S> {
        let mut hit = hit;
        for _ in 0..ROUNDS {
            let floor = start.max(hit.saturating_sub(self.most));
            let mut met = false;
            for index in (floor..hit).rev() {
                met |= self.probe(index)?.is_met();
            }
            match self.first_hit(hit)? {
                Some(lower) if met => hit = lower,
                _ if floor == start => return Ok((Some(hit), Reached::All)),
                _ => return Ok((Some(hit), Reached::Down(floor))),
            }
        }
        Ok((Some(hit), Reached::Down(hit - 1)))
    }

    fn probe(&mut self, index: u128) -> Result<P, S> {
        if let Some(probe) = self.tried.get(&index) {
            return Ok(probe.clone());
        }
        let probe = (self.probe)(index, self.tried.len())?;
        self.tried.insert(index, probe.clone());
        Ok(probe)
    }
}
