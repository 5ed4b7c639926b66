//! Files that commands write: whole or not at all, and never over one that was read.

use std::ffi::OsStr;
use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, bail};
use fentan_words::{Language, say_with};
use same_file::Handle;
use tempfile::NamedTempFile;

use crate::output;

/// Who may read a file that is made anew; one that is replaced keeps its mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Readers {
    /// Its owner alone, as it holds households.
    Owner,
    /// Whoever the user's mask lets.
    All,
}

/// What becomes of a file that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Existing {
    /// It is left alone.
    Kept,
    /// It is replaced, unless it was read: `--force`.
    Replaced,
    /// It is what was read, and is written anew.
    Updated,
}

/// Stands for standard input in place of a path.
pub(crate) const STANDARD_INPUT: &str = "-";

/// The files that were read.
static READ: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Notes that a file was read.
pub(crate) fn note_read(path: &Path) {
    READ.lock().unwrap_or_else(PoisonError::into_inner).push(path.to_owned());
}

/// Whether a file was read, by whatever path or link.
fn was_read(path: &Path) -> bool {
    let Ok(file) = Handle::from_path(path) else {
        return false;
    };
    let read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    read.iter().any(|read| {
        let read = match read.to_str() {
            Some(STANDARD_INPUT) => Handle::stdin(),
            // A pipe would be waited for.
            _ if !read.is_file() => return false,
            _ => Handle::from_path(read),
        };
        read.is_ok_and(|read| read == file)
    })
}

/// Writes files into a folder, and tells their paths: see [`Files`].
pub(crate) fn write_all<N: AsRef<OsStr>>(
    language: Language,
    folder: &Path,
    files: impl IntoIterator<Item = (N, Vec<u8>)>,
    readers: Readers,
    existing: Existing,
) -> anyhow::Result<()> {
    let mut all = Files::begin(language, folder, readers, existing)?;
    for (name, bytes) in files {
        all.write(name, |file| Ok(file.write_all(&bytes)?))?;
    }
    all.finish_and_tell()
}

/// Writes one file, and tells its path: see [`Files`].
pub(crate) fn write(
    language: Language,
    path: &Path,
    bytes: Vec<u8>,
    readers: Readers,
    existing: Existing,
) -> anyhow::Result<()> {
    let (folder, name) = parts(path);
    write_all(language, folder, [(name, bytes)], readers, existing)
}

/// The folder of a path, and its last part.
pub(crate) fn parts(path: &Path) -> (&Path, &OsStr) {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    (folder.unwrap_or(Path::new(".")), path.file_name().unwrap_or_default())
}

/// Refuses a file to be changed that has other names than by links that are followed: those would keep what it
/// was.
pub(crate) fn refuse_other_names(language: Language, file: &Path) -> anyhow::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        if fs::metadata(file).is_ok_and(|file| file.nlink() > 1) {
            let path = file.display().to_string();
            anyhow::bail!(say_with(language, "cli.error.other-names", &[("path", &path)]));
        }
    }
    Ok(())
}

/// Files of a folder: all of them are written in full beside their names first, then each is put
/// in its place at once, so that no file is ever there by half.
pub(crate) struct Files<'f> {
    language: Language,
    folder: &'f Path,
    readers: Readers,
    existing: Existing,
    written: Vec<Written>,
}

struct Written {
    /// As it is told.
    name: PathBuf,
    /// Where it is to be; the end of a link.
    target: PathBuf,
    /// Whether something was there.
    replaces: bool,
    file: NamedTempFile,
}

impl<'f> Files<'f> {
    /// Makes the folder, if need be.
    pub(crate) fn begin(
        language: Language,
        folder: &'f Path,
        readers: Readers,
        existing: Existing,
    ) -> anyhow::Result<Self> {
        let made = match fs::metadata(folder) {
            Ok(there) if !there.is_dir() => Err(io::ErrorKind::NotADirectory.into()),
            _ => fs::create_dir_all(folder),
        };
        made.with_context(|| cannot_write(language, folder))?;
        Ok(Files { language, folder, readers, existing, written: Vec::new() })
    }

