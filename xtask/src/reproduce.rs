//! Building the page once more, elsewhere, and comparing every byte.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use walkdir::WalkDir;

use crate::command::{command, run, this_program};
use crate::page::{self, Warnings};

/// Folders that are no part of what is built from.
const LEFT: [&str; 4] = [".git", "dist", "node_modules", "target"];

/// Builds the page here and from a copy of the sources in another folder, with nothing that was
/// built before; an error where the two differ.
pub fn check() -> Result<()> {
    let elsewhere = tempfile::tempdir()?;
    let sources = elsewhere.path().join("sources of fentan");
    copy_sources(&sources)?;
    page::build(Warnings::Denied)?;
    let here = page::files(Path::new(page::FOLDER))?;
    // Where this program lies must not count either.
    let program = elsewhere.path().join("another folder");
    fs::create_dir(&program)?;
    let program = program.join(this_program()?.file_name().context("a program without a name")?);
    fs::copy(this_program()?, &program)?;
    run(command(program, &["build"])
        // By which it finds the sources, as when cargo starts it.
        .env("CARGO_MANIFEST_DIR", sources.join("xtask"))
        .env("CARGO_TARGET_DIR", elsewhere.path().join("target")))?;
    let there = page::files(&sources.join(page::FOLDER))?;
    let names =
        |files: &[page::File]| files.iter().map(|file| file.name.clone()).collect::<Vec<_>>();
    ensure!(names(&here) == names(&there), "{:?} are not {:?}", names(&here), names(&there));
    let differing: Vec<_> =
        here.iter().zip(&there).filter(|(here, there)| here.bytes != there.bytes).collect();
    ensure!(
        differing.is_empty(),
        "built twice, these differ: {:?}",
        differing.iter().map(|(here, _)| &here.name).collect::<Vec<_>>()
    );
    println!("built twice, all {} files are the same", here.len());
    Ok(())
}

fn copy_sources(to: &Path) -> Result<()> {
    let is_source = |name: &std::ffi::OsStr| !LEFT.iter().any(|left| name == *left);
    let entries = WalkDir::new(".").into_iter();
    for entry in entries.filter_entry(|entry| is_source(entry.file_name())) {
        let entry = entry?;
        // Without the dot that they are walked from, which can't be made.
        let to = to.join(entry.path().strip_prefix(".")?);
        if entry.file_type().is_dir() {
            fs::create_dir_all(&to)?;
        } else if entry.file_type().is_file() {
            fs::copy(entry.path(), &to)
                .with_context(|| format!("cannot write {}", to.display()))?;
        }
    }
    Ok(())
}
