//! The word lists of the health check, and texts without what only keyboards make different.

use crate::half_width::half_width;

// The sections of `core/words.toml`, a static each.
include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// The words of a section: by meaning, the words that mean it.
pub(super) struct Words(&'static [(&'static str, &'static [&'static str])]);

impl Words {
    /// Every word with its meaning.
    fn all(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let meanings = self.0.iter();
        meanings.flat_map(|&(meaning, words)| words.iter().map(move |&word| (meaning, word)))
    }

    /// The meaning of the longest word that a compact text begins with, and the word.
    pub(super) fn at_start(&self, text: &str) -> Option<(&'static str, &'static str)> {
        self.all().filter(|(_, word)| text.starts_with(word)).max_by_key(|(_, word)| word.len())
    }

    /// The meaning of the longest word that a compact text ends with, and the word.
    pub(super) fn at_end(&self, text: &str) -> Option<(&'static str, &'static str)> {
        self.all().filter(|(_, word)| text.ends_with(word)).max_by_key(|(_, word)| word.len())
    }

    /// Whether a compact text holds a word of this meaning.
    pub(super) fn is_in(&self, meaning: &str, text: &str) -> bool {
        self.all().any(|(of, word)| of == meaning && text.contains(word))
    }

    /// The meaning of a compact text that is a word.
    pub(super) fn whole(&self, text: &str) -> Option<&'static str> {
        self.all().find(|(_, word)| *word == text).map(|(meaning, _)| meaning)
    }

    /// Whether a compact text is a word of this meaning.
    pub(super) fn is(&self, meaning: &str, text: &str) -> bool {
        self.all().any(|(of, word)| of == meaning && text == word)
    }
}

/// The text in half-width signs and lower case, without blanks.
pub(super) fn compact(text: &str) -> String {
    let seen = text.chars().filter(|&one| !one.is_whitespace() && !crate::text::is_hidden(one));
    seen.map(|one| half_width(one).to_ascii_lowercase()).collect()
}

/// A whole number below a hundred in Chinese or in digits, as digits without zeros before it.
pub(super) fn number(text: &str) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        let digits = text.trim_start_matches('0');
        return Some(if digits.is_empty() { "0" } else { digits }.to_owned());
    }
    let digit = |one: &str| match one {
        "" => Some(0),
        one => "一二三四五六七八九".split("").position(|known| known == one),
    };
    match text.split_once('十') {
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { digit(tens)? };
            Some((10 * tens + digit(ones)?).to_string())
        }
        None => Some(digit(text)?.to_string()),
    }
}

/// Whether a character may stand in a number.
pub(super) fn is_numeral(one: char) -> bool {
    one.is_ascii_digit() || "一二三四五六七八九十".contains(one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_digits_and_in_chinese() {
        let cases =
            [("3", "3"), ("03", "3"), ("0", "0"), ("三", "3"), ("十", "10"), ("十二", "12")];
        for (text, digits) in cases.into_iter().chain([("二十", "20"), ("二十一", "21")]) {
            assert_eq!(number(text).as_deref(), Some(digits), "{text}");
        }
        assert!(["", "三四", "甲", "3a"].into_iter().all(|text| number(text).is_none()));
    }

    #[test]
    fn the_longest_word_counts() {
        assert_eq!(HARDSHIP_WORDS.at_start("低保边缘户"), Some(("low_income", "低保边缘")));
        assert_eq!(HARDSHIP_WORDS.at_start("低保户"), Some(("dibao", "低保")));
        assert_eq!(compact(" ３号楼 Ａ座"), "3号楼a座");
    }
}
