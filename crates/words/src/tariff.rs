use fentan_core::tariff::LeftOut;

use crate::{Language, say};

/// What a tariff leaves out, and why.
pub fn left_out(language: Language, what: LeftOut) -> String {
    say(language, &format!("left-out.{}", what.as_str()))
}
