//! Reads rosters (住户名册) and works budgets (工程预算) as offices write them: workbooks, CSV in
//! whichever encoding, or cells pasted from a spreadsheet.
//!
//! The engine's own readers are strict (spec §1); this is the lenient place. It turns the texts
//! of a [`Table`] into the exact values that a plan holds. What it can't understand it passes
//! on as typed, so that the engine names the problem; a row that becomes nothing is listed with
//! its reason, and so is whatever was concluded and not said.
//!
//! ```
//! use fentan_import::{Content, Table};
//! let table = Table::from_text("房号\t建筑面积（㎡）\n3-1-501\t62.35㎡\n合计\t62.35\n");
//! let mapping = Content::Roster.mapping(&table);
//! let imported = Content::Roster.read(&[(&table, mapping)]);
//! let json = serde_json::to_string(&imported.values)?;
//! assert_eq!(
//!     json,
//!     r#"[{"id":"3-1-501","building":"3","unit":"1","floor":5,"area":"62.35"}]"#
//! );
//! assert_eq!(imported.left_out[0].cells, ["合计", "62.35"]);
//! # Ok::<(), serde_json::Error>(())
//! ```

#![forbid(unsafe_code)]

pub mod address;
mod columns;
mod content;
mod exact;
pub mod folder;
pub mod fund_sheet;
mod households;
mod imported;
mod layout;
mod mapping;
pub mod number;
mod outline;
mod parts;
pub mod reckon;
pub mod report;
pub mod sheets;
pub mod statement;
mod table;
mod taking_in;
mod tally;
mod tidy;
mod told;
mod words;
mod works;

use std::borrow::Cow;

use fentan_core::Value;
use fentan_core::internal::half_width;

pub use content::Content;
pub use imported::Imported;
pub use mapping::{Column, Conclusion, Corrections, LeftOut, Mapping, Part, Reason};
pub use sheets::{Unreadable, decoded, open};
pub use table::{Merged, Row, Table};
pub use taking_in::take_in;
pub use tally::{Check, Summed, Sums};
pub use told::{Kind, Told};

/// Fields of a plan's table, in order.
type Fields = Vec<(Cow<'static, str>, Value<'static>)>;

/// Adds a field that holds a text, where there is one.
fn add(fields: &mut Fields, name: &'static str, text: Option<impl Into<Cow<'static, str>>>) {
    if let Some(text) = text {
        fields.push((Cow::Borrowed(name), Value::Text(text.into())));
    }
}
