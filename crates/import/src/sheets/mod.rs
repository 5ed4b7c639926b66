//! Files as offices keep them: workbooks (XLSX, ODS, XLS, and the XML and web pages that programs call
//! .xls) and texts with commas, tabs or semicolons
//! between cells, in whichever encoding. Each sheet becomes a [`Table`] of the texts that its cells
//! show.
//!
//! A file is read in bounded memory and time, whatever is in it: see [`bounds`].

mod figure;
mod grid;
mod html;
mod ods;
pub(crate) mod package;
mod spreadsheetml;
mod text;
mod utf8;
mod xls;
mod xlsx;
mod xml;

use crate::mapping::named;
use crate::table::Table;

pub use text::{TextEncoding, decoded};

/// How much of a file is read. What is larger is refused before memory is taken for it.
pub mod bounds {
    /// The bytes of the file itself.
    pub const MOST_BYTES: usize = 64 << 20;
    /// The bytes that the parts of a workbook unpack to, counted as they are unpacked.
    pub const MOST_UNPACKED: u64 = 128 << 20;
    /// The cells of all sheets, empty ones before the last of a row included.
    pub const MOST_CELLS: usize = 4_000_000;
    /// The bytes of all texts in cells: one long text may be named by a million of them.
    pub const MOST_TEXT: usize = 64 << 20;
    /// The rows and columns of a sheet, as Excel has them.
    pub const MOST_ROWS: u64 = 1_048_576;
    /// See [`MOST_ROWS`].
    pub const MOST_COLUMNS: usize = 16_384;
}

named! {
    /// Why a file could not be opened.
    Unreadable {
        /// It is damaged, or only a part of it is there.
        Broken = "broken",
        /// It is past [`bounds`].
        TooLarge = "too-large",
        /// It is protected by a password.
        Password = "password",
        /// It declares entities, as no office program does: they are a way to make a small file
        /// fill the memory.
        Entities = "entities",
        /// It is one of Excel's binary workbooks (.xlsb).
        BinaryWorkbook = "binary-workbook",
        /// It was made by an Excel before Excel 97.
        OldExcel = "old-excel",
        /// It is no workbook and no table of text, whatever its name says.
        OtherFormat = "other-format",
        /// It is a text in no encoding that offices here use.
        UnknownEncoding = "unknown-encoding",
    }
}

/// Opens a file: what it is shows in its first bytes, never in its name.
///
/// # Errors
/// [`Unreadable`]: nothing of the file is kept then.
///
/// ```
/// use fentan_import::{Unreadable, open};
/// let gbk = b"\xb7\xbf\xba\xc5,\xc3\xe6\xbb\xfd\n3-1-501,62.35\n";
/// assert_eq!(open(gbk)?[0].rows[0].cells, ["房号", "面积"]);
/// assert_eq!(open(b"PK\x03\x04 and no more"), Err(Unreadable::Broken));
/// # Ok::<(), Unreadable>(())
/// ```
pub fn open(bytes: &[u8]) -> Result<Vec<Table>, Unreadable> {
    if bytes.len() > bounds::MOST_BYTES {
        return Err(Unreadable::TooLarge);
    }
    if bytes.starts_with(b"PK") {
        return package::open(bytes);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return xls::open(bytes);
    }
    // What Excel wrote before it wrote files within a file: records, the first of which says so.
    if matches!(bytes, [0x09, 0x00 | 0x02 | 0x04, 0x04 | 0x06 | 0x08, 0x00, ..]) {
        return Err(Unreadable::OldExcel);
    }
    text::open(bytes)
}
