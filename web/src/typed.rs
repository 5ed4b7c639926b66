//! How the text of a field is read.

use std::borrow::Cow;

use fentan_import::number;

/// How the text of a field is read: people write `68万元` or `1,234.50`, a plan holds
/// `680000` and `1234.50`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reading {
    /// As it is written.
    #[default]
    Plain,
    /// An amount of money.
    Money,
    /// An area, a weight or a coefficient.
    Number,
    /// A rate.
    Rate,
}

impl Reading {
    /// The text as a plan holds it; unchanged where it can't be understood exactly, so that
    /// the problem is shown with what was written.
    pub fn exact(self, text: &str) -> String {
        let text = text.trim();
        match self {
            Reading::Plain => Cow::Borrowed(text),
            Reading::Money => number::money(text),
            Reading::Number => number::area(text),
            Reading::Rate => number::rate(text),
        }
        .into_owned()
    }
}
