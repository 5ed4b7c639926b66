//! What is measured beside what, each pair in one run.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::command::{add_to_toolchain, cargo, command, output, run as run_command};

/// The target of the kernel in wasm: one whose programs have a clock and an output.
const WASI: &str = "wasm32-wasip1";

/// Runs of the kernel, of which the best counts on a machine that does other things too.
const ROUNDS: usize = 5;

/// Starts a program of WASI under Node.js.
const NODE: &str = "
    const { readFile } = await import('node:fs/promises');
    const { WASI } = await import('node:wasi');
    const wasi = new WASI({ version: 'preview1' });
    const program = await WebAssembly.compile(await readFile(process.argv[1]));
    wasi.start(await WebAssembly.instantiate(program, wasi.getImportObject()));
";

/// Measures and prints.
pub fn run() -> Result<()> {
    add_to_toolchain("target", &[WASI])?;
    let build = ["build", "--release", "--package=fentan-bench", "--package=fentan"];
    run_command(&mut cargo(&build))?;
    run_command(&mut cargo(&[&build[..3], &["--bin=kernel", "--target", WASI]].concat()))?;
    let target = PathBuf::from(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()));
    let release = target.join("release");
    kernel(&release.join("kernel"), &target.join(WASI).join("release/kernel.wasm"))?;

    let folder = tempfile::tempdir()?;
    for (name, size) in [
        ("a county", ["300", "800", "20"]),
        ("ten times the compounds", ["3000", "800", "20"]),
        ("a hundredth of the country", ["1700", "247", "20"]),
    ] {
        println!("== {name}");
        let (folder, fentan) = (folder.path().join(name), release.join("fentan"));
        let mut county = command(release.join("county"), &[]);
        run_command(county.arg(fentan).arg(folder).args(size))?;
    }
    Ok(())
}

/// Prints nanoseconds a cell, natively and in wasm by turns.
fn kernel(native: &std::path::Path, wasm: &std::path::Path) -> Result<()> {
    println!("== the kernel, nanoseconds a cell: the median of a run, the least of it");
    let wasm = wasm.to_str().context("a path that is no UTF-8")?;
    for _ in 0..ROUNDS {
        let native = output(&mut command(native, &[]))?;
        let node = ["--no-warnings", "--input-type=module", "--eval", NODE, wasm];
        let wasm = output(&mut command("node", &node))?;
        println!("native {}   wasm {}", native.trim(), wasm.trim());
    }
    Ok(())
}
