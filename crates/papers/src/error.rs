use std::{fmt, io};

use fentan_core::Fen;
use fentan_words::{Language, money, say_with};
use rust_xlsxwriter::XlsxError;

/// Why a paper was not written.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// More households or lines than a sheet has rows and columns.
    #[non_exhaustive]
    TooManyRows {
        /// How many households.
        households: usize,
        /// How many lines.
        lines: usize,
    },
    /// A text is longer than a cell holds.
    #[non_exhaustive]
    TooLongText {
        /// How it begins.
        start: String,
    },
    /// An amount is larger than a spreadsheet program keeps to the fen.
    #[non_exhaustive]
    TooLarge {
        /// The amount.
        amount: Fen,
        /// The most that it may be.
        most: Fen,
    },
    /// The paper is not written in that format; see [`Paper::formats`](crate::Paper::formats).
    NoSuchFormat,
    /// The workbook could not be put together.
    Workbook(XlsxError),
    /// The file could not be written.
    Io(io::Error),
}

impl Error {
    /// What is wrong and what to do about it, in words; none for what only the file's own error
    /// tells.
    pub fn in_words(&self, language: Language) -> Option<String> {
        match self {
            Error::TooManyRows { households, lines } => Some(say_with(
                language,
                "papers.error.too-many-rows",
                &[("households", &households.to_string()), ("lines", &lines.to_string())],
            )),
            Error::TooLongText { start } => {
                Some(say_with(language, "papers.error.too-long-text", &[("start", start)]))
            }
            Error::TooLarge { amount, most } => Some(say_with(
                language,
                "papers.error.too-large",
                &[("amount", &money(*amount)), ("most", &money(*most))],
            )),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::TooManyRows { .. } | Error::TooLongText { .. } | Error::TooLarge { .. } => {
                formatter.write_str(&self.in_words(Language::English).unwrap_or_default())
            }
            Error::NoSuchFormat => formatter.write_str("the paper is not written in that format"),
            Error::Workbook(error) => error.fmt(formatter),
            Error::Io(error) => error.fmt(formatter),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Workbook(error) => Some(error),
            Error::Io(error) => Some(error),
            _ => None,
        }
    }
}

impl From<XlsxError> for Error {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::IoError(error) => Error::Io(error),
            error => Error::Workbook(error),
        }
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Error::Io(error)
    }
}
