//! The split once more, written from docs/spec.md §1 to §5 alone: slow, in exact rationals,
//! straight on the JSON, without a line of the engine's.
//!
//! Of what can be wrong with a plan it knows what §2 says of who shares a line, uses, hardships,
//! what an offer counts, lines that are a part of others, the odd fen and the fund's interest
//! (`problems.rs`), and what comes out of the arithmetic, `no-weight` and `relief-unborne`. In all
//! else a plan must be valid.

mod number;
mod plan;
mod problems;
mod split;

use serde_json::Value;

/// Codes with the paths they point at.
pub type Problems = Vec<(&'static str, String)>;

/// Splits a plan as JSON.
///
/// # Errors
/// The codes of §5 that it knows, each with its path.
///
/// # Panics
/// On a plan that is not valid otherwise, which it does not look for.
pub fn split(plan: &Value) -> Result<Value, Problems> {
    let problems = problems::find(plan);
    if problems.is_empty() { split::split(plan) } else { Err(problems) }
}
