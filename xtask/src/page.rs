//! Building the page into `dist/`: compiled, bound to JavaScript, compressed and weighed.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use brotli::enc::BrotliEncoderParams;
use fentan_words::{Language, keys, say};
use walkdir::WalkDir;
use wasm_bindgen_cli_support::Bindgen;

use crate::command::{WASM, add_to_toolchain, cargo, output};
use crate::offline;
use crate::shorten::{shorten, shorten_program};
use crate::widget;

/// Where the built page is.
pub const FOLDER: &str = "dist";

/// The most bytes, compressed, that opening the page may take: a few seconds on a slow mobile
/// connection.
const LIMIT: usize = 250 * 1024;

/// The program of the page.
const PAGE: &str = "fentan-web";

/// The programs that the page loads only when they are needed.
pub const ON_DEMAND: &[&str] = &[
    "fentan-charts",
    "fentan-files",
    "fentan-ledgers",
    "fentan-papers",
    "fentan-reasons",
    "fentan-scenarios",
    "fentan-workbooks",
];

/// What a browser loads beside the page or after it has started: names, or how they begin.
const BESIDE: [&str; 4] = ["en.json", "icons/", "manifest.webmanifest", offline::SERVICE_WORKER];

/// The files that need no building, and their names in the page.
const COPIED: [(&str, &str); 11] = [
    ("index.html", "index.html"),
    ("ledgers/style.css", "fentan-ledgers.css"),
    ("crates/papers/style.css", "fentan-papers.css"),
    ("crates/papers/worker.js", "fentan-papers.worker.js"),
    ("web/later.js", "later.js"),
    ("web/scenarios.css", "fentan-scenarios.css"),
    ("web/scenarios-worker.js", "fentan-scenarios-worker.js"),
    ("web/start.js", "start.js"),
    ("web/style.css", "style.css"),
    ("web/worker.js", "worker.js"),
    ("workbooks/style.css", "fentan-workbooks.css"),
];

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
    let [element, plans] = widget::PACKAGES.map(compile);
    let widget = [element?, plans?];
    let programs = std::iter::once(PAGE)
        .chain(ON_DEMAND.iter().copied())
        .map(|package| Ok((package, compile(package)?)))
        .collect::<Result<Vec<_>>>()?;
    if Path::new(FOLDER).exists() {
        fs::remove_dir_all(FOLDER).context("cannot empty dist/")?;
    }
    for (package, wasm) in programs {
        bind(package, &wasm)?;
    }
    copy_files()?;
    write_english()?;
    let folder = Path::new(FOLDER);
    offline::write_service_worker(&files(folder)?)?;
    // Not of the page: whoever visits the one does not keep the other.
    widget::build(&widget)?;
    let files = files(folder)?;
    let first_load = compress(&files)?;
    widget::weigh(&files)?;
    Ok(first_load)
}

/// Compiles a program and gives back the path of its wasm file.
pub fn compile(package: &str) -> Result<String> {
    // Named here and not in each `Cargo.toml`: for a library that is linked to others as well, all
    // that it stands on would be compiled another time, and to machine code besides.
    let as_program: &[_] =
        if package == PAGE { &["build"] } else { &["rustc", "--lib", "--crate-type=cdylib"] };
    let messages = output(
        cargo(as_program)
            .args(["--package", package, "--profile=web", "--target", WASM])
            .arg("--message-format=json-render-diagnostics")
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
    run_bindgen(package, wasm, "web", Types::LeftOut, Path::new(FOLDER))?;
    shorten_program(Path::new(FOLDER), package)
}

/// Whether the TypeScript types of a program are written beside it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Types {
    Written,
    LeftOut,
}

/// Writes the two sides of a program under a name, for a target of wasm-bindgen's.
pub fn run_bindgen(
    name: &str,
    wasm: &str,
    target: &str,
    types: Types,
    folder: &Path,
) -> Result<()> {
    let mut bindgen = Bindgen::new();
    match target {
        "no-modules" => bindgen.no_modules(true)?,
        _ => bindgen.web(true)?,
    }
    .input_path(wasm)
    .out_name(name)
    .typescript(types == Types::Written)
    .omit_default_module_path(false)
    .remove_name_section(true)
    .remove_producers_section(true);
    bindgen.generate(folder)
}

/// Copies the files that need no building.
fn copy_files() -> Result<()> {
    let folder = Path::new(FOLDER);
    for (from, to) in COPIED {
        copy(Path::new(from), &folder.join(to))?;
        shorten(&folder.join(to))?;
    }
    let further = Path::new("web/static");
    for entry in WalkDir::new(further) {
        let entry = entry?;
        if entry.file_type().is_file() {
            copy(entry.path(), &folder.join(entry.path().strip_prefix(further)?))?;
        }
    }
    Ok(())
}

/// Writes the texts that the page learns when English is spoken.
fn write_english() -> Result<()> {
    let texts: Vec<_> = keys().map(|key| say(Language::English, key)).collect();
    let path = Path::new(FOLDER).join(format!("{}.json", Language::English.tag()));
    fs::write(path, serde_json::to_string(&texts)?).context("cannot write the texts in English")
}

/// Copies a file into a folder that may still be missing.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::copy(from, to).with_context(|| format!("cannot copy {}", from.display()))?;
    Ok(())
}

/// A file of the built page.
pub struct File {
    /// Its address, relative to the page's.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// The files of a built page, by name.
pub fn files(folder: &Path) -> Result<Vec<File>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            let parts =
                entry.path().strip_prefix(folder)?.iter().map(|part| part.to_string_lossy());
            let name = parts.collect::<Vec<_>>().join("/");
            files.push(File { name, bytes: fs::read(entry.path())? });
        }
    }
    Ok(files)
}

/// Puts a compressed copy beside every file, and prints the sizes of both.
fn compress(files: &[File]) -> Result<FirstLoad> {
    let mut total = 0;
    let mut total_compressed = 0;
    let line = |name: &str, bytes: &str, compressed: &str| {
        println!("{name:<24} {bytes:>9} {compressed:>9}");
    };
    line("file", "bytes", "brotli");
    for File { name, bytes } in files {
        let mut compressed = Vec::new();
        // The defaults are the strongest: quality 11.
        brotli::BrotliCompress(
            &mut bytes.as_slice(),
            &mut compressed,
            &BrotliEncoderParams::default(),
        )?;
        line(name, &bytes.len().to_string(), &compressed.len().to_string());
        if is_of_first_load(name) {
            total += bytes.len();
            total_compressed += compressed.len();
        }
        fs::write(Path::new(FOLDER).join(format!("{name}.br")), compressed)?;
    }
    line("first load", &total.to_string(), &total_compressed.to_string());
    line("limit", "", &LIMIT.to_string());
    Ok(FirstLoad { compressed: total_compressed })
}

/// Whether the first visit needs a file before the page can be used.
fn is_of_first_load(name: &str) -> bool {
    !ON_DEMAND.iter().chain(&BESIDE).chain(&widget::FOLDERS).any(|later| name.starts_with(later))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_opening_the_page_needs_counts() {
        for (name, counts) in [
            ("index.html", true),
            ("fentan-web.js", true),
            ("fentan-web_bg.wasm", true),
            ("fentan-files_bg.wasm", false),
            ("en.json", false),
            ("icons/icon-192.png", false),
            ("manifest.webmanifest", false),
            ("sw.js", false),
            ("widget/fentan-calculator.js", false),
        ] {
            assert_eq!(is_of_first_load(name), counts, "{name}");
        }
    }
}
