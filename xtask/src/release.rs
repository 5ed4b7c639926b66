//! What is given away, in `release/`: `cargo xtask release`.
//!
//! The same sources give the same bytes: files stand in archives by name, all of one time, and programs know no folder of
//! the machine that they were built on. What a machine can't make is left out, and that is said.

use std::fs::{self, File};
use std::io::{Seek, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::ValueEnum;
use sha2::{Digest, Sha256};
use walkdir::WalkDir;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::command::{add_to_toolchain, cargo, command, remapped_libraries, run, target};
use crate::debian::need;
use crate::page::{self, Warnings};
use crate::{book, package, python, single, supply};

/// Where it is put.
const FOLDER: &str = "release";

/// The version of all that is given away.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The program links nothing of the machine that it runs on.
const STATIC: &str = "x86_64-unknown-linux-musl";

/// What stands beside the program, and in every archive.
const LICENCES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];
const DESCRIBED: [&str; 3] = ["README.md", "README.en.md", "CHANGELOG.md"];

/// The schemas of the formats, where there are any.
const SCHEMAS: &str = "docs/schemas";

/// A part of a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// The page as a folder and a zip, with the guide, for any web server
    Page,
    /// The page that was built last as one file
    Single,
    /// The command line, for this kind of machine
    Program,
    /// The package for Python
    Wheel,
    /// The package for JavaScript
    Npm,
    /// The policy packs
    Packs,
    /// JSON Schemas
    Schemas,
    /// What all of it is made of
    Components,
    /// What has changed
    Notes,
}

/// Makes the parts named, or all when none is; then the checksums of all that is there.
pub fn make(named: &[Part]) -> Result<()> {
    let folder = Path::new(FOLDER);
    if named.is_empty() && folder.exists() {
        fs::remove_dir_all(folder).context("cannot empty release/")?;
    }
    fs::create_dir_all(folder)?;
    let mut left_out = Vec::new();
    let parts = Part::value_variants();
    for part in parts.iter().filter(|part| named.is_empty() || named.contains(part)) {
        println!("== {part:?}");
        if let Err(error) = part.make(folder) {
            println!("left out: {error:#}");
            left_out.push(format!("{part:?}: {error:#}"));
        }
    }
    write_checksums(folder)?;
    for file in page::files(folder)?.iter().filter(|file| !file.name.contains('/')) {
        println!("{:<44} {:>10}", file.name, file.bytes.len());
    }
    ensure!(left_out.is_empty(), "some parts are left out:\n{}", left_out.join("\n"));
    Ok(())
}

impl Part {
    fn make(self, folder: &Path) -> Result<()> {
        let archive = |name: &str| folder.join(format!("fentan-{name}-{VERSION}.zip"));
        match self {
            Part::Page => {
                page::build(Warnings::Denied)?.check()?;
                // Left out on its own where there is no mdBook; the page is whole without it.
                if let Err(error) = book::build() {
                    println!("the guide is left out of the page: {error:#}");
                }
                let open = folder.join("fentan-page");
                copy_folder(Path::new(page::FOLDER), &open)?;
                let server = "docs/book/src/nginx.conf";
                for file in LICENCES.iter().chain(&[server]) {
                    let name = Path::new(file).file_name().context("a name")?;
                    page::copy(Path::new(file), &open.join(name))?;
                }
                zip(&archive("page"), "fentan-page", &below(&open)?)
            }
            Part::Single => single::write(&folder.join(format!("fentan-{VERSION}.html"))),
            Part::Program => program(&archive),
            Part::Wheel => python::wheel(folder),
            Part::Npm => {
                package::build()?;
                let npm = which::which("npm").context("install Node.js, which has npm")?;
                let to = folder.to_string_lossy();
                let pack = ["pack", "--silent", "--pack-destination", &to, "./package"];
                run(&mut command(npm, &pack))
            }
            Part::Packs => {
                zip(&archive("packs"), "fentan-packs", &below(Path::new("core/policies"))?)
            }
            Part::Schemas => {
                let schemas = Path::new(SCHEMAS);
                if schemas.is_dir() {
                    return zip(&archive("schemas"), "fentan-schemas", &below(schemas)?);
                }
                println!("there are none in {SCHEMAS}/");
                Ok(())
            }
            Part::Components => {
                supply::write_components(&folder.join(format!("fentan-{VERSION}.cdx.json")))
            }
            Part::Notes => {
                let changes = fs::read_to_string("CHANGELOG.md")?;
                Ok(fs::write(folder.join("NOTES.md"), notes(&changes, VERSION)?)?)
            }
        }
    }
}

/// The program, which needs nothing of its machine where the static target can be had; else one for machines whose C
/// library is as new as this one's.
fn program(archive: &impl Fn(&str) -> PathBuf) -> Result<()> {
    let is_static = cfg!(all(target_os = "linux", target_arch = "x86_64"))
        && need("musl-gcc", "musl-tools", "the allocator of a static program is compiled by it")
            .and_then(|()| add_to_toolchain("target", &[STATIC]))
            .inspect_err(|error| println!("not static: {error:#}"))
            .is_ok();
    let mut build = cargo(&["build", "--release", "--locked", "--package=fentan"]);
    let (kind, built) = match is_static {
        true => {
            build.args(["--target", STATIC]);
            ("linux-x86_64", target().join(STATIC).join("release/fentan"))
        }
        false => (std::env::consts::ARCH, target().join("release/fentan")),
    };
    let here = std::env::current_dir()?;
    let flags = format!("{} --remap-path-prefix={}=.", remapped_libraries()?, here.display());
    run(build.env("RUSTFLAGS", flags).env("CARGO_PROFILE_RELEASE_STRIP", "symbols"))?;
    let mut entries = vec![Entry { name: "fentan".to_owned(), from: built, mode: 0o755 }];
    for file in LICENCES.iter().chain(&DESCRIBED) {
        entries.push(Entry { name: (*file).to_owned(), from: file.into(), mode: 0o644 });
    }
    for mut entry in below(Path::new("examples"))? {
        entry.name.insert_str(0, "examples/");
        entries.push(entry);
    }
    zip(&archive(kind), "fentan", &entries)
}

