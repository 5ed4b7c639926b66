//! Numbers of workbooks as the texts that their cells show.
//!
//! A workbook holds 12.34 as the nearest binary float, and Excel writes that with up to 17 digits
//! (`12.34` may stand in the file as `12.340000000000001`). No spreadsheet takes or shows more than
//! 15 significant digits, and every decimal of up to 15 digits comes back unchanged from the nearest
//! binary float when that is rounded to 15 digits again (15 is `f64::DIGITS`). So that rounding, done
//! by the standard library on the exact binary value, gives the digits that were typed, and of a
//! formula's result those that its cell shows. No arithmetic is done in binary: percent and
//! hundredths move the point.

use fentan_core::Day;

/// How a number is shown, as far as it makes another text of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Format {
    /// A plain number. Thousand separators and fixed decimals only dress it.
    #[default]
    Plain,
    /// A percentage.
    Percent,
    /// Month and day: what Excel makes of 1-2 where a flat was meant.
    MonthAndDay,
    /// Another date.
    Date,
}

impl Format {
    /// Of a number format's code: `0.00%`, `m"月"d"日"`.
    pub(super) fn of_code(code: &str) -> Format {
        let has = |letters: &str| bare(code).any(|one| letters.contains(one));
        let (year, month, day) = (has("yYeE"), has("mM"), has("dD"));
        match (year, month, day) {
            // General has an "e" and scientific notation too.
            _ if has("%") => Format::Percent,
            (_, true, true) if !has("yY") => Format::MonthAndDay,
            (true, true, _) if has("yY") || has("dD") => Format::Date,
            (true, false, true) => Format::Date,
            _ => Format::Plain,
        }
    }

    /// Of a format that files name by number only, as the Chinese Excel has them.
    pub(super) fn of_number(number: u16) -> Format {
        match number {
            9 | 10 => Format::Percent,
            16 | 28 | 29 | 51 | 53 | 54 | 58 => Format::MonthAndDay,
            14 | 15 | 17 | 22 | 27 | 30 | 31 | 36 | 50 | 52 | 57 => Format::Date,
            _ => Format::Plain,
        }
    }
}

/// What a code says outside of quotes and brackets, up to the form for negative numbers.
fn bare(code: &str) -> impl Iterator<Item = char> {
    let mut chars = code.chars();
    std::iter::from_fn(move || {
        loop {
            match chars.next()? {
                '"' => {
                    chars.find(|&one| one == '"');
                }
                '[' => {
                    chars.find(|&one| one == ']');
                }
                '\\' | '_' | '*' => {
                    chars.next();
                }
                ';' => return None,
                other => return Some(other),
            }
        }
    })
}

/// A decimal number of up to 15 significant digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Figure {
    negative: bool,
    /// The first of them is not 0, unless it is all there is.
    digits: String,
    /// The place of the first digit: 0 for ones, 1 for tens.
    place: i32,
}

impl Figure {
    /// The figure that a float stands for; none of infinity and what is no number.
    pub(super) fn of(float: f64) -> Option<Figure> {
        if !float.is_finite() {
            return None;
        }
        let text = format!("{float:.14e}");
        let (digits, place) = text.split_once('e')?;
        let negative = digits.starts_with('-');
        let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
        let kept = digits.trim_end_matches('0');
        Some(match kept {
            "" => Figure { negative: false, digits: "0".to_owned(), place: 0 },
            _ => Figure { negative, digits: kept.to_owned(), place: place.parse().ok()? },
        })
    }

    /// The figure with its point moved to the right.
    pub(super) fn moved(mut self, places: i32) -> Figure {
        if self.digits != "0" {
            self.place += places;
        }
        self
    }

    /// The digits with their point; past 15 digits before it or ten zeros behind it, with the
    /// exponent that a cell shows then, which no reader takes for money.
    fn text(&self) -> String {
        let sign = if self.negative { "-" } else { "" };
        let count = self.digits.len();
        match usize::try_from(self.place) {
            Ok(place) if place < 15 => match self.digits.get(place + 1..) {
                None | Some("") => {
                    format!("{sign}{}{}", self.digits, "0".repeat(place + 1 - count))
                }
                Some(behind) => format!("{sign}{}.{behind}", &self.digits[..place + 1]),
            },
            Err(_) if self.place >= -10 => {
                let zeros = "0".repeat(self.place.unsigned_abs() as usize - 1);
                format!("{sign}0.{zeros}{}", self.digits)
            }
            _ => {
                let (first, behind) = self.digits.split_at(1);
                let point = if behind.is_empty() { "" } else { "." };
                format!("{sign}{first}{point}{behind}E{:+03}", self.place)
            }
        }
    }

