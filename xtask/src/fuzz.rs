//! Fuzzing with libFuzzer, by the stable compiler: no cargo-fuzz and no nightly, since there is no unsafe
//! code whose memory would have to be watched.

use std::fs;

use anyhow::{Context, Result};

use crate::command::{cargo, command, output, run};
use crate::debian::need;

/// What is compiled and found, apart from what is built otherwise.
const FOLDER: &str = "target/fuzz";

/// Has the compiler count which branches are taken, as cargo-fuzz does.
const COUNTING: [&str; 7] = [
    "--cfg=fuzzing",
    "-Ccodegen-units=1",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
];

#[path = "../../tests/fuzz/src/targets.rs"]
mod targets;

use targets::TARGETS;

/// The names of the kinds of files that somebody may hand in.
pub fn names() -> impl Iterator<Item = &'static str> {
    TARGETS.into_iter().map(|(name, _)| name)
}

/// Looks for so many seconds for bytes that break something, for each kind named or for all; what is
/// found is an error, and kept under `target/fuzz/found`.
pub fn fuzz(named: &[String], seconds: u32) -> Result<()> {
    need("c++", "g++", "libFuzzer is compiled from C++")?;
    let machine = output(&mut command("rustc", &["--version", "--verbose"]))?;
    let machine = machine.lines().find_map(|line| line.strip_prefix("host: "));
    let machine = machine.context("rustc does not say what machine this is")?;
    run(cargo(&["build", "--release", "--manifest-path=tests/fuzz/Cargo.toml", "--locked"])
        // Named, so that what builds is not compiled to count.
        .args(["--target", machine, "--target-dir", FOLDER])
        .env("RUSTFLAGS", COUNTING.join(" ")))?;
    for (name, seeds) in TARGETS {
        if !named.is_empty() && !named.iter().any(|one| one == name) {
            continue;
        }
        println!("== fuzz {name}");
        let (met, found) = (format!("{FOLDER}/met/{name}"), format!("{FOLDER}/found/{name}"));
        fs::create_dir_all(&met)?;
        fs::create_dir_all(&found)?;
        let program = format!("{FOLDER}/{machine}/release/fentan-fuzz");
        let arguments = [
            format!("-max_total_time={seconds}"),
            format!("-artifact_prefix={found}/"),
            "-dict=tests/fuzz/words.dict".to_owned(),
            "-print_final_stats=1".to_owned(),
            "-timeout=20".to_owned(),
            "-verbosity=0".to_owned(),
        ];
        // What is met anew is kept in the first folder.
        let folders = std::iter::once(met.as_str()).chain(seeds.iter().copied());
        run(command(program, &[]).args(folders).args(arguments).env("FENTAN_FUZZ", name))?;
    }
    Ok(())
}
