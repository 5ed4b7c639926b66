//! A plan written in TOML, turned into JSON.

use fentan_core::{Document, Problems};
use fentan_words::{Language, problem_line, say};

/// What the file holds, and the language to word what is wrong in.
pub type Toml = (Vec<u8>, Language);

/// Turns a plan written in TOML into JSON, every value as it was written.
///
/// # Errors
/// What is wrong with the file, in words, a line for each problem.
pub fn toml_to_json(bytes: &[u8], language: Language) -> Result<String, String> {
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

/// Does the task: tells the JSON, or what is wrong.
pub fn perform(_: &str, asked: &[u8], tell: &mut dyn FnMut(Vec<u8>)) {
    if let Ok((bytes, language)) = postcard::from_bytes::<Toml>(asked) {
        tell(super::written(&toml_to_json(&bytes, language)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_in_toml_is_json_or_refused() {
        let json = toml_to_json(b"fentan = 1", Language::Chinese);
        assert_eq!(json.as_deref(), Ok(r#"{"fentan":1}"#));
        let refused = toml_to_json(b"fentan = 1\nfentan = 1", Language::English);
        assert!(refused.is_err_and(|words| words.starts_with("fentan: duplicate-id: ")));
    }
}
