//! Splits the cost of renovating an old residential compound (城镇老旧小区改造)
//! among those who pay for it: to the fen, adding up, each figure with its reason.
//!
//! One [`Plan`] goes in (the works budget, the funding rules, the households), one
//! [`Split`] comes out (every line by payer, every household by how it pays):
//!
//! ```
//! let document = fentan_core::Document::from_json(
//!     br#"{
//!         "fentan": 1,
//!         "lines": [{ "id": "gate", "amount": "100.00", "share_by": "household" }],
//!         "sources": [{ "id": "county", "rate": "10%" }],
//!         "households": [
//!             { "id": "1-1-101", "area": "60" },
//!             { "id": "1-1-201", "area": "60" },
//!             { "id": "1-1-301", "area": "60" },
//!             { "id": "1-1-401", "area": "60" }
//!         ]
//!     }"#,
//! )?;
//! let plan = fentan_core::Plan::read(&document, None)?;
//! let split = fentan_core::split(&plan)?;
//! assert_eq!(split.residents.to_string(), "90.00");
//! assert_eq!(split.households[0].due.to_string(), "22.50");
//! # Ok::<(), fentan_core::Error>(())
//! ```
//!
//! A plan that can't be split is refused with every [`Problem`] it has, each with a stable
//! code and the path to the value:
//!
//! ```
//! let document = fentan_core::Document::from_json(
//!     br#"{ "fentan": 1, "lines": [{ "id": "gate", "amount": 1.5 }], "households": [] }"#,
//! )?;
//! let problems = fentan_core::Plan::read(&document, None).err().unwrap_or_default();
//! let first = problems.iter().next().map(|one| (one.path.as_str(), one.code().as_str()));
//! assert_eq!(first, Some(("lines[0].amount", "float")));
//! # Ok::<(), fentan_core::Problems>(())
//! ```
//!
//! The crate knows no binary float, no clock, no input or output, no user interface and no
//! language. Front ends word what it returns.
//!
//! # Where things are
//!
//! What splitting a plan needs is at the root; the rest is in a public module for each subject:
//! [`plan`], [`problem`], [`reason`], [`policy`], [`mod@findings`], [`scenario`], [`tariff`],
//! [`fund_sheet`], [`receipt`], [`collection`], [`lift`], [`programme`], [`vote`], [`changes`].
//!
//! - `document/`: a file as it was written: JSON or TOML, digits and duplicate keys kept.
//! - `plan/`: spec §2, a file for each part of a plan; `read.rs` puts them together, `fill.rs` first
//!   fills in what a policy gives, `derived.rs` makes plans from a plan, `weights.rs` weighs those who
//!   share a line. Reading goes on after a problem, so that all are found. `reading.rs`:
//!   [`Plan::read`], with the packs at hand.
//! - `number/`, `money.rs`, `allocate.rs`: spec §1. `day.rs`: days of the calendar. `csv.rs`: rows of
//!   tables.
//! - `split/`: spec §3, a file for each step, called in order by `split/mod.rs`; `apportion.rs`
//!   serves steps 2 and 3, `result.rs` is spec §4, `reconcile.rs` checks the result.
//! - `reason.rs`: why a figure is what it is, as data; `split/explain/` works it out when asked,
//!   from the same steps.
//! - `policy/`: spec §7: packs, read with the readers of a plan. A build script works `core/policies/*.toml` in as JSON, in two halves: a
//!   program that asks for no findings links only what fills a plan, and a page that of most packs only
//!   once it reads a plan of one (`policy::take_in`). `charge.rs`: who must pay for what; `force.rs`: what
//!   holds where and when.
//! - `findings/`: what the rules of the packs find in a plan and its split, and what is probably a slip in
//!   them (体检), a file for each kind; `words.toml` has the words that it looks for.
//!   `vote.rs`: the owners' vote.
//! - `scenario/`: spec §8: a `Base` reads the rules again with the roster it has; a file for each of
//!   compare, sweep, seek, stress. Each goes a step at a time, so that a caller can show how far it
//!   is, and stop. `investment.rs`: what an income carries. A plan holds its scenarios, and they are
//!   about a plan: the only two modules that need each other.
//! - `changes.rs`: why shares differ between two plans, by cause.
//! - `lift.rs`: tables of floors within an official interval, to agree on.
//! - `tariff/`: `docs/tariff.md`: what may be made public of a plan, read back by the readers of a
//!   plan, and what a flat would pay by it.
//! - `fund_sheet/`: the rows of a fund centre's sheet (支取分摊清册), and another's sheet beside them.
//! - `receipt/`: `docs/receipt.md`: digests that tell which plan a result came from.
//! - `collection/`: spec §9: calls, payments, the final account, joining a line later, cash over time, all
//!   of them after the split; a file for each answer. `schedule.rs` reads apart from the plan when what is paid.
//! - `programme/`: `docs/programme.md`: pots divided over compounds, in whole numbers of any size; a
//!   portion becomes a source's offer. `again.rs`: what plans leave, divided again; `desk/`: scenarios over
//!   all compounds, plans read once.
//! - `problem.rs`: spec §5. `place.rs`: the path to a value, written out only when needed.
//!
//! There are no features but `typescript`: a program links what it calls. One that must stay small
//! reads a plan with [`Plan::read_without_scenarios`] and JSON with [`Document::from_json`].
//!
//! # Limits
//!
//! Money is read up to 10^13 yuan, the whole budget up to 10^15, areas to 10^6 m², coefficients to
//! 10^4, weights to 10^9: with these the largest product, a top-up of all sources over minimums by
//! area, is below 10^38 and fits 128 bits. The one that may be larger, an amount times coefficient, area
//! and factor, is worked out in a number of any size (`allocate.rs`).

#![forbid(unsafe_code)]

mod allocate;
pub mod changes;
pub mod collection;
mod csv;
mod day;
mod document;
mod enumeration;
pub mod findings;
pub mod fund_sheet;
mod half_width;
pub mod lift;
mod money;
mod named;
mod number;
mod place;
pub mod plan;
pub mod policy;
pub mod problem;
pub mod programme;
mod reading;
pub mod reason;
pub mod receipt;
pub mod scenario;
mod split;
pub mod tariff;
mod text;
pub mod vote;

pub use day::Day;
pub use document::{Change, Document, Value};
pub use findings::{Finding, findings};
pub use money::Fen;
pub use number::{Area, Rate, Weight};
pub use plan::{Plan, RosterFile};
pub use policy::Packs;
pub use problem::{Cause, Code, Problem, Problems};
pub use reason::{Figure, HouseholdFigure, Reason, Term};
pub use split::{
    Error, Explainer, FundDrawn, HouseholdSplit, LinePart, LineSplit, Paid, SourceSplit, Split,
    Unreconciled, split,
};

pub(crate) use enumeration::enumeration;

/// For the crates of this workspace; not part of the library's contract.
#[doc(hidden)]
pub mod internal {
    pub use crate::allocate::{Allocator, NoWeight, Weights, quota};
    pub use crate::document::{Step, quoted, steps};
    pub use crate::half_width::half_width;
    pub use crate::number::{MOST_MONEY, decimal};
    pub use crate::text::{is_hidden, looks_like_formula, plain_cell};
}
