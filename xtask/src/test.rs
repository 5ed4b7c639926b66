//! All that continuous integration runs, step by step.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Seek};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use clap::ValueEnum;

use crate::bind::{For, bind};
use crate::browser::Driver;
use crate::command::{
    WASM, add_to_toolchain, cannot_start, cargo, command, run as run_command, target, this_program,
    words,
};
use crate::debian::need;
use crate::engines::Engine;
use crate::page::Warnings;
use crate::serve::Server;
use crate::{browser, compiler, fuzz, package, page, python, reproduce, serve, single, supply};

/// One thing that is tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Step {
    /// The code is formatted
    Format,
    /// Everything compiles for its tests; Clippy finds nothing, and documentation builds without a warning
    Check,
    /// Tests and documentation examples on this machine
    Native,
    /// Papers opened in LibreOffice and printed by Chromium, where they are installed
    Office,
    /// Every dependency is as `.deny.toml` asks
    Supply,
    /// The page builds, Clippy finds nothing in it, and it is within its limit of size
    Build,
    /// Tests compiled to wasm, in a browser
    Wasm,
    /// The built page, used in a browser
    Page,
    /// The npm package, used by a new project
    Package,
    /// The page and the calculator in Firefox and in WebKit; only where it is named
    Engines,
    /// The package for Python, and a programme on Spark; only where it is named
    Python,
    /// The page, built once more in another folder, is the same to the byte; only where it is named
    Reproduce,
    /// A minute of looking for bytes that break something, for each kind of file; only where it is named
    Fuzz,
}

/// Steps that run only where they are named, as before a release: they take long.
const ON_REQUEST: [Step; 4] = [Step::Engines, Step::Python, Step::Reproduce, Step::Fuzz];

/// The workspace in two parts: what this program stands on has been compiled for it alone, and would be
/// compiled once more with what the rest asks of it.
const PARTS: [&[&str]; 2] = [&["--workspace", "--exclude=xtask"], &["--package=xtask"]];

/// The tests that are compiled to wasm, and what those are called that have a browser run them.
const WASM_TESTS: &str = "fentan-wasm-tests";
const IN_BROWSER: &str = "in_the_browser";

/// What tests are called that any engine passes.
const IN_ANY_ENGINE: &str = "in_any_engine";

/// How many seconds each kind of file is fuzzed.
const FUZZED: u32 = 60;

/// Steps that run beside the others where all run: neither kind keeps two processors busy.
const BESIDE: [Step; 4] = [Step::Build, Step::Wasm, Step::Page, Step::Package];

/// Runs the steps named, or all when no step is; stops at the first that fails.
pub fn run(named: &[Step]) -> Result<()> {
    let mut session = Session::default();
    let result = if named.is_empty() { session.take_all() } else { session.take_named(named) };
    session.print_times();
    // Where a step failed that is no test, "0 failed" would mislead.
    if result.is_ok() || session.failed > 0 {
        println!("{} passed, {} failed", session.passed, session.failed);
    }
    result
}

/// Takes the pictures of the documents from the page that was built last.
pub fn take_pictures() -> Result<()> {
    const FOLDER: &str = "docs/pictures";
    fs::create_dir_all(FOLDER)?;
    let driver = Driver::start()?;
    let session = Session::default();
    let server = Server::start(session.server()?, 0)?;
    let mut tests = session.in_browser(&driver)?;
    tests.arg("pictures::").env("FENTAN_PAGE", server.address());
    run_command(tests.env("FENTAN_PICTURES", fs::canonicalize(FOLDER)?))
}

/// One run of the steps, and how many tests it has seen.
#[derive(Default)]
struct Session {
    passed: usize,
    failed: usize,
    /// What each step took.
    taken: Vec<(String, Taken)>,
}

/// What something took.
#[derive(Clone, Copy, Default)]
struct Taken {
    time: Duration,
    /// Of all processors together, by programs that have ended.
    work: Duration,
}

impl Session {
    fn take_named(&mut self, named: &[Step]) -> Result<()> {
        let is_meant = |step: &Step| {
            named.contains(step) || (*step == Step::Build && named.contains(&Step::Page))
        };
        let mut steps = Step::value_variants().iter().filter(|step| is_meant(step));
        steps.try_for_each(|step| self.announce(*step))
    }

