//! Plans that are opened: a new one, one that is read.

use fentan_core::{Document, Problems};
use fentan_words::{Language, say};

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
