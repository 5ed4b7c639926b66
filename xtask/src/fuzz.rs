//! Fuzzing with libFuzzer, by the stable compiler: no cargo-fuzz and no nightly, since there is no unsafe
//! code whose memory would have to be watched.

use std::fs;

use anyhow::{Context, Result};
use clap::ValueEnum;

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

/// A kind of file that somebody may hand in: a program of `tests/fuzz/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum Target {
    /// A plan as JSON
    PlanJson,
    /// A plan as TOML
    PlanToml,
    /// A roster as CSV
    RosterCsv,
    /// A policy pack
    PolicyPack,
    /// A result to be verified
    Result,
    /// A link that holds scenarios
    Link,
    /// Files of offices
    Cells,
    /// A tariff with a flat
    Tariff,
    /// A ledger
    Ledger,
}

impl Target {
    /// Folders of files to begin with, all of them tested otherwise too.
    fn seeds(self) -> &'static [&'static str] {
        match self {
            Target::PlanJson | Target::Result => &["tests/vectors", "examples/sold-public-housing"],
            Target::PlanToml => &[
                "examples/puyang",
                "examples/lift-percent",
                "examples/lift-guangzhou",
                "cli/starter",
            ],
            Target::RosterCsv => &["examples/puyang", "examples/lift-guangzhou", "cli/starter"],
            Target::Cells => &["crates/import/tests/files"],
            Target::PolicyPack => &["core/policies"],
            Target::Link => &["tests/fuzz/seeds/link"],
            Target::Tariff => &["tests/fuzz/seeds/tariff"],
            Target::Ledger => &["tests/fuzz/seeds/ledger"],
        }
    }
}

/// Looks for so many seconds for bytes that break something, for each kind named or for all; what is
/// found is an error, and kept under `target/fuzz/found`.
pub fn fuzz(targets: &[Target], seconds: u32) -> Result<()> {
    need("c++", "g++", "libFuzzer is compiled from C++")?;
    let machine = output(&mut command("rustc", &["--version", "--verbose"]))?;
    let machine = machine.lines().find_map(|line| line.strip_prefix("host: "));
    let machine = machine.context("rustc does not say what machine this is")?;
    run(cargo(&["build", "--release", "--manifest-path=tests/fuzz/Cargo.toml", "--locked"])
        // Named, so that what builds is not compiled to count.
        .args(["--target", machine, "--target-dir", FOLDER])
        .env("RUSTFLAGS", COUNTING.join(" ")))?;
    let named = if targets.is_empty() { Target::value_variants() } else { targets };
    for target in named {
        let name = target.to_possible_value().context("a target has a name")?;
        let name = name.get_name();
        println!("== fuzz {name}");
        let (met, found) = (format!("{FOLDER}/met/{name}"), format!("{FOLDER}/found/{name}"));
        fs::create_dir_all(&met)?;
        fs::create_dir_all(&found)?;
        let program = format!("{FOLDER}/{machine}/release/{name}");
        let arguments = [
            format!("-max_total_time={seconds}"),
            format!("-artifact_prefix={found}/"),
            "-dict=tests/fuzz/words.dict".to_owned(),
            "-print_final_stats=1".to_owned(),
            "-timeout=20".to_owned(),
            "-verbosity=0".to_owned(),
        ];
        // What is met anew is kept in the first folder.
        let folders = std::iter::once(met.as_str()).chain(target.seeds().iter().copied());
        run(command(program, &[]).args(folders).args(arguments))?;
    }
    Ok(())
}
