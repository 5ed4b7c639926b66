//! Running other programs.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use anyhow::{Context, Result, ensure};

/// The target of the page.
pub const WASM: &str = "wasm32-unknown-unknown";

/// The path of this program, as it was when it was first asked for: a later build may put another file in its place.
pub fn this_program() -> Result<&'static Path> {
    static PATH: OnceLock<PathBuf> = OnceLock::new();
    let path = match PATH.get() {
        Some(path) => path,
        None => {
            let path = std::env::current_exe().context("cannot find the path of this program")?;
            PATH.get_or_init(|| path)
        }
    };
    Ok(path)
}

/// What keeps the compiler from writing down the folders of this machine that libraries were unpacked into, one for each
/// registry and named after it.
pub fn remapped_libraries() -> Result<String> {
    let home = home::cargo_home().context("cannot find cargo's folder")?;
    let registries = home.join("registry").join("src");
    let mut remapped = Vec::new();
    for registry in std::fs::read_dir(&registries).context("cannot find any library")? {
        remapped.push(format!("--remap-path-prefix={}/=", registry?.path().display()));
    }
    remapped.sort_unstable();
    Ok(remapped.join(" "))
}

/// A program with its arguments.
pub fn command(program: impl AsRef<OsStr>, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments);
    command
}

/// The cargo that runs this program, with arguments.
pub fn cargo(arguments: &[&str]) -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()), arguments)
}

/// Where cargo builds.
pub fn target() -> PathBuf {
    PathBuf::from(std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// Runs a program to its end; failing is an error.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| cannot_start(command))?;
    ensure!(status.success(), "{} ended with {status}", words(command));
    Ok(())
}

/// Runs a program to its end and gives back what it wrote to its standard output.
pub fn output(command: &mut Command) -> Result<String> {
    let output =
        command.stderr(Stdio::inherit()).output().with_context(|| cannot_start(command))?;
    ensure!(output.status.success(), "{} ended with {}", words(command), output.status);
    String::from_utf8(output.stdout).context("the output of a program is not text")
}

/// Adds the targets or components (`kind`) of the Rust toolchain that are missing.
///
/// `rust-toolchain.toml` names them too, but rustup may be set not to install on its own.
pub fn add_to_toolchain(kind: &str, names: &[&str]) -> Result<()> {
    let installed = output(&mut command("rustup", &[kind, "list", "--installed"]))?;
    for name in names {
        // A component is listed with the machine's triple behind its name.
        if !installed.lines().any(|line| line.starts_with(name)) {
            run(&mut command("rustup", &[kind, "add", name]))?;
        }
    }
    Ok(())
}

/// What to say when a program does not even start.
pub fn cannot_start(command: &Command) -> String {
    format!("cannot start {}", words(command))
}

/// A command as one would type it, its program without the path.
pub fn words(command: &Command) -> String {
    let program = Path::new(command.get_program());
    std::iter::once(program.file_name().unwrap_or_default())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}
