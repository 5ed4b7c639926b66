//! Days of the calendar, spec §7: a date that does not exist is refused.

use std::fmt;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A day of the Gregorian calendar, from year 1 to 9999, written `2020-07-07`.
///
/// ```
/// use fentan_core::Day;
/// let day = Day::read("2024-02-29")?;
/// assert_eq!((day.year(), day.month(), day.day()), (2024, 2, 29));
/// assert_eq!(day.to_string(), "2024-02-29");
/// assert!(Day::read("2026-02-29").is_err());
/// # Ok::<(), fentan_core::plan::NoDay>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

impl Day {
    /// The earliest day.
    pub(crate) const MIN: Day = Day { year: 1, month: 1, day: 1 };

    /// The day of a year, a month (1–12) and a day of the month (1–31); `None` if the calendar has
    /// no such day.
    pub fn of(year: u16, month: u8, day: u8) -> Option<Day> {
        let exists = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day);
        exists.then_some(Day { year, month, day })
    }

    /// The day that is this many days after 1970-01-01; `None` before year 1 and after 9999.
    ///
    /// ```
    /// use fentan_core::Day;
    /// assert_eq!(Day::of_days(0), Day::of(1970, 1, 1));
    /// assert_eq!(Day::of_days(-1), Day::of(1969, 12, 31));
    /// assert_eq!(Day::of_days(11_016), Day::of(2000, 2, 29));
    /// ```
    pub fn of_days(days: i64) -> Option<Day> {
        // Howard Hinnant's `civil_from_days`: years begin on 1 March, so that a leap day ends one,
        // and 400 years are an era of 146,097 days. 1970-01-01 is day 719,468 after 0000-03-01.
        let days = days.checked_add(719_468)?;
        let of_era = days.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = year_of_era + days.div_euclid(146_097) * 400 + i64::from(month <= 2);
        Day::of(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?)
    }

    /// Reads a day, written as `2020-07-07`.
    ///
    /// # Errors
    /// [`NoDay`] if the text is not of this form, or the calendar has no such day.
    pub fn read(written: &str) -> Result<Day, NoDay> {
        PartialDay::read(written)?.whole().ok_or(NoDay)
    }

    /// The year, 1–9999.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1–12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The last day of its month, 28–31.
    pub(crate) fn last_of_month(self) -> u8 {
        days_in_month(self.year, self.month)
    }

    /// The day of the month, 1–31.
    pub fn day(self) -> u8 {
        self.day
    }
}

/// The day as `2020-07-07`.
impl fmt::Display for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        let written = String::deserialize(deserializer)?;
        Day::read(&written).map_err(Error::custom)
    }
}

/// A year, a month or a day: a date as far as it is known, written `2020`, `2020-07` or
/// `2020-07-07`.
///
/// ```
/// use fentan_core::plan::PartialDay;
/// assert_eq!(PartialDay::read("2020-07")?.to_string(), "2020-07");
/// assert!(PartialDay::read("2020-13").is_err());
/// # Ok::<(), fentan_core::plan::NoDay>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartialDay {
    year: u16,
    month: Option<u8>,
    /// `None` if the month is.
    day: Option<u8>,
}

impl PartialDay {
    /// Reads a year, a month or a day.
    ///
    /// # Errors
    /// [`NoDay`] if the text has another form, or the calendar has no such date.
    pub fn read(written: &str) -> Result<PartialDay, NoDay> {
        PartialDay::of_text(written).ok_or(NoDay)
    }

    fn of_text(written: &str) -> Option<PartialDay> {
        let mut parts = written.splitn(3, '-');
        let year = digits(parts.next()?, 4)?;
        let mut next = || match parts.next() {
            Some(part) => Some(Some(digits(part, 2)?.try_into().ok()?)),
            None => Some(None),
        };
        let (month, day) = (next()?, next()?);
        Day::of(year, month.unwrap_or(1), day.unwrap_or(1))?;
        Some(PartialDay { year, month, day })
    }

    /// The day, if it is known.
    fn whole(self) -> Option<Day> {
        Day::of(self.year, self.month?, self.day?)
    }

    /// The day itself, or the last one of its month; `None` of a year.
    pub(crate) fn last_known(self) -> Option<Day> {
        let month = self.month?;
        Day::of(self.year, month, self.day.unwrap_or(days_in_month(self.year, month)))
    }

