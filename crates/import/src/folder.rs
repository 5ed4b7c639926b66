//! A folder that somebody packed into a zip file, as people send folders to each other.

use std::io::Read;

use crate::Unreadable;
use crate::sheets::{decoded, package};

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
    unpacked_into(bytes, MOST_BYTES)
}

fn unpacked_into(bytes: &[u8], mut room: u64) -> Result<Vec<(String, Vec<u8>)>, Unreadable> {
    let mut archive = package::archive(bytes, MOST_FILES)?;
    let mut files = Vec::new();
    for index in 0..archive.len() {
        let file = package::packed(&mut archive, index)?;
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

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.add_directory("计划/", SimpleFileOptions::default()).expect("a folder");
        for (path, bytes) in files {
            writer.start_file(*path, SimpleFileOptions::default()).expect("a file");
            writer.write_all(bytes).expect("its bytes");
        }
        writer.finish().expect("a zip file").into_inner()
    }

    #[test]
    fn files_come_with_their_paths() {
        let bytes = packed(&[("计划/programme.toml", b"one"), ("计划\\c01\\plan.toml", b"two")]);
        let files = unpacked(&bytes).expect("files");
        let expected = [("计划/programme.toml", "one"), ("计划/c01/plan.toml", "two")];
        let expected = expected.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
        assert_eq!(files, expected);
    }

    #[test]
    fn names_in_gbk_are_read() {
        // 计划 as Chinese Windows packs it, in a name as long.
        let bytes = packed(&[("abcd/plan.toml", b"one")]);
        let gbk = b"\xbc\xc6\xbb\xae/plan.toml";
        let mut renamed = Vec::new();
        let mut rest = bytes.as_slice();
        while let Some(at) = rest.windows(gbk.len()).position(|part| part == b"abcd/plan.toml") {
            renamed.extend_from_slice(&rest[..at]);
            renamed.extend_from_slice(gbk);
            rest = &rest[at + gbk.len()..];
        }
        renamed.extend_from_slice(rest);
        let files = unpacked(&renamed).expect("files");
        assert_eq!(files, [("计划/plan.toml".to_owned(), b"one".to_vec())]);
    }

    #[test]
    fn no_more_is_unpacked_than_there_is_room_for() {
        let bytes = packed(&[("one", &[0; 600]), ("two", &[0; 600])]);
        assert_eq!(unpacked_into(&bytes, 1_199), Err(Unreadable::TooLarge));
        assert!(unpacked_into(&bytes, 1_200).is_ok());
        assert_eq!(unpacked(&bytes[..bytes.len() / 2]), Err(Unreadable::Broken));
    }
}
