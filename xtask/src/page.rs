//! Building the page into `dist/`: compiled, bound to JavaScript, compressed and weighed.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, ensure};
use brotli::enc::BrotliEncoderParams;
use brotli::enc::backward_references::BrotliEncoderMode;
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use crate::command::{
    WASM, add_to_toolchain, cannot_start, cargo, remapped_libraries, this_program,
};
use crate::compiler;
use crate::offline;
use crate::shorten::shorten;
use crate::split::{self, Parts};
use crate::supply;
use crate::widget;

/// Where the built page is.
pub const FOLDER: &str = "dist";

/// The most bytes, compressed, that opening the page may take: a few seconds on a slow mobile
/// connection.
const LIMIT: usize = 235_000;

/// The most bytes, compressed, that all programs and scripts of the page may take: one visit after the first loads
/// them to be kept, payments, cash over time, the final account, versions, the vote and programmes
/// among them.
const LIMIT_OF_ALL: usize = 1_810_000;

/// The program of the page.
pub const PAGE: &str = "fentan-web";

/// What a browser loads beside the page or after it has started: names, or how they begin.
const BESIDE: [&str; 4] = ["icons/", "samples/", "manifest.webmanifest", offline::SERVICE_WORKER];

/// The files that need no building, and their names in the page.
const COPIED: [(&str, &str); 12] = [
    ("index.html", "index.html"),
    ("web/scripts/start.js", "start.js"),
    ("web/scripts/worker.js", "worker.js"),
    ("web/styles/account.css", "account.css"),
    ("web/styles/base.css", "style.css"),
    ("web/styles/homes.css", "homes.css"),
    ("web/styles/import.css", "import.css"),
    ("web/styles/ledger.css", "ledger.css"),
    ("web/styles/papers.css", "papers.css"),
    ("web/styles/parts.css", "parts.css"),
    ("web/styles/programme.css", "programme.css"),
    ("web/styles/scenarios.css", "scenarios.css"),
];

/// How many bytes the page takes, compressed.
pub struct Weight {
    /// Opening it.
    first_load: usize,
    /// All of its programs and scripts.
    all: usize,
}

impl Weight {
    /// An error when the page is over a limit.
    pub fn check(&self) -> Result<()> {
        for (name, weight, limit) in
            [("the first load", self.first_load, LIMIT), ("all of it", self.all, LIMIT_OF_ALL)]
        {
            let over = weight.saturating_sub(limit);
            ensure!(over == 0, "{name} is {over} bytes over its limit of {limit}");
        }
        Ok(())
    }
}

/// What becomes of what Clippy warns of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Warnings {
    /// It is printed.
    Shown,
    /// It is an error.
    Denied,
}

/// Builds the page and prints what its files weigh.
pub fn build(warnings: Warnings) -> Result<Weight> {
    add_to_toolchain("component", &["clippy"])?;
    add_to_toolchain("target", &[WASM])?;
    let [element, plans] = widget::PACKAGES.map(|package| compile(package, warnings));
    let widget = [element?, plans?];
    let page = compile(PAGE, warnings)?;
    let folder = Path::new(FOLDER);
    if folder.exists() {
        fs::remove_dir_all(folder).context("cannot empty dist/")?;
    }
    fs::create_dir_all(folder)?;
    let parts = split::write(PAGE, &page, folder)?;
    copy_files()?;
    offline::write_service_worker(&files(folder)?)?;
    // Not of the page: whoever visits the one does not keep the other.
    widget::build(&widget)?;
    let built = files(folder)?;
    let weight = weigh(&built, &parts)?;
    widget::weigh(&built)?;
    supply::write_components(&folder.join("components.cdx.json"))?;
    write_hashes(folder)?;
    Ok(weight)
}

/// Lists the hashes of all that was built, as `sha256sum --check` reads them.
fn write_hashes(folder: &Path) -> Result<()> {
    let line = |file: File| {
        let digest = Sha256::digest(&file.bytes);
        let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{digest}  {}\n", file.name)
    };
    let lines: String = files(folder)?.into_iter().map(line).collect();
    fs::write(folder.join("SHA256SUMS"), lines).context("cannot write SHA256SUMS")
}

