//! The guide, from `docs/book/`: `cargo xtask book`.
//!
//! mdBook makes it; no test builds mdBook, which is larger than all of this program. What the guide says is tested from
//! its sources (`cli/tests/program/guide.rs`).

use anyhow::Result;

use crate::command::{command, run};
use crate::{page, tools};

/// Where it is in the page.
const FOLDER: &str = "guide";

/// The version that is built where none is installed.
const MDBOOK: &str = "0.5.4";

/// Builds the guide into the built page.
pub fn build() -> Result<()> {
    let mdbook = tools::find_or_build("mdbook", MDBOOK)?;
    let to = std::env::current_dir()?.join(page::FOLDER).join(FOLDER);
    run(command(mdbook, &["build", "docs/book", "--dest-dir"]).arg(&to))?;
    println!("the guide is in {}/{FOLDER}/", page::FOLDER);
    Ok(())
}
