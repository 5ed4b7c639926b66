//! Plans that are opened: the example, a new one, one that is read.

use fentan_core::Document;
use fentan_words::{Language, say};

/// The example that the page opens on; build.rs makes one file of its plan and roster.
const EXAMPLE: &str = include_str!(concat!(env!("OUT_DIR"), "/example.json"));

/// The example.
pub fn example() -> Document<'static> {
    read(EXAMPLE, Language::default()).unwrap_or_else(|_| nothing(Language::default()))
}

/// A plan with nothing in it but a name.
pub fn nothing(language: Language) -> Document<'static> {
    let name = serde_json::to_string(&say(language, "page.new-plan")).unwrap_or_default();
    let json = format!(r#"{{"fentan":1,"name":{name},"lines":[],"households":[]}}"#);
    Document::from_json(json.as_bytes()).map(Document::into_owned).unwrap_or_default()
}

/// Reads a plan.
///
/// # Errors
/// What it can't be read for, in words.
pub fn read(json: &str, language: Language) -> Result<Document<'static>, Vec<String>> {
    Document::from_json(json.as_bytes()).map(Document::into_owned).map_err(|problems| {
        problems.iter().map(|one| fentan_words::problem_line(language, one)).collect()
    })
}
