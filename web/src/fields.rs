//! The fields of a plan that the page's tables let edit, by their paths in the document.

use fentan_core::{Kind, Plan};

/// The limits of a source, of which it gives at least one.
pub const LIMITS: [&str; 4] = ["rate", "amount", "per_household", "per_area"];

/// The amount of the relief pot.
pub const POT: &str = "relief.pot.amount";

/// A line.
pub fn line(index: usize) -> String {
    format!("lines[{index}]")
}

/// The amount of a line.
pub fn line_amount(index: usize) -> String {
    format!("lines[{index}].amount")
}

/// A source.
pub fn source(index: usize) -> String {
    format!("sources[{index}]")
}

/// A limit of a source.
pub fn source_limit(index: usize, limit: &str) -> String {
    format!("sources[{index}].{limit}")
}

/// Whether the field may be left out: emptied, it is removed.
pub fn is_optional(path: &str) -> bool {
    match path.rsplit_once('.') {
        Some((source, field)) => {
            source.starts_with("sources[") && source.ends_with(']') && LIMITS.contains(&field)
        }
        None => false,
    }
}

/// Whether the tables of a plan show an input for the field.
pub fn is_shown(plan: &Plan, path: &str) -> bool {
    let lines = plan.lines().iter().enumerate();
    let mut shared = lines.filter(|(_, line)| line.kind() == Kind::Shared);
    let mut sources = (0..plan.sources().len()).flat_map(|at| LIMITS.map(|limit| (at, limit)));
    (path == POT && plan.agreements().relief.pot.is_some())
        || shared.any(|(index, _)| line_amount(index) == path)
        || sources.any(|(index, limit)| source_limit(index, limit) == path)
}

/// The id of the input of a field.
pub fn input_id(path: &str) -> String {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    format!("field-{}", path.chars().map(plain).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_of_sources_may_be_left_out() {
        assert!(is_optional("sources[3].per_area"));
        assert!(!is_optional("sources[3].id"));
        assert!(!is_optional("sources[3].covers.rate"));
        assert!(!is_optional("lines[0].amount"));
        assert!(!is_optional(POT));
    }

    #[test]
    fn ids_of_inputs_hold_neither_dots_nor_brackets() {
        assert_eq!(input_id("sources[3].per_area"), "field-sources-3--per-area");
    }
}
