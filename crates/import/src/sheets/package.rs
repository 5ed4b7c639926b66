//! The zip file that an XLSX or ODS workbook is.

use std::io::{BufReader, Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::xml::{Unpacked, Xml};
use super::{Unreadable, bounds, ods, xlsx};
use crate::table::Table;

/// The most files in a workbook.
const MOST_PARTS: usize = 10_000;

/// A part as it is unpacked and parsed.
pub(super) type Part<'p> = Xml<BufReader<Unpacked<'p, Box<dyn Read + 'p>>>>;

pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    room: u64,
}

pub(super) fn open(bytes: &[u8]) -> Result<Vec<Table>, Unreadable> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Broken)?;
    if archive.len() > MOST_PARTS {
        return Err(Unreadable::TooLarge);
    }
    let mut package = Package { archive, room: bounds::MOST_UNPACKED };
    if package.has("content.xml") {
        return ods::open(&mut package);
    }
    if package.has("_rels/.rels") && !package.has("xl/workbook.bin") {
        return xlsx::open(&mut package);
    }
    Err(Unreadable::OtherFormat)
}

impl Package<'_> {
    /// The place of a part; Excel looks for names in any case.
    fn index(&self, name: &str) -> Option<usize> {
        self.archive.index_for_name(name).or_else(|| {
            let mut names = self.archive.file_names_raw();
            names.position(|other| other.eq_ignore_ascii_case(name.as_bytes()))
        })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.index(name).is_some()
    }

    /// A part, still to be unpacked; none where there is no such part.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Part<'_>>, Unreadable> {
        let Some(index) = self.index(name) else { return Ok(None) };
        let part = self.archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Unreadable::Password,
            _ => Unreadable::Broken,
        })?;
        // What it says of itself; what it really holds is counted as it is unpacked.
        if part.size() > self.room {
            return Err(Unreadable::TooLarge);
        }
        let part: Box<dyn Read> = Box::new(part);
        Ok(Some(Xml::new(Unpacked { part, room: &mut self.room })))
    }

    /// A part without which there is no workbook.
    pub(super) fn required(&mut self, name: &str) -> Result<Part<'_>, Unreadable> {
        self.part(name)?.ok_or(Unreadable::Broken)
    }
}
