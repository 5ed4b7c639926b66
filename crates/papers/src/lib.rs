//! The papers that come of a split: the workbook, and what hangs on the notice board, goes under
//! each door and into the renovation plan [三(一)4; 四(三)].
//!
//! A paper is described once, as blocks (headings, paragraphs, tables), and written as DOCX to be
//! edited or as an HTML page to be printed; see `block`. Nothing here reads a clock: the date
//! is the caller's.
//!
//! ```
//! use std::io::Cursor;
//! use fentan_core::{Day, Document, Packs, Plan, split};
//! use fentan_papers::{Format, Paper, Papers};
//! use fentan_words::Language;
//! let document = Document::from_json(br#"{ "fentan": 1, "name": "East Court",
//!     "lines": [{ "id": "gate", "name": "gate", "amount": "100.00" }],
//!     "households": [{ "id": "1", "area": "60" }, { "id": "2", "area": "60" }] }"#)?;
//! let (plan, packs) = (Plan::read(&document, None)?, Packs::default());
//! let split = split(&plan)?;
//! let date = Day::read("2026-11-27")?;
//! let papers = Papers::new(Language::English, &plan, &split, &packs, date)?;
//! let mut file = Cursor::new(Vec::new());
//! papers.write(Paper::Statements, Format::Html, &mut file, &mut |_| {})?;
//! let html = String::from_utf8(file.into_inner())?;
//! assert!(html.contains("To pay: ¥50.00"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![forbid(unsafe_code)]

mod account;
mod ballot;
mod block;
pub mod csv;
mod details;
mod docx;
mod error;
mod fund_opinions;
mod fund_sheet;
mod funding;
mod height;
mod html;
mod notice;
mod paper;
mod papers;
mod poster;
mod result_page;
mod signatures;
mod standards;
mod statements;
mod workbook;

pub use account::{AccountPaper, AccountPapers};
pub use details::Details;
pub use error::Error;
pub use paper::{Format, Paper};
pub use papers::{Papers, Progress};