/// Compiles a program, has Clippy read it, and gives back the path of its wasm file.
pub fn compile(package: &str, warnings: Warnings) -> Result<String> {
    // Named here and not in each `Cargo.toml`: for a library that is linked to others as well, all
    // that it stands on would be compiled another time, and to machine code besides.
    let (as_program, linked): (&[_], &[_]) = match package {
        PAGE => (&["--bin", PAGE], &["--", split::LINKED]),
        _ => (&["--lib", "--crate-type=cdylib"], &[]),
    };
    let mut command = cargo(&["rustc"]);
    compiler::take_part(&mut command, this_program()?)?;
    command
        .args(as_program)
        .args(["--package", package, "--profile=web", "--target", WASM])
        .arg("--message-format=json")
        .args(linked)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags()?);
    let output = command.stderr(Stdio::inherit()).output();
    let output = output.with_context(|| cannot_start(&command))?;
    let messages = String::from_utf8(output.stdout).context("cargo wrote what is not text")?;
    let mut wasm = None;
    let mut warned = false;
    for message in messages.lines() {
        let message: serde_json::Value =
            serde_json::from_str(message).context("cargo wrote a message that is not JSON")?;
        // Cargo passes on what was said of a crate that it has compiled before, too.
        if let Some(said) = message["message"]["rendered"].as_str() {
            eprint!("{said}");
            warned = true;
        }
        let files = message["filenames"].as_array().into_iter().flatten();
        // Cargo tells of packages after those they depend on: the program's own file is the last.
        wasm = files
            .filter_map(|file| file.as_str())
            .find(|file| file.ends_with(".wasm"))
            .map(str::to_owned)
            .or(wasm);
    }
    ensure!(output.status.success(), "{package} can't be compiled");
    ensure!(!warned || warnings == Warnings::Shown, "Clippy warns of something in {package}");
    wasm.with_context(|| format!("cargo built {package} without a wasm file"))
}

/// What the compiler is told: to keep the folder that libraries were unpacked into out of what a
/// failure would say, so that the page is the same bytes wherever it is built; and to take the small
/// one of two programs for the digest.
fn flags() -> Result<String> {
    let remapped = remapped_libraries()?;
    Ok(format!(r#"{remapped} --cfg=sha2_backend="soft" --cfg=sha2_backend_soft="compact""#))
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

/// Puts a compressed copy beside every file that it makes smaller; prints what the files, the parts of the page and
/// opening it weigh.
fn weigh(files: &[File], parts: &Parts) -> Result<Weight> {
    let line = |name: &str, bytes: &str, compressed: &str| {
        println!("{name:<32} {bytes:>9} {compressed:>9}");
    };
    line("file", "bytes", "brotli");
    let mut weights = HashMap::new();
    for (File { name, bytes }, compressed) in files.iter().zip(compress(files)?) {
        line(name, &bytes.len().to_string(), &compressed.to_string());
        weights.insert(name.as_str(), [bytes.len(), compressed.min(bytes.len())]);
    }
    println!();
    line("part, loaded alone", "files", "brotli");
    for (part, files) in parts {
        let weight = files.iter().filter_map(|file| weights.get(file.as_str()));
        let weight: usize = weight.map(|[_, compressed]| compressed).sum();
        line(part, &files.len().to_string(), &weight.to_string());
    }
    println!();
    let sum = |is_counted: fn(&str) -> bool| {
        let counted = weights.iter().filter(|(name, _)| is_counted(name));
        counted.fold([0, 0], |[bytes, all], (_, [one, compressed])| [bytes + one, all + compressed])
    };
    let mut weight = Weight { first_load: 0, all: 0 };
    for (name, of, limit, is_counted) in [
        ("first load", &mut weight.first_load, LIMIT, is_of_first_load as fn(&str) -> bool),
        ("all programs and scripts", &mut weight.all, LIMIT_OF_ALL, is_program),
    ] {
        let [bytes, compressed] = sum(is_counted);
        line(name, &bytes.to_string(), &compressed.to_string());
        line("  its limit", "", &limit.to_string());
        *of = compressed;
    }
    Ok(weight)
}

/// Puts a compressed copy beside every file that it makes smaller; returns how large each is.
pub fn compress(files: &[File]) -> Result<Vec<usize>> {
    let mut lengths = Vec::new();
    for File { name, bytes } in files {
        let mut compressed = Vec::new();
        // The defaults are the strongest, quality 11. Of the kinds of content, programs are most like fonts.
        let mut settings = BrotliEncoderParams::default();
        if name.ends_with(".wasm") {
            settings.mode = BrotliEncoderMode::BROTLI_MODE_FONT;
        }
        brotli::BrotliCompress(&mut bytes.as_slice(), &mut compressed, &settings)?;
        lengths.push(compressed.len());
        // A few bytes can come out longer.
        if compressed.len() < bytes.len() {
            fs::write(Path::new(FOLDER).join(format!("{name}.br")), compressed)?;
        }
    }
    Ok(lengths)
}

/// Whether the first visit needs a file before the page can be used.
fn is_of_first_load(name: &str) -> bool {
    let is_of_a_screen = name.ends_with(".css") && name != "style.css";
    let is_later = split::is_chunk(name) || is_of_a_screen;
    !is_later && !BESIDE.iter().chain(&widget::FOLDERS).any(|later| name.starts_with(later))
}

/// Whether a file is a program or a script of the page.
fn is_program(name: &str) -> bool {
    let is_of_page = !widget::FOLDERS.iter().any(|folder| name.starts_with(folder));
    is_of_page && (name.ends_with(".wasm") || name.ends_with(".js"))
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
            ("__wasm_split.js", true),
            ("style.css", true),
            ("split_papers.wasm", false),
            ("chunk_3.wasm", false),
            ("papers.css", false),
            ("icons/icon-192.png", false),
            ("manifest.webmanifest", false),
            ("sw.js", false),
            ("widget/fentan-calculator.js", false),
        ] {
            assert_eq!(is_of_first_load(name), counts, "{name}");
        }
    }
}
