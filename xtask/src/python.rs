//! The package for Python: built as it is given away, typed, and used, on Spark too.

use std::env;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::command::{cargo, command, run, target};
use crate::debian::{install, need};

/// Where what the tests need is put, once.
const TOOLS: &str = "target/tools/python";
/// What builds the wheel.
const MATURIN: &str = "maturin==1.16.0";
/// What they need, beside the package itself; Spark brings 400 MB of its own.
const NEEDED: [&str; 3] = [MATURIN, "mypy==2.4.1", "pyspark==4.3.0"];
/// Where what builds the wheel is put, where nothing is tested.
const BUILDS: &str = "target/tools/wheel";

/// Builds the wheel, installs it, checks the types of the package, of its tests and of the job for
/// Spark, and runs the tests.
pub fn test() -> Result<()> {
    need("java", "default-jre-headless", "Spark runs on Java")?;
    make_sure(TOOLS, &NEEDED)?;
    let python = fs::canonicalize(TOOLS).context("there is no Python")?.join("bin/python");
    let wheels = Path::new(TOOLS).join("wheels");
    if wheels.exists() {
        fs::remove_dir_all(&wheels)?;
    }
    build_wheel(TOOLS, &wheels)?;
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

/// Builds the wheel into a folder.
pub fn wheel(to: &Path) -> Result<()> {
    make_sure(BUILDS, &[MATURIN])?;
    build_wheel(BUILDS, to)
}

/// Makes a place of its own for Python, with what is needed in it, once.
fn make_sure(place: &str, needed: &[&str]) -> Result<()> {
    let installed = Path::new(place).join(needed.join(" "));
    if installed.exists() {
        return Ok(());
    }
    need("python3", "python3", "the package for Python is made with it")?;
    if run(&mut command("python3", &["-m", "venv", "--clear", place])).is_err() {
        install(&["python3-venv"], "Python makes a place of its own for what is needed")?;
        run(&mut command("python3", &["-m", "venv", "--clear", place]))?;
    }
    let python = Path::new(place).join("bin/python");
    run(command(python, &["-m", "pip", "install", "--quiet"]).args(needed))?;
    fs::write(&installed, "").context("cannot write into target/tools")
}

fn build_wheel(place: &str, to: &Path) -> Result<()> {
    let place = fs::canonicalize(place).context("there is no Python")?;
    run(command(place.join("bin/maturin"), &["build", "--quiet", "--release", "--locked"])
        .args(["--manifest-path", "packages/python/Cargo.toml", "--interpreter"])
        .arg(place.join("bin/python"))
        .arg("--out")
        .arg(to))
}