    /// Writes a file, beside its name.
    pub(crate) fn write(
        &mut self,
        name: impl AsRef<OsStr>,
        write: impl FnOnce(&mut File) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let name = self.folder.join(name.as_ref());
        let language = self.language;
        let failure = || cannot_write(language, &name);
        let old = self.old(&name)?;
        let target = match old {
            Some(_) => fs::canonicalize(&name).with_context(failure)?,
            None => name.clone(),
        };
        let (folder, _) = parts(&target);
        let mut builder = tempfile::Builder::new();
        #[cfg(unix)]
        {
            let mode = if self.readers == Readers::Owner { 0o600 } else { 0o666 };
            builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(mode));
        }
        let mut file = builder.tempfile_in(folder).with_context(failure)?;
        if let Some(old) = &old {
            keep_owner(file.as_file(), old);
            file.as_file().set_permissions(old.permissions()).with_context(failure)?;
        }
        write(file.as_file_mut()).with_context(failure)?;
        file.as_file().sync_all().with_context(failure)?;
        self.written.push(Written { replaces: old.is_some(), name, target, file });
        Ok(())
    }

    /// What stands under a name, where it may be replaced; an error where it may not.
    fn old(&self, name: &Path) -> anyhow::Result<Option<Metadata>> {
        let refused = |key: &str| {
            let path = name.display().to_string();
            anyhow::Error::msg(say_with(self.language, key, &[("path", &path)]))
        };
        match fs::symlink_metadata(name) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| cannot_write(self.language, name)),
            Ok(_) => {}
        }
        let is_folder = fs::metadata(name).is_ok_and(|there| there.is_dir());
        if is_folder {
            bail!(refused("cli.error.is-folder"));
        }
        if self.existing != Existing::Updated && was_read(name) {
            bail!(refused("cli.error.was-read"));
        }
        if self.existing == Existing::Kept {
            bail!(refused("cli.error.file-exists"));
        }
        let old = fs::metadata(name).with_context(|| cannot_write(self.language, name))?;
        if !old.is_file() {
            bail!(refused("cli.error.no-file"));
        }
        Ok(Some(old))
    }

    /// Puts all of them in their places, and tells their paths.
    pub(crate) fn finish_and_tell(self) -> anyhow::Result<()> {
        let language = self.language;
        for name in self.finish()? {
            let path = name.display().to_string();
            output::complain(&say_with(language, "cli.written", &[("path", &path)]));
        }
        Ok(())
    }

    /// Puts all of them in their places; returns their paths.
    pub(crate) fn finish(self) -> anyhow::Result<Vec<PathBuf>> {
        let mut names = Vec::with_capacity(self.written.len());
        for Written { name, target, replaces, file } in self.written {
            let failure = || cannot_write(self.language, &name);
            if replaces || self.existing == Existing::Replaced {
                file.persist(&target).map_err(|failed| failed.error).with_context(failure)?;
            } else {
                let put = file.persist_noclobber(&target);
                put.map_err(|failed| failed.error).with_context(failure)?;
            }
            sync_folder(&target);
            names.push(name);
        }
        Ok(names)
    }
}

fn cannot_write(language: Language, path: &Path) -> String {
    say_with(language, "cli.error.write", &[("path", &path.display().to_string())])
}

/// Leaves a file to whom it belonged, where that is allowed.
fn keep_owner(file: &File, old: &Metadata) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        let _ = fchown(file, Some(old.uid()), Some(old.gid()));
    }
    #[cfg(not(unix))]
    let _ = (file, old);
}

/// Puts a file's name on the disk, where the system knows how to: its content is there already.
fn sync_folder(path: &Path) {
    #[cfg(unix)]
    {
        let (folder, _) = parts(path);
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
    #[cfg(not(unix))]
    let _ = path;
}
