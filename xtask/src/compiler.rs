//! This program as cargo's compiler of the workspace's own crates: each is compiled once, and by that
//! linted, documented, and ready for its tests or for a browser. Cargo's own ways of linting and of documenting
//! would read all libraries once more.

use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context, Result};

use crate::command::{WASM, cannot_start, target};

/// What the documentation is written by, of all that the compiler is told.
const OF_DOCUMENTATION: [&str; 8] = [
    "--crate-name",
    "--crate-type",
    "--cfg",
    "--check-cfg",
    "--error-format",
    "--json",
    "--extern",
    "-L",
];

/// What it is told besides of a program.
const OF_A_PROGRAM: [&str; 2] =
    ["--document-private-items", "--allow=rustdoc::private-intra-doc-links"];

/// Whether cargo calls this program as its compiler: the first argument is then the real one.
pub fn is_asked(first: Option<&OsString>) -> bool {
    first.is_some_and(|first| Path::new(first).file_stem() == Some(OsStr::new("rustc")))
}

/// Has cargo call a program, this one, as its compiler. Cargo names what is compiled after what compiles it, and the
/// order of functions follows names: so it is told the program's name alone, and finds it by its search path. Else the
/// same sources in two folders would not be the same bytes.
pub fn take_part(cargo: &mut Command, this_program: &Path) -> Result<()> {
    let name = this_program.file_name().context("a program without a name")?;
    let folder = this_program.parent().context("a program in no folder")?;
    let searched = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.to_owned()).chain(std::env::split_paths(&searched));
    cargo.env("RUSTC_WORKSPACE_WRAPPER", name).env("PATH", std::env::join_paths(folders)?);
    Ok(())
}

/// Has whatever Clippy warns of be an error.
pub fn deny_warnings(cargo: &mut Command) {
    // As `cargo clippy -- --deny=warnings` has it, and of cargo itself: it compiles anew where this changes.
    cargo.env("CLIPPY_ARGS", "--deny=warnings__CLIPPY_HACKERY__");
}

/// Compiles a crate, as cargo asks for it.
pub fn compile(arguments: &[OsString]) -> Result<ExitStatus> {
    let (rustc, of_crate) = arguments.split_first().context("cargo names no compiler")?;
    let is_for_a_browser = of_crate.iter().any(|one| one == WASM);
    match source(of_crate) {
        Some(_) if is_for_a_browser => compile_for_a_browser(rustc, of_crate),
        _ => compile_for_tests(rustc, of_crate),
    }
}

/// Has Clippy read a crate while the compiler compiles it: what Clippy compiles is not optimized as a program for
/// visitors must be.
fn compile_for_a_browser(rustc: &OsStr, of_crate: &[OsString]) -> Result<ExitStatus> {
    let mut lint = Command::new(beside(rustc, "clippy-driver"));
    lint.arg(rustc).args(linted(of_crate)).stderr(Stdio::piped());
    let linting = lint.spawn().with_context(|| cannot_start(&lint))?;
    let mut compiler = Command::new(rustc);
    // Clippy says what the compiler would.
    compiler.args(of_crate).arg("--cap-lints=allow");
    let compiled = compiler.status().with_context(|| cannot_start(&compiler))?;
    let linted = linting.wait_with_output()?;
    std::io::stderr().write_all(&linted.stderr)?;
    Ok(if compiled.success() { linted.status } else { compiled })
}

/// What Clippy is told of a crate that it only reads: what it writes is nobody's.
fn linted(of_crate: &[OsString]) -> Vec<OsString> {
    let scratch = target().join("linted");
    let mut told = Vec::new();
    let mut rest = of_crate.iter();
    while let Some(one) = rest.next() {
        match one.to_str().unwrap_or_default() {
            "--out-dir" => {
                rest.next();
            }
            emit if emit.starts_with("--emit=") => told.push("--emit=metadata".into()),
            // Cargo would take what is written here for what it waits for.
            json if json.starts_with("--json=") => {
                told.push(json.replace(",artifacts", "").into());
            }
            _ => told.push(one.clone()),
        }
    }
    told.extend(["--out-dir".into(), scratch.into()]);
    told
}