/// A file of an archive.
struct Entry {
    /// Its path in the archive, below the archive's one folder.
    name: String,
    from: PathBuf,
    /// Who may do what with it, as Unix has it.
    mode: u32,
}

/// All files below a folder.
fn below(folder: &Path) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for entry in WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(folder)?.iter().map(|part| part.to_string_lossy());
            let name = name.collect::<Vec<_>>().join("/");
            entries.push(Entry { name, from: entry.path().to_owned(), mode: 0o644 });
        }
    }
    Ok(entries)
}

/// Writes files into one folder of an archive, by name and all of one time.
fn zip(path: &Path, folder: &str, entries: &[Entry]) -> Result<()> {
    let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
    write_zip(file, folder, entries)
}

fn write_zip(to: impl Write + Seek, folder: &str, entries: &[Entry]) -> Result<()> {
    let mut archive = ZipWriter::new(to);
    let mut entries: Vec<_> = entries.iter().collect();
    entries.sort_by(|one, other| one.name.cmp(&other.name));
    for entry in entries {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            // The first that the format knows.
            .last_modified_time(DateTime::default())
            .unix_permissions(entry.mode);
        archive.start_file(format!("{folder}/{}", entry.name), options)?;
        let from = &entry.from;
        let bytes = fs::read(from).with_context(|| format!("cannot read {}", from.display()))?;
        archive.write_all(&bytes)?;
    }
    archive.finish()?;
    Ok(())
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        fs::remove_dir_all(to)?;
    }
    below(from)?.iter().try_for_each(|entry| page::copy(&entry.from, &to.join(&entry.name)))
}

/// Writes the checksum of every file, as `sha256sum --check` reads them; those of the open folder stand in its zip.
fn write_checksums(folder: &Path) -> Result<()> {
    const NAME: &str = "SHA256SUMS";
    let mut sums = String::new();
    for file in page::files(folder)? {
        if file.name != NAME && !file.name.contains('/') {
            let digest = Sha256::digest(&file.bytes);
            let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            sums.push_str(&format!("{digest}  {}\n", file.name));
        }
    }
    Ok(fs::write(folder.join(NAME), sums)?)
}

/// What CHANGELOG.md says of a version, or of what is not yet released, with the table of formats above it.
fn notes(changes: &str, version: &str) -> Result<String> {
    let mut sections = changes.split("\n## ");
    let head = sections.next().unwrap_or_default();
    let formats: String =
        head.lines().filter(|line| line.starts_with('|')).map(|line| format!("{line}\n")).collect();
    let sections: Vec<_> = sections.collect();
    let section = |title: &str| sections.iter().find(|section| section.starts_with(title));
    let found = section(version).or_else(|| section("Not yet released"));
    let found = found.with_context(|| format!("CHANGELOG.md says nothing of {version}"))?;
    Ok(format!("# fentan {version}\n\n{formats}\n## {}\n", found.trim_end()))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    /// The same files, written at other times and found in another order.
    #[test]
    fn an_archive_is_the_same_whenever_and_in_whatever_order_it_is_made() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let made = |names: &[&str]| -> Result<Vec<u8>> {
            for name in names {
                let path = folder.path().join(name);
                if path.exists() {
                    fs::remove_file(&path)?;
                }
                fs::write(&path, name.repeat(100))?;
            }
            let entries: Vec<_> = names
                .iter()
                .map(|name| Entry {
                    name: (*name).to_owned(),
                    from: folder.path().join(name),
                    mode: if *name == "fentan" { 0o755 } else { 0o644 },
                })
                .collect();
            let mut archive = Cursor::new(Vec::new());
            write_zip(&mut archive, "fentan", &entries)?;
            Ok(archive.into_inner())
        };
        let archive = made(&["a.txt", "fentan", "说明.txt"])?;
        assert_eq!(archive, made(&["说明.txt", "fentan", "a.txt"])?);
        let mut read = zip::ZipArchive::new(Cursor::new(archive))?;
        assert_eq!(
            read.by_name("fentan/fentan")?.unix_mode().map(|mode| mode & 0o777),
            Some(0o755)
        );
        assert_eq!(read.by_name("fentan/说明.txt")?.size(), 1000);
        Ok(())
    }

    #[test]
    fn notes_are_those_of_the_version() -> Result<()> {
        let changes = "# Changes\n\nWhat.\n\n| a | b |\n\n## Not yet released\n\n- new\n\n## 0.2.0\n\n- old\n";
        assert_eq!(notes(changes, "0.2.0")?, "# fentan 0.2.0\n\n| a | b |\n\n## 0.2.0\n\n- old\n");
        assert_eq!(
            notes(changes, "0.3.0")?,
            "# fentan 0.3.0\n\n| a | b |\n\n## Not yet released\n\n- new\n"
        );
        assert!(notes("# Changes\n", "0.3.0").is_err());
        Ok(())
    }
}
