//! Every text of fentan's front ends, in Chinese and in English.
//!
//! The engine knows no language: it returns codes, amounts and reasons. This crate words them,
//! once for the terminal, the page and whatever else shows them. The texts stand in
//! `locales/*.toml`, both languages side by side, and are worked in at compile time.
//!
//! ```
//! use fentan_words::{Language, say};
//! assert_eq!(say(Language::Chinese, "term.residents"), "居民出资");
//! assert_eq!(say(Language::English, "term.residents"), "Residents");
//! ```

#![forbid(unsafe_code)]

#[cfg(feature = "papers")]
mod capital;
#[cfg(any(feature = "findings", feature = "reasons"))]
mod decimal;
#[cfg(feature = "findings")]
mod finding;
mod formula;
mod money;
mod problem;
#[cfg(feature = "reasons")]
mod reason;
#[cfg(feature = "receipt")]
mod receipt;
#[cfg(feature = "scenario")]
mod scenario;
mod shown;
#[cfg(feature = "tariff")]
mod tariff;
mod terms;
#[cfg(feature = "law")]
pub mod vote;

use std::sync::{LazyLock, OnceLock};

use serde::{Deserialize, Serialize};

#[cfg(feature = "papers")]
pub use capital::capital;
#[cfg(any(feature = "findings", feature = "reasons"))]
pub use decimal::rate_in_words as rate;
pub use fentan_core::looks_like_formula;
#[cfg(feature = "findings")]
pub use finding::{check, finding, in_words, provision, severity};
pub use formula::defused;
pub use money::{cell, money, money_in_wan, percent, plain};
pub use problem::{listed, problem, problem_line, problems_left_out};
#[cfg(feature = "reasons")]
pub use reason::{Input, WordedReason, figure, reason};
#[cfg(feature = "receipt")]
pub use receipt::verification;
#[cfg(feature = "scenario")]
pub use scenario::{change, measure, measured, proven, turn};
pub use shown::printable;
#[cfg(feature = "tariff")]
pub use tariff::left_out;
#[cfg(feature = "findings")]
pub use terms::subject;
pub use terms::{category, channel, pipeline, share_by, source_kind, tier};

// `KEYS` of all texts, sorted, and the texts of each language in that order, with the control
// character for it between them: a table of places would weigh more than the texts. `ENGLISH` is
// empty where it is learned.
include!(concat!(env!("OUT_DIR"), "/texts.rs"));

static TEXTS: LazyLock<[Vec<&str>; 3]> =
    LazyLock::new(|| [KEYS, CHINESE, ENGLISH].map(|texts| texts.split('\u{1f}').collect()));

/// The texts in English of a program that is built without them.
static LEARNED: OnceLock<Vec<String>> = OnceLock::new();

/// A language that fentan speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Language {
    /// Simplified Chinese, the default.
    #[default]
    Chinese,
    /// English.
    English,
}

impl Language {
    /// Both languages.
    pub const ALL: [Language; 2] = [Language::Chinese, Language::English];

    /// The language's tag, as in `<html lang>`.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Chinese => "zh-CN",
            Language::English => "en",
        }
    }

    /// The language of a tag such as `en`, `en-GB`, `zh_CN.UTF-8`; none where it is neither.
    ///
    /// ```
    /// use fentan_words::Language;
    /// assert_eq!(Language::of_tag("en_GB.UTF-8"), Some(Language::English));
    /// assert_eq!(Language::of_tag("zh"), Some(Language::Chinese));
    /// assert_eq!(Language::of_tag("fr"), None);
    /// ```
    pub fn of_tag(tag: &str) -> Option<Language> {
        match tag.split(['-', '_', '.']).next() {
            Some("zh") => Some(Language::Chinese),
            Some("en") => Some(Language::English),
            _ => None,
        }
    }
}

/// The text under a key; the key itself where there is none, so that a slip shows.
pub fn say(language: Language, key: &str) -> String {
    text(language, key).unwrap_or(key).to_owned()
}

/// The text under a key, with `%{name}` replaced by each name's value, which is made [`printable`].
///
/// ```
/// use fentan_words::{Language, say_with};
/// let text = say_with(Language::English, "problem.left-out", &[("count", "3")]);
/// assert_eq!(text, "3 further problems are not listed");
/// ```
pub fn say_with(language: Language, key: &str, values: &[(&str, &str)]) -> String {
    let mut parts = text(language, key).unwrap_or(key).split("%{");
    let mut said = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('}').unwrap_or((part, ""));
        let value = values.iter().find(|(one, _)| *one == name);
        match value {
            Some((_, value)) => said.push_str(&printable(value)),
            None => said.push_str(name),
        }
        said.push_str(rest);
    }
    said
}

fn text(language: Language, key: &str) -> Option<&'static str> {
    let [keys, chinese, english] = &*TEXTS;
    let found = keys.binary_search(&key).ok()?;
    match language {
        Language::Chinese => chinese.get(found).copied(),
        Language::English if ENGLISH.is_empty() => LEARNED.get()?.get(found).map(String::as_str),
        Language::English => english.get(found).copied(),
    }
}

/// Teaches English to a program that is built without it: the texts of all [`keys`], in their order.
pub fn learn(english: Vec<String>) {
    // They are learned once: they don't change while the program runs.
    let _ = LEARNED.set(english);
}

/// Whether a language can be spoken.
pub fn speaks(language: Language) -> bool {
    language == Language::Chinese || !ENGLISH.is_empty() || LEARNED.get().is_some()
}

/// The keys of all texts, sorted.
pub fn keys() -> impl Iterator<Item = &'static str> {
    TEXTS[0].iter().copied()
}
