//! A folder of results that grows compound by compound, and is put in its place only when it is
//! whole. Killed at any moment, the run goes on from its last checkpoint.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use fentan_ledger::Head;
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

/// How far a run has come: everything before it is on the disk.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Checkpoint {
    /// What the run was asked, by digest.
    pub(super) asked: String,
    /// How many compounds are done, and how many of them were set apart.
    pub(super) done: usize,
    pub(super) broken: usize,
    /// How long each file is.
    pub(super) lengths: Vec<u64>,
    /// How many lines the ledger has, and the digest of the last.
    pub(super) lines: u64,
    pub(super) digest: [u8; 32],
}

impl Checkpoint {
    pub(super) fn head(&self) -> Head {
        Head { lines: self.lines, digest: self.digest }
    }
}

/// The name of the file that holds the checkpoint, beside the folder it is about.
const CHECKPOINT: &str = "checkpoint.json";

/// After how many bytes a file is put on the disk: while the threads split what comes next, rather
/// than all of it when nothing else is left to do.
const PUT_AFTER: usize = 4 << 20;

/// A folder of results that is not finished.
pub(super) struct Unfinished {
    /// Where it is to be in the end.
    folder: PathBuf,
    growing: PathBuf,
    files: Vec<Growing>,
}

/// A file that grows.
struct Growing {
    file: File,
    /// Bytes that may not be on the disk.
    added: usize,
}

impl Unfinished {
    /// Opens the unfinished folder of a run, as its last checkpoint left it; none without one that
    /// was asked the same.
    pub(super) fn resume(
        folder: &Path,
        names: &[&str],
        asked: &str,
    ) -> io::Result<Option<(Unfinished, Checkpoint)>> {
        let growing = beside(folder);
        let is_file = |name: &str| {
            fs::symlink_metadata(growing.join(name)).is_ok_and(|found| found.is_file())
        };
        if !names.iter().chain([&CHECKPOINT]).all(|name| is_file(name)) {
            return Ok(None);
        }
        let Ok(bytes) = fs::read(growing.join(CHECKPOINT)) else {
            return Ok(None);
        };
        let Ok(checkpoint) = serde_json::from_slice::<Checkpoint>(&bytes) else {
            return Ok(None);
        };
        if checkpoint.asked != asked || checkpoint.lengths.len() != names.len() {
            return Ok(None);
        }
        let mut files = Vec::with_capacity(names.len());
        for (name, &length) in names.iter().zip(&checkpoint.lengths) {
            let Ok(mut file) = OpenOptions::new().write(true).open(growing.join(name)) else {
                return Ok(None);
            };
            if file.metadata()?.len() < length {
                return Ok(None);
            }
            file.set_len(length)?;
            file.seek(SeekFrom::End(0))?;
            files.push(Growing { file, added: 0 });
        }
        Ok(Some((Unfinished { folder: folder.to_owned(), growing, files }, checkpoint)))
    }

    /// Begins anew, each file with its first bytes.
    pub(super) fn begin(folder: &Path, files: &[(&str, &[u8])]) -> io::Result<Unfinished> {
        let growing = beside(folder);
        if growing.exists() {
            fs::remove_dir_all(&growing)?;
        }
        fs::create_dir_all(&growing)?;
        let files = files.iter().map(|(name, first)| {
            let mut file = create(&growing.join(name))?;
            file.write_all(first)?;
            Ok(Growing { file, added: first.len() })
        });
        let files = files.collect::<io::Result<Vec<_>>>()?;
        Ok(Unfinished { folder: folder.to_owned(), growing, files })
    }

    /// Makes a file that is written at once.
    pub(super) fn create(&self, name: &str) -> io::Result<BufWriter<File>> {
        let path = self.growing.join(name);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => create(&path).map(BufWriter::new),
        }
    }

    /// Adds to one of the files that grow.
    pub(super) fn add(&mut self, file: usize, bytes: &[u8]) -> io::Result<()> {
        let growing = &mut self.files[file];
        growing.file.write_all(bytes)?;
        growing.added += bytes.len();
        if growing.added >= PUT_AFTER {
            growing.file.sync_data()?;
            growing.added = 0;
        }
        Ok(())
    }

    /// How long each file is.
    pub(super) fn lengths(&mut self) -> io::Result<Vec<u64>> {
        self.files.iter_mut().map(|one| one.file.stream_position()).collect()
    }

    /// Puts all that was added on the disk, and then the word that it is there.
    pub(super) fn keep(&self, checkpoint: &Checkpoint) -> io::Result<()> {
        self.sync()?;
        let mut file = NamedTempFile::new_in(&self.growing)?;
        serde_json::to_writer(&mut file, checkpoint)?;
        file.as_file().sync_all()?;
        file.persist(self.growing.join(CHECKPOINT))?;
        Ok(())
    }

    fn sync(&self) -> io::Result<()> {
        self.files.iter().try_for_each(|one| one.file.sync_all())
    }

    /// Puts the whole folder in its place, at once.
    pub(super) fn finish(self) -> io::Result<()> {
        self.sync()?;
        for left in fs::read_dir(&self.growing)? {
            let left = left?;
            let name = left.file_name();
            // A checkpoint, or one that a killed run did not get to put in its place.
            if name == CHECKPOINT || name.to_string_lossy().starts_with(".tmp") {
                fs::remove_file(left.path())?;
            }
        }
        File::open(&self.growing)?.sync_all()?;
        fs::rename(&self.growing, &self.folder)?;
        match self.folder.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            Some(parent) => File::open(parent)?.sync_all(),
            None => File::open(".")?.sync_all(),
        }
    }
}

/// Whether an unfinished folder holds what no run puts there, given what one does.
pub(super) fn holds_other_files(folder: &Path, names: &[&str]) -> io::Result<bool> {
    let found = match fs::read_dir(beside(folder)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        found => found?,
    };
    for found in found {
        let name = found?.file_name();
        let is_known = name.to_string_lossy().starts_with(".tmp")
            || names.iter().chain([&CHECKPOINT]).any(|known| name == **known);
        if !is_known {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Makes a file that its owner alone may read, as it holds households.
fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// The digests of the plans that an unfinished folder was made from, in its order.
pub(super) fn digests(folder: &Path) -> csv::Result<Vec<String>> {
    let mut table = csv::Reader::from_path(beside(folder).join(super::compound::TABLES[0].0))?;
    let last = |record: csv::StringRecord| record.iter().next_back().unwrap_or_default().to_owned();
    table.records().map(|record| record.map(last)).collect()
}

/// Where a folder grows: beside the place it is to take, on the same disk.
pub(super) fn beside(folder: &Path) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(".unfinished");
    folder.with_file_name(name)
}
