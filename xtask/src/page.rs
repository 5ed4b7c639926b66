//! Building the page into `dist/`: compiled, bound to JavaScript, compressed and weighed.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use brotli::enc::BrotliEncoderParams;
use walkdir::WalkDir;

use crate::command::{WASM, add_to_toolchain, cargo, output};

/// Where the built page is.
pub const FOLDER: &str = "dist";

/// The most bytes, compressed, that opening the page may take: 150 KB, a few seconds on a
/// slow mobile connection.
const LIMIT: usize = 150 * 1024;

/// The program of the page.
const PAGE: &str = "fentan-web";

/// A program that the page loads only when it is needed, which counts for nothing at its start.
const LATER: &str = "fentan-files";

/// How many bytes opening the page takes.
pub struct FirstLoad {
    compressed: usize,
}

impl FirstLoad {
    /// An error when the page is over its limit.
    pub fn check(&self) -> Result<()> {
        ensure!(
            self.compressed <= LIMIT,
            "the first load is {} bytes over its limit of {LIMIT}",
            self.compressed.saturating_sub(LIMIT)
        );
        Ok(())
    }
}

/// Builds the page and prints what its files weigh.
pub fn build() -> Result<FirstLoad> {
    add_to_toolchain("target", &[WASM])?;
    let programs = [PAGE, LATER].map(|package| compile(package).map(|wasm| (package, wasm)));
    if Path::new(FOLDER).exists() {
        fs::remove_dir_all(FOLDER).context("cannot empty dist/")?;
    }
    for program in programs {
        let (package, wasm) = program?;
        bind(package, &wasm)?;
    }
    copy_files()?;
    compress()
}

/// Compiles a program and gives back the path of its wasm file.
fn compile(package: &str) -> Result<String> {
    let messages = output(
        cargo(&[
            "build",
            "--package",
            package,
            "--profile=web",
            "--target",
            WASM,
            "--message-format=json-render-diagnostics",
        ])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", without_paths()?),
    )?;
    let mut wasm = None;
    for message in messages.lines() {
        let message: serde_json::Value =
            serde_json::from_str(message).context("cargo wrote a message that is not JSON")?;
        let files = message["filenames"].as_array().into_iter().flatten();
        // Cargo tells of packages after those they depend on: the program's own file is the last.
        wasm = files
            .filter_map(|file| file.as_str())
            .find(|file| file.ends_with(".wasm"))
            .map(str::to_owned)
            .or(wasm);
    }
    wasm.with_context(|| format!("cargo built {package} without a wasm file"))
}

/// Keeps the folder that libraries were unpacked into out of what a failure would say, so that
/// the page is the same bytes wherever it is built.
fn without_paths() -> Result<String> {
    let home = home::cargo_home().context("cannot find cargo's folder")?;
    Ok(format!("--remap-path-prefix={}/registry/src/=", home.display()))
}

/// Writes the wasm file and its JavaScript side into the folder.
fn bind(package: &str, wasm: &str) -> Result<()> {
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args([
        "wasm-bindgen",
        wasm,
        "--target=web",
        "--no-typescript",
        "--remove-name-section",
        "--remove-producers-section",
        "--out-name",
        package,
        "--out-dir",
        FOLDER,
    ])
}

/// Copies the files that need no building.
fn copy_files() -> Result<()> {
    let folder = Path::new(FOLDER);
    for (from, to) in
        [("index.html", "index.html"), ("web/start.js", "start.js"), ("web/style.css", "style.css")]
    {
        copy(Path::new(from), &folder.join(to))?;
    }
    let further = Path::new("web/static");
    if further.exists() {
        for entry in WalkDir::new(further) {
            let entry = entry?;
            if entry.file_type().is_file() {
                copy(entry.path(), &folder.join(entry.path().strip_prefix(further)?))?;
            }
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::copy(from, to).with_context(|| format!("cannot copy {}", from.display()))?;
    Ok(())
}

/// Puts a compressed copy beside every file, and prints the sizes of both.
fn compress() -> Result<FirstLoad> {
    let mut total = 0;
    let mut total_compressed = 0;
    let line = |name: &str, bytes: &str, compressed: &str| {
        println!("{name:<24} {bytes:>9} {compressed:>9}");
    };
    line("file", "bytes", "brotli");
    // Listed before the first copy is written, so that copies are not copied in turn.
    let entries: Vec<_> =
        WalkDir::new(FOLDER).sort_by_file_name().into_iter().collect::<Result<_, _>>()?;
    for entry in entries.iter().filter(|entry| entry.file_type().is_file()) {
        let bytes = fs::read(entry.path())?;
        let mut compressed = Vec::new();
        // The defaults are the strongest: quality 11.
        brotli::BrotliCompress(
            &mut bytes.as_slice(),
            &mut compressed,
            &BrotliEncoderParams::default(),
        )?;
        let name = entry.path().strip_prefix(FOLDER)?.display().to_string();
        line(&name, &bytes.len().to_string(), &compressed.len().to_string());
        if !name.starts_with(LATER) {
            total += bytes.len();
            total_compressed += compressed.len();
        }
        let mut beside = entry.path().as_os_str().to_owned();
        beside.push(".br");
        fs::write(beside, compressed)?;
    }
    line("first load", &total.to_string(), &total_compressed.to_string());
    line("limit", "", &LIMIT.to_string());
    Ok(FirstLoad { compressed: total_compressed })
}
