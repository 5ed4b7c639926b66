//! All that continuous integration runs, step by step.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use clap::ValueEnum;

use crate::command::{WASM, add_to_toolchain, cannot_start, cargo, run as run_command, words};
use crate::debian::need;
use crate::{browser, fuzz, package, page, python, reproduce, serve, supply, widget};

/// One thing that is tested, in the order of the tests: what fails fast comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Step {
    /// The code is formatted
    Format,
    /// Clippy finds nothing
    Lint,
    /// Clippy finds nothing in what is compiled for the browser
    LintWasm,
    /// The documentation builds without a warning
    Docs,
    /// Tests and documentation examples on this machine
    Native,
    /// Papers opened in LibreOffice and printed by Chromium, where they are installed
    Office,
    /// Every dependency is as `.deny.toml` asks
    Supply,
    /// Some seconds of looking for bytes that break something, for each kind of file
    Fuzz,
    /// The page builds and is within its limit of size
    Build,
    /// Tests compiled to wasm, in a browser
    Wasm,
    /// The built page, used in a browser
    Page,
    /// The npm package, used by a new project
    Package,
    /// The package for Python, and a programme on Spark; only where it is named
    Python,
    /// The page, built once more in another folder, is the same to the byte; only where it is named
    Reproduce,
}

/// Steps that run only where they are named: they take long.
const ON_REQUEST: [Step; 2] = [Step::Python, Step::Reproduce];

/// How many seconds each kind of file is fuzzed.
const FUZZED: u32 = 5;

/// Runs the steps named, or all when none is; stops at the first that fails.
pub fn run(named: &[Step]) -> Result<()> {
    // Asked for first: a later build may put another file in this one's place.
    let this_program = env::current_exe().context("cannot find the path of this program")?;
    let mut session = Session { this_program, passed: 0, failed: 0 };
    let begin = Instant::now();
    let result = Step::value_variants()
        .iter()
        .filter(|step| {
            (named.is_empty() && !ON_REQUEST.contains(step))
                || named.contains(step)
                || (**step == Step::Build && named.contains(&Step::Page))
        })
        .try_for_each(|step| session.announce(*step));
    println!("all in {:.1?}", begin.elapsed());
    // Where a step failed that is no test, "0 failed" would mislead.
    if result.is_ok() || session.failed > 0 {
        println!("{} passed, {} failed", session.passed, session.failed);
    }
    result
}

/// One run of the steps, and how many tests it has seen.
struct Session {
    this_program: PathBuf,
    passed: usize,
    failed: usize,
}

impl Session {
    fn announce(&mut self, step: Step) -> Result<()> {
        let name =
            step.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
        println!("== {name}");
        let begin = Instant::now();
        self.take(step).with_context(|| format!("step {name} failed"))?;
        println!("== {name} took {:.1?}", begin.elapsed());
        Ok(())
    }

    fn take(&mut self, step: Step) -> Result<()> {
        match step {
            Step::Format => {
                add_to_toolchain("component", &["rustfmt", "clippy"])?;
                run_command(&mut cargo(&["fmt", "--all", "--check"]))
            }
            Step::Lint => run_command(&mut cargo(&[
                "clippy",
                "--workspace",
                "--all-targets",
                "--",
                "--deny=warnings",
            ])),
            Step::LintWasm => {
                add_to_toolchain("target", &[WASM])?;
                let mut clippy =
                    cargo(&["clippy", "--target", WASM, "--lib", "--bins", "--test=wasm"]);
                for package in
                    ["fentan-core", "fentan-tests", page::PAGE].iter().chain(&widget::PACKAGES)
                {
                    clippy.arg(format!("--package={package}"));
                }
                run_command(clippy.args(["--", "--deny=warnings"]))
            }
            Step::Docs => run_command(
                cargo(&["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "--deny=warnings"),
            ),
            Step::Native => {
                // Where it can't be had, the test that needs it says that it was not tried.
                if cfg!(target_os = "linux") {
                    let _ = need("strace", "strace", "a test stops the program at every write");
                }
                self.count_tests(&mut cargo(&["test", "--workspace", "--no-fail-fast"]))
            }
            Step::Office => self.test_office(),
            Step::Supply => supply::check(),
            Step::Fuzz => fuzz::fuzz(&[], FUZZED),
            Step::Build => page::build()?.check(),
            Step::Wasm => self.test_wasm(),
            Step::Page => self.test_page(),
            Step::Package => package::test(),
            Step::Python => python::test(),
            Step::Reproduce => reproduce::check(&self.this_program),
        }
    }

    fn test_office(&mut self) -> Result<()> {
        let chromium = browser::chromium();
        let is_there = |program: &str| which::which(program).is_ok();
        let Some(chromium) = chromium.filter(|_| is_there("soffice") && is_there("pdftotext"))
        else {
            println!(
                "left out: it takes LibreOffice (libreoffice-calc, libreoffice-writer), Chromium and \
                 pdftotext (poppler-utils)"
            );
            return Ok(());
        };
        self.count_tests(
            cargo(&["test", "--workspace", "--test=papers", "--", "--ignored"])
                .env("CHROMIUM", chromium),
        )
    }

    fn test_wasm(&mut self) -> Result<()> {
        add_to_toolchain("target", &[WASM])?;
        // Removed with what Chromium leaves behind in it.
        let folder = tempfile::tempdir()?;
        let runner = format!(
            "target.{WASM}.runner = ['{}', 'wasm-test-runner']",
            self.this_program.display()
        );
        self.count_tests(
            cargo(&[
                "test",
                "--target",
                WASM,
                "--package=fentan-tests",
                "--test=wasm",
                "--config",
                &runner,
            ])
            .env("CHROMEDRIVER", browser::driver()?)
            .env("TMPDIR", folder.path())
            // Seconds, for all tests together; the usual 20 are few on a small machine.
            .env("WASM_BINDGEN_TEST_TIMEOUT", "300"),
        )
    }

    fn test_page(&mut self) -> Result<()> {
        let driver = browser::driver()?;
        browser::fetch_tools()?;
        // Tried in a page, too; the engine is compiled already.
        package::build()?;
        let address = serve::in_background()?;
        self.count_tests(
            // Of the whole workspace, so that fewer libraries are built again with other features.
            cargo(&["test", "--workspace", "--test=page", "--", "--ignored"])
                .env("CHROMEDRIVER", driver)
                .env("FENTAN_PAGE", address),
        )
    }

    /// Runs tests, passes on what they write, and adds up their results.
    fn count_tests(&mut self, command: &mut Command) -> Result<()> {
        let mut child =
            command.stdout(Stdio::piped()).spawn().with_context(|| cannot_start(command))?;
        let stdout = child.stdout.take().context("the tests have no output")?;
        for line in BufReader::new(stdout).lines() {
            let line = line?;
            println!("{line}");
            if let Some(results) = line.strip_prefix("test result: ") {
                self.passed += number_before(results, "passed");
                self.failed += number_before(results, "failed");
            }
        }
        let status = child.wait()?;
        ensure!(status.success(), "{} ended with {status}", words(command));
        Ok(())
    }
}

/// The number that stands before a word: 12 in `ok. 12 passed; 0 failed`.
fn number_before(results: &str, word: &str) -> usize {
    results
        .split([';', '.'])
        .filter_map(|part| part.trim().strip_suffix(word))
        .find_map(|number| number.trim().parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_read() {
        let results = "FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; finished in 0.05s";
        assert_eq!(number_before(results, "passed"), 12);
        assert_eq!(number_before(results, "failed"), 3);
        assert_eq!(number_before("nothing", "passed"), 0);
    }
}
