//! Works the policy packs of `policies/*.toml` into the engine, as JSON: the page reads no TOML.
//! Each in two halves: what fills a plan, and the rest, which a program that asks for no findings
//! does not carry. Of most packs a browser loads the first half too only when a plan names one: the
//! page does not grow by packs. The word lists of `words.toml` become a static each.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use toml::Table;

const FOLDER: &str = "policies";
const WORDS: &str = "words.toml";

/// The packs that every program carries: national law, and those of the example.
const FIRST: [&str; 3] = ["china", "henan", "puyang-2020"];

/// The fields of a pack that fill a plan.
const VALUES: [&str; 4] = ["id", "within", "defaults", "grounds"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={FOLDER}");
    let mut paths: Vec<PathBuf> = fs::read_dir(FOLDER)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_, Box<dyn Error>>>()?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    paths.sort();
    let (mut first, mut further, mut laws) = (Vec::new(), Vec::new(), Vec::new());
    for path in paths {
        let table: Table = fs::read_to_string(&path)?
            .parse()
            .map_err(|error| format!("{}: {error}", path.display()))?;
        let (value, law): (Table, Table) =
            table.into_iter().partition(|(name, _)| VALUES.contains(&name.as_str()));
        let id = value.get("id").and_then(toml::Value::as_str).unwrap_or_default().to_owned();
        let values = if FIRST.contains(&id.as_str()) { &mut first } else { &mut further };
        values.push(serde_json::to_string(&value)?);
        laws.push((id, serde_json::to_string(&law)?));
    }
    let source = format!(
        "static FIRST: &[&str] = &{first:?};\nstatic FURTHER: &[&str] = &{further:?};\n\
         static LAWS: &[(&str, &str)] = &{laws:?};"
    );
    let folder = env::var("OUT_DIR")?;
    fs::write(Path::new(&folder).join("packs.rs"), source)?;
    Ok(fs::write(Path::new(&folder).join("words.rs"), words()?)?)
}

/// A static for each section of the word lists: by meaning, its words.
fn words() -> Result<String, Box<dyn Error>> {
    println!("cargo::rerun-if-changed={WORDS}");
    let sections: BTreeMap<String, BTreeMap<String, Vec<String>>> =
        toml::from_str(&fs::read_to_string(WORDS)?)?;
    let compact = |word: &String| word.to_ascii_lowercase().replace(' ', "");
    let sections = sections.iter().map(|(name, meanings)| {
        let meanings = meanings.iter().map(|(meaning, words)| {
            let words: Vec<String> = words.iter().map(compact).collect();
            format!("({meaning:?}, &{words:?})")
        });
        let meanings = meanings.collect::<Vec<_>>().join(", ");
        format!("pub(super) static {}: Words = Words(&[{meanings}]);\n", name.to_uppercase())
    });
    Ok(sections.collect())
}
