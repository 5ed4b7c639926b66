//! Benchmarks: times to compare within one run, printed and never judged.

use anyhow::Result;
use clap::ValueEnum;

use crate::command::{cargo, run as run_command};
use crate::{browser, page, serve};

/// Something that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Subject {
    /// The split and the scenarios, on this machine
    Engine,
    /// The page in a browser: from an edit to what is repainted, and scrolling
    Page,
}

/// Measures the subjects named, or all when none is.
pub fn run(named: &[Subject]) -> Result<()> {
    let subjects = if named.is_empty() { Subject::value_variants() } else { named };
    subjects.iter().try_for_each(|subject| match subject {
        Subject::Engine => run_command(&mut cargo(&["bench", "--package=fentan-core"])),
        Subject::Page => {
            page::build()?;
            run_command(
                cargo(&["bench", "--package=fentan-tests", "--bench=page"])
                    .env("CHROMEDRIVER", browser::driver()?)
                    .env("FENTAN_PAGE", serve::in_background()?),
            )
        }
    })
}
