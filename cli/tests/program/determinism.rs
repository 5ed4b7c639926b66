//! The same bytes whatever surrounds the program: language and place of the machine, its clock,
//! its cores, and the seeds that hash tables draw at every start.

use std::process::{Command, Output};

use crate::root;

const COMMANDS: [&[&str]; 8] = [
    &["split", "examples/puyang/plan.toml"],
    &["split", "examples/puyang/plan.toml", "--format", "json", "--receipt"],
    &["split", "examples/lift-guangzhou/plan.toml", "--format", "csv"],
    &["check", "tests/vectors/bad-duplicate.plan.json"],
    &["explain", "examples/puyang/plan.toml", "--household", "3-1-501"],
    &["vote", "examples/puyang/plan.toml", "--format", "json"],
    &["stress", "tests/stress/small.plan.json", "--format", "json"],
    &["policy", "show", "puyang-2020"],
];

/// Surroundings that have changed what programs write elsewhere.
const SURROUNDINGS: [&[(&str, &str)]; 4] = [
    // A comma for the point, an i without its dot in capitals.
    &[("LC_ALL", "tr_TR.UTF-8"), ("LANG", "tr_TR.UTF-8"), ("LANGUAGE", "tr")],
    &[("LC_ALL", "zh_CN.GB18030"), ("TZ", "Pacific/Kiritimati")],
    &[("TZ", "America/St_Johns"), ("RAYON_NUM_THREADS", "1")],
    &[("RAYON_NUM_THREADS", "7"), ("COLUMNS", "40"), ("TERM", "dumb")],
];

fn run(arguments: &[&str], surroundings: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fentan"))
        .args(arguments)
        .current_dir(root())
        .env_clear()
        .envs(surroundings.iter().copied())
        .output()
        .expect("the program starts")
}

#[test]
fn the_same_bytes_whatever_surrounds_the_program() {
    for command in COMMANDS {
        let first = run(command, &[]);
        assert!(!first.stdout.is_empty() || !first.stderr.is_empty(), "{command:?}");
        for surroundings in SURROUNDINGS {
            assert_eq!(run(command, surroundings), first, "{command:?} with {surroundings:?}");
        }
    }
}
