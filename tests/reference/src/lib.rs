//! The split and what follows it once more, written from docs/spec.md §1 to §5 and §9 alone: slow,
//! in exact rationals, straight on the JSON, without a line of the engine's.
//!
//! Of what can be wrong with a plan it knows what §2 says of who shares a line, uses, hardships,
//! what an offer counts, lines that are a part of others, the odd fen and the fund's interest
//! (`problems.rs`), what §9 says of calls, the final account and payments (`collection.rs`), and
//! what comes out of the arithmetic, `no-weight` and `relief-unborne`. In all else a plan must be
//! valid.

mod collection;
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
    sound(plan)?;
    split::split(plan)
}

/// The answer of `fentan collect`, of a plan as JSON and a table called `payments.csv`.
///
/// # Errors
/// The codes of §5 that it knows, each with its path.
///
/// # Panics
/// On a plan that is not valid otherwise, which it does not look for.
pub fn collect(plan: &Value, payments: &str, on: &str) -> Result<Value, Problems> {
    sound(plan)?;
    collection::collect(plan, payments, on)
}

/// The answer of `fentan settle`.
///
/// # Errors
/// Those of [`collect`].
///
/// # Panics
/// As [`collect`] does.
pub fn settle(plan: &Value, payments: &str) -> Result<Value, Problems> {
    sound(plan)?;
    collection::settle(plan, payments)
}

/// The answer of `fentan join`.
///
/// # Errors
/// Those of [`collect`].
///
/// # Panics
/// As [`collect`] does.
pub fn join(plan: &Value, line: &str, household: &str, on: &str) -> Result<Value, Problems> {
    sound(plan)?;
    collection::join(plan, line, household, on)
}

fn sound(plan: &Value) -> Result<(), Problems> {
    let problems = problems::find(plan);
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}
