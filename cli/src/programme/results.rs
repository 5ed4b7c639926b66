//! What a run wrote, read back: its tables column by column, and where its programme lies.

use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, anyhow};
use fentan_core::Fen;
use fentan_core::internal::plain_cell;
use fentan_words::{Language, say_with};
use serde::{Deserialize, Serialize};

use crate::files;

/// The file that tells what a run was of.
pub(super) const FILE: &str = "run.json";

/// What a run was of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RunFile {
    /// The format's version.
    pub(crate) fentan_run: u32,
    /// What the programme is called.
    pub(crate) name: Option<String>,
    /// The year that it is for.
    pub(crate) year: Option<u32>,
    /// The programme's file, from the folder of the run.
    pub(crate) programme: String,
}

/// The version of [`RunFile`] that is written and read.
const VERSION: u32 = 1;

impl RunFile {
    /// Of a run of this programme's file into this folder.
    pub(super) fn of(
        programme: &fentan_core::programme::Programme,
        file: &Path,
        out: &Path,
    ) -> Self {
        let (folder, name) = files::parts(out);
        let absolute = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let from = absolute(folder).join(name);
        RunFile {
            fentan_run: VERSION,
            name: programme.name.clone(),
            year: programme.year,
            programme: relative(&from, &absolute(file)),
        }
    }
}

/// The path of a file from a folder, both absolute; with slashes on every system.
fn relative(folder: &Path, file: &Path) -> String {
    let (from, to): (Vec<_>, Vec<_>) = (folder.components().collect(), file.components().collect());
    let common = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    // Files on two drives have no path from one to the other.
    if common == 0 {
        return file.to_string_lossy().into_owned();
    }
    let up = from[common..].iter().map(|_| "..".to_owned());
    let down = to[common..].iter().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    });
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// The folder of a run.
pub(crate) struct Results {
    language: Language,
    folder: PathBuf,
    pub(crate) file: RunFile,
}

impl Results {
    /// Opens the folder of a run.
    ///
    /// # Errors
    /// A folder that is none of a run's, or of one that is not finished.
    pub(crate) fn open(language: Language, folder: &Path) -> anyhow::Result<Results> {
        let name = folder.display().to_string();
        let no_run = || say_with(language, "portion.no-run", &[("path", &name)]);
        let path = folder.join(FILE);
        files::note_read(&path);
        let bytes = fs::read(path).with_context(no_run)?;
        let file: RunFile = serde_json::from_slice(&bytes).map_err(|_| anyhow!(no_run()))?;
        if file.fentan_run != VERSION {
            return Err(anyhow!(no_run()));
        }
        Ok(Results { language, folder: folder.to_owned(), file })
    }

    /// The file of the programme.
    pub(crate) fn programme(&self) -> PathBuf {
        self.folder.join(&self.file.programme)
    }

    /// Hands over these columns of every row of a table, in its order; texts as they were before they
    /// were [`defused`](fentan_words::defused).
    ///
    /// # Errors
    /// A table that can't be read or lacks a column; those of `each`.
    pub(crate) fn each<const N: usize>(
        &self,
        table: &str,
        columns: [&str; N],
        mut each: impl FnMut([&str; N]) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let path = self.folder.join(table);
        files::note_read(&path);
        let name = path.display().to_string();
        let failure = || say_with(self.language, "cli.error.read", &[("path", &name)]);
        let mut reader = csv::Reader::from_path(&path).map_err(of_system).with_context(failure)?;
        let headings = reader.headers().map_err(of_system).with_context(failure)?;
        let mut places = [0; N];
        for (place, column) in places.iter_mut().zip(columns) {
            let found = headings.iter().position(|heading| heading == column);
            let lacks = || {
                let values = [("path", &*name), ("column", column)];
                say_with(self.language, "portion.no-column", &values)
            };
            *place = found.with_context(lacks)?;
        }
        let mut record = csv::StringRecord::new();
        while reader.read_record(&mut record).map_err(of_system).with_context(failure)? {
            each(places.map(|place| plain_cell(record.get(place).unwrap_or_default())))?;
        }
        Ok(())
    }

    /// An amount of a table.
    pub(crate) fn money(&self, written: &str) -> anyhow::Result<Fen> {
        let wrong = || say_with(self.language, "portion.no-number", &[("seen", written)]);
        written.parse().map_err(|_| anyhow!(wrong()))
    }
}

/// An error of reading a table, by what the system says where that is what is wrong.
fn of_system(error: csv::Error) -> anyhow::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        other => anyhow!("{other:?}"),
    }
}
