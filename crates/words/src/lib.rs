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

mod capital;
pub mod cash;
pub mod changes;
mod decimal;
mod finding;
mod formula;
mod mend;
mod money;
mod place;
mod problem;
mod reason;
mod receipt;
pub mod reconcile;
mod scenario;
mod shown;
mod tariff;
mod terms;
pub mod texts;
pub mod vote;

use serde::{Deserialize, Serialize};

pub use capital::capital;
pub use decimal::rate_in_words as rate;
pub use fentan_core::internal::looks_like_formula;
pub use finding::{check, finding, in_words, provision, severity};
pub use formula::defused;
pub use mend::mended;
pub use money::{cell, money, money_in_wan, percent, plain};
pub use place::place;
pub use problem::{
    listed, problem, problem_at, problem_in_plan, problem_line, problem_lines, problems_left_out,
};
pub use reason::{Explanation, Input, figure, reason};
pub use receipt::verification;
pub use scenario::{change, measure, measured, proven, proven_of, turn};
pub use shown::printable;
pub use tariff::left_out;
pub use terms::{category, channel, pipeline, share_by, source_kind, subject, tier};
pub use texts::{keys, take_in};

use texts::text;

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

    /// The language of a tag such as `en`, `en-GB`, `zh_CN.UTF-8`; `None` where it is neither.
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
