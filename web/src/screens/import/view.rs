//! What the screen and the worker that holds the file say to each other.

use fentan_import::{Content, Corrections, Unreadable};
use fentan_words::Language;
use serde::{Deserialize, Serialize};

use crate::message::Taken;

/// Shared lines of the plan that households may take part in or not: their ids and names.
pub type Lines = Vec<(String, String)>;

/// What the worker is asked.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Asked {
    /// To open the file that comes with this.
    Open {
        /// Its name.
        name: String,
        /// What was corrected by hand before.
        corrections: Box<Corrections>,
        /// The shared lines of the plan.
        lines: Lines,
        /// The language of what is told.
        language: Language,
    },
    /// To tell the same in another language.
    Say(Language),
    /// To understand it anew, now that the plan has these shared lines.
    Lines(Lines),
    /// To understand it as a roster or as works.
    Understand(Content),
    /// For the sheets from this one on.
    Sheets(usize),
    /// To read a sheet, or to leave it aside.
    Sheet(usize, bool),
    /// To take a row of a sheet for its heading; 0 for none.
    Heading(usize, u64),
    /// To make a column of a sheet a field.
    Assign(usize, usize, Option<String>),
    /// For the rows left out, as a file.
    LeftOut,
    /// For what was read, to come in addition to what the plan has, or in its place.
    Take(bool),
}

/// What it tells.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Told {
    /// How the file is understood.
    View(Box<View>),
    /// The file can't be read.
    Refused(Unreadable),
    /// What is corrected by hand now.
    Corrected(Box<Corrections>),
    /// The rows left out, as a table to keep.
    LeftOut(Vec<u8>),
    /// What was read.
    Taken(Box<Taken>),
}

/// How a file is understood, what comes of it, and what is left out.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct View {
    /// Its name.
    pub name: String,
    /// What it is understood as.
    pub content: Content,
    /// The first of the sheets shown, counted from zero.
    pub first_sheet: usize,
    /// So many sheets from that one on: a screen of all of thousands would stand still.
    pub sheets: Vec<Sheet>,
    /// How many sheets there are.
    pub sheet_count: usize,
    /// What was concluded, in words.
    pub conclusions: Vec<String>,
    /// The fields of the first values, by their names in a plan, and those values.
    pub fields: Vec<String>,
    /// The first values.
    pub values: Vec<Vec<String>>,
    /// How many values there are.
    pub count: usize,
    /// How many there are and what they add up to, in words.
    pub sums: String,
    /// What the file says of itself and is so.
    pub agrees: Listed,
    /// What has to be looked at before the values are taken in: differences from what the file
    /// says of itself, then questions.
    pub asks: Listed,
    /// What is told besides.
    pub notes: Listed,
    /// The rows that could not be used, put together by what is the matter.
    pub faults: Vec<Fault>,
    /// How many rows could not be used.
    pub unusable_count: usize,
    /// How many are not needed.
    pub needless: usize,
}

impl View {
    /// The most sheets that are shown at once.
    pub const MOST_SHEETS: usize = 8;
}

/// The first sentences of a kind, and how many there are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// The first.
    pub shown: Vec<String>,
    /// How many there are.
    pub count: usize,
}

impl Listed {
    /// The most that are shown.
    const MOST: usize = 20;

    /// Lists sentences.
    pub fn new(mut all: Vec<String>) -> Listed {
        let count = all.len();
        all.truncate(Listed::MOST);
        Listed { shown: all, count }
    }
}

/// Rows that could not be used, for one reason.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Fault {
    /// Which rows, why, and what mends it.
    pub words: String,
    /// The column that can be left aside for them to be read, with its sheet.
    pub aside: Option<(usize, usize)>,
}

/// A sheet of a file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Sheet {
    /// Its name; empty for a text.
    pub name: String,
    /// Whether the file hides it.
    pub is_hidden: bool,
    /// How it is read; missing where it is left aside.
    pub reading: Option<Reading>,
}

/// How a sheet is read.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Reading {
    /// The row that is its heading; 0 for none.
    pub heading_row: u64,
    /// Its columns.
    pub columns: Vec<Column>,
    /// How the tables below it in the same sheet are read, in words.
    pub further: Vec<String>,
}

/// A column of a sheet.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// The first of its cells that hold something.
    pub samples: Vec<String>,
    /// The field that it becomes; missing where it is left aside.
    pub field: Option<String>,
    /// Whether its numbers are in ten thousands.
    pub is_in_ten_thousands: bool,
}
