//! What was made of a table: which column became which field, what was concluded, what was left
//! out.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::table::Row;

macro_rules! named {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$variant_meta])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every value.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The name it is serialized under.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
        }
    };
}

/// How a table was understood.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Mapping {
    /// The number of the row that holds the headings; none where there is no such row.
    pub heading_row: Option<u64>,
    /// The columns, from the left.
    pub columns: Vec<Column>,
    /// What the table does not say and was concluded.
    pub conclusions: BTreeSet<Conclusion>,
}

/// One column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// What stands in the heading row.
    pub heading: String,
    /// The field it became, by the name spec §2 gives the column (`area`, `weight:heads`), or
    /// `room` or `number` (a flat's number, a running number); none for a column left aside.
    pub field: Option<String>,
    /// The zeros that plain money in it stands for: 4 in a column of 万元.
    pub zeros: usize,
}

named! {
    /// What the table does not say and was concluded.
    Conclusion {
        /// Which column is what, from the shape of the rows alone.
        Positions = "positions",
        /// The running number became the id.
        NumberAsId = "number-as-id",
        /// Building and unit were taken from the flat's number or address.
        BuildingFromId = "building-from-id",
        /// The floor is the flat's number without its last two digits.
        FloorFromRoom = "floor-from-room",
        /// An empty cell under a building or unit, as merged cells leave it, was filled from above.
        FilledDown = "filled-down",
        /// A title above the rows gave their building, unit, tier or category.
        FromTitles = "from-titles",
        /// Building and unit were put before the flat's number to tell the ids apart.
        BuildingInIds = "building-in-ids",
        /// The lines were given ids by number.
        LinesNumbered = "lines-numbered",
        /// The pipeline follows from the line's name.
        PipelineFromName = "pipeline-from-name",
    }
}

/// A row that became nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Its number, as [`Row::number`] has it.
    pub row: u64,
    /// Why.
    pub reason: Reason,
    /// What it holds.
    pub cells: Vec<String>,
}

named! {
    /// Why a row became nothing.
    Reason {
        /// It stands above the heading.
        AboveHeading = "above-heading",
        /// There is no heading, and the rows don't tell which column is what.
        NoHeading = "no-heading",
        /// Its cells are empty.
        Blank = "blank",
        /// It divides columns of the heading above it further.
        SecondHeading = "second-heading",
        /// The heading again, as on every printed page.
        HeadingAgain = "heading-again",
        /// It adds up other rows.
        Total = "total",
        /// It is a part of the row above it.
        Part = "part",
        /// It is the title of the rows below it.
        Title = "title",
        /// It is a remark about the table.
        Remark = "remark",
        /// It has no id.
        NoId = "no-id",
        /// It has no name.
        NoName = "no-name",
    }
}

impl LeftOut {
    pub(crate) fn new(row: &Row, reason: Reason) -> LeftOut {
        LeftOut { row: row.number, reason, cells: row.cells.clone() }
    }
}