    /// Whether all of it is before all of another: `2020-06` is before `2020-07-07`, `2020` is not.
    pub(crate) fn is_before(self, other: PartialDay) -> bool {
        self.last() < other.first()
    }

    fn first(self) -> (u16, u8, u8) {
        (self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    fn last(self) -> (u16, u8, u8) {
        (self.year, self.month.unwrap_or(12), self.day.unwrap_or(31))
    }
}

/// The date as it was written.
impl fmt::Display for PartialDay {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(formatter, "-{part:02}")?;
        }
        Ok(())
    }
}

/// A text is no date, or one that the calendar doesn't have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoDay;

impl fmt::Display for NoDay {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("no date of the calendar such as 2020-07-07")
    }
}

impl std::error::Error for NoDay {}

/// The number that this many digits write.
fn digits(text: &str, width: usize) -> Option<u16> {
    let is_digits = text.len() == width && text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits.then(|| text.parse().ok()).flatten()
}

fn days_in_month(year: u16, month: u8) -> u8 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_as_long_as_the_calendar_has_them() {
        for day in ["2024-02-29", "2000-02-29", "2100-02-28", "2026-01-31", "2026-04-30"] {
            assert_eq!(Day::read(day).map(|day| day.to_string()), Ok(day.to_owned()));
        }
        for none in [
            "2100-02-29",
            "1900-02-29",
            "2026-02-29",
            "2026-02-31",
            "2026-04-31",
            "2026-13-01",
            "2026-00-10",
            "2026-01-00",
            "2026-01-32",
            "2026-99-99",
            "0000-01-01",
        ] {
            assert_eq!(Day::read(none), Err(NoDay), "{none}");
            assert_eq!(PartialDay::read(none), Err(NoDay), "{none}");
        }
    }

    #[test]
    fn dates_have_one_form() {
        for none in [
            "",
            "2026",
            "2026-07",
            "26-07-07",
            "2026-7-7",
            "2026-07-07-01",
            "2026-07-07 ",
            "20260707",
            "2026/07/07",
            "+026-07-07",
            "2026-07-0７",
            "tomorrow",
        ] {
            assert!(Day::read(none).is_err(), "{none}");
        }
        for none in
            ["", "-", "2026-", "2026-7", "2026-07-", "202", "20260", "2026-07-07-07", "last year"]
        {
            assert!(PartialDay::read(none).is_err(), "{none}");
        }
        for date in ["2026", "2026-07", "2026-07-07"] {
            assert_eq!(PartialDay::read(date).map(|date| date.to_string()), Ok(date.to_owned()));
        }
    }

    #[test]
    fn dates_that_overlap_are_in_no_order() {
        let is_before = |first: &str, second: &str| {
            let [first, second] = [first, second].map(|text| PartialDay::read(text).expect(text));
            first.is_before(second)
        };
        assert!(is_before("2019", "2020"));
        assert!(is_before("2020-06", "2020-07-07"));
        assert!(is_before("2020-07-06", "2020-07-07"));
        assert!(is_before("2019-12-31", "2020"));
        assert!(!is_before("2020", "2020-07"));
        assert!(!is_before("2020-07", "2020"));
        assert!(!is_before("2020-07-07", "2020-07-07"));
    }

    #[test]
    fn every_day_follows_the_day_before() {
        let mut last = Day::of_days(-719_162).expect("the first day");
        assert_eq!(last, Day::MIN);
        assert_eq!(Day::of_days(-719_163), None);
        for days in -719_161..=2_932_896 {
            let day = Day::of_days(days).expect("a day");
            let is_next = match (day.day, day.month) {
                (1, 1) => (last.year + 1, 12, 31) == (day.year, last.month, last.day),
                (1, month) => {
                    (last.month + 1, last.day) == (month, days_in_month(last.year, last.month))
                }
                _ => (last.year, last.month, last.day + 1) == (day.year, day.month, day.day),
            };
            assert!(is_next, "{last} {day}");
            last = day;
        }
        assert_eq!(last.to_string(), "9999-12-31");
        assert_eq!(Day::of_days(2_932_897), None);
        assert_eq!(Day::of_days(i64::MAX), None);
    }
}
