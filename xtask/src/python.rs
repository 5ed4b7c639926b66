//! The Python module, and its example on Spark beside `fentan programme run`.

use std::env;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};

use crate::command::{cargo, command, output, run as run_command};

/// Builds the module into an environment of its own, and runs the example on a county.
pub fn run() -> Result<()> {
    if output(&mut command("python3", &["--version"])).is_err() {
        println!("skipped: there is no python3");
        return Ok(());
    }
    let target = PathBuf::from(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()));
    let target =
        target.canonicalize().or_else(|_| env::current_dir().map(|here| here.join("target")))?;
    let environment = target.join("python");
    let text = environment.to_str().context("a path that is no UTF-8")?;
    run_command(&mut command("python3", &["-m", "venv", text]))?;
    let python = environment.join("bin/python");
    let pip = ["-m", "pip", "install", "--quiet", "./python", "pyspark", "pytest"];
    run_command(command(&python, &pip).env("CARGO_TARGET_DIR", target.join("python-build")))?;
    run_command(&mut command(&python, &["-m", "pytest", "--quiet", "python/tests"]))?;
    if output(&mut command("java", &["-version"])).is_err() {
        println!("the example on Spark was skipped: there is no java");
        return Ok(());
    }
    run_command(&mut cargo(&["build", "--release", "--package=fentan", "--package=fentan-bench"]))?;
    let folder = tempfile::tempdir()?;
    let (county, out) = (folder.path().join("county"), folder.path().join("out"));
    run_command(command(target.join("release/generate"), &["40", "100", "20"]).arg(&county))?;
    let programme = county.join("programme.toml");
    let mut run = command(target.join("release/fentan"), &["programme", "run"]);
    run_command(run.arg(&programme).arg("--out").arg(&out))?;
    let example = "python/examples/spark_programme.py";
    let spark = output(command(&python, &[example]).arg(&programme))?;
    let found = spark.lines().rev().find(|line| line.starts_with('{')).unwrap_or_default();
    let expected = totals(&fs::read_to_string(out.join("compounds.csv"))?)?;
    ensure!(found == expected, "Spark: {found}\nfentan: {expected}");
    println!("Spark and fentan programme run: {found}");
    Ok(())
}

/// What the compounds of a run come to, as the example prints it.
fn totals(compounds: &str) -> Result<String> {
    let (mut count, mut budget, mut residents) = (0, 0u128, 0u128);
    for row in compounds.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let fen = |cell: usize| {
            cells.get(cell).context("a cell")?.replace('.', "").parse().context("fen")
        };
        count += 1;
        budget += fen(6)?;
        residents += fen(7)?;
    }
    let yuan = |fen: u128| format!("{}.{:02}", fen / 100, fen % 100);
    Ok(format!(
        "{{\"compounds\": {count}, \"budget\": \"{}\", \"residents\": \"{}\", \"sources\": \"{}\"}}",
        yuan(budget),
        yuan(residents),
        yuan(budget - residents)
    ))
}
