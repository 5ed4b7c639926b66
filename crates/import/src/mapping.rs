//! What is made of a table: which column becomes which field, what is concluded, what is left
//! out.

use std::collections::{BTreeMap, BTreeSet};

use fentan_core::Problem;
use serde::{Deserialize, Serialize};

use crate::content::Content;
use crate::layout::{CHARGE, JOINS, MONEY, asks_to_take_part, zeros_of_heading};
use crate::table::{Row, Table};
use crate::tidy::compact;

macro_rules! named {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
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
pub(crate) use named;

/// How a table is read: which column is what. It is found by looking at the table, can be
/// corrected by hand, and be kept.
///
/// ```
/// use fentan_import::{Content, Table};
/// let table = Table::from_text("房号,面积,套内\n3-1-501,62.35,51.2\n");
/// let mut mapping = Content::Roster.mapping(&table);
/// mapping.assign(2, Some("area"));
/// let imported = Content::Roster.read(&[(&table, mapping)]);
/// assert_eq!(imported.values[0].get("area").and_then(|area| area.text()), Some("51.2"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Mapping {
    /// The name of the sheet; empty where it has none.
    pub sheet: String,
    /// The number of the row that holds the headings; missing where there is no such row.
    pub heading_row: Option<u64>,
    /// The rows that the headings take: two where the second divides columns of the first.
    pub heading_rows: usize,
    /// The columns, from the left.
    pub columns: Vec<Column>,
    /// The zeros that a note above the headings says all plain money stands for: 4 for 单位：万元.
    pub zeros: Option<usize>,
    /// The rows below that name the same columns again, as on every printed page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repeated: Vec<u64>,
    /// The part of the sheet that is read so; none for all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<Part>,
    /// How the other tables of the sheet are read: those beside this one, and those below it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further: Vec<Mapping>,
}

/// A part of a sheet: one of several tables that stand in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Part {
    /// Its first and last row, by [`Row::number`].
    pub rows: (u64, u64),
    /// The first and last of its columns, from 0: its own, behind those it shares with the others.
    pub columns: Vec<(usize, usize)>,
}

impl Part {
    /// Whether a column belongs to it.
    pub(crate) fn has_column(&self, column: usize) -> bool {
        self.columns.iter().any(|&(first, last)| (first..=last).contains(&column))
    }
}

/// One column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Column {
    /// What stands in the heading row.
    pub heading: String,
    /// The field it becomes, by the name spec §2 gives the column (`area`, `weight:heads`), or
    /// `room` or `number` (a flat's number, a running number), or `hardship:` and the code that
    /// "yes" stands for, or `fund_principal`, the part of the balance that is no interest; none for a
    /// column left aside.
    pub field: Option<String>,
    /// The zeros that plain money in it stands for: 4 in a column of 万元.
    pub zeros: usize,
}

impl Mapping {
    /// Makes a column a field, or leaves it aside. The column that was that field until now is
    /// left aside. A column past the last changes nothing. Of several tables in the sheet it is
    /// the first with the column that changes.
    pub fn assign(&mut self, column: usize, field: Option<&str>) {
        if column >= self.columns.len() {
            return;
        }
        if self.part.as_ref().is_some_and(|part| !part.has_column(column)) {
            let has = |further: &&mut Mapping| {
                further.part.as_ref().is_none_or(|part| part.has_column(column))
            };
            if let Some(further) = self.further.iter_mut().find(has) {
                further.assign(column, field);
            }
            return;
        }
        for (position, other) in self.columns.iter_mut().enumerate() {
            if position == column {
                other.field = field.map(str::to_owned);
            } else if field.is_some() && other.field.as_deref() == field {
                other.field = None;
            }
        }
        self.count_zeros();
    }

    /// Makes columns that say whether homes take part in something `joins:LINE`, given the ids and
    /// names of a plan's shared lines: of the line that the heading names, or of the only one. Where
    /// there are several lines and none is named, the column stays aside, and is asked about.
    pub fn join(&mut self, lines: &[(String, String)]) {
        for column in &mut self.columns {
            if column.field.is_some() || !asks_to_take_part(&column.heading) {
                continue;
            }
            let heading = compact(&column.heading);
            let is_named = |(_, name): &&(String, String)| {
                let name = compact(name);
                !name.is_empty() && heading.contains(&name)
            };
            let mut named = lines.iter().filter(is_named);
            let line = match (named.next(), named.next(), lines) {
                (Some(line), None, _) | (None, _, [line]) => line,
                _ => continue,
            };
            column.field = Some(format!("{JOINS}{}", line.0));
        }
        let mut met = BTreeSet::new();
        for column in &mut self.columns {
            column.field.take_if(|field| field.starts_with(JOINS) && !met.insert(field.clone()));
        }
        for further in &mut self.further {
            further.join(lines);
        }
    }

    /// Finds what plain money in each column stands for.
    pub(crate) fn count_zeros(&mut self) {
        for column in &mut self.columns {
            column.zeros = match column.field.as_deref() {
                Some(field) if MONEY.contains(&field) => {
                    zeros_of_heading(&column.heading).or(self.zeros).unwrap_or_default()
                }
                // The heading is the line's id.
                Some(field) if field.starts_with(CHARGE) => self.zeros.unwrap_or_default(),
                _ => 0,
            };
        }
    }

    /// This mapping and those of the other tables in the sheet.
    pub fn all(&self) -> impl Iterator<Item = &Mapping> {
        std::iter::once(self).chain(&self.further)
    }

    /// Whether a column is a field.
    pub fn has(&self, field: &str) -> bool {
        self.columns.iter().any(|column| column.field.as_deref() == Some(field))
    }

