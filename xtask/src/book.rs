//! The guide, from `docs/book/`: `cargo xtask book`.
//!
//! mdBook makes it; no test builds mdBook, which is larger than all of this program. What the guide says is tested from
//! its sources (`cli/tests/program/guide.rs`).

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::command::{cargo, command, run};
use crate::page;

/// Where it is in the page.
const FOLDER: &str = "guide";

/// The version that is built where none is installed, and where it is put.
const MDBOOK: &str = "0.5.4";
const TOOLS: &str = "target/tools";

/// Builds the guide into the built page.
pub fn build() -> Result<()> {
    let mdbook = mdbook()?;
    let to = std::env::current_dir()?.join(page::FOLDER).join(FOLDER);
    run(command(mdbook, &["build", "docs/book", "--dest-dir"]).arg(&to))?;
    println!("the guide is in {}/{FOLDER}/", page::FOLDER);
    Ok(())
}

/// The program mdBook: installed on this machine, else built.
fn mdbook() -> Result<PathBuf> {
    let built = Path::new(TOOLS).join("bin/mdbook");
    if let Some(found) =
        which::which("mdbook").ok().or_else(|| built.exists().then(|| built.clone()))
    {
        return Ok(found);
    }
    println!("building mdBook {MDBOOK}, once");
    let arguments = ["install", "mdbook", "--locked", "--version", MDBOOK, "--no-default-features"];
    // It runs for a second: optimising it would take minutes.
    run(cargo(&arguments).args(["--debug", "--root", TOOLS]).env("CARGO_PROFILE_DEV_DEBUG", "0"))
        .context("there is no mdBook, and it can't be built: cargo install mdbook")?;
    Ok(built)
}
