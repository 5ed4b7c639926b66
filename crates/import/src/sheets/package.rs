//! The zip file that an XLSX or ODS workbook is.

use std::io::{BufReader, Cursor, Read};

use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use super::utf8::Utf8;
use super::xml::{Unpacked, Xml};
use super::{Unreadable, bounds, ods, xlsx};
use crate::table::Table;

/// The most files in a workbook.
const MOST_PARTS: usize = 10_000;

/// A part as it is unpacked and parsed.
pub(super) type Part<'p> = Xml<BufReader<Utf8<Unpacked<'p, Box<dyn Read + 'p>>>>>;

pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    room: u64,
}

/// A zip file with at most so many files.
pub(crate) fn archive(bytes: &[u8], most: usize) -> Result<ZipArchive<Cursor<&[u8]>>, Unreadable> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Broken)?;
    if archive.len() > most { Err(Unreadable::TooLarge) } else { Ok(archive) }
}

/// A file of a zip file, still to be unpacked.
pub(crate) fn packed<'a, 'b>(
    archive: &'a mut ZipArchive<Cursor<&'b [u8]>>,
    index: usize,
) -> Result<ZipFile<'a, Cursor<&'b [u8]>>, Unreadable> {
    archive.by_index(index).map_err(|error| match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Unreadable::Password,
        _ => Unreadable::Broken,
    })
}

pub(super) fn open(bytes: &[u8]) -> Result<Vec<Table>, Unreadable> {
    let archive = archive(bytes, MOST_PARTS)?;
    let mut package = Package { archive, room: bounds::MOST_UNPACKED };
    if package.has("content.xml") {
        return ods::open(&mut package);
    }
    if package.has("xl/workbook.bin") {
        return Err(Unreadable::BinaryWorkbook);
    }
    if package.has("_rels/.rels") {
        return xlsx::open(&mut package);
    }
    Err(Unreadable::OtherFormat)
}

impl Package<'_> {
    /// The place of a part; Excel looks for names in any case, and with whichever slashes.
    fn index(&self, name: &str) -> Option<usize> {
        let same = |other: &[u8]| {
            let other = other.strip_prefix(b"/").unwrap_or(other);
            let slashed = |&byte: &u8| if byte == b'\\' { b'/' } else { byte };
            other
                .iter()
                .map(slashed)
                .map(|byte| byte.to_ascii_lowercase())
                .eq(name.bytes().map(|byte| byte.to_ascii_lowercase()))
        };
        self.archive.index_for_name(name).or_else(|| self.archive.file_names_raw().position(same))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.index(name).is_some()
    }

    /// A part, still to be unpacked; `None` where there is no such part.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Part<'_>>, Unreadable> {
        let Some(index) = self.index(name) else { return Ok(None) };
        let part = packed(&mut self.archive, index)?;
        // What it says of itself; what it really holds is counted as it is unpacked.
        if part.size() > self.room {
            return Err(Unreadable::TooLarge);
        }
        let part: Box<dyn Read> = Box::new(part);
        let unpacked = Unpacked { part, room: &mut self.room };
        Ok(Some(Xml::new(Utf8::new(unpacked).map_err(|_| Unreadable::Broken)?)))
    }

    /// A part without which there is no workbook.
    pub(super) fn required(&mut self, name: &str) -> Result<Part<'_>, Unreadable> {
        self.part(name)?.ok_or(Unreadable::Broken)
    }
}
