//! A folder that somebody packed into a zip file, as people send folders to each other.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::Unreadable;
use crate::sheets::decoded;

/// The most files that are unpacked: plan and roster of each of thousands of compounds.
pub const MOST_FILES: usize = 40_000;
/// The most bytes that all of them unpack to, counted as they are unpacked.
pub const MOST_BYTES: u64 = 512 << 20;

/// The files of such a folder with their paths, in the order of the zip file. Programs that pack on Chinese Windows
/// write names in GBK: they are read as what they are.
///
/// # Errors
/// A file that is no zip file or is damaged, one with more or larger files than are unpacked, one with a password.
///
/// ```
/// use fentan_import::{Unreadable, folder};
/// assert_eq!(folder::unpacked(b"no zip"), Err(Unreadable::Broken));
/// ```
pub fn unpacked(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Broken)?;
    if archive.len() > MOST_FILES {
        return Err(Unreadable::TooLarge);
    }
    let mut room = MOST_BYTES;
    let mut files = Vec::new();
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Unreadable::Password,
            _ => Unreadable::Broken,
        })?;
        if file.is_dir() {
            continue;
        }
        let path = decoded(file.name_raw()).ok_or(Unreadable::UnknownEncoding)?;
        let mut unpacked = Vec::new();
        let read = file.take(room + 1).read_to_end(&mut unpacked);
        read.map_err(|_| Unreadable::Broken)?;
        room = room.checked_sub(unpacked.len() as u64).ok_or(Unreadable::TooLarge)?;
        files.push((path.replace('\\', "/"), unpacked));
    }
    Ok(files)
}