/// Has Clippy compile a crate, and writes its documentation where it is no test.
fn compile_for_tests(rustc: &OsStr, of_crate: &[OsString]) -> Result<ExitStatus> {
    let mut clippy = Command::new(beside(rustc, "clippy-driver"));
    clippy.arg(rustc).args(of_crate);
    let compiled = clippy.status().with_context(|| cannot_start(&clippy))?;
    match documented(of_crate).filter(|_| compiled.success()) {
        None => Ok(compiled),
        Some(of_documentation) => {
            let mut rustdoc = Command::new(beside(rustc, "rustdoc"));
            rustdoc.args(of_documentation).arg("--deny=warnings");
            rustdoc.arg("--out-dir").arg(target().join("doc"));
            rustdoc.status().with_context(|| cannot_start(&rustdoc))
        }
    }
}

/// A program of the compiler's toolchain.
fn beside(rustc: &OsStr, program: &str) -> PathBuf {
    Path::new(rustc).with_file_name(program)
}

/// The file that a crate begins with; `None` for a question about the compiler.
fn source(of_crate: &[OsString]) -> Option<&str> {
    let mut texts = of_crate.iter().filter_map(|one| one.to_str());
    texts.find(|one| one.ends_with(".rs") && !one.starts_with('-'))
}

/// What the documentation of a crate is told; `None` for what has no documentation: tests, build scripts, questions
/// about the compiler.
fn documented(of_crate: &[OsString]) -> Option<Vec<OsString>> {
    let texts: Vec<&str> = of_crate.iter().filter_map(|one| one.to_str()).collect();
    let is_given = |name: &str| texts.contains(&name);
    let source = source(of_crate)?;
    if is_given("--test") || source.ends_with("build.rs") {
        return None;
    }
    let mut told = vec![OsString::from(source)];
    // Of a program all is private and linked to, as `cargo doc` has it.
    if is_given("bin") {
        told.extend(OF_A_PROGRAM.map(OsString::from));
    }
    let mut rest = texts.iter();
    while let Some(one) = rest.next() {
        let name = one.split('=').next().unwrap_or_default();
        if name == "--edition" || (OF_DOCUMENTATION.contains(&name) && one.contains('=')) {
            told.push(one.into());
        } else if OF_DOCUMENTATION.contains(&name) {
            told.push(one.into());
            told.extend(rest.next().map(OsString::from));
        }
    }
    Some(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_clippy_reads_is_written_where_nobody_looks() {
        let crate_for_a_browser = "--crate-name one one/src/lib.rs --error-format=json \
             --json=diagnostic-rendered-ansi,artifacts,future-incompat \
             --emit=dep-info,metadata,link --out-dir target/web -L dependency=target";
        let arguments: Vec<_> = crate_for_a_browser.split(' ').map(OsString::from).collect();
        let told = linted(&arguments).join(OsStr::new(" "));
        let scratch = target().join("linted");
        let expected = format!(
            "--crate-name one one/src/lib.rs --error-format=json \
             --json=diagnostic-rendered-ansi,future-incompat --emit=metadata \
             -L dependency=target --out-dir {}",
            scratch.display()
        );
        assert_eq!(told.into_string().expect("UTF-8"), expected);
    }

    fn told(arguments: &str) -> Option<String> {
        let arguments: Vec<_> = arguments.split(' ').map(OsString::from).collect();
        let told = documented(&arguments)?;
        Some(told.join(OsStr::new(" ")).into_string().expect("UTF-8"))
    }

    #[test]
    fn what_is_no_test_is_documented() {
        let library = "--crate-name one --edition=2024 one/src/lib.rs --error-format=json \
             --crate-type lib --emit=dep-info,metadata,link -C debuginfo=0 --cfg feature=\"x\" \
             --out-dir target -L dependency=target --extern two=libtwo.rmeta";
        let expected = "one/src/lib.rs --crate-name one --edition=2024 --error-format=json \
             --crate-type lib --cfg feature=\"x\" -L dependency=target --extern two=libtwo.rmeta";
        assert_eq!(told(library).as_deref(), Some(expected));
        let program = told("--crate-name one one/src/main.rs --crate-type bin");
        let expected =
            format!("one/src/main.rs {} --crate-name one --crate-type bin", OF_A_PROGRAM.join(" "));
        assert_eq!(program, Some(expected));
        assert_eq!(told(&format!("{library} --test")), None);
        assert_eq!(told("--crate-name build_script_build one/build.rs --crate-type bin"), None);
        assert_eq!(told("- --crate-name ___ --print=file-names"), None);
    }
}
