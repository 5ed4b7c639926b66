//! Works `headings.toml` and `values.toml` into the program: a table for each section, sorted by
//! word, each word with what it means and its rank among the words that mean the same.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::{env, fs};

#[path = "../../core/src/half_width.rs"]
mod half_width;
#[path = "src/tidy.rs"]
mod tidy;

use half_width::half_width;

/// The words for each meaning, by section.
type Sections = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// The word lists of the health check, of which the words that tell a hardship are those here too.
const HEALTH_CHECK: &str = "../../core/words.toml";
/// Their section.
const HARDSHIP: &str = "hardship_words";

fn main() -> Result<(), Box<dyn Error>> {
    let mut source = String::new();
    for file in ["headings.toml", "values.toml", HEALTH_CHECK] {
        println!("cargo::rerun-if-changed={file}");
        let mut sections: Sections = toml::from_str(&fs::read_to_string(file)?)?;
        if file == HEALTH_CHECK {
            let told = sections.remove(HARDSHIP).unwrap_or_default();
            sections = Sections::from([("hardship_in_notes".to_owned(), told)]);
        }
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