    /// Runs every step but those on request, in two rows.
    fn take_all(&mut self) -> Result<()> {
        self.announce(Step::Format)?;
        // Asked for by both rows; nothing installs twice at once.
        add_to_toolchain("target", &[WASM])?;
        browser::make_sure()?;
        need_strace();
        let beside = Beside::start()?;
        let mut steps = Step::value_variants().iter().filter(|step| {
            **step != Step::Format && !BESIDE.contains(step) && !ON_REQUEST.contains(step)
        });
        let result = steps.try_for_each(|step| self.announce(*step));
        if let Err(error) = &result {
            println!("error: {error:#}\nThe steps beside go on.");
        }
        result.and(beside.end(self))
    }

    fn announce(&mut self, step: Step) -> Result<()> {
        let name =
            step.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
        println!("== {name}");
        let (begin, work) = (Instant::now(), work_so_far());
        let result = self.take(step).with_context(|| format!("step {name} failed"));
        let taken = Taken { time: begin.elapsed(), work: work_so_far().saturating_sub(work) };
        println!("== {name} took {:.1?}", taken.time);
        self.taken.push((name, taken));
        result
    }

    /// Prints what each step took, and all together.
    fn print_times(&self) {
        let line = |name: &str, taken: Taken| {
            let [time, work] = [taken.time, taken.work].map(|one| one.as_secs_f64());
            println!("{name:<10} {time:>9.1} {work:>9.1}");
        };
        println!("\n{:<10} {:>9} {:>9}", "step", "seconds", "of CPU");
        let mut all = Taken::default();
        for (name, taken) in &self.taken {
            line(name, *taken);
            all.time += taken.time;
            all.work += taken.work;
        }
        line("all", all);
    }

    fn take(&mut self, step: Step) -> Result<()> {
        match step {
            Step::Format => {
                add_to_toolchain("component", &["rustfmt", "clippy"])?;
                run_command(&mut cargo(&["fmt", "--all", "--check"]))
            }
            Step::Check => {
                let check =
                    |part| run_command(&mut self.checked(&["build", "--all-targets"], part)?);
                PARTS.into_iter().try_for_each(check)
            }
            Step::Native => {
                need_strace();
                for part in PARTS {
                    self.count_tests(&mut self.checked(&["test", "--no-fail-fast"], part)?)?;
                }
                Ok(())
            }
            Step::Office => self.test_office(),
            Step::Supply => supply::check(),
            Step::Fuzz => fuzz::fuzz(&[], FUZZED),
            Step::Build => page::build(Warnings::Denied)?.check(),
            Step::Wasm => self.test_wasm(),
            Step::Page => self.test_page(),
            Step::Package => package::test(),
            Step::Engines => self.test_engines(),
            Step::Python => python::test(),
            Step::Reproduce => reproduce::check(),
        }
    }

    /// Cargo, with the workspace's own crates compiled by this program, which checks them.
    fn checked(&self, arguments: &[&str], part: &[&str]) -> Result<Command> {
        let mut cargo = cargo(arguments);
        compiler::take_part(cargo.args(part), this_program()?)?;
        compiler::deny_warnings(&mut cargo);
        // Nothing is compiled twice here, and what is kept for that takes time.
        cargo.env("CARGO_INCREMENTAL", "0");
        Ok(cargo)
    }

    /// The server of the page, compiled with what its tests are.
    fn server(&self) -> Result<PathBuf> {
        serve::compile_by(self.checked(&["build"], PARTS[0])?)
    }

    /// The tests that need a browser.
    fn in_browser(&self, driver: &Driver) -> Result<Command> {
        let mut tests = self.checked(&["test", "--test=page"], PARTS[0])?;
        tests.args(["--", "--ignored"]).env("FENTAN_DRIVER", driver.address());
        Ok(tests)
    }

    fn test_office(&mut self) -> Result<()> {
        let chromium = browser::chromium();
        let is_there = |program: &str| which::which(program).is_ok();
        let can = is_there("pdftotext") && is_there("soffice") && can_convert()?;
        let Some(chromium) = chromium.filter(|_| can) else {
            println!(
                "left out: it takes LibreOffice (libreoffice-calc, libreoffice-writer), Chromium and \
                 pdftotext (poppler-utils)"
            );
            return Ok(());
        };
        let mut tests = self.checked(&["test", "--test=papers"], PARTS[0])?;
        self.count_tests(tests.args(["--", "--ignored"]).env("CHROMIUM", chromium))
    }

    fn test_wasm(&mut self) -> Result<()> {
        let folder = target().join("wasm-tests");
        let program = page::compile(WASM_TESTS, Warnings::Denied)?;
        bind("tests", Path::new(&program), For::Modules, &folder)?;
        let driver = Driver::start()?;
        let mut tests = self.in_browser(&driver)?;
        self.count_tests(tests.arg(IN_BROWSER).env("FENTAN_WASM", fs::canonicalize(folder)?))
    }

