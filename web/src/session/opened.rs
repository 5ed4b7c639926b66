//! Plans that are opened: the example, a new one, one that is read.

use fentan_core::{Document, Problems};
use fentan_words::{Language, say};

/// The example that the page opens on; build.rs makes one file of its plan and roster.
const EXAMPLE: &str = include_str!(concat!(env!("OUT_DIR"), "/example.json"));

/// The example.
pub fn example() -> Document<'static> {
    read(EXAMPLE).unwrap_or_else(|_| nothing(Language::default()))
}

/// A plan with nothing in it but a name.
pub fn nothing(language: Language) -> Document<'static> {
    let name = serde_json::to_string(&say(language, "page.new-plan")).unwrap_or_default();
    let json = format!(r#"{{"fentan":1,"name":{name},"lines":[],"households":[]}}"#);
    read(&json).unwrap_or_default()
}

/// Reads a plan.
///
/// # Errors
/// What it can't be read for.
pub fn read(json: &str) -> Result<Document<'static>, Problems> {
    Document::from_json(json.as_bytes()).map(Document::into_owned)
}
