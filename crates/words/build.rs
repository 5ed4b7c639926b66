//! Works the texts of `locales/*.toml` into the program, sorted by key: a table for each file and language, so that
//! the linker keeps only those that a program names.
//!
//! A text without its twin in the other language does not build, nor do two of one name.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

use toml::{Table, Value};

/// Texts by their keys, each in Chinese and in English.
type Texts = BTreeMap<String, [String; 2]>;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=locales");
    let mut all = Texts::new();
    let mut source = String::new();
    let mut files: Vec<_> = fs::read_dir("locales")?.collect::<Result<_, _>>()?;
    files.sort_by_key(fs::DirEntry::file_name);
    for file in files {
        let path = file.path();
        let name =
            path.file_stem().and_then(|name| name.to_str()).ok_or("a file without a name")?;
        let mut texts = Texts::new();
        collect("", &fs::read_to_string(&path)?.parse()?, &mut texts)?;
        write_tables(&mut source, &name.to_uppercase(), &format!("locales/{name}.toml"), &texts)?;
        for (key, pair) in texts {
            if all.insert(key.clone(), pair).is_some() {
                return Err(format!("two texts are called {key}").into());
            }
        }
    }
    write_tables(&mut source, "ALL", "all files of locales/", &all)?;
    let folder = env::var("OUT_DIR")?;
    Ok(fs::write(Path::new(&folder).join("texts.rs"), source)?)
}

/// Writes the tables of both languages. The control character that parts units stands between the texts: a table of
/// places would weigh more than they do.
fn write_tables(source: &mut String, name: &str, of: &str, texts: &Texts) -> std::fmt::Result {
    let keys = texts.keys().map(String::as_str).collect::<Vec<_>>().join("\u{1f}");
    writeln!(source, "static {name}_KEYS: &str = {keys:?};")?;
    for (language, place) in [("Chinese", 0), ("English", 1)] {
        let texts = texts.values().map(|pair| pair[place].as_str()).collect::<Vec<_>>();
        let texts = texts.join("\u{1f}");
        let name_of = format!("{name}_{}", language.to_uppercase());
        writeln!(
            source,
            "/// {of} in {language}.\npub static {name_of}: Texts = Texts {{ \
             language: Language::{language}, keys: {name}_KEYS, texts: {texts:?} }};"
        )?;
    }
    writeln!(
        source,
        "/// {of} in both languages.\npub static {name}: [&Texts; 2] = [&{name}_CHINESE, &{name}_ENGLISH];"
    )
}

fn collect(prefix: &str, table: &Table, texts: &mut Texts) -> Result<(), Box<dyn Error>> {
    for (name, value) in table {
        let key = format!("{prefix}{name}");
        match value {
            Value::Table(table) => collect(&format!("{key}."), table, texts)?,
            _ => {
                let pair = value.clone().try_into().map_err(|error| format!("{key}: {error}"))?;
                texts.insert(key, pair);
            }
        }
    }
    Ok(())
}
