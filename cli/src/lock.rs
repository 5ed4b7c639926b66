//! Locks against other programs that run at the same time.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use same_file::Handle;

use crate::files;

/// A lock on a file or a folder, which need not be there: on a hidden file beside it, which is there
/// as long as the lock is. The system gives the lock up when the program ends, however it ends.
pub(crate) struct Lock {
    path: PathBuf,
    /// The lock is given up when this is closed.
    _file: File,
}

impl Lock {
    /// Takes the lock of a file, once no other program holds it, and returns it with the file. A link is
    /// followed, so that all who write by whatever name wait for each other.
    pub(crate) fn wait(of: &Path) -> io::Result<(PathBuf, Lock)> {
        let of = fs::canonicalize(of).unwrap_or_else(|_| of.to_owned());
        loop {
            let (path, file) = open(&of)?;
            file.lock()?;
            if let Some(lock) = Lock::taken(path, file)? {
                return Ok((of, lock));
            }
        }
    }

    /// Takes the lock; `None` if another program holds it.
    pub(crate) fn at_once(of: &Path) -> io::Result<Option<Lock>> {
        loop {
            let (path, file) = open(of)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(error)) => return Err(error),
            }
            if let Some(lock) = Lock::taken(path, file)? {
                return Ok(Some(lock));
            }
        }
    }

    /// The lock; `None` if the program that held it before has removed the file since it was opened.
    fn taken(path: PathBuf, file: File) -> io::Result<Option<Lock>> {
        let locked = Handle::from_file(file.try_clone()?)?;
        let is_there = Handle::from_path(&path).is_ok_and(|there| there == locked);
        // Not made unless it is held: it would remove another's file when it is dropped.
        Ok(is_there.then(|| Lock { path, _file: file }))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // One that is left behind is taken again.
        let _ = fs::remove_file(&self.path);
    }
}

fn open(of: &Path) -> io::Result<(PathBuf, File)> {
    let (folder, name) = files::parts(of);
    let mut hidden = OsString::from(".");
    hidden.push(name);
    hidden.push(".lock");
    let path = folder.join(hidden);
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path)?;
    Ok((path, file))
}
