//! Benchmarks: times to compare within one run, printed and never judged.

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::browser::Driver;
use crate::command::{add_to_toolchain, cargo, command, output, run as run_command, target};
use crate::page::{self, Warnings};
use crate::serve::{self, Server};

/// Something that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Subject {
    /// The split and the scenarios, on this machine
    Engine,
    /// A cell of the kernel, on this machine and in wasm under Node.js by turns
    Kernel,
    /// A county's run, from CSV to CSV, beside CSV alone
    County,
    /// The page in a browser: from an edit to what is repainted, and scrolling
    Page,
    /// The view of payments with 10,000 homes and 50,000 payments: from what is done to what is repainted
    Collection,
    /// A programme of 3,000 compounds in the page: from a filter to what is repainted
    Programme,
    /// The calculator in a slow browser: until its first figure
    Widget,
}

/// Measures the subjects named, or all when none is.
pub fn run(named: &[Subject]) -> Result<()> {
    let subjects = if named.is_empty() { Subject::value_variants() } else { named };
    subjects.iter().try_for_each(|subject| match subject {
        Subject::Engine => run_command(&mut cargo(&["bench", "--package=fentan-core"])),
        Subject::Kernel => kernel(),
        Subject::County => county(),
        Subject::Page => run_in_browser("--bench=page"),
        Subject::Collection => run_in_browser("--bench=collection"),
        Subject::Programme => run_in_browser("--bench=programme"),
        Subject::Widget => run_in_browser("--bench=widget"),
    })
}

/// The target of the kernel in wasm: one whose programs have a clock and an output.
const WASI: &str = "wasm32-wasip1";

/// Runs of the kernel.
const ROUNDS: usize = 5;

/// Starts a program of WASI under Node.js.
const NODE: &str = "
    const { readFile } = await import('node:fs/promises');
    const { WASI } = await import('node:wasi');
    const wasi = new WASI({ version: 'preview1' });
    const program = await WebAssembly.compile(await readFile(process.argv[1]));
    wasi.start(await WebAssembly.instantiate(program, wasi.getImportObject()));
";

fn kernel() -> Result<()> {
    add_to_toolchain("target", &[WASI])?;
    let build = ["build", "--release", "--package=fentan-bench", "--bin=kernel"];
    run_command(&mut cargo(&build))?;
    run_command(cargo(&build).args(["--target", WASI]))?;
    let native = target().join("release/kernel");
    let wasm = target().join(WASI).join("release/kernel.wasm");
    let wasm = wasm.to_str().context("a path that is no UTF-8")?;
    println!("nanoseconds a cell: the median of a run, the least of it");
    for _ in 0..ROUNDS {
        let native = output(&mut command(&native, &[]))?;
        let node = ["--no-warnings", "--input-type=module", "--eval", NODE, wasm];
        let wasm = output(&mut command("node", &node))?;
        println!("native {}   wasm {}", native.trim(), wasm.trim());
    }
    Ok(())
}

fn county() -> Result<()> {
    let build = ["build", "--release", "--package=fentan-bench", "--package=fentan"];
    run_command(&mut cargo(&build))?;
    let release = target().join("release");
    let folder = tempfile::tempdir()?;
    for (name, size) in [
        ("a county", ["300", "800", "20"]),
        ("ten times the compounds", ["3000", "800", "20"]),
        ("a hundredth of the country", ["1700", "247", "20"]),
    ] {
        println!("== {name}");
        let mut county = command(release.join("county"), &[]);
        county.arg(release.join("fentan")).arg(folder.path().join(name));
        run_command(county.args(size))?;
    }
    Ok(())
}

fn run_in_browser(bench: &str) -> Result<()> {
    page::build(Warnings::Denied)?;
    let driver = Driver::start()?;
    let server = Server::start(serve::compile()?, 0)?;
    run_command(
        // What steers the browser need not be fast, and is built for the tests already.
        cargo(&["bench", "--profile=dev", "--package=fentan-tests", bench])
            .env("FENTAN_DRIVER", driver.address())
            .env("FENTAN_PAGE", server.address()),
    )
}
