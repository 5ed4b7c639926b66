//! Programs of crates.io that chores use, and that no test builds: each weighs more than all of this program.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::command::{cargo, run};

/// Where they are put.
pub const FOLDER: &str = "target/tools";

/// A program of a package of its name: installed on this machine, else built, once.
pub fn find_or_build(name: &str, version: &str) -> Result<PathBuf> {
    let built = built(name);
    let found = which::which(name).ok().or_else(|| built.exists().then_some(built));
    found.map_or_else(|| build(name, version), Ok)
}

/// Builds a program, and returns where it is.
pub fn build(name: &str, version: &str) -> Result<PathBuf> {
    println!("building {name} {version}, once");
    let arguments = ["install", name, "--locked", "--version", version, "--root", FOLDER];
    // It runs for seconds: optimising it would take minutes.
    run(cargo(&arguments).arg("--debug").env("CARGO_PROFILE_DEV_DEBUG", "0")).with_context(
        || format!("there is no {name}, and it can't be built: cargo install {name}"),
    )?;
    Ok(built(name))
}

/// Where a program is that was built.
pub fn built(name: &str) -> PathBuf {
    PathBuf::from(FOLDER).join("bin").join(name)
}
