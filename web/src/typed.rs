//! How the text of a field is read.

use fentan_import::{number, reckon};

/// How the text of a field is read: people write `68万元`, `1,234.50` or `=480000*1.15`, a plan holds `680000`,
/// `1234.50` and `552000`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reading {
    /// As it is written.
    #[default]
    Plain,
    /// An amount of money.
    Money,
    /// An area, a weight or a coefficient.
    Number,
    /// A rate, in percent.
    Rate,
}

impl Reading {
    /// The text as a plan holds it; unchanged where it can't be understood exactly, so that the problem is shown with
    /// what was written. An amount or a rate behind a sign changes the value that was there: `+500`, `-10%`.
    pub fn exact(self, base: &str, text: &str) -> String {
        let text = text.trim();
        let is_relative = matches!(self, Reading::Money | Reading::Rate);
        let reckoned = match self {
            Reading::Plain => None,
            _ => reckon::sum(text),
        };
        let relative = || reckon::relative(base, text).filter(|_| is_relative);
        let reckoned = reckoned.or_else(relative);
        let text = reckoned.as_deref().unwrap_or(text);
        match self {
            Reading::Plain => text.to_owned(),
            Reading::Money => number::money(text).into_owned(),
            Reading::Number => number::area(text).into_owned(),
            Reading::Rate => number::percent(text).into_owned(),
        }
    }

    /// What is typed, and what it comes to, where that is reckoned; empty where it is not.
    pub fn reckoned(self, base: &str, text: &str) -> String {
        let exact = self.exact(base, text);
        match text.trim().chars().next() {
            Some('=' | '＝') if exact != text.trim() => {
                [text.trim_matches([' ', '=', '＝']), " = ", &exact].concat()
            }
            Some('+' | '-' | '−' | '＋') if exact != self.exact("", text) => {
                [base, " ", text.trim(), " = ", &exact].concat()
            }
            _ => String::new(),
        }
    }

    /// What a plan holds, as its field shows it: rates without their sign, which stands behind the field.
    pub fn shown(self, text: &str) -> String {
        match self {
            Reading::Rate => number::in_percent(text).trim_end_matches('%').to_owned(),
            _ => text.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_read_as_people_mean_it() {
        for (reading, base, text, exact, reckoned) in [
            (Reading::Rate, "", "40", "40%", ""),
            (Reading::Rate, "", "1/3", "1/3", ""),
            (Reading::Money, "", "12万", "120000", ""),
            (Reading::Money, "", "=480000*1.15", "552000", "480000*1.15 = 552000"),
            (Reading::Money, "4000", "+500", "4500", "4000 +500 = 4500"),
            (Reading::Money, "4000", "500", "500", ""),
            (Reading::Money, "", "+500", "500", ""),
            (Reading::Number, "62", "-1", "-1", ""),
            (Reading::Plain, "", "=1+1", "=1+1", ""),
        ] {
            assert_eq!(reading.exact(base, text), exact, "{text}");
            assert_eq!(reading.reckoned(base, text), reckoned, "{text}");
        }
        for (held, shown) in [("0.3", "30"), ("1", "100"), ("40%", "40"), ("1/3", "1/3"), ("", "")]
        {
            assert_eq!(Reading::Rate.shown(held), shown);
        }
    }
}
