//! Works the texts of `locales/*.toml` into the program, sorted by key. The page learns English when
//! it is spoken; every other program carries both languages.
//!
//! A text without its twin in the other language does not build, nor do two of one name.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::{env, fs};

use toml::{Table, Value};

/// Files of texts, each with the feature that takes it in; the front ends share the rest.
const FILES: &[(&str, Option<&str>)] = &[
    ("problems", None),
    ("terms", None),
    ("reasons", Some("CARGO_FEATURE_REASONS")),
    ("page", Some("CARGO_FEATURE_PAGE")),
    ("charts", Some("CARGO_FEATURE_CHARTS")),
    ("cli", Some("CARGO_FEATURE_CLI")),
    ("import", Some("CARGO_FEATURE_IMPORT")),
    ("findings", Some("CARGO_FEATURE_FINDINGS")),
    ("policy", Some("CARGO_FEATURE_LAW")),
    ("vote", Some("CARGO_FEATURE_LAW")),
    ("law", Some("CARGO_FEATURE_LAW")),
    ("receipt", Some("CARGO_FEATURE_RECEIPT")),
    ("scenario", Some("CARGO_FEATURE_SCENARIO")),
    ("papers", Some("CARGO_FEATURE_PAPERS")),
    ("programme", Some("CARGO_FEATURE_PROGRAMME")),
    ("tariff", Some("CARGO_FEATURE_TARIFF")),
    ("scenarios", Some("CARGO_FEATURE_SCENARIOS")),
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=locales");
    let mut texts = BTreeMap::new();
    for (name, feature) in FILES {
        if feature.is_none_or(|feature| env::var_os(feature).is_some()) {
            let table: Table = fs::read_to_string(format!("locales/{name}.toml"))?.parse()?;
            collect("", &table, &mut texts)?;
        }
    }
    let has = |name| env::var_os(name).is_some();
    let learns = has("CARGO_FEATURE_PAGE") && env::var("CARGO_CFG_TARGET_FAMILY")? == "wasm";
    let keys: Vec<_> = texts.keys().map(String::as_str).collect();
    let of = |language: usize| texts.values().map(move |pair| pair[language].as_str());
    let (chinese, english): (Vec<_>, Vec<_>) = (of(0).collect(), of(1).collect());
    let english = if learns { Vec::new() } else { english };
    let [keys, chinese, english] = [keys, chinese, english].map(|texts| texts.join("\u{1f}"));
    let source = format!(
        "static KEYS: &str = {keys:?};\nstatic CHINESE: &str = {chinese:?};\nstatic ENGLISH: &str = {english:?};"
    );
    let folder = env::var("OUT_DIR")?;
    Ok(fs::write(Path::new(&folder).join("texts.rs"), source)?)
}

fn collect(
    prefix: &str,
    table: &Table,
    texts: &mut BTreeMap<String, [String; 2]>,
) -> Result<(), Box<dyn Error>> {
    for (name, value) in table {
        let key = format!("{prefix}{name}");
        match value {
            Value::Table(table) => collect(&format!("{key}."), table, texts)?,
            _ => {
                let pair = value.clone().try_into().map_err(|error| format!("{key}: {error}"))?;
                if texts.contains_key(&key) {
                    return Err(format!("two texts are called {key}").into());
                }
                texts.insert(key, pair);
            }
        }
    }
    Ok(())
}
