//! A plan written in TOML, turned into JSON.

use fentan_core::{Document, Problems};
use fentan_words::{Language, place, problem_at, say, say_with};

use super::thread::Given;
use crate::message::Refused;

/// Turns a plan written in TOML into JSON, every value as it was written.
///
/// # Errors
/// What is wrong with the file, in words, a line for each problem.
fn toml_to_json(bytes: &[u8], language: Language) -> Result<String, String> {
    let nothing = Document::default();
    let words = |problems: Problems| {
        let lines: Vec<_> =
            problems.iter().map(|problem| problem_at(language, problem, &nothing)).collect();
        lines.join("\n")
    };
    let document = Document::from_toml(bytes).map_err(words)?;
    if let Some(path) = document.duplicate_keys().first() {
        let (place, problem) =
            (place(language, path, &document), say(language, "problem.duplicate-key"));
        return Err(say_with(
            language,
            "place.problem",
            &[("place", &place), ("problem", &problem)],
        ));
    }
    serde_json::to_string(&document).map_err(|error| error.to_string())
}

/// Does the task, asked for in a language: tells the JSON, or what is wrong with the file.
pub fn perform(given: Given<'_>, tell: &mut dyn FnMut(Vec<u8>)) {
    let language = postcard::from_bytes(given.asked).unwrap_or_default();
    let json = given.file.ok_or(Refused::Unreadable).and_then(|bytes| {
        toml_to_json(&bytes, language).map_err(|words| Refused::Words(vec![words]))
    });
    tell(super::written(&json));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_in_toml_is_json_or_refused() {
        let json = toml_to_json(b"fentan = 1", Language::Chinese);
        assert_eq!(json.as_deref(), Ok(r#"{"fentan":1}"#));
        let refused = toml_to_json(b"fentan = 1\nfentan = 1", Language::English);
        assert!(refused.is_err_and(|words| words.starts_with("version of the format: ")));
    }
}