    /// The text of a cell that holds the figure.
    pub(super) fn shown(self, format: Format, from_1904: bool) -> String {
        let date = |figure: &Figure| day(figure, from_1904);
        match format {
            Format::Percent => self.moved(2).text() + "%",
            Format::MonthAndDay if let Some(day) = date(&self) => {
                format!("{}月{}日", day.month(), day.day())
            }
            Format::Date if let Some(day) = date(&self) => {
                format!("{}年{}月{}日", day.year(), day.month(), day.day())
            }
            _ => self.text(),
        }
    }
}

/// The day that a workbook's number of days stands for; `None` before 1900 and after 9999.
fn day(figure: &Figure, from_1904: bool) -> Option<Day> {
    let days: i64 = figure.text().split('.').next()?.parse().ok()?;
    // Excel counts from 1899-12-31, and has a 29th of February in 1900, its day 60.
    let from_1900 = if from_1904 { days.checked_add(1462)? } else { days };
    if !(1..=2_958_465).contains(&from_1900) || from_1900 == 60 {
        return None;
    }
    let leap = i64::from(from_1900 < 60);
    // 1970-01-01 is day 25,569.
    Day::of_days(from_1900 + leap - 25_569)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(float: f64) -> String {
        Figure::of(float).map_or_else(String::new, |figure| figure.text())
    }

    #[test]
    fn floats_are_the_decimals_they_were_typed_as() {
        for (written, typed) in [
            ("12.34", "12.34"),
            // As Excel writes what was typed as 1.1 and 62.35.
            ("1.1000000000000001", "1.1"),
            ("62.350000000000001", "62.35"),
            ("7.0000000000000007E-2", "0.07"),
            ("680000", "680000"),
            ("9999999999999.99", "9999999999999.99"),
            ("0.000001", "0.000001"),
            ("-5", "-5"),
            ("-0", "0"),
            ("0.30000000000000004", "0.3"),
            ("1E-11", "1E-11"),
            ("410901198001011234", "4.10901198001011E+17"),
            ("1E+15", "1E+15"),
            ("100000000000000", "100000000000000"),
        ] {
            let float: f64 = written.parse().expect("a float");
            assert_eq!(text(float), typed, "{written}");
        }
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        let shown = |days: f64, format, from_1904| {
            Figure::of(days).map_or_else(String::new, |figure| figure.shown(format, from_1904))
        };
        assert_eq!(shown(1.0, Format::Date, false), "1900年1月1日");
        assert_eq!(shown(59.0, Format::Date, false), "1900年2月28日");
        assert_eq!(shown(61.0, Format::Date, false), "1900年3月1日");
        assert_eq!(shown(45_659.0, Format::Date, false), "2025年1月2日");
        assert_eq!(shown(45_659.75, Format::MonthAndDay, false), "1月2日");
        assert_eq!(shown(44_197.0, Format::Date, true), "2025年1月2日");
        assert_eq!(shown(2_958_465.0, Format::Date, false), "9999年12月31日");
        for none in [0.0, 60.0, -1.0, 2_958_466.0, 1e300] {
            assert_eq!(shown(none, Format::Date, false), text(none));
        }
    }

    #[test]
    fn formats_are_told_by_their_codes() {
        for (code, format) in [
            ("General", Format::Plain),
            ("#,##0.00", Format::Plain),
            ("0.00E+00", Format::Plain),
            ("0.00\"m\"\"d\"", Format::Plain),
            ("[Red]0.00", Format::Plain),
            ("0%", Format::Percent),
            ("0.00%;[Red]-0.00%", Format::Percent),
            ("m\"月\"d\"日\";@", Format::MonthAndDay),
            ("d-mmm", Format::MonthAndDay),
            ("[$-804]yyyy\"年\"m\"月\"d\"日\"", Format::Date),
            ("yyyy/m/d", Format::Date),
            ("mmm-yy", Format::Date),
            ("h:mm:ss", Format::Plain),
            ("\\Y000", Format::Plain),
        ] {
            assert_eq!(Format::of_code(code), format, "{code}");
        }
    }

    proptest! {
        #[test]
        fn every_decimal_of_fifteen_digits_comes_back(digits in 1..=999_999_999_999_999u64, point in 0..14usize) {
            let scale = 10u64.pow(point as u32);
            let typed = format!("{}.{:0point$}", digits / scale, digits % scale);
            let typed = typed.trim_end_matches('0').trim_end_matches('.');
            let float: f64 = typed.parse().expect("a float");
            // Excel writes 17 digits.
            let written: f64 = format!("{float:.16e}").parse().expect("a float");
            prop_assume!(!typed.starts_with("0.00000000000"));
            prop_assert_eq!(text(written), typed);
        }
    }
}
