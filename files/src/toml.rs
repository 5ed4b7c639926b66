use fentan_core::{Document, Problems};
use fentan_words::{Language, problem_line, say};
use wasm_bindgen::prelude::wasm_bindgen;

/// Turns a plan written in TOML into JSON, every value as it was written.
///
/// # Errors
/// What is wrong with the file, in words, a line for each problem.
///
/// ```
/// let json = fentan_files::toml_to_json(b"fentan = 1", "zh-CN");
/// assert_eq!(json.as_deref(), Ok(r#"{"fentan":1}"#));
/// let refused = fentan_files::toml_to_json(b"fentan = 1\nfentan = 1", "en").unwrap_err();
/// assert!(refused.starts_with("fentan: duplicate-id: "));
/// ```
#[wasm_bindgen]
pub fn toml_to_json(bytes: &[u8], language: &str) -> Result<String, String> {
    let language = Language::of_tag(language).unwrap_or_default();
    let words = |problems: Problems| {
        let lines: Vec<_> =
            problems.iter().map(|problem| problem_line(language, problem)).collect();
        lines.join("\n")
    };
    let document = Document::from_toml(bytes).map_err(words)?;
    if let Some(path) = document.duplicate_keys().first() {
        return Err(format!("{path}: duplicate-id: {}", say(language, "problem.duplicate-key")));
    }
    serde_json::to_string(&document).map_err(|error| error.to_string())
}
