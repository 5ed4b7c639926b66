use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use anyhow::Context;
use fentan_core::Problems;
use fentan_words::{Language, problem, problem_line, problems_left_out, say_with};
use serde::Serialize;
use tempfile::NamedTempFile;

/// Says something on standard error; there is nowhere to complain where that is closed.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

/// A text from a file without characters that would steer the terminal.
pub(crate) fn printable(text: &str) -> String {
    text.chars().map(|one| if one.is_control() { '\u{fffd}' } else { one }).collect()
}

/// Lists problems on standard error, a line each.
pub(crate) fn problems(language: Language, problems: &Problems) {
    let mut text: String =
        problems.iter().map(|problem| printable(&problem_line(language, problem)) + "\n").collect();
    text.extend(problems_left_out(language, problems).map(|left_out| left_out + "\n"));
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Problems as spec §5 has them on standard output.
#[derive(Serialize)]
struct Errors<'p> {
    fentan: u32,
    errors: Vec<JsonProblem<'p>>,
}

#[derive(Serialize)]
struct JsonProblem<'p> {
    code: &'static str,
    path: &'p str,
    message: String,
}

/// Writes problems as JSON on standard output.
pub(crate) fn json_problems(language: Language, problems: &Problems) -> io::Result<()> {
    let errors = problems
        .iter()
        .map(|one| JsonProblem {
            code: one.code().as_str(),
            path: &one.path,
            message: problem(language, one),
        })
        .collect();
    print(&json(&Errors { fentan: 1, errors })?)
}

/// Anything as indented JSON, with a line break at its end.
pub(crate) fn json(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}

pub(crate) fn print(bytes: &[u8]) -> io::Result<()> {
    let mut output = io::stdout().lock();
    output.write_all(bytes)?;
    output.flush()
}

/// Writes files into a folder: see [`Files`].
pub(crate) fn write_all(
    language: Language,
    folder: &Path,
    files: &[(&str, Vec<u8>)],
) -> anyhow::Result<()> {
    let mut all = Files::begin(language, folder)?;
    for (name, bytes) in files {
        all.write(name, |file| Ok(file.write_all(bytes)?))?;
    }
    all.finish()
}

/// Files of a folder: all of them are written in full beside their names first, then each is put
/// in its place at once, so that no file is ever there by half.
pub(crate) struct Files<'f> {
    folder: &'f Path,
    /// What could not be done, in words.
    failure: String,
    written: Vec<(String, NamedTempFile)>,
}

impl<'f> Files<'f> {
    /// Makes the folder, if need be.
    pub(crate) fn begin(language: Language, folder: &'f Path) -> anyhow::Result<Self> {
        let name = folder.display().to_string();
        let failure = say_with(language, "cli.error.write", &[("path", &name)]);
        fs::create_dir_all(folder).with_context(|| failure.clone())?;
        Ok(Files { folder, failure, written: Vec::new() })
    }

    /// Writes a file, beside its name.
    pub(crate) fn write(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut File) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let mut builder = tempfile::Builder::new();
        // As any new file, of which the user's mask takes what it takes; not for its owner alone.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut file = builder.tempfile_in(self.folder).with_context(|| self.failure.clone())?;
        write(file.as_file_mut()).with_context(|| self.failure.clone())?;
        file.as_file().sync_all().with_context(|| self.failure.clone())?;
        self.written.push((name.to_owned(), file));
        Ok(())
    }

    /// Puts all of them in their places.
    pub(crate) fn finish(self) -> anyhow::Result<()> {
        for (name, file) in self.written {
            file.persist(self.folder.join(name)).with_context(|| self.failure.clone())?;
        }
        Ok(())
    }
}