    fn test_page(&mut self) -> Result<()> {
        browser::fetch_tools()?;
        // Tried in a page, too; the engine is compiled already.
        package::build()?;
        // Only packed: nothing is compiled for it.
        let file = target().join("single").join(single::NAME);
        single::write(&file)?;
        let driver = Driver::start()?;
        let server = Server::start(self.server()?, 0)?;
        let mut tests = self.in_browser(&driver)?;
        tests.env("FENTAN_PAGE", server.address()).env("FENTAN_SINGLE", fs::canonicalize(file)?);
        self.count_tests(tests.args(["--skip", IN_BROWSER, "--skip", IN_ANY_ENGINE]))
    }

    /// The page that was built last, in browsers of other engines, one after the other.
    fn test_engines(&mut self) -> Result<()> {
        let server = Server::start(self.server()?, 0)?;
        for start in [Engine::firefox, Engine::webkit] {
            let engine = start()?;
            println!("{}:", engine.name);
            let mut tests = self.checked(&["test", "--test=page"], PARTS[0])?;
            // A driver of these has one browser at a time.
            tests.args(["--", "--ignored", "--test-threads=1", IN_ANY_ENGINE]);
            tests.env("FENTAN_PAGE", server.address()).env("FENTAN_DRIVER", engine.address());
            tests.env("FENTAN_ENGINE", engine.name);
            tests.env("FENTAN_CAPABILITIES", engine.capabilities.to_string());
            self.count_tests(&mut tests)?;
        }
        Ok(())
    }

    /// Runs tests, passes on what they write, and adds up their results.
    fn count_tests(&mut self, command: &mut Command) -> Result<()> {
        let mut child =
            command.stdout(Stdio::piped()).spawn().with_context(|| cannot_start(command))?;
        let stdout = child.stdout.take().context("the tests have no output")?;
        self.pass_on(stdout)?;
        let status = child.wait()?;
        ensure!(status.success(), "{} ended with {status}", words(command));
        Ok(())
    }

    /// Prints what tests have written, and adds up their results.
    fn pass_on(&mut self, written: impl Read) -> Result<()> {
        for line in BufReader::new(written).lines() {
            let line = line?;
            println!("{line}");
            if let Some(results) = line.strip_prefix("test result: ") {
                self.passed += number_before(results, "passed");
                self.failed += number_before(results, "failed");
            }
        }
        Ok(())
    }
}

/// The steps that run beside the others, in a program of their own: what they print waits in a file until the
/// others are done.
struct Beside {
    child: Child,
    printed: File,
}

impl Beside {
    fn start() -> Result<Beside> {
        let printed = tempfile::tempfile()?;
        let mut command = command(this_program()?, &["test"]);
        let names = BESIDE.iter().filter_map(Step::to_possible_value);
        command.args(names.map(|value| value.get_name().to_owned()));
        command.stdout(printed.try_clone()?).stderr(printed.try_clone()?);
        let child = command.spawn().with_context(|| cannot_start(&command))?;
        Ok(Beside { child, printed })
    }

    /// Waits for their end, and prints what they have printed.
    fn end(mut self, session: &mut Session) -> Result<()> {
        let status = self.child.wait()?;
        println!("\n== beside");
        self.printed.rewind()?;
        session.pass_on(self.printed)?;
        println!("== beside ended");
        ensure!(status.success(), "the steps beside failed");
        Ok(())
    }
}

/// Whether LibreOffice is whole: its tables and its texts are installed apart from what starts it.
fn can_convert() -> Result<bool> {
    let folder = target().join("office");
    fs::create_dir_all(&folder)?;
    for (file, made) in [("cell.csv", "cell.xlsx"), ("line.txt", "line.docx")] {
        let (file, made) = (folder.join(file), folder.join(made));
        fs::write(&file, "1")?;
        let _ = fs::remove_file(&made);
        let into = made.extension().context("an ending")?;
        Command::new("soffice")
            .args(["--headless", "--convert-to"])
            .args([into, "--outdir".as_ref(), folder.as_os_str(), file.as_os_str()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()?;
        if !made.exists() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Where it can't be had, the test that needs it says that it was not tried.
fn need_strace() {
    if cfg!(target_os = "linux") {
        let _ = need("strace", "strace", "a test stops the program at every write");
    }
}

/// How long processors worked for the programs that this one has run; zero where the system does not say.
fn work_so_far() -> Duration {
    let told = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Behind the program's name, in hundredths of a second: as proc(5) counts, fields 16 and 17.
    let fields = told.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: u64 = fields.skip(13).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(10 * ticks)
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
