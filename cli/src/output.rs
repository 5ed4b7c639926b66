use std::fs;
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

/// Writes files into a folder: all of them in full beside their names first, then each put in
/// its place at once, so that no file is ever there by half.
pub(crate) fn write_all(
    language: Language,
    folder: &Path,
    files: &[(&str, Vec<u8>)],
) -> anyhow::Result<()> {
    let name = folder.display().to_string();
    let words = || say_with(language, "cli.error.write", &[("path", &name)]);
    fs::create_dir_all(folder).with_context(words)?;
    let mut written = Vec::with_capacity(files.len());
    for (name, bytes) in files {
        let mut file = NamedTempFile::new_in(folder).with_context(words)?;
        file.write_all(bytes).with_context(words)?;
        file.as_file().sync_all().with_context(words)?;
        written.push((name, file));
    }
    for (name, file) in written {
        file.persist(folder.join(name)).with_context(words)?;
    }
    Ok(())
}
