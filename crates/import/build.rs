//! Works `headings.toml` and `values.toml` into the program: a table for each section, sorted by
//! word, each word with what it means and its rank among the words that mean the same.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::{env, fs};

#[path = "src/tidy.rs"]
mod tidy;

/// The words for each meaning, by section.
type Sections = BTreeMap<String, BTreeMap<String, Vec<String>>>;

fn main() -> Result<(), Box<dyn Error>> {
    let mut source = String::new();
    for file in ["headings.toml", "values.toml"] {
        println!("cargo::rerun-if-changed={file}");
        let sections: Sections = toml::from_str(&fs::read_to_string(file)?)?;
        for (section, meanings) in sections {
            let mut words = BTreeMap::new();
            for (meaning, of_meaning) in &meanings {
                for (rank, word) in of_meaning.iter().enumerate() {
                    if words.insert(tidy::compact(word), (meaning, rank)).is_some() {
                        return Err(format!("{file}: {section}: {word} stands twice").into());
                    }
                }
            }
            let entries: Vec<_> =
                words.iter().map(|(word, (meaning, rank))| (word, meaning, rank)).collect();
            source += &format!(
                "pub(crate) static {}: Words = Words(&{entries:?});\n",
                section.to_uppercase()
            );
        }
    }
    let folder = env::var("OUT_DIR")?;
    Ok(fs::write(Path::new(&folder).join("words.rs"), source)?)
}
