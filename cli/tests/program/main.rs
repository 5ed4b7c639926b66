//! The program, run as a user runs it.

mod ask;
mod book;
mod cash;
mod changes;
mod collection;
mod commands;
mod conformance;
mod desk;
mod determinism;
mod examples;
mod faults;
mod files;
mod guide;
mod help;
mod hostile;
mod import;
mod ledger;
mod mend;
mod merge;
mod papers;
mod policies;
mod portion;
mod programme;
mod publish;
mod reasons;
mod receipts;
mod reconcile;
mod scenarios;
mod schemas;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// What the program answered.
pub(crate) struct Answer {
    pub(crate) status: i32,
    pub(crate) output: String,
    pub(crate) errors: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.output).expect("JSON on standard output")
    }
}

/// Runs the program at the root of the repository, with something on standard input.
pub(crate) fn fentan_with(arguments: &[&str], input: &[u8]) -> Answer {
    let mut program = Command::new(env!("CARGO_BIN_EXE_fentan"))
        .args(arguments)
        .current_dir(root())
        .env_remove("FENTAN_LANG")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut standard_input = program.stdin.take().expect("a standard input");
    // The program may end without reading it all.
    let _ = standard_input.write_all(input);
    drop(standard_input);
    let output = program.wait_with_output().expect("the program ends");
    Answer {
        status: output.status.code().expect("no signal"),
        output: String::from_utf8(output.stdout).expect("UTF-8"),
        errors: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// Runs the program at the root of the repository.
pub(crate) fn fentan(arguments: &[&str]) -> Answer {
    fentan_with(arguments, b"")
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
