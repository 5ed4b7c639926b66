//! After the split, spec §9: calls for the residents' cash (收款), payments, the final account
//! (决算), joining a line later (后加入), and cash over time (资金计划). None of it changes the split.
//!
//! ```
//! use fentan_core::collection::{Payments, PaymentsFile, collect, day};
//! use fentan_core::{Document, Plan, split};
//! let document = Document::from_json(br#"{ "fentan": 1,
//!     "collection": { "calls": [{ "id": "first", "due": "2026-03-01", "part": "50%" },
//!                               { "id": "second", "due": "2026-09-01", "part": "50%" }] },
//!     "lines": [{ "id": "gate", "amount": "100" }],
//!     "households": [{ "id": "101", "area": "60" }] }"#)?;
//! let plan = Plan::read(&document, None)?;
//! let file = PaymentsFile {
//!     file: "payments.csv",
//!     bytes: b"date,household,amount,method,receipt\n2026-02-20,101,30.00,wechat,R1\n",
//! };
//! let payments = Payments::read(&plan, file)?;
//! let collected = collect(&plan, &split(&plan)?, &payments, day("--on", "2026-03-01")?)?;
//! assert_eq!(collected.arrears.to_string(), "20.00");
//! # Ok::<(), fentan_core::Error>(())
//! ```

mod calls;
mod cash;
mod collect;
mod join;
mod payments;
mod schedule;
mod settle;
mod stand;

use crate::day::Day;
use crate::problem::{Cause, Problems};

pub use calls::{CallsOfHousehold, calls, collection_of};
pub use cash::{Cash, CashMonth, CashOf, Month, Unscheduled, by_channel, cash};
pub use collect::{CallSum, Collected, CollectedOf, collect};
pub use join::{Joined, Joining, Returned, join};
pub use payments::{Entered, Method, Payment, Payments, PaymentsFile, Reversal};
pub use schedule::{CHANNELS, Part, Schedule};
pub use settle::{Settled, SettledLine, SettledOf, SettledSource, settle};
pub use stand::{Stand, paid_of_calls};

/// Reads a day that is the value of an argument.
///
/// # Errors
/// `bad-number` at the argument where the calendar has no such day.
pub fn day(argument: &str, written: &str) -> Result<Day, Problems> {
    Day::read(written).map_err(|_| {
        let mut problems = Problems::default();
        problems.add_seen(argument, written, Cause::NoDay);
        problems
    })
}
