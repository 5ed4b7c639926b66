//! The package for Python: built as it is given away, typed, and used, on Spark too.

use std::env;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::command::{cargo, command, run, target};
use crate::debian::{install, need};

/// Where what the tests need is put, once.
const TOOLS: &str = "target/tools/python";
/// What they need, beside the package itself; Spark brings 400 MB of its own.
const NEEDED: [&str; 3] = ["maturin==1.16.0", "mypy==2.4.1", "pyspark==4.3.0"];

/// Builds the wheel, installs it, checks the types of the package, of its tests and of the job for
/// Spark, and runs the tests.
pub fn test() -> Result<()> {
    need("java", "default-jre-headless", "Spark runs on Java")?;
    let bin = Path::new(TOOLS).join("bin");
    let installed = Path::new(TOOLS).join(NEEDED.join(" "));
    if !installed.exists() {
        need("python3", "python3", "the package for Python is tested with it")?;
        if run(&mut command("python3", &["-m", "venv", "--clear", TOOLS])).is_err() {
            install(&["python3-venv"], "Python makes a place of its own for what tests need")?;
            run(&mut command("python3", &["-m", "venv", "--clear", TOOLS]))?;
        }
        run(command(bin.join("python"), &["-m", "pip", "install", "--quiet"]).args(NEEDED))?;
        fs::write(&installed, "").context("cannot write into target/tools")?;
    }
    let python = fs::canonicalize(TOOLS).context("there is no Python")?.join("bin/python");
    let wheels = Path::new(TOOLS).join("wheels");
    if wheels.exists() {
        fs::remove_dir_all(&wheels)?;
    }
    run(command(bin.join("maturin"), &["build", "--quiet", "--release", "--locked"])
        .args(["--manifest-path", "packages/python/Cargo.toml", "--interpreter"])
        .arg(&python)
        .arg("--out")
        .arg(&wheels))?;
    let install = ["-m", "pip", "install", "--quiet", "--no-index", "--no-deps"];
    run(command(&python, &install)
        .args(["--force-reinstall", "--find-links"])
        .arg(&wheels)
        .arg("fentan"))?;
    run(&mut command(
        &python,
        &[
            "-m",
            "mypy",
            "--strict",
            "--cache-dir=target/tools/mypy",
            "tests/python",
            "examples/spark/job.py",
        ],
    ))?;
    let programs = ["build", "--package=fentan", "--package=fentan-bench", "--bins"];
    run(&mut cargo(&programs))?;
    let built = env::current_dir()?.join(target()).join("debug");
    run(command(&python, &["-B", "-m", "unittest", "discover", "--start", "tests/python"])
        .env("FENTAN", built.join("fentan"))
        .env("FENTAN_GENERATE", built.join("generate"))
        .env("PYSPARK_PYTHON", &python))
}
