//! Works the policy packs of `policies/*.toml` into the engine, as JSON: the page reads no TOML.
//! Each in two halves: what fills a plan, and the rest, which a program that asks for no findings
//! does not carry.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use toml::Table;

const FOLDER: &str = "policies";

/// The fields of a pack that fill a plan.
const VALUES: [&str; 4] = ["id", "within", "defaults", "grounds"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={FOLDER}");
    let mut paths: Vec<PathBuf> = fs::read_dir(FOLDER)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_, Box<dyn Error>>>()?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    paths.sort();
    let (mut values, mut laws) = (Vec::new(), Vec::new());
    for path in paths {
        let table: Table = fs::read_to_string(&path)?
            .parse()
            .map_err(|error| format!("{}: {error}", path.display()))?;
        let (value, law): (Table, Table) =
            table.into_iter().partition(|(name, _)| VALUES.contains(&name.as_str()));
        values.push(serde_json::to_string(&value)?);
        laws.push(serde_json::to_string(&law)?);
    }
    let source =
        format!("static VALUES: &[&str] = &{values:?};\nstatic LAWS: &[&str] = &{laws:?};");
    let folder = env::var("OUT_DIR")?;
    Ok(fs::write(Path::new(&folder).join("packs.rs"), source)?)
}
