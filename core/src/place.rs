//! The path to a value, written out only when a problem needs it.

use std::fmt;

/// The path to a value in a plan or a roster.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Place<'p> {
    Root,
    Field(&'p Place<'p>, &'p str),
    Index(&'p Place<'p>, usize),
    /// A cell of a table file: `households.csv:12:area`.
    Cell {
        file: &'p str,
        row: u64,
        column: &'p str,
    },
    Row {
        file: &'p str,
        row: u64,
    },
}

impl<'p> Place<'p> {
    pub(crate) fn field(&'p self, name: &'p str) -> Place<'p> {
        Place::Field(self, name)
    }

    pub(crate) fn index(&'p self, index: usize) -> Place<'p> {
        Place::Index(self, index)
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Root => Ok(()),
            Place::Field(Place::Root, name) => formatter.write_str(name),
            // A column may be called after two things: `compounds.csv:12:least:central`.
            Place::Field(
                parent @ (Place::Row { .. } | Place::Field(Place::Row { .. }, _)),
                name,
            ) => {
                write!(formatter, "{parent}:{name}")
            }
            Place::Field(parent, name) => write!(formatter, "{parent}.{name}"),
            Place::Index(parent, index) => write!(formatter, "{parent}[{index}]"),
            Place::Cell { file, row, column } => write!(formatter, "{file}:{row}:{column}"),
            Place::Row { file, row } => write!(formatter, "{file}:{row}"),
        }
    }
}
