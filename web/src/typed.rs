//! How the text of a field is read.

use fentan_import::{number, reckon};

/// How the text of a field is read: people write `68万元`, `1,234.50` or `=480000*1.15`, a plan holds `680000`,
/// `1234.50` and `552000`.
///
/// It holds what reads it, and not its name: the program that every visitor loads reads only what a field of a
/// later part tells it to read, and holds none of what does.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    exact: fn(&str, &str) -> String,
    reckoned: fn(&str, &str) -> String,
    shown: fn(&str) -> String,
    unit: Unit,
}

/// What a field counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    /// Nothing: it is a text.
    Text,
    /// Money, areas, weights.
    Number,
    /// Parts of a hundred.
    Percent,
}

impl Default for Reading {
    fn default() -> Reading {
        Reading::PLAIN
    }
}

impl Reading {
    /// As it is written.
    pub const PLAIN: Reading = Reading {
        exact: |_, text| text.trim().to_owned(),
        reckoned: |_, _| String::new(),
        shown: str::to_owned,
        unit: Unit::Text,
    };
    /// An amount of money.
    pub const MONEY: Reading = Reading {
        exact: |base, text| number::money(&reckon(base, text)).into_owned(),
        reckoned: |base, text| both(Reading::MONEY, base, text),
        shown: str::to_owned,
        unit: Unit::Number,
    };
    /// An area, a weight or a coefficient.
    pub const NUMBER: Reading = Reading {
        exact: |_, text| number::area(&sum(text)).into_owned(),
        reckoned: |base, text| both(Reading::NUMBER, base, text),
        shown: str::to_owned,
        unit: Unit::Number,
    };
    /// A rate, in percent.
    pub const RATE: Reading = Reading {
        exact: |base, text| number::percent(&reckon(base, text)).into_owned(),
        reckoned: |base, text| both(Reading::RATE, base, text),
        shown: |text| number::in_percent(text).trim_end_matches('%').to_owned(),
        unit: Unit::Percent,
    };

    /// The text as a plan holds it; unchanged where it can't be understood exactly, so that the problem is shown with
    /// what was written. An amount or a rate behind a sign changes the value that was there: `+500`, `-10%`.
    pub fn exact(self, base: &str, text: &str) -> String {
        (self.exact)(base, text)
    }

    /// What is typed, and what it comes to, where that is reckoned; empty where it is not.
    pub fn reckoned(self, base: &str, text: &str) -> String {
        (self.reckoned)(base, text)
    }

    /// What a plan holds, as its field shows it: rates without their sign, which stands behind the field.
    pub fn shown(self, text: &str) -> String {
        (self.shown)(text)
    }

    /// Whether it is a number.
    pub fn is_number(self) -> bool {
        self.unit != Unit::Text
    }

    /// Whether it is a rate.
    pub fn is_rate(self) -> bool {
        self.unit == Unit::Percent
    }
}

/// What a sum comes to: `=480000*1.15`; anything else as it is written.
fn sum(text: &str) -> String {
    let text = text.trim();
    reckon::sum(text).unwrap_or_else(|| text.to_owned())
}

/// The same; a change of what was there, too.
fn reckon(base: &str, text: &str) -> String {
    let text = text.trim();
    let reckoned = reckon::sum(text).or_else(|| reckon::relative(base, text));
    reckoned.unwrap_or_else(|| text.to_owned())
}

/// What is typed, and what it comes to.
fn both(reading: Reading, base: &str, text: &str) -> String {
    let exact = reading.exact(base, text);
    match text.trim().chars().next() {
        Some('=' | '＝') if exact != text.trim() => {
            [text.trim_matches([' ', '=', '＝']), " = ", &exact].concat()
        }
        Some('+' | '-' | '−' | '＋') if exact != reading.exact("", text) => {
            [base, " ", text.trim(), " = ", &exact].concat()
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_read_as_people_mean_it() {
        for (reading, base, text, exact, reckoned) in [
            (Reading::RATE, "", "40", "40%", ""),
            (Reading::RATE, "", "1/3", "1/3", ""),
            (Reading::MONEY, "", "12万", "120000", ""),
            (Reading::MONEY, "", "=480000*1.15", "552000", "480000*1.15 = 552000"),
            (Reading::MONEY, "4000", "+500", "4500", "4000 +500 = 4500"),
            (Reading::MONEY, "4000", "500", "500", ""),
            (Reading::MONEY, "", "+500", "500", ""),
            (Reading::NUMBER, "62", "-1", "-1", ""),
            (Reading::PLAIN, "", "=1+1", "=1+1", ""),
        ] {
            assert_eq!(reading.exact(base, text), exact, "{text}");
            assert_eq!(reading.reckoned(base, text), reckoned, "{text}");
        }
        for (held, shown) in [("0.3", "30"), ("1", "100"), ("40%", "40"), ("1/3", "1/3"), ("", "")]
        {
            assert_eq!(Reading::RATE.shown(held), shown);
        }
    }
}
