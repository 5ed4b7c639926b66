//! Every text of fentan's front ends, in Chinese and in English.
//!
//! The engine knows no language: it returns codes, amounts and reasons. This crate words them,
//! once for the terminal, the page and whatever else shows them. The texts stand in
//! `locales/*.yml`, both languages side by side, worked in at compile time by `rust-i18n`.
//!
//! ```
//! use fentan_words::{Language, say};
//! assert_eq!(say(Language::Chinese, "term.residents"), "居民出资");
//! assert_eq!(say(Language::English, "term.residents"), "Residents");
//! ```

#![forbid(unsafe_code)]

mod money;
mod problem;
mod terms;

pub use money::{money, money_in_wan};
pub use problem::{problem, problem_line, problems_left_out};
pub use terms::{category, channel, pipeline, share_by, source_kind, tier};

rust_i18n::i18n!("locales", fallback = "zh-CN");

/// A language that fentan speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
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

/// The text under a key.
pub fn say(language: Language, key: &str) -> String {
    rust_i18n::t!(key, locale = language.tag()).into_owned()
}

/// The text under a key, with `%{name}` replaced by each name's value.
///
/// ```
/// use fentan_words::{Language, say_with};
/// let text = say_with(Language::English, "problem.left-out", &[("count", "3")]);
/// assert_eq!(text, "3 further problems are not listed");
/// ```
pub fn say_with(language: Language, key: &str, values: &[(&str, &str)]) -> String {
    let (names, values): (Vec<&str>, Vec<String>) =
        values.iter().map(|&(name, value)| (name, value.to_owned())).unzip();
    rust_i18n::replace_patterns(&say(language, key), &names, &values)
}