    /// What the headings are, however they are typed: tables from the same hand have the same.
    fn headings(&self) -> String {
        let headings: Vec<_> = self.columns.iter().map(|one| compact(&one.heading)).collect();
        headings.join("|")
    }
}

/// Mappings corrected by hand, for the next table with the same headings.
///
/// ```
/// use fentan_import::{Content, Corrections, Table};
/// let table = Table::from_text("房号,面积,套内\n3-1-501,62.35,51.2\n");
/// let mut corrected = Content::Roster.mapping(&table);
/// corrected.assign(2, Some("area"));
/// let mut corrections = Corrections::default();
/// corrections.remember(Content::Roster, &corrected);
/// let mut next = Content::Roster.mapping(&table);
/// corrections.apply(Content::Roster, &mut next);
/// assert_eq!(next, corrected);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Corrections {
    /// The fields of the columns by their headings, those of rosters apart from those of works.
    fields: BTreeMap<String, Vec<Option<String>>>,
}

impl Corrections {
    fn key(content: Content, mapping: &Mapping) -> String {
        format!("{}|{}", content.as_str(), mapping.headings())
    }

    /// Keeps a mapping as it stands. Without headings there is nothing to know it by again.
    pub fn remember(&mut self, content: Content, mapping: &Mapping) {
        if mapping.heading_row.is_some() {
            let fields = mapping.columns.iter().map(|column| column.field.clone()).collect();
            self.fields.insert(Self::key(content, mapping), fields);
        }
        for further in &mapping.further {
            self.remember(content, further);
        }
    }

    /// Corrects a mapping as that of the same headings was.
    pub fn apply(&self, content: Content, mapping: &mut Mapping) {
        if mapping.heading_row.is_some()
            && let Some(fields) = self.fields.get(&Self::key(content, mapping))
        {
            for (column, field) in mapping.columns.iter_mut().zip(fields) {
                column.field.clone_from(field);
            }
            mapping.count_zeros();
        }
        for further in &mut mapping.further {
            self.apply(content, further);
        }
    }
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
        /// The name of the sheet gave the building and unit of its rows.
        FromSheetName = "from-sheet-name",
        /// Dates became flats again: 1月2日 is what a spreadsheet makes of 1-2.
        DatesAsFlats = "dates-as-flats",
        /// Building and unit were put before the flat's number to tell the ids apart.
        BuildingInIds = "building-in-ids",
        /// The lines were given ids by number.
        LinesNumbered = "lines-numbered",
        /// The balance of the fund is the sum of principal and interest.
        BalanceFromParts = "balance-from-parts",
        /// Homes to live in have no use of their own.
        HomesWithoutUse = "homes-without-use",
        /// The pipeline follows from the line's name.
        PipelineFromName = "pipeline-from-name",
        /// Marks for "the same as above" stand for what is above them.
        Ditto = "ditto",
        /// Whole numbers that a program wrote with a decimal (101.0) are whole again.
        WholeNumbers = "whole-numbers",
        /// Decimals with the noise of binary floats are those that a spreadsheet shows.
        NoiseTakenOff = "noise-taken-off",
        /// Of a floor and the storeys of its building (1/6), the floor was taken.
        FloorOfStoreys = "floor-of-storeys",
        /// Of flats in two parts (3-501), the first is the building.
        PairsAsBuildings = "pairs-as-buildings",
        /// The phase stands before the building's number.
        PhaseInBuildings = "phase-in-buildings",
        /// Lines stand under titles by how far they are moved to the right.
        LevelsFromIndents = "levels-from-indents",
        /// Titles without a number were told by their amounts: they are the sum of the rows below.
        TitlesFromSums = "titles-from-sums",
        /// A column says in what unit the amount of each row is.
        UnitsOfRows = "units-of-rows",
    }
}

/// A row that became nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The name of its sheet; empty where it has none.
    pub sheet: String,
    /// Its number, as [`Row::number`] has it.
    pub row: u64,
    /// The column that is the reason, from 0; missing where the row as a whole is.
    pub column: Option<usize>,
    /// Why.
    pub reason: Reason,
    /// The field that is the reason; it may have no column.
    pub field: Option<String>,
    /// What a plan can't take in the column, where the reason is [`Reason::Problem`].
    pub problem: Option<Problem>,
    /// Whether the cell that is the reason is merged with one above it.
    pub is_merged: bool,
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
        /// It names a further owner of the flat above it.
        JointOwner = "joint-owner",
        /// It names somebody who lives in the flat above it and doesn't own it.
        Relative = "relative",
        /// Its sheet adds up the others.
        Summary = "summary",
        /// It has no id.
        NoId = "no-id",
        /// It has no name.
        NoName = "no-name",
        /// A spreadsheet made a date of its flat, and the year shows that it is none of 1-2.
        Date = "date",
        /// It has the id of an earlier row.
        SameId = "same-id",
        /// A plan can't take what it holds.
        Problem = "problem",
    }
}

impl Reason {
    /// Whether the row would have been something, so that somebody should look at it.
    pub fn is_unusable(self) -> bool {
        use Reason::{Date, NoHeading, NoId, NoName, Problem, SameId};
        matches!(self, NoHeading | NoId | NoName | Date | SameId | Problem)
    }
}

impl LeftOut {
    pub(crate) fn new(table: &Table, row: &Row, reason: Reason) -> LeftOut {
        LeftOut {
            sheet: table.name.clone(),
            row: row.number,
            column: None,
            field: None,
            reason,
            problem: None,
            is_merged: false,
            cells: row.cells.clone(),
        }
    }

    /// What stands in the column that is the reason.
    pub fn value(&self) -> &str {
        self.column.and_then(|column| self.cells.get(column)).map_or("", |cell| cell.trim())
    }
}
